"""An assay table to rows that can be learned from, and a list of those that cannot, each with what was expected."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sartor.chem.parse import batch, inchikey
from sartor.chem.standardize import standardize
from sartor.core import IntakeError

from .units import FAILED, RETRACTED, Relation, Unreadable, read, unit_of

_COLUMNS = {
    "smiles": ("smiles", "structure", "molecule", "canonical_smiles"),
    "id": ("id", "name", "compound", "compound_id", "title"),
    "value": ("value", "result", "potency", "ic50", "ki", "kd", "ec50", "pic50", "pki", "pkd", "pec50", "inhibition"),
    "unit": ("unit", "units"),
    "relation": ("relation", "qualifier", "operator"),
    "status": ("status", "outcome", "comment", "note"),
    "at": ("concentration", "conc", "at"),
}
# Headings of our own batch tables: they say what was expected, not what was measured.
_OURS = frozenset(
    ("\0extra", "id", "expected_pic50", "low", "high", "expected_improvement", "chance_of_the_rest", "exploration",
     "narrows", "nearest_measured", "nearest_pic50", "nearest_similarity", "why")
)  # fmt: skip
_HEAD = re.compile(r"(.*?)[\s_]*[\[(]?\s*(nM|uM|µM|μM|mM|pM|M|%)\s*[\])]?")


@dataclass(frozen=True, slots=True)
class Result:
    """One usable row. ``relation`` is of the pIC50: "<" weaker than, ">" stronger than ``value``.

    ``failed`` is why the assay gave no number, "" where it did; "retracted" takes back the molecule's earlier results.

    ``key`` identifies the row whatever file it comes in; ``row`` is its line in this file.
    """

    row: int
    smiles: str
    inchikey: str
    name: str
    value: float
    relation: Relation
    failed: str = ""
    rule: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A refused row: its line, what came and what was expected."""

    row: int
    came: str
    expected: str


@dataclass(slots=True)
class Table:
    """What a results file says. ``waiting`` counts rows of proposed molecules that were left empty: no result yet."""

    results: list[Result] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sha256: str = ""
    waiting: int = 0


