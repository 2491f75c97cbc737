"""Is the shared network worth it? One target at a time, the same folds: nearest neighbours and boosted trees."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from lightgbm import LGBMRegressor
from numpy.typing import NDArray

from sartor.chem.fingerprints import tanimoto

from .potency_data import FOLDS, PotencyData

TARGETS = ("ABL1", "DRD2", "EGFR", "HTR2A", "JAK2")


def _neighbours(train: NDArray[np.uint8], y: NDArray[np.float64], test: NDArray[np.uint8]) -> NDArray[np.float64]:
    near = tanimoto(np.packbits(test > 0, axis=1), np.packbits(train > 0, axis=1))
    best = np.argsort(-near, axis=1)[:, :5]
    weight = np.take_along_axis(near, best, axis=1) ** 3 + 1e-6
    answer: NDArray[np.float64] = (y[best] * weight).sum(axis=1) / weight.sum(axis=1)
    return answer


def _trees(train: NDArray[np.uint8], y: NDArray[np.float64], test: NDArray[np.uint8], seed: int) -> NDArray[np.float64]:
    model = LGBMRegressor(
        n_estimators=200,
        learning_rate=0.08,
        num_leaves=31,
        colsample_bytree=0.2,
        random_state=seed,
        n_jobs=1,
        verbose=-1,
    )
    model.fit(train.astype(np.float32), y)
    return np.asarray(model.predict(test.astype(np.float32)), dtype=float)


def compare(
    data: PotencyData,
    answers: dict[str, NDArray[np.float32]],
    seed: int,
    say: Callable[[str], None],
    keep: Path,
) -> dict[str, dict[str, float]]:
    """Scaffold-split R2 on exact labels of a few targets: ``answers (labels,)``, nearest neighbours, boosted trees."""
    if keep.exists():
        out: dict[str, dict[str, float]] = json.loads(keep.read_text())
    else:
        out = {name: _one(data, name, seed) for name in TARGETS if name in data.tasks}
        keep.write_text(json.dumps(out))
    for name, figures in out.items():
        mine = data.task == data.tasks.index(name)
        exact = mine & (data.kind == 0)
        y = data.value[exact].astype(float)
        for who, guess in answers.items():
            figures[who] = round(1 - float(((y - guess[exact]) ** 2).mean() / y.var()), 3)
        say(f"{name}: {figures}")
    return out


def _one(data: PotencyData, name: str, seed: int) -> dict[str, float]:
    rows, value, kind = data.of_task(data.tasks.index(name))
    rows, y = rows[kind == 0], value[kind == 0].astype(float)
    x, fold = data.dense(rows), data.fold[rows]
    answers = {"nearest neighbours": np.empty(len(y)), "boosted trees": np.empty(len(y))}
    for f in range(FOLDS):
        a, b = fold != f, fold == f
        answers["nearest neighbours"][b] = _neighbours(x[a], y[a], x[b])
        answers["boosted trees"][b] = _trees(x[a], y[a], x[b], seed)
    return {k: round(1 - float(((y - v) ** 2).mean() / y.var()), 3) for k, v in answers.items()}
