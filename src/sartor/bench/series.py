"""A measured series from anybody's CSV: structures and potencies, columns found by name or named."""

from __future__ import annotations

import csv
import gzip
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sartor.chem import properties
from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import batch
from sartor.core import IntakeError, MolBatch

_SMILES = ("smiles", "canonical_smiles", "structure", "molecule")
_LOGS = re.compile(r"(y\s*\[)?(pec50/pki|pki|pec50|pic50|pkd|pxc50|pchembl(_value)?|pvalue|p_?activity)\]?")
_MOLAR = re.compile(r".*[\s_\[(](pm|nm|um|µm|mm|m)[\])]?")
_PLAIN = ("value", "y", "activity", "potency", "label", "target", "standard_value")
UNITS = {"pM": 1e-12, "nM": 1e-9, "uM": 1e-6, "mM": 1e-3, "M": 1.0}


@dataclass(frozen=True, slots=True)
class Series:
    """A pool of measured molecules. ``read_as`` says which columns were taken and how the numbers were read."""

    name: str
    mols: MolBatch
    potency: NDArray[np.float64]
    read_as: str
    dropped: dict[str, int]

    def __len__(self) -> int:
        return len(self.potency)

    @property
    def counts(self) -> NDArray[np.uint8]:
        """Morgan counts ``(n, 2048)``."""
        return morgan_counts(self.mols)

    @property
    def logp(self) -> NDArray[np.float64]:
        """Crippen log P ``(n,)``."""
        return properties.logp(self.mols)

    @property
    def weight(self) -> NDArray[np.float64]:
        """Molecular weight ``(n,)`` in Da."""
        return properties.molecular_weight(self.mols)


def read_series(path: Path, smiles: str = "", value: str = "", unit: str = "") -> Series:
    """The series of a CSV or TSV, gzipped or not.

    Columns are found by name (MoleculeACE's, ChEMBL's and plain ones) unless ``smiles`` and ``value`` name them;
    ``unit`` is pIC50, pM, nM, uM, mM or M, else what the heading or the numbers say. Molecules met twice get the mean
    of their pIC50; bounds (a relation that is not "="), rows without a number and structures that do not parse are
    counted in ``dropped``. IntakeError where the file holds no series.
    """
    rows = _rows(path)
    heads = list(rows[0])
    s = _named(smiles, heads, path) if smiles else _first(heads, lambda h: h in _SMILES)
    v = _named(value, heads, path) if value else _value(heads)
    if not s or not v:
        missing = "structures" if not s else "values"
        raise IntakeError(
            f"no column of {missing} among {', '.join(heads)}",
            file=path,
            line=1,
            remedy="name them with --smiles-column and --value-column",
        )
    relation = _first(heads, lambda h: h in ("relation", "standard_relation", "qualifier"))
    dropped = {"no number": 0, "bound": 0, "does not parse": 0}
    texts, numbers = [], []
    for row in rows:
        if relation and (row[relation] or "=").strip("' ") not in ("=", ""):
            dropped["bound"] += 1
            continue
        try:
            number = float(row[v] or "")
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            dropped["no number"] += 1
            continue
        texts.append(row[s] or "")
        numbers.append(number)
    potency, how = _potency(np.array(numbers), v, unit, path)
    mols, bad = batch(texts)
    dropped["does not parse"] += len(bad)
    potency = np.delete(potency, [b.position for b in bad])
    keep, means = _merged(mols, potency)
    return Series(
        _name(path), mols.take(keep), means, f"{s!r} and {v!r} {how}", {k: n for k, n in dropped.items() if n}
    )


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise IntakeError(f"cannot be read as text ({error})", file=path, remedy="give a CSV, plain or gzip") from None
    lines = text.splitlines()
    rows = list(csv.DictReader(lines, delimiter=max(",\t;", key=lines[0].count))) if lines else []
    if not rows:
        raise IntakeError("holds no rows", file=path, remedy="give a CSV with structures and potencies")
    return rows


def _named(name: str, heads: Sequence[str], path: Path) -> str:
    if name not in heads:
        raise IntakeError(f"no column {name!r} among {', '.join(heads)}", file=path, line=1, remedy="name one of them")
    return name


def _first(heads: Sequence[str], fits: object) -> str:
    return next((h for h in heads if h and fits(h.strip().lower())), "")  # type: ignore[operator]


def _value(heads: Sequence[str]) -> str:
    """The column of values: logarithms before concentrations before a column of no unit."""
    return (
        _first(heads, lambda h: bool(_LOGS.fullmatch(h)))
        or _first(heads, lambda h: bool(_MOLAR.fullmatch(h)) and not h.startswith(("id", "name")))
        or _first(heads, lambda h: h in _PLAIN)
    )


def _potency(x: NDArray[np.float64], column: str, unit: str, path: Path) -> tuple[NDArray[np.float64], str]:
    """The numbers as pIC50, and how they were read."""
    if not len(x):
        raise IntakeError(f"no number in column {column!r}", file=path, remedy="name another with --value-column")
    head = _MOLAR.fullmatch(column.strip().lower())
    spelled = {u.lower(): u for u in UNITS}
    kind = unit or ("pIC50" if _LOGS.fullmatch(column.strip().lower()) else "")
    if not kind and head:
        kind = spelled[head[1].replace("µ", "u")]
    if kind in UNITS:
        if (x <= 0).any():
            raise IntakeError(
                f"column {column!r} in {kind} holds numbers of 0 or less", file=path, remedy="give --unit pIC50"
            )
        return -np.log10(x * UNITS[kind]), f"in {kind}"
    if kind == "pIC50" or (x.min() >= 1 and x.max() <= 13):
        return x, "as pIC50" if kind else "as pIC50, for all numbers lie between 1 and 13"
    if kind:
        raise IntakeError(f"unit {unit!r}", file=path, remedy=f"give pIC50 or one of {', '.join(UNITS)}")
    if x.min() >= -8 and np.median(x) < 1:
        return x + 9, "as -log10 of nM, for their median is below 1"
    if x.min() > 0:
        return -np.log10(x * 1e-9), "in nM, for positive numbers of this range are that"
    raise IntakeError(f"column {column!r} fits no unit", file=path, remedy="give --unit")


def _merged(mols: MolBatch, potency: NDArray[np.float64]) -> tuple[list[int], NDArray[np.float64]]:
    places: dict[str, list[int]] = {}
    for i, text in enumerate(mols.smiles):
        places.setdefault(text, []).append(i)
    return [p[0] for p in places.values()], np.array([potency[p].mean() for p in places.values()])


def _name(path: Path) -> str:
    name = path.name
    for tail in (".gz", ".csv", ".tsv", ".txt"):
        name = name.removesuffix(tail)
    return name
