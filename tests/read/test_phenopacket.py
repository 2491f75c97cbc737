"""A phenopacket as a record. A made-up person."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from sartor.core import IntakeError
from sartor.read.patient import read_patient
from sartor.read.record import read_record


def quantity(code, value, unit, when="2024-03-01T00:00:00Z"):
    measured = {"unit": {"id": f"UCUM:{unit}"}, "value": value}
    return {"assay": {"id": f"LOINC:{code}"}, "value": {"quantity": measured}, "timeObserved": {"timestamp": when}}


def packet(**more):
    return {
        "id": "packet-ZX9917",
        "subject": {
            "id": "subject-ZX9917",
            "alternateIds": ["HOSP-55121"],
            "dateOfBirth": "1961-05-04T00:00:00Z",
            "timeAtLastEncounter": {"age": {"iso8601duration": "P62Y10M"}},
            "sex": "MALE",
        },
        "measurements": [quantity("2160-0", 1.3, "mg/dL"), quantity("8636-3", 0.44, "s")],
        "diseases": [
            {"term": {"id": "MONDO:0005061", "label": "lung adenocarcinoma"}},
            {"term": {"label": "asthma"}, "excluded": True},
        ],
        "phenotypicFeatures": [{"type": {"id": "HP:0001657", "label": "Prolonged QT interval"}}],
        "medicalActions": [
            {"treatment": {"agent": {"id": "RxNorm:6918", "label": "local name"}}},
            {
                "treatment": {
                    "agent": {"label": "warfarin"},
                    "doseIntervals": [{"interval": {"start": "2020-01-01T00:00:00Z", "end": "2021-01-01T00:00:00Z"}}],
                }
            },
        ],
        "metaData": {"created": "2024-03-02T00:00:00Z", "createdBy": "Ottoline Quillfeather"},
    } | more


def written(tmp_path: Path, data) -> Path:
    path = tmp_path / "packet.json"
    path.write_text(json.dumps(data))
    return path


def test_everything(tmp_path: Path) -> None:
    record = read_record(written(tmp_path, packet()))
    body = record.body
    assert (body.age_years, body.sex, body.creatinine_mg_dl, body.qtc_ms) == (62.0, "male", 1.3, 440.0)
    assert body.egfr_method == "CKD-EPI 2021 (creatinine)" and body.pregnancy is None and body.allergies is None
    assert record.conditions == ("lung adenocarcinoma", "Prolonged QT interval")
    assert [m.substance for line in record.lines or () for m in line.medicines] == ["metoprolol"]
    assert any("warfarin (ended)" in n for n in record.notes)


def test_field_names_with_underscores_are_read_too(tmp_path: Path) -> None:
    data = packet()
    data["subject"]["time_at_last_encounter"] = data["subject"].pop("timeAtLastEncounter")
    data["meta_data"] = data.pop("metaData")
    assert read_record(written(tmp_path, data)).body.age_years == 62.0


def test_age_from_the_date_of_birth_where_no_age_is_given(tmp_path: Path) -> None:
    data = packet()
    del data["subject"]["timeAtLastEncounter"]
    assert read_record(written(tmp_path, data)).body.age_years == 62.0


def test_nothing_personal_comes_through(tmp_path: Path) -> None:
    patient = read_patient(id="case-2", record=written(tmp_path, packet()), base=tmp_path)
    said = json.dumps(asdict(patient))
    for secret in ("ZX9917", "HOSP-55121", "1961-05-04", "Quillfeather"):
        assert secret not in said


def test_refusals(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="family"):
        read_record(written(tmp_path, {"id": "f", "proband": packet(), "metaData": {}}))
    with pytest.raises(IntakeError, match="no unit of it"):
        read_record(written(tmp_path, packet(measurements=[quantity("2160-0", 1.3, "mg/L/L")])))


def test_what_protobuf_writes_as_numbers_and_parts(tmp_path: Path) -> None:
    potassium = {"type": {"id": "LOINC:2823-3"}, "quantity": {"unit": {"id": "UCUM:mmol/L"}, "value": 3.1}}
    made = {
        "subject": {"id": "s", "sex": 1, "date_of_birth": "1980-01-02T00:00:00Z"},
        "measurements": [{"assay": {"label": "panel"}, "complex_value": {"typed_quantities": [potassium]}}],
        "meta_data": {"created": {"seconds": 1767225600}},
    }
    path = tmp_path / "packet.json"
    path.write_text(json.dumps(made))
    body = read_record(path).body
    assert (body.sex, body.age_years, body.potassium_mmol_l) == ("female", 45.0, 3.1)
    made["subject"] = {"id": "s", "sex": "MALE", "timeAtLastEncounter": {"age": "P33Y4M"}}
    path.write_text(json.dumps(made))
    assert (read_record(path).body.sex, read_record(path).body.age_years) == ("male", 33.0)
