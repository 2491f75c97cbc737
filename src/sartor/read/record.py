"""The patient record: a small TOML file of body facts and conditions. Closed: an unknown key is an error."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from sartor.core import Body, IntakeError
from sartor.core.patient import ChildPugh, Sex

from .vcf import opened

#: Number -> (lowest, highest, unit): what a living person can have; outside is a slip of the pen or of the unit.
RANGES = {
    "age_years": (0.0, 125.0, "years"),
    "weight_kg": (0.3, 500.0, "kg"),
    "egfr_ml_min": (0.0, 250.0, "mL/min/1.73 m2"),
    "qtc_ms": (250.0, 800.0, "ms"),
    "potassium_mmol_l": (1.0, 10.0, "mmol/L"),
}
FLAGS = ("pregnancy", "lactation", "qt_prolonged")
LISTS = ("allergies", "conditions")
ALIASES = {"age": "age_years", "egfr": "egfr_ml_min", "qtc": "qtc_ms", "potassium": "potassium_mmol_l"}
SEXES = {"female": "female", "f": "female", "woman": "female", "male": "male", "m": "male", "man": "male"}
KNOWN = (*RANGES, *FLAGS, *LISTS, "sex", "child_pugh", "schema")
#: QTc from which the interval is prolonged beyond doubt in either sex (ICH E14: > 500 ms; > 480 is grade 2).
LONG_QTC = 480.0


@dataclass(frozen=True, slots=True)
class Record:
    """What a record file said: body facts, conditions, and what was noticed while reading."""

    body: Body = field(default_factory=Body)
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_record(path: Path) -> Record:
    """Read a record.

    A key that is left out is "not given". ``allergies = []`` says that there are none. Ages and labs are checked
    against what a living person can have, in the unit of the key.

    Raises:
        IntakeError: missing, empty or malformed file, unknown key (names the nearest known one), a value of the wrong
            kind or out of range, contradictions; with file, line and remedy.
    """
    path = Path(path)
    with opened(path) as stream:
        text = stream.read().lstrip("\ufeff")
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        remedy = "write one fact a line, e.g. age_years = 63; words in quotes, true and false without"
        raise IntakeError(
            f"this is not TOML: {error}", file=path, line=int(at[1]) if at else None, remedy=remedy
        ) from None
    facts: dict[str, Any] = {}
    for key, value in given.items():
        name = ALIASES.get(key, key)
        if name not in KNOWN:
            _unknown(key, text, path)
        if name in facts:
            raise IntakeError(f"{name} is given twice", file=path, line=_line(key, text), remedy="keep one of them")
        facts[name] = _checked(name, key, value, text, path)
    facts.pop("schema", None)
    _contradictions(facts, text, path)
    conditions = cast(tuple[str, ...], facts.pop("conditions", ()))
    return Record(Body(**facts), conditions, _notes(facts))


def _line(key: str, text: str) -> int | None:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*\[?\"?{re.escape(key)}\"?\s*[=\].]", line):
            return number
    return None


def _unknown(key: str, text: str, path: Path) -> None:
    near = difflib.get_close_matches(key, (*KNOWN, *ALIASES), n=1, cutoff=0.5)
    remedy = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(k for k in KNOWN if k != 'schema')}"
    raise IntakeError(f"unknown key {key!r}", file=path, line=_line(key, text), remedy=remedy)


def _checked(name: str, key: str, value: Any, text: str, path: Path) -> Any:
    """The value in the shape that Body wants, or an IntakeError."""

    def wrong(expected: str) -> IntakeError:
        shown = {True: "true", False: "false"}.get(value, repr(value)) if isinstance(value, bool) else repr(value)
        remedy = f"write {expected}, or leave the line out where it is not known"
        return IntakeError(f"{key} = {shown}; {expected} expected", file=path, line=_line(key, text), remedy=remedy)

    if name in RANGES:
        low, high, unit = RANGES[name]
        expected = f"a number from {low:g} to {high:g} {unit}"
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise wrong(expected)
        return float(value)
    if name in FLAGS:
        if not isinstance(value, bool):
            raise wrong("true or false")
        return value
    if name in LISTS:
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise wrong('a list of words such as ["penicillin"]')
        return tuple(v.strip() for v in value)
    if name == "sex":
        if not isinstance(value, str) or value.strip().lower() not in SEXES:
            raise wrong('"female" or "male"')
        return cast(Sex, SEXES[value.strip().lower()])
    if name == "child_pugh":
        if not isinstance(value, str) or value.strip().upper() not in ("A", "B", "C"):
            raise wrong('the class "A", "B" or "C"')
        return cast(ChildPugh, value.strip().upper())
    if not isinstance(value, str):
        raise wrong("a schema name")
    return value


def _contradictions(facts: Mapping[str, Any], text: str, path: Path) -> None:
    for key in ("pregnancy", "lactation"):
        if facts.get(key) and facts.get("sex") == "male":
            problem = f"{key} = true contradicts sex = male"
            raise IntakeError(problem, file=path, line=_line(key, text), remedy="correct one of the two")


def _notes(facts: Mapping[str, Any]) -> tuple[str, ...]:
    notes = []
    if facts.get("qt_prolonged") is False and facts.get("qtc_ms", 0.0) > LONG_QTC:
        notes.append(f"qtc_ms is {facts['qtc_ms']:g}, above {LONG_QTC:g}, though qt_prolonged is false: please check")
    return tuple(notes)
