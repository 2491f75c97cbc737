"""A FHIR bundle as a record: values by LOINC, states respected, nothing personal beyond the door. A made-up person."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from sartor.core import IntakeError
from sartor.read.medicines import read_medicines
from sartor.read.patient import read_patient
from sartor.read.record import read_record

SECRETS = ("Quillfeather", "Ottoline", "1961-05-04", "04.05.1961", "MRN-778812", "778812-X", "Larkspur", "555-0199")
LOINC, RXNORM = "http://loinc.org", "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM = "http://unitsofmeasure.org"


def observation(code, value=None, unit="", when="2024-03-01", **more):
    made = {"resourceType": "Observation", "status": "final", "effectiveDateTime": when}
    made["code"] = {"coding": [{"system": LOINC, "code": code}]}
    if value is not None:
        made["valueQuantity"] = {"value": value, "unit": unit, "code": unit, "system": UCUM}
    return made | more


def medicine(text, status="active", code=None, kind="MedicationRequest"):
    coding = [{"system": RXNORM, "code": code}] if code else []
    concept = {"coding": coding, "text": text} if text else {"coding": coding}
    return {"resourceType": kind, "status": status, "medicationCodeableConcept": concept, "authoredOn": "2024-02-01"}


def state(code):
    return {"coding": [{"code": code}]}


def person(**more):
    return {
        "resourceType": "Patient",
        "id": "778812-X",
        "identifier": [{"value": "MRN-778812"}],
        "name": [{"family": "Quillfeather", "given": ["Ottoline"]}],
        "telecom": [{"value": "555-0199"}],
        "address": [{"line": ["7 Larkspur Lane"], "city": "Larkspur"}],
        "birthDate": "1961-05-04",
        "gender": "female",
    } | more


def bundle(tmp_path: Path, *resources) -> Path:
    path = tmp_path / "record.json"
    entries = [{"fullUrl": f"urn:uuid:{i}", "resource": r} for i, r in enumerate(resources)]
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))
    return path


def whole(tmp_path: Path) -> Path:
    return bundle(
        tmp_path,
        person(),
        observation("29463-7", 141.1, "[lb_av]"),
        observation("2160-0", 2.4, "mg/dL", "2019-01-01"),
        observation("14682-9", 106.08, "umol/L", "2024-03-01"),
        observation("2823-3", 4.1, "meq/L"),
        observation("8636-3", 472, "ms"),
        observation("82810-3", valueCodeableConcept={"coding": [{"code": "60001007"}], "text": "Not pregnant"}),
        {"resourceType": "Condition", "code": {"text": "asthma of Ottoline"}, "clinicalStatus": state("active")},
        {"resourceType": "Condition", "code": {"text": "pneumonia"}, "clinicalStatus": state("resolved")},
        {"resourceType": "AllergyIntolerance", "code": {"text": "penicillin"}},
        medicine("Metoprolol succinate 50 MG Oral Tablet"),
        medicine("Metoprolol succinate 50 MG Oral Tablet"),
        medicine("", code="36567", kind="MedicationStatement"),
        medicine("Warfarin 5 MG", "stopped"),
        medicine("Quillfeather's own tonic"),
        {"resourceType": "Encounter", "status": "finished"},
    )


def test_everything(tmp_path: Path) -> None:
    record = read_record(whole(tmp_path))
    body = record.body
    assert (body.age_years, body.sex, body.qtc_ms, body.potassium_mmol_l) == (62.0, "female", 472.0, 4.1)
    assert body.weight_kg == pytest.approx(64.0, abs=0.05) and body.creatinine_mg_dl == pytest.approx(1.2)
    assert body.egfr_method == "CKD-EPI 2021 (creatinine)" and body.egfr_ml_min == pytest.approx(51, abs=1)
    assert body.crcl_ml_min == pytest.approx(49.1, abs=0.5)
    assert body.pregnancy is False and body.lactation is None and body.allergies == ("penicillin",)
    assert record.conditions == ("asthma of [removed]",)
    taken = [m for line in record.lines or () for m in line.medicines]
    assert [m.substance for m in taken] == ["metoprolol", "simvastatin", ""]
    told = " ".join(record.notes)
    assert "Warfarin 5 MG (stopped)" in told and "1 Encounter" in told and "newest of 2" in told


def test_nothing_personal_comes_through(tmp_path: Path) -> None:
    path = whole(tmp_path)
    patient = read_patient(id="case-1", record=path, base=tmp_path)
    found, notes = read_medicines(path)
    said = json.dumps([asdict(patient), [asdict(m) for m in found], notes])
    assert [s for s in SECRETS if s.lower() in said.lower()] == []
    assert "id-" in said and [m.substance for m in patient.medicines] == ["metoprolol", "simvastatin", ""]
    own = read_patient(id="778812-X", record=path, base=tmp_path)
    assert own.id.startswith("id-") and "778812-X" not in json.dumps(asdict(own))


@pytest.mark.parametrize("unit", ["mmol/dL", "Quillfeather", ""])
def test_an_unknown_unit_is_an_error_without_names(tmp_path: Path, unit: str) -> None:
    with pytest.raises(IntakeError) as error:
        read_record(bundle(tmp_path, person(), observation("2160-0", 1.2, unit)))
    assert "creatinine" in str(error.value) and "Quillfeather" not in str(error.value)


def test_egfr_keeps_the_name_of_its_equation_and_clearance_stays_apart(tmp_path: Path) -> None:
    given = read_record(bundle(tmp_path, person(), observation("33914-3", 55, "mL/min/{1.73_m2}"))).body
    assert (given.egfr_ml_min, given.egfr_method, given.crcl_ml_min) == (55.0, "MDRD", None)
    cleared = read_record(bundle(tmp_path, person(), observation("35591-7", 48, "mL/min"))).body
    assert (cleared.egfr_ml_min, cleared.crcl_ml_min) == (None, 48.0)


def test_states_and_references(tmp_path: Path) -> None:
    drug = {"resourceType": "Medication", "id": "m1", "code": {"text": "Paroxetine 20 MG"}}
    asked = {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationReference": {"reference": "Medication/m1"},
    }
    wrong = observation("8636-3", 700, "ms", status="entered-in-error")
    none = {"resourceType": "AllergyIntolerance", "code": {"coding": [{"code": "716186003"}]}}
    record = read_record(bundle(tmp_path, person(gender="other"), drug, asked, wrong, none))
    assert [m.substance for line in record.lines or () for m in line.medicines] == ["paroxetine"]
    assert record.body.qtc_ms is None and record.body.allergies == () and record.body.sex is None
    assert any("neither female nor male" in n for n in record.notes)


def test_age_is_counted_to_the_newest_date_of_the_record(tmp_path: Path) -> None:
    late = read_record(bundle(tmp_path, person(), observation("2823-3", 4.0, "mmol/L", "2024-05-04")))
    early = read_record(bundle(tmp_path, person(), observation("2823-3", 4.0, "mmol/L", "2024-05-03")))
    assert (late.body.age_years, early.body.age_years) == (63.0, 62.0)
    undated = read_record(bundle(tmp_path, person(birthDate=f"{date.today().year - 30}-01-01")))
    assert undated.body.age_years == 30.0 and any("day of reading" in n for n in undated.notes)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"resourceType": "Bundle"}', "no entry"),
        ('{"resourceType": "Patient", "name": [{"family": "Quillfeather"}]}', "single FHIR resource"),
        ('{"resourceType": "Bundle", "entry": [', "not whole JSON"),
        ("<Bundle/>", "XML"),
        ('{"a": 1}', "neither a FHIR bundle"),
    ],
)
def test_what_is_no_bundle(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "record.json"
    path.write_text(text)
    with pytest.raises(IntakeError, match=says) as error:
        read_record(path)
    assert "Quillfeather" not in str(error.value) and error.value.remedy


def test_two_persons_are_refused_and_a_bundle_without_medicines_lists_none(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="2 persons"):
        read_record(bundle(tmp_path, person(), person(id="other")))
    path = bundle(tmp_path, person())
    assert read_record(path).lines is None
    with pytest.raises(IntakeError, match="lists no medicines"):
        read_medicines(path)


def test_a_medication_of_ingredients_inside_the_statement(tmp_path: Path) -> None:
    parts = [{"itemCodeableConcept": {"text": t}} for t in ("sacubitril", "valsartan")]
    inside = {"resourceType": "Medication", "id": "m", "ingredient": parts}
    made = {"resourceType": "MedicationStatement", "status": "active", "contained": [inside]}
    record = read_record(bundle(tmp_path, person(), made | {"medicationReference": {"reference": "#m"}}))
    assert [m.substance for line in record.lines for m in line.medicines] == ["sacubitril", "valsartan"]


@pytest.mark.parametrize(
    ("code", "field", "value"),
    [
        ({"text": "Kreatinin im Serum"}, "creatinine_mg_dl", {"valueQuantity": {"value": 168, "unit": "µmol/L"}}),
        ({"text": "Kalium"}, "potassium_mmol_l", {"valueQuantity": {"value": 3.1, "unit": "mmol/L"}}),
        ({"text": "eGFR (CKD-EPI)"}, "egfr_ml_min", {"valueQuantity": {"value": 41, "unit": "ml/min/1.73 m2"}}),
        ({"coding": [{"system": LOINC, "code": "69405-9"}]}, "egfr_ml_min", {"valueString": "41 mL/min/1.73m2"}),
        ({"text": "QTcF"}, "qtc_ms", {"valueQuantity": {"value": 0.47, "unit": "s"}}),
        (
            {"coding": [{"system": LOINC, "code": "8302-2"}]},
            "height_cm",
            {"valueQuantity": {"value": 65, "unit": "in"}},
        ),
    ],
)
def test_quantities_by_words_and_other_codes(tmp_path: Path, code, field, value) -> None:
    found = {"resourceType": "Observation", "status": "final", "code": code} | value
    body = read_record(bundle(tmp_path, person(), found)).body
    expected = {
        "creatinine_mg_dl": 1.90045,
        "potassium_mmol_l": 3.1,
        "egfr_ml_min": 41,
        "qtc_ms": 470,
        "height_cm": 165.1,
    }
    assert getattr(body, field) == pytest.approx(expected[field])


def test_creatinine_of_urine_is_not_taken_for_serum_and_the_rest_is_counted(tmp_path: Path) -> None:
    urine = {"resourceType": "Observation", "status": "final", "code": {"text": "Creatinine in urine"}}
    urine["valueQuantity"] = {"value": 90, "unit": "mg/dL"}
    record = read_record(bundle(tmp_path, person(), urine, observation("718-7", 13.1, "g/dL")))
    assert record.body.creatinine_mg_dl is None
    assert any("observations that are not read here: 2" in n for n in record.notes)
