"""A GA4GH Phenopacket v2 (JSON) as a record: subject, measurements, diseases, features and medicines.

Phenopacket schema 2.0 (phenopacket-schema.readthedocs.io; ISO 4454). Keys are read as protobuf's JSON writes them
(``timeAtLastEncounter``) and by their field names (``time_at_last_encounter``). Genomic interpretations are not read:
they belong into a VCF. What names the person is read only to be kept out.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sartor.core import IntakeError

from .body import Record
from .findings import Findings, Value, quantity_of
from .privacy import pseudonym, whole_date, years_between

#: Protobuf's numbers for the sexes, which some programs write in place of the words.
_SEXES = {0: "UNKNOWN_SEX", 1: "FEMALE", 2: "MALE", 3: "OTHER_SEX"}
KEYS = ("subject", "phenotypicFeatures", "measurements", "metaData", "medicalActions", "diseases", "interpretations")
_DURATION = re.compile(
    r"^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T.*)?$"
)
Json = dict[str, Any]


def is_phenopacket(data: Json) -> bool:
    """True where at least two of a phenopacket's keys are there."""
    return sum(key in _camel(data) for key in KEYS) >= 2


def read_phenopacket(packet: Json, path: Path) -> Record:
    """The record of a phenopacket's subject.

    Raises:
        IntakeError: a family or cohort instead of one person, a value in an unknown unit; nothing personal is repeated.
    """
    data = _dict(_camel(packet))
    if "proband" in data or "members" in data:
        problem = "this is a family or a cohort, one person's phenopacket was expected"
        raise IntakeError(problem, file=path, remedy="write the proband's phenopacket into a file of its own")
    found = Findings(path)
    subject, meta = _dict(data.get("subject")), _dict(data.get("metaData"))
    _keep_out(found, data, subject, meta)
    _subject(found, subject, _date(meta.get("created")))
    for item in _dicts(data.get("measurements")):
        _measurement(found, item)
        complex_ = _dict(item.get("complexValue") or _dict(item.get("value")).get("complexValue"))
        for part in _dicts(complex_.get("typedQuantities")):
            quantity = {"quantity": part.get("quantity")}
            _measurement(
                found, {"assay": part.get("type"), "value": quantity, "timeObserved": item.get("timeObserved")}
            )
    for item in _dicts(data.get("diseases")):
        if not item.get("excluded"):
            found.condition(_label(item.get("term")))
    for item in _dicts(data.get("phenotypicFeatures")):
        if not item.get("excluded"):
            found.condition(_label(item.get("type")))
    for item in _dicts(data.get("medicalActions")):
        _action(found, item, _date(meta.get("created")))
    if data.get("interpretations"):
        found.notes.append("genomic interpretations of a phenopacket are not read here: give a VCF or outside calls")
    return found.record()


def _camel(node: Any) -> Any:
    """The same data with every key in camel case."""
    if isinstance(node, dict):
        return {re.sub(r"_([a-z0-9])", lambda m: m[1].upper(), str(k)): _camel(v) for k, v in node.items()}
    return [_camel(v) for v in node] if isinstance(node, list) else node


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[Json]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _date(time: object) -> date | None:
    """The day of a timestamp: ISO text, or protobuf's seconds since 1970."""
    seconds = _dict(time).get("seconds")
    try:
        return whole_date(time) or (datetime.fromtimestamp(int(seconds), UTC).date() if seconds else None)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _label(term: object) -> str:
    node = _dict(term)
    return str(node.get("label") or node.get("id") or "")


def _keep_out(found: Findings, data: Json, subject: Json, meta: Json) -> None:
    others = subject.get("alternateIds")
    found.door.keep_out_identifier(data.get("id"), subject.get("id"), *(others if isinstance(others, list) else []))
    found.door.keep_out_date(subject.get("dateOfBirth"))
    if isinstance(subject.get("dateOfBirth"), str):
        found.door.keep_out_date(subject["dateOfBirth"][:10])
    found.door.keep_out(meta.get("createdBy"), meta.get("submittedBy"))


