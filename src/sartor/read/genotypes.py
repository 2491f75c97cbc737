"""VCF records -> genotypes at the defining positions, and the check that the bases are GRCh38's.

A VCF may write one change in several ways; alleles are compared after cutting their shared tail. Records must start
at the defining position, as they do in a left-aligned file (``bcftools norm``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sartor.core import IntakeError
from sartor.facts.alleles import GeneDefinition, Position

from .assembly import chromosome
from .star_alleles import Genotype
from .vcf import LIFT, Record

# CPIC's toxicity genes: there an undocumented base is read as reference (PharmCAT, "Gene definition exceptions"),
# because a rare unknown base must not hide a documented risk allele beside it.
TOXICITY = ("DPYD", "G6PD", "NUDT15", "TPMT")


@dataclass(slots=True)
class GeneReading:
    """What the file says about one gene: genotypes read, positions not read, and what stands in the way of a call."""

    definition: GeneDefinition
    genotypes: dict[int, Genotype] = field(default_factory=dict)
    missing: list[Position] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    obstacle: str = ""


def place_of(position: Position) -> tuple[str, int]:
    """The key under which ``read_records`` finds this position."""
    return position.chrom.removeprefix("chr"), position.pos


def place_in_37(position: Position) -> tuple[str, int]:
    """Where the position would be in a GRCh37 file."""
    return position.chrom.removeprefix("chr"), position.pos37


def _cut(ref: str, alt: str) -> tuple[str, str]:
    """The two without their shared tail, one base kept."""
    n = 0
    while n < min(len(ref), len(alt)) - 1 and ref[-1 - n] == alt[-1 - n]:
        n += 1
    return ref[: len(ref) - n], alt[: len(alt) - n]


def base_at(position: Position, ref: str, alt: str) -> str | None:
    """What ``alt`` of a record puts at a defining position, in the definitions' words; None if undocumented."""
    if not alt or alt[0] in "<*" or "[" in alt or "]" in alt:
        return None
    short_ref, short_alt = _cut(ref, alt)
    if len(position.ref) == 1 and all(len(a) == 1 for a in position.alts):
        if len(short_ref) == len(short_alt) or short_ref[0] != short_alt[0]:
            base = short_alt[0]
            exact = len(short_ref) == len(short_alt)
            return base if exact and base in (position.ref, *position.alts) else None
        return position.ref
    known = {_cut(position.ref, a): a for a in position.alts}
    return known.get((short_ref, short_alt))


def _agrees(position: Position, record: Record) -> bool:
    return record.ref.startswith(position.ref) or position.ref.startswith(record.ref)


def check_bases(positions: Iterable[Position], records: dict[tuple[str, int], list[Record]], path: Path) -> None:
    """Refuse a file whose reference bases, or whose variants' places, are not those of GRCh38.

    In a GRCh38 file REF never disagrees with the genome. A GRCh37 file is recognized by documented variants that lie
    at their GRCh37 places: at least two, and more than at GRCh38 places.
    """
    wrong: list[tuple[Record, Position]] = []
    here = there = 0
    for p in positions:
        for r in records.get(place_of(p), []):
            if not r.block:
                here += _agrees(p, r) and any(base_at(p, r.ref, a) in p.alts for a in r.alts)
                if not _agrees(p, r):
                    wrong.append((r, p))
        for r in records.get(place_in_37(p), []):
            there += not r.block and r.ref == p.ref and any(a in p.alts for a in r.alts)
    old = there >= 2 and there > here
    hint = f"; {there} known variants lie at their GRCh37 places, {here} at their GRCh38 places" if old else ""
    if wrong:
        record, p = min(wrong, key=lambda pair: pair[0].line)
        problem = (
            f"REF is {record.ref} at {p.chrom}:{p.pos} ({p.label}), GRCh38 has {p.ref}; "
            f"{len(wrong)} positions disagree in all{hint}"
        )
        raise IntakeError(problem, file=path, line=record.line, remedy=LIFT)
    if old:
        raise IntakeError(f"this looks like a GRCh37 file, but GRCh38 was declared{hint}", file=path, remedy=LIFT)


