"""Genes that are called by variants, not by haplotypes: which variants lie together on a copy of the chromosome."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from sartor.facts.alleles import Allele, GeneDefinition

from .star_alleles import Genotype

REFERENCE = "Reference"
_MOST_GROUPS = 10


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant that the person carries: ``value`` ranks it (lowest first), ``strands`` says which copies have it.

    ``group`` names what turns together: a phase set, or the variant alone; empty where both copies carry it.
    """

    name: str
    value: float
    strands: tuple[bool, bool]
    group: str


Sides = tuple[list[Variant], list[Variant]]


def carried(name: str, value: float, g: Genotype, bases: frozenset[str]) -> Variant:
    """A variant as the genotype shows it."""
    on = (g.strands[0] in bases, g.strands[1] in bases)
    group = "" if all(on) else (g.group or f"alone {g.pos}")
    return Variant(name, value, on, group)


_SINGLES: dict[int, tuple[GeneDefinition, dict[str, Allele], dict[int, list[tuple[int, str, frozenset[str]]]]]] = {}


def singles(definition: GeneDefinition) -> dict[str, Allele]:
    """The alleles that one position defines, by name in table order; worked out once per gene."""
    return _indexed(definition)[1]


def _indexed(
    definition: GeneDefinition,
) -> tuple[GeneDefinition, dict[str, Allele], dict[int, list[tuple[int, str, frozenset[str]]]]]:
    known = _SINGLES.get(id(definition))
    if known is None:
        named_by_one = {a.name: a for a in definition.alleles if len(a.defines) == 1}
        at: dict[int, list[tuple[int, str, frozenset[str]]]] = {}
        for order, (name, allele) in enumerate(named_by_one.items()):
            ((pos, bases),) = allele.defines.items()
            at.setdefault(pos, []).append((order, name, bases))
        known = _SINGLES[id(definition)] = (definition, named_by_one, at)
    return known


def seen(definition: GeneDefinition, genotypes: dict[int, Genotype]) -> list[tuple[str, Genotype, frozenset[str]]]:
    """Which one-position alleles the genotypes show, in table order."""
    at, places = _indexed(definition)[2], definition.positions
    found = []
    for pos, g in genotypes.items():
        if g.strands[0] != places[pos].ref or g.strands[-1] != places[pos].ref:
            found += [(i, n, g, b) for i, n, b in at.get(pos, ()) if any(s in b for s in g.strands)]
    return [(name, g, bases) for _, name, g, bases in sorted(found, key=lambda f: f[0])]


def arrangements(variants: list[Variant]) -> list[Sides]:
    """Every way the variants can lie on the two chromosomes, given what is phased."""
    groups = list(dict.fromkeys(v.group for v in variants if v.group))
    if len(groups) > _MOST_GROUPS:
        telling = {v.group for v in variants if v.value < 1}
        groups = sorted(groups, key=lambda g: g not in telling)[:_MOST_GROUPS]
    made = []
    for turns in itertools.product((False, True), repeat=max(len(groups) - 1, 0)):
        turned = dict(zip(groups, (False, *turns), strict=False))
        sides: Sides = ([], [])
        for v in variants:
            for strand in (0, 1):
                if v.strands[strand]:
                    sides[strand ^ turned.get(v.group, False)].append(v)
        made.append(sides)
    return made


def named(sides: Sides) -> str:
    """The diplotype as ``Reference/[c.1A>G + c.2C>T]``."""
    names = []
    for side in sides:
        text = " + ".join(sorted((v.name for v in side), key=_place)) or REFERENCE
        names.append(f"[{text}]" if len(side) > 1 else text)
    return "/".join(sorted(names, key=_place))


def _place(name: str) -> tuple[bool, bool, int]:
    """Reference first, then single variants, then several; each by the first coding position."""
    number = re.search(r"\d+", name)
    return name != REFERENCE, name.startswith("["), int(number[0]) if number else 0
