"""Grow molecules from a fragment: at its marks, or at any of its atoms that has a hydrogen to give."""

from __future__ import annotations

import numpy as np

from sartor.chem.attach import Frame, capped, places
from sartor.chem.marks import Marked, read_marked
from sartor.core import OrderError

from .asked import Asked, Found, Sieve, Writer, answered, budget_for, by_likelihood, round_size
from .decorate import CHANGED, filled, must_be_whole, named


def grow(fragment: str, sampler: Writer, n: int, rng: np.random.Generator, budget: int = 0, at_once: int = 1) -> Asked:
    """Up to ``n`` molecules that hold the fragment, grown at ``at_once`` of its places, drawn anew for each.

    With marks only those are places, the others keep their hydrogens; without, every atom with a hydrogen is one. The
    rest of the fragment is as given, hydrogens, rings and stereo included. Rows as of ``decorate``.
    """
    marked = read_marked(fragment, "the fragment")
    must_be_whole(marked, "the fragment")
    sites, limit = _Sites(marked, at_once), budget_for(n, budget)
    sieve = Sieve([capped(marked.smiles, marked.numbers)])
    rows: list[Found] = []
    while len(rows) < n and sieve.tried < limit:
        size = round_size(n - len(rows), sieve, limit, len(rows))
        sieve.tried += size
        chosen = [sites.draw(rng) for _ in range(size)]
        for at, text in filled([frame.scaffold for frame in chosen], sampler, rng, sieve):
            smiles = sieve.sound(text)
            if smiles and not chosen[at].holds(smiles):
                sieve.turn_away(CHANGED)
            elif smiles:
                rows.append(Found(smiles, named(chosen[at], smiles), chosen[at].atoms(smiles)))
    relax = "raise the budget, or mark the atom to grow from"
    return answered(by_likelihood(rows[:n], sampler), n, sieve, relax, given=marked.smiles)


class _Sites:
    """Where a fragment may be grown: its marks, or every place with a hydrogen."""

    def __init__(self, fragment: Marked, at_once: int) -> None:
        self._fragment, self._at_once = fragment, at_once
        self._frames: dict[str, Frame] = {}
        self._places: dict[str, list[str]] = {}
        if at_once < 1 or (fragment.orders and at_once > len(fragment.orders)):
            raise OrderError(f"the fragment has {len(fragment.orders)} marks: it cannot be grown at {at_once} at once")
        if not fragment.orders and not self._places_of(fragment.smiles):
            raise OrderError(f"the fragment {fragment.smiles} has no atom with a hydrogen to grow from")

    def draw(self, rng: np.random.Generator) -> Frame:
        """The fragment with marks at the places of one molecule."""
        if self._fragment.orders:
            kept = rng.choice(self._fragment.numbers, self._at_once, replace=False)
            text = capped(self._fragment.smiles, tuple(k for k in self._fragment.numbers if k not in kept))
        else:
            text = self._fragment.smiles
            for _ in range(self._at_once):
                places_left = self._places_of(text)
                text = places_left[int(rng.integers(len(places_left)))] if places_left else text
        if text not in self._frames:
            self._frames[text] = Frame(read_marked(text, "the fragment"))
        return self._frames[text]

    def _places_of(self, smiles: str) -> list[str]:
        if smiles not in self._places:
            self._places[smiles] = places(smiles)
        return self._places[smiles]