def read_results(path: Path, names: Mapping[str, str]) -> Table:
    """The rows of an assay CSV. ``names`` are the molecules of earlier batches by id, for rows without a structure.

    Columns, found by name in any order and case: ``smiles`` or ``id``; ``value`` (or IC50, pIC50 …; the unit may stand
    in the heading, "IC50 [nM]"); ``unit``; ``relation``; ``status`` ("failed"); ``concentration`` of an inhibition.
    A row that repeats another in every cell is counted once. IntakeError where the file is no such table at all.
    """
    rows, heads = _rows(path)
    columns, head_unit = _find(heads, path)
    table = Table(sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    seen: dict[str, int] = {}
    for line, row in rows:
        if _waits(row, columns, names):
            table.waiting += 1
            continue
        try:
            result = _one(line, row, columns, head_unit, names, table.notes)
        except Unreadable as error:
            table.bad.append(BadRow(line, error.came, error.expected))
            continue
        if result.key in seen:
            table.notes.append(f"row {line} repeats row {seen[result.key]} in every cell and is counted once")
            continue
        seen[result.key] = line
        table.results.append(result)
    return table


def _waits(row: Mapping[str, str], columns: Mapping[str, str], names: Mapping[str, str]) -> bool:
    told = any(row.get(columns.get(role, ""), "") for role in ("value", "unit", "status"))
    return not told and row.get(columns.get("id", ""), "") in names


def _rows(path: Path) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(
            f"cannot be read as text ({error})", file=path, remedy="give a CSV with smiles, value, unit"
        ) from None
    lines = text.splitlines()
    if not any(line.strip() for line in lines):
        raise IntakeError("the file is empty", file=path, remedy="give a CSV with columns smiles, value, unit")
    reader = csv.reader(lines, delimiter=max(",;\t", key=lines[0].count))
    heads: list[str] = []
    rows = []
    for cells in reader:
        if not any(c.strip() for c in cells):
            continue
        if not heads:
            heads = [c.strip() for c in cells]
            double = [h for h, n in Counter(h.lower() for h in heads if h).items() if n > 1]
            if double:
                raise IntakeError(f"two columns are called {double[0]!r}", file=path, line=1, remedy="rename one")
            continue
        row = dict(zip(heads, (c.strip() for c in cells), strict=False))
        row["\0extra"] = "" if len(cells) == len(heads) else str(len(cells))
        rows.append((reader.line_num, row))
    if not rows:
        raise IntakeError("there are headings but no rows", file=path, remedy="add a row for each measurement")
    return rows, heads


def _find(heads: Sequence[str], path: Path) -> tuple[dict[str, str], str]:
    """Role -> heading, and the unit that the value's heading holds ("" for none)."""
    found: dict[str, str] = {}
    unit = ""
    for role, words in _COLUMNS.items():
        for head in heads:
            bare, its = head.lower(), ""
            cut = _HEAD.fullmatch(head)
            if role in ("value", "at") and cut and cut[1]:
                bare, its = cut[1].strip().lower(), cut[2]
            if role not in found and bare in words:
                found[role] = head
                if role == "value":
                    unit = its or (bare if unit_of(bare) == "pIC50" else "")
    if "value" not in found or not ({"smiles", "id"} & set(found)):
        raise IntakeError(
            f"has the columns {', '.join(heads)}",
            file=path,
            line=1,
            remedy="name the columns smiles (or id of a proposed molecule), value and unit",
        )
    return found, unit


def _one(
    line: int, row: Mapping[str, str], columns: Mapping[str, str], unit: str, names: Mapping[str, str], notes: list[str]
) -> Result:
    if row["\0extra"]:
        raise Unreadable(f"{row[chr(0) + 'extra']} cells", f"{len(row) - 1} cells, as the headings have")

    def cell(role: str) -> str:
        return row.get(columns.get(role, ""), "")

    smiles, key = _molecule(cell("smiles"), cell("id"), names, line, notes)
    # The result's own cells; the structure may be written otherwise in a re-export, our own remarks may be cut away.
    told = sorted((h.lower(), c) for h, c in row.items() if c and h.lower() not in _OURS and h != columns.get("smiles"))
    mark = hashlib.sha256(repr((key, told)).encode()).hexdigest()[:20]
    failed = _failed(cell("status"), cell("value"))
    if failed:
        return Result(line, smiles, key, cell("id"), float("nan"), "=", failed, key=mark)
    if not cell("value"):
        raise Unreadable("an empty value", "a number, a bound like >10000, or failed")
    p = read(cell("value"), cell("unit") or unit, cell("relation"), cell("at"))
    return Result(line, smiles, key, cell("id"), p.value, p.relation, "", p.rule, mark)


def _failed(status: str, value: str) -> str:
    """Why the assay gave no number, "" where it did. A status of success ("ok", "valid") says nothing."""
    if status.lower().startswith(("retract", "withdraw")):
        return RETRACTED
    for text in (value, status):
        if text and re.split(r"[\s:,;]", text.lower())[0].strip(".") in FAILED:
            return text
    return ""


def _molecule(text: str, name: str, names: Mapping[str, str], line: int, notes: list[str]) -> tuple[str, str]:
    """Canonical SMILES and key of the row's molecule."""
    if not text:
        if name in names:
            text = names[name]
        else:
            raise Unreadable(
                f"id {name!r} and no structure" if name else "neither structure nor id",
                "a SMILES, or the id of a molecule that a batch of this campaign proposed",
            )
    parent, why = standardize(text)
    if not parent:
        raise Unreadable(f"structure {text!r} ({why})", "the SMILES of one organic molecule")
    if "." in text:
        notes.append(f"row {line}: of {text} the parent {parent} is learned from")
    mols, _ = batch([parent])
    return mols.smiles[0], inchikey(mols)[0] or mols.smiles[0]