def _chosen(position: Position, records: list[Record], path: Path) -> list[Record]:
    """The records that speak of this position; lines about another change at the same place step back.

    Several are taken together only when they are one site split by allele: each with its own ALT, and no copy of the
    chromosome claimed by two of them. Anything else is a duplicate, and refused.
    """
    direct = [r for r in records if not r.block]
    about = [r for r in direct if not r.alts or any(base_at(position, r.ref, a) != position.ref for a in r.alts)]
    about = about or direct[:1] or records[:1]
    if len(about) < 2:
        return about
    carrying = [r for r in about if any(s != 0 for s in r.strands)]
    alts = [(r.ref, a) for r in about for a in r.alts]
    copies = {len(r.strands) for r in about}
    apart = len(carrying) <= 1 or (
        all(r.phased for r in carrying) and len({r.phase_set for r in carrying}) == 1 and not _clash(carrying)
    )
    if apart and len(copies) == 1 and len(set(alts)) == len(alts) and all(r.alts for r in about):
        return carrying or about[:1]
    lines = ", ".join(str(r.line) for r in about)
    problem = f"position {position.chrom}:{position.pos} ({position.label}) is there twice (lines {lines})"
    remedy = "keep one line; join split alleles with `bcftools norm -m +any`"
    raise IntakeError(problem, file=path, line=about[1].line, remedy=remedy)


def _clash(records: list[Record]) -> bool:
    """True when two records put something on the same copy of the chromosome."""
    return any(sum(s != 0 for s in copy) > 1 for copy in zip(*(r.strands for r in records), strict=True))


def _strands(reading: GeneReading, position: Position, records: list[Record]) -> tuple[str, ...] | None:
    """Bases on each copy, or None where the genotype is missing. Undocumented bases are noted or stop the gene."""
    if not records or any(s is None for r in records for s in r.strands):
        return None
    bases: list[str] = []
    for copy in range(len(records[0].strands)):
        base: str | None = position.ref
        for record in records:
            allele = record.strands[copy]
            if allele:
                base = base_at(position, record.ref, record.alts[allele - 1])
                if base is None:
                    base = _undocumented(reading, position, record, allele)
        if base is None:
            return None
        bases.append(base)
    return tuple(bases)


def _undocumented(reading: GeneReading, position: Position, record: Record, allele: int) -> str | None:
    text = f"undocumented base {record.alts[allele - 1]} at {position.label} (line {record.line})"
    if position.gene in TOXICITY:
        reading.notes.append(f"{text}, read as reference as for all toxicity genes")
        return position.ref
    reading.obstacle = f"not called: {text}"
    return None


def _on_x(reading: GeneReading, sex: str | None) -> None:
    """Bring the strands of an X-linked gene to the person's number of copies, or say why they contradict."""
    copies = {len(g.strands) for g in reading.genotypes.values()}
    het = [g.pos for g in reading.genotypes.values() if len(set(g.strands)) == 2]
    if sex == "female" and 1 in copies:
        reading.obstacle = "not called: the record says female, but genotypes on chrX have one allele"
    if sex == "male" or (sex is None and copies == {1, 2}):
        if het:
            named = ", ".join(reading.definition.positions[p].label for p in het)
            reading.obstacle = f"not called: heterozygous on chrX ({named}) in a person with one X"
        for pos, g in reading.genotypes.items():
            reading.genotypes[pos] = Genotype(pos, g.strands[:1])


def read_gene(
    definition: GeneDefinition, records: dict[tuple[str, int], list[Record]], path: Path, sex: str | None
) -> GeneReading:
    """Everything the records say about one gene.

    ``sex`` ("female", "male" or None) decides the number of copies on chromosome X.
    """
    reading = GeneReading(definition)
    on_x = chromosome(definition.chrom) == "X"
    for position in definition.positions.values():
        chosen = _chosen(position, records.get(place_of(position), []), path)
        strands = _strands(reading, position, chosen)
        if strands is None:
            reading.missing.append(position)
            continue
        record = chosen[0]
        if len(strands) == 1 and not on_x:
            reading.missing.append(position)
            reading.notes.append(f"{position.label} has one allele on an autosome (line {record.line}), left out")
        else:
            group = (f"set {record.phase_set}" if record.phase_set else "file") if record.phased else ""
            reading.genotypes[position.pos] = Genotype(position.pos, strands, group)
    if on_x:
        _on_x(reading, sex)
    return reading
