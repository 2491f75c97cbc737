"""The lines of a VCF at wanted positions, found fast: whole pieces of text are searched, only hits are parsed.

For every piece the starts of its lines (``chrom<TAB>pos``) are taken by one regular expression and compared with the
wanted ones as a set; tabs and line ends are counted, so that a cut or malformed line is still found and named although
nobody looked at it. With an index only the stretches over wanted positions are read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from sartor.core import IntakeError

from .assembly import accessions, chromosome
from .blocks import piece_between, pieces, raw_file
from .tabix import index_of
from .vcf import Header, read_header

_STARTS = re.compile(rb"\n([^\t\n]*\t\d+)\t")
_ENDS = re.compile(rb"\n([^\t\n]+)\t(\d+)\t(?=(?:[^\t\n]*\t){5}(?:[^\t\n]*;)?END=(\d+))")
_END = re.compile(r"(?:^|;)END=(\d+)")
_GENOTYPE = re.compile(r"^[/|]?(\d+|\.)(?:([/|])(\d+|\.))?$")  # VCF 4.4 may state the first copy's phase too
_NOT_A_BASE = re.compile(r"[^ACGTNacgtnRYSWKMBDHVryswkmbdhv]")
_NO_ALLELE = {"<NON_REF>", "<*>", "."}
_COPIES = re.compile(r"^<(?:DEL|DUP|CN)")  # alleles with fewer or more copies of what they cover
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Genotype:
    """The GT of one sample: one allele index per chromosome copy (0 is REF), None where it is missing."""

    strands: tuple[int | None, ...]
    phased: bool
    phase_set: str


@dataclass(frozen=True, slots=True)
class Site:
    """One line at a wanted position, for all samples that were asked for.

    ``block`` is True for a line that covers the position as part of a longer stretch; REF is then "". Without ALT it is
    a reference block (gVCF), with ALT a deletion or duplication of the stretch.
    """

    chrom: str
    pos: int
    ref: str
    alts: tuple[str, ...]
    line: int
    genotypes: tuple[Genotype, ...]
    block: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A site as one person has it."""

    chrom: str
    pos: int
    ref: str
    alts: tuple[str, ...]
    strands: tuple[int | None, ...]
    phased: bool
    phase_set: str
    line: int
    block: bool = False


def record_of(site: Site, person: int) -> Record:
    """The site in one person; ``person`` counts the samples that were read."""
    g = site.genotypes[person]
    return Record(site.chrom, site.pos, site.ref, site.alts, g.strands, g.phased, g.phase_set, site.line, site.block)


def read_sites(
    path: Path,
    wanted: Collection[Place],
    choose: int | str | None = None,
    *,
    index: bool = True,
    beside: Collection[Place] = (),
) -> tuple[Header, dict[Place, list[Site]]]:
    """Header and the sites at wanted ``(chromosome without chr, position)``, in file order.

    A gVCF reference block gives one site per wanted position that it covers beyond its first base.

    Args:
        path: the VCF; plain, gzip or bgzip.
        wanted: where to look.
        choose: the column of the only sample to read; None reads all.
        index: use a ``.tbi`` or ``.csi`` beside the file where there is one.
        beside: places where only a line is wanted that changes several bases, one for one.

    Raises:
        IntakeError: missing, empty, damaged or malformed file; with file, line (of the file; not known for stretches
            that an index gave) and remedy.
    """
    text = pieces(path)
    header, rest = read_header(text, path)
    column = header.samples.index(choose) if isinstance(choose, str) else choose
    scan = _Scan(path, header, wanted, column, beside)
    found = index_of(path, scan.places) if index else None
    if found is not None and found.bins.keys() & scan.by_chrom.keys():
        text.close() if hasattr(text, "close") else None
        scan.indexed(found.stretches(sorted(scan.places)))
    else:
        scan.whole(rest, text)
    return header, scan.sites


def _several(line: bytes) -> bool:
    """True for a line that changes several bases, one for one."""
    ref, alts = line.split(b"\t", 5)[3:5]
    return len(ref) > 1 and all(len(alt) == len(ref) and alt.isalpha() for alt in alts.split(b","))


