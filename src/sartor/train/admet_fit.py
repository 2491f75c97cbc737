"""Boosted trees for one endpoint, five scaffold folds, written out as arrays for ``sartor.ml.trees``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.ml.trees import Forest, Questions

from .admet_data import FOLDS, Labels, Pool
from .admet_kinds import Endpoint

DEPTH = 6
MAX_COUNT = 4  # a substructure that occurs more often teaches nothing new
BINS = 32
ROUNDS = 0.5  # share of an endpoint's trees that is boosted: beside the network, more add less than they cost


@dataclass(slots=True)
class Bank:
    """Collects the questions that any tree of any endpoint asks: (column, bin) -> position.

    Columns under ``width`` are fingerprint counts; the rest are descriptors, asked at the bin's lower edge.
    """

    width: int
    edges: tuple[NDArray[np.float32], ...]
    known: dict[tuple[int, int], int] = field(default_factory=dict)

    def position(self, column: int, threshold: int) -> int:
        """Where the question "column >= threshold" stands, adding it where it is new."""
        return self.known.setdefault((column, threshold), len(self.known))

    def questions(self) -> tuple[Questions, Questions, NDArray[np.int64]]:
        """Questions on counts, questions on descriptors, and for each position its row when both are stacked."""
        items = list(self.known)
        counts = [i for i, (c, _) in enumerate(items) if c < self.width]
        rest = [i for i, (c, _) in enumerate(items) if c >= self.width]
        row = np.empty(len(items), dtype=np.int64)
        row[counts + rest] = np.arange(len(items))
        on_counts = Questions(
            np.array([items[i][0] for i in counts], dtype=np.int32),
            np.array([items[i][1] for i in counts], dtype=np.uint8),
        )
        on_rest = Questions(
            np.array([items[i][0] - self.width for i in rest], dtype=np.int32),
            np.array([self.edges[items[i][0] - self.width][items[i][1] - 1] for i in rest], dtype=np.float32),
        )
        return on_counts, on_rest, row


def rounds(e: Endpoint) -> int:
    """Trees of one member."""
    return max(1, round(e.trees * ROUNDS))


def bin_edges(values: NDArray[np.float32]) -> tuple[NDArray[np.float32], ...]:
    """Up to 31 quantile edges per descriptor column; bin b means edge[b-1] <= value < edge[b]."""
    at = np.linspace(0, 1, BINS + 1)[1:-1]
    return tuple(np.unique(np.quantile(column, at, method="higher").astype(np.float32)) for column in values.T)


def binned(pool: Pool, edges: tuple[NDArray[np.float32], ...]) -> NDArray[np.uint8]:
    """Features for training ``(n, 2048 + k)``: clipped counts, then the descriptor bins."""
    bins = [
        np.searchsorted(e, v, side="right").astype(np.uint8) for e, v in zip(edges, pool.descriptors.T, strict=True)
    ]
    return np.hstack([np.minimum(pool.counts, MAX_COUNT), np.stack(bins, axis=1)])


def fit(
    endpoint: Endpoint,
    features: NDArray[np.uint8],
    labels: Labels,
    fold: NDArray[np.int8],
    seed: int,
) -> tuple[list[list[dict[str, Any]]], NDArray[np.float64]]:
    """Trees of the five fold models (as dumped) and raw out-of-fold scores ``(n,)``.

    The scores are log-odds for a probability, the quantity itself for a value. Model k never saw fold k.
    """
    import lightgbm

    x = features[labels.rows]
    options: dict[str, Any] = {
        "objective": "binary" if endpoint.kind == "probability" else "regression",
        "learning_rate": 0.07,
        "num_leaves": 31,
        "max_depth": DEPTH,
        "min_child_samples": 12,
        "feature_fraction": 0.25,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 3.0,
        "max_bin": 63,
        "min_data_in_bin": 1,
        "use_missing": False,
        "feature_pre_filter": False,
        "boost_from_average": True,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "verbose": -1,
        "seed": seed,
        **endpoint.options,
    }
    out = np.full(len(labels.y), np.nan)
    dumps = []
    for k in range(FOLDS):
        held = fold[labels.rows] == k
        made = lightgbm.Dataset(x[~held], labels.y[~held], params=options, free_raw_data=True)
        model = lightgbm.train(options, made, num_boost_round=rounds(endpoint))
        out[held] = model.predict(x[held], raw_score=True)
        dumps.append([t["tree_structure"] for t in model.dump_model()["tree_info"]])
    return dumps, out


def forest(dumps: list[list[dict[str, Any]]], bank: Bank) -> Forest:
    """Perfect trees over the bank, members in fold order; each member's mean leaf goes into its offset.

    LightGBM adds the starting average to the first tree's leaves, so that no separate offset is needed: offsets
    here are 0 and the first trees are large.
    """
    trees = max(len(d) for d in dumps)
    node = np.zeros((len(dumps) * trees, 2**DEPTH - 1), dtype=np.uint16)
    leaf = np.zeros((len(dumps) * trees, 2**DEPTH), dtype=np.float32)
    offset = np.zeros(len(dumps), dtype=np.float32)
    for k, dump in enumerate(dumps):
        for i, tree in enumerate(dump):
            _grow(tree, 0, 0, node[k * trees + i], leaf[k * trees + i], bank)
        first = leaf[k * trees : k * trees + 1]
        offset[k] = first.mean()
        first -= offset[k]  # keeps every stored leaf small, so that half precision loses nothing that matters
    return Forest(node, leaf, offset)


def _grow(
    tree: dict[str, Any],
    at: int,
    depth: int,
    node: NDArray[np.uint16],
    leaf: NDArray[np.float32],
    bank: Bank,
) -> None:
    if "split_feature" in tree:
        node[at] = bank.position(int(tree["split_feature"]), int(np.floor(tree["threshold"])) + 1)
        _grow(tree["left_child"], 2 * at + 1, depth + 1, node, leaf, bank)
        _grow(tree["right_child"], 2 * at + 2, depth + 1, node, leaf, bank)
        return
    span = 2 ** (DEPTH - depth)
    first = (at + 1) * span - 2**DEPTH
    leaf[first : first + span] = tree["leaf_value"]
