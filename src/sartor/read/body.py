"""What a record says, whatever its form, and what follows from it: kidney function and Child-Pugh class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sartor.core import Body, Medicine, Patient, PatientView
from sartor.pharmacology.kidney import clearance_cockcroft_gault
from sartor.pharmacology.liver import child_pugh_points
from sartor.pharmacology.organs import KIDNEY_READS, LIVER_PARTS, LIVER_READS, anticoagulated, filtration, liver_class

from .medicine_names import Line

#: Two eGFR that differ by more than this share are worth a word (KDIGO: 30 % is the usual accuracy).
APART = 0.3


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
    given = facts.get("egfr_ml_min")
    found = filtration(_view({**facts, "egfr_ml_min": None, "crcl_ml_min": None}, KIDNEY_READS))
    if found is None:
        if given is None:
            notes.append(
                f"creatinine is given, but {_wanting(age)}: eGFR was not computed from it; unknown, not normal"
            )
    elif given is None:
        facts["egfr_ml_min"], facts["egfr_method"] = found.ml_min, found.method
        notes.append(
            f"eGFR {found.ml_min:.0f} mL/min/1.73 m2 was computed by {found.method} from creatinine {creatinine:.2f} "
            "mg/dL; it holds in a steady state only"
        )
    elif abs(found.ml_min - given) > APART * max(found.ml_min, given):
        notes.append(
            f"eGFR is given as {given:g}, {found.method} makes {found.ml_min:.0f} of the creatinine: please check"
        )
    if facts.get("crcl_ml_min") is None and weight is not None and sex is not None and age is not None and age >= 18:
        clearance = clearance_cockcroft_gault(creatinine, age, weight, sex == "female")
        facts["crcl_ml_min"] = round(clearance, 1)
        notes.append(
            f"creatinine clearance {clearance:.0f} mL/min was computed by Cockcroft-Gault with the actual weight; it "
            "is not an eGFR and is not used as one"
        )


def _wanting(age: float | None) -> str:
    """What an equation for eGFR still wants."""
    if age is None or age >= 18:
        return "not age and sex"
    return "under 18 years it wants the height too" if age >= 1 else "no equation holds under one year"


def _view(facts: Mapping[str, Any], reads: tuple[str, ...]) -> PatientView:
    return Patient(body=Body(**facts)).view(reads)


def _liver(facts: dict[str, Any], parts: Mapping[str, Any], notes: list[str]) -> None:
    known = {k: parts[k] for k in LIVER_PARTS if parts.get(k) is not None}
    facts |= known
    if not known:
        return
    missing = [k.split("_")[0] for k in LIVER_PARTS if k not in known]
    found = liver_class(_view({**facts, "child_pugh": None}, LIVER_READS))
    if found is None or found.least != found.most:
        span = f"; what is known allows class {found.least} or {found.most}, and both are carried" if found else ""
        if found or "ascites" in known or "encephalopathy" in known:
            notes.append(f"Child-Pugh was not computed: {', '.join(missing)} not given; unknown, not normal{span}")
        return
    whole = child_pugh_points(**known) if not missing else None
    told = f"{found.least} ({whole} points)" if whole else f"{found.least} (whatever {' and '.join(missing)} are)"
    if facts.get("child_pugh") is None:
        facts["child_pugh"], facts["child_pugh_points"] = found.least, whole
        how = facts["child_pugh_method"] = "its five parts" if whole else f"{len(known)} of its five parts"
        notes.append(f"Child-Pugh {told} was computed from {how}; it was made for cirrhosis")
    elif facts["child_pugh"] != found.least:
        notes.append(f"Child-Pugh is given as {facts['child_pugh']}, its parts make {told}: please check")


def without_medicines_inr(body: Body, medicines: Iterable[Medicine]) -> tuple[Body, list[str]]:
    """The body without a Child-Pugh class that rests on an INR which a vitamin K antagonist made, and a note on it."""
    if body.inr is None or not anticoagulated(medicines):
        return body, []
    note = "an INR beside a vitamin K antagonist is the medicine's: it does not count for Child-Pugh"
    if body.child_pugh_method is not None:
        note += ", and the class that was computed with it was dropped"
        body = replace(body, child_pugh=None, child_pugh_points=None, child_pugh_method=None)
    elif body.child_pugh is not None:
        return body, []
    found = liver_class(Patient(body=body, medicines=tuple(medicines)).view(LIVER_READS))
    span = dict.fromkeys((found.least, found.most)) if found else {}
    tail = f"the other parts allow class {' or '.join(span)}" if span else "the class is not known from the other parts"
    return body, [f"{note}; {tail}"]
