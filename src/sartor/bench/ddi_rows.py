"""One row of a table of observed interaction ratios -> who, how much, since when, in whom; and the model's answer.

Columns as in the compilation of observed AUC ratios that the benchmark is run on: perpetrator, perpetrator_dose (free
text), victim, victim_route, enzyme, auc_window_h (control start/end/treatment start/end), arm_grouping, comment,
reference, record_type, is_metabolite, observed_aucr_dosenorm, pksim_aucr_dosenorm, leak_group. Only the first columns
and an observed ratio are required.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from pathlib import Path

from sartor.core import GeneCall, IntakeError
from sartor.facts.kinetics import Perpetrator, Victim
from sartor.pharmacology import ddi
from sartor.pharmacology.activity import genotype_activity
from sartor.pharmacology.regimen import Regimen
from sartor.read.regimens import read_dosing

REQUIRED = ("perpetrator", "perpetrator_dose", "victim", "victim_route", "observed_aucr")
TRUE_AUC = ("auc_ratio", "auc_ratio_from_clearance")
_GENOTYPE = re.compile(r"(?:^|[_\s,;(])(AS\s?\d(?:\.\d+)?|PM|IM|NM|EM|UM|RM)(?:$|[_\s,;)+])")
_WORDS = {"PM": "poor", "IM": "intermediate", "NM": "normal", "EM": "normal", "UM": "ultrarapid", "RM": "rapid"}
_ORAL = {"po", "oral", "intraduodenal", "intragastric", "iv", ""}


@dataclass(frozen=True, slots=True)
class Row:
    """What the benchmark compares: one observed ratio and what was read of its study."""

    id: str
    enzyme: str
    source: str
    perpetrator: str
    victim: str
    group: str
    observed: float
    pksim: float
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The model's ratio with its range, or why there is none; ``in_sample`` names what
    makes the row not independent."""

    value: float
    low: float
    high: float
    why_not: str
    regimen: str
    parts: tuple[ddi.Part, ...]
    in_sample: str


def read_rows(path: Path) -> tuple[list[Row], dict[str, int]]:
    """``(rows, skipped)``: parent-drug AUC ratios, and how many rows were set aside for which reason.

    IntakeError where the file is missing or has no such columns.
    """
    if not path.is_file():
        raise IntakeError(
            "there is no such table", file=path, remedy="give a tab-separated file of observed AUC ratios"
        )
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, delimiter="\t")
        missing = [c for c in REQUIRED if c not in (reader.fieldnames or ())]
        if missing:
            raise IntakeError(
                f"it has no column {', '.join(missing)}",
                file=path,
                remedy=f"the table wants a header with at least {', '.join(REQUIRED)}, separated by tabs",
            )
        kept, skipped = [], dict.fromkeys(("no AUC ratio", "metabolite", "no observed value"), 0)
        for number, cells in enumerate(reader, start=2):
            made = _row(number, {k: (v or "").strip() for k, v in cells.items() if k})
            if isinstance(made, str):
                skipped[made] += 1
            else:
                kept.append(made)
    return kept, {k: n for k, n in skipped.items() if n}


def _row(number: int, cells: dict[str, str]) -> Row | str:
    if cells.get("record_type", "auc_ratio") not in TRUE_AUC:
        return "no AUC ratio"
    if cells.get("is_metabolite", "0") not in ("0", ""):
        return "metabolite"
    observed = _number(cells.get("observed_aucr_dosenorm") or "")
    if math.isnan(observed) and "observed_aucr_dosenorm" not in cells:
        observed = _number(cells["observed_aucr"])
    if not observed > 0:
        return "no observed value"
    pksim = _number(cells.get("pksim_aucr_dosenorm") or cells.get("pksim_aucr") or "")
    group = cells.get("leak_group") or f"{cells['perpetrator']}|{cells['victim']}|{cells.get('reference', '')}".lower()
    return Row(
        cells.get("data_id") or f"line {number}",
        cells.get("enzyme", ""),
        cells.get("enzyme_source", ""),
        cells["perpetrator"],
        cells["victim"],
        group,
        observed,
        pksim,
        cells,
    )


def answer(row: Row, choice: ddi.Choice = ddi.CHOSEN, doubt: bool = True) -> Answer:
    """The static model's answer to one row."""
    victim, perpetrator = ddi.victim_of(row.victim), ddi.perpetrator_of(row.perpetrator)
    why = "; ".join(x.why for x in (victim, perpetrator) if isinstance(x, ddi.Missing))
    if isinstance(victim, ddi.Missing) or isinstance(perpetrator, ddi.Missing):
        return _none(why)
    if row.victim.lower() == row.perpetrator.lower():
        return _none(f"victim and perpetrator are both given as {row.victim}: which drug was added is not said")
    route = row.cells["victim_route"].lower()
    if route not in _ORAL:
        return _none(f"route {route!r}: neither by mouth nor into a vein")
    regimen = row_regimen(row, perpetrator)
    if isinstance(regimen, str):
        return _none(regimen)
    made = ddi.predict(victim, [ddi.Given(perpetrator, regimen)], row_genes(row), route != "iv", choice, doubt=doubt)
    if isinstance(made, ddi.Missing):
        return _none(made.why)
    told = f"{regimen.dose_mg:g} mg " + (f"every {regimen.interval_h:g} h" if regimen.interval_h else "once")
    told += f", first {regimen.started_h:g} h before" + (
        f", stopped {regimen.stopped_h:g} h before" if regimen.stopped_h else ""
    )
    return Answer(
        made.ratio.value, made.ratio.low, made.ratio.high, "", told, made.parts, _in_sample(row, victim, perpetrator)
    )


