"""A FHIR R4 bundle (JSON) as a record: Patient, Observation, Condition, AllergyIntolerance and medicines.

HL7 FHIR R4 (hl7.org/fhir/R4), values by LOINC, medicines by RxNorm, ATC or their text. What names the person (names,
date of birth, identifiers, contacts, addresses) is read only to be kept out; the age in years stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sartor.core import IntakeError
from sartor.pharmacology.liver import child_pugh_class

from .body import Record
from .findings import Findings, Value, child_pugh_of, quantity_of, written
from .privacy import pseudonym, whole_date, years_between

_LOINC, _RXNORM, _ATC = "http://loinc.org", "http://www.nlm.nih.gov/research/umls/rxnorm", "http://www.whocc.no/atc"
_BIRTH_SEX = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"
_NO_ALLERGY = {"716186003", "409137002", "no-known-allergies", "no-known-medication-allergies"}
_PREGNANT = {"77386006", "72892002", "Z33.1"}
_TAKEN = {"active", "recorded", "unknown", ""}
_READ = {
    "Patient",
    "Observation",
    "Condition",
    "AllergyIntolerance",
    "MedicationStatement",
    "MedicationRequest",
    "Medication",
}
_DATES = ("effectiveDateTime", "issued", "authoredOn", "recordedDate", "dateAsserted", "onsetDateTime")
Json = dict[str, Any]


def read_bundle(bundle: Json, path: Path, today: date | None = None) -> Record:
    """The record of the one person of a bundle.

    The age is counted to the newest date in the bundle, so that the same file always gives the same age; ``today`` (the
    day of reading) is used only where it holds no date, and a note says so.

    Raises:
        IntakeError: no list of entries, several persons, a value in an unknown unit; nothing personal is repeated.
    """
    resources = [r for r in (_dict(e.get("resource")) for e in _dicts(bundle.get("entry"))) if r]
    if not resources:
        raise IntakeError("the bundle holds no entry with a resource", file=path, remedy="export it with its resources")
    persons = [r for r in resources if r.get("resourceType") == "Patient"]
    if len({str(p.get("id")) for p in persons}) > 1:
        problem = f"the bundle holds {len(persons)} persons, one was expected"
        raise IntakeError(problem, file=path, remedy="export one person's bundle")
    found = Findings(path)
    for entry in _dicts(bundle.get("entry")):
        found.door.keep_out_identifier(*([entry.get("fullUrl")] if _type(entry) == "Patient" else []))
    if persons:
        _keep_out(found, persons[0])
        _person(found, persons[0], bundle, resources, today)
    else:
        found.notes.append("the bundle holds no Patient: age and sex are not known from it")
    named = dict(_medications(bundle))
    for resource in resources:
        kind = resource.get("resourceType")
        if kind == "Observation":
            _observation(found, resource)
        elif kind == "Condition":
            _condition(found, resource)
        elif kind == "AllergyIntolerance":
            _allergy(found, resource)
        elif kind in ("MedicationStatement", "MedicationRequest"):
            _medicine(found, resource, named)
    unread = Counter(str(r.get("resourceType")) for r in resources if r.get("resourceType") not in _READ)
    if unread:
        told = ", ".join(f"{n} {found.door.scrub(k)}" for k, n in sorted(unread.items()))
        found.notes.append(f"resources that are not read here: {told}")
    return found.record()


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[Json]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _type(entry: Json) -> str:
    return str(_dict(entry.get("resource")).get("resourceType"))


def _keep_out(found: Findings, person: Json) -> None:
    """Everything of a Patient resource that names the person."""
    door = found.door
    door.keep_out_identifier(person.get("id"), *(i.get("value") for i in _dicts(person.get("identifier"))))
    door.keep_out_date(person.get("birthDate"))
    # Extensions hold more of it: a mother's maiden name, a place of birth.
    for more in _dicts(person.get("extension")):
        door.keep_out(more.get("valueString"), *_dict(more.get("valueAddress")).values(), least=99)
    for holder in (person, *_dicts(person.get("contact"))):
        names = holder.get("name")
        for name in _dicts(names) if isinstance(names, list) else [_dict(names)]:
            given = name.get("given")
            door.keep_out(name.get("text"), name.get("family"), *(given if isinstance(given, list) else []))
        for reach in _dicts(holder.get("telecom")):
            door.keep_out_identifier(reach.get("value"))
        homes = holder.get("address")
        for home in _dicts(homes) if isinstance(homes, list) else [_dict(homes)]:
            lines = home.get("line")
            door.keep_out(home.get("text"), *(lines if isinstance(lines, list) else []), least=99)
            door.keep_out(home.get("city"), home.get("postalCode"), least=99)


def _person(found: Findings, person: Json, bundle: Json, resources: list[Json], today: date | None) -> None:
    """Age and sex, and what was done with the rest."""
    gender = str(person.get("gender") or "")
    birth = [str(e.get("valueCode") or "") for e in _dicts(person.get("extension")) if e.get("url") == _BIRTH_SEX]
    sex = {"F": "female", "M": "male"}.get(birth[0] if birth else "", gender)
    if sex in ("female", "male"):
        found.sex = "female" if sex == "female" else "male"
        if gender in ("female", "male") and gender != sex:
            found.notes.append("the sex at birth and the administrative gender differ: the sex at birth was taken")
    elif gender:
        found.notes.append("the sex is given as neither female nor male: unknown here")
    then = _newest(bundle, resources)
    born = person.get("birthDate")
    if isinstance(born, str) and born:
        made = years_between(born, then or today or date.today())
        if made is None:
            found.notes.append("the date of birth is no date, or lies after the record: age not known")
        else:
            found.age_years = made[0] if made[0] <= 125 else None
            if not made[1]:
                found.notes.append("the date of birth is not given to the day: the age may be off by one year")
            if then is None:
                found.notes.append("the bundle holds no other date: the age is that on the day of reading")
    stands = pseudonym(str(person["id"])) if person.get("id") else "no id"
    found.notes.append(
        "names, date of birth, addresses and record numbers of the bundle were dropped; the age in years was kept, and "
        f"the patient's id only as a pseudonym ({stands})"
    )
    if person.get("deceasedBoolean") or person.get("deceasedDateTime"):
        found.notes.append("the bundle says that the person has died")


def _newest(bundle: Json, resources: list[Json]) -> date | None:
    """The newest date of the record, birth left aside."""
    texts: list[object] = [bundle.get("timestamp")]
    for r in resources:
        if r.get("resourceType") != "Patient":
            texts += [r.get(key) for key in _DATES]
            texts += [_dict(r.get("effectivePeriod")).get("start"), _dict(r.get("effectivePeriod")).get("end")]
    return max((d for d in map(whole_date, texts) if d), default=None)


def _concept(concept: object) -> tuple[list[Json], str]:
    """``(codings, text)`` of a CodeableConcept: its text, else the first display, else ""."""
    node = _dict(concept)
    codings = _dicts(node.get("coding"))
    shown = [str(c["display"]) for c in codings if isinstance(c.get("display"), str)]
    text = node.get("text")
    return codings, text if isinstance(text, str) and text.strip() else (shown[0] if shown else "")


def _code(codings: list[Json], system: str) -> str:
    return next((str(c.get("code") or "") for c in codings if str(c.get("system", "")).rstrip("/") == system), "")


def _status(resource: Json, key: str) -> str:
    codings, _ = _concept(resource.get(key))
    return str(codings[0].get("code") or "").lower() if codings else ""


def _observation(found: Findings, resource: Json) -> None:
    if resource.get("status") in ("entered-in-error", "cancelled"):
        return
    when = next((str(resource[k]) for k in ("effectiveDateTime", "issued") if resource.get(k)), "")
    when = when or str(_dict(resource.get("effectivePeriod")).get("start") or "")
    for part in (resource, *_dicts(resource.get("component"))):
        codings, text = _concept(part.get("code"))
        code = _code(codings, _LOINC)
        name, method = quantity_of(code, text)
        if "child pugh" in f"{text} {' '.join(str(c.get('display')) for c in codings)}".lower().replace("-", " "):
            _child_pugh(found, part)
        elif name in ("pregnancy", "lactation"):
            answers, said = _concept(part.get("valueCodeableConcept"))
            told = [part.get("valueString"), part.get("valueBoolean"), said or None, *(a.get("code") for a in answers)]
            found.flag(name, when, *told)
        elif name:
            _value(found, name, method, when, part)
        elif part is resource and not resource.get("component"):
            found.unused += 1


def _value(found: Findings, name: str, method: str, when: str, part: Json) -> None:
    quantity = _dict(part.get("valueQuantity")) or written(part.get("valueString"))
    number = quantity.get("value")
    if isinstance(number, bool) or not isinstance(number, int | float):
        found.notes.append(f"{name}: an observation holds no number with a unit; it was not used")
        return
    ucum = str(quantity.get("system", "")).endswith("unitsofmeasure.org")
    unit = str((quantity.get("code") if ucum or not quantity.get("unit") else quantity.get("unit")) or "")
    found.values.append(Value(name, float(number), unit, when, method, str(quantity.get("comparator") or "")))


def _child_pugh(found: Findings, part: Json) -> None:
    _, said = _concept(part.get("valueCodeableConcept"))
    points = _dict(part.get("valueQuantity")).get("value", part.get("valueInteger"))
    if isinstance(points, int | float) and not isinstance(points, bool) and 5 <= points <= 15:
        found.child_pugh = child_pugh_class(int(points))
    else:
        found.child_pugh = child_pugh_of(said or str(part.get("valueString") or "")) or found.child_pugh


def _condition(found: Findings, resource: Json) -> None:
    if _status(resource, "verificationStatus") in ("refuted", "entered-in-error"):
        return
    codings, text = _concept(resource.get("code"))
    if _status(resource, "clinicalStatus") in ("inactive", "remission", "resolved"):
        return
    if {str(c.get("code")) for c in codings} & _PREGNANT:
        found.flag("pregnancy", str(resource.get("recordedDate") or ""), "yes")
        return
    found.condition(text or " ".join(str(c.get("code") or "") for c in codings[:1]))


def _allergy(found: Findings, resource: Json) -> None:
    if _status(resource, "verificationStatus") in ("refuted", "entered-in-error"):
        return
    if _status(resource, "clinicalStatus") in ("inactive", "resolved"):
        return
    codings, text = _concept(resource.get("code"))
    if {str(c.get("code")) for c in codings} & _NO_ALLERGY or text.lower().startswith("no known"):
        found.allergies = found.allergies or []
        return
    _, substance = _concept(next(iter(_dicts(resource.get("reaction"))), {}).get("substance"))
    found.allergy(text or substance or "an allergy without a name")


def _medications(bundle: Json) -> Iterator[tuple[str, Json]]:
    """Medication resources by the ways another resource refers to them."""
    for entry in _dicts(bundle.get("entry")):
        resource = _dict(entry.get("resource"))
        if resource.get("resourceType") == "Medication":
            yield f"Medication/{resource.get('id')}", resource
            if entry.get("fullUrl"):
                yield str(entry["fullUrl"]), resource


def _medicine(found: Findings, resource: Json, named: dict[str, Json]) -> None:
    concept = resource.get("medicationCodeableConcept") or _dict(resource.get("medication")).get("concept")
    reference = _dict(resource.get("medicationReference") or _dict(resource.get("medication")).get("reference"))
    if not concept:
        inside = {f"#{c.get('id')}": c for c in _dicts(resource.get("contained"))}
        target = inside.get(str(reference.get("reference"))) or named.get(str(reference.get("reference"))) or {}
        concept = target.get("code") or {"text": reference.get("display") or _ingredients(target)}
    codings, text = _concept(concept)
    rxnorm, atc = _code(codings, _RXNORM), _code(codings, _ATC)
    name = text or (f"RxNorm:{rxnorm}" if rxnorm else f"ATC:{atc}" if atc else "a medicine without a name")
    status = str(resource.get("status") or "")
    if status not in _TAKEN or resource.get("doNotPerform") is True or resource.get("intent") in ("proposal", "plan"):
        if status != "entered-in-error":
            found.left_out.append(f"{found.door.scrub(name)} ({found.door.scrub(status) or 'not ordered'})")
        found.medicines = found.medicines if found.medicines is not None else []
        return
    found.medicine(name, _dose(resource), atc, rxnorm)


def _ingredients(medication: Json) -> str:
    """The ingredients of a Medication that has no code, joined as a mixture is written; "" without any."""
    parts = [_concept(i.get("itemCodeableConcept"))[1] for i in _dicts(medication.get("ingredient"))]
    return " + ".join(parts) if all(parts) else ""


def _dose(resource: Json) -> str:
    dosage = next(iter(_dicts(resource.get("dosage") or resource.get("dosageInstruction"))), {})
    if isinstance(dosage.get("text"), str):
        return str(dosage["text"])
    amount = _dict(next(iter(_dicts(dosage.get("doseAndRate"))), {}).get("doseQuantity"))
    return f"{amount.get('value', '')} {amount.get('unit', '')}".strip()
