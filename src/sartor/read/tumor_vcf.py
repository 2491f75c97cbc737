"""Somatic VCF with the annotation of VEP (INFO/CSQ) or SnpEff (INFO/ANN), or without any.

A line without annotation is compared with the changes of known place (``facts.hotspots``); what is not there stays
unread, and is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sartor.core import IntakeError
from sartor.facts.hotspots import Hotspot, hotspot_at

from .annotation import annotated
from .assembly import chromosome
from .hgvs import parse
from .reads import fraction
from .sieve import Sieve
from .tumor_header import Head, header

_BUILDS = ("GRCh37", "GRCh38")
BARE = "no annotation, and not among the changes of known place; annotate with VEP (--hgvs --symbol) or SnpEff"
FAILED = "did not pass the caller's filter, and names no protein change"
ABSENT = "the allele is not in the tumour sample"


@dataclass(frozen=True, slots=True)
class _Line:
    """One ALT allele of one line."""

    number: int
    cells: list[str]
    alt: str
    index: int
    alleles: int
    info: dict[str, str]

    @property
    def where(self) -> str:
        return f"line {self.number}"


def read_tumor_vcf(
    lines: list[str], path: Path, sample: str | None, declared: str | None, sieve: Sieve, *, infer: bool = False
) -> Head:
    """Put the variants of the tumour sample through ``sieve``; see ``sartor.read.tumor.read_tumor_file``.

    ``infer`` lets the assembly of a file that states none be told by the known places it hits.
    """
    head = header(lines, path, sample, declared)
    every = list(_alleles(lines, head, path))
    if not any(line.strip() for line in lines[head.lines :]):
        remedy = "export it with its variant lines, or leave the tumour file out of the order"
        raise IntakeError("the VCF has a header but no lines", file=path, remedy=remedy)
    if head.form is not None and not head.form.names_changes and any(head.form.key in x.info for x in every):
        remedy = "annotate again with the protein change: VEP --hgvs --symbol, or SnpEff (HGVS.p)"
        raise IntakeError(f"the {head.form.key} annotation has no HGVSp field", file=path, remedy=remedy)
    assembly = _assembly(every, head, sieve, infer)
    named = 0
    for line in every:
        named += _read(line, head, assembly, sieve)
    _say(named, assembly, head, sieve)
    return head if assembly == head.assembly else Head(head.form, head.width, head.column, head.sample, assembly, 0)


def _alleles(lines: list[str], head: Head, path: Path) -> Iterator[_Line]:
    for number, line in enumerate(lines[head.lines :], head.lines + 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != head.width:
            problem = f"{len(cells)} columns, {head.width} expected"
            remedy = "the line is cut or not tab-separated; export again"
            raise IntakeError(problem, file=path, line=number, remedy=remedy)
        if not cells[1].isdecimal():
            problem = f"POS is {cells[1]!r}, a number expected"
            raise IntakeError(problem, file=path, line=number, remedy="correct or export again")
        alts = [] if cells[4] in (".", "") else cells[4].split(",")
        info = dict(x.partition("=")[::2] for x in cells[7].split(";"))
        for index, alt in enumerate(alts, 1):
            yield _Line(number, cells, alt, index, len(alts), info)


def _read(line: _Line, head: Head, assembly: str | None, sieve: Sieve) -> bool:
    """Put one allele through the sieve; True where its place gave it its name."""
    values = {}
    if head.column is not None:
        values = dict(zip(line.cells[8].split(":"), line.cells[head.column].split(":"), strict=False))
    carried = [x for x in values.get("GT", "").replace("|", "/").split("/") if x.isdecimal()]
    if carried and str(line.index) not in carried:
        sieve.tally(ABSENT, line.where)
        return False
    failed = "" if line.cells[6] in ("PASS", ".", "") else f"did not pass the caller's filter ({line.cells[6]})"
    vaf, depth = fraction(values, line.info, line.cells[3].upper(), line.alt.upper(), line.index, line.alleles)
    text = line.info.get(head.form.key, "") if head.form else ""
    if head.form is not None and text:
        told = annotated(text, head.form, line.cells[3], line.alt, line.index, line.alleles)
        if isinstance(told, str):
            sieve.tally(FAILED if failed else told, line.where)
        else:
            sieve.keep(*told, vaf, depth, line.where, failed=failed)
        return False
    spot = _known(line, assembly)
    if spot is None:
        sieve.tally(FAILED if failed else BARE, line.where)
        return False
    sieve.keep(spot.gene, parse(spot.change), vaf, depth, line.where, failed=failed)
    return True


def _known(line: _Line, assembly: str | None) -> Hotspot | None:
    chrom = chromosome(line.cells[0])
    if assembly not in _BUILDS or chrom is None:
        return None
    return hotspot_at(str(assembly), chrom, int(line.cells[1]), line.cells[3], line.alt)


def _assembly(every: list[_Line], head: Head, sieve: Sieve, infer: bool) -> str | None:
    """The assembly to compare places in: stated, or told by the known places that only one of the two hits."""
    bare = [x for x in every if head.form is None or head.form.key not in x.info]
    if not bare or (head.assembly is not None and not _unsure(bare, head.assembly)):
        return head.assembly
    hits = {b: sum(_known(x, b) is not None for x in bare) for b in _BUILDS}
    best = max(_BUILDS, key=lambda b: hits[b])
    if not hits[best] or min(hits.values()):
        return head.assembly
    if head.assembly is not None:
        sieve.notes.append(
            f"{sieve.file}: {head.assembly} is declared, but {hits[best]} variants lie at known places of {best} and "
            f"none at those of {head.assembly}: check the assembly"
        )
        return head.assembly
    if infer:
        sieve.notes.append(
            f"{sieve.file}: the assembly is not stated; {best} was taken, since {hits[best]} variants lie at known "
            "places of it and none at those of the other"
        )
        return best
    return None


def _unsure(bare: list[_Line], assembly: str) -> bool:
    return not any(_known(x, assembly) for x in bare)


def _say(named: int, assembly: str | None, head: Head, sieve: Sieve) -> None:
    bare = named + sieve.count(BARE)
    if not bare:
        return
    known = f"{named} were named by their place ({assembly})" if assembly else ""
    known = known or "the assembly is not stated, so that places cannot be compared"
    sieve.notes.insert(
        0,
        f"{sieve.file}: {bare} variants carry no annotation; {known}, {bare - named} stay unread. Annotate with VEP "
        "(--hgvs --symbol) or SnpEff",
    )
