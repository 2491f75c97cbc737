"""Sites of a VCF -> genotypes at the defining positions of a gene, in the definitions' words.

What a line says is settled in ``spelling``; here the lines of one position are weighed against each other, the copies
of chromosome X are counted, and everything that was not read is kept with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sartor.core import GeneCall, IntakeError
from sartor.facts.alleles import GeneDefinition, Position

from .assembly import chromosome
from .sites import Place, Record, Site, record_of
from .spelling import base_at
from .star_alleles import Genotype
from .substitutions import REACH, covers, joined

# CPIC's toxicity genes: there an undocumented base is read as reference (PharmCAT, "Gene definition exceptions"),
# because a rare unknown base must not hide a documented risk allele beside it.
TOXICITY = ("CACNA1S", "DPYD", "G6PD", "NUDT15", "RYR1", "TPMT")


@dataclass(slots=True)
class GeneReading:
    """What the file says about one gene: genotypes read, positions not read, and what stands in the way of a call."""

    definition: GeneDefinition
    genotypes: dict[int, Genotype] = field(default_factory=dict)
    missing: list[Position] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    obstacle: str = ""

    def not_covered(self, why: str) -> GeneCall:
        """The call of a gene that cannot be named, with the positions that were not read."""
        definition = self.definition
        return GeneCall(
            definition.gene,
            "",
            "",
            "not covered",
            missing=tuple(p.label for p in self.missing),
            why=why,
            source=definition.source,
            version=definition.version,
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """A defining position on one assembly: coordinate and reference base, and the file's lines that may speak of it."""

    position: Position
    place: int
    ref: str
    sites: tuple[Site, ...] = ()

    @property
    def width(self) -> str:
        """The reference bases over which lines about this position can start: of an indel its span."""
        return self.position.span or self.ref

    def base(self, line: Record | Site, alt: str) -> str | None:
        """What an ALT of a line puts here; None if undocumented."""
        return base_at(self.position, self.place, self.ref, line.pos, line.ref, alt)

    def agrees(self, line: Record | Site) -> bool:
        """True when the line's REF is this assembly's base here."""
        if line.pos != self.place or set(line.ref) <= {"N"}:
            return True
        return line.ref.startswith(self.ref) or self.ref.startswith(line.ref)


@lru_cache(maxsize=8)
def _bare(gene: str, positions: tuple[Position, ...], assembly: str) -> tuple[Spot, ...]:
    old = assembly == "GRCh37"
    return tuple(Spot(p, p.pos37 if old else p.pos, p.ref37 if old else p.ref) for p in positions)


def spots(definition: GeneDefinition, assembly: str) -> tuple[Spot, ...]:
    """The defining positions of a gene on ``GRCh38`` or ``GRCh37``, without lines."""
    return _bare(definition.gene, tuple(definition.positions.values()), assembly)


def places(definition: GeneDefinition, assembly: str) -> set[Place]:
    """Where lines that speak of a gene can start: its positions, and for indels every place of their span."""
    chrom = chromosome(definition.chrom) or definition.chrom
    return {(chrom, s.place + i) for s in spots(definition, assembly) for i in range(max(1, len(s.width)))}


def places_before(definition: GeneDefinition, assembly: str) -> set[Place]:
    """Where lines can start that change several bases, one of them a defining position of the gene."""
    chrom = chromosome(definition.chrom) or definition.chrom
    singles = [s.place for s in spots(definition, assembly) if not s.position.span]
    return {(chrom, place - i) for place in singles for i in range(1, REACH + 1)}


def with_sites(definition: GeneDefinition, assembly: str, sites: dict[Place, list[Site]]) -> tuple[Spot, ...]:
    """The gene's positions with their lines: those at the place, and indels written elsewhere in the span."""
    chrom = chromosome(definition.chrom) or definition.chrom
    made = []
    for spot in spots(definition, assembly):
        found = list(sites.get((chrom, spot.place), ()))
        for i in range(1, len(spot.position.span)):
            elsewhere = [s for s in sites.get((chrom, spot.place + i), ()) if not s.block]
            found += [s for s in elsewhere if any(spot.base(s, a) in spot.position.alts for a in s.alts)]
        if not spot.position.span:
            found += [
                s for i in range(1, REACH + 1) for s in sites.get((chrom, spot.place - i), ()) if covers(s, spot.place)
            ]
        if len(spot.ref) == 2 and not spot.position.span:
            both = joined(found, sites.get((chrom, spot.place + 1), ()), spot.ref)
            found = [both] if both else found
        made.append(Spot(spot.position, spot.place, spot.ref, tuple(found)))
    return tuple(made)


