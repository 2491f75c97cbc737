"""``sartor bench pmo``: practical molecular optimization (Gao 2022, arXiv 2206.12411), run and set beside others.

Track A: every score counts, start molecules come from the shipped prior (or a file), unlabelled. Track B: the
molecules of a file are scored first and for free, as InVirtuoGen, GenMol and f-RAG do with ZINC250k.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sartor.chem import parse
from sartor.core import IntakeError, OrderError

from .pmo_meter import Meter, auc, described, top
from .pmo_methods import METHODS, Fresh
from .pmo_tasks import CLASSIFIERS, PMO, oracle

Say = Callable[[str], None]
FREE = 500  # of the free labels of track B, this many of the best are told to the search, and as many others
FIGURES = (
    "auc_top1", "auc_top10", "auc_top100", "top1", "top10", "top100", "diversity", "sa", "rule_filter",
    "seconds_total", "seconds_oracle", "seconds_cpu",
)  # fmt: skip


def measure_task(
    task: str,
    track: str = "a",
    calls: int = 10_000,
    seed: int = 0,
    method: str = "default",
    start: Path | None = None,
    say: Say = lambda text: None,
) -> dict[str, Any]:
    """The figures of one run, with every molecule in the order of its call under ``scores``.

    ``seconds_total`` is wall time with the start molecules and the oracle in it, ``seconds_oracle`` that of the
    oracle on counted molecules; ``seconds_labels`` that of the free labels, which is in neither; ``seconds_cpu`` is
    processor time of all that ``seconds_total`` spans.
    """
    if method not in METHODS:
        raise OrderError(f"no method {method!r}; there are {', '.join(METHODS)}")
    if track not in ("a", "b"):
        raise OrderError(f"--track is a or b, not {track!r}")
    if track == "b" and start is None:
        raise OrderError("track b scores a file of molecules for free: name it with --start (ZINC250k, say)")
    score = oracle(task)
    rng = np.random.default_rng(seed)
    texts = read_start(start) if start else []
    began = time.perf_counter()
    known = labelled(texts, score) if track == "b" else []
    labels = time.perf_counter() - began
    meter = Meter(score, calls, lambda n, ten: say(f"  {task} seed {seed}: {n}/{calls} calls, top 10 {ten:.3f}"))
    began, busy = time.perf_counter(), time.process_time()
    METHODS[method](meter, from_list(texts, rng) if texts else from_prior(), _few(known, rng), rng)
    total, busy = time.perf_counter() - began, time.process_time() - busy
    values = list(meter.scores.values())
    ranked = sorted(meter.scores, key=lambda s: -meter.scores[s])
    figures: dict[str, Any] = {"task": task, "track": track, "seed": seed, "method": method, "calls": len(values)}
    figures |= {"budget": calls, "free_labels": len(known), "oracle": "retrained" if task in CLASSIFIERS else "RDKit"}
    for n in (1, 10, 100):
        figures[f"auc_top{n}"], figures[f"top{n}"] = auc(values, n, calls), top(values, n)
    figures |= described(ranked[:100])
    figures |= {"seconds_total": total, "seconds_oracle": meter.seconds, "seconds_labels": labels}
    figures["seconds_cpu"] = busy
    figures |= {"best": ranked[:10], "best_scores": [meter.scores[s] for s in ranked[:250]]}
    figures["scores"] = meter.scores
    return figures


def read_start(path: Path) -> list[str]:
    """The molecules of a file, one SMILES a line (a name may follow, a header is passed over), canonical, distinct."""
    if not path.is_file():
        raise IntakeError("no such file", file=path, remedy="give a text file with one SMILES a line")
    words = (line.replace(",", " ").split() for line in path.read_text(encoding="utf-8").splitlines())
    names = dict.fromkeys(parse.canonical(w[0]) for w in words if w)
    made = [name for name in names if name]
    if not made:
        raise IntakeError("not one valid SMILES", file=path, remedy="give a text file with one SMILES a line")
    return made


def labelled(texts: Sequence[str], score: Callable[[Any], float]) -> list[tuple[str, float]]:
    """Every molecule with its score, the best first."""
    return sorted(((t, float(score(parse.parse(t)))) for t in texts), key=lambda row: -row[1])


def _few(known: list[tuple[str, float]], rng: np.random.Generator) -> list[tuple[str, float]]:
    rest = known[FREE:]
    return known[:FREE] + [rest[i] for i in rng.choice(len(rest), size=min(FREE, len(rest)), replace=False)]


def from_prior(name: str = "prior") -> Fresh:
    """Start molecules from a shipped language model: neither its training molecules nor known drugs."""
    model: list[Any] = []

    def fresh(n: int, rng: np.random.Generator) -> Sequence[str]:
        from sartor.generate.language_model import LanguageModel

        if not model:
            model.append(LanguageModel(LanguageModel.Config(weights=name)))
        return list(model[0].propose(n, rng))

    return fresh


def from_list(texts: Sequence[str], rng: np.random.Generator) -> Fresh:
    """Start molecules from a list, in an order drawn once, each once."""
    order = iter(rng.permutation(len(texts)))
    return lambda n, _: [texts[i] for _, i in zip(range(n), order, strict=False)]


def measure_many(
    tasks: Sequence[str],
    seeds: Sequence[int],
    out: Path | None,
    say: Say = lambda text: None,
    **settings: Any,
) -> list[dict[str, Any]]:
    """Every task with every seed; with a folder ``out``, runs that are there already are read, not run again."""
    rows = []
    for task in tasks:
        for seed in seeds:
            place = None if out is None else out / _name(task, seed, settings)
            if place is not None and place.exists():
                rows.append(json.loads(place.read_text(encoding="utf-8")))
                continue
            row = measure_task(task, seed=seed, say=say, **settings)
            scores = row.pop("scores")
            if place is not None:
                place.parent.mkdir(parents=True, exist_ok=True)
                lines = "".join(f"{smiles}\t{score:.6g}\n" for smiles, score in scores.items())
                place.with_suffix(".tsv").write_text("smiles\tscore\n" + lines, encoding="utf-8")
                place.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")
            rows.append(row)
            say(f"{task} seed {seed}: AUC top 10 {row['auc_top10']:.3f} in {row['seconds_total']:.0f} s")
    return rows


def _name(task: str, seed: int, settings: dict[str, Any]) -> str:
    kind = f"{settings.get('method', 'default')}-{settings.get('track', 'a')}-{settings.get('calls', 10_000)}"
    return f"{kind}/{task}-{seed}.json"


def summary(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Mean and sample deviation over seeds of every figure by task, and the sums over the tasks of each kind."""
    by_task: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_task.setdefault(row["task"], []).append(row)
    tasks: dict[str, Any] = {}
    for task, each in by_task.items():
        tasks[task] = {name: float(np.mean([r[name] for r in each])) for name in FIGURES}
        spread = [r["auc_top10"] for r in each]
        tasks[task] |= {"seeds": len(each), "auc_top10_sd": float(np.std(spread, ddof=1)) if len(each) > 1 else None}
    plain = [t for t in tasks if t in PMO]
    return {
        "tasks": tasks,
        "sum_auc_top10_rdkit": sum(tasks[t]["auc_top10"] for t in plain),
        "rdkit_tasks": len(plain),
        "complete": len(plain) == len(PMO),
        "retrained_tasks": [t for t in tasks if t in CLASSIFIERS],
    }