def _subject(found: Findings, subject: Json, created: date | None) -> None:
    told = subject.get("sex")
    sex = _SEXES.get(told, "") if isinstance(told, int) else str(told or "").upper()
    if sex in ("FEMALE", "MALE"):
        found.sex = "female" if sex == "FEMALE" else "male"
    elif sex not in ("", "UNKNOWN_SEX"):
        found.notes.append("the sex is given as neither female nor male: unknown here")
    last = _dict(subject.get("timeAtLastEncounter"))
    told_age = last.get("age")
    age = _years(told_age if isinstance(told_age, str) else _dict(told_age).get("iso8601duration"))
    span = _dict(last.get("ageRange"))
    born = subject.get("dateOfBirth")
    if age is None and isinstance(born, str):
        then = _date(last.get("timestamp")) or created
        made = years_between(born, then) if then else None
        age = made[0] if made else None
        if made is None:
            found.notes.append("the date of birth gives no age without a later date in the phenopacket: age not known")
    if age is None and span:
        ends = [_years(_dict(span.get(k)).get("iso8601duration")) for k in ("start", "end")]
        if all(e is not None for e in ends):
            age = float(int(sum(e for e in ends if e is not None) / 2))
            found.notes.append("the age is given as a range: its middle was taken")
    found.age_years = age if age is None or age <= 125 else None
    stands = pseudonym(str(subject["id"])) if subject.get("id") else "no id"
    found.notes.append(
        "ids and the date of birth of the phenopacket were dropped; the age in years was kept, and the subject's id "
        f"only as a pseudonym ({stands})"
    )
    if _dict(subject.get("vitalStatus")).get("status") == "DECEASED":
        found.notes.append("the phenopacket says that the person has died")


def _years(duration: object) -> float | None:
    """Whole years of an ISO 8601 duration, a tenth under two; None where it is none."""
    found = _DURATION.match(duration) if isinstance(duration, str) else None
    if found is None or not any(found.groups()):
        return None
    y, m, w, d = (float(x or 0) for x in found.groups())
    value = y + m / 12 + w * 7 / 365.25 + d / 365.25
    return round(value, 1) if value < 2 else float(int(value))


def _when(time: object) -> str:
    """A time element as a text that sorts: a timestamp, or an age in days."""
    node = _dict(time)
    if isinstance(node.get("timestamp"), str):
        return str(node["timestamp"])
    found = _DURATION.match(str(_dict(node.get("age")).get("iso8601duration") or ""))
    if found is None:
        return ""
    y, m, w, d = (float(x or 0) for x in found.groups())
    return f"{y * 365.25 + m * 30.44 + w * 7 + d:012.2f}"


def _measurement(found: Findings, item: Json) -> None:
    assay = _dict(item.get("assay"))
    prefix, _, code = str(assay.get("id") or "").partition(":")
    code = code if prefix.lower() in ("loinc", "ln") else ""
    name, method = quantity_of(code, str(assay.get("label") or ""))
    when = _when(item.get("timeObserved"))
    value = _dict(item.get("value"))
    if name in ("pregnancy", "lactation"):
        term = _dict(value.get("ontologyClass"))
        found.flag(name, when, term.get("label"), str(term.get("id") or "").rpartition(":")[2])
        return
    quantity = _dict(value.get("quantity"))
    number = quantity.get("value")
    if not name:
        return
    if isinstance(number, bool) or not isinstance(number, int | float):
        found.notes.append(f"{name}: a measurement holds no number; it was not used")
        return
    unit = _dict(quantity.get("unit"))
    held, _, ucum = str(unit.get("id") or "").partition(":")
    text = ucum if held.lower() == "ucum" else str(unit.get("label") or "")
    found.values.append(Value(name, float(number), text, when, method))


def _action(found: Findings, item: Json, created: date | None) -> None:
    treatment = _dict(item.get("treatment"))
    agent = _dict(treatment.get("agent"))
    if not agent:
        return
    prefix, _, code = str(agent.get("id") or "").partition(":")
    rxnorm = code if prefix.lower() in ("rxnorm", "rxcui") else ""
    atc = code if prefix.lower() == "atc" else ""
    name = str(agent.get("label") or agent.get("id") or "a medicine without a name")
    steps = _dicts(treatment.get("doseIntervals"))
    ends = [whole_date(_dict(s.get("interval")).get("end")) for s in steps]
    if steps and created and all(e is not None and e < created for e in ends):
        found.left_out.append(f"{found.door.scrub(name)} (ended)")
        found.medicines = found.medicines if found.medicines is not None else []
        return
    amount = _dict(steps[-1].get("quantity")) if steps else {}
    dose = f"{amount.get('value', '')} {_dict(amount.get('unit')).get('label', '')}".strip()
    found.medicine(name, dose, atc, rxnorm)
