"""RYR1 and CACNA1S: susceptibility to malignant hyperthermia, called by variants.

Source: CPIC guideline on CACNA1S, RYR1 and anaesthetics (Gonsalves et al., Clin Pharmacol Ther 2019, 105, 1338): one
associated variant is enough, on whichever chromosome it lies; without one the susceptibility is uncertain, never
excluded. A variant to which CPIC has assigned no function gives no phenotype, which is not the same as uncertain.
Doubt: of the RYR1 variants defined, CPIC's assignments at hand cover 48; the others may have been assigned since.
"""

from __future__ import annotations

from functools import lru_cache

from sartor.core import GeneCall
from sartor.facts.alleles import allele_functions
from sartor.facts.phenotypes import SUSCEPTIBILITY, phenotype_of

from .by_variants import REFERENCE, Variant, arrangements, carried, named, seen, singles
from .genotypes import GeneReading

GENES = SUSCEPTIBILITY
RISK = "Malignant Hyperthermia Susceptibility"
MOST_UNREAD = 24
_RANK = {"Malignant Hyperthermia associated": 0.0, "Uncertain function": 2.0, "Normal function": 3.0}
_UNASSIGNED = 1.0


def _rank(gene: str, name: str) -> float:
    """Most telling first: associated, not assigned, uncertain, normal."""
    known = allele_functions()[gene].get(name)
    return _RANK.get(known.function, _UNASSIGNED) if known else _UNASSIGNED


@lru_cache(maxsize=8)
def _risk(gene: str, names: tuple[str, ...]) -> list[str]:
    return [n for n in names if _rank(gene, n) == 0]


def call_susceptibility(reading: GeneReading) -> GeneCall:
    """The call: every variant carried, the phenotype of the most telling two, and risk variants that were not read."""
    definition = reading.definition
    gene = definition.gene
    single = singles(definition)
    variants = [carried(n, _rank(gene, n), g, bases) for n, g, bases in seen(definition, reading.genotypes)]
    variants.sort(key=lambda v: v.value)
    missing = tuple(p.label for p in reading.missing)
    risk = _risk(gene, tuple(single))
    unread = [n for n in risk if not any(pos in reading.genotypes for pos in single[n].defines)]
    if len(unread) == len(risk) and not variants:
        why = "; ".join([f"none of the positions of {gene}'s risk variants was read", *reading.notes])
        return reading.not_covered(why)
    notes = list(reading.notes)
    phenotype = phenotype_of(gene, _telling(variants))
    if phenotype.why:
        notes.append(phenotype.why)
    others: list[str] = []
    if phenotype.name != RISK and unread:
        partner = variants[0].name if variants else REFERENCE
        others = [f"{partner}/{name}: {RISK}" for name in unread[:MOST_UNREAD]]
        if len(unread) > MOST_UNREAD:
            others.append(f"{len(unread) - MOST_UNREAD} more, each with a risk variant at a position not read")
        notes.append(f"{len(unread)} of {len(risk)} risk variants were not read and cannot be excluded")
    ways = sorted(arrangements(variants), key=lambda s: abs(len(s[0]) - len(s[1])))
    if len(ways) > 1:
        notes.append("the phase of the variants is unknown, but the phenotype does not depend on it")
    return GeneCall(
        gene,
        named(ways[0]),
        phenotype.name,
        "ambiguous" if others else "called",
        None,
        tuple(others),
        missing,
        "; ".join(notes),
        definition.source,
        definition.version,
    )


def _telling(variants: list[Variant]) -> tuple[str, str]:
    """The two most telling alleles: one variant twice where both copies carry it, the reference where none is."""
    names = [v.name for v in variants for _ in range(sum(v.strands))]
    return (names[0] if names else REFERENCE, names[1] if len(names) > 1 else REFERENCE)
