"""How well the exposure mathematics meets observed AUC ratios: medicines beside index substrates, CYP2D6 genes.

Run as ``python -m sartor.bench.exposure --data ../shared/data``. Victims are marker substrates whose fraction of
clearance (fm) by one enzyme is known roughly; it enters with 0.1 either way. Perpetrators act by their class in the
drug table alone, whatever their dose. The widths in ``enzyme_activity.tsv``, and the best values of the strong classes,
were set with such rows in sight, so this is a check of consistency, not an independent one.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sartor.core import GeneCall, Interval, Medicine
from sartor.facts import drugs
from sartor.pharmacology.activity import genotype_activity, medicine_activity
from sartor.pharmacology.exposure import auc_ratio, auc_ratio_bounds

#: Marker substrate -> enzyme and fm. Midazolam, omeprazole, desipramine, tizanidine: index values as in ddir (MIT);
#: the others are our round figures from exposure in poor metabolizers or beside strong inhibitors.
VICTIMS = {
    "Midazolam": ("CYP3A4", 0.95),
    "Triazolam": ("CYP3A4", 0.92),
    "Desipramine": ("CYP2D6", 0.85),
    "Dextromethorphan": ("CYP2D6", 0.93),
    "Atomoxetine": ("CYP2D6", 0.87),
    "(E)-clomiphene": ("CYP2D6", 0.90),
    "Risperidone": ("CYP2D6", 0.82),
    "S-Metoprolol": ("CYP2D6", 0.75),
    "R-Metoprolol": ("CYP2D6", 0.83),
    "Metoprolol racemate": ("CYP2D6", 0.78),
    "Caffeine": ("CYP1A2", 0.95),
    "Tizanidine": ("CYP1A2", 0.98),
    "S-Mephenytoin": ("CYP2C19", 0.90),
    "Omeprazole": ("CYP2C19", 0.87),
}
Row = tuple[float, float, float, float]


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle, delimiter="\t")


def _row(observed: float, fm: float, left: Interval) -> Row:
    low, high = auc_ratio_bounds([[fm - 0.1]], [[min(1.0, fm + 0.1)]], [left.low], [left.high])
    return observed, float(auc_ratio([[fm]], [left.value])[0]), float(low[0]), float(high[0])


def beside_medicines(path: Path) -> list[Row]:
    """``(observed, predicted, low, high)`` for oral marker substrates beside one perpetrator with a known class."""
    out = []
    for r in _table(path):
        oral_parent = r["victim_route"] != "IV" and r["is_metabolite"] == "0"
        true_auc = r["record_type"] in ("auc_ratio", "auc_ratio_from_clearance")
        if not (oral_parent and true_auc and r["victim"] in VICTIMS) or not _number(r["observed_aucr_dosenorm"]):
            continue
        enzyme, fm = VICTIMS[r["victim"]]
        found = drugs.lookup(r["perpetrator"].replace("Hyperforin", "St John's wort"))
        if found is None:
            continue
        left, reasons = medicine_activity([Medicine(found.substance, found.substance)], enzyme)
        if reasons:
            out.append(_row(float(r["observed_aucr_dosenorm"]), fm, left))
    return out


def by_cyp2d6(path: Path) -> list[Row]:
    """The same for CYP2D6 phenotypes and activity scores against normal metabolizers."""
    out = []
    for r in _table(path):
        victim = VICTIMS.get(r["drug"])
        if r["gene"] != "CYP2D6" or victim is None or r["is_metabolite"] != "0" or r["flag"]:
            continue
        phenotype, score = _phenotype(r["phenotype_or_activity_score"])
        left, _ = genotype_activity(GeneCall("CYP2D6", "", phenotype, "called", score))
        out.append(_row(float(r["observed_auc_ratio"]), victim[1], left))
    return out


def _phenotype(text: str) -> tuple[str, float | None]:
    if not text.startswith("AS"):
        return text, None
    score = float(text[2:])
    bounds = ((0.25, "poor"), (1.25, "intermediate"), (2.5, "normal"), (99.0, "ultrarapid"))
    return next(name for limit, name in bounds if score < limit) + " metabolizer", score


def _number(text: str) -> bool:
    try:
        return np.isfinite(float(text)) and float(text) > 0
    except ValueError:
        return False


def figures(rows: list[Row]) -> dict[str, float]:
    """Rows, geometric mean fold error, share within 2-fold, coverage, and the error of always answering 1."""
    a = np.array(rows)
    error = np.abs(np.log(a[:, 1] / a[:, 0]))
    return {
        "rows": float(len(a)),
        "gmfe": round(float(np.exp(error.mean())), 2),
        "within_2_fold": round(float((error <= np.log(2)).mean()), 3),
        "coverage": round(float(((a[:, 2] <= a[:, 0]) & (a[:, 0] <= a[:, 3])).mean()), 3),
        "gmfe_of_always_1": round(float(np.exp(np.abs(np.log(a[:, 0])).mean())), 2),
    }


def main() -> None:
    """Prints the figures as one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data / "ddi" / "observed_aucr"
    made = {
        "medicines": figures(beside_medicines(folder / "observed_aucr.tsv")),
        "cyp2d6_genes": figures(by_cyp2d6(folder / "pgx_observed_auc_ratio.tsv")),
    }
    print(json.dumps(made))


if __name__ == "__main__":
    main()
