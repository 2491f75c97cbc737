"""Takes the trees of endpoints that have not changed from the shipped weights, so that a new endpoint costs its own.

The folds hang on scaffold and seed alone: member k of a shipped forest never saw fold k, and its scores there are the
out-of-fold scores that training would have given.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.ml.trees import Forest, Questions, unpack_trees

from .admet_data import FOLDS, Labels, Pool

Edges = tuple[NDArray[np.float32], ...]
Fitted = tuple[list[list[dict[str, Any]]], NDArray[np.float64]]
_ARRAYS = ("depth", "split", "node", "leaf", "scale", "offset")


def with_edges_of(arrays: dict[str, NDArray[Any]], edges: Edges) -> Edges:
    """The descriptors' bin edges with those that the shipped questions ask at."""
    column, edge = arrays["descriptors/column"], arrays["descriptors/edge"].astype(np.float32)
    return tuple(np.unique(np.concatenate([e, edge[column == i]])) for i, e in enumerate(edges))


def kept_trees(arrays: dict[str, NDArray[Any]], name: str, pool: Pool, labels: Labels, edges: Edges) -> Fitted:
    """What ``admet_fit.fit`` would return for a shipped endpoint: its members' trees and out-of-fold scores."""
    forest = unpack_trees({k: arrays[f"{name}/{k}"] for k in _ARRAYS})
    bank = (
        Questions(arrays["counts/column"], arrays["counts/edge"]),
        Questions(arrays["descriptors/column"], arrays["descriptors/edge"]),
    )
    score = np.empty(len(labels.rows))
    fold = pool.fold[labels.rows]
    for start in range(0, len(score), 2048):
        rows = labels.rows[start : start + 2048]
        answers = np.concatenate([bank[0].answer(pool.counts[rows]), bank[1].answer(pool.descriptors[rows])])
        members = forest.scores(answers, len(rows))
        score[start : start + 2048] = members[fold[start : start + 2048], np.arange(len(rows))]
    asked = _asked(bank, pool.counts.shape[1], edges)
    each = len(forest.leaf) // FOLDS
    trees = [_nested(forest, t, 0, asked) for t in range(len(forest.leaf))]
    for k in range(FOLDS):
        _shift(trees[k * each], float(forest.offset[k]))
    return [trees[k * each : (k + 1) * each] for k in range(FOLDS)], score


def _asked(bank: tuple[Questions, Questions], width: int, edges: Edges) -> list[tuple[int, int]]:
    """For each row of the shipped bank its training column and bin."""
    counts = [(int(c), int(e)) for c, e in zip(bank[0].column, bank[0].edge, strict=True)]
    rest = [
        (width + int(c), int(np.searchsorted(edges[c], np.float32(e))) + 1)
        for c, e in zip(bank[1].column, bank[1].edge, strict=True)
    ]
    return counts + rest


def _nested(forest: Forest, tree: int, at: int, asked: list[tuple[int, int]]) -> dict[str, Any]:
    """One tree from node ``at`` down as the training library dumps it; equal leaves below are one."""
    inner = forest.node.shape[1]
    if at >= inner:
        return {"leaf_value": float(forest.leaf[tree, at - inner])}
    left, right = (_nested(forest, tree, 2 * at + k, asked) for k in (1, 2))
    if "leaf_value" in left and left == right:
        return left
    column, threshold = asked[int(forest.node[tree, at])]
    return {"split_feature": column, "threshold": threshold - 0.5, "left_child": left, "right_child": right}


def _shift(tree: dict[str, Any], by: float) -> None:
    """Add a constant to every leaf, where the training library keeps its starting average."""
    if "leaf_value" in tree:
        tree["leaf_value"] += by
        return
    _shift(tree["left_child"], by)
    _shift(tree["right_child"], by)
