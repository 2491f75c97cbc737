"""Measure, want, weigh: three separate acts, for one brief and one patient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sartor.chem.portions import portion
from sartor.core import (
    Candidate,
    Constraint,
    DesignBrief,
    Lineage,
    MolBatch,
    Objective,
    PartError,
    Patient,
    Reading,
    Readout,
    Scorer,
)
from sartor.known.index import known, known_batch

from .measure import Measurer

CHUNK = 512  # molecules measured at a time, so that memory stays flat
_UNPLACED = Lineage("given")


@dataclass(frozen=True, slots=True)
class _Measurement:
    """One scorer with one choice of settings, and the asks that use it."""

    by: Measurer
    asks: tuple[str, ...]

    @property
    def dear(self) -> bool:
        return self.by.scorer.card.cost == "dear"


class PatientJudge:
    """Judges molecules against a brief: SMILES in, candidates out, order kept.

    Each distinct scorer and setting measures a molecule once, also when an objective and a constraint both ask, and a
    molecule judged before (same canonical SMILES) is answered from memory. ``total`` is the weighted geometric mean of
    the objectives' desirabilities (Derringer & Suich 1980): weights come last, outside a model's domain the worse end
    of the interval is graded instead of the value (see Objective.quoted), and an unknown reading is worth 0, so it
    makes the total 0 - the brief may leave an objective out, a molecule may not. A brief without objectives gives
    total 1. An unknown reading does not meet a constraint. ``measured`` counts the distinct molecules judged.

    ``screen`` asks the cheap scorers only (see Card.cost); what it found is not measured again by ``judge``. ``dear``
    names the objectives and constraints that it leaves out.
    """

    def __init__(self, brief: DesignBrief, scorers: Mapping[str, Scorer], patient: Patient) -> None:
        asks: tuple[Objective | Constraint, ...] = (*brief.objectives, *brief.constraints)
        missing = [a.name for a in asks if a.name not in scorers]
        if missing:
            raise PartError(f"no scorer was given for {', '.join(missing)}")
        self.brief = brief
        self._memory: dict[str, Candidate] = {}
        self._screened: dict[str, Candidate] = {}
        shared: dict[tuple[object, ...], list[str]] = {}
        for ask in asks:
            shared.setdefault((ask.scorer, *sorted(ask.settings.items())), []).append(ask.name)
        self._measurements = tuple(
            _Measurement(Measurer(scorers[names[0]], patient.view(scorers[names[0]].card.reads)), tuple(names))
            for names in shared.values()
        )
        self.dear = tuple(name for m in self._measurements if m.dear for name in m.asks)

    @property
    def measured(self) -> int:
        """How many distinct molecules were judged so far."""
        return len(self._memory)

    @property
    def failed(self) -> dict[str, int]:
        """How many readings each scorer failed to give even when asked again, by its name."""
        owed: Counter[str] = Counter()
        for m in self._measurements:
            owed[m.by.scorer.card.name] += m.by.failed
        return {name: n for name, n in owed.items() if n}

    def judge(self, mols: MolBatch) -> list[Candidate]:
        """One candidate per molecule, in order, with readings, worth, total, unmet constraints and fate."""
        return self._answer(mols, self._memory, cheap_only=False)

    def screen(self, mols: MolBatch) -> list[Candidate]:
        """Candidates as far as the cheap scorers tell: readings, worth and unmet of what is not ``dear``.

        ``total`` is the weighted mean of the objectives read so far; such a candidate is no answer yet.
        """
        return self._answer(mols, self._screened, cheap_only=True)

    def remember(self, judged: Sequence[Candidate], screened: Sequence[Candidate] = ()) -> None:
        """Take these as judged (and screened) already: a search that goes on measures nothing twice."""
        self._memory |= {c.smiles: replace(c, lineage=_UNPLACED) for c in judged}
        self._screened |= {c.smiles: c for c in screened}

    def _answer(self, mols: MolBatch, memory: dict[str, Candidate], cheap_only: bool) -> list[Candidate]:
        first: dict[str, int] = {}
        for i, smiles in enumerate(mols.smiles):
            if smiles not in memory:
                first.setdefault(smiles, i)
        fresh = list(first.values())
        for start in range(0, len(fresh), CHUNK):
            part = fresh[start : start + CHUNK]
            self._learn(mols if len(part) == len(mols) else portion(mols, part), memory, cheap_only)
        return [memory[s] for s in mols.smiles]

    def known(self, smiles: Sequence[str]) -> list[str]:
        """For each canonical SMILES "" when it is novel, else "training molecule" or "known drug: ..."."""
        return known(smiles)

    def known_batch(self, mols: MolBatch) -> list[str]:
        """``known`` for molecules that are parsed already."""
        return known_batch(mols)

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
            remembered = getattr(m.by.scorer, "ligands", None)
            if callable(remembered):
                found |= dict.fromkeys(remembered(n))
        return list(found)[:n]

    def _learn(self, mols: MolBatch, memory: dict[str, Candidate], cheap_only: bool) -> None:
        columns = self._measure(mols, cheap_only)
        if not cheap_only and self.dear:
            for name in self._cheap_known(mols):
                columns[name] = [self._screened[s].readings[name] for s in mols.smiles]
            columns = {name: columns[name] for m in self._measurements for name in m.asks}
        objectives = [o for o in self.brief.objectives if o.name in columns]
        worth = {o.name: o.worth(*_numbers(columns[o.name])) for o in objectives}
        totals = self._weigh(objectives, worth, len(mols))
        met = {c.name: c.met(_numbers(columns[c.name])[0]) for c in self.brief.constraints if c.name in columns}
        for i, smiles in enumerate(mols.smiles):
            readings = {name: column[i] for name, column in columns.items()}
            unmet = tuple(c for c in met if not met[c][i])
            memory[smiles] = Candidate(
                smiles=smiles,
                readings=readings,
                worth={name: float(w[i]) for name, w in worth.items()},
                total=float(totals[i]),
                unmet=unmet,
                lineage=_UNPLACED,
                fate=self._fate(readings, unmet),
            )

    def _cheap_known(self, mols: MolBatch) -> list[str]:
        """The asks that a screening has answered for all of ``mols``."""
        if not all(s in self._screened for s in mols.smiles):
            return []
        return [name for m in self._measurements if not m.dear for name in m.asks]

    def _measure(self, mols: MolBatch, cheap_only: bool) -> dict[str, list[Reading]]:
        known = set() if cheap_only or not self.dear else set(self._cheap_known(mols))
        columns: dict[str, list[Reading]] = {}
        for m in self._measurements:
            if (cheap_only and m.dear) or known & set(m.asks):
                continue
            columns |= dict.fromkeys(m.asks, _readings(m.by.measure(mols)))
        return columns

    def _weigh(
        self, objectives: Sequence[Objective], worth: Mapping[str, NDArray[np.float64]], n: int
    ) -> NDArray[np.float64]:
        """Weighted geometric mean ``(n,)`` of the desirabilities."""
        if not objectives:
            return np.ones(n)
        table = np.stack([worth[o.name] for o in objectives], axis=1)
        weight = np.array([o.weight for o in objectives])
        with np.errstate(divide="ignore"):
            # summed row by row: a matrix product rounds a molecule's total by how many are judged with it
            return np.exp((np.log(table) * (weight / weight.sum())).sum(axis=1))

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


def _readings(readout: Readout) -> list[Reading]:
    columns = (readout.value.tolist(), readout.low.tolist(), readout.high.tolist(), readout.in_domain.tolist())
    return [Reading(*row) for row in zip(*columns, readout.why_not, strict=True)]


def _numbers(column: Sequence[Reading]) -> tuple[NDArray[np.float64], ...]:
    """Value, low, high and in_domain ``(n,)`` of readings."""
    table = np.array([(r.value, r.low, r.high, r.in_domain) for r in column], dtype=float).reshape(-1, 4)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3].astype(bool)
