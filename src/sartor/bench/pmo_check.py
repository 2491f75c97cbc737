"""The oracles against official scores: the largest difference per task over a fixture of molecules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sartor.chem import parse
from sartor.core import IntakeError

from .pmo_measures import Goal, as_it_is
from .pmo_tasks import CLASSIFIERS, PMO, Oracle, oracle

BAR = 1e-3
SHARED = (
    "computed in one process after scaffold_hop, whose module globals turn the scaffold term of deco_hop round: "
    "compared with that term turned; runs use the published definition (scaffold wanted)"
)


def check(folder: Path, rows: int | None = None, say: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Largest absolute difference per task; ``failed`` names the RDKit-only tasks at or over 1e-3.

    ``folder`` holds one .csv with a column ``smiles`` and one .parquet with a column per task, rows in the same order.
    Classifier tasks are compared by correlation, and only where they are trained: they are other functions.
    """
    smiles, official = _read(folder)
    upto = min(rows or len(smiles), len(smiles))
    mols = [parse.parse(s) for s in smiles[:upto]]
    if None in mols:
        raise IntakeError("a SMILES that does not parse", file=folder, remedy="give the public PMO fixture")
    found: dict[str, Any] = {}
    for task in PMO:
        if task not in official.columns:
            found[task] = {"max_delta": None, "why_not": "the fixture has no such column"}
            continue
        wanted = official[task].to_numpy()[:upto].astype(float)
        row: dict[str, Any] = {"max_delta": _delta(oracle(task), mols, wanted)}
        if task == "deco_hop" and row["max_delta"] >= BAR:
            row = {"max_delta": _delta(turned(oracle(task)), mols, wanted), "as_defined": row["max_delta"]}
            row["note"] = "the fixture's column was " + SHARED
        found[task] = row
        say(f"{task}: {row['max_delta']:.2g}")
    failed = [t for t, r in found.items() if r["max_delta"] is None or r["max_delta"] >= BAR]
    return {
        "rows": upto,
        "bar": BAR,
        "tasks": found,
        "max_delta": {t: r["max_delta"] for t, r in found.items()},
        "failed": failed,
        "classifiers": _classifiers(official, mols, upto),
    }


def turned(goal: Oracle) -> Goal:
    """deco_hop with its scaffold term turned round."""
    assert isinstance(goal, Goal)
    *others, (measure, _) = goal.parts
    return Goal((*others, (lambda mol: 1.0 - measure(mol), as_it_is)), goal.mean)


def _delta(score: Oracle, mols: list[Any], wanted: NDArray[np.float64]) -> float:
    return float(np.abs(np.array([score(m) for m in mols]) - wanted).max())


def _classifiers(official: pl.DataFrame, mols: list[Any], upto: int) -> dict[str, Any]:
    from .pmo_classifiers import classifier, trained

    found: dict[str, Any] = {}
    for task in CLASSIFIERS:
        if not trained(task):
            found[task] = {"why_not": "not trained here: sartor bench pmo-oracles --data FOLDER"}
        elif task in official.columns:
            score = classifier(task)
            ours, theirs = np.array([score(m) for m in mols]), official[task].to_numpy()[:upto].astype(float)
            found[task] = {
                "pearson": float(np.corrcoef(ours, theirs)[0, 1]),
                "rmse": float(np.sqrt(((ours - theirs) ** 2).mean())),
            }
    return found


def _read(folder: Path) -> tuple[list[str], pl.DataFrame]:
    texts, tables = sorted(folder.glob("*.csv")), sorted(folder.glob("*.parquet"))
    if len(texts) != 1 or len(tables) != 1:
        raise IntakeError(
            f"{len(texts)} .csv and {len(tables)} .parquet files, where one of each is expected",
            file=folder,
            remedy="give the folder of the public fixture: molecules as .csv (column smiles), scores as .parquet",
        )
    smiles = pl.read_csv(texts[0])
    official = pl.read_parquet(tables[0])
    if "smiles" not in smiles.columns or len(smiles) != len(official):
        raise IntakeError(
            f"{len(smiles)} molecules and {len(official)} scores, columns {smiles.columns[:3]}",
            file=texts[0],
            remedy="give a column smiles with one molecule for each row of scores",
        )
    return smiles["smiles"].to_list(), official
