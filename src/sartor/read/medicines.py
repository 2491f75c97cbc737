"""The medicines a patient takes: a CSV, a list with one a line, a FHIR bundle or a phenopacket.

What nobody knows is kept and said, never dropped.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sartor.core import IntakeError, Medicine

from .documents import looks_like_document, read_document
from .medicine_names import Line, resolve
from .privacy import personal
from .units import without_accents
from .vcf import opened

__all__ = ["Line", "read_lines", "read_medicines", "recognize"]

#: Names of columns, without accents; German, French, Italian and Spanish ones too.
_NAMES = (
    "name|medicine|medicines|medication|drug|drug name|substance|active ingredient|active substance|product|brand|"
    "medikament|medikamente|arzneimittel|arzneistoff|wirkstoff|praparat|praeparat|handelsname|nom|medicament|"
    "medicaments|specialite|substance active|dci|nome|farmaco|farmaci|medicinale|principio attivo|nombre|medicamento|"
    "medicamentos|principio activo"
)
_DOSES = (
    "dose|dosage|strength|posology|daily dose|regimen|dosis|dosierung|starke|staerke|einnahme|posologie|dosi|"
    "dosaggio|posologia"
)
_NONE = (
    "none|nil|no medicines|no medication|no medications|takes none|keine|keine medikamente|aucun|aucune|nessuno|"
    "nessuna|ninguno|ninguna"
)
NAME_COLUMNS, DOSE_COLUMNS = tuple(_NAMES.split("|")), tuple(_DOSES.split("|"))
#: A line that says that nothing is taken.
NOTHING = frozenset(_NONE.split("|"))
ATC_COLUMNS = ("atc", "atc code")
RXNORM_COLUMNS = ("rxnorm", "rxcui", "rxnorm id", "rxnorm code", "rx cui")
#: Where the dose begins in "Metoprolol succinate 95 mg once daily" or "Eliquis, 5 mg".
_DOSE = re.compile(r"[\s,;]+(?=\d+(?:[.,/-]\d+)*\s*(?:mg|mcg|µg|ug|g|ml|iu|ie|u|units?|meq|mmol|%)\b)", re.IGNORECASE)


def read_medicines(path: Path) -> tuple[tuple[Medicine, ...], tuple[str, ...]]:
    """Medicines of a file and what was noticed while reading (see ``read_lines``).

    A mixture becomes one Medicine per substance. A name nobody knows becomes ``Medicine(substance="")`` with a note.
    """
    lines, notes = read_lines(path)
    return flattened(lines), notes


def flattened(lines: Iterable[Line]) -> tuple[Medicine, ...]:
    """One Medicine per substance of every line."""
    return tuple(m for line in lines for m in line.medicines)


def read_lines(path: Path) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines of a list of medicines, and notes.

    A CSV has a header after its ``#`` comments; a column for the name is needed (``name``, ``medicine``, ``drug`` …) or
    one for codes (ATC, RxNorm), one for the dose is read where there is any, others are ignored. Comma, semicolon, tab
    and bar separate. A ``.txt`` file without such a header holds one medicine a line, its dose behind it. JSON is a
    FHIR bundle or a phenopacket.

    Raises:
        IntakeError: missing or empty file, no name column, a line of the wrong width or without a name, a column that
            names the person, a document that lists no medicines at all.
    """
    path = Path(path)
    with opened(path) as stream:
        text = stream.read()
    if looks_like_document(text):
        record = read_document(text, path)
        if record.lines is None:
            problem = "the document lists no medicines: it holds no entry about them"
            remedy = 'give a list of its own; a CSV with only the header "name,dose" says that none is taken'
            raise IntakeError(problem, file=path, remedy=remedy)
        said = tuple(n for line in record.lines for n in line.notes)
        return record.lines, (*record.notes, *said, *_doubles(flattened(record.lines)))
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1)]
    lines = [(n, x.lstrip("\ufeff")) for n, x in lines if x.strip() and not x.lstrip("\ufeff").startswith("#")]
    if lines and re.fullmatch(r"sep=.", lines[0][1].strip().lower()):
        lines = lines[1:]  # a spreadsheet's own first line
    if not lines and path.suffix.lower() != ".txt":
        raise IntakeError("there is no header line", file=path, remedy="begin the file with: name,dose")
    if path.suffix.lower() == ".txt" and not _has_header(lines):
        found = [_from_words(n, line.strip()) for n, line in lines]
    else:
        found = _from_table(lines, path)
    empty = [line for line in found if line.name.strip(" .-").lower() in NOTHING and not line.match.drugs]
    found = [line for line in found if line not in empty]
    notes = [n for line in found for n in line.notes]
    if empty and found:
        notes.append(f"line {empty[0].number} says that nothing is taken, other lines name medicines: those were taken")
    if not found:
        notes.append(f"{path.name} lists no medicine: read as 'takes none'")
    return tuple(found), (*notes, *_doubles(flattened(found)))


