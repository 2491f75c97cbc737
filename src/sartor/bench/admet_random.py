"""The ADMET recipe with folds drawn at random: what the published figures are, beside ours on unseen scaffolds.

ADMET-AI's figures are means over random splits (its scripts/train_tdc_admet_all.py, commit 31199f2, calls
``chemprop_train`` with five folds and no split type, and Chemprop 1's split is then random). A molecule of a random
fold has its close relatives among the training molecules, so such figures are higher. What is measured here is the
recipe, trained anew; the shipped models are blind to scaffolds, not to random folds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sartor.facts.admet import published
from sartor.ml import weights
from sartor.score.admet import WEIGHTS, in_unit, sigmoid
from sartor.train.admet_data import FOLDS, Labels, Pool, build_pool, label
from sartor.train.admet_fit import bin_edges, binned, fit
from sartor.train.admet_kinds import Endpoint
from sartor.train.admet_mix import cross_mixed
from sartor.train.admet_net import net_data, net_held_out, net_members, rank_edges
from sartor.train.admet_record import METRICS, bootstrapped
from sartor.train.admet_sources import ENDPOINTS

from .admet import compare


def random_fold(key: str, seed: int) -> int:
    """Fold 0..4 of a molecule by its InChIKey's skeleton: stereoisomers share one."""
    digest = hashlib.blake2b(f"random/{seed}/{key[:14]}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") % FOLDS


def measure_random(data: Path, work: Path, say: Callable[[str], None] = print) -> dict[str, Any]:
    """Our recipe, five random folds over all endpoints, on the molecules of TDC's train_val, beside ADMET-AI's figures.

    ``work`` keeps every step, so that a run broken off goes on. Returns the comparison of every shared endpoint (see
    bench.admet.compare) and how many are better, equal and worse.
    """
    seed = int(weights.card(WEIGHTS)["seed"])
    work.mkdir(parents=True, exist_ok=True)
    scaffolds, forms = build_pool(data, work, seed)
    pool = replace(scaffolds, fold=np.array([random_fold(k, seed) for k in scaffolds.keys], dtype=np.int8))
    labels = {e.name: label(data, e, pool, forms) for e in ENDPOINTS}
    edges = bin_edges(pool.descriptors)
    sets = net_data(pool, labels, rank_edges(edges), [e.kind == "probability" for e in ENDPOINTS])
    room = work / "random-folds"
    room.mkdir(exist_ok=True)
    network = net_held_out(sets, net_members(sets, room, seed, say=say), labels)
    features = binned(pool, edges)
    known = published()
    out = {}
    for e in ENDPOINTS:
        if e.name in known:
            trees = _unseen_trees(e, features, labels[e.name], pool, room, seed)
            out[e.name] = compare(
                e.kind, _figures(e, trees, network[e.name], labels[e.name], pool, seed), known[e.name]
            )
            say(f"{e.name}: {out[e.name]['metric']} {out[e.name]['ours'][0]} ({out[e.name]['verdict']})")
    verdicts = [row["verdict"] for row in out.values()]
    return {
        "split": "ours: five folds at random by InChIKey skeleton, TDC's train_val molecules; ADMET-AI's: random, "
        "80 % to train on, the mean of five",
        "endpoints": out,
        "shared": len(out),
        **{v: verdicts.count(v) for v in ("better", "equal", "worse")},
    }


def _unseen_trees(e: Endpoint, features: np.ndarray, labels: Labels, pool: Pool, room: Path, seed: int) -> np.ndarray:
    """Raw scores ``(n,)`` of the fold's own trees, from ``room`` where an earlier run left them."""
    store = room / f"{e.name}.npy"
    if not store.exists():
        np.save(store, fit(e, features, labels, pool.fold, seed)[1])
    made: np.ndarray = np.load(store)
    return made


def _figures(
    e: Endpoint, trees: np.ndarray, network: np.ndarray, labels: Labels, pool: Pool, seed: int
) -> dict[str, Any]:
    """Metrics on the first source's molecules of trees and network mixed."""
    score = cross_mixed(e.kind, trees, network, labels.y, pool.fold[labels.rows])
    first = labels.source == 0
    is_class = e.kind == "probability"
    here = (sigmoid(score) if is_class else in_unit(score, e.scale))[first]
    there = (labels.y if is_class else in_unit(labels.y, e.scale))[first]
    figures = {name: bootstrapped(metric, there, here, seed) for name, metric in METRICS[e.kind].items()}
    return {"n": int(first.sum()), **figures}
