"""The index of a bgzip VCF: which stretches of the file hold given positions (``.tbi`` and ``.csi``).

Formats: samtools/hts-specs, tabix.pdf and CSIv1.pdf. Only looking up is done here; making an index is bgzip's and
tabix's work. An index that cannot be read, or is older than its file, is not used: the whole file is read instead.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .assembly import chromosome
from .blocks import is_bgzip

_TBI_SHIFT, _TBI_DEPTH = 14, 5
_VCF_FORMAT = 2
_MOST = 1 << 17  # more than any bgzip block
_BIN, _BIN_WITH_FLOOR, _OFFSET = struct.Struct("<Ii"), struct.Struct("<IQi"), struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Index:
    """Per chromosome (without ``chr``): bins -> stretches, and where offsets per 16 KiB window lie (``.tbi`` only).

    Only the bins over the positions that were asked for are kept; the index of a genome has a hundred thousand more.
    ``shift`` and ``depth`` are the size of the smallest bin (2 ** shift bases) and the number of bin levels.
    """

    data: bytes
    bins: dict[str, dict[int, list[tuple[int, int]]]]
    lowest: dict[str, tuple[int, int]]
    floors: dict[str, dict[int, int]]
    shift: int
    depth: int

    def stretches(self, wanted: Iterable[tuple[str, int]]) -> list[tuple[int, int]]:
        """Virtual offsets (from, to) that together hold every line over the wanted positions, joined and in order."""
        found: list[tuple[int, int]] = []
        for chrom, pos in wanted:
            bins = self.bins.get(chrom, {})
            floor = self._floor(chrom, pos - 1)
            for number in bins_over(pos - 1, self.shift, self.depth):
                found += [(max(a, floor), b) for a, b in bins.get(number, ()) if b > floor]
        joined: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if joined and start >> 16 <= joined[-1][1] >> 16:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def _floor(self, chrom: str, base: int) -> int:
        """No line over ``base`` starts before this offset."""
        at, count = self.lowest.get(chrom, (0, 0))
        if count:
            (offset,) = _OFFSET.unpack_from(self.data, at + 8 * min(base >> _TBI_SHIFT, count - 1))
            return int(offset)
        floors = self.floors.get(chrom, {})
        return max((floors.get(n, 0) for n in bins_over(base, self.shift, self.depth)), default=0)


def bins_over(base: int, shift: int, depth: int) -> list[int]:
    """The bin of each level that holds a base (counted from 0), the largest first."""
    numbers, first = [], 0
    for level in range(depth + 1):
        numbers.append(first + (base >> (shift + 3 * (depth - level))))
        first += 1 << (3 * level)
    return numbers


def index_of(path: Path, wanted: Iterable[tuple[str, int]]) -> Index | None:
    """The index beside a bgzip file, read for the wanted (chromosome, position); None where none can be relied on."""
    path = Path(path)
    try:
        with path.open("rb") as raw:
            if not is_bgzip(raw.read(18)):
                return None
        for ending in (".tbi", ".csi"):
            beside = path.with_name(path.name + ending)
            if beside.is_file() and beside.stat().st_mtime >= path.stat().st_mtime - 1:
                return _parsed(_unzipped(beside.read_bytes()), wanted)
    except (OSError, struct.error, zlib.error, ValueError, IndexError):
        return None
    return None


def _unzipped(data: bytes) -> bytes:
    made, at = [], 0
    while at < len(data):
        decoder = zlib.decompressobj(wbits=31)
        piece = data[at : at + _MOST]
        made.append(decoder.decompress(piece))
        if not decoder.eof and len(piece) == _MOST:
            piece = data[at:]
            decoder = zlib.decompressobj(wbits=31)
            made[-1] = decoder.decompress(piece)
        if not decoder.eof:
            raise ValueError("cut short")
        at += len(piece) - len(decoder.unused_data)
    return b"".join(made)


def _parsed(data: bytes, wanted: Iterable[tuple[str, int]]) -> Index:
    if data[:4] == b"TBI\x01":
        count, kind, *_, length = struct.unpack_from("<8i", data, 4)
        shift, depth, at, body, floors = _TBI_SHIFT, _TBI_DEPTH, 36, 36 + length, False
    elif data[:4] == b"CSI\x01":
        shift, depth, extra = struct.unpack_from("<3i", data, 4)
        if extra < 28:
            raise ValueError("no names in the index")
        kind, *_, length = struct.unpack_from("<7i", data, 16)
        (count,) = struct.unpack_from("<i", data, 16 + extra)
        at, body, floors = 44, 16 + extra + 4, True
    else:
        raise ValueError("not an index")
    if kind & 0xFFFF != _VCF_FORMAT:
        raise ValueError("not the index of a VCF")
    over: dict[str, set[int]] = {}
    for chrom, pos in wanted:
        over.setdefault(chrom, set()).update(bins_over(pos - 1, shift, depth))
    made = Index(data, {}, {}, {}, shift, depth)
    for name in data[at : at + length].split(b"\0")[:count]:
        known = chromosome(name.decode("utf-8", "replace"))
        if known in made.bins:
            raise ValueError("one chromosome under two names")
        body = _sequence(made, known or "", over.get(known or "", set()), body, floors)
    return made


def _sequence(made: Index, chrom: str, over: set[int], at: int, floors: bool) -> int:
    """Take up the wanted bins of one sequence; gives the place after it."""
    data, head = made.data, _BIN_WITH_FLOOR if floors else _BIN
    here: dict[int, list[tuple[int, int]]] = {}
    low: dict[int, int] = {}
    (many,) = struct.unpack_from("<i", data, at)
    at += 4
    read, width = head.unpack_from, head.size
    for _ in range(many):
        cells = read(data, at)
        at += width
        if cells[0] in over:
            flat = struct.unpack_from(f"<{2 * cells[-1]}Q", data, at)
            here[cells[0]] = list(zip(flat[::2], flat[1::2], strict=True))
            low[cells[0]] = cells[1] if floors else 0
        at += 16 * cells[-1]
    if chrom:
        made.bins[chrom], made.floors[chrom] = here, low
    if not floors:
        (many,) = struct.unpack_from("<i", data, at)
        if chrom:
            made.lowest[chrom] = (at + 4, many)
        at += 4 + 8 * many
    return at