def _spellings(chrom: str) -> Iterator[str]:
    """Every name under which ``assembly.chromosome`` knows a chromosome."""
    bare = {"X": ("X", "x", "23"), "Y": ("Y", "y", "24")}.get(chrom, (chrom,))
    prefixes = ("", *("".join(p) for p in product("cC", "hH", "rR")))
    for prefix, name in product(prefixes, bare):
        yield prefix + name
    yield from accessions(chrom)


class _Scan:
    """One reading of one file; collects sites and counts lines."""

    def __init__(
        self, path: Path, header: Header, wanted: Collection[Place], column: int | None, beside: Collection[Place]
    ) -> None:
        self.path, self.header = path, header
        self.places = set(wanted)
        self.columns = range(len(header.samples)) if column is None else (column,)
        self.tabs = 8 + len(header.samples)
        self.by_chrom: dict[str, list[int]] = {}
        for chrom, at in sorted(self.places):
            self.by_chrom.setdefault(chrom, []).append(at)
        names = {chrom: tuple(_spellings(chrom)) for chrom in self.by_chrom}
        keys = {f"{name}\t{at}".encode() for chrom, at in self.places for name in names[chrom]}
        self.beside = {f"{mark}{c}\t{at}".encode() for c, at in beside for mark in ("", "chr")} - keys
        self.keys = frozenset(keys | self.beside)
        self.number = header.columns_line
        self.sites: dict[Place, list[Site]] = {}
        self.seen: dict[tuple[str, str], Genotype] = {}
        self.lines = 0
        self.numbered = True

    def whole(self, rest: bytes, text: Iterable[bytes]) -> None:
        """Every line of the file."""
        if rest:
            self.piece(rest)
        for piece in text:
            self.piece(piece)
        if not self.lines:
            remedy = "export it with its variant lines; nothing can be read from a header"
            raise IntakeError("the VCF has a header but no lines", file=self.path, remedy=remedy)

    def indexed(self, stretches: list[tuple[int, int]]) -> None:
        """Only the lines that an index names; their line numbers are not known."""
        self.numbered = False
        with raw_file(self.path) as raw:
            for start, end in stretches:
                self.piece(piece_between(raw, start, end, self.path))

    def piece(self, text: bytes) -> None:
        """Check a piece of whole lines and keep what is wanted of it."""
        starts = _STARTS.findall(b"\n" + text)
        count = text.count(b"\n")
        if len(starts) != count or text.count(b"\t") != self.tabs * count:
            text = self._faults(text)
            starts = _STARTS.findall(b"\n" + text)
        self.lines += len(starts)
        hits = not self.keys.isdisjoint(starts)
        blocks = self._blocks(text) if self.header.blocks or b"END=" in text else set()
        if hits or blocks:
            lines = text.split(b"\n")
            for i, start in enumerate(starts):
                if start in self.keys and (start not in self.beside or _several(lines[i])):
                    self._hit(lines[i], self.number + i + 1)
                if start in blocks:
                    self._cover(lines[i], self.number + i + 1)
        self.number += count

    def _blocks(self, text: bytes) -> set[bytes]:
        """The starts of lines with END= that reach over wanted positions."""
        found = set()
        for name, start, end in _ENDS.findall(b"\n" + text):
            if self._inside(chromosome(name.decode("utf-8", "replace")), int(start), int(end)):
                found.add(name + b"\t" + start)
        return found

    def _inside(self, chrom: str | None, start: int, end: int) -> list[int]:
        """Wanted positions after ``start`` up to ``end``."""
        places = self.by_chrom.get(chrom or "", [])
        low = bisect_right(places, start)
        return places[low : bisect_left(places, end + 1, low)]

    def _faults(self, text: bytes) -> bytes:
        """Line by line: name the first bad one; give back the text with blank lines filled up if there is none."""
        kept = []
        for number, line in enumerate(text.split(b"\n")[:-1], self.number + 1):
            tabs = line.count(b"\t")
            if tabs != self.tabs:
                if line.strip():
                    problem = f"{tabs + 1} columns, {self.tabs + 1} expected"
                    self.refuse(problem, number, "the line is cut or not tab-separated; export again")
                line = b"-\t0" + b"\t" * (self.tabs - 1)
            elif not line.split(b"\t", 2)[1].isdigit():
                pos = line.split(b"\t", 2)[1].decode("utf-8", "replace")
                self.refuse(f"POS is {pos!r}, a number expected", number, "correct or export again")
            kept.append(line)
        self.lines -= sum(line.startswith(b"-\t0\t") for line in kept)
        return b"\n".join(kept) + b"\n"

    def refuse(self, problem: str, number: int, remedy: str) -> None:
        """Raise the fault of one line."""
        raise IntakeError(problem, file=self.path, line=number if self.numbered else None, remedy=remedy)

    def _hit(self, line: bytes, number: int) -> None:
        site = self._site(line.decode("utf-8", "replace").rstrip("\r").split("\t"), number)
        if not any(self._same_line(site, other) for other in self.sites.get((site.chrom, site.pos), ())):
            self.sites.setdefault((site.chrom, site.pos), []).append(site)

    def _same_line(self, site: Site, other: Site) -> bool:
        """Two stretches of an index may hold the same line; two lines of a file that are alike stay two."""
        return not self.numbered and other == site

    def _cover(self, line: bytes, number: int) -> None:
        cells = line.decode("utf-8", "replace").rstrip("\r").split("\t")
        end = _END.search(cells[7])
        alts = set(cells[4].split(","))
        copies = any(_COPIES.match(alt) for alt in alts)
        if end is None or not (copies or alts <= _NO_ALLELE) or (copies and "GT" not in cells[8].split(":")):
            return
        first = self._site(cells, number)
        genotypes = first.genotypes if copies else tuple(
            g if all(s == 0 for s in g.strands) else Genotype((None,) * len(g.strands), False, "")
            for g in first.genotypes
        )  # fmt: skip
        for at in self._inside(first.chrom, first.pos, int(end[1])):
            site = Site(first.chrom, at, "", first.alts if copies else (), first.line, genotypes, block=True)
            if not any(self._same_line(site, other) for other in self.sites.get((first.chrom, at), ())):
                self.sites.setdefault((first.chrom, at), []).append(site)

    def _site(self, cells: list[str], number: int) -> Site:
        ref, alt, keys = cells[3], cells[4], cells[8].split(":")
        if not ref or _NOT_A_BASE.search(ref):
            self.refuse(f"REF is {ref!r}, bases expected", number, "correct or export again")
        if "GT" not in keys:
            remedy = "export genotypes (GT); likelihoods or depths alone are not read"
            self.refuse("FORMAT has no GT", number, remedy)
        alts = () if alt == "." else tuple(a.upper() if a[:1] != "<" else a for a in alt.split(","))
        at, phase_at = keys.index("GT"), keys.index("PS") if "PS" in keys else -1
        made = []
        for column in self.columns:
            cell = cells[9 + column]
            if len(keys) == 1:
                made.append(self._genotype(cell, "", alts, number))
                continue
            values = cell.split(":")
            phase = values[phase_at] if -1 < phase_at < len(values) else ""
            made.append(self._genotype(values[at] if at < len(values) else ".", phase, alts, number))
        chrom = chromosome(cells[0])
        assert chrom is not None, "only lines on known chromosomes are parsed"
        return Site(chrom, int(cells[1]), ref.upper(), alts, number if self.numbered else 0, tuple(made))

    def _genotype(self, text: str, phase: str, alts: tuple[str, ...], number: int) -> Genotype:
        known = self.seen.get((text, phase))
        if known is None:
            shape = _GENOTYPE.match(text)
            if not shape:
                problem = f"genotype {text!r}; one or two alleles such as 0/1, 0|1 or 1 expected"
                self.refuse(problem, number, "correct or export again")
            assert shape is not None
            strands = tuple(None if s == "." else int(s) for s in shape.group(1, 3) if s is not None)
            known = Genotype(strands, "|" in text and "/" not in text, "" if phase == "." else phase)
            self.seen[text, phase] = known
        worst = max((s for s in known.strands if s is not None), default=0)
        if worst > len(alts):
            problem = f"genotype {text!r} names allele {worst}, but the line has {len(alts)} ALT"
            self.refuse(problem, number, "correct or export again")
        return known
