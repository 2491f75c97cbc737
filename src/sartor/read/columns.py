"""Small tables with named columns (csv, tsv, semicolons): one door for copy numbers, fusions, expression and lists."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sartor.core import IntakeError

SAMPLE = ("sample", "sample_id", "tumor_sample_barcode", "tumour_sample", "tumor_sample")


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by their plain name, and rows with the number of the line they came from."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]

    def find(self, names: Sequence[str]) -> str | None:
        """The first of ``names`` that is a column."""
        return next((n for n in names if n in self.columns), None)

    def need(self, what: str, names: Sequence[str]) -> str:
        """As ``find``; IntakeError that names what is missing and what would do."""
        found = self.find(names)
        if found is None:
            problem = f"no column holds the {what}; there are {', '.join(self.columns) or 'none'}"
            raise IntakeError(problem, file=self.path, line=1, remedy=f"name it one of {', '.join(names[:4])}")
        return found

    def of_sample(self, sample: str | None) -> Table:
        """The rows of one sample, where the table has a column for it.

        Raises IntakeError where there are several and none, or an unknown one, is chosen.
        """
        column = self.find(SAMPLE)
        if column is None:
            return self
        names = list(dict.fromkeys(r[column] for _, r in self.rows))
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        if sample is not None and sample not in names:
            raise IntakeError(f"there is no sample {sample!r}", file=self.path, remedy=f"choose one of {shown}")
        if sample is None and len(names) > 1:
            remedy = "choose one with tumor_sample (--sample), or keep the lines of one sample"
            raise IntakeError(f"{len(names)} samples ({shown}), one expected", file=self.path, remedy=remedy)
        kept = tuple((n, r) for n, r in self.rows if sample is None or r[column] == sample)
        return Table(self.path, self.columns, kept)


def plain(name: str) -> str:
    """A column name for comparison: lower case, spaces, dots and hyphens as ``_``, no ``#`` or quotes."""
    text = name.strip().strip("\"'#").lower()
    return "_".join(text.replace("-", " ").replace(".", " ").replace("_", " ").split())


def read_table(lines: list[str], path: Path) -> Table:
    """The table that the lines hold; empty lines and ``#`` comments before the header are passed over.

    Raises IntakeError for an empty table, a column named twice or a line of the wrong width.
    """
    start = next((i for i, x in enumerate(lines) if x.strip() and not _comment(x)), None)
    if start is None:
        raise IntakeError("the table is empty", file=path, remedy="give it a header line and one line for each entry")
    mark = next((m for m in ("\t", ";", ",") if m in lines[start]), "\t")
    columns = tuple(plain(c) for c in next(csv.reader([lines[start]], delimiter=mark)))
    double = next((c for c in columns if c and columns.count(c) > 1), None)
    if double:
        raise IntakeError(f"two columns are named {double!r}", file=path, line=start + 1, remedy="rename one of them")
    rows = []
    for number, cells in enumerate(csv.reader(lines[start + 1 :], delimiter=mark), start + 2):
        if not any(c.strip() for c in cells):
            continue
        if len(cells) != len(columns):
            problem = f"{len(cells)} columns, {len(columns)} expected"
            remedy = "the line is cut, or a text with the separator in it is not in quotes"
            raise IntakeError(problem, file=path, line=number, remedy=remedy)
        rows.append((number, {c: x.strip() for c, x in zip(columns, cells, strict=True)}))
    return Table(path, columns, tuple(rows))


def _comment(line: str) -> bool:
    """A ``#`` line that is no header: a header of STAR-Fusion and the like begins with ``#`` too, but has columns."""
    return line.startswith("#") and not ("\t" in line and not line.startswith("##"))
