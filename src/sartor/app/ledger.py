"""Ask a finished design's ledger: the Pareto front, conditions, the best by any column."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sartor.chem import properties
from sartor.chem.parse import strict_batch
from sartor.core import Candidate, DesignBrief, OrderError
from sartor.optimize.front import hypervolume, nondominated
from sartor.report.files import read_brief
from sartor.report.tables import read_ledger

_CONDITION = re.compile(r"(.+?)\s*(<=|>=|!=|==|=|<|>)\s*(.*)")
_TESTS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_STRUCTURE = {
    "molecular_weight": properties.molecular_weight,
    "logp": properties.logp,
    "tpsa": properties.tpsa,
    "qed": properties.qed,
    "sa_score": properties.sa_score,
}
_WORDS = ("smiles", "fate", "proposer")
_NUMBERS = ("total", "round")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: ``rows`` (flat), how many of ``tried`` fit, the front's hypervolume in worth."""

    rows: list[dict[str, Any]]
    tried: int
    fit: int
    front: int
    hypervolume: float
    hypervolume_error: float
    objectives: tuple[str, ...]


def query(out: Path, *, front: bool = False, where: Sequence[str] = (), sort: str = "total", top: int = 0) -> Answer:
    """Query the ledger of a design's folder (or a 3-ledger.parquet).

    ``where`` are conditions like ``logp<3`` or ``proposer=genetic``, all of which have to hold; an unknown value meets
    none. A column is named by an objective's or constraint's name, by its scorer, or by an unmistakable part of
    either; what the brief did not ask for and the structure tells is computed (molecular_weight, logp, tpsa, qed,
    sa_score). ``X_worth`` is an objective's desirability. ``sort`` names a column, ``-column`` turns it round: total
    and worth fall, others rise. The front and its hypervolume are over the desirabilities of what meets every
    constraint.
    """
    path = out / "3-ledger.parquet" if out.is_dir() else out
    ledger = read_ledger(path)
    beside = path.parent / "2-brief.json"
    brief = read_brief(beside) if beside.exists() else None
    cells = [_cells(c) for c in ledger.candidates]
    columns = _columns(ledger.candidates, brief)
    columns |= _computed(cells, [_asked(w) for w in where] + [sort.removeprefix("-")], columns)
    chosen = [i for i, row in enumerate(cells) if all(_holds(row, w, columns) for w in where)]
    objectives = tuple(dict.fromkeys(n for c in ledger.candidates for n in c.worth))
    able = [i for i in chosen if ledger.candidates[i].meets_all]
    worth = np.array([[ledger.candidates[i].worth.get(o, 0.0) for o in objectives] for i in able])
    worth = worth.reshape(len(able), len(objectives))
    on = [i for i, keep in zip(able, nondominated(worth), strict=True) if keep] if objectives else []
    volume, error = hypervolume(worth)
    shown = on if front else chosen
    name = _column(sort.removeprefix("-"), columns)
    falls = (name == "total" or name.endswith("_worth")) != sort.startswith("-")
    shown = sorted(shown, key=lambda i: _key(cells[i].get(name), falls))
    shown = shown[:top] if top else shown
    return Answer(
        [cells[i] for i in shown], len(cells), len(chosen), len(on), round(volume, 6), round(error, 6), objectives
    )


def _key(value: Any, falls: bool) -> tuple[bool, Any]:
    """Unknown values come last either way."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True, 0.0
    return False, (-value if falls and not isinstance(value, str) else value)


def _cells(c: Candidate) -> dict[str, Any]:
    row: dict[str, Any] = {
        "smiles": c.smiles,
        "total": c.total,
        "meets_all": c.meets_all,
        "proposer": c.lineage.proposer,
        "round": c.lineage.round,
        "fate": c.fate,
    }
    for name, r in c.readings.items():
        row |= {name: r.value, f"{name}_low": r.low, f"{name}_high": r.high}
    return row | {f"{name}_worth": w for name, w in c.worth.items()}


def _asked(condition: str) -> str:
    found = _CONDITION.fullmatch(condition.strip())
    return found[1].strip().lower() if found else ""


def _computed(cells: list[dict[str, Any]], asked: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Add columns that a question names, the ledger lacks and the structures tell; their names."""
    missing = [n for n in dict.fromkeys(asked) if n in _STRUCTURE and n not in columns]
    if missing:
        mols = strict_batch([row["smiles"] for row in cells])
        for name in missing:
            for row, value in zip(cells, _STRUCTURE[name](mols).tolist(), strict=True):
                row[name] = value
    return {n: n for n in missing}


def _columns(candidates: Sequence[Candidate], brief: DesignBrief | None) -> dict[str, str]:
    """Lower-case name or scorer -> column; a scorer asked twice names no column."""
    names = [n for c in candidates[:1] for n in _cells(c)]
    found = {n.lower(): n for n in names}
    asks: list[Any] = [] if brief is None else [*brief.objectives, *brief.constraints]
    scorers: dict[str, set[tuple[Any, ...]]] = {}
    for a in asks:
        scorers.setdefault(a.scorer, set()).add(tuple(sorted(a.settings.items())))
    for a in reversed(asks):
        if len(scorers[a.scorer]) == 1 and a.scorer.lower() not in {n.lower() for n in names}:
            found[a.scorer.lower()] = a.name
    return found


def _column(text: str, columns: Mapping[str, str]) -> str:
    wanted = text.strip().lower()
    if wanted in columns:
        return columns[wanted]
    near = sorted({c for k, c in columns.items() if wanted in k and not c.endswith(("_low", "_high", "_worth"))})
    if len(near) == 1:
        return near[0]
    plain = sorted({c for c in columns.values() if not c.endswith(("_low", "_high", "_worth"))})
    told = f"could be {', '.join(map(repr, near))}" if near else f"is none of {', '.join(map(repr, plain))}"
    raise OrderError(f"the column {text.strip()!r} {told}; name one")


def _holds(row: Mapping[str, Any], condition: str, columns: Mapping[str, str]) -> bool:
    found = _CONDITION.fullmatch(condition.strip())
    if not found:
        raise OrderError(f'the condition {condition!r} is not like "logp<3" or "proposer=genetic"')
    name = _column(found[1], columns)
    value, wanted = row.get(name), found[3].strip().strip("\"'")
    if name in _WORDS:
        if found[2] not in ("=", "==", "!="):
            raise OrderError(f"{name!r} holds words: ask with = or !=, not {found[2]!r}")
        return bool(_TESTS[found[2]](value, wanted))
    if name == "meets_all":
        return bool(_TESTS[found[2]](bool(value), wanted.lower() in ("true", "yes", "1")))
    try:
        limit = float(wanted)
    except ValueError:
        raise OrderError(f"the condition {condition!r} compares {name!r} with {wanted!r}, which is no number") from None
    return value is not None and not math.isnan(float(value)) and bool(_TESTS[found[2]](float(value), limit))
