"""A file of molecules through every ADMET endpoint, streamed; and what the endpoints are."""

from __future__ import annotations

import csv
import gzip
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import sartor.chem.parse  # noqa: F401  (silences RDKit: a bad line is a reason in the table, not noise)
from sartor.chem.standardize import standardize_batch
from sartor.core import IntakeError, MolBatch, OrderError, Patient, Readout
from sartor.ml import weights
from sartor.score import admet, admet_kinetics, admet_toxicity
from sartor.score.admet import AdmetPart

CHUNK = 512
SEPARATORS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
NAMES = ("name", "id", "compound", "title")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: its number, its SMILES as written and its name ("" where it has none)."""

    line: int
    text: str
    name: str


def parts() -> tuple[type[AdmetPart], ...]:
    """Every ADMET part the house ships, in the order of their modules."""
    return tuple(
        made
        for room in (admet, admet_kinetics, admet_toxicity)
        for made in vars(room).values()
        if isinstance(made, type) and issubclass(made, AdmetPart) and made.__module__ == room.__name__
        if made is not AdmetPart
    )


def listed() -> list[dict[str, Any]]:
    """Each endpoint: name, unit, kind, licence class, the TDC task it answers (None without), and how well it does.

    The unit of an endpoint with a TDC task is TDC's own. ``not_predictable`` is the reason where it gives no numbers.
    """
    whole = weights.card(admet.WEIGHTS)
    out = []
    for part in parts():
        entry = whole["endpoints"].get(part.endpoint, {})
        out.append(
            {
                "name": part.endpoint,
                "unit": entry.get("unit", "probability"),
                "kind": entry.get("kind", "probability"),
                "direction": part.direction,
                "licence_class": entry.get("licence_class"),
                "tdc_task": entry.get("tdc") or None,
                "meaning": entry.get("meaning", ""),
                "not_predictable": entry.get("not_predictable") or whole["left_out"].get(part.endpoint, ""),
                "figures": entry.get("record", {}).get("all", {}),
            }
        )
    return out


def measure(mols: MolBatch, names: Iterable[str] = ()) -> dict[str, Readout]:
    """Every endpoint (or those named) on a batch: features are computed once and shared.

    Repeated molecules are taken out first and put back after: each part would else make a batch, and features, of its
    own.
    """
    wanted = set(names)
    nobody = Patient().view(())
    first: dict[str, int] = {}
    for i, smiles in enumerate(mols.smiles):
        first.setdefault(smiles, i)
    distinct = mols if len(first) == len(mols) else mols.take(list(first.values()))
    place = {smiles: k for k, smiles in enumerate(first)}
    back = [place[smiles] for smiles in mols.smiles]
    chosen = [p for p in parts() if not wanted or p.endpoint in wanted]
    read = {p.endpoint: p(p.Config()).score(distinct, nobody) for p in chosen}
    return read if distinct is mols else {name: r.take(back) for name, r in read.items()}


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8-sig")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8-sig", newline="")
        ) as text:
            yield text
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise IntakeError(f"cannot be read as text ({error})", file=path, remedy="give a .smi, .csv or .tsv") from None


def rows(path: Path, column: str = "") -> Iterator[Row]:
    """The lines of a list, one at a time: a table with a header, or SMILES one a line with a name after it.

    Tables are .csv and .tsv (gzipped or not). Without ``column`` a table's SMILES column is the one called so.
    """
    kind = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    with _opened(path) as text:
        if kind.lower() in SEPARATORS:
            yield from _table(path, csv.DictReader(text, delimiter=SEPARATORS[kind.lower()]), column)
            return
        for number, line in enumerate(text, 1):
            found = line.split(None, 1)
            if not found or found[0].startswith("#") or (number == 1 and found[0].lower() == "smiles"):
                continue
            yield Row(number, found[0], found[1].strip() if len(found) > 1 else "")


def _table(path: Path, reader: csv.DictReader[str], column: str) -> Iterator[Row]:
    columns = list(reader.fieldnames or ())
    if not columns:
        raise IntakeError("the file is empty", file=path, remedy="write a header line, then one molecule a line")
    smiles = column if column in columns else next((c for c in columns if c.strip().lower() == "smiles"), "")
    if not smiles or (column and column not in columns):
        raise IntakeError(
            f"no column is called {column or 'smiles'!r}; there are {', '.join(columns)}",
            file=path,
            line=1,
            remedy="name the column of the structures with --smiles-column",
        )
    named = next((c for c in columns if c.strip().lower() in NAMES and c != smiles), "")
    for row in reader:
        yield Row(reader.line_num, (row[smiles] or "").strip(), (row[named] or "") if named else "")


def predict_file(
    path: Path,
    out: Path,
    column: str = "",
    names: Iterable[str] = (),
    say: Callable[[int, int], None] = lambda done, refused: None,
) -> dict[str, Any]:
    """Read a list, write one CSV row per line, in order, a few hundred molecules at a time; returns counts.

    A structure is brought to its standard form first, as the training molecules were: the largest organic fragment,
    neutralized. A line that cannot be read or lies outside what the models may judge keeps its row, with the reason
    under ``problem``. Per endpoint: value, ``_low``, ``_high`` (90 % interval), ``_in_domain``, ``_why_not``.
    ``say`` hears lines done and lines refused. IntakeError, OrderError.
    """
    wanted = list(dict.fromkeys(names)) or [p.endpoint for p in parts()]
    unknown = sorted(set(wanted) - {p.endpoint for p in parts()})
    if unknown:
        raise OrderError(f"no endpoint is called {', '.join(unknown)}; `sartor admet --list` shows them all")
    source = rows(path, column)
    first = list(islice(source, CHUNK))
    if not first:
        raise IntakeError("there are no molecules in it", file=path, remedy="write one SMILES a line")
    done = refused = 0
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(_header(wanted))
            while first:
                made = _answers(first, wanted)
                writer.writerows(made)
                done += len(made)
                refused += sum(bool(r[4]) for r in made)
                say(done, refused)
                first = list(islice(source, CHUNK))
    except OSError as error:
        raise OrderError(f"cannot write {out}: {error.strerror or error}; choose another place with -o") from error
    return {"lines": done, "predicted": done - refused, "refused": refused, "endpoints": len(wanted), "out": str(out)}


def _header(names: list[str]) -> list[str]:
    ends = ("", "_low", "_high", "_in_domain", "_why_not")
    return ["line", "input", "name", "smiles", "problem", *(f"{n}{e}" for n in names for e in ends)]


def _answers(lines: list[Row], names: list[str]) -> list[list[object]]:
    mols, why = standardize_batch([line.text for line in lines])
    read = measure(mols, names) if len(mols) else {}
    columns: list[list[object]] = []
    for name in names if read else ():
        r = read[name]
        for figures in (r.value, r.low, r.high):
            columns.append(["" if math.isnan(x) else f"{x:.5g}" for x in figures.tolist()])
        columns.append([str(x).lower() for x in r.in_domain.tolist()])
        columns.append(list(r.why_not))
    numbers = iter(zip(*columns, strict=True)) if columns else iter(())
    smiles = iter(mols.smiles)
    out: list[list[object]] = []
    for line, reason in zip(lines, why, strict=True):
        told: list[object] = [line.line, line.text, line.name]
        if reason:
            out.append([*told, "", reason if line.text else "empty", *_no_answer(len(names), reason)])
        else:
            out.append([*told, next(smiles), "", *next(numbers)])
    return out


def _no_answer(endpoints: int, reason: str) -> list[object]:
    return ["", "", "", "false", reason] * endpoints
