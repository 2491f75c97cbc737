"""Dose text -> regimen: "200 mg BID 5 days", "first 10, then 75 mg, PO, MD OD", "400/200 mg, first as loading dose".

Written for the free text of studies and labels; serves a patient's medicine list as well. What is not said is left
open (NaN), never filled with a usual value here.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_NUMBER = r"\d+(?:[.,]\d+)?"
#: What may stand between two doses of one series; a comma without a space is a decimal comma.
_BETWEEN = r"/|;|,|\bthen\b|\band\b|, then escalated to|-|\bto\b|\bor\b"
_UNIT = r"(?:mg|g|µg|μg|ug|mcg|oz|ml)\b"
_UNITS = {"mg": 1.0, "g": 1000.0, "µg": 0.001, "μg": 0.001, "ug": 0.001, "mcg": 0.001, "oz": 29.6, "ml": 1.0}
#: How often, in words that say nothing else; the last one named wins ("QD/BID" went from once to twice).
_TIMES = (
    (r"\bqid\b|four times|4 times|\b4x\b|4\s*x\s*daily", 6.0),
    (r"\btid\b|\btds\b|three times|3 times a|thrice|\b3x\b|3\s*x\s*daily|\b1-1-1\b(?!-)", 8.0),
    (r"\bbid\b|\bbd\b|twice|two times|2 times|\b2x\b|2\s*x\s*daily|\b1-0-1\b", 12.0),
    (r"\bod\b|\bqd\b|\bqhs\b|\bqam\b|once|\b1-0-0\b|\b0-0-1\b", 24.0),
)
#: Words that mean once a day only where no other says how often.
_DAILY = r"daily|every day|per day|/day|\bnightly\b|at night|bedtime|morning|evening"
_SINGLE = re.compile(r"\bsd\b|single", re.I)
_MULTIPLE = re.compile(r"\bmd\b|multiple|\bdays?\b|\bweeks?\b|daily|steady", re.I)


@dataclass(frozen=True, slots=True)
class Dosing:
    """What a dose text says; NaN where it does not.

    ``dose_mg`` (grapefruit juice: mL) is the last or maintenance dose, ``interval_h`` 0 for a single dose, ``days`` of
    treatment, ``repeated`` whether it says single (False), repeated (True) or nothing (None).
    """

    dose_mg: float
    interval_h: float
    days: float
    repeated: bool | None
    intravenous: bool


def read_dosing(text: str) -> Dosing:
    """Dose, interval, days and route of a free text; never raises, leaves open what it cannot read."""
    low = " ".join(text.lower().replace("−", "-").split())
    single = bool(_SINGLE.search(low)) and not re.search(r"\bmd\b|\bbid\b|\btid\b|\bqid\b", low)
    interval = 0.0 if single else _interval(low)
    repeated = False if single else True if not math.isnan(interval) or _MULTIPLE.search(low) else None
    return Dosing(_dose(low), interval, _days(low), repeated, bool(re.search(r"\biv\b|intraven", low)))


def _interval(low: str) -> float:
    hours = re.search(rf"(?:every|q)\s*({_NUMBER})\s*(?:h\b|hours?|hrs?)", low)
    if hours:
        return float(hours[1].replace(",", "."))
    if re.search(r"every other day|every second day|\bqod\b", low):
        return 48.0
    if re.search(r"weekly|once a week|every week", low):
        return 168.0
    found = [(m.start(), -hours, hours) for pattern, hours in _TIMES for m in re.finditer(pattern, low)]
    if found:
        return max(found)[2]
    return 24.0 if re.search(_DAILY, low) else math.nan


def _days(low: str) -> float:
    spans = []
    for pattern, factor in ((rf"({_NUMBER})\s*-?\s*days?\b", 1.0), (rf"({_NUMBER})\s*-?\s*(?:weeks?|wks?)\b", 7.0)):
        spans += [float(m[1].replace(",", ".")) * factor for m in re.finditer(pattern, low)]
    spans += [float(m[1]) for m in re.finditer(r"for (\d+) d\b", low)]
    if not spans:
        return math.nan
    # "18 days 10 mg, then 18 days 75 mg", "BID (2 days), TID (10 days)": one after the other.
    return sum(spans) if re.search(r"\bthen\b|days?\)?[^;]*[,;] .*days?", low) else max(spans)


def _dose(low: str) -> float:
    # A dose field that a spreadsheet turned into a date: 10/10/2010 was 10/10/20.
    low = re.sub(r"\b(\d{1,2})/(\d{1,2})/20\d\d\b", r"\1/\2/20", low)
    # A loading dose is not the dose: what follows "then" or "later" is.
    low = re.sub(rf"{_NUMBER}\s*mg\s*(?:on\s+)?day\s*1\b.*?(?=\b(?:then|later)\b)", "", low)
    for text in (re.split(r"\bmd\b|\bsd\b|titrat", low)[0], low, re.sub(r"\([^)]*\)", "", low)):
        found = re.findall(rf"((?:{_NUMBER}\s*(?:{_BETWEEN})?\s*)*{_NUMBER})\s*({_UNIT})", text)
        if found:
            numbers, name = found[-1]
            values = [float(x.replace(",", ".")) for x in re.findall(_NUMBER, re.sub(r",\s+", " ; ", numbers))]
            return (max(values) if ";" in numbers else values[-1]) * _UNITS[name]
    return math.nan
