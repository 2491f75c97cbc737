"""Toy parts: small, exact and quick, for tests and for reading how a part is written. Core and numpy only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sartor.core import (
    Candidate,
    Card,
    Constraint,
    DesignBrief,
    Desirability,
    Evidence,
    Lineage,
    MolBatch,
    Objective,
    PatientView,
    Reading,
    Readout,
    Reason,
    ScorerPart,
    Target,
)

_WHY = (Reason("a toy wants it", (Evidence("toys want things", "assumed", "sartor.testing"),)),)
BLOCKS = ("C", "CC", "N", "O", "C(C)", "S", "C(=O)", "C(F)(F)")


def toy_card(name: str, unit: str = "count", refuses: str = "") -> Card:
    """A complete card for a toy."""
    return Card(
        name=name,
        unit=unit,
        direction="higher is better",
        summary="A toy for tests.",
        domain="any SMILES",
        licence="Apache-2.0",
        source="sartor.testing",
        refuses=refuses,
    )


class ToyScorer(ScorerPart):
    """Counts one element's letters in a SMILES and refuses iodine; ``calls`` counts the molecules measured."""

    def __init__(self, element: str = "C", name: str = "carbons") -> None:
        self.element = element
        self.card = toy_card(name, refuses="CI")
        self.calls = 0

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        self.calls += len(mols)
        letters = [re.findall(r"Cl|Br|[A-Z]|[cnos]", s) for s in mols.smiles]
        value = np.array([sum(x.upper() == self.element for x in row) for row in letters], dtype=float)
        refused = np.array(["I" in row for row in letters], dtype=bool)
        value[refused] = np.nan
        return Readout(value, value.copy(), value.copy(), ~refused, tuple("holds iodine" if r else "" for r in refused))


class ToyGenerator:
    """Strings building blocks into chains by learnable odds: a policy small enough to follow by eye.

    ``learn`` moves the odds of each block by reward above the mean; ``state`` and ``restore`` save and put back.
    ``broken`` is the share of proposals that are no molecules.
    """

    def __init__(self, blocks: Sequence[str] = BLOCKS, length: int = 8, rate: float = 0.3, broken: float = 0.0) -> None:
        self.blocks, self.length, self.rate, self.broken = tuple(blocks), length, rate, broken
        self.odds = np.zeros(len(self.blocks))
        self.card = toy_card("toy", "molecules")

    def propose(self, n: int, rng: np.random.Generator) -> list[str]:
        """``n`` chains; a broken one ends in an open ring."""
        share = np.exp(self.odds - self.odds.max())
        share /= share.sum()
        picks = rng.choice(len(self.blocks), size=(n, self.length), p=share)
        sizes = rng.integers(3, self.length + 1, size=n)
        texts = ["C" + "".join(self.blocks[i] for i in row[:k]) for row, k in zip(picks, sizes, strict=True)]
        return [t + "1" if b else t for t, b in zip(texts, rng.random(n) < self.broken, strict=True)]

    def learn(self, smiles: Sequence[str], rewards: np.ndarray) -> dict[str, float]:
        """Make the elements of well-rewarded molecules likelier."""
        if not len(smiles):
            return {}
        counts = np.array([[s.count(b[-1] if b in "NOS" else b) for b in self.blocks] for s in smiles], float)
        counts /= np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
        self.odds += self.rate * ((rewards - rewards.mean()) @ (counts - counts.mean(axis=0)))
        return {"odds": float(np.abs(self.odds).max())}

    def state(self) -> np.ndarray:
        """A copy of the odds."""
        return self.odds.copy()

    def restore(self, state: np.ndarray) -> None:
        """Back to saved odds."""
        self.odds = state.copy()


class ToyJudge:
    """Judges by the number of nitrogens (wanted) and sulphurs (limited), without RDKit or models."""

    def __init__(self, brief: DesignBrief | None = None, known: Sequence[str] = ()) -> None:
        self.brief = brief or toy_brief()
        self._known = frozenset(known)

    def judge(self, mols: MolBatch) -> list[Candidate]:
        """One candidate per molecule, by counting letters."""
        asks: tuple[Objective | Constraint, ...] = (*self.brief.objectives, *self.brief.constraints)
        out = []
        for smiles in mols.smiles:
            readings = {}
            for ask in asks:
                n = float(sum(x.upper() == ask.settings["element"] for x in re.findall("[A-Za-z]", smiles)))
                readings[ask.name] = Reading(n, n, n, True)
            worth = {
                o.name: float(o.desirability(np.array([readings[o.name].value]))[0]) for o in self.brief.objectives
            }
            unmet = tuple(c.name for c in self.brief.constraints if not c.met(np.array([readings[c.name].value]))[0])
            fate = f"turned away: {', '.join(unmet)}" if unmet else "kept"
            total = float(np.prod(list(worth.values()))) ** (1 / len(worth))
            out.append(Candidate(smiles, readings, worth, total, unmet, Lineage("given"), fate))
        return out

    def known(self, smiles: Sequence[str]) -> list[str]:
        """The listed molecules are known."""
        return ["training molecule" if s in self._known else "" for s in smiles]

    def ligands(self, n: int) -> list[str]:
        """The listed molecules, as something to start from."""
        return sorted(self._known)[:n]


@dataclass(frozen=True, slots=True)
class ToyBudget:
    """Molecules and minutes."""

    molecules: int = 200
    minutes: float = 1.0


def toy_brief(nitrogens: float = 5.0, sulphurs: float = 1.0) -> DesignBrief:
    """Nitrogens wanted (worth 0 at none, 1 at ``nitrogens``), at most ``sulphurs`` sulphurs."""
    return DesignBrief(
        patient_id="toy",
        disease="a toy disease",
        target=Target("EGFR"),
        objectives=(
            Objective("nitrogens", "nitrogens", "count", Desirability((0.0, nitrogens)), 1.0, _WHY, {"element": "N"}),
        ),
        constraints=(Constraint("sulphurs", "sulphurs", "count", "below", sulphurs, _WHY, {"element": "S"}),),
    )
