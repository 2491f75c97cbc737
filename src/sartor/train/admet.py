"""Train every ADMET model and write one weight file with its card.

Recipe: standardize and pool the public sets, boost trees on five scaffold folds, keep all five, calibrate and set
intervals on the out-of-fold scores, choose the similarity index, write.
"""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from sartor.chem.descriptors import NAMES
from sartor.ml import weights
from sartor.ml.trees import Forest
from sartor.score.admet import WEIGHTS, fold_bits

from .admet_calibration import bands, platt, probability_figures, too_weak, value_figures
from .admet_data import FOLDS, Labels, Pool, build_pool, label
from .admet_external import external_figures
from .admet_fit import Bank, bin_edges, binned, fit, forest
from .admet_index import build_index, packed
from .admet_sources import ENDPOINTS, LEFT_OUT, LICENCES, Endpoint

VERSION = "1"
MIN_SOURCE = 200
DOMAIN_SHARE = 0.05  # the domain begins where all but this share of out-of-fold molecules lie
Out = tuple[list[list[dict[str, Any]]], NDArray[np.float64]]


def train_admet(data: Path, out: Path, seed: int = 20261, resume: bool = True) -> Path:
    """Train all endpoints from the shared ``data`` folder and write ``admet.safetensors`` and its card to ``out``.

    Steps are kept in ``out / "admet-steps"`` (standard structures, features, one file per endpoint); with ``resume``
    a step that is there is not repeated. Returns the weight file's path.
    """
    work = out / "admet-steps"
    work.mkdir(parents=True, exist_ok=True)
    pool, forms = build_pool(data, work, seed)
    features = binned(pool, bin_edges(pool.descriptors))
    labels = {e.name: label(data, e, pool, forms) for e in ENDPOINTS}
    fitted = {e.name: _fitted(e, features, labels[e.name], pool, work, seed, resume) for e in ENDPOINTS}
    index, mask, reach = build_index(pool.counts, {e.name: labels[e.name].rows for e in ENDPOINTS})
    bank = Bank(pool.counts.shape[1], bin_edges(pool.descriptors))
    arrays: dict[str, NDArray[Any]] = {"index/bits": packed(pool.counts[index]), "index/member": mask}
    cards: dict[str, Any] = {}
    raw: dict[str, Forest] = {}
    for number, e in enumerate(ENDPOINTS):
        here = labels[e.name]
        near = fold_similarity(pool, here, index, mask >> np.uint32(number) & np.uint32(1) > 0)
        dumps, score = fitted[e.name]
        entry, extra = _judged(e, here, score, near, pool.fold[here.rows], seed)
        entry["references"] = int((mask >> np.uint32(number) & np.uint32(1)).sum())
        entry["domain"] = (
            f"similar (folded Morgan radius 2 Tanimoto at or above {entry['domain_from']:.2f}) to one of "
            f"{entry['references']} references; the training molecule farthest from "
            f"them has similarity {reach[e.name]:.2f}"
        )
        cards[e.name] = entry
        raw[e.name] = forest(dumps, bank)
        arrays |= {f"{e.name}/{k}": v for k, v in extra.items()}
    arrays |= _trees(raw, bank)
    taught = {name: {pool.keys[i] for i in here.rows} for name, here in labels.items()}
    for name, figures in external_figures(data, taught, arrays, cards).items():
        cards[name]["metrics"] |= figures
    for name, entry in cards.items():
        print(json.dumps({name: entry["metrics"]}), flush=True)
    return weights.save(WEIGHTS, arrays, _card(cards, pool, seed), out)


def _fitted(
    e: Endpoint, features: NDArray[np.uint8], labels: Labels, pool: Pool, work: Path, seed: int, resume: bool
) -> Out:
    """The endpoint's trees and out-of-fold scores, from its checkpoint where there is one."""
    store = work / f"{e.name}.pickle"
    if resume and store.exists():
        made: Out = pickle.loads(store.read_bytes())  # our own file, written below
        if len(made[1]) == len(labels.y):
            return made
    made = fit(e, features, labels, pool.fold, seed)
    store.write_bytes(pickle.dumps(made))
    return made


