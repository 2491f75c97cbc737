"""One network for all ADMET endpoints: five members, each blind to one fold of scaffolds, as the trees are.

A fold is the same for every endpoint, so what a member learns of one endpoint never shows it a held-out molecule of
another. Small sets gain most: they share the layers that large sets shaped. It reads the counts and, beside them, where
each descriptor ranks among the training molecules; classes are learnt and answered in log-odds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sartor.ml.multitask import ranked
from sartor.ml.multitask_training import Recipe, predict, train_member

from .admet_data import FOLDS, Labels, Pool

RECIPE = Recipe(
    hidden1=256,
    hidden2=160,
    epochs=10,
    batch=512,
    rate=3e-3,
    decay=1e-2,
    noise=(0.1, 0.15, 0.25),
    balance=0.5,
    half=False,
)
TWINS = 3  # members a fold, alike but for their seed
Member = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class NetData:
    """Counts and labels in compressed rows: molecule i owns ``bits[start[i]:start[i + 1]]`` with their ``counts``,
    and the labels ``task``, ``value`` and ``kind`` (always 0, measured) at ``first[i]:first[i + 1]``. ``beside (n, k)``
    are the descriptors' ranks, ``classes (tasks,)`` says which tasks are labelled 0 and 1.
    """

    tasks: tuple[str, ...]
    fold: NDArray[np.int8]
    bits: NDArray[np.int32]
    counts: NDArray[np.uint8]
    start: NDArray[np.int64]
    task: NDArray[np.int16]
    value: NDArray[np.float32]
    kind: NDArray[np.int8]
    first: NDArray[np.int64]
    beside: NDArray[np.int16]
    classes: NDArray[np.bool_]


def rank_edges(edges: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Bin edges of every descriptor as one table ``(k, 31)``, filled up with infinity (see multitask.ranked)."""
    out = np.full((len(edges), max(len(e) for e in edges)), np.inf, dtype=np.float32)
    for row, each in zip(out, edges, strict=True):
        row[: len(each)] = each
    return out


def net_data(pool: Pool, labels: dict[str, Labels], edges: NDArray[np.float32], classes: Sequence[bool]) -> NetData:
    """The pool and all labels for the network; endpoints, and whether they are classes, in the order given."""
    row, bits = np.nonzero(pool.counts)
    which = np.concatenate([here.rows for here in labels.values()])
    task = np.repeat(np.arange(len(labels)), [len(here.rows) for here in labels.values()])
    value = np.concatenate([here.y for here in labels.values()])
    order = np.argsort(which, kind="stable")
    n = len(pool.keys)
    return NetData(
        tuple(labels),
        pool.fold,
        bits.astype(np.int32),
        pool.counts[row, bits],
        np.concatenate([[0], np.cumsum(np.bincount(row, minlength=n))]),
        task[order].astype(np.int16),
        value[order].astype(np.float32),
        np.zeros(len(order), dtype=np.int8),
        np.concatenate([[0], np.cumsum(np.bincount(which, minlength=n))]),
        ranked(pool.descriptors, edges),
        np.array(classes, dtype=bool),
    )


def net_members(
    data: NetData, work: Path, seed: int, recipe: Recipe = RECIPE, say: Callable[[str], None] = print
) -> list[Member]:
    """``TWINS`` members for each of the five folds, fold by fold, each from ``work`` where an earlier run left it."""
    made = []
    for fold in range(FOLDS):
        for twin in range(TWINS):
            done = work / f"net-{fold}-{twin}.npz"
            if not done.exists():
                mine = seed + 1000 * twin
                member = train_member(data, fold, mine, recipe, work / f"net-{fold}-{twin}.pt", say)
                np.savez(work / "net.tmp.npz", **member)  # type: ignore[arg-type]
                (work / "net.tmp.npz").rename(done)
            with np.load(done) as f:
                made.append({k: f[k] for k in f.files})
    return made


def net_held_out(data: NetData, members: list[Member], labels: dict[str, Labels]) -> dict[str, NDArray[np.float64]]:
    """For each endpoint the answers ``(n,)`` to its labelled molecules, of the twins that saw none of the fold."""
    out = {name: np.empty(len(here.rows)) for name, here in labels.items()}
    for fold in range(FOLDS):
        rows = np.flatnonzero(data.fold == fold)
        twins = members[fold * TWINS : (fold + 1) * TWINS]
        answers = np.mean([predict(data, rows, member) for member in twins], axis=0)
        place = np.full(len(data.fold), -1)
        place[rows] = np.arange(len(rows))
        for t, (name, here) in enumerate(labels.items()):
            mine = np.flatnonzero(data.fold[here.rows] == fold)
            out[name][mine] = answers[place[here.rows[mine]], t]
    return out
