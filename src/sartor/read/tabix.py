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


@dataclass(frozen=True, slots=True)
class Index:
    """Per chromosome (without ``chr``): bins -> stretches, and the lowest offset per 16 KiB window (``.tbi`` only).

    ``shift`` and ``depth`` are the size of the smallest bin (2 ** shift bases) and the number of bin levels.
    """

    bins: dict[str, dict[int, list[tuple[int, int]]]]
    lowest: dict[str, tuple[int, ...]]
    floors: dict[str, dict[int, int]]
    shift: int
    depth: int

    def stretches(self, wanted: Iterable[tuple[str, int]]) -> list[tuple[int, int]]:
        """Virtual offsets (from, to) that together hold every line over the wanted positions, joined and in order."""
        found: list[tuple[int, int]] = []
        for chrom, pos in wanted:
            bins = self.bins.get(chrom, {})
            floor = self._floor(chrom, pos - 1)
            for number in self._bins_over(pos - 1):
                found += [(max(a, floor), b) for a, b in bins.get(number, ()) if b > floor]
        joined: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if joined and start >> 16 <= joined[-1][1] >> 16:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def _bins_over(self, base: int) -> list[int]:
        numbers, first = [], 0
        for level in range(self.depth + 1):
            numbers.append(first + (base >> (self.shift + 3 * (self.depth - level))))
            first += 1 << (3 * level)
        return numbers

    def _floor(self, chrom: str, base: int) -> int:
        """No line over ``base`` starts before this offset."""
        windows = self.lowest.get(chrom)
        if windows:
            return windows[min(base >> _TBI_SHIFT, len(windows) - 1)]
        floors = self.floors.get(chrom, {})
        return max((floors.get(n, 0) for n in self._bins_over(base)), default=0)


def index_of(path: Path) -> Index | None:
    """The index beside a bgzip file, or None where there is none that can be relied on."""
    path = Path(path)
    try:
        with path.open("rb") as raw:
            if not is_bgzip(raw.read(18)):
                return None
        for ending in (".tbi", ".csi"):
            beside = path.with_name(path.name + ending)
            if beside.is_file() and beside.stat().st_mtime >= path.stat().st_mtime - 1:
                return _parsed(_unzipped(beside.read_bytes()))
    except (OSError, struct.error, zlib.error, ValueError, IndexError):
        return None
    return None


def _unzipped(data: bytes) -> bytes:
    made = []
    while data:
        decoder = zlib.decompressobj(wbits=31)
        made.append(decoder.decompress(data))
        if not decoder.eof:
            raise ValueError("cut short")
        data = decoder.unused_data
    return b"".join(made)


def _parsed(data: bytes) -> Index:
    if data[:4] == b"TBI\x01":
        count, kind, *_, names = struct.unpack_from("<8i", data, 4)
        return _filled(data, 36, count, kind, names, _TBI_SHIFT, _TBI_DEPTH, with_floor=False)
    if data[:4] == b"CSI\x01":
        shift, depth, extra = struct.unpack_from("<3i", data, 4)
        if extra < 28:
            raise ValueError("no names in the index")
        kind, *_, names = struct.unpack_from("<7i", data, 16)
        (count,) = struct.unpack_from("<i", data, 16 + extra)
        made = _filled(data, 44, count, kind, names, shift, depth, with_floor=True, tail=16 + extra + 4)
        return made
    raise ValueError("not an index")


def _filled(
    data: bytes,
    at: int,
    count: int,
    kind: int,
    length: int,
    shift: int,
    depth: int,
    *,
    with_floor: bool,
    tail: int | None = None,
) -> Index:
    if kind & 0xFFFF != _VCF_FORMAT:
        raise ValueError("not the index of a VCF")
    names = data[at : at + length].split(b"\0")[:count]
    at = at + length if tail is None else tail
    bins: dict[str, dict[int, list[tuple[int, int]]]] = {}
    lowest: dict[str, tuple[int, ...]] = {}
    floors: dict[str, dict[int, int]] = {}
    for name in names:
        known = chromosome(name.decode("utf-8", "replace"))
        here: dict[int, list[tuple[int, int]]] = {}
        low: dict[int, int] = {}
        (many,) = struct.unpack_from("<i", data, at)
        at += 4
        for _ in range(many):
            (number,) = struct.unpack_from("<I", data, at)
            at += 4
            if with_floor:
                (low[number],) = struct.unpack_from("<Q", data, at)
                at += 8
            (chunks,) = struct.unpack_from("<i", data, at)
            flat = struct.unpack_from(f"<{2 * chunks}Q", data, at + 4)
            at += 4 + 16 * chunks
            here[number] = list(zip(flat[::2], flat[1::2], strict=True))
        windows: tuple[int, ...] = ()
        if not with_floor:
            (many,) = struct.unpack_from("<i", data, at)
            windows = struct.unpack_from(f"<{many}Q", data, at + 4)
            at += 4 + 8 * many
        if known:
            if known in bins:
                raise ValueError("one chromosome under two names")
            bins[known], lowest[known], floors[known] = here, windows, low
    return Index(bins, lowest, floors, shift, depth)
