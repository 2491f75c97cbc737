"""Train every ADMET model and write one weight file with its card.

Recipe: standardize and pool the public sets, boost trees on five scaffold folds, keep all five, calibrate and set
intervals on the out-of-fold scores, choose the similarity index, write.
"""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import r2_score, roc_auc_score

from sartor.chem.descriptors import NAMES
from sartor.ml import weights
from sartor.ml.multitask import pack
from sartor.ml.trees import Forest, pack_trees
from sartor.score.admet import WEIGHTS, fold_bits

from .admet_calibration import bands, platt, probability_figures, too_weak, value_figures
from .admet_data import FOLDS, Labels, Pool, build_pool, label
from .admet_external import external_figures
from .admet_fit import Bank, bin_edges, binned, fit, forest, rounds
from .admet_index import build_index, packed
from .admet_keep import kept_forest, with_edges_of
from .admet_kinds import Endpoint
from .admet_mix import cross_mixed, mix_weights
from .admet_net import RECIPE, TWINS, Member, net_data, net_held_out, net_members, rank_edges
from .admet_record import record
from .admet_sources import ENDPOINTS, LEFT_OUT, LICENCES

VERSION = "2"
MIN_SOURCE = 200
DOMAIN_SHARE = 0.05  # the domain begins where all but this share of out-of-fold molecules lie
Out = tuple[list[list[dict[str, Any]]], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Settled:
    """What every endpoint's card entry needs: molecules, labels, the index and each fold's unseen answers."""

    pool: Pool
    labels: dict[str, Labels]
    forest: dict[str, NDArray[np.float64]]
    network: dict[str, NDArray[np.float64]]
    index: NDArray[np.int64]
    mask: NDArray[np.uint64]
    seed: int


def train_admet(
    data: Path, out: Path, seed: int = 20261, resume: bool = True, keep: bool = False, network: bool = True
) -> Path:
    """Train all endpoints from the shared ``data`` folder and write ``admet.safetensors`` and its card to ``out``.

    Steps are kept in ``out / "admet-steps"`` (standard structures, features, one file per endpoint and per member of
    the network); with ``resume`` a step that is there is not repeated, and with ``keep`` endpoints of the shipped
    weights whose recipe is unchanged lend their trees. Without ``network`` the forests answer alone. Returns the
    weight file's path.
    """
    work = out / "admet-steps"
    work.mkdir(parents=True, exist_ok=True)
    pool, forms = build_pool(data, work, seed)
    labels = {e.name: label(data, e, pool, forms) for e in ENDPOINTS}
    shipped = weights.load(WEIGHTS) if keep else {}
    edges = bin_edges(pool.descriptors)
    edges = with_edges_of(shipped, edges) if keep else edges
    features = binned(pool, edges)
    bank = Bank(pool.counts.shape[1], edges)
    raw: dict[str, Forest] = {}
    scores: dict[str, NDArray[np.float64]] = {}
    for e in ENDPOINTS:
        if keep and unchanged(e):
            raw[e.name], scores[e.name] = kept_forest(shipped, e.name, pool, labels[e.name], bank, rounds(e))
        else:
            dumps, scores[e.name] = _fitted(e, features, labels[e.name], pool, work, seed, resume)
            raw[e.name] = forest(dumps, bank)
    ranks = rank_edges(edges)
    members, said = _network(pool, labels, ranks, work, seed) if network else ([], {})
    index, mask = build_index(
        pool.counts, {e.name: labels[e.name].rows for e in ENDPOINTS}, {e.name: e.family for e in ENDPOINTS}
    )
    settled = Settled(pool, labels, scores, said, index, mask, seed)
    arrays: dict[str, NDArray[Any]] = {"index/bits": packed(pool.counts[index]), "index/member": mask}
    arrays |= _trees(raw, bank)
    arrays |= {f"network/{k}": v for k, v in pack(members).items()} | {"ranks/edge": ranks} if network else {}
    cards: dict[str, Any] = {}
    for number, e in enumerate(ENDPOINTS):
        cards[e.name], extra = _judged(e, number, settled)
        arrays |= {f"{e.name}/{k}": v for k, v in extra.items()}
        print(json.dumps({e.name: cards[e.name]["metrics"]}), flush=True)
    taught = {name: {pool.keys[i] for i in here.rows} for name, here in labels.items()}
    for name, figures in external_figures(data, taught, arrays, cards, forms).items():
        cards[name]["metrics"] |= figures
    return weights.save(WEIGHTS, arrays, _card(cards, pool, seed, network, keep), out)


def _network(
    pool: Pool, labels: dict[str, Labels], ranks: NDArray[np.float32], work: Path, seed: int
) -> tuple[list[Member], dict[str, NDArray[np.float64]]]:
    """The network's members and what they say of molecules that they never saw."""
    sets = net_data(pool, labels, ranks, [e.kind == "probability" for e in ENDPOINTS])
    members = net_members(sets, work, seed)
    return members, net_held_out(sets, members, labels)


def recipe_of(e: Endpoint) -> str:
    """What the endpoint's trees depend on, as text: sources, tolerance, trees and options."""
    sources = [(s.path, s.smiles, s.value, s.upstream) for s in e.sources]
    return json.dumps([sources, e.tolerance, e.trees, dict(sorted(e.options.items()))])


def unchanged(e: Endpoint) -> bool:
    """Whether the shipped trees of the endpoint came of the same recipe."""
    entry = weights.card(WEIGHTS)["endpoints"].get(e.name, {})
    return bool(entry) and entry.get("recipe") == recipe_of(e)


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
) -> tuple[NDArray[np.float64], float]:
    """For each labelled molecule the similarity ``(n,)`` to the nearest reference of another fold; and how similar
    the molecule farthest from all references is to its nearest.
    """
    bits = fold_bits(pool.counts[index[member]]).astype(np.float32)
    size, fold = bits.sum(axis=1), pool.fold[index[member]]
    out, reach = np.empty(len(labels.rows)), 1.0
    for start in range(0, len(out), 1024):
        rows = labels.rows[start : start + 1024]
        mine = fold_bits(pool.counts[rows]).astype(np.float32)
        common = mine @ bits.T
        similarity = common / np.maximum(mine.sum(axis=1)[:, None] + size - common, 1)
        reach = min(reach, float(similarity.max(axis=1).min()))
        similarity[pool.fold[rows][:, None] == fold] = -1
        out[start : start + 1024] = similarity.max(axis=1)
    return out, reach


