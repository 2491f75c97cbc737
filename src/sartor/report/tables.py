"""Tables on disk: the ledger, the shortlist and a chemist's scored list. The only place with polars."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from sartor.chem.parse import strict_batch
from sartor.chem.sdf import sd_text
from sartor.core import (
    Candidate,
    Constraint,
    DesignBrief,
    IntakeError,
    Ledger,
    Lineage,
    Objective,
    OrderError,
    Reading,
    Reason,
    decode,
    encode,
)

LEDGER_SCHEMA = "sartor/ledger/1"
_FIXED = {
    "smiles": pl.String,
    "fate": pl.String,
    "total": pl.Float64,
    "unmet": pl.List(pl.String),
    "meets_all": pl.Boolean,
    "proposer": pl.String,
    "parents": pl.List(pl.String),
    "round": pl.Int64,
    "rank": pl.Int64,
    "reasons": pl.String,
}


def write_ledger(ledger: Ledger, folder: Path) -> Path:
    """Write ``3-ledger.parquet``: one row per candidate; returns its path.

    For every reading ``name``: ``name`` (value), ``name_low``, ``name_high``, ``name_in_domain``,
    ``name_why_not`` and, for an objective, ``name_worth``. NaN is "asked, no answer, and why_not says why";
    null is "never asked". What the ledger holds beside candidates (turned away, history, stopped) travels in
    the file's own metadata.
    """
    cs = ledger.candidates
    names = list(dict.fromkeys(n for c in cs for n in c.readings))
    wishes = list(dict.fromkeys(n for c in cs for n in c.worth))
    data: dict[str, list[Any]] = {
        "smiles": [c.smiles for c in cs],
        "fate": [c.fate for c in cs],
        "total": [c.total for c in cs],
        "unmet": [list(c.unmet) for c in cs],
        "meets_all": [c.meets_all for c in cs],
        "proposer": [c.lineage.proposer for c in cs],
        "parents": [list(c.lineage.parents) for c in cs],
        "round": [c.lineage.round for c in cs],
        "rank": [c.rank for c in cs],
        "reasons": [json.dumps(encode(c.reasons), sort_keys=True) if c.reasons else "" for c in cs],
    }
    schema: dict[str, Any] = dict(_FIXED)
    for name in names:
        reads = [c.readings.get(name) for c in cs]
        for suffix, kind in (("", pl.Float64), ("_low", pl.Float64), ("_high", pl.Float64),
                             ("_in_domain", pl.Boolean), ("_why_not", pl.String)):  # fmt: skip
            field = suffix.removeprefix("_") or "value"
            if name + suffix in data:
                raise OrderError(
                    f"{name!r} would give the ledger two columns {name + suffix!r}; rename it in the brief"
                )
            data[name + suffix] = [None if r is None else getattr(r, field) for r in reads]
            schema[name + suffix] = kind
    for name in wishes:
        data[f"{name}_worth"] = [c.worth.get(name) for c in cs]
        schema[f"{name}_worth"] = pl.Float64
    about = {
        "schema": LEDGER_SCHEMA,
        "readings": names,
        "worth": wishes,
        "turned_away": dict(ledger.turned_away),
        "history": encode(ledger.history),
        "stopped": ledger.stopped,
    }
    path = folder / "3-ledger.parquet"
    pl.DataFrame(data, schema=schema).write_parquet(path, metadata={"sartor": json.dumps(about)})
    return path


def read_ledger(path: Path) -> Ledger:
    """The ledger of a ``3-ledger.parquet``; IntakeError where the file is not one."""
    try:
        about = json.loads(pl.read_parquet_metadata(path)["sartor"])
        if about["schema"] != LEDGER_SCHEMA:
            raise ValueError(f"its schema is {about['schema']!r}, not {LEDGER_SCHEMA!r}")
        rows = pl.read_parquet(path).rows(named=True)
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError) as error:
        raise IntakeError(
            f"is not a ledger ({error})", file=path, remedy="use a 3-ledger.parquet that sartor wrote"
        ) from None
    ledger = Ledger([_candidate(r, about["readings"], about["worth"]) for r in rows])
    ledger.turned_away = Counter({k: int(v) for k, v in about["turned_away"].items()})
    ledger.history = decode(list[dict[str, float]], about["history"])
    ledger.stopped = str(about["stopped"])
    return ledger


def _candidate(row: dict[str, Any], readings: Sequence[str], wishes: Sequence[str]) -> Candidate:
    got = {}
    for n in readings:
        if row[n] is not None:
            why = row[f"{n}_why_not"]
            got[n] = Reading(row[n], row[f"{n}_low"], row[f"{n}_high"], row[f"{n}_in_domain"], why)
    reasons: tuple[Reason, ...] = ()
    if row["reasons"]:
        reasons = decode(tuple[Reason, ...], json.loads(row["reasons"]))
    return Candidate(
        smiles=row["smiles"],
        readings=got,
        worth={n: row[f"{n}_worth"] for n in wishes if row[f"{n}_worth"] is not None},
        total=row["total"],
        unmet=tuple(row["unmet"]),
        lineage=Lineage(row["proposer"], tuple(row["parents"]), row["round"]),
        fate=row["fate"],
        rank=row["rank"],
        reasons=reasons,
    )


def write_shortlist(shortlist: Sequence[Candidate], brief: DesignBrief, folder: Path) -> Path:
    """Write ``4-shortlist.csv`` and ``4-shortlist.sdf`` (2D coordinates, the same fields); returns the CSV's path."""
    rows = [_flat(c, brief) for c in shortlist]
    columns = list(rows[0]) if rows else list(_flat(_NOBODY, brief))
    path = folder / "4-shortlist.csv"
    _csv(rows, columns, path)
    fields = [{k: _text(v) for k, v in r.items() if v is not None} for r in rows]
    text = sd_text(strict_batch(c.smiles for c in shortlist), [f"rank {c.rank}" for c in shortlist], fields)
    (folder / "4-shortlist.sdf").write_text(text, encoding="utf-8")
    return path