def _chosen(spot: Spot, records: list[Record], path: Path) -> list[Record]:
    """The records that speak of this position; lines about another change at the same place step back.

    Several are taken together only when they are one site split by allele: each with its own ALT, and no copy of the
    chromosome claimed by two of them. Unphased, 0/1 on two such lines is 1/2: two alleles of one site cannot share a
    copy. Lines that all say reference agree. Anything else is a duplicate, and refused.
    """
    direct = [r for r in records if not r.block]
    about = [r for r in direct if not r.alts or any(spot.base(r, a) != spot.ref for a in r.alts)]
    about = [r for r in about if r.alts] or about  # a bare reference line steps back behind one that names a change
    about = about or direct[:1] or records[:1]
    if len(about) < 2:
        return about
    carrying = [r for r in about if any(s != 0 for s in r.strands)]
    if not carrying:
        return about[:1]
    alts = [(r.pos, r.ref, a) for r in about for a in r.alts]
    copies = {len(r.strands) for r in about}
    few = sum(s != 0 for r in carrying for s in r.strands) <= max(copies)
    room = _in_phase(carrying) if _together(carrying) else few
    if room and len(copies) == 1 and len(set(alts)) == len(alts) and all(r.alts for r in about):
        return carrying
    position = spot.position
    lines = ", ".join(str(r.line) for r in about)
    problem = f"position {position.chrom}:{spot.place} ({position.label}) is there twice (lines {lines})"
    remedy = "keep one line; join split alleles with `bcftools norm -m +any`"
    raise IntakeError(problem, file=path, line=about[1].line or None, remedy=remedy)


def _in_phase(records: list[Record]) -> bool:
    """True when the lines are phased together and no copy carries two of their alleles."""
    return len(records) == 1 or (_together(records) and not _clash(records))


def _together(records: list[Record]) -> bool:
    return all(r.phased for r in records) and len({r.phase_set for r in records}) == 1


def _clash(records: list[Record]) -> bool:
    """True when two records put something on the same copy of the chromosome."""
    return any(sum(s != 0 for s in copy) > 1 for copy in zip(*(r.strands for r in records), strict=True))


def _strands(reading: GeneReading, spot: Spot, records: list[Record]) -> tuple[str, ...] | None:
    """Bases on each copy, or None where the genotype is missing. Undocumented bases are noted or stop the gene."""
    if not records or any(s is None for r in records for s in r.strands):
        return None
    bases: list[str] = []
    if not _in_phase(records):  # one site split by allele, unphased: each allele takes a copy of its own
        told = [(r, s) for r in records for s in r.strands if s]
        found = [spot.base(r, r.alts[s - 1]) or _undocumented(reading, spot, r, s) for r, s in told]
        known = [b for b in found if b is not None]
        whole = len(known) == len(found)
        return tuple([spot.ref] * (len(records[0].strands) - len(known)) + sorted(known)) if whole else None
    for copy in range(len(records[0].strands)):
        base: str | None = spot.ref
        for record in records:
            allele = record.strands[copy]
            if allele:
                base = spot.base(record, record.alts[allele - 1])
                if base is None:
                    base = _undocumented(reading, spot, record, allele)
        if base is None:
            return None
        bases.append(base)
    return tuple(bases)


def _undocumented(reading: GeneReading, spot: Spot, record: Record, allele: int) -> str | None:
    text = f"undocumented base {record.alts[allele - 1]} at {spot.position.label}{_line(record.line)}"
    if spot.position.gene in TOXICITY:
        note = f"{text}, read as reference as for all toxicity genes"
        if note not in reading.notes:
            reading.notes.append(note)
        return spot.ref
    reading.obstacle = f"not called: {text}"
    return None


def _line(number: int) -> str:
    return f" (line {number})" if number else ""


def _copied(records: list[Record]) -> tuple[list[Record], Record | None]:
    """The lines that state bases, and one that says that the person has fewer or more copies here."""
    stretches = [r for r in records if r.block and r.alts]
    return [r for r in records if r not in stretches], next((r for r in stretches if any(r.strands)), None)


def _one_change(records: list[Record]) -> str:
    """A phase group for what one unphased line of several bases changes: all of it lies on the same copy."""
    line = records[0]
    several = len(line.ref) > 1 and any(len(alt) == len(line.ref) for alt in line.alts)
    return f"line at {line.pos}" if several and len(records) == 1 else ""


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
    definition: GeneDefinition, gene_spots: Iterable[Spot], person: int, path: Path, sex: str | None
) -> GeneReading:
    """Everything the file says about one gene of one person.

    ``sex`` ("female", "male" or None) decides the number of copies on chromosome X.
    """
    reading = GeneReading(definition)
    on_x = chromosome(definition.chrom) == "X"
    for spot in gene_spots:
        position = spot.position
        records, lost = _copied([record_of(s, person) for s in spot.sites])
        if lost is not None:
            reading.missing.append(position)
            over = f"{', '.join(lost.alts)} lies over its positions{_line(lost.line)}"
            note = f"{over}: how many copies have which base is not known"
            reading.notes += [note] if note not in reading.notes else []
            continue
        chosen = _chosen(spot, records, path) if records else []
        strands = _strands(reading, spot, chosen)
        if strands is None:
            reading.missing.append(position)
            continue
        record = chosen[0]
        if len(strands) == 1 and not on_x:
            reading.missing.append(position)
            reading.notes.append(f"{position.label} has one allele on an autosome{_line(record.line)}, left out")
        else:
            phased = record.phased and _in_phase(chosen)
            group = (f"set {record.phase_set}" if record.phase_set else "file") if phased else _one_change(chosen)
            reading.genotypes[position.pos] = Genotype(position.pos, strands, group)
    if on_x:
        _on_x(reading, sex)
    return reading
