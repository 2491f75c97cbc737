"""Writes facts/tables/allele_frequencies.tsv: how often each star allele was counted in the 1000 Genomes people.

Run as ``python -m sartor.train.facts_frequencies --data ../shared/data``. The people are the 3,202 of the
high-coverage resequencing (Byrska-Bishop 2022), statistically phased; 602 of them are children of others in the set.
Each chromosome copy is one count: it carries the allele of ``alleles.tsv`` whose every defining base it shows, the one
with most defining positions where several do. A position that the file does not list was not found to vary: reference.
Which of the five populations a person belongs to is read from the file's own counts by population: whoever carries a
variant that only one population has belongs to it. CYP2D6 is named by key single bases alone (``CYP2D6_KEYS``): its
deletions, copies and hybrids are not seen, so ultrarapid and *5 are missing, and rare alleles hide in *1. DPYD is left
out: its genotype is a list of variants, not a pair of named alleles.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sartor.facts.alleles import GeneDefinition, gene_definitions

TABLES = Path(__file__).parents[1] / "facts" / "tables"
POPULATIONS = ("AFR", "AMR", "EAS", "EUR", "SAS")
GENES = ("ABCG2", "CYP2B6", "CYP2C19", "CYP2C9", "CYP3A4", "CYP3A5", "G6PD", "NAT2", "NUDT15", "SLCO1B1",
         "TPMT", "UGT1A1")  # fmt: skip
UNNAMED = "unnamed"
#: Key bases of CYP2D6 on GRCh38 chr22, the one that decides first: PharmVar's core variants.
CYP2D6_KEYS = (
    ("*4", 42128945, "C", "T"),
    ("*3", 42128241, "CT", "C"),
    ("*6", 42129083, "CA", "C"),
    ("*9", 42128173, "CCTT", "C"),
    ("*41", 42127803, "C", "T"),
    ("*29", 42127608, "C", "T"),
    ("*17", 42129770, "G", "A"),
    ("*10", 42130692, "G", "A"),
)
SOURCE = "counted by us in 1000 Genomes high-coverage phased genotypes (Byrska-Bishop 2022, Cell 185:3426)"
VERSION = "GRCh38 release of 2020, 3202 people; counted 2026-11"
HEADER = """# How often each star allele is carried: counts over the 1000 Genomes people's chromosomes.
# Written by python -m sartor.train.facts_frequencies, which says how and what it cannot see. "unnamed": no allele fits.
"""
RARE = 30  # a variant private to one population is read only where so few copies carry it: carriers are found faster
Lines = Iterator[tuple[int, str, str, str]]


def lines_of(path: Path) -> tuple[list[str], Lines]:
    """Sample names, and per line position, REF, ALT and the rest of the line (QUAL FILTER INFO FORMAT genotypes)."""
    with gzip.open(path, "rt", encoding="utf-8") as head:
        names = next(line.rstrip("\n").split("\t")[9:] for line in head if line.startswith("#CHROM"))

    def rest() -> Lines:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                if not line.startswith("#"):
                    _, pos, _, ref, alt, tail = line.rstrip("\n").split("\t", 5)
                    yield int(pos), ref, alt, tail

    return names, rest()


def place(names: list[str], tail: str, found: dict[str, str]) -> None:
    """Note the population of all who carry a rare variant that only one population has; ValueError on a conflict."""
    info, _, genotypes = tail.split("\t", 4)[2:]
    counts = {p: int(m[1]) for p in POPULATIONS if (m := re.search(rf"(?:^|;)AC_{p}=(\d+)", info))}
    here = [p for p, n in counts.items() if n]
    if len(here) != 1 or counts[here[0]] > RARE or len(genotypes) != 4 * len(names) - 1:
        return
    at = genotypes.find("1")
    while at >= 0:
        name = names[at // 4]
        if found.setdefault(name, here[0]) != here[0]:
            raise ValueError(f"{name} carries variants private to {found[name]} and to {here[0]}")
        at = genotypes.find("1", at + 1)


Copies = list[list[dict[int, str]]]


def carry(tail: str, pos: int, spelled: str, out: Copies) -> None:
    """Note on which chromosome copies of which people a defining base lies."""
    genotypes = tail.split("\t", 4)[4].split("\t")
    for i, genotype in enumerate(genotypes):
        for strand, seen in enumerate(genotype.replace("/", "|").split("|")):
            while len(out[i]) <= strand:
                out[i].append({})
            if seen == "1":
                out[i][strand][pos] = spelled


def read_gene(path: Path, wanted: dict[int, tuple[str, ...]], people: dict[str, str]) -> tuple[list[str], Copies]:
    """Sample names and per person the chromosome copies, each as position -> base where not reference."""
    names, lines = lines_of(path)
    out: Copies = [[] for _ in names]
    for pos, ref, alt, tail in lines:
        place(names, tail, people)
        spelled = _spelled(ref, alt, wanted.get(pos, ()))
        if spelled:
            carry(tail, pos, spelled, out)
    return names, out


def _spelled(ref: str, alt: str, bases: tuple[str, ...]) -> str:
    """The alternate base as the definition writes it ("" where it defines nothing here); ``bases[0]`` is reference."""
    if not bases:
        return ""
    tail = bases[0][len(ref) :] if bases[0].startswith(ref) else ""
    return next((b for b in (alt, alt + tail) if b in bases[1:]), "")


def name(definition: GeneDefinition, carried: dict[int, str]) -> str:
    """The allele of one chromosome copy: every defining base shown, most defining positions; *1 where all reference."""
    best, score = "", -1
    for allele in definition.alleles:
        if any(carried.get(p, definition.positions[p].ref) not in allowed for p, allowed in allele.defines.items()):
            continue
        if any(p not in allele.defines for p in carried):
            continue
        size = 0 if allele.complete else len(allele.defines)
        if size > score:
            best, score = allele.name, size
    return best or UNNAMED


def cyp2d6(carried: dict[int, str]) -> str:
    """The CYP2D6 allele by key bases alone."""
    return next((a for a, pos, _, _ in CYP2D6_KEYS if pos in carried), "*1")


def count(data: Path) -> dict[str, dict[str, Counter[str]]]:
    """gene -> population -> allele -> chromosome copies."""
    folder = data / "pgx" / "1kgp_GRCh38"
    people: dict[str, str] = {}
    read: dict[str, tuple[list[str], Copies]] = {}
    definitions = gene_definitions()
    for gene in (*(g for g in GENES if g in definitions), "CYP2D6"):
        if gene == "CYP2D6":
            wanted: dict[int, tuple[str, ...]] = {pos: (ref, alt) for _, pos, ref, alt in CYP2D6_KEYS}
        else:
            wanted = {p: (x.ref, *x.alts) for p, x in definitions[gene].positions.items()}
        read[gene] = read_gene(folder / f"{gene}.vcf.gz", wanted, people)
    out: dict[str, dict[str, Counter[str]]] = {}
    for gene, (names, copies) in read.items():
        per: dict[str, Counter[str]] = {p: Counter() for p in POPULATIONS}
        for person, strands in zip(names, copies, strict=True):
            for carried in strands or [{}, {}]:
                made = cyp2d6(carried) if gene == "CYP2D6" else name(definitions[gene], carried)
                if person in people:
                    per[people[person]][made] += 1
        out[gene] = per
    print(f"{len(people)} people placed: {dict(sorted(Counter(people.values()).items()))}")
    return out


def table(counts: dict[str, dict[str, Counter[str]]]) -> str:
    """The whole table as text, commonest first; alleles never seen are left out."""
    lines = ["\t".join(("gene", "allele", "population", "copies", "of", "source", "version"))]
    for gene in sorted(counts):
        for population in POPULATIONS:
            seen = counts[gene][population]
            of = sum(seen.values())
            for allele, n in sorted(seen.items(), key=lambda x: (-x[1], x[0])):
                cells = (gene, allele, f"1000 Genomes {population}", str(n), str(of), SOURCE, VERSION)
                lines.append("\t".join(cells))
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TABLES / "allele_frequencies.tsv")
    args = parser.parse_args()
    text = table(count(args.data))
    args.out.write_text(text, encoding="utf-8")
    print(f"{args.out.name}: {text.count(chr(10)) - 3} rows")


if __name__ == "__main__":
    main()