_NOBODY = Candidate("", {}, {}, math.nan, (), Lineage(""))


def _flat(c: Candidate, brief: DesignBrief) -> dict[str, Any]:
    row: dict[str, Any] = {
        "rank": c.rank,
        "smiles": c.smiles,
        "total_desirability": _figure(c.total),
        "constraints_met": c.meets_all,
        "unmet": "; ".join(c.unmet),
        "proposer": c.lineage.proposer,
    }
    asks: tuple[Objective | Constraint, ...] = (*brief.objectives, *brief.constraints)
    for ask in asks:
        row |= _reading(f"{ask.name}", c.readings.get(ask.name))
        if ask.name in c.worth:
            row[f"{ask.name}_worth"] = _figure(c.worth[ask.name])
    row["reasons"] = " ".join(r.text for r in c.reasons)
    return row


def _reading(name: str, r: Reading | None) -> dict[str, Any]:
    if r is None:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high", f"{name}_in_domain", f"{name}_why_not"))
    return {
        name: _figure(r.value),
        f"{name}_low": _figure(r.low),
        f"{name}_high": _figure(r.high),
        f"{name}_in_domain": r.in_domain,
        f"{name}_why_not": r.why_not,
    }


def write_scores(
    lines: Sequence[tuple[int, str, str, str]], candidates: Sequence[Candidate], brief: DesignBrief, path: Path
) -> Path:
    """Write a chemist's scored list as CSV; returns its path.

    ``lines`` are (line number, text as given, name, problem); the ``candidates`` belong, in order, to the
    lines whose problem is "". Every line is kept: a bad one has its reason under ``problem`` and no numbers.
    One column per scorer with ``_low``, ``_high``, ``_in_domain``, ``_why_not``; a scorer asked with
    different settings has one each.
    """
    good = sum(not problem for *_, problem in lines)
    if good != len(candidates):
        raise ValueError(f"{good} lines without a problem but {len(candidates)} candidates")
    columns = scorer_columns(brief)
    left = iter(candidates)
    rows = []
    for number, text, name, problem in lines:
        c = None if problem else next(left)
        row: dict[str, Any] = {
            "line": number,
            "input": text,
            "name": name,
            "smiles": c.smiles if c else None,
            "problem": problem,
            "total_desirability": _figure(c.total) if c else None,
            "constraints_met": c.meets_all if c else None,
            "unmet": "; ".join(c.unmet) if c else None,
        }
        for column, asks in columns.items():
            row |= _reading(column, next((c.readings[a] for a in asks if a in c.readings), None) if c else None)
        rows.append(row)
    fixed = ["line", "input", "name", "smiles", "problem", "total_desirability", "constraints_met", "unmet"]
    read = [k for column in columns for k in _reading(column, None)]
    _csv(rows, fixed + read, path)
    return path


def scorer_columns(brief: DesignBrief) -> dict[str, list[str]]:
    """Column name -> the objectives and constraints that ask that scorer with the same settings."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Objective | Constraint]] = {}
    asked: tuple[Objective | Constraint, ...] = (*brief.objectives, *brief.constraints)
    for ask in asked:
        groups.setdefault((ask.scorer, tuple(sorted(ask.settings.items()))), []).append(ask)
    often = Counter(scorer for scorer, _ in groups)
    named = {}
    for (scorer, settings), asks in groups.items():
        tail = "_".join(v for _, v in settings if v).replace(" ", "_")
        named[scorer if often[scorer] == 1 or not tail else f"{scorer}_{tail}"] = [a.name for a in asks]
    return named


def _csv(rows: list[dict[str, Any]], columns: list[str], path: Path) -> None:
    data = {k: [r.get(k) for r in rows] for k in columns}
    pl.DataFrame(data, strict=False, infer_schema_length=None).write_csv(path)


def _figure(value: float) -> float | None:
    """Six significant digits; an unknown number is an empty cell (its reason stands beside it)."""
    return None if math.isnan(value) else float(f"{value:.6g}")


def _text(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
