"""``sartor medicines`` and ``sartor read`` on lists and records of every kind."""

import json

import pytest
from typer.testing import CliRunner

from sartor.app.examples import folder
from sartor.app.medicines import describe_file
from sartor.cli.commands import app

RUN = CliRunner()


def told(*args):
    done = RUN.invoke(app, [*map(str, args), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads([line for line in done.output.splitlines() if line.startswith("{")][-1])


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "medicines.csv"
    path.write_text("name,dose\nSeroxat,20 mg\nCYP no such pill,\nsimvastattin,20 mg\nwarfarin,\n")
    return path


def test_a_list_with_roles_sources_and_unknowns(listed):
    found = told("medicines", listed)
    rows = {r["name"]: r for r in found["medicines"]}
    assert rows["Seroxat"]["substance"] == "paroxetine" and rows["Seroxat"]["how"] == "brand"
    role = next(r for r in rows["Seroxat"]["roles"] if r["enzyme"] == "CYP2D6" and r["role"] == "inhibitor")
    assert role["strength"] == "strong" and "FDA" in role["source"] and role["version"]
    assert rows["simvastattin"]["how"] == "misspelling" and rows["simvastattin"]["distance"] == 1
    assert rows["warfarin"]["narrow_index"]["source"] and rows["warfarin"]["atc"] == ["B01AA03"]
    assert rows["CYP no such pill"]["substance"] == "" and [u["name"] for u in found["unknown"]] == ["CYP no such pill"]
    assert found["counts"]["lines"] == 4 and found["counts"]["unknown"] == 1 and len(found["notes"]) == 2


def test_phenoconversion_of_a_case(listed):
    found = told("medicines", listed, "--patient", folder() / "psychiatry-drd2" / "case.toml")
    row = next(r for r in found["phenoconversion"] if r["enzyme"] == "CYP2D6")
    assert row["effective"] in ("", "Poor Metabolizer") and "paroxetine" in row["mechanism"]
    assert row["actors"][0]["substance"] == "paroxetine" and row["actors"][0]["evidence"]["source"]


def test_read_shows_what_was_understood_of_a_bundle(tmp_path):
    person = {"resourceType": "Patient", "id": "77X", "name": [{"family": "Quillfeather"}], "birthDate": "1961-05-04"}
    weight = {
        "resourceType": "Observation",
        "effectiveDateTime": "2024-06-01",
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
        "valueQuantity": {"value": 64, "unit": "kg"},
    }
    asked = {"resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": {"text": "Seroxat"}}
    entries = [{"resource": r} for r in (person, weight, asked)]
    (tmp_path / "record.json").write_text(json.dumps({"resourceType": "Bundle", "entry": entries}))
    (tmp_path / "outside.tsv").write_text("gene\tdiplotype\nCYP2D6\t*1/*1\n")
    case = tmp_path / "case.toml"
    case.write_text(
        'schema = "sartor/design/1"\nseed = 1\n[patient]\nid = "case-9"\nrecord = "record.json"\n'
        'outside = "outside.tsv"\n'
        '[disease]\nname = "depression"\n'
    )
    done = RUN.invoke(app, ["read", str(case), "--json"])
    assert done.exit_code == 0 and "Quillfeather" not in done.output and "1961-05-04" not in done.output
    found = told("read", case)
    assert found["body"]["age_years"] == 63 and found["body"]["weight_kg"] == 64
    assert [m["substance"] for m in found["medicines"]] == ["paroxetine"]
    row = next(r for r in found["phenoconversion"] if r["enzyme"] == "CYP2D6")
    assert (row["phenotype"], row["effective"], row["converted"]) == ("Normal Metabolizer", "Poor Metabolizer", True)


def test_a_withdrawn_medicine_is_said(tmp_path):
    path = tmp_path / "m.txt"
    path.write_text("Vioxx\nAspirin\n")
    made, _ = describe_file(path)
    gone = {r["substance"]: r["withdrawn"] for r in made["medicines"]}
    assert gone["rofecoxib"]["year"] == 2004 and "Onakpoya" in gone["rofecoxib"]["source"]
    assert gone["aspirin"] is None
    assert any("rofecoxib was withdrawn (2004, Worldwide)" in n and "really taken" in n for n in made["notes"])