def _judged(e: Endpoint, number: int, s: Settled) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """The endpoint's card entry and its interval arrays."""
    labels = s.labels[e.name]
    mine = s.mask >> np.uint64(number) & np.uint64(1) > 0
    (near, reach), fold = fold_similarity(s.pool, labels, s.index, mine), s.pool.fold[labels.rows]
    score, mix, halves = answered(e, s, fold)
    domain_from = float(np.quantile(near, DOMAIN_SHARE))
    inside = near >= domain_from
    slope, intercept = platt(score, labels.y) if e.kind == "probability" else (1.0, 0.0)
    figures = probability_figures if e.kind == "probability" else value_figures
    metrics, main = figures(score, labels.y, near, fold, inside, s.seed)
    metrics |= by_source(e, labels, score)
    metrics |= halves
    if e.scale != "plain":
        metrics["scale of R2, MAE, RMSE and width"] = {"log10": "log10 of the unit", "percent": "log-odds"}[e.scale]
    made = bands(e.kind, score, labels.y, near)
    entry = {
        "kind": e.kind,
        "unit": e.unit,
        "scale": e.scale,
        "tdc": e.tdc,
        "meaning": e.meaning,
        "interval": _INTERVAL[e.kind],
        "limits": list(e.limits),
        "not_predictable": too_weak(e.kind, main),
        "metrics": metrics,
        "record": record(e.kind, e.scale, score, labels.y, near, fold, labels.source == 0, s.seed),
        "mix": [round(w, 6) for w in mix],
        "slope": slope,
        "intercept": intercept,
        "domain_from": domain_from,
        "trees": rounds(e) * FOLDS,
        "recipe": recipe_of(e),
        "source": "; ".join(f"{x.upstream} ({int((labels.source == i).sum())})" for i, x in enumerate(e.sources)),
        "licence": "data: " + "; ".join(dict.fromkeys(LICENCES[x.licence] for x in e.sources)),
        "licence_class": worst_licence(e),
        "dropped": labels.lost,
        "references": int(mine.sum()),
        "domain": f"similar (folded Morgan radius 2 Tanimoto at or above {domain_from:.2f}) to one of "
        f"{int(mine.sum())} references; the training molecule farthest from them has similarity {reach:.2f}",
    }
    arrays = {"cuts": made.cuts, "score": made.score, "low": made.low, "high": made.high}
    return entry, {k: v.astype(np.float32) for k, v in arrays.items()}


