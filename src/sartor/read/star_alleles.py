"""Star alleles from genotypes: an exactly specified matcher, tested over every diplotype of the tables.

The semantics are those that PharmCAT documents for its Named Allele Matcher (docs, NamedAlleleMatcher 101, v3.1):
an allele must match at every position that was read; a position that was not read is dropped, never taken as
reference; an allele left with no position is dropped too. Phased positions keep their strands, unphased ones may
turn either way. A pair's score is the number of its defining positions (``*1`` scores all): a convention that
ranks, not a probability. What differs is the honesty of the answer: every pair that fits is kept, whatever its score.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from sartor.facts.alleles import Allele, GeneDefinition


@dataclass(frozen=True, slots=True)
class Genotype:
    """What one person carries at one defining position.

    ``strands`` are bases as in the definitions, one per chromosome copy; ``group`` names the phase set, empty where
    the phase is unknown.
    """

    pos: int
    strands: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """A diplotype (or one allele of a single copy) that explains the genotypes.

    ``observed`` is True when every base that defines its alleles was read; ``key_only`` when all that was not read
    lies at key positions, so that the fit must be named beside the best one. ``rare`` counts the unread positions
    that are not key ones: among equals, an allele that rests on an unread rare variant is named last.
    """

    names: tuple[str, ...]
    score: int
    rare: int
    fixed: int
    observed: bool
    key_only: bool
    kept: bool

    @property
    def diplotype(self) -> str:
        """``*1/*2``, or ``*2`` for a single copy."""
        return "/".join(self.names)


def name_order(definition: GeneDefinition) -> dict[str, tuple[object, ...]]:
    """Sort key per allele name: star numbers by value, a named reference allele first."""
    order: dict[str, tuple[object, ...]] = {}
    for allele in definition.alleles:
        parts = tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.findall(r"\d+|\D+", allele.name))
        first = 0 if allele.name.startswith("*") or allele.complete else 1
        order[allele.name] = (first, *parts)
    return order


@dataclass(frozen=True, slots=True)
class _Candidate:
    allele: Allele
    pattern: dict[int, frozenset[str]]
    score: int
    fixed: int
    unread: frozenset[int]
    kept: bool


def _varied(definition: GeneDefinition, genotypes: dict[int, Genotype]) -> dict[int, Genotype]:
    """The genotypes that are not reference on every copy; only these need strand by strand comparison."""
    places = definition.positions
    varied = {}
    for pos, g in genotypes.items():
        ref, strands = places[pos].ref, g.strands
        if strands[0] != ref or strands[-1] != ref:
            varied[pos] = g
    return varied


_SHAPES: dict[int, tuple[GeneDefinition, list[tuple[Allele, tuple[int, ...]]]]] = {}


def _shapes(definition: GeneDefinition) -> list[tuple[Allele, tuple[int, ...]]]:
    """Every allele with the positions where it cannot carry the reference base; worked out once per gene."""
    known = _SHAPES.get(id(definition))
    if known is None:
        places = definition.positions
        made = [
            (a, tuple(pos for pos, bases in a.defines.items() if places[pos].ref not in bases))
            for a in definition.alleles
        ]
        known = _SHAPES[id(definition)] = (definition, made)
    return known[1]


def _candidates(definition: GeneDefinition, genotypes: dict[int, Genotype], keys: set[int]) -> list[_Candidate]:
    """Alleles that could lie on some strand; their pattern at the positions that vary.

    An allele of which nothing was read is kept only where all that is unread lies at key positions.
    """
    varied = _varied(definition, genotypes)
    bases_at = {pos: frozenset(g.strands) for pos, g in varied.items()}
    reference = {pos: frozenset((definition.positions[pos].ref,)) for pos in varied}
    found: list[_Candidate] = []
    for allele, must in _shapes(definition):
        if any(pos in genotypes and pos not in varied for pos in must):
            continue
        defines = allele.defines
        pattern = {pos: defines.get(pos, reference[pos]) for pos in varied}
        if not all(pattern[pos] & seen for pos, seen in bases_at.items()):
            continue
        read = [pos for pos in defines if pos in genotypes]
        unread = frozenset(pos for pos in defines if pos not in genotypes)
        kept = allele.complete or bool(read)
        if not kept and not unread <= keys:
            continue
        fixed = sum(len(defines[pos]) == 1 for pos in read)
        score = len(genotypes) if allele.complete else len(read)
        fixed = len(genotypes) if allele.complete else fixed
        found.append(_Candidate(allele, pattern, score, fixed, unread, kept))
    return found


def _groups(genotypes: Iterable[Genotype]) -> list[list[Genotype]]:
    """Positions whose strands are tied together; each unphased heterozygous position stands alone."""
    tied: dict[str, list[Genotype]] = {}
    for g in genotypes:
        loose = not g.group or len(set(g.strands)) == 1
        tied.setdefault(f"alone {g.pos}" if loose else g.group, []).append(g)
    return list(tied.values())


def _lies_on(candidate: _Candidate, group: list[Genotype], strand: int) -> bool:
    return all(g.strands[strand] in candidate.pattern[g.pos] for g in group)


def fits(definition: GeneDefinition, genotypes: dict[int, Genotype]) -> list[Fit]:
    """Every diplotype that explains the genotypes, best score first.

    Args:
        definition: the gene.
        genotypes: by position; positions that were not read are absent. All have one strand, or all two.
    """
    if not genotypes:
        return []
    keys = {pos for pos, place in definition.positions.items() if place.key}
    order = name_order(definition)
    candidates = _candidates(definition, genotypes, keys)
    varied = list(_varied(definition, genotypes).values())
    copies = {len(g.strands) for g in genotypes.values()}
    if copies == {1}:
        one = [c for c in candidates if _lies_on(c, varied, 0)]
        return _best_first((_fit((c,), keys, order) for c in one), order)
    groups = _groups(varied)
    straight = [[_lies_on(c, g, 0) for g in groups] for c in candidates]
    crossed = [[_lies_on(c, g, 1) for g in groups] for c in candidates]
    found: list[Fit] = []
    for i, j in itertools.combinations_with_replacement(range(len(candidates)), 2):
        if all((straight[i][g] and crossed[j][g]) or (crossed[i][g] and straight[j][g]) for g in range(len(groups))):
            found.append(_fit((candidates[i], candidates[j]), keys, order))
    return _best_first(found, order)


def _fit(pair: tuple[_Candidate, ...], keys: set[int], order: dict[str, tuple[object, ...]]) -> Fit:
    names = tuple(sorted((c.allele.name for c in pair), key=lambda n: order[n]))
    return Fit(
        names,
        sum(c.score for c in pair),
        sum(len(c.unread - keys) for c in pair),
        sum(c.fixed for c in pair),
        all(not c.unread for c in pair),
        all(c.unread <= keys for c in pair),
        all(c.kept for c in pair),
    )


def _best_first(found: Iterable[Fit], order: dict[str, tuple[object, ...]]) -> list[Fit]:
    """Forms of one allele merged, pairs of dropped alleles last, then by score and by name."""

    def rank(fit: Fit) -> tuple[object, ...]:
        return (not fit.kept, -fit.score, fit.rare, -fit.fixed, tuple(order[n] for n in fit.names))

    best: dict[tuple[str, ...], Fit] = {}
    for fit in sorted(found, key=rank):
        best.setdefault(fit.names, fit)
    return list(best.values())
