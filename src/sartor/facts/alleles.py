"""Allele definitions: which bases at which positions make which star allele, and what each allele does.

Tables: ``alleles.tsv`` (one row per allele and position that differs from GRCh38; both assemblies' coordinates),
``alleles_function.tsv`` (CPIC function and activity value) and ``allele_priorities.tsv`` (which of several diplotypes
that fit alike ClinPGx names). Built by ``sartor.train.facts_alleles``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Position:
    """A defining position.

    ``ref`` and ``alts`` are spelled as in a left-aligned VCF on GRCh38; ``ref37`` is GRCh37's base (another one at
    three positions). ``span`` holds the reference bases over which an indel can be written ("" for a substitution).
    ``key`` says why the position is indispensable; "required" ones stop the call where they were not read.
    """

    gene: str
    chrom: str
    pos: int
    pos37: int
    rsid: str
    ref: str
    alts: tuple[str, ...]
    key: str
    ref37: str = ""
    span: str = ""

    @property
    def label(self) -> str:
        """rsID, or chromosome and position where there is none."""
        return self.rsid or f"{self.chrom}:{self.pos}"


@dataclass(frozen=True, slots=True)
class Allele:
    """One form of a named allele: position -> bases it may carry; elsewhere it carries the reference base.

    ``complete`` alleles (``*1``) are defined by the reference base at every position of the gene.
    """

    gene: str
    name: str
    form: str
    complete: bool
    defines: dict[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class GeneDefinition:
    """All that is needed to name the alleles of one gene."""

    gene: str
    chrom: str
    positions: dict[int, Position]
    alleles: tuple[Allele, ...]
    source: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class AlleleFunction:
    """CPIC function of an allele; ``activity`` is None where CPIC gives no value."""

    gene: str
    allele: str
    function: str
    activity: float | None
    source: str


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("sartor.facts") / "tables" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def _definition(gene: str, rows: list[dict[str, str]]) -> GeneDefinition:
    placed = [r for r in rows if r["pos38"]]
    found: dict[int, list[dict[str, str]]] = {}
    for row in placed:
        found.setdefault(int(row["pos38"]), []).append(row)
    positions: dict[int, Position] = {}
    for pos, here in sorted(found.items()):
        ref = here[0]["ref"]
        alts = tuple(sorted({b for r in here for b in r["seen"].split("|")} - {ref}))
        first = here[0]
        positions[pos] = Position(
            gene,
            first["chrom"],
            pos,
            int(first["pos37"]),
            first["rsid"],
            ref,
            alts,
            first["key"],
            first["ref37"],
            first["span"],
        )
    forms: dict[tuple[str, str], Allele] = {}
    for r in rows:
        at = (r["allele"], r["form"])
        allele = forms.setdefault(at, Allele(gene, *at, r["complete"] == "yes", {}))
        if r["pos38"]:
            allele.defines[int(r["pos38"])] = frozenset(r["seen"].split("|"))
    source = f"{rows[0]['source']} {rows[0]['version']}"
    return GeneDefinition(gene, rows[0]["chrom"], positions, tuple(forms.values()), source, rows[0]["version"])


@lru_cache(maxsize=1)
def gene_definitions() -> dict[str, GeneDefinition]:
    """Every gene that can be called from a VCF, by symbol. Callers must not change what they get."""
    by_gene: dict[str, list[dict[str, str]]] = {}
    for row in _rows("alleles.tsv"):
        by_gene.setdefault(row["gene"], []).append(row)
    return {gene: _definition(gene, rows) for gene, rows in by_gene.items()}


@lru_cache(maxsize=1)
def allele_functions() -> dict[str, dict[str, AlleleFunction]]:
    """gene -> allele -> function, for the VCF genes and for those that other tools call (CYP2D6, HLA, MT-RNR1)."""
    found: dict[str, dict[str, AlleleFunction]] = {}
    for r in _rows("alleles_function.tsv"):
        value = float(r["activity"]) if r["activity"] else None
        made = AlleleFunction(r["gene"], r["allele"], r["function"], value, f"{r['source']} {r['version']}")
        found.setdefault(r["gene"], {})[r["allele"]] = made
    return found


@lru_cache(maxsize=1)
def preferred_diplotypes() -> dict[str, dict[str, frozenset[str]]]:
    """gene -> diplotype -> the diplotypes that fit the same unphased data and are named after it."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for r in _rows("allele_priorities.tsv"):
        found.setdefault(r["gene"], {})[r["diplotype"]] = frozenset(r["rivals"].split("|"))
    return found
