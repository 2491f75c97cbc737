"""Reinforcement learning on the brief: propose, judge, reward, remember, learn; until the budget is spent."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from sartor.chem.parse import batch
from sartor.chem.scaffolds import murcko
from sartor.core import Budget, Candidate, Card, Generator, Judge, Ledger, Lineage, MolBatch, PartError

from .diversity import ScaffoldMemory, SeriesMemory
from .intake import Intake, take_in
from .plausible import STRANGE, Plausibility
from .proposers import Proposer, shares
from .replay import Replay
from .reward import rewards

Progress = Callable[[dict[str, float]], None]
INTERRUPTED = "interrupted by the user"


class Reinforcement:
    """The search of the house: several proposers learn from one judge, one replay memory and one scaffold memory.

    Recipe: batches of fresh molecules, learning on each batch and several times on rank-weighted replay (Guo &
    Schwaller 2024 and Kim 2024 show why replay makes few measurements go far), a scaffold memory for diversity
    (Blaschke 2020), proposals shared out by credit, the last good state put back when validity collapses, and a fresh
    start from the prior with the memory kept when the best stand still.
    """

    class Config(BaseModel):
        """General settings; none is meant to be tuned per case."""

        model_config = ConfigDict(extra="forbid")
        batch: int = Field(default=64, ge=4, description="fresh molecules judged a round")
        first: int = Field(default=128, ge=4, description="molecules judged from the untouched prior before learning")
        replays: int = Field(default=4, ge=0, description="learning steps on replay after each batch")
        replay_batch: int = Field(default=64, ge=1, description="molecules a replay step")
        memory: int = Field(default=512, ge=1, description="size of the replay memory")
        per_scaffold: int = Field(default=10, ge=1, description="molecules of one scaffold in the memory")
        allowance: int = Field(
            default=25, ge=1, description="good molecules of a scaffold (twice that of a series) before rewards fade"
        )
        least_share: float = Field(default=0.15, ge=0, le=0.5, description="least share of a proposer")
        ligands: int = Field(default=300, ge=0, description="measured ligands to learn from after the prior's sample")
        plausible: float = Field(
            default=0.05,
            ge=0,
            le=0.5,
            description="quantile of the prior's own molecules below which one is turned away",
        )
        patience: int = Field(default=12, ge=1, description="rounds without a better best 20 before a fresh start")

    def __init__(self, config: Config) -> None:
        self.config = config
        self.card = Card(
            name="reinforcement",
            unit="molecules",
            direction="depends",
            summary="Reinforcement learning with replay, scaffold memory, credit among proposers and safeguards.",
            domain="any brief; generators that cannot learn still propose",
            licence="Apache-2.0, own code",
            source="Olivecrona 2017 J. Cheminf. 9, 48; Kim 2024 (Genetic GFN); Guo & Schwaller 2024; Blaschke 2020",
        )

    def search(
        self,
        generators: Sequence[Generator],
        judge: Judge,
        budget: Budget,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Ledger:
        """Everything tried, with its fate.

        Stops when ``budget.molecules`` distinct molecules are judged or ``budget.minutes`` are over, whichever is
        first, when nothing new is proposed any more, or on Ctrl-C; ``ledger.stopped`` says which. The same generators,
        judge, budget and ``rng`` give the same ledger, unless the clock ends it. ``progress`` is called each round.
        """
        if not generators:
            raise PartError("the search was given no generator; name at least one under [generate] use")
        run = _Run(self.config, [Proposer(g) for g in generators], judge, budget, rng)
        try:
            while not run.over():
                row = run.round()
                run.ledger.history.append(row)
                if progress is not None:
                    progress(row)
        except KeyboardInterrupt:
            run.ledger.stopped = INTERRUPTED
        return run.ledger


@dataclass(slots=True)
class _Run:
    """The state of one search."""

    config: Reinforcement.Config
    proposers: list[Proposer]
    judge: Judge
    budget: Budget
    rng: np.random.Generator
    ledger: Ledger = field(default_factory=Ledger)
    seen: set[str] = field(default_factory=set)
    number: int = 0
    empty: int = 0
    still: int = 0
    restarts: int = 0
    best20: float = 0.0
    totals: list[float] = field(default_factory=list)
    met: int = 0
    prior_median: float = float("nan")
    prior_mean: float = float("nan")
    prior_reward: float = float("nan")
    taught: int = 0
    replay: Replay = field(init=False)
    scaffolds: ScaffoldMemory = field(init=False)
    series: SeriesMemory = field(init=False)
    plausibility: Plausibility = field(init=False)
    started: float = field(init=False)

    def __post_init__(self) -> None:
        c = self.config
        self.replay = Replay(c.memory, c.per_scaffold)
        self.scaffolds = ScaffoldMemory(c.allowance)
        self.series = SeriesMemory(2 * c.allowance)
        self.plausibility = Plausibility([p.generator for p in self.proposers], c.plausible)
        self.started = time.monotonic()
        for p in self.proposers:
            p.start()

    def over(self) -> bool:
        """True when the budget is spent or nothing new comes; writes down why."""
        if len(self.ledger) >= self.budget.molecules:
            self.ledger.stopped = "the budget of molecules is spent"
        elif (time.monotonic() - self.started) / 60 >= self.budget.minutes:
            self.ledger.stopped = "the time is up"
        elif self.empty >= 6:
            self.ledger.stopped = "the generators propose nothing new any more"
        return bool(self.ledger.stopped)

    def round(self) -> dict[str, float]:
        """One round: propose, judge, reward, remember, learn. Returns its figures."""
        untouched = self.number == 0
        left = self.budget.molecules - len(self.ledger)
        size = min(self.config.first if untouched else self.config.batch, left)
        asked = self.proposers[: 1 if untouched else None]
        away: Counter[str] = Counter()
        fresh: list[Candidate] = []
        mols = MolBatch([], [])
        proposed = valid = collapsed = 0
        for p, n in zip(asked, shares(asked, size, self.config.least_share), strict=True):
            intake = self._propose(p, n)
            mine = self._judged(intake.fresh, p)
            fresh += mine
            mols = MolBatch(mols.smiles + intake.fresh.smiles, mols.mols + intake.fresh.mols)
            away += intake.turned_away
            proposed, valid = proposed + intake.proposed, valid + intake.valid
            if intake.proposed:
                collapsed += p.guard(intake.valid_fraction, len(mine) / max(intake.valid, 1))
        self.ledger.candidates += fresh
        self.ledger.turned_away += away
        self.empty = 0 if fresh else self.empty + 1
        learned = self._learn(fresh, mols)
        if untouched and fresh:
            totals = [c.total for c in fresh]
            self.prior_median, self.prior_mean = float(np.median(totals)), float(np.mean(totals))
            self._begin_from_ligands()
        row = self._figures(fresh, away, proposed, valid, learned)
        row["collapsed"] = float(collapsed)
        self.number += 1
        return row

    def _propose(self, p: Proposer, n: int) -> Intake:
        """Ask until ``n`` fresh molecules are there, at most three times."""
        total = Intake(0, 0, MolBatch([], []))
        for _ in range(3):
            missing = n - len(total.fresh)
            if missing <= 0:
                break
            one = take_in(p.generator.propose(missing, self.rng), self.seen, self.judge, missing, p.sifted())
            self._turn_strange_away(one)
            total.proposed += one.proposed
            total.valid += one.valid
            total.turned_away += one.turned_away
            total.fresh = MolBatch(total.fresh.smiles + one.fresh.smiles, total.fresh.mols + one.fresh.mols)
        return total

    def _turn_strange_away(self, intake: Intake) -> None:
        if not self.number:  # the untouched prior sets the bar and is judged whole
            self.plausibility.set_bar(intake.fresh)
            return
        keep = self.plausibility.keep(intake.fresh)
        if not keep.all():
            intake.turned_away[STRANGE] += int((~keep).sum())
            intake.fresh = intake.fresh.take(np.nonzero(keep)[0].tolist())

    def _judged(self, mols: MolBatch, p: Proposer) -> list[Candidate]:
        judged = self.judge.judge(mols) if len(mols) else []
        for c in judged:
            self.ledger.turned_away.update(c.unmet)
        return [replace(c, lineage=Lineage(p.name, p.parents(c.smiles), self.number)) for c in judged]

    def _learn(self, fresh: list[Candidate], mols: MolBatch) -> dict[str, float]:
        """Reward the new molecules (``mols``, parsed), remember the best, teach every proposer.

        Returns the figures of the last learning step.
        """
        if not fresh:
            return {}
        smiles = [c.smiles for c in fresh]
        worth = rewards(fresh, self.judge.brief)
        if np.isnan(self.prior_reward):
            self.prior_reward = min(float(np.median(worth)), 0.9)
        kinds = murcko(mols)
        faded = np.minimum(self.scaffolds.faded(kinds, worth), self.series.faded(mols, worth))
        entered = set(self.replay.add(smiles, worth, kinds))
        for p in self.proposers:
            mine = [c.smiles for c in fresh if c.lineage.proposer == p.name]
            p.record(sum(s in entered for s in mine), len(mine))
        figures: dict[str, float] = {}
        for p in self.proposers:
            figures |= p.generator.learn(smiles, self._contrast(faded))
        for _ in range(self.config.replays):
            again, their = self.replay.sample(self.config.replay_batch, self.rng)
            for p in self.proposers:
                figures |= p.generator.learn(again, self._contrast(their))
        self._watch()
        return figures

    def _begin_from_ligands(self) -> None:
        """Known chemistry into the memory, judged like everything else: most briefs reward almost nothing at random.

        The ligands are parents and lessons only; being known, they never enter the ledger.
        """
        mols, _ = batch(self.judge.ligands(self.config.ligands))
        if not len(mols):
            return
        known = self.judge.judge(mols)
        self.replay.add(mols.smiles, rewards(known, self.judge.brief), murcko(mols))
        self.taught = len(mols)
        for _ in range(self.config.replays):
            again, their = self.replay.sample(self.config.replay_batch, self.rng)
            for p in self.proposers:
                p.generator.learn(again, self._contrast(their))

    def _contrast(self, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Rewards as a generator learns them: 0 at what the prior's typical molecule earns, 1 at the best possible.

        Without it a lenient brief, where everything is worth 0.6, teaches that everything is good.
        """
        return np.clip((worth - self.prior_reward) / (1.0 - self.prior_reward), 0.0, 1.0)

    def _watch(self) -> None:
        """Begin again from the prior, memory kept, when the best 20 stand still."""
        best = float(self.replay.best(20).mean())
        self.still = 0 if best > self.best20 * 1.002 else self.still + 1
        self.best20 = max(best, self.best20)
        if self.still >= self.config.patience:
            self.still = 0
            self.restarts += sum(p.begin_again() for p in self.proposers) > 0

    def _figures(
        self, fresh: list[Candidate], away: Counter[str], proposed: int, valid: int, learned: dict[str, float]
    ) -> dict[str, float]:
        self.totals += [c.total for c in fresh if c.meets_all]
        self.met += sum(c.meets_all for c in fresh)
        row = {
            "round": float(self.number),
            "judged": float(len(self.ledger)),
            "budget": float(self.budget.molecules),
            "minutes": (time.monotonic() - self.started) / 60,
            "best": max(self.totals, default=0.0),
            "mean": float(np.mean([c.total for c in fresh])) if fresh else 0.0,
            "median": float(np.median([c.total for c in fresh])) if fresh else 0.0,
            "met": float(np.mean([c.meets_all for c in fresh])) if fresh else 0.0,
            "valid": valid / proposed if proposed else 0.0,
            "turned_away": float(sum(away.values()) + sum(not c.meets_all for c in fresh)),
            "scaffolds": float(len(self.scaffolds)),
            "series": float(len(self.series)),
            "restarts": float(self.restarts),
            "ligands": float(self.taught),
            "prior_median_total": self.prior_median,
            "prior_mean_total": self.prior_mean,
        }
        row |= {f"share_{p.name}": p.credit for p in self.proposers}
        return row | {f"learn_{k}": float(v) for k, v in learned.items()}


def prior_sample(generator: Generator, judge: Judge, n: int, rng: np.random.Generator) -> list[Candidate]:
    """``n`` fresh molecules of a generator as it is, judged: what a search is compared with.

    Fewer where twenty calls bring no more. Invalid, double and known proposals are passed over, as in a search.
    """
    seen: set[str] = set()
    out: list[Candidate] = []
    for _ in range(20):
        if len(out) >= n:
            break
        intake = take_in(generator.propose(n - len(out), rng), seen, judge, n - len(out))
        judged = judge.judge(intake.fresh) if len(intake.fresh) else []
        out += [replace(c, lineage=Lineage(generator.card.name)) for c in judged]
    return out
