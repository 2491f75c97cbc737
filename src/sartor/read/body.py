"""What a record says, whatever its form, and what follows from it: kidney function and Child-Pugh class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.core import Body
from sartor.pharmacology.kidney import clearance_cockcroft_gault, egfr_ckd_epi_2021
from sartor.pharmacology.liver import child_pugh_class, child_pugh_points

from .medicine_names import Line

CKD_EPI = "CKD-EPI 2021 (creatinine)"
#: Two eGFR that differ by more than this share are worth a word (KDIGO: 30 % is the usual accuracy).
APART = 0.3
PARTS = ("bilirubin_mg_dl", "albumin_g_dl", "inr", "ascites", "encephalopathy")


@dataclass(frozen=True, slots=True)
class Record:
    """What a record said: body facts, conditions, and what was noticed while reading.

    ``lines`` are the medicines of a bundle or phenopacket, None where the record lists none at all. ``identifiers`` are
    pseudonyms of the person's numbers, by which an order's id can be told from a real number.
    """

    body: Body = field(default_factory=Body)
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lines: tuple[Line, ...] | None = None
    identifiers: frozenset[str] = frozenset()


def derived(facts: Mapping[str, Any], parts: Mapping[str, Any]) -> tuple[Body, list[str]]:
    """The body of given facts (``Body`` fields) with what can be computed, and notes on what was and what was not.

    A given value is never replaced. ``parts`` holds what is known of the five parts of the Child-Pugh score.
    """
    made: dict[str, Any] = dict(facts)
    notes: list[str] = []
    _kidney(made, notes)
    _liver(made, parts, notes)
    return Body(**made), notes


def _kidney(facts: dict[str, Any], notes: list[str]) -> None:
    creatinine = facts.get("creatinine_mg_dl")
    if creatinine is None:
        return
    age, sex, weight = facts.get("age_years"), facts.get("sex"), facts.get("weight_kg")
    if age is None or sex is None:
        notes.append("creatinine is given, but not age and sex: eGFR was not computed from it; unknown, not normal")
        return
    if age < 18:
        notes.append("creatinine under 18 years: CKD-EPI and Cockcroft-Gault hold for adults; eGFR was not computed")
        return
    value = egfr_ckd_epi_2021(creatinine, age, sex == "female")
    given = facts.get("egfr_ml_min")
    if given is None:
        facts["egfr_ml_min"], facts["egfr_method"] = round(value, 1), CKD_EPI
        notes.append(
            f"eGFR {value:.0f} mL/min/1.73 m2 was computed by {CKD_EPI} from creatinine {creatinine:.2f} mg/dL; it "
            "holds in a steady state only"
        )
    elif abs(value - given) > APART * max(value, given):
        notes.append(f"eGFR is given as {given:g}, {CKD_EPI} makes {value:.0f} of the creatinine: please check")
    if facts.get("crcl_ml_min") is None and weight is not None:
        clearance = clearance_cockcroft_gault(creatinine, age, weight, sex == "female")
        facts["crcl_ml_min"] = round(clearance, 1)
        notes.append(
            f"creatinine clearance {clearance:.0f} mL/min was computed by Cockcroft-Gault with the actual weight; it "
            "is not an eGFR and is not used as one"
        )


def _liver(facts: dict[str, Any], parts: Mapping[str, Any], notes: list[str]) -> None:
    known = {k: parts[k] for k in PARTS if parts.get(k) is not None}
    if not known:
        return
    missing = [k.split("_")[0] for k in PARTS if k not in known]
    if missing:
        if "ascites" in known or "encephalopathy" in known:
            notes.append(f"Child-Pugh was not computed: {', '.join(missing)} not given; unknown, not normal")
        return
    points = child_pugh_points(**known)
    grade = child_pugh_class(points)
    if facts.get("child_pugh") is None:
        facts["child_pugh"], facts["child_pugh_points"] = grade, points
        notes.append(
            f"Child-Pugh {grade} ({points} points) was computed from its five parts; it was made for cirrhosis"
        )
    elif facts["child_pugh"] != grade:
        notes.append(
            f"Child-Pugh is given as {facts['child_pugh']}, its parts make {grade} ({points} points): please check"
        )
