"""A research recipe: side effects by organ class from a table of labels (SIDER's shape). Figures only, no weights.

Boosted trees on Morgan counts and fast descriptors, one model per class, five folds by Murcko scaffold; every figure is
of molecules whose scaffold the model never saw. A class abstains as a whole where the low end of its AUROC does not
clear 0.55; in a class that speaks, a molecule is answered where the out-of-fold score lies in the upper or lower
quarter, and the rates observed there are shown beside the base rate. Published AUROC on the same labels: 0.59 to 0.68,
mean over classes (Commun Chem 2025, table 1, scaffold splits).
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem.descriptors import descriptors
from sartor.chem.fingerprints import morgan_counts
from sartor.chem.scaffolds import murcko
from sartor.chem.standardize import standardize_batch
from sartor.core import IntakeError, MolBatch, OrderError, PartError

SPEAKS_FROM = 0.55
FEWEST = 20  # of either label, for a class to be learned
ROUNDS = 120
BOOTSTRAP = 1000
Array = NDArray[np.float64]


def read_table(path: Path) -> tuple[MolBatch, tuple[str, ...], Array, dict[str, int]]:
    """Molecules, class names, labels ``(n, classes)`` (NaN where empty), and what was dropped and why."""
    if not path.exists():
        raise OrderError(f"{path} is not there; give a CSV with a smiles column and 0/1 columns with --data")
    packed = path.read_bytes()
    text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8-sig")
    reader = csv.DictReader(io.StringIO(text))
    names = list(reader.fieldnames or ())
    column = next((n for n in names if n.lower() == "smiles"), "")
    if not column or len(names) < 2:
        raise IntakeError(
            f"columns are {', '.join(names[:5])} …; expected smiles and one 0/1 column per class",
            file=path, line=1, remedy="name the structures' column smiles",
        )  # fmt: skip
    rows = list(reader)
    classes = tuple(n for n in names if n != column)
    mols, why = standardize_batch([r[column] for r in rows])
    kept = [i for i, w in enumerate(why) if not w]
    values = np.array([[_label(rows[i][c], path, i + 2, c) for c in classes] for i in kept]).reshape(-1, len(classes))
    first: dict[str, int] = {}
    for i, s in enumerate(mols.smiles):
        first.setdefault(s, i)
    unique = list(first.values())
    dropped: dict[str, int] = {"given twice": len(mols) - len(unique)}
    for w in why:
        if w:
            dropped[w] = dropped.get(w, 0) + 1
    return mols.take(unique), classes, values[unique], dropped


def _label(text: str, path: Path, line: int, column: str) -> float:
    if text.strip() in ("", "nan"):
        return np.nan
    if text.strip() not in ("0", "1", "0.0", "1.0"):
        raise IntakeError(f"{text!r} in column {column!r}; expected 0, 1 or empty", file=path, line=line,
                          remedy="give one 0/1 column per organ class")  # fmt: skip
    return float(text)


def folds(mols: MolBatch, splits: int, seed: int) -> NDArray[np.int64]:
    """Fold ``(n,)`` by Murcko scaffold, large scaffolds first into the emptiest fold; acyclic ones each alone."""
    groups: dict[str, list[int]] = {}
    for i, (s, m) in enumerate(zip(murcko(mols), mols.smiles, strict=True)):
        groups.setdefault(s or m, []).append(i)
    order = list(groups.values())
    np.random.default_rng(seed).shuffle(order)
    out, size = np.zeros(len(mols), dtype=np.int64), np.zeros(splits, dtype=np.int64)
    for members in sorted(order, key=len, reverse=True):
        fold = int(size.argmin())
        out[members] = fold
        size[fold] += len(members)
    return out


def train_side_effects(
    data: Path, splits: int = 5, seed: int = 20261, say: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Figures per class and their mean; nothing is written and no model is kept."""
    mols, classes, labels, dropped = read_table(data)
    say(f"{len(mols)} molecules, {len(classes)} classes; dropped: {dropped}")
    features = np.hstack([np.minimum(morgan_counts(mols), 4).astype(np.float32), descriptors(mols)])
    fold = folds(mols, splits, seed)
    rows = []
    for k, name in enumerate(classes):
        row = _class(name, features, labels[:, k], fold, seed)
        say(f"{name}: {row['verdict']}")
        rows.append(row)
    learned = [r for r in rows if r["auroc"]]
    return {
        "data": data.name,
        "molecules": len(mols),
        "dropped": dropped,
        "split": f"{splits} folds by Murcko scaffold, seed {seed}",
        "classes": rows,
        "mean_auroc": round(float(np.mean([r["auroc"][0] for r in learned])), 3) if learned else None,
        "classes_that_speak": sum(r["verdict"] == "speaks" for r in rows),
        "published": "0.59 to 0.68 mean AUROC on SIDER's 27 classes, scaffold split",
        "licence": "figures only: the labels are non-commercial, so no weights are written or shipped",
    }