def _from_words(number: int, line: str) -> Line:
    """One line of a plain list."""
    name, dose = [*_DOSE.split(line, maxsplit=1), ""][:2]
    whole = resolve(number, line, "")
    # "Tylenol 3" and "insulin 70/30" are names: the dose is cut off only where the whole line is no name.
    return resolve(number, name.strip(" ,;-*\t") or line, dose.strip()) if dose or not whole.match.drugs else whole


def _has_header(lines: list[tuple[int, str]]) -> bool:
    if not lines:
        return False
    header = _header(lines[0][1])[1]
    return _column(header, (*NAME_COLUMNS, *ATC_COLUMNS, *RXNORM_COLUMNS)) is not None


def _header(line: str) -> tuple[str, list[str]]:
    separator = max(",;\t|", key=line.count)
    return separator, [_plain(h) for h in _cells(line, separator)]


def _plain(column: str) -> str:
    """A column's name for comparison: lower case, without accents and underscores."""
    return without_accents(column.strip().lower().replace("_", " "))


def _from_table(lines: list[tuple[int, str]], path: Path) -> list[Line]:
    """The lines of a CSV."""
    separator, header = _header(lines[0][1])
    for column in header:
        if personal(column) and column not in NAME_COLUMNS:
            remedy = "take the column out: names, dates of birth and record numbers never enter"
            raise IntakeError(f"the column {column!r} names the person", file=path, line=lines[0][0], remedy=remedy)
    places = [_column(header, c) for c in (NAME_COLUMNS, DOSE_COLUMNS, ATC_COLUMNS, RXNORM_COLUMNS)]
    name_at, _, atc_at, rxnorm_at = places
    if name_at is None and atc_at is None and rxnorm_at is None:
        raise IntakeError(
            f"no column holds the names; the columns are {', '.join(header)}",
            file=path,
            line=lines[0][0],
            remedy="call the column of medicines 'name' (and that of doses 'dose')",
        )
    found = []
    for number, cells in _rows(lines[1:], separator):
        if not any(cells):
            continue
        wide = len(cells) > len(header)
        cells += [""] * (len(header) - len(cells))
        name, dose, atc, rxnorm = ("" if at is None else cells[at] for at in places)
        name = name or (f"RxNorm:{rxnorm}" if rxnorm else f"ATC:{atc}" if atc else "")
        if wide or not name:
            problem = f"{len(cells)} cells" if wide else "the medicine has no name"
            remedy = f"write {len(header)} cells a line, as in the header; quote a cell that holds {separator!r}"
            raise IntakeError(
                f"{problem} where {len(header)} cells with a name were expected", file=path, line=number, remedy=remedy
            )
        found.append(resolve(number, name, dose, atc, rxnorm) if dose or atc or rxnorm else _from_words(number, name))
    return found


def _rows(lines: list[tuple[int, str]], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Cells of each row with the line it begins on; a quoted cell may hold line breaks."""
    reader = csv.reader((f"{line}\n" for _, line in lines), delimiter=separator, skipinitialspace=True)
    begins = 0
    for row in reader:
        yield lines[begins][0], [" ".join(c.split()) for c in row]
        begins = reader.line_num


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(n) for n in names if n in header), None)


def recognize(name: str, dose: str = "", atc: str = "", rxnorm: str = "") -> tuple[list[Medicine], list[str]]:
    """The Medicines one line stands for, and notes: a spelling that was corrected, a name nobody knows."""
    line = resolve(0, name, dose, atc, rxnorm)
    return list(line.medicines), list(line.notes)


def _doubles(found: Iterable[Medicine]) -> tuple[str, ...]:
    seen: dict[str, list[str]] = {}
    for m in found:
        seen.setdefault(m.substance, []).append(m.name)
    times = {2: "twice", 3: "three times"}
    return tuple(
        f"{substance} is listed {times.get(len(names), f'{len(names)} times')} ({', '.join(names)})"
        for substance, names in seen.items()
        if substance and len(names) > 1
    )