def _none(why: str) -> Answer:
    return Answer(math.nan, math.nan, math.nan, why, "", (), "")


def _in_sample(row: Row, victim: Victim, perpetrator: Perpetrator) -> str:
    study = row.cells.get("reference", "").lower()
    for token in victim.derived_from:
        if token == perpetrator.name or (token.startswith("study:") and token[6:] in study):
            return f"a fraction of {victim.name} was derived from {token}"
    for token in perpetrator.derived_from:
        if token == victim.name or (token.startswith("study:") and token[6:] in study):
            return f"a potency of {perpetrator.name} was derived from {token}"
    return ""


def row_genes(row: Row) -> dict[str, float]:
    """Activity of the row's enzyme where the arm or comment says a genotype or phenotype; {} where it says none."""
    enzyme = row.enzyme if row.enzyme in ("CYP2D6", "CYP2C19", "CYP2C9") else ""
    for text in (row.cells.get("arm_grouping", ""), row.cells.get("comment", "")):
        found = _GENOTYPE.search(text)
        if found and enzyme:
            return {enzyme: gene_activity(enzyme, found[1])}
    return {}


def gene_activity(enzyme: str, label: str) -> float:
    """Activity (1: normal) of "PM", "IM", … or of a score "AS1.25", by ``pharmacology.activity``."""
    text = label.replace(" ", "")
    if not text.startswith("AS"):
        name, score = f"{_WORDS.get(text, text)} metabolizer", None
    else:
        score = float(text[2:])
        bounds = ((0.25, "poor"), (1.25, "intermediate"), (2.5, "normal"), (99.0, "ultrarapid"))
        name = next(word for limit, word in bounds if score < limit) + " metabolizer"
    return genotype_activity(GeneCall(enzyme, "", name, "called", score))[0].value


def row_regimen(row: Row, perpetrator: Perpetrator) -> Regimen | str:
    """The regimen that the free text and the AUC windows describe, or why none can be read."""
    usual = perpetrator.species[0]
    text = row.cells["perpetrator_dose"]
    dosing = read_dosing(text)
    if math.isnan(dosing.dose_mg):
        if text.strip(" ,"):
            return f"no dose can be read from {text!r}"
        return ddi.usual_regimen(perpetrator)
    if not usual.dose_mg / 500 <= dosing.dose_mg <= usual.dose_mg * 30 and usual.name not in ("hyperforin",):
        return f"dose {dosing.dose_mg:g} mg against a usual {usual.dose_mg:g} mg: a slip of units?"
    elapsed = _elapsed(row.cells)
    repeated = dosing.repeated
    if repeated is None:
        hinted = read_dosing(row.cells.get("comment", "")).repeated
        repeated = hinted if hinted is not None else math.isnan(elapsed) or elapsed >= 20
    if not repeated:
        started = elapsed if elapsed <= 10 * usual.half_life_h else 0.0
        return Regimen(dosing.dose_mg, 0.0, started, 0.0, dosing.intravenous)
    interval = dosing.interval_h
    if math.isnan(interval):
        interval = min(24.0, usual.interval_h * max(1.0, dosing.dose_mg / usual.dose_mg))
    course = dosing.days * 24.0
    if math.isnan(elapsed) or elapsed < interval:
        elapsed = course if course > 0 else 14 * 24.0 if math.isnan(elapsed) else elapsed
    late = elapsed > course + max(36.0, interval)
    if late and _in_sequence(row.cells):
        # Control first, in the same people: what lies between control and first dose is not said, so no wash-out is.
        elapsed, late = course, False
    stopped = elapsed - course if late else 0.0
    return Regimen(dosing.dose_mg, interval, elapsed, stopped, dosing.intravenous)


def _in_sequence(cells: dict[str, str]) -> bool:
    """True where the control was measured before the treatment on the same clock."""
    window = [_number(x) for x in cells.get("auc_window_h", "").split("/")]
    return len(window) == 4 and (0 < window[0] < window[2] or 0 <= window[0] < window[1] <= window[2])


def _elapsed(cells: dict[str, str]) -> float:
    """Hours from the perpetrator's first dose to the victim's; NaN where it is not said."""
    day = re.search(r"_day(\d+)$", cells.get("arm_grouping", ""))
    if day:
        return (int(day[1]) - 1) * 24.0
    window = [_number(x) for x in cells.get("auc_window_h", "").split("/")]
    if len(window) != 4 or math.isnan(window[2]):
        return math.nan
    control, end, treated = window[0], window[1], window[2]
    if 0 < control < treated:
        return treated - (end if control < end < treated else control)
    return treated


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan
