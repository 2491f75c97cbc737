"""The search measured: the same brief, budget and seeds, with one thing changed at a time."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sartor.app import parts
from sartor.core import Generator, Ledger, OrderError, Refusal
from sartor.optimize.pareto import Hypervolume
from sartor.optimize.search import INTERRUPTED, Reinforcement
from sartor.optimize.select import select
from sartor.score.judge import PatientJudge

from .search_cases import JudgeMaker, judge_maker

SHORTLIST, DISTANCE = 20, 0.4
SHARES = ("proposing", "plausibility", "scoring", "learning", "keeping", "loop")
FIGURES = ("hypervolume", "shortlist_median", "best", "top10_auc")
_NEVER = 1_000_000


@dataclass(frozen=True, slots=True)
class Variant:
    """Settings of the search and of its proposers that differ from the defaults, and what for."""

    says: str
    search: Mapping[str, Any] = field(default_factory=dict)
    use: tuple[str, ...] = ("language-model", "genetic")
    model: Mapping[str, Any] = field(default_factory=dict)
    breeds: bool = False


# Nothing of the house's own: no ligands, no surrogate, raw rewards, no safeguards
_PLAIN = {
    "first": 128, "surplus": 1.0, "ligands": 0, "plausible": 0.0, "contrast": False, "warm_after": 0,
    "patience": _NEVER,
}  # fmt: skip

VARIANTS: dict[str, Variant] = {
    "default": Variant("what `sartor design` does"),
    "first-128": Variant("measures 128 of the prior's molecules before it learns", {"first": 128}),
    "no-surrogate": Variant("every proposal is measured", {"surplus": 1.0}),
    "surplus-4": Variant("four proposals behind each measurement", {"surplus": 4.0}),
    "ensemble": Variant("the bootstrap ensemble picks", {"surrogate": "ensemble"}),
    "no-ligands": Variant("begins from the prior alone, as REINVENT and Graph GA do here", {"ligands": 0}),
    "more-genetic": Variant("nobody proposes less than two fifths", {"least_share": 0.4}),
    "no-ligands-more-genetic": Variant(
        "neither ligands nor less than two fifths for anybody", {"ligands": 0, "least_share": 0.4}
    ),
    "no-ligands-strange": Variant("neither ligands nor the bar of plausibility", {"ligands": 0, "plausible": 0.0}),
    "more-genetic-surplus-4": Variant(
        "nobody proposes less than two fifths, four proposals behind each measurement",
        {"least_share": 0.4, "surplus": 4.0},
    ),
    "elite": Variant("credit for the best 64 only", {"elite": 64}),
    "elite-surplus-4": Variant("the same, four proposals behind each measurement", {"elite": 64, "surplus": 4.0}),
    "transformer": Variant("the shipped transformer proposes", model={"weights": "transformer"}),
    "no-genetic": Variant("the language model alone", use=("language-model",)),
    "no-replay": Variant("learns from each molecule once", {"replays": 0}),
    "no-randomization": Variant("replays the canonical text only", model={"replay_random": 0.0}),
    "randomization": Variant("half of the replayed molecules written anew", model={"replay_random": 0.5}),
    "dap": Variant("REINVENT's loss", model={"loss": "dap"}),
    "ahc": Variant("augmented hill-climb", model={"loss": "ahc"}),
    "reinforce": Variant("policy gradient, leave-one-out baseline", model={"loss": "reinforce"}),
    "tb": Variant("trajectory balance", model={"loss": "tb"}),
    "pareto": Variant("rewards for widening the front", {"goal": "pareto"}),
    "earlier": Variant(
        "our default before the surrogate",
        {"surplus": 1.0, "warm_after": 0, "first": 128},
        model={"replay_random": 0.0},
    ),
    "reinvent": Variant(
        "plain REINVENT on the same prior: sigma 128, rate 1e-4, replay of 10 from the best 100",
        {**_PLAIN, "first": 64, "replays": 1, "replay_batch": 10, "memory": 100, "per_scaffold": 100},
        use=("language-model",),
        model={"loss": "dap", "sigma": 128.0, "rate": 1e-4, "confidence_penalty": 0.0, "replay_random": 0.0},
    ),
    "graph-ga": Variant(
        "Graph GA from a sample of the same prior (population 100)",
        {**_PLAIN, "replays": 0},
        use=("genetic",),
        breeds=True,
    ),
    "graph-ga-ligands": Variant(
        "the same, told the same measured ligands as the default",
        {**_PLAIN, "ligands": 300, "replays": 1, "replay_batch": 300},
        use=("genetic",),
        breeds=True,
    ),
    "graph-ga-ligands-surrogate": Variant(
        "the same with the ligands, each molecule picked by the surrogate from four children",
        {**_PLAIN, "ligands": 300, "replays": 1, "replay_batch": 300, "surplus": 4.0},
        use=("genetic",),
        breeds=True,
    ),
    "graph-ga-surrogate": Variant(
        "the same, each molecule picked by the surrogate from two children",
        {**_PLAIN, "replays": 0, "surplus": 2.0},
        use=("genetic",),
        breeds=True,
    ),
}


class Bred:
    """A genetic proposer whose first molecules are another generator's: what a genetic algorithm starts from."""

    def __init__(self, start: Generator, genetic: Any) -> None:
        self._start, self._genetic = start, genetic
        self._told = False
        self.card = genetic.card

    @property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """Where the latest children came from."""
        parents: Mapping[str, tuple[str, ...]] = self._genetic.parents
        return parents

    def propose(self, n: int, rng: np.random.Generator) -> list[str]:
        """Of the start until something was learned, then children."""
        made: list[str] = self._genetic.propose(n, rng) if self._told else self._start.propose(n, rng)
        return made

    def learn(self, smiles: Sequence[str], rewards: np.ndarray) -> dict[str, float]:
        """Parents of the children to come."""
        self._told = self._told or len(smiles) > 0
        figures: dict[str, float] = self._genetic.learn(smiles, rewards)
        return figures

    def state(self) -> dict[str, Any]:
        """A copy, for ``restore``."""
        return {"genetic": self._genetic.state(), "told": self._told}

    def restore(self, state: dict[str, Any]) -> None:
        """Back to what ``state`` copied."""
        self._genetic.restore(state["genetic"])
        self._told = state["told"]


