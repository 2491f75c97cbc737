"""Quantities with their units, strictly: a unit that is not in the table is an error that names the known ones.

Each quantity has one unit here and a factor from every other way of writing it, UCUM codes and the words of labels
alike. Nothing is guessed from the size of a number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from sartor.core import IntakeError

_MG_DL = ("mg/dl", "mg/100ml", "mg%")
_UMOL_L = ("umol/l", "micromol/l", "mcmol/l")
_MMOL_L = ("mmol/l", "meq/l", "mval/l")
_PER_AREA = ("ml/min/1.73m2", "ml/min/{1.73_m2}", "ml/min/{1.73m2}", "ml/min/1.73_m2", "ml/min/1.73sqm")
_NONE = ("", "1", "{inr}", "inr", "{ratio}", "ratio")


def _table(*groups: tuple[tuple[str, ...], float]) -> dict[str, float]:
    return {name: factor for names, factor in groups for name in names}


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is measured: its unit here, the factor to it from each known unit, and what a living person can have."""

    name: str
    unit: str
    factors: dict[str, float]
    low: float
    high: float


_YEARS = ("a", "y", "yr", "yrs", "year", "years")
_POUNDS = ("lb", "lbs", "[lb_av]", "pound", "pounds")
_WEIGHT = _table((("kg", "kgs", "kilogram", "kilograms"), 1.0), (("g", "gram", "grams"), 0.001), (_POUNDS, 0.45359237))
_INCHES = ("in", "[in_i]", "[in_us]", "inch", "inches")
_HEIGHT = _table((("cm", "centimetre", "centimeter"), 1.0), (("m", "metre", "meter"), 100.0), (("mm",), 0.1),
                 (_INCHES, 2.54))  # fmt: skip
_AGE = _table(
    (_YEARS, 1.0), (("mo", "month", "months"), 1 / 12), (("wk", "weeks"), 7 / 365.25), (("d", "days"), 1 / 365.25)
)
#: Creatinine 113.12 g/mol, bilirubin 584.66 g/mol, albumin about 66.5 kg/mol.
_CREATININE = _table((_MG_DL, 1.0), (_UMOL_L, 1 / 88.4), (("mmol/l",), 1000 / 88.4), (("mg/l",), 0.1))
_BILIRUBIN = _table((_MG_DL, 1.0), (_UMOL_L, 0.058467), (("mg/l",), 0.1))
_ALBUMIN = _table((("g/dl",), 1.0), (("g/l",), 0.1), (_UMOL_L, 0.00665))
_MILLISECONDS = _table((("ms", "msec", "milliseconds"), 1.0), (("s", "sec", "seconds"), 1000.0))
QUANTITIES: dict[str, Quantity] = {
    q.name: q
    for q in (
        Quantity("age", "years", _AGE, 0.0, 125.0),
        Quantity("weight", "kg", _WEIGHT, 0.3, 500.0),
        Quantity("height", "cm", _HEIGHT, 30.0, 250.0),
        Quantity("creatinine", "mg/dL", _CREATININE, 0.1, 30.0),
        Quantity("eGFR", "mL/min/1.73 m2", _table((_PER_AREA, 1.0)), 0.0, 250.0),
        Quantity("creatinine clearance", "mL/min", _table((("ml/min",), 1.0), (("ml/s",), 60.0)), 0.0, 300.0),
        Quantity("potassium", "mmol/L", _table((_MMOL_L, 1.0)), 1.0, 10.0),
        Quantity("QTc", "ms", _MILLISECONDS, 250.0, 800.0),
        Quantity("bilirubin", "mg/dL", _BILIRUBIN, 0.05, 80.0),
        Quantity("albumin", "g/dL", _ALBUMIN, 0.5, 8.0),
        Quantity("INR", "", _table((_NONE, 1.0)), 0.5, 20.0),
    )
}
_WRITTEN = re.compile(r"^\s*([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*?)\s*$")


def convert(name: str, value: float, unit: str, file: Path, line: int | None = None) -> float:
    """A value in the unit of ``QUANTITIES[name]``.

    Raises:
        IntakeError: the unit is missing or not in the table, or the converted value is none that a living person has.
    """
    quantity = QUANTITIES[name]
    key = _plain(unit)
    factor = quantity.factors.get(key)
    known = ", ".join(dict.fromkeys(u for u in quantity.factors if u)) or "a bare number"
    if factor is None:
        problem = (
            f"{name} comes without a unit" if not key else f"{name} comes in {unit.strip()!r}, which is no unit of it"
        )
        raise IntakeError(
            f"{problem} that is known here", file=file, line=line, remedy=f"give {name} in one of: {known}"
        )
    made = value * factor
    if not quantity.low <= made <= quantity.high:
        shown = f"{value:g} {unit.strip()}".strip()
        raise IntakeError(
            f"{name} is {shown}; {quantity.low:g} to {quantity.high:g} {quantity.unit} expected",
            file=file, line=line, remedy="correct the number or its unit",
        )  # fmt: skip
    return float(f"{made:.6g}")


def without_accents(text: str) -> str:
    """Letters without their accents ("Größe" is "Grosse")."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).replace("ß", "ss")


def parse(name: str, text: str, file: Path, line: int | None = None) -> float:
    """A written quantity such as "106 umol/L" in the unit of ``QUANTITIES[name]``; IntakeError as in ``convert``."""
    found = _WRITTEN.match(text)
    if found is None:
        example = f"1.2 {QUANTITIES[name].unit}".strip()
        raise IntakeError(
            f"{name} is no number with a unit",
            file=file,
            line=line,
            remedy=f'write it as in "{example}", decimal point',
        )
    return convert(name, float(found[1]), found[2], file, line)


def _plain(unit: str) -> str:
    """A unit for comparison: lower case, no spaces, one sort of micro sign, square written as 2."""
    text = unit.strip().lower().removeprefix("ucum:").replace(" ", "")
    return text.replace("μ", "µ").replace("m^2", "m2").replace("²", "2").replace("\u00b5mol", "umol")
