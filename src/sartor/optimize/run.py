"""One search under way: a round proposes, picks, judges, rewards, remembers and learns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem.parse import batch
from sartor.chem.scaffolds import murcko
from sartor.core import Budget, Candidate, Generator, Judge, Ledger, Lineage, MolBatch

from .background import Awaited
from .checkpoint import ARRIVED, KNOWN, SCREENED, TRIED
from .diversity import ScaffoldMemory, SeriesMemory
from .pareto import BONUS, Front
from .plausible import Plausibility
from .pool import Pool, gather
from .proposers import Proposer, shares
from .replay import Replay
from .reward import rewards, share
from .settings import Settings
from .stopwatch import Stopwatch
from .surrogate import Surrogate

PRIOR_SAMPLE = 128  # molecules of the untouched prior that set the bar of plausibility; they need not be measured
PASSED = "not measured: the surrogate expects less of it"
WARMEST = 1.5
_STEP = 1.1
_BETTER = 1.002


@dataclass(slots=True)
class Run:
    """The state of one search, between rounds. ``log`` is what was judged since it was last emptied."""

    settings: Settings
    generators: Sequence[Generator]
    judge: Judge
    budget: Budget
    rng: np.random.Generator
    ledger: Ledger = field(default_factory=Ledger)
    log: list[tuple[str, Candidate]] = field(default_factory=list)
    watch: Stopwatch = field(default_factory=Stopwatch)
    seen: set[str] = field(default_factory=set)
    number: int = 0
    empty: int = 0
    still: int = 0
    stagnant: int = 0
    restarts: int = 0
    best20: float = 0.0
    best: float = 0.0
    prior_median: float = float("nan")
    prior_mean: float = float("nan")
    prior_reward: float = float("nan")
    taught: int = 0
    warmth: float = 1.0
    proposers: list[Proposer] = field(init=False)
    replay: Replay = field(init=False)
    scaffolds: ScaffoldMemory = field(init=False)
    series: SeriesMemory = field(init=False)
    plausibility: Plausibility = field(init=False)
    surrogate: Surrogate = field(init=False)
    front: Front | None = field(init=False)
    awaited: Awaited = field(init=False)
    closing: str = ""
    plain: dict[str, float] = field(default_factory=dict)
    dear: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        s = self.settings
        self.proposers = [Proposer(g) for g in self.generators]
        self.replay = Replay(s.memory, s.per_scaffold)
        self.scaffolds = ScaffoldMemory(s.allowance)
        self.series = SeriesMemory(2 * s.allowance)
        self.plausibility = Plausibility(self.generators, s.plausible)
        self.surrogate = Surrogate(s.points, s.unscreened, s.surrogate)
        self.front = Front([o.name for o in self.judge.brief.objectives]) if s.goal == "pareto" else None
        self.dear = tuple(getattr(self.judge, "dear", ()))
        self.awaited = Awaited(self.judge, s.lag)
        for p in self.proposers:
            p.start()

    def over(self) -> bool:
        """True when the budget is spent or nothing new or better comes; writes down why.

        What is being measured is waited for and taken in first: it is paid for.
        """
        self.closing = self.closing or self._reason()
        if self.closing and not len(self.awaited):
            self.ledger.stopped = self.closing
        return bool(self.ledger.stopped)

    def _reason(self) -> str:
        stagnation = self.settings.stagnation
        if len(self.ledger) >= self.budget.molecules:
            return "the budget of molecules is spent"
        if self.watch.total / 60 >= self.budget.minutes:
            return "the time is up"
        if self.empty >= 6:
            return "the generators propose nothing new any more"
        if stagnation and self.stagnant >= stagnation:
            return f"the best 20 stood still for {stagnation} rounds"
        return ""

    def round(self) -> dict[str, float]:
        """One round: propose, pick, judge, reward, remember, learn. Returns its figures."""
        untouched = self.number == 0
        left = 0 if self.closing else self.budget.molecules - len(self.ledger) - len(self.awaited)
        size = min(self.settings.first if untouched else self.settings.batch, left)
        pool = self._propose(size, untouched) if size else Pool()
        proposed = len(pool.mols)
        self._pick(pool, size)
        due, fresh = self._measured(pool)
        worth = rewards(fresh, self.judge.brief)
        collapsed = self._guard(due, worth)
        self.ledger.candidates += fresh
        self.ledger.turned_away += pool.away
        self.empty = 0 if len(pool.mols) or not size else self.empty + 1
        learned = self._learn(fresh, due.mols, worth)
        if untouched and fresh:
            totals = [c.total for c in fresh]
            self.prior_median, self.prior_mean = float(np.median(totals)), float(np.mean(totals))
            self._begin_from_ligands()
        row = self._figures(fresh, pool, learned)
        row |= {"collapsed": float(collapsed), "passed_over": float(proposed - len(pool.mols))}
        self.number += 1
        return row

    def _propose(self, size: int, untouched: bool) -> Pool:
        picks = self.surrogate.ready or bool(self.dear)
        wanted = round(size * self.settings.surplus) if picks and not untouched else size
        if untouched and self.plausibility.active:
            wanted = max(size, PRIOR_SAMPLE)
        asked = self.proposers[: 1 if untouched else None]
        numbers = shares(asked, wanted, self.settings.least_share)
        shared_out = list(zip(asked, numbers, strict=True))
        pool = gather(shared_out, self.judge, self.seen, self.plausibility, untouched, self.rng, self.watch)
        if untouched:
            self.seen.difference_update(pool.mols.smiles[size:])  # they set the bar; they may come again
            pool.take(range(min(size, len(pool.mols))))
        return pool

    def _pick(self, pool: Pool, size: int) -> None:
        """Cheap scorers and constraints see all proposals, the surrogate picks among those that pass."""
        cheap = np.ones(len(pool.mols))
        if self.dear and len(pool.mols):
            with self.watch.on("scoring"):
                screened: list[Candidate] = self.judge.screen(pool.mols)  # type: ignore[attr-defined]
            self.log += [(SCREENED, c) for c in screened]
            kept = [i for i, c in enumerate(screened) if not c.unmet]
            self.ledger.turned_away.update(name for c in screened for name in c.unmet)
            pool.take(kept)
            names = [o.name for o in self.judge.brief.objectives if o.name not in self.dear]
            cheap = share([screened[i] for i in kept], self.judge.brief, names)
        if len(pool.mols) > size:
            chosen = self.surrogate.pick(pool.mols, size, cheap, self.rng, self.awaited.mols)
            passed = set(range(len(pool.mols))) - set(chosen)
            pool.away[PASSED] += len(passed)
            self.seen.difference_update(pool.mols.smiles[i] for i in passed)  # another day they may be worth it
            pool.take(chosen)

    def _measured(self, pool: Pool) -> tuple[Pool, list[Candidate]]:
        """What is taken in this round, judged: ``pool`` itself, or one sent earlier where dear scorers work beside.

        The first round waits: everything is measured against the untouched prior's molecules.
        """
        number = self.number
        judged: list[Candidate] = []
        with self.watch.on("scoring"):
            if self.dear and self.settings.lag and self.number:
                if len(pool.mols):
                    self.awaited.send(self.number, pool)
                number, pool, judged = self.awaited.due(self.number) or (number, Pool(), [])
            elif len(pool.mols):
                judged = self.judge.judge(pool.mols)
        for c in judged:
            self.ledger.turned_away.update(c.unmet)
        made = [
            replace(c, lineage=Lineage(p.name, parents, number))
            for c, p, parents in zip(judged, pool.owners, pool.parents, strict=True)
        ]
        self.log += [(TRIED, c) for c in made]
        return pool, made

    def _guard(self, pool: Pool, worth: NDArray[np.float64]) -> int:
        collapsed = 0
        for p, valid, new in pool.shares:
            mine = worth[[i for i, owner in enumerate(pool.owners) if owner is p]]
            collapsed += p.guard(valid, new, float(mine.mean()) if len(mine) else float("nan"))
        return collapsed

    def _learn(self, fresh: list[Candidate], mols: MolBatch, worth: NDArray[np.float64]) -> dict[str, float]:
        """Remember the best, teach every proposer and the surrogate; returns the figures of the last step."""
        if not fresh:
            return {}
        smiles = [c.smiles for c in fresh]
        if np.isnan(self.prior_reward):
            self.prior_reward = min(float(np.median(worth)), 0.9)
        self._teach_surrogate(fresh, mols, worth)
        worth = self._widened(fresh, worth)
        kinds = murcko(mols)
        faded = np.minimum(self.scaffolds.faded(kinds, worth), self.series.faded(mols, worth))
        entered = set(self.replay.add(smiles, worth, kinds)) & self.replay.leaders(self.settings.elite)
        for p in self.proposers:
            mine = [c.smiles for c in fresh if c.lineage.proposer == p.name]
            p.record(sum(s in entered for s in mine), len(mine))
        figures: dict[str, float] = {}
        with self.watch.on("learning"):
            for p in self.proposers:
                figures |= p.generator.learn(smiles, self._contrast(faded))
            figures |= self._rehearse()
        self._watch()
        return figures

    def _rehearse(self) -> dict[str, float]:
        figures: dict[str, float] = {}
        for _ in range(self.settings.replays):
            again, their = self.replay.sample(self.settings.replay_batch, self.rng)
            for p in self.proposers:
                figures |= p.rehearse(again, self._contrast(their))
        return figures

    def _teach_surrogate(self, fresh: list[Candidate], mols: MolBatch, worth: NDArray[np.float64]) -> None:
        """What it is to predict is the share of the reward that is not known before it picks."""
        if self.settings.surplus <= 1:
            return
        names = [o.name for o in self.judge.brief.objectives if o.name not in self.dear]
        unknown = worth / share(fresh, self.judge.brief, names) if self.dear else worth
        self.surrogate.learn(mols, unknown, self.rng)

    def _widened(self, fresh: list[Candidate], worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """With the goal "pareto", rewards ``(n,)`` with the bonus for widening the front."""
        if self.front is None:
            return worth
        bonus, beaten = self.front.bonuses(fresh)
        self.plain |= {c.smiles: float(w) for c, w in zip(fresh, worth, strict=True) if c.smiles in self.front.members}
        self.replay.revalue({s: self.plain[s] for s in beaten if s in self.plain})
        return worth + BONUS * (1.0 - worth) * bonus

    def _begin_from_ligands(self) -> None:
        """Known chemistry into the memory, judged like everything else: most briefs reward almost nothing at random.

        The ligands are parents and lessons only; being known, they never enter the ledger. Where scorers are dear, no
        more of them than a round has molecules: they are measured beside the budget.
        """
        most = min(self.settings.ligands, self.settings.batch) if self.dear else self.settings.ligands
        mols, _ = batch(self.judge.ligands(most))
        if not len(mols):
            return
        with self.watch.on("scoring"):
            known = self.judge.judge(mols)
        self.log += [(KNOWN, c) for c in known]
        worth = rewards(known, self.judge.brief)
        self._teach_surrogate(known, mols, worth)
        self.replay.add(mols.smiles, worth, murcko(mols))
        self.taught = len(mols)
        with self.watch.on("learning"):
            self._rehearse()

    def _contrast(self, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Rewards as a generator learns them: 0 at what the prior's typical molecule earns, 1 at the best possible.

        Without it a lenient brief, where everything is worth 0.6, teaches that everything is good.
        """
        if not self.settings.contrast:
            return worth
        return np.clip((worth - self.prior_reward) / (1.0 - self.prior_reward), 0.0, 1.0)

    def _watch(self) -> None:
        """Bolder drawing, then a beginning again from the prior, memory kept, while the best 20 stand still."""
        best = float(self.replay.best(20).mean())
        better = best > self.best20 * _BETTER
        self.still = 0 if better else self.still + 1
        self.stagnant = 0 if better else self.stagnant + 1
        self.best20 = max(best, self.best20)
        warmth = 1.0 if better else self.warmth
        if self.settings.warm_after and self.still and self.still % self.settings.warm_after == 0:
            warmth = min(self.warmth * _STEP, WARMEST)
        if self.still >= self.settings.patience:
            self.still, warmth = 0, 1.0
            self.restarts += sum(p.begin_again() for p in self.proposers) > 0
        if warmth != self.warmth:
            self.warmth = warmth
            for p in self.proposers:
                p.warm(warmth)

    def _figures(self, fresh: list[Candidate], pool: Pool, learned: dict[str, float]) -> dict[str, float]:
        self.best = max([self.best, *(c.total for c in fresh if c.meets_all)])
        row = {
            "round": float(self.number),
            "judged": float(len(self.ledger)),
            "budget": float(self.budget.molecules),
            "best": self.best,
            "mean": float(np.mean([c.total for c in fresh])) if fresh else 0.0,
            "median": float(np.median([c.total for c in fresh])) if fresh else 0.0,
            "met": float(np.mean([c.meets_all for c in fresh])) if fresh else 0.0,
            "valid": pool.valid / pool.proposed if pool.proposed else 0.0,
            "turned_away": float(sum(pool.away.values()) + sum(not c.meets_all for c in fresh)),
            "scaffolds": float(len(self.scaffolds)),
            "series": float(len(self.series)),
            "restarts": float(self.restarts),
            "warmth": self.warmth,
            "ligands": float(self.taught),
            "prior_median_total": self.prior_median,
            "prior_mean_total": self.prior_mean,
        }
        if self.front is not None:
            row |= {"hypervolume": self.front.volume.value, "front": float(len(self.front.members))}
        row |= {f"share_{p.name}": p.credit for p in self.proposers}
        return row | {f"learn_{k}": float(v) for k, v in learned.items()}

    def state(self) -> dict[str, Any]:
        """Everything but what was judged, for ``restore``; what arrived early joins the log, so that it is not lost."""
        self.log += [(ARRIVED, c) for c in self.awaited.arrived()]
        return {
            "awaited": self.awaited.state(self.proposers),
            "numbers": {name: getattr(self, name) for name in _NUMBERS},
            "rng": self.rng.bit_generator.state,
            "seen": self.seen,
            "plain": self.plain,
            "turned_away": self.ledger.turned_away,
            "history": self.ledger.history,
            "bar": self.plausibility.bar,
            "proposers": [p.state() for p in self.proposers],
            "front": None if self.front is None else self.front.state(),
            **{name: getattr(self, name).state() for name in _PARTS},
        }

    def restore(self, state: dict[str, Any], judged: Sequence[tuple[str, Candidate]]) -> None:
        """Go on from another run's ``state`` and what it had judged."""
        for name in _NUMBERS:
            setattr(self, name, state["numbers"][name])
        for name in _PARTS:
            getattr(self, name).restore(state[name])
        self.rng.bit_generator.state = state["rng"]
        self.seen, self.plain, self.plausibility.bar = set(state["seen"]), dict(state["plain"]), state["bar"]
        for p, told in zip(self.proposers, state["proposers"], strict=True):
            p.restore(told)
        if self.front is not None:
            self.front.restore(state["front"])
        self.ledger = Ledger(
            [c for kind, c in judged if kind == TRIED], Counter(state["turned_away"]), list(state["history"])
        )
        remember = getattr(self.judge, "remember", None)
        if callable(remember):  # else it measures again what it is asked again
            remember([c for kind, c in judged if kind != SCREENED], [c for kind, c in judged if kind == SCREENED])
        self.awaited.restore(state["awaited"], self.proposers)


_NUMBERS = (
    "number", "empty", "still", "stagnant", "restarts", "best20", "best", "prior_median", "prior_mean", "prior_reward",
    "taught", "warmth", "closing",
)  # fmt: skip
_PARTS = ("replay", "scaffolds", "series", "surrogate", "watch")
