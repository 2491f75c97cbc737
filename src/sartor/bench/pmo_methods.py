"""Search methods for the benchmark: ours, and the published ones it is compared with, from the same start.

Each takes a meter (score of a SMILES, None when the budget is spent), a source of molecules to start from, and a
random generator. Settings of the published ones are those of their authors unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from sartor.chem import parse, views
from sartor.chem.mutate import cross, draft, edit
from sartor.ml import tanimoto_gp
from sartor.optimize.steady_state import SteadyState

from .pmo_meter import Meter

Fresh = Callable[[int, np.random.Generator], Sequence[str]]
Known = Sequence[tuple[str, float]]
Method = Callable[[Meter, Fresh, Known, np.random.Generator], None]


def default(meter: Meter, fresh: Fresh, known: Known, rng: np.random.Generator) -> None:
    """Ours: sartor.optimize.steady_state with its general settings."""
    search = SteadyState(SteadyState.Config(), meter, fresh, rng)
    search.teach(known)
    search.run()


def random(meter: Meter, fresh: Fresh, known: Known, rng: np.random.Generator) -> None:
    """The start molecules one after the other."""
    _measured(meter, _stream(fresh, rng))


def mol_ga(meter: Meter, fresh: Fresh, known: Known, rng: np.random.Generator) -> None:
    """Mol GA (Tripp & Hernandez-Lobato 2023, arXiv 2310.09267): steady state, five children a generation.

    Parents come evenly from the best 10^-u of up to 10,000 molecules, u even in 0..3; a tenth of the children are
    edits of one parent, the others crosses, one in a hundred of which is edited.
    """
    rows = _begun(meter, fresh, known, rng)
    while rows and not meter.over():
        rows = sorted(rows, key=lambda r: -r[1])[:10_000]
        drafts: list[Any] = []
        while len(drafts) < 5:
            first, second = (rows[_quantile(len(rows), rng)][0] for _ in range(2))
            child = edit(first, rng) if rng.random() < 0.1 else cross(first, second, rng)
            if child is not None and rng.random() < 0.01:
                child = edit(draft(child), rng) or child
            if child is not None:
                drafts.append(draft(child))
        rows += _measured(meter, drafts, {s for s, _ in rows})


def graph_ga(meter: Meter, fresh: Fresh, known: Known, rng: np.random.Generator) -> None:
    """Graph GA (Jensen 2019) as mol_opt runs it: 120 in the population, 70 children, mutation 0.067, parents drawn by
    score; it does not stop early, since the budget is what is compared.
    """
    rows = sorted(_begun(meter, fresh, known, rng, 120), key=lambda r: -r[1])[:120]
    while rows and not meter.over():
        worth = np.array([v for _, v in rows]) + 1e-10
        mates = rng.choice(len(rows), size=120, p=worth / worth.sum())
        drafts: list[Any] = []
        for _ in range(70):
            first, second = (rows[i][0] for i in rng.choice(mates, size=2))
            child = cross(first, second, rng)
            if child is not None and rng.random() < 0.067:
                child = edit(draft(child), rng)
            if child is not None:
                drafts.append(draft(child))
        new = _measured(meter, drafts, {s for s, _ in rows})
        rows = sorted(dict([*rows, *new]).items(), key=lambda r: -r[1])[:120]


def gp_bo(meter: Meter, fresh: Fresh, known: Known, rng: np.random.Generator) -> None:
    """Tripp's GP BO: Tanimoto process on count Morgan 3 (mean 0, variance 1, noise 1e-4, nothing fitted), mean + beta
    deviations with beta log-even in 0.01..1, its maximum sought by an inner genetic search; greedy after 1,000 calls.

    Theirs spends five inner generations of 200 children on each call; ours two of 40, so that a run takes minutes.
    """
    rows = _begun(meter, fresh, known, rng, 10)
    if not rows:
        return
    process = tanimoto_gp.fit(_prints([s for s, _ in rows]), [v for _, v in rows], noise=1e-4, mean=0.0, scale=1.0)
    pool = dict.fromkeys(fresh(200, rng), 0.0)
    while len(meter.scores) < min(1000, meter.calls):
        beta = 10 ** rng.uniform(-2.0, 0.0)
        inner = dict(rows) | pool
        for _ in range(2):
            ranked = sorted(inner, key=lambda s: -inner[s])[:200]
            children = [c for c in (_bred(ranked, rng) for _ in range(40)) if c and c not in inner]
            if children:
                mean, sd = process.predict(_prints(children))
                inner |= dict(zip(children, (mean + beta * sd).tolist(), strict=True))
        waiting = sorted((s for s in inner if s not in meter.scores), key=lambda s: -inner[s])
        if not waiting:
            break
        new = _measured(meter, waiting[:1])
        if new:
            rows += new
            process = process.add(_prints([new[0][0]]), [new[0][1]], [1e-4])
        pool = {s: inner[s] for s in waiting[1:300]}
    while not meter.over():  # what is left goes to the best by mean, refilled by breeding
        ranked = [s for s, _ in sorted(rows, key=lambda r: -r[1])[:200]]
        made = list({c for c in (_bred(ranked, rng) for _ in range(400)) if c and c not in meter.scores})
        order: Any = np.argsort(-process.predict(_prints(made))[0]) if made else []
        rows += _measured(meter, [made[i] for i in order[:100]])


def reinvent(meter: Meter, fresh: Fresh, known: Known, rng: np.random.Generator) -> None:
    """REINVENT as tuned for PMO (sigma 500, rate 5e-4, batch 64, replay 24 of the best 100) on the shipped prior."""
    from sartor.generate.language_model import LanguageModel
    from sartor.optimize.replay import Replay

    model = LanguageModel(LanguageModel.Config(loss="dap", sigma=500.0, rate=5e-4, batch=88))
    memory = Replay(100, per_scaffold=100, k=0.05)
    if known:
        memory.add([s for s, _ in known], np.array([v for _, v in known]), [""] * len(known))
    idle = 0
    while not meter.over() and idle < 20:
        rows = _measured(meter, list(dict.fromkeys(model.raw(64, rng))))
        idle = 0 if rows else idle + 1
        again, values = memory.sample(24, rng)
        smiles = [s for s, _ in rows]
        own = np.array([v for _, v in rows])
        model.learn([*smiles, *again], np.concatenate([own, values]))
        memory.add(smiles, own, [""] * len(smiles))


METHODS: dict[str, Method] = {
    "default": default,
    "mol-ga": mol_ga,
    "graph-ga": graph_ga,
    "gp-bo": gp_bo,
    "reinvent": reinvent,
    "random": random,
}


def _measured(meter: Meter, texts: Any, but: set[str] | None = None) -> list[tuple[str, float]]:
    """Canonical SMILES and score of each that parses and is not among ``but``, until the budget is spent."""
    rows: list[tuple[str, float]] = []
    for text in texts:
        name = parse.canonical(text)
        if name is None or (but is not None and name in but):
            continue
        score = meter(name)
        if score is None:
            break
        rows.append((name, score))
    return rows


def _begun(meter: Meter, fresh: Fresh, known: Known, rng: np.random.Generator, n: int = 100) -> list[tuple[str, float]]:
    """The first rows: what is known for free, else ``n`` of the start molecules, measured."""
    return list(known) or _measured(meter, fresh(n, rng))


def _stream(fresh: Fresh, rng: np.random.Generator) -> Iterator[str]:
    while more := fresh(500, rng):
        yield from more


def _quantile(size: int, rng: np.random.Generator) -> int:
    """A place in the best 10^-u of ``size``, u even in 0..3."""
    return int(rng.integers(max(1, int(size * 10 ** -rng.uniform(0.0, 3.0)))))


def _bred(ranked: Sequence[str], rng: np.random.Generator) -> str | None:
    first, second = (ranked[_quantile(len(ranked), rng)] for _ in range(2))
    child = edit(first, rng) if first == second or rng.random() < 0.3 else cross(first, second, rng)
    return None if child is None else parse.canonical(draft(child))


def _prints(smiles: Sequence[str]) -> Any:
    return views.counts([m for s in smiles if (m := parse.parse(s)) is not None], (True, False, False))[0]
