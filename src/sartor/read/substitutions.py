"""Substitutions of neighbouring bases: one line that changes several, or several lines that change one each.

Callers differ in how they write two changed bases of one codon. A line that changes several bases speaks of every
defining position it covers, wherever it starts; a definition that changes two bases is met by two lines of one base
each where it is known which copies carry both. With both heterozygous and unphased nothing tells: not read.
"""

from __future__ import annotations

from collections.abc import Sequence

from .sites import Genotype, Site

#: How many bases before a defining position a line may start that changes it: the length of a codon.
REACH = 2


def covers(site: Site, place: int) -> bool:
    """True for a line that starts before a position and changes several bases, that one among them."""
    return site.pos < place < site.pos + len(site.ref) and all(len(alt) == len(site.ref) for alt in site.alts)


def joined(first: Sequence[Site], second: Sequence[Site], ref: str) -> Site | None:
    """Two lines of one base each as one line of two; None where the file does not hold exactly one of each.

    Args:
        first, second: the lines at the two neighbouring positions.
        ref: the two reference bases.
    """
    if len(first) != 1 or len(second) != 1 or first[0].block or second[0].block:
        return None
    a, b = first[0], second[0]
    if (a.ref, b.ref) != (ref[:1], ref[1:]) or any(len(alt) != 1 for alt in (*a.alts, *b.alts)):
        return None
    alts: dict[str, int] = {}
    people = tuple(_both(x, y, a, b, ref, alts) for x, y in zip(a.genotypes, b.genotypes, strict=True))
    return Site(a.chrom, a.pos, ref, tuple(alts), a.line, people)


def _both(x: Genotype, y: Genotype, a: Site, b: Site, ref: str, alts: dict[str, int]) -> Genotype:
    """One person's copies of both bases together; every copy unknown where phase would be needed and is not there."""
    one, two = (len(set(g.strands)) == 1 for g in (x, y))
    together = x.phased and y.phased and x.phase_set == y.phase_set
    if len(x.strands) != len(y.strands) or not (one or two or together):
        return Genotype((None,) * len(x.strands), False, "")
    made: list[int | None] = []
    for s, t in zip(x.strands, y.strands, strict=True):
        if s is None or t is None:
            made.append(None)
            continue
        bases = (a.ref, *a.alts)[s] + (b.ref, *b.alts)[t]
        made.append(0 if bases == ref else alts.setdefault(bases, len(alts) + 1))
    told = x if one is False else y
    return Genotype(tuple(made), told.phased, told.phase_set)
