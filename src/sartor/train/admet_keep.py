"""Takes the trees of endpoints that have not changed from the shipped weights, so that a new endpoint costs its own.

The folds hang on scaffold and seed alone: member k of a shipped forest never saw fold k, and its scores there are the
out-of-fold scores that training would have given.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.ml.trees import Forest, Questions, unpack_trees

from .admet_data import Labels, Pool
from .admet_fit import Bank

Edges = tuple[NDArray[np.float32], ...]
_ARRAYS = ("depth", "split", "node", "leaf", "scale", "offset")
CHUNK = 2048


def with_edges_of(arrays: dict[str, NDArray[Any]], edges: Edges) -> Edges:
    """The descriptors' bin edges with those that the shipped questions ask at."""
    column, edge = arrays["descriptors/column"], arrays["descriptors/edge"].astype(np.float32)
    return tuple(np.unique(np.concatenate([e, edge[column == i]])) for i, e in enumerate(edges))


def shortened(forest: Forest, trees: int) -> Forest:
    """The first ``trees`` of every member: what boosting had reached by then. The mixture learns their scale anew."""
    each = len(forest.node) // len(forest.offset)
    rows = (np.arange(len(forest.offset))[:, None] * each + np.arange(min(trees, each))).ravel()
    return Forest(forest.node[rows], forest.leaf[rows], forest.offset)


def kept_forest(
    arrays: dict[str, NDArray[Any]], name: str, pool: Pool, labels: Labels, bank: Bank, trees: int
) -> tuple[Forest, NDArray[np.float64]]:
    """A shipped endpoint's forest (the first ``trees`` of each member), asking the questions of ``bank``, and its
    out-of-fold scores ``(n,)``.

    The bank's edges must hold the shipped ones (see with_edges_of).
    """
    forest = shortened(unpack_trees({k: arrays[f"{name}/{k}"] for k in _ARRAYS}), trees)
    on_counts = Questions(arrays["counts/column"], arrays["counts/edge"])
    on_rest = Questions(arrays["descriptors/column"], arrays["descriptors/edge"])
    score = np.empty(len(labels.rows))
    fold = pool.fold[labels.rows]
    for start in range(0, len(score), CHUNK):
        rows = labels.rows[start : start + CHUNK]
        answers = np.concatenate([on_counts.answer(pool.counts[rows]), on_rest.answer(pool.descriptors[rows])])
        members = forest.scores(answers, len(rows))
        score[start : start + CHUNK] = members[fold[start : start + CHUNK], np.arange(len(rows))]
    used = np.unique(forest.node)
    place = np.zeros(len(on_counts.edge) + len(on_rest.edge), dtype=np.uint16)
    for question in used.tolist():
        place[question] = bank.position(*_asked(question, on_counts, on_rest, bank))
    return Forest(place[forest.node], forest.leaf, forest.offset), score


def _asked(question: int, on_counts: Questions, on_rest: Questions, bank: Bank) -> tuple[int, int]:
    """Training column and bin of a row of the shipped bank."""
    counts = len(on_counts.edge)
    if question < counts:
        return int(on_counts.column[question]), int(on_counts.edge[question])
    column, edge = int(on_rest.column[question - counts]), np.float32(on_rest.edge[question - counts])
    return bank.width + column, int(np.searchsorted(bank.edges[column], edge)) + 1