def measure_search(
    case: str,
    variants: Sequence[str],
    molecules: int,
    seeds: Sequence[int],
    work: Path,
    say: Callable[[str], None] = lambda _: None,
    minutes: float | None = None,
) -> dict[str, Any]:
    """Every variant with every seed on ``case``; figures with their spread, by variant.

    With ``minutes`` a run also ends when so much wall-clock time has passed. Finished runs are read back
    from ``work`` and a broken-off one goes on, so the same command can be given again.
    """
    strange = [v for v in variants if v not in VARIANTS]
    if strange:
        raise OrderError(f"there is no variant {strange[0]!r}; known: {', '.join(VARIANTS)}")
    work.mkdir(parents=True, exist_ok=True)
    maker = judge_maker(case)
    rows: dict[str, list[dict[str, Any]]] = {v: [] for v in variants}
    for seed in seeds:
        for name in variants:
            timed = "" if minutes is None else f"-{minutes:g}min"
            stem = work / f"{_slug(case)}-{name}-{molecules}-{seed}{timed}"
            rows[name].append(_one(maker, name, _Budget(molecules, minutes or 1e9), seed, stem))
            told = rows[name][-1]
            say(f"{name}, seed {seed}: " + ", ".join(f"{f} {told[f]:.4f}" for f in FIGURES))
    return {
        "case": case,
        "molecules": molecules,
        "minutes": minutes,
        "seeds": list(seeds),
        "variants": {name: {"says": VARIANTS[name].says, **summary(found)} for name, found in rows.items()},
    }


