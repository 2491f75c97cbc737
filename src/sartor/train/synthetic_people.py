"""Writes the synthetic people of ``examples/``: germline VCFs and outside calls. Nobody's data; made from the tables.

Run: ``python -m sartor.train.synthetic_people --out examples``. Every defining position of every gene is written,
reference calls included, so that nothing is "not covered"; the genotypes are those of the named diplotypes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from pathlib import Path

from sartor.facts.alleles import GeneDefinition, gene_definitions
from sartor.read.assembly import LENGTHS

CHROMOSOMES = tuple(LENGTHS)


@dataclass(frozen=True)
class Person:
    """One synthetic person: diplotypes that are not reference, and what other tools called."""

    case: str
    male: bool
    phased: bool
    diplotypes: dict[str, tuple[str, ...]]
    outside: list[tuple[str, str]] = field(default_factory=list)


PEOPLE = (
    Person(
        "lung-egfr",
        male=False,
        phased=True,
        diplotypes={"CYP3A5": ("*3", "*3"), "UGT1A1": ("*1", "*28")},
        outside=[("CYP2D6", "*4/*4")],
    ),
    Person(
        "cml-abl1",
        male=False,
        phased=False,
        diplotypes={"CYP3A5": ("*1", "*3"), "CYP2C19": ("*1", "*2"), "SLCO1B1": ("*1", "*5")},
        outside=[("CYP2D6", "*1/*1")],
    ),
    Person(
        "psychiatry-drd2",
        male=True,
        phased=True,
        diplotypes={
            "CYP2C19": ("*2", "*2"),
            "CYP2C9": ("*1", "*3"),
            "CYP3A5": ("*3", "*3"),
            "G6PD": ("A- 202A_376G",),
        },
        outside=[("CYP2D6", "*1/*4"), ("HLA-B", "*07:02/*08:01")],
    ),
)


def strands(definition: GeneDefinition, names: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """Bases per position on each copy for these alleles; where a definition allows several, the reference base."""
    copies = []
    for name in names:
        allele = next(a for a in definition.alleles if a.name == name)
        bases = {}
        for pos, place in definition.positions.items():
            allowed = allele.defines.get(pos, frozenset((place.ref,)))
            bases[pos] = place.ref if place.ref in allowed else min(allowed)
        copies.append(bases)
    return {pos: tuple(c[pos] for c in copies) for pos in definition.positions}


def usual(definition: GeneDefinition, male: bool) -> tuple[str, ...]:
    """The reference diplotype: ``*1/*1``, or one copy of chromosome X in a man."""
    first = next((a.name for a in definition.alleles if a.name == "*1"), None)
    name = first or next(a.name for a in definition.alleles if a.complete)
    return (name,) if male and definition.chrom == "chrX" else (name, name)


def vcf_lines(person: Person) -> list[str]:
    """A valid VCF 4.2, sorted, all defining positions once."""
    lines = [
        "##fileformat=VCFv4.2",
        "##source=sartor.train.synthetic_people: a synthetic person, not a patient",
        "##reference=GRCh38",
    ]
    lines += [f"##contig=<ID=chr{c},length={LENGTHS[c][1]},assembly=GRCh38>" for c in CHROMOSOMES]
    lines.append('##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">')
    names = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"]
    lines.append("\t".join([*names, f"synthetic-{person.case}"]))
    rows: list[tuple[int, int, str]] = []
    for gene, definition in gene_definitions().items():
        diplotype = person.diplotypes.get(gene, usual(definition, person.male))
        on = strands(definition, diplotype)
        for pos, place in definition.positions.items():
            seen = [place.ref, *place.alts]
            mark = "|" if person.phased else "/"
            indices = [seen.index(b) for b in on[pos]]
            genotype = mark.join(map(str, indices if person.phased else sorted(indices)))
            cells = [place.chrom, str(pos), place.rsid or ".", place.ref, ",".join(place.alts)]
            line = "\t".join([*cells, ".", "PASS", ".", "GT", genotype])
            rows.append((CHROMOSOMES.index(place.chrom.removeprefix("chr")), pos, line))
    return lines + [line for _, _, line in sorted(rows)]


def write_person(person: Person, out: Path) -> None:
    """``germline.vcf`` and ``outside-calls.tsv`` under ``out/<case>/``."""
    folder = out / person.case
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "germline.vcf").write_text("\n".join(vcf_lines(person)) + "\n", encoding="utf-8")
    source = "synthetic example, not a measurement"
    calls = ["gene\tdiplotype\tphenotype\tactivity_score\tsource"]
    calls += [f"{gene}\t{diplotype}\t\t\t{source}" for gene, diplotype in person.outside]
    (folder / "outside-calls.tsv").write_text("\n".join(calls) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the examples folder")
    target = parser.parse_args().out
    for someone in PEOPLE:
        write_person(someone, target)
