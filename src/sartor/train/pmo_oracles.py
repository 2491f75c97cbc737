"""Train the classifiers of three PMO tasks into the user's cache (see sartor.bench.pmo_classifiers)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import RandomForestClassifier

from sartor.bench.pmo_classifiers import FILES, TREES, classifier, place, read_labels
from sartor.core import IntakeError


def train_oracles(data: Path, seed: int = 0, say: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Every classifier whose labels lie in ``data``; those without are named with the file they want."""
    if not any((data / file).is_file() for file in FILES.values()):
        raise IntakeError("no labels", file=data, remedy="give a folder with any of " + ", ".join(FILES.values()))
    told: dict[str, Any] = {}
    for name, file in FILES.items():
        if not (data / file).is_file():
            told[name] = {"trained": False, "why_not": f"no {file} there"}
            continue
        x, y = read_labels(data / file)
        say(f"{name}: {len(y)} labels, {int(y.sum())} active")
        model = RandomForestClassifier(TREES, random_state=seed, n_jobs=1).fit(x, y)
        path = place(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = dict(arrays_of(model))
        np.savez_compressed(path, **arrays)
        told[name] = {"trained": True, "labels": len(y), "active": int(y.sum()), "file": path.name}
    classifier.cache_clear()
    return told


def arrays_of(model: RandomForestClassifier) -> dict[str, np.ndarray]:
    """The forest as arrays: children, the feature asked and the share of actives of every node, and the roots."""
    trees = [e.tree_ for e in model.estimators_]
    starts = np.cumsum([0, *(t.node_count for t in trees[:-1])])
    shifted = [np.where(t.children_left >= 0, t.children_left + s, -1) for t, s in zip(trees, starts, strict=True)]
    right = [np.where(t.children_right >= 0, t.children_right + s, -1) for t, s in zip(trees, starts, strict=True)]
    shares = [t.value[:, 0, :] / t.value[:, 0, :].sum(axis=1, keepdims=True) for t in trees]
    return {
        "roots": starts.astype(np.int64),
        "left": np.concatenate(shifted).astype(np.int32),
        "right": np.concatenate(right).astype(np.int32),
        "feature": np.concatenate([np.maximum(t.feature, 0) for t in trees]).astype(np.int16),
        "active": np.concatenate([s[:, 1] for s in shares]).astype(np.float32),
    }
