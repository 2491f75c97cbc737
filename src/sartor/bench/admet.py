"""The ADMET endpoints measured: accuracy per scaffold split beside ADMET-AI's published figures, coverage, calibration.

Two ways to the same numbers: the record that training wrote into the card, or, with the data at hand, the shipped
fold members asked anew about the molecules of the fold that each never saw.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sartor.facts.admet import Published, published
from sartor.ml import weights
from sartor.score.admet import WEIGHTS

SPLIT = (
    "ours: five folds by Murcko scaffold over all endpoints, the molecules of each endpoint's first source (TDC's "
    "train_val for most); ADMET-AI's: random splits of the whole TDC set, so its test molecules are others than ours"
)
SIZE_APART = 0.25


def measure_admet(data: Path | None = None) -> dict[str, Any]:
    """Per endpoint and split: metrics with 95 % intervals, coverage and ECE; where ADMET-AI has the task, its figure.

    ``verdict``: "better" where our metric is better; "equal" where it is not but the published figure lies within our
    95 % interval; else "worse". Classes are compared by AUROC, values by R2 in the published unit. The comparison uses
    the molecules of the endpoint's first source alone, the set that TDC carries. ``data`` recomputes everything from
    the shipped weights (needs the `train` extra).
    """
    card = weights.card(WEIGHTS)
    if data is None:
        records = {name: entry["record"] for name, entry in card["endpoints"].items()}
    else:
        from .admet_again import recomputed

        records = recomputed(data)
    known = published()
    endpoints = {name: _endpoint(entry, records[name], known.get(name)) for name, entry in card["endpoints"].items()}
    shared = [e["admet_ai"] for e in endpoints.values() if "admet_ai" in e]
    counts = {v: sum(s["verdict"] == v for s in shared) for v in ("better", "equal", "worse")}
    answering = {k: e for k, e in endpoints.items() if not e["not_predictable"]}
    return {
        "source": "the card's record" if data is None else "recomputed from the shipped weights",
        "endpoints": endpoints,
        "shared": len(shared),
        **counts,
        "share_equal_or_better": round((counts["better"] + counts["equal"]) / max(len(shared), 1), 3),
        "share_strictly_better": round(counts["better"] / max(len(shared), 1), 3),
        "coverage_within_2_points": sum(abs(e["coverage"] - 0.9) <= 0.02 for e in answering.values()),
        "ece_at_most_0.05": sum(e["ece"] <= 0.05 for e in answering.values() if "ece" in e),
        "classes": sum("ece" in e for e in answering.values()),
        "answering": len(answering),
        "not_predictable": sorted(set(endpoints) - set(answering)),
        "split": SPLIT,
    }


def _endpoint(entry: dict[str, Any], record: dict[str, Any], there: Published | None) -> dict[str, Any]:
    out = {
        "kind": entry["kind"],
        "unit": entry["unit"],
        "not_predictable": entry["not_predictable"],
        **record["all"],
        "splits": record["splits"],
    }
    if there is not None:
        out["admet_ai"] = compare(entry["kind"], record["first source"], there)
        out["admet_ai"]["splits"] = record["first source, splits"]
    return out


def compare(kind: str, ours: dict[str, Any], there: Published) -> dict[str, Any]:
    """Our figure on TDC's molecules, theirs, the verdict, and where the data differ."""
    name, figure = ("AUROC", there.auroc) if kind == "probability" else ("R2", there.r2)
    assert figure is not None  # the table gives every class an AUROC and every value an R2
    value, low, high = ours[name]
    verdict = "better" if value >= figure else "equal" if figure <= high else "worse"
    n = ours["n"]
    differs = [] if abs(n / there.molecules - 1) <= SIZE_APART else [f"{n} molecules here, {there.molecules} there"]
    out = {"task": there.task, "metric": name, "n": n, "ours": [value, low, high], "published": figure}
    out |= {"verdict": verdict, "data": "; ".join(differs)}
    if kind == "value" and there.mae is not None:
        out |= {"our_mae": ours["MAE"], "published_mae": there.mae, "mae_better": ours["MAE"][0] <= there.mae}
    elif there.auprc is not None:
        out |= {"our_auprc": ours["AUPRC"], "published_auprc": there.auprc}
    return out