def _class(name: str, features: NDArray[np.float32], y: Array, fold: NDArray[np.int64], seed: int) -> dict[str, Any]:
    has = ~np.isnan(y)
    positive = int(np.nansum(y))
    base = positive / max(int(has.sum()), 1)
    head = {"class": name, "n": int(has.sum()), "positive": positive, "base_rate": round(base, 3)}
    if min(positive, int(has.sum()) - positive) < FEWEST:
        return {**head, "auroc": None, "auprc": None, "answered": 0.0, "upper": None, "lower": None,
                "verdict": f"abstains: fewer than {FEWEST} of one label"}  # fmt: skip
    score = np.full(len(y), np.nan)
    for f in range(int(fold.max()) + 1):
        train, test = has & (fold != f), has & (fold == f)
        if test.any() and len(np.unique(y[train])) == 2:
            score[test] = _fit(features[train], y[train], features[test], seed)
    ok = ~np.isnan(score)
    s, t = score[ok], y[ok]
    area = _bootstrap(s, t, auroc, seed)
    speaks = area[1] >= SPEAKS_FROM
    ends = np.quantile(s, [0.25, 0.75])
    upper, lower = s >= ends[1], s <= ends[0]
    return {
        **head,
        "auroc": area,
        "auprc": _bootstrap(s, t, auprc, seed),
        "answered": round(float((upper | lower).mean()), 3) if speaks else 0.0,
        "upper": round(float(t[upper].mean()), 3) if speaks else None,
        "lower": round(float(t[lower].mean()), 3) if speaks else None,
        "verdict": "speaks" if speaks else f"abstains: AUROC may be as low as {area[1]:.2f}",
    }


def _fit(x: NDArray[np.float32], y: Array, ask: NDArray[np.float32], seed: int) -> Array:
    try:
        import lightgbm
    except ImportError:
        raise PartError("lightgbm is not installed; pip install sartor[train]") from None
    settings = {"objective": "binary", "num_leaves": 15, "max_depth": 5, "learning_rate": 0.05, "min_data_in_leaf": 10,
                "feature_fraction": 0.2, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1,
                "num_threads": 1, "seed": seed, "deterministic": True}  # fmt: skip
    model = lightgbm.train(settings, lightgbm.Dataset(x, y), ROUNDS)
    answer: Array = np.asarray(model.predict(ask), dtype=np.float64)
    return answer


def auroc(score: Array, label: Array) -> float:
    """Area under the receiver operating characteristic; ties count half."""
    negative = np.sort(score[label < 0.5])
    mine = score[label > 0.5]
    both = np.searchsorted(negative, mine, side="left") + np.searchsorted(negative, mine, side="right")
    return float(both.mean() / 2 / len(negative))


def auprc(score: Array, label: Array) -> float:
    """Average precision."""
    order = np.argsort(-score, kind="stable")
    hit = label[order] > 0.5
    return float((np.cumsum(hit) / np.arange(1, len(hit) + 1))[hit].mean())


def _bootstrap(score: Array, label: Array, measure: Callable[[Array, Array], float], seed: int) -> list[float]:
    """The measure and its 95 % interval over resampled molecules."""
    rng, drawn = np.random.default_rng(seed), []
    for _ in range(BOOTSTRAP):
        i = rng.integers(0, len(label), len(label))
        if 0 < label[i].sum() < len(i):
            drawn.append(measure(score[i], label[i]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return [round(float(x), 3) for x in (measure(score, label), low, high)]


def write_figures(made: dict[str, Any], out: Path) -> None:
    """The figures as JSON."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise OrderError(f"cannot write {out}: {error.strerror or error}; choose another place with -o") from error
