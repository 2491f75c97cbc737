"""Measure, want, weigh: three separate acts, for one brief and one patient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sartor.core import (
    Candidate,
    Constraint,
    DesignBrief,
    Lineage,
    MolBatch,
    Objective,
    PartError,
    Patient,
    PatientView,
    Reading,
    Readout,
    SartorError,
    Scorer,
)
from sartor.known.index import known

CHUNK = 512  # molecules measured at a time, so that memory stays flat
_UNPLACED = Lineage("given")


@dataclass(frozen=True, slots=True)
class _Measurement:
    """One scorer with one choice of settings, what it may see of the patient, and the asks that use it."""

    scorer: Scorer
    view: PatientView
    asks: tuple[str, ...]


class PatientJudge:
    """Judges molecules against a brief: SMILES in, candidates out, order kept.

    Each distinct scorer and setting measures a molecule once, also when an objective and a constraint both ask, and a
    molecule judged before (same canonical SMILES) is answered from memory. ``total`` is the weighted geometric mean of
    the objectives' desirabilities (Derringer & Suich 1980): weights come last, outside a model's domain the worse end
    of the interval is graded instead of the value (see Objective.quoted), and an unknown reading is worth 0, so it
    makes the total 0 - the brief may leave an objective out, a molecule may not. A brief without objectives gives
    total 1. An unknown reading does not meet a constraint. ``measured`` counts the distinct molecules judged.
    """

    def __init__(self, brief: DesignBrief, scorers: Mapping[str, Scorer], patient: Patient) -> None:
        asks: tuple[Objective | Constraint, ...] = (*brief.objectives, *brief.constraints)
        missing = [a.name for a in asks if a.name not in scorers]
        if missing:
            raise PartError(f"no scorer was given for {', '.join(missing)}")
        self.brief = brief
        self._memory: dict[str, Candidate] = {}
        shared: dict[tuple[object, ...], list[str]] = {}
        for ask in asks:
            shared.setdefault((ask.scorer, *sorted(ask.settings.items())), []).append(ask.name)
        self._measurements = tuple(
            _Measurement(scorers[names[0]], patient.view(scorers[names[0]].card.reads), tuple(names))
            for names in shared.values()
        )

    @property
    def measured(self) -> int:
        """How many distinct molecules were judged so far."""
        return len(self._memory)

    def judge(self, mols: MolBatch) -> list[Candidate]:
        """One candidate per molecule, in order, with readings, worth, total, unmet constraints and fate."""
        first: dict[str, int] = {}
        for i, smiles in enumerate(mols.smiles):
            if smiles not in self._memory:
                first.setdefault(smiles, i)
        fresh = list(first.values())
        for start in range(0, len(fresh), CHUNK):
            part = fresh[start : start + CHUNK]
            self._learn(mols if len(part) == len(mols) else mols.take(part))
        return [self._memory[s] for s in mols.smiles]

    def known(self, smiles: Sequence[str]) -> list[str]:
        """For each canonical SMILES "" when it is novel, else "training molecule" or "known drug: ..."."""
        return known(smiles)

    def ligands(self, n: int) -> list[str]:
        """At most ``n`` measured ligands of the brief's targets, from every scorer that remembers some.

        Only where more of what is measured is wanted: ligands of a protein to be spared are no place to start from.
        """
        points = {o.name: o.desirability.points for o in self.brief.objectives}
        found: dict[str, None] = {}
        for m in self._measurements:
            wanted = [points[name] for name in m.asks if name in points]
            if wanted and all(p[0] > p[-1] for p in wanted):
                continue
            remembered = getattr(m.scorer, "ligands", None)
            if callable(remembered):
                found |= dict.fromkeys(remembered(n))
        return list(found)[:n]

    def _learn(self, mols: MolBatch) -> None:
        readouts = self._measure(mols)
        worth = {o.name: _graded(o, readouts[o.name]) for o in self.brief.objectives}
        totals = self._weigh(worth, len(mols))
        met = {c.name: c.met(readouts[c.name].value) for c in self.brief.constraints}
        columns = {name: _readings(readout) for name, readout in readouts.items()}
        for i, smiles in enumerate(mols.smiles):
            readings = {name: column[i] for name, column in columns.items()}
            unmet = tuple(c for c in met if not met[c][i])
            self._memory[smiles] = Candidate(
                smiles=smiles,
                readings=readings,
                worth={name: float(w[i]) for name, w in worth.items()},
                total=float(totals[i]),
                unmet=unmet,
                lineage=_UNPLACED,
                fate=self._fate(readings, unmet),
            )

    def _measure(self, mols: MolBatch) -> dict[str, Readout]:
        readouts: dict[str, Readout] = {}
        for m in self._measurements:
            try:
                readout = m.scorer.score(mols, m.view)
            except SartorError:
                raise
            except Exception as error:  # a part may be a stranger's; say which one broke, keep the cause
                raise PartError(f"scorer {m.scorer.card.name!r} failed: {error!r}") from error
            if len(readout) != len(mols):
                raise PartError(f"scorer {m.scorer.card.name!r} gave {len(readout)} readings for {len(mols)} molecules")
            readouts |= dict.fromkeys(m.asks, readout)
        return readouts

    def _weigh(self, worth: Mapping[str, NDArray[np.float64]], n: int) -> NDArray[np.float64]:
        """Weighted geometric mean ``(n,)`` of the desirabilities."""
        if not worth:
            return np.ones(n)
        table = np.stack([worth[o.name] for o in self.brief.objectives], axis=1)
        weight = np.array([o.weight for o in self.brief.objectives])
        with np.errstate(divide="ignore"):
            return np.exp(np.log(table) @ (weight / weight.sum()))

    def _fate(self, readings: Mapping[str, Reading], unmet: tuple[str, ...]) -> str:
        if not unmet:
            return "kept"
        told = []
        for c in self.brief.constraints:
            if c.name in unmet:
                r = readings[c.name]
                found = f"unknown ({r.why_not})" if r.why_not else f"{r.value:.3g} {c.unit}"
                told.append(f"{c}; found {found}")
        return "turned away: " + "; ".join(told)


def _graded(objective: Objective, r: Readout) -> NDArray[np.float64]:
    return objective.worth(r.value, r.low, r.high, r.in_domain)


def _readings(readout: Readout) -> list[Reading]:
    columns = (readout.value.tolist(), readout.low.tolist(), readout.high.tolist(), readout.in_domain.tolist())
    return [Reading(*row) for row in zip(*columns, readout.why_not, strict=True)]
