"""How often star alleles are carried, by named population: counts of chromosome copies.

Two tables: ``allele_frequencies.tsv`` (built by ``python -m sartor.train.facts_frequencies``, which says what it
cannot see) and ``copy_frequencies.tsv`` (deletions and duplications of CYP2D6, ``sartor.train.facts_copies``). For
drawing synthetic people; no rule and no scorer reads them: a population says nothing of one patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .tsv import rows

#: The allele of a chromosome copy that shows bases no named allele explains.
UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Frequency:
    """One allele of one gene in one population: seen on ``copies`` of ``of`` chromosome copies."""

    gene: str
    allele: str
    population: str
    copies: int
    of: int
    source: str
    version: str


@lru_cache(maxsize=1)
def _table() -> tuple[Frequency, ...]:
    return tuple(
        Frequency(r["gene"], r["allele"], r["population"], int(r["copies"]), int(r["of"]), r["source"], r["version"])
        for r in rows("allele_frequencies")
    )


def populations() -> tuple[str, ...]:
    """Names of the populations, sorted."""
    return tuple(sorted({f.population for f in _table()}))


def genes() -> tuple[str, ...]:
    """The genes that the table counts, sorted."""
    return tuple(sorted({f.gene for f in _table()}))


def frequencies(gene: str, population: str) -> tuple[Frequency, ...]:
    """The alleles of a gene in a population, commonest first; empty where it was not counted."""
    return tuple(f for f in _table() if f.gene == gene and f.population == population)


@lru_cache(maxsize=8)
def copies(gene: str, population: str) -> tuple[Frequency, ...]:
    """Deleted and multiplied forms of a gene in a population, which small variants do not show; empty where unknown."""
    made = (
        Frequency(r["gene"], r["allele"], r["population"], int(r["copies"]), int(r["of"]), r["source"], r["version"])
        for r in rows("copy_frequencies")
    )
    return tuple(f for f in made if f.gene == gene and f.population == population)
