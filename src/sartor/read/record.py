"""The patient record: a small TOML file of body facts and conditions (closed: an unknown key is an error), or a FHIR
bundle or phenopacket in JSON, told apart by what the file holds.

A key with its unit in its name takes a bare number (``weight_kg = 64``); ``weight``, ``height``, ``creatinine``,
``potassium``, ``age``, ``egfr``, ``qtc``, ``bilirubin`` and ``albumin`` take a number with its unit in quotes
(``creatinine = "106 umol/L"``).
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from sartor.core import IntakeError
from sartor.core.patient import ChildPugh, Sex
from sartor.pharmacology.liver import ASCITES, ENCEPHALOPATHY
from sartor.pharmacology.organs import LIVER_PARTS

from .body import Record, derived
from .documents import looks_like_document, read_document
from .privacy import holds_date, personal
from .units import parse
from .vcf import opened

__all__ = ["Record", "read_record"]

#: Number -> (lowest, highest, unit): what a living person can have; outside is a slip of the pen or of the unit.
RANGES = {
    "age_years": (0.0, 125.0, "years"),
    "weight_kg": (0.3, 500.0, "kg"),
    "height_cm": (30.0, 250.0, "cm"),
    "egfr_ml_min": (0.0, 250.0, "mL/min/1.73 m2"),
    "qtc_ms": (250.0, 800.0, "ms"),
    "potassium_mmol_l": (1.0, 10.0, "mmol/L"),
    "creatinine_mg_dl": (0.1, 30.0, "mg/dL"),
    "creatinine_umol_l": (9.0, 2650.0, "umol/L"),
    "crcl_ml_min": (0.0, 300.0, "mL/min"),
    "bilirubin_mg_dl": (0.05, 80.0, "mg/dL"),
    "albumin_g_dl": (0.5, 8.0, "g/dL"),
    "inr": (0.5, 20.0, "(a ratio)"),
}
FLAGS = ("pregnancy", "lactation", "qt_prolonged")
LISTS = ("allergies", "conditions")
ALIASES = {"age": "age_years", "egfr": "egfr_ml_min", "qtc": "qtc_ms", "potassium": "potassium_mmol_l"}
SEXES = {"female": "female", "f": "female", "woman": "female", "male": "male", "m": "male", "man": "male"}
#: Key that wants its unit with the number -> (the key it fills, the quantity in ``units``).
WITH_UNIT = {
    "age": ("age_years", "age"),
    "weight": ("weight_kg", "weight"),
    "height": ("height_cm", "height"),
    "creatinine": ("creatinine_mg_dl", "creatinine"),
    "egfr": ("egfr_ml_min", "eGFR"),
    "potassium": ("potassium_mmol_l", "potassium"),
    "qtc": ("qtc_ms", "QTc"),
    "bilirubin": ("bilirubin_mg_dl", "bilirubin"),
    "albumin": ("albumin_g_dl", "albumin"),
}
WORDS: dict[str, tuple[str, ...]] = {"ascites": ASCITES, "encephalopathy": ENCEPHALOPATHY}
KNOWN = (*RANGES, *FLAGS, *LISTS, *WORDS, "sex", "child_pugh", "schema")
#: QTc from which the interval is prolonged beyond doubt in either sex (ICH E14: > 500 ms; > 480 is grade 2).
LONG_QTC = 480.0


def read_record(path: Path) -> Record:
    """Read a record.

    A key that is left out is "not given". ``allergies = []`` says that there are none. Ages and labs are checked
    against what a living person can have. eGFR, creatinine clearance and Child-Pugh class are computed where their
    parts are given (``body.derived``), and a note says so.

    Raises:
        IntakeError: missing, empty or malformed file, unknown key (names the nearest known one), a key or value that
            names the person, an unknown unit, a value of the wrong kind or out of range, contradictions.
    """
    path = Path(path)
    with opened(path) as stream:
        text = stream.read().lstrip("\ufeff")
    if looks_like_document(text) and not text.lstrip().startswith("["):
        return read_document(text, path)
    facts: dict[str, Any] = {}
    for key, value in _toml(text, path).items():
        name = ALIASES.get(key, key)
        name = WITH_UNIT[key][0] if key in WITH_UNIT else name
        if personal(key):
            _refuse(f"{key!r} names the person", key, text, path)
        if name not in KNOWN:
            _unknown(key, text, path)
        if name in facts:
            raise IntakeError(f"{name} is given twice", file=path, line=_line(key, text), remedy="keep one of them")
        facts[name] = _checked(name, key, value, text, path)
    facts.pop("schema", None)
    if "creatinine_umol_l" in facts:
        if "creatinine_mg_dl" in facts:
            line = _line("creatinine_umol_l", text)
            raise IntakeError("creatinine_mg_dl is given twice", file=path, line=line, remedy="keep one of them")
        facts["creatinine_mg_dl"] = facts.pop("creatinine_umol_l") / 88.4
    _contradictions(facts, text, path)
    conditions = cast(tuple[str, ...], facts.pop("conditions", ()))
    parts = {k: facts.pop(k) for k in LIVER_PARTS if k in facts}
    body, said = derived(facts, parts)
    return Record(body, conditions, (*_notes(facts), *said))


def _toml(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        remedy = "write one fact a line, e.g. age_years = 63; words in quotes, true and false without"
        # The parser's own words may quote the line: only where it stopped is said.
        raise IntakeError("this is not TOML", file=path, line=int(at[1]) if at else None, remedy=remedy) from None


def _refuse(problem: str, key: str, text: str, path: Path) -> None:
    remedy = "take it out: names, dates of birth and record numbers never enter; give age_years instead"
    raise IntakeError(problem, file=path, line=_line(key, text), remedy=remedy)


def _line(key: str, text: str) -> int | None:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*\[?\"?{re.escape(key)}\"?\s*[=\].]", line):
            return number
    return None


def _unknown(key: str, text: str, path: Path) -> None:
    near = difflib.get_close_matches(key, (*KNOWN, *ALIASES, *WITH_UNIT), n=1, cutoff=0.5)
    remedy = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(k for k in KNOWN if k != 'schema')}"
    raise IntakeError(f"unknown key {key!r}", file=path, line=_line(key, text), remedy=remedy)


def _checked(name: str, key: str, value: Any, text: str, path: Path) -> Any:
    """The value in the shape that Body wants, or an IntakeError."""

    words = [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]
    if isinstance(value, date | datetime) or any(map(holds_date, words)):
        _refuse(f"{key} holds a date", key, text, path)
    if key in WITH_UNIT and isinstance(value, str):
        return parse(WITH_UNIT[key][1], value, path, _line(key, text))

    def wrong(expected: str) -> IntakeError:
        shown = {True: "true", False: "false"}.get(value, repr(value)) if isinstance(value, bool) else repr(value)
        remedy = f"write {expected}, or leave the line out where it is not known"
        return IntakeError(f"{key} = {shown}; {expected} expected", file=path, line=_line(key, text), remedy=remedy)

    if name in RANGES:
        low, high, unit = RANGES[name]
        expected = f"a number from {low:g} to {high:g} {unit}"
        if key in WITH_UNIT and key not in ALIASES:
            raise wrong(f'a number with its unit, such as "{low:g} {unit}",')
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
    if name in WORDS:
        if not isinstance(value, str) or value.strip().lower() not in WORDS[name]:
            raise wrong(" or ".join(f'"{w}"' for w in WORDS[name]))
        return value.strip().lower()
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
