"""The four promises a part can make, and the chores every scorer shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from .brief import DesignBrief
from .candidate import Candidate, Ledger
from .card import Card, Readout
from .errors import PartError
from .evidence import Reason
from .molecules import MolBatch
from .patient import Patient, PatientView


@runtime_checkable
class Scorer(Protocol):
    """Measures molecules for one patient, in the physical unit of its card."""

    card: Card

    def score(self, mols: MolBatch, view: PatientView) -> Readout:
        """Readings in the order of ``mols``."""
        ...


@runtime_checkable
class Generator(Protocol):
    """Proposes molecules and learns from rewards.

    A search also uses, where there is one: ``state()`` and ``restore(state)`` (everything it knows, in dicts, lists,
    numbers, arrays and tensors: safeguards and going on after a break), ``replay(smiles, rewards)`` (in place of
    ``learn`` for molecules it has learned before), ``warm(factor)`` (draw more boldly), ``likelihood(smiles, prior)``,
    mappings ``parents`` and ``turned_away`` of its latest proposal, and ``parsed``, a MolBatch of those it has parsed.
    """

    card: Card

    def propose(self, n: int, rng: np.random.Generator) -> list[str]:
        """About ``n`` SMILES, unchecked: some may be invalid or double."""
        ...

    def learn(self, smiles: Sequence[str], rewards: np.ndarray) -> dict[str, float]:
        """Update from rewards ``(n,)`` in 0..1; returns figures for the log. A fixed generator returns {}."""
        ...


@runtime_checkable
class Optimizer(Protocol):
    """Spends a budget of measurements to find molecules that fit a brief.

    One that offers ``keep_in(stem)`` keeps its state in files that begin with that path and goes on from them; what it
    says in a mapping ``seconds`` afterwards is written into the audit trail.
    """

    card: Card

    def search(
        self,
        generators: Sequence[Generator],
        judge: Judge,
        budget: Budget,
        rng: np.random.Generator,
        progress: Callable[[dict[str, float]], None] | None = None,
    ) -> Ledger:
        """Everything tried, with its fate."""
        ...


class Judge(Protocol):
    """Measures, wants and weighs for one brief and one patient: SMILES in, candidates out, order kept.

    A judge with dear scorers names their asks in ``dear`` and offers ``screen(mols)``, candidates as far as the cheap
    ones tell. ``known_batch(mols)`` and ``remember(judged, screened)`` save work where they are offered.
    """

    brief: DesignBrief

    def judge(self, mols: MolBatch) -> list[Candidate]:
        """One candidate per molecule, in order, with readings, worth, total and unmet constraints."""
        ...

    def known(self, smiles: Sequence[str]) -> list[str]:
        """For each canonical SMILES "" when it is novel, else what it is ("known drug", "training molecule")."""
        ...

    def ligands(self, n: int) -> list[str]:
        """At most ``n`` known molecules that a search may start from (measured ligands); [] where none is known."""
        ...


class Budget(Protocol):
    """How much may be spent: distinct molecules measured, and wall-clock minutes."""

    @property
    def molecules(self) -> int:
        """At most so many distinct molecules are measured."""
        ...

    @property
    def minutes(self) -> float:
        """At most so many minutes pass."""
        ...


@runtime_checkable
class Explainer(Protocol):
    """Says why a candidate reads as it does."""

    card: Card

    def explain(self, candidate: Candidate, brief: DesignBrief, patient: Patient) -> tuple[Reason, ...]:
        """Reasons, each ending in evidence."""
        ...


class ScorerPart:
    """Chores of every scorer, so that an author writes only ``_measure``.

    ``score`` measures each distinct molecule once, keeps the order, checks shape and promise. Subclasses set
    ``card`` and implement ``_measure(mols, view) -> Readout`` for distinct molecules.
    """

    card: Card

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        raise PartError(f"scorer {type(self).__name__} defines no _measure(mols, view)")

    def score(self, mols: MolBatch, view: PatientView) -> Readout:
        """Readings in the order of ``mols``; see Readout."""
        if not len(mols):
            return Readout.unknown(0, "")
        first: dict[str, int] = {}
        for i, s in enumerate(mols.smiles):
            first.setdefault(s, i)
        distinct = list(first.values())
        unique = mols if len(distinct) == len(mols) else mols.take(distinct)
        out = self._measure(unique, view)
        if len(out) != len(unique):
            raise PartError(f"{self.card.name} returned {len(out)} readings for {len(unique)} molecules")
        if unique is mols:
            return out
        position = {mols.smiles[i]: k for k, i in enumerate(distinct)}
        return out.take([position[s] for s in mols.smiles])