def answered(
    e: Endpoint, s: Settled, fold: NDArray[np.int8]
) -> tuple[NDArray[np.float64], tuple[float, float, float], dict[str, str]]:
    """The out-of-fold score, how forest and network mix, and what each half says alone.

    Where mixing does not help molecules of unseen folds, the forest answers by itself.
    """
    trees, y = s.forest[e.name], s.labels[e.name].y
    if e.name not in s.network:
        return trees, (1.0, 0.0, 0.0), {}
    net = s.network[e.name]
    both = cross_mixed(e.kind, trees, net, y, fold)
    skill = roc_auc_score if e.kind == "probability" else r2_score
    halves = {f"{name} alone": alone(e.kind, x, y) for name, x in (("trees", trees), ("network", net))}
    if skill(y, both) <= skill(y, trees):
        return trees, (1.0, 0.0, 0.0), halves
    return both, mix_weights(e.kind, trees, net, y), halves


def worst_licence(e: Endpoint) -> str:
    """The strictest licence class among the endpoint's sources: open, sa, confirm or ?."""
    return max((x.licence for x in e.sources), key=list(LICENCES).index)


def alone(kind: str, score: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    """AUROC, or R2 on the learning scale, of one half of the model by itself."""
    return f"AUROC {roc_auc_score(y, score):.3f}" if kind == "probability" else f"R2 {r2_score(y, score):.3f}"


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


_NETWORK = (
    f", each mixed with {TWINS} members of a multi-task network blind to the same fold ({RECIPE.hidden1} and "
    f"{RECIPE.hidden2} hidden units on counts and ranked descriptors, log-odds for classes), classes half and half, "
    "values by weights learnt out of fold"
)
_INTERVAL = {
    "probability": "The interval speaks of the probability, not of the outcome: it spans the 90 % Wilson interval of "
    "the rate observed out of fold at this score and distance from the training set, and the five fold models",
    "value": "The interval is cross-conformal: nine of ten measured values of unseen scaffolds at this distance "
    "from the training set lie within it",
}


def _trees(raw: dict[str, Forest], bank: Bank) -> dict[str, NDArray[Any]]:
    """The shared question bank and every forest on it, packed."""
    on_counts, on_rest, row = bank.questions()
    arrays: dict[str, NDArray[Any]] = {
        "counts/column": on_counts.column,
        "counts/edge": on_counts.edge,
        "descriptors/column": on_rest.column,
        "descriptors/edge": on_rest.edge,
    }
    for name, f in raw.items():
        small = pack_trees(Forest(row[f.node].astype(np.uint16), f.leaf, f.offset))
        arrays |= {f"{name}/{k}": v for k, v in small.items()}
    return arrays


def _card(cards: dict[str, Any], pool: Pool, seed: int, network: bool, keep: bool) -> dict[str, Any]:
    return {
        "version": VERSION,
        "made": datetime.now(UTC).strftime("%Y-%m-%d"),
        "model": "LightGBM trees of depth 6, five scaffold-fold members averaged"
        + (_NETWORK if network else "")
        + "; probabilities Platt-calibrated; exported arrays",
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
            "further collections beside TDC's train_val parts may hold molecules of TDC's official tests (B3DB, "
            "MONSTROUS, Lombardo, DILIst, EPA and the Caco-2 collections surely some): a score of these models on an "
            "official test is an upper bound; the figures here are of unseen scaffolds and free of that",
        ],
        "command": f"sartor train admet --data DATA --out OUT --seed {seed}" + (" --keep" if keep else ""),
        "seed": seed,
    }