def fold_similarity(
    pool: Pool, labels: Labels, index: NDArray[np.int64], member: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """For each labelled molecule the similarity ``(n,)`` to the nearest reference of another fold."""
    bits = fold_bits(pool.counts[index[member]]).astype(np.float32)
    size, fold = bits.sum(axis=1), pool.fold[index[member]]
    out = np.empty(len(labels.rows))
    for start in range(0, len(out), 1024):
        rows = labels.rows[start : start + 1024]
        mine = fold_bits(pool.counts[rows]).astype(np.float32)
        common = mine @ bits.T
        similarity = common / np.maximum(mine.sum(axis=1)[:, None] + size - common, 1)
        similarity[pool.fold[rows][:, None] == fold] = -1
        out[start : start + 1024] = similarity.max(axis=1)
    return out


def _judged(
    e: Endpoint,
    labels: Labels,
    score: NDArray[np.float64],
    near: NDArray[np.float64],
    fold: NDArray[np.int8],
    seed: int,
) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """The endpoint's card entry and its interval arrays."""
    domain_from = float(np.quantile(near, DOMAIN_SHARE))
    inside = near >= domain_from
    slope, intercept = platt(score, labels.y) if e.kind == "probability" else (1.0, 0.0)
    figures = probability_figures if e.kind == "probability" else value_figures
    metrics, main = figures(score, labels.y, near, fold, inside, seed)
    metrics |= by_source(e, labels, score)
    made = bands(e.kind, score, labels.y, near)
    entry = {
        "kind": e.kind,
        "unit": e.unit,
        "meaning": e.meaning,
        "interval": _INTERVAL[e.kind],
        "limits": list(e.limits),
        "not_predictable": too_weak(e.kind, main),
        "metrics": metrics,
        "slope": slope,
        "intercept": intercept,
        "domain_from": domain_from,
        "trees": e.trees * FOLDS,
        "source": "; ".join(f"{s.upstream} ({int((labels.source == i).sum())})" for i, s in enumerate(e.sources)),
        "licence": "data: " + "; ".join(dict.fromkeys(LICENCES[s.licence] for s in e.sources)),
        "dropped": labels.lost,
    }
    arrays = {"cuts": made.cuts, "score": made.score, "low": made.low, "high": made.high}
    return entry, {k: v.astype(np.float32) for k, v in arrays.items()}


def by_source(e: Endpoint, labels: Labels, score: NDArray[np.float64]) -> dict[str, str]:
    """Out-of-fold AUROC, or MAE, on each source alone (200 molecules or more) where there are several.

    A foreign assay reads the same chemistry differently: how far the model carries over shows here.
    """
    out = {}
    for i, source in enumerate(e.sources if len(e.sources) > 1 else ()):
        y, p = labels.y[labels.source == i], score[labels.source == i]
        if len(y) < MIN_SOURCE or len(np.unique(y)) < 2:
            continue
        if e.kind == "probability":
            out[f"AUROC on {source.upstream}"] = f"{roc_auc_score(y, p):.3f} (n {len(y)})"
        else:
            out[f"MAE on {source.upstream}"] = f"{np.mean(np.abs(y - p)):.3f} (n {len(y)})"
    return out


_INTERVAL = {
    "probability": "The interval speaks of the probability, not of the outcome: it spans the 90 % Wilson interval of "
    "the rate observed out of fold at this score and distance from the training set, and the five fold models",
    "value": "The interval is cross-conformal: nine of ten measured values of unseen scaffolds at this distance "
    "from the training set lie within it",
}


def _trees(raw: dict[str, Forest], bank: Bank) -> dict[str, NDArray[Any]]:
    """The shared question bank and every forest on it, leaves in half precision."""
    on_counts, on_rest, row = bank.questions()
    arrays: dict[str, NDArray[Any]] = {
        "counts/column": on_counts.column,
        "counts/edge": on_counts.edge,
        "descriptors/column": on_rest.column,
        "descriptors/edge": on_rest.edge,
    }
    for name, f in raw.items():
        arrays[f"{name}/node"] = row[f.node].astype(np.uint16)
        arrays[f"{name}/leaf"] = f.leaf.astype(np.float16)
        arrays[f"{name}/offset"] = f.offset.astype(np.float32)
    return arrays


def _card(cards: dict[str, Any], pool: Pool, seed: int) -> dict[str, Any]:
    return {
        "version": VERSION,
        "made": datetime.now(UTC).strftime("%Y-%m-%d"),
        "model": "LightGBM trees of depth 6, five scaffold-fold members averaged, Platt-calibrated; exported arrays",
        "features": ["Morgan counts, radius 2, folded to 2048, clipped at 4", *NAMES],
        "split": "five folds by hashed Murcko scaffold (acyclic: InChIKey skeleton), the same for every endpoint; "
        "all figures are of molecules whose scaffold the predicting model never saw",
        "molecules": len(pool.keys),
        "licence": "models: CC BY-SA 4.0 where a source is ChEMBL, else CC BY 4.0; sources per endpoint",
        "not_predictable_rule": "a head whose 95 % lower bound of out-of-fold AUROC is under 0.60 (R2 under 0.20) "
        "answers with a reason and no number",
        "endpoints": cards,
        "order": list(cards),
        "left_out": LEFT_OUT,
        "limits": [
            "out-of-fold figures are of one fold model; what is shipped is the average of five such models",
            "screening collections differ from designed molecules: trust in_domain and the interval",
        ],
        "command": f"sartor train admet --data DATA --out OUT --seed {seed}",
        "seed": seed,
    }
