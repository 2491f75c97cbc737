"""Scaffold hops: the pharmacophore of a lead on another scaffold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sartor.chem import parse
from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.frameworks import End, ends, frameworks
from sartor.chem.linkers import Joint, linkers
from sartor.chem.marks import Marked, read_marked, read_plain
from sartor.chem.openings import openings, starting_at
from sartor.chem.pharmacophore import erg_similarity
from sartor.chem.scaffolds import murcko
from sartor.chem.size import heavy_atoms
from sartor.core import MolBatch, OrderError

from .asked import CANNOT_GO_ON, Asked, Neighbours, Sieve, Writer, answered, budget_for, must_fit
from .decorate import continuation
from .evolve import Proposer, Verdict, breed, evolve, perturber, regrower
from .near import ordered
from .plausible import Plausible

_POOL = 3  # answers found for each one asked for, of which the best are returned
SAME = "the same scaffold"
ACYCLIC = "no ring"
TOO_ALIKE = "more similar than asked"
OTHER_POINTS = "another pharmacophore"


def hop(
    lead: str,
    sampler: Writer,
    n: int,
    rng: np.random.Generator,
    budget: int = 0,
    most: float = 0.4,
    least: float = 0.6,
    generic: bool = False,
    neighbours: Neighbours | None = None,
) -> Asked:
    """Up to ``n`` molecules with another Murcko scaffold than the lead but its pharmacophore, the closest first.

    ECFP4 Tanimoto similarity to the lead is at most ``most``, ErG similarity (sartor.chem.pharmacophore) at least
    ``least``. With ``generic`` the bare graph of rings and linkers differs too. Proposers: the lead's ends kept and
    gone on from or linked anew, partial regeneration, graph mutation and crossover, ``neighbours`` if given.
    """
    smiles = read_plain(lead)
    start = parse.strict_batch([smiles])
    must_fit(int(heavy_atoms(start)[0]), "the lead")
    if not murcko(start)[0]:
        raise OrderError(f"the lead {smiles} has no ring, so no scaffold to change: use near")
    if not 0 < most <= 1 or not 0 <= least < 1:
        raise OrderError(f"similarity at most {most:g} and pharmacophore at least {least:g}: give numbers from 0 to 1")
    limit, sieve = budget_for(n, budget), Sieve([smiles])
    judge = _Judge(start, most, least, generic)
    kept = _Ends(smiles, sampler, sieve)
    proposers: list[Proposer] = [kept.linked, kept.gone_on, regrower(sampler, sieve, (0.15, 0.85)), breed]
    if neighbours:
        proposers.append(perturber(neighbours))
    found = evolve(smiles, proposers, judge, Plausible(smiles, sampler, rng), rng, sieve, limit, _POOL * n)
    relax = "allow more similarity, ask for less of the pharmacophore, or raise the budget"
    return answered(ordered(found), n, sieve, relax, given=smiles)


class _Judge:
    """Scaffold, similarity and pharmacophore of a batch against the lead."""

    def __init__(self, lead: MolBatch, most: float, least: float, generic: bool) -> None:
        self._lead, self._most, self._least = lead, most, least
        self._scaffold_of = frameworks if generic else murcko
        self._scaffold, self._bits = self._scaffold_of(lead)[0], morgan_bits(lead)

    def __call__(self, mols: MolBatch) -> Verdict:
        alike = tanimoto(morgan_bits(mols), self._bits)[:, 0].astype(float) if len(mols) else np.zeros(0)
        points = erg_similarity(mols, self._lead)
        scaffolds = self._scaffold_of(mols)
        # What is not an answer may still be a step towards one, the less so the more it lacks.
        same = np.array([s == self._scaffold or not s for s in scaffolds], dtype=float)
        worth = points - 2.0 * np.maximum(alike - self._most, 0.0) - 0.2 * same
        why = [self._why_not(*row) for row in zip(scaffolds, alike.tolist(), points.tolist(), strict=True)]
        values: list[dict[str, float | str]] = [
            {"pharmacophore": round(float(p), 4), "similarity": round(float(a), 4), "scaffold": s}
            for p, a, s in zip(points, alike, murcko(mols), strict=True)
        ]
        return Verdict(worth, why, values)

    def _why_not(self, scaffold: str, alike: float, points: float) -> str:
        if not scaffold:
            return ACYCLIC
        if scaffold == self._scaffold:
            return SAME
        if alike > self._most:
            return TOO_ALIKE
        return OTHER_POINTS if points < self._least else ""


class _Ends:
    """Proposers that keep ends of the lead as they are and give the rest to the model."""

    def __init__(self, lead: str, sampler: Writer, sieve: Sieve) -> None:
        self._sampler, self._sieve = sampler, sieve
        pieces = ends(lead, least=2)
        self._marked: dict[str, Marked] = {e.smiles: read_marked(e.smiles, "an end of the lead") for e in pieces}
        self._single = [e for e in pieces if len(e.atoms) > 2] or pieces
        self._pairs: list[tuple[End, End]] = [(a, b) for a in pieces for b in pieces if not a.atoms & b.atoms]

    def gone_on(self, parents: Sequence[str], n: int, rng: np.random.Generator) -> list[str]:
        """One end kept, the rest new."""
        if not self._single:
            return []
        chosen = [self._single[int(i)].smiles for i in rng.integers(len(self._single), size=n)]
        return [prompt + tail for prompt, tail in self._continued(chosen, rng) if tail]

    def linked(self, parents: Sequence[str], n: int, rng: np.random.Generator) -> list[str]:
        """Two ends kept, a new core between them."""
        if not self._pairs:
            return []
        chosen = [self._pairs[int(i)] for i in rng.integers(len(self._pairs), size=n)]
        made = []
        begun = self._continued([first.smiles for first, _ in chosen], rng)
        for (first, second), (prompt, tail) in zip(chosen, begun, strict=True):
            ways = linkers(tail, 1, 1) if tail else []
            if ways:
                closing = starting_at(second.smiles, 1)
                joint = Joint(self._marked[first.smiles], self._marked[second.smiles], prompt, closing)
                made.append(joint.text(ways[int(rng.integers(len(ways)))]))
        return made

    def _continued(self, chosen: list[str], rng: np.random.Generator) -> list[tuple[str, str]]:
        """Each end as a prompt, and what the model wrote after it."""
        prompts = [openings(text, 1, 1, int(rng.integers(1, 2**31 - 100)))[0].prompt for text in chosen]
        texts = self._sampler.texts(len(prompts), rng, prompts, random=True)
        tails = [continuation(text, prompt) for text, prompt in zip(texts, prompts, strict=True)]
        self._sieve.turn_away(CANNOT_GO_ON, sum(not tail for tail in tails))
        return list(zip(prompts, tails, strict=True))
