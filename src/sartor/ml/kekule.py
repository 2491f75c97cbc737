"""Can the double bonds of an aromatic system be laid out? Pairs of atoms, each atom in one pair at most."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

_STEPS = 400  # matchings harder than this are let through


def paired(
    must: Sequence[int], may: Collection[int], bonds: Sequence[Mapping[int, int]], before: dict[int, int]
) -> dict[int, int] | None:
    """A partner for every atom of ``must``, of ``must`` or ``may``, along bonds of order 0; None where there is none.

    ``before`` are the partners in a text that this one grew from: most of them still hold, so that mostly one or two
    atoms are left to pair, along a path that swaps the pairs it crosses. Only where no such path is found are all atoms
    paired from nothing, which also proves that it cannot be done.
    """
    needy = set(must)
    alone = []
    for i in must:
        j = before.get(i, -1)
        if before.get(j) != i or not (j in needy or j in may):
            alone.append(i)
    if not alone:
        return before
    mates = {i: j for i, j in before.items() if i not in alone}
    if all(i in mates or _swapped(i, needy, may, bonds, mates, {i}) for i in alone):
        return mates
    options = {i: [j for j, order in bonds[i].items() if order == 0 and (j in needy or j in may)] for i in must}
    found: dict[int, int] = {}
    return found if _cover(needy, options, found, [_STEPS]) else None


def _swapped(
    atom: int,
    must: Collection[int],
    may: Collection[int],
    bonds: Sequence[Mapping[int, int]],
    mates: dict[int, int],
    seen: set[int],
) -> bool:
    """Give ``atom`` a partner, and the one whose partner it takes another; not by way of atoms ``seen``."""
    taken = []
    for j, order in bonds[atom].items():
        if order or j in seen or not (j in must or j in may):
            continue
        other = mates.get(j, -1)
        if other in must and mates.get(other) == j:
            taken.append((j, other))
            continue
        mates[atom], mates[j] = j, atom
        return True
    for j, other in taken:
        if j in seen or other in seen:
            continue
        seen |= {j, other}
        if _swapped(other, must, may, bonds, mates, seen):
            mates[atom], mates[j] = j, atom
            return True
    return False


def _cover(must: set[int], options: dict[int, list[int]], mates: dict[int, int], steps: list[int]) -> bool:
    """Pair every atom of ``must`` with a free neighbour, each atom once (fewest choices first, then backtracking)."""
    left = [i for i in must if i not in mates]
    if not left:
        return True
    steps[0] -= 1
    if steps[0] < 0:
        return True
    best: list[int] | None = None
    atom = -1
    for i in left:
        free = [j for j in options[i] if j not in mates]
        if not free:
            return False
        if best is None or len(free) < len(best):
            best, atom = free, i
            if len(free) == 1:
                break
    for j in best or ():
        mates[atom], mates[j] = j, atom
        if _cover(must, options, mates, steps):
            return True
        del mates[atom], mates[j]
    return False
