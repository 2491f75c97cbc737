"""The medicines a patient takes: a CSV of names and doses. What nobody knows is kept and said, never dropped."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from sartor.core import IntakeError, Medicine
from sartor.facts.drugs import Found, find

from .vcf import opened

NAME_COLUMNS = (
    "name",
    "medicine",
    "medicines",
    "medication",
    "drug",
    "drug name",
    "substance",
    "active ingredient",
    "active substance",
    "product",
    "brand",
)
DOSE_COLUMNS = ("dose", "dosage", "strength", "posology", "daily dose", "regimen")
ATC_COLUMNS = ("atc", "atc code")


def read_medicines(path: Path) -> tuple[tuple[Medicine, ...], tuple[str, ...]]:
    """Medicines of a CSV and what was noticed while reading.

    The first line that is no ``#`` comment is the header; a column for the name is needed (``name``, ``medicine``,
    ``drug`` …), columns for dose and ATC code are read where there are any, others are ignored. Comma, semicolon, tab
    and bar separate. A mixture becomes one Medicine per substance. A name nobody knows becomes
    ``Medicine(substance="")`` with a note.

    Raises:
        IntakeError: missing or empty file, no name column, a line of the wrong width or without a name.
    """
    path = Path(path)
    with opened(path) as stream:
        lines = [(n, line.rstrip("\r\n")) for n, line in enumerate(stream, 1)]
    lines = [(n, x.lstrip("\ufeff")) for n, x in lines if x.strip() and not x.lstrip("\ufeff").startswith("#")]
    if not lines:
        raise IntakeError("there is no header line", file=path, remedy="begin the file with: name,dose")
    separator = max(",;\t|", key=lines[0][1].count)
    header = [h.strip().lower().replace("_", " ") for h in _cells(lines[0][1], separator)]
    name_at = _column(header, NAME_COLUMNS)
    if name_at is None:
        raise IntakeError(
            f"no column holds the names; the columns are {', '.join(header)}",
            file=path,
            line=lines[0][0],
            remedy="call the column of medicines 'name' (and that of doses 'dose')",
        )
    dose_at, atc_at = _column(header, DOSE_COLUMNS), _column(header, ATC_COLUMNS)
    found: list[Medicine] = []
    notes: list[str] = []
    for number, line in lines[1:]:
        cells = [c.strip() for c in _cells(line, separator)]
        if not any(cells):
            continue
        if len(cells) > len(header) or not cells[min(name_at, len(cells) - 1)]:
            problem = "the medicine has no name" if len(cells) <= len(header) else f"{len(cells)} cells"
            remedy = f"write {len(header)} cells a line, as in the header; quote a cell that holds {separator!r}"
            raise IntakeError(
                f"{problem} where {len(header)} cells with a name were expected", file=path, line=number, remedy=remedy
            )
        cells += [""] * (len(header) - len(cells))
        dose = cells[dose_at] if dose_at is not None else ""
        code = cells[atc_at] if atc_at is not None else ""
        made, said = recognize(cells[name_at], dose, code)
        found += made
        notes += said
    if not found:
        notes.append(f"{path.name} lists no medicine: read as 'takes none'")
    return tuple(found), (*notes, *_doubles(found))


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(n) for n in names if n in header), None)


def recognize(name: str, dose: str = "", atc: str = "") -> tuple[list[Medicine], list[str]]:
    """The Medicines one line stands for, and notes: a spelling that was corrected, a name nobody knows."""
    found = find(name) or _parts(name) or (find(atc) if atc else None)
    if found is None:
        note = (
            f"{name!r} is no medicine we know: its interactions could not be considered. Give the active substance "
            "(INN) if there is one"
        )
        return [Medicine(name, "", dose)], [note]
    notes = []
    if found.read_as:
        notes.append(
            f"{name!r} was read as {' + '.join(d.substance for d in found.drugs)}; correct it if that is wrong"
        )
    return [Medicine(name, d.substance, dose, d.smiles) for d in found.drugs], notes


def _parts(name: str) -> Found | None:
    """A name such as "amlodipine/valsartan" or "codeine + paracetamol": known only if every part is."""
    parts = [p for p in re.split(r"\s*(?:\+|/|&| and )\s*", name) if p]
    if len(parts) < 2:
        return None
    known = [find(p) for p in parts]
    if any(k is None for k in known):
        return None
    drugs = tuple(d for k in known if k is not None for d in k.drugs)
    return Found(drugs, " + ".join(k.read_as for k in known if k is not None and k.read_as))


def _doubles(found: list[Medicine]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    notes = []
    for m in found:
        if m.substance and m.substance in seen:
            notes.append(f"{m.substance} is listed twice ({seen[m.substance]}, {m.name})")
        seen.setdefault(m.substance, m.name)
    return tuple(notes)
