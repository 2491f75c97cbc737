"""Diplotype -> CPIC phenotype: by activity score (CYP2C9, CYP2D6, DPYD) or by the two alleles' functions.

Table: ``phenotypes.tsv``. "Indeterminate" is CPIC's own word for an allele of uncertain, unknown or unassigned
function; it is never read as normal.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from .alleles import allele_functions

INDETERMINATE = "Indeterminate"
SUSCEPTIBILITY = ("CACNA1S", "RYR1")
_ASSOCIATED = "Malignant Hyperthermia associated"


@dataclass(frozen=True, slots=True)
class Phenotype:
    """CPIC phenotype; ``activity_score`` is None where CPIC defines none; ``why`` explains an Indeterminate."""

    name: str
    activity_score: float | None = None
    why: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    bands: list[tuple[float, float, str, str]]
    pairs: dict[tuple[str, str], tuple[str, str]]
    alone: dict[str, tuple[str, str]]


@lru_cache(maxsize=1)
def _rules() -> dict[str, _Rules]:
    text = (resources.files("sartor.facts") / "tables" / "phenotypes.tsv").read_text(encoding="utf-8")
    found: dict[str, _Rules] = {}
    for r in csv.DictReader(text.splitlines(), delimiter="\t"):
        rules = found.setdefault(r["gene"], _Rules([], {}, {}))
        source = f"{r['source']} {r['version']}"
        if r["rule"] == "activity":
            rules.bands.append((float(r["first"]), float(r["second"]), r["phenotype"], source))
        elif r["rule"] == "functions":
            rules.pairs[(r["first"], r["second"])] = (r["phenotype"], source)
        else:
            rules.alone[r["first"]] = (r["phenotype"], source)
    return found


def scored_by_activity(gene: str) -> bool:
    """True when CPIC reads this gene's phenotype from a sum of activity values."""
    return gene in _rules() and bool(_rules()[gene].bands)


def phenotype_names(gene: str) -> tuple[str, ...]:
    """The phenotypes this gene can have, Indeterminate last; empty for a gene without rules."""
    if gene not in _rules():
        return ()
    rules = _rules()[gene]
    names = [b[2] for b in rules.bands] + [p for p, _ in (*rules.pairs.values(), *rules.alone.values())]
    return (*dict.fromkeys(n for n in names if n != INDETERMINATE), INDETERMINATE)


def phenotype_of_score(gene: str, score: float) -> Phenotype:
    """The phenotype of an activity score; raises KeyError for a gene that CPIC does not score."""
    for low, high, name, source in _rules()[gene].bands:
        if low <= score < high:
            return Phenotype(name, score, "", source)
    raise KeyError(f"{gene} has no phenotype for activity score {score}")


def phenotype_of(gene: str, alleles: tuple[str, ...]) -> Phenotype:
    """The phenotype of two alleles, or of one on a single chromosome (hemizygous, mitochondrial).

    Args:
        gene: symbol; a gene without rules gives an Indeterminate that says so.
        alleles: one or two CPIC allele names.
    """
    if gene not in _rules():
        return Phenotype(INDETERMINATE, None, f"the tables hold no phenotype rule for {gene}")
    known = allele_functions().get(gene, {})
    if gene in SUSCEPTIBILITY and any(a in known and known[a].function == _ASSOCIATED for a in alleles):
        alleles = tuple(a for a in alleles if a in known)  # one associated variant is enough, whatever the other is
        alleles = alleles * 2 if len(alleles) == 1 else alleles
    unassigned = sorted({a for a in alleles if a not in known})
    if unassigned:
        return Phenotype(INDETERMINATE, None, f"CPIC has assigned no function to {', '.join(unassigned)}")
    if scored_by_activity(gene):
        values = [known[a].activity for a in alleles]
        unknown = sorted({a for a, v in zip(alleles, values, strict=True) if v is None})
        if unknown:
            return Phenotype(INDETERMINATE, None, f"CPIC gives no activity value to {', '.join(unknown)}")
        return phenotype_of_score(gene, sum(v for v in values if v is not None))
    rules = _rules()[gene]
    functions = sorted(known[a].function for a in alleles)
    if len(functions) == 1 and rules.alone:
        name, source = rules.alone[functions[0]]
        return Phenotype(name, None, "", source)
    pair = (functions[0], functions[-1])
    name, source = rules.pairs.get(pair, (INDETERMINATE, ""))
    why = "" if name != INDETERMINATE else f"function of the alleles: {' and '.join(pair)}"
    return Phenotype(name, None, why, source)