def summary(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Mean, standard deviation and values over seeds of the figures, and mean seconds."""
    out: dict[str, Any] = {}
    for f in FIGURES:
        values = [float(r[f]) for r in rows]
        out[f] = {
            "mean": float(np.mean(values)),
            "sd": float(np.std(values, ddof=1)) if len(values) > 1 else None,
            "values": values,
        }
    out["curve"] = np.mean([r["curve"] for r in rows], axis=0).tolist()
    out["cpu_seconds"] = float(np.mean([r["cpu_seconds"] for r in rows]))
    out["tried"] = float(np.mean([r["tried"] for r in rows]))
    out["shares"] = {
        name: float(np.mean([r["seconds"].get(name, 0.0) / max(r["seconds"]["total"], 1e-9) for r in rows]))
        for name in SHARES
    }
    out["loop_share"] = float(np.mean([r["loop_share"] for r in rows]))
    out["shortlist"] = float(np.mean([r["shortlist"] for r in rows]))
    return out


@dataclass(frozen=True, slots=True)
class _Budget:
    molecules: int
    minutes: float = 1e9


def _one(maker: JudgeMaker, name: str, budget: _Budget, seed: int, stem: Path) -> dict[str, Any]:
    """One run, read back where it is finished."""
    done = stem.with_name(stem.name + ".json")
    if done.exists():
        found: dict[str, Any] = json.loads(done.read_text())
        return found
    variant = VARIANTS[name]
    judge = maker()
    optimizer: Reinforcement = parts.make("optimizers", "reinforcement", variant.search)
    optimizer.keep_in(stem)
    began = time.process_time()
    ledger = optimizer.search(_proposers(variant), judge, budget, np.random.default_rng(seed))
    if ledger.stopped == INTERRUPTED:
        raise KeyboardInterrupt
    row = {**figures(ledger, judge, budget.molecules), "cpu_seconds": time.process_time() - began}
    seconds = optimizer.seconds
    row |= {"seconds": seconds, "loop_share": seconds["loop"] / max(seconds["total"], 1e-9)}
    scratch = done.with_name(f".{done.name}.writing")
    scratch.write_text(json.dumps(row))
    os.replace(scratch, done)
    for end in (".npz", ".jsonl"):
        stem.with_name(stem.name + end).unlink(missing_ok=True)
    return row


def _proposers(variant: Variant) -> list[Generator]:
    if variant.breeds:
        model = parts.make("generators", "language-model", variant.model)
        return [Bred(model, parts.make("generators", "genetic", {"pool": 100}))]
    settings = {"language-model": variant.model}
    return parts.generators(variant.use, settings)


def figures(ledger: Ledger, judge: PatientJudge, molecules: int) -> dict[str, Any]:
    """What a ledger is worth.

    ``hypervolume``: share of the cube of worths dominated by what meets every constraint. ``shortlist_median``: median
    total of at most 20 molecules at Tanimoto distance 0.4 or more, 0 where none qualifies. ``best``: the best total.
    ``top10_auc``: area under the mean of the ten best totals over molecules measured, in tenths of the budget, as a
    share of 1; ``curve`` holds the ten heights. Molecules that cross a constraint count as worth nothing.
    """
    names = [o.name for o in judge.brief.objectives]
    fit = [c for c in ledger.candidates if c.meets_all]
    volume = Hypervolume(len(names))
    volume.add(np.array([[c.worth[n] for n in names] for c in fit]).reshape(len(fit), len(names)))
    try:
        chosen = [c.total for c in select(ledger, SHORTLIST, DISTANCE)]
    except Refusal:
        chosen = []
    totals = np.array([c.total if c.meets_all else 0.0 for c in ledger.candidates])
    curve = []
    for step in range(1, 11):
        best = np.sort(totals[: round(molecules * step / 10)])[::-1][:10]
        curve.append(float(best.sum() / 10))
    return {
        "hypervolume": volume.value,
        "shortlist_median": float(np.median(chosen)) if chosen else 0.0,
        "shortlist": len(chosen),
        "best": float(totals.max(initial=0.0)),
        "top10_auc": float(np.mean(np.convolve([0.0, *curve], [0.5, 0.5], mode="valid"))),
        "curve": curve,
        "tried": len(ledger),
        "met": len(fit) / max(len(ledger), 1),
    }


def _slug(case: str) -> str:
    path = Path(case)
    text = path.parent.name if path.suffix == ".toml" and path.parent.name else case
    return "".join(c if c.isalnum() else "-" for c in text)[:40]
