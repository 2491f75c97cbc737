"""DPYD: called by variants, not by haplotypes; the activity score comes from the two lowest-valued variants.

Source: CPIC guideline for fluoropyrimidines and DPYD (Amstutz et al., Clin Pharmacol Ther 2018, 103, 210) and its
tables: each chromosome counts with the lowest value among its variants, 1 if it has none. HapB3 is read from its
causal intronic variant c.1129-5923C>G (rs75017182); where that was not read, from the linked c.1236G>A (rs56038477).
Doubt: with unknown phase the guideline assumes the worse arrangement; here the better one is named beside it.
"""

from __future__ import annotations

from sartor.core import GeneCall
from sartor.facts.alleles import GeneDefinition, allele_functions
from sartor.facts.phenotypes import phenotype_of, phenotype_of_score

from .by_variants import REFERENCE, Sides, Variant, arrangements, carried, named, seen
from .genotypes import GeneReading
from .star_alleles import Genotype

HAPB3 = "c.1129-5923C>G, c.1236G>A (HapB3)"
INTRON_ALONE = "c.1129-5923C>G"
INTRON, EXON = 97579893, 97573863


def _value(name: str) -> float:
    activity = allele_functions()["DPYD"][name].activity
    assert activity is not None, "every DPYD variant of the tables has an activity value"
    return activity


def _hapb3(genotypes: dict[int, Genotype], notes: list[str]) -> tuple[str, Genotype] | None:
    """Name and genotype of HapB3 as carried, or None; says in ``notes`` when the two markers disagree."""
    intron, exon = genotypes.get(INTRON), genotypes.get(EXON)
    if intron is None and exon is not None:
        notes.append("HapB3 read from c.1236G>A (rs56038477), because its causal variant rs75017182 was not read")
        return HAPB3, Genotype(EXON, tuple("C" if s == "T" else "G" for s in exon.strands), exon.group)
    if intron is None:
        return None
    copies = intron.strands.count("C")
    linked = exon.strands.count("T") if exon else copies
    if linked != copies:
        notes.append(
            f"rs75017182 has {copies} variant copies and the linked rs56038477 has {linked}; "
            "the causal rs75017182 decides"
        )
    return (HAPB3 if exon and linked >= copies > 0 else INTRON_ALONE), intron


def _variants(reading: GeneReading) -> list[Variant]:
    """The variants carried, lowest activity first, then in table order."""
    shown = seen(reading.definition, reading.genotypes)
    found = [carried(name, _value(name), g, bases) for name, g, bases in shown if name != INTRON_ALONE]
    hapb3 = _hapb3(reading.genotypes, reading.notes)
    if hapb3 and "C" in hapb3[1].strands:
        found.append(carried(hapb3[0], _value(hapb3[0]), hapb3[1], frozenset("C")))
    return sorted(found, key=lambda v: v.value)


def _score(sides: Sides) -> float:
    return sum(min((v.value for v in side), default=1.0) for side in sides)


def _unread_keys(reading: GeneReading) -> list[str]:
    """Key variants whose position was not read (HapB3 is read when either of its positions is)."""
    names = []
    for allele in reading.definition.alleles:
        read = [pos in reading.genotypes for pos in allele.defines]
        keyed = any(reading.definition.positions[pos].key for pos in allele.defines)
        if keyed and not any(read) and allele.name not in (HAPB3, INTRON_ALONE):
            names.append(allele.name)
    if INTRON not in reading.genotypes and EXON not in reading.genotypes:
        names.append(HAPB3)
    return names


def call_dpyd(reading: GeneReading) -> GeneCall:
    """The DPYD call: worst arrangement that the data allow, better ones and unread key variants as alternatives."""
    definition: GeneDefinition = reading.definition
    missing = tuple(p.label for p in reading.missing)
    variants = _variants(reading)
    unread = _unread_keys(reading)
    keys = {p.pos for p in definition.positions.values() if p.key}
    if not keys & set(reading.genotypes) and not variants:
        return reading.not_covered("none of the key positions of DPYD was read")
    ranked = sorted(arrangements(variants), key=lambda s: (_score(s), abs(len(s[0]) - len(s[1]))))
    worst = _score(ranked[0])
    phenotype = phenotype_of_score("DPYD", worst)
    others: dict[str, str] = {}
    for sides in ranked[1:]:
        if _score(sides) != worst:
            others.setdefault(named(sides), phenotype_of_score("DPYD", _score(sides)).name)
    notes = list(reading.notes)
    if others:
        notes.append("the phase of the variants is unknown; the worse arrangement is given, as CPIC advises")
    elif len(ranked) > 1:
        notes.append("the phase of the variants is unknown, but the activity score does not depend on it")
    for name in unread:
        partner = min((v.name for v in variants), key=_value, default=REFERENCE)
        others.setdefault(f"{partner}/{name}", phenotype_of("DPYD", (partner, name)).name)
    if unread:
        notes.append(f"not read, so they cannot be excluded: {', '.join(unread)}")
    return GeneCall(
        "DPYD",
        named(ranked[0]),
        phenotype.name,
        "ambiguous" if others else "called",
        worst,
        tuple(f"{d}: {p}" for d, p in others.items()),
        missing,
        "; ".join(notes),
        definition.source,
        definition.version,
    )
