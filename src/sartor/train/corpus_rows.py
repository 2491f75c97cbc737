"""Where a corpus comes from: lists (.smi, .txt) and tables (.csv, .tsv) of molecules, each also gzipped, as rows."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from sartor.core import IntakeError

DELIMITERS = {".smi": "", ".txt": "", ".csv": ",;\t", ".tsv": "\t"}
HEADERS = frozenset({"smiles", "selfies", "safe"})  # the first word of a list may be its heading
MAX_TEXT = 10_000  # letters; a molecule of 70 heavy atoms has a few hundred
UNREADABLE, TOO_LONG = "unreadable row", "text too long"


class Row(NamedTuple):
    """One row of an input: its line in the file, the molecule's text, and "" or why the row is no use."""

    line: int
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MoleculeFile:
    """An input that was looked at: it can be read and, for a table, ``column`` counts to the molecules' column."""

    path: Path
    label: str
    size: int
    sha256: str
    delimiter: str = ""
    column: int = 0

    def fingerprint(self) -> dict[str, str | int]:
        """What must be unchanged for an interrupted run to go on."""
        return {"file": self.label, "bytes": self.size, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of one file, in order; ``share`` is how much of all the bytes had been read behind them (0 to 1)."""

    file: int
    rows: list[Row]
    share: float


def look_at(paths: Sequence[Path], column: str = "smiles") -> list[MoleculeFile]:
    """Check every input before any work starts. IntakeError names the file, what came and what was expected."""
    names = [p.name for p in paths]
    return [_look(p, p.name if names.count(p.name) == 1 else p.as_posix(), column) for p in paths]


def read_chunks(
    files: Sequence[MoleculeFile], size: int, column: str = "smiles", start: tuple[int, int] = (0, 0), limit: int = 0
) -> Iterator[Chunk]:
    """The rows in input order, ``size`` at a time, never of two files; beginning at ``start`` (file, rows to skip).

    ``limit`` > 0 stops after so many rows. Blank lines, lines that begin with # and a list's heading are no rows.
    """
    total = sum(f.size for f in files) or 1
    before = sum(f.size for f in files[: start[0]])
    left = limit
    for number in range(start[0], len(files)):
        file = files[number]
        with _opened(file.path) as (handle, raw):
            rows = _table_rows(handle, file) if file.delimiter else _list_rows(handle, column)
            rows = islice(rows, start[1] if number == start[0] else 0, None)
            while chunk := list(islice(rows, min(size, left) if limit else size)):
                yield Chunk(number, chunk, (before + raw.tell()) / total)
                left -= len(chunk)
                if limit and left <= 0:
                    return
        before += file.size


def _look(path: Path, label: str, column: str) -> MoleculeFile:
    plain = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    choices = DELIMITERS.get(plain.suffix.lower())
    if choices is None:
        remedy = f"give {', '.join(DELIMITERS)}, each also with .gz after it"
        raise IntakeError(f"its name ends in {path.suffix or 'nothing'}", file=path, remedy=remedy)
    try:
        with path.open("rb") as whole:
            sha256 = hashlib.file_digest(whole, "sha256").hexdigest()
        size = path.stat().st_size
    except OSError as error:
        raise IntakeError(f"cannot be read ({error.strerror})", file=path, remedy="check the name") from None
    with _opened(path) as (handle, _):
        first = handle.readline(1 << 20)
    if not first:
        raise IntakeError("the file is empty", file=path, remedy="leave it out, or write one molecule a row")
    if not choices:
        return MoleculeFile(path, label, size, sha256)
    headings = {d: [h.strip().strip('"') for h in next(_reader(io.StringIO(first), d), [])] for d in choices}
    for delimiter, names in headings.items():
        for wanted, given in ((column, names), (column.lower(), [n.lower() for n in names])):
            if wanted in given:
                return MoleculeFile(path, label, size, sha256, delimiter, given.index(wanted))
    came = ", ".join(max(headings.values(), key=lambda names: len(list(names))))[:300]
    remedy = "name the molecules' column with --column, or give a list of SMILES without a heading as .smi"
    raise IntakeError(f"expected a column {column!r}, but the columns are: {came}", file=path, line=1, remedy=remedy)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[str], IO[bytes]]]:
    """The file as text and, below it, as bytes (for how far the reading is); what breaks in it is an IntakeError."""
    try:
        with path.open("rb") as raw:
            packed: Any = gzip.GzipFile(fileobj=raw) if path.suffix.lower() == ".gz" else raw
            # A byte that is no UTF-8 spoils its own row at most.
            yield io.TextIOWrapper(packed, "utf-8-sig", errors="surrogateescape", newline=""), raw
    except (OSError, EOFError, zlib.error) as error:
        remedy = "fetch or pack the file again"
        raise IntakeError(f"cannot be read to its end ({error})", file=path, remedy=remedy) from None


def _reader(handle: IO[str], delimiter: str) -> Any:
    # Tab-separated files of chemical data bases hold bare quotation marks in names; they quote nothing.
    return csv.reader(handle, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL)


def _table_rows(handle: IO[str], file: MoleculeFile) -> Iterator[Row]:
    reader = _reader(handle, file.delimiter)
    next(reader)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a field without end: most often a quotation mark that nothing closes
            yield Row(reader.line_num, "", UNREADABLE)
            continue
        if len(cells) > file.column:
            yield _row(reader.line_num, cells[file.column].strip().strip('"'))
        elif cells:
            yield Row(reader.line_num, file.delimiter.join(cells)[:200], UNREADABLE)


def _list_rows(handle: IO[str], column: str) -> Iterator[Row]:
    for number, line in enumerate(handle, 1):
        words = line.split(None, 1)
        if not words or words[0].startswith("#"):
            continue
        if number == 1 and words[0].lower() in HEADERS | {column.lower()}:
            continue
        yield _row(number, words[0])


def _row(line: int, text: str) -> Row:
    if len(text) > MAX_TEXT:
        return Row(line, text[:200], TOO_LONG)
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        return Row(line, text, UNREADABLE)
    return Row(line, text)
