"""Writes what bgzip and tabix write, for tests: blocks with the BC field, and a .tbi or .csi beside them."""

import struct
import zlib
from pathlib import Path

END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")


def block(data: bytes) -> bytes:
    squeezed = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = squeezed.compress(data) + squeezed.flush()
    head = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0" + struct.pack("<H", len(body) + 25)
    return head + body + struct.pack("<II", zlib.crc32(data), len(data))


def written(path: Path, text: str, size: int = 3000) -> list[tuple[str, int, int, int, int]]:
    """Write the text as bgzip; gives (chromosome, start, end, virtual offsets from, to) of every line."""
    data = text.encode()
    starts, made = [], b""
    for at in range(0, len(data), size):
        starts.append(len(made))
        made += block(data[at : at + size])
    path.write_bytes(made + END)

    def virtual(at: int) -> int:
        return (starts[at // size] << 16 | at % size) if at < len(data) else len(made) << 16

    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        if not line.startswith("#"):
            cells = line.split("\t")
            start = int(cells[1]) - 1
            ends = [int(x[4:]) for x in cells[7].split(";") if x.startswith("END=")]
            lines.append(
                (cells[0], start, ends[0] if ends else start + len(cells[3]), virtual(at), virtual(at + len(line)))
            )
        at += len(line.encode())
    return lines


def _bin(start: int, end: int, shift: int, depth: int) -> int:
    end -= 1
    first, width = ((1 << 3 * depth) - 1) // 7, shift
    for level in range(depth, 0, -1):
        if start >> width == end >> width:
            return first + (start >> width)
        width += 3
        first -= 1 << 3 * (level - 1)
    return 0


def indexed(path: Path, lines: list[tuple[str, int, int, int, int]], kind: str = "tbi") -> None:
    """Write the index of the lines beside the file."""
    names = list(dict.fromkeys(line[0] for line in lines))
    joined = b"".join(n.encode() + b"\0" for n in names)
    columns = struct.pack("<7i", 2, 1, 2, 0, ord("#"), 0, len(joined)) + joined
    body = b""
    for name in names:
        bins: dict[int, list[tuple[int, int]]] = {}
        windows: dict[int, int] = {}
        for chrom, start, end, a, b in lines:
            if chrom == name:
                bins.setdefault(_bin(start, end, 14, 5), []).append((a, b))
                for window in range(start >> 14, (end - 1 >> 14) + 1):
                    windows.setdefault(window, a)
        body += struct.pack("<i", len(bins))
        for number, chunks in bins.items():
            body += struct.pack("<I", number) + (struct.pack("<Q", chunks[0][0]) if kind == "csi" else b"")
            body += struct.pack("<i", len(chunks)) + b"".join(struct.pack("<QQ", *c) for c in chunks)
        if kind == "tbi":
            count, last, low = max(windows) + 1, 0, []
            for window in range(count):
                last = windows.get(window, last)
                low.append(last)
            body += struct.pack(f"<i{count}Q", count, *low)
    if kind == "tbi":
        data = b"TBI\x01" + struct.pack("<i", len(names)) + columns + body
    else:
        data = b"CSI\x01" + struct.pack("<3i", 14, 5, len(columns)) + columns + struct.pack("<i", len(names)) + body
    path.with_name(f"{path.name}.{kind}").write_bytes(block(data) + END)
