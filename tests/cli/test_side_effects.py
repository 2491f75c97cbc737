"""``sartor side-effects`` as a person calls it."""

import csv
import json

import pytest
from typer.testing import CliRunner

from sartor.cli.commands import app

RUN = CliRunner()
MIBEFRADIL = "COCC(=O)O[C@]1(CCN(C)CCCc2nc3ccccc3[nH]2)CCc2cc(F)ccc2[C@@H]1C(C)C"


@pytest.fixture
def case(tmp_path):
    (tmp_path / "medicines.csv").write_text("name,dose\ncitalopram,20 mg\nsimvastatin,20 mg\nno such pill,\n")
    (tmp_path / "record.toml").write_text('age_years = 81\nsex = "female"\npotassium_mmol_l = 3.2\n')
    path = tmp_path / "case.toml"
    path.write_text(
        'schema = "sartor/design/1"\nseed = 1\n[patient]\nid = "case-4"\nmedicines = "medicines.csv"\n'
        'record = "record.toml"\n[disease]\nname = "allergic rhinitis"\ntarget = "HRH1"\n'
    )
    return path


def test_molecules_of_a_person(tmp_path, case):
    listed = tmp_path / "m.smi"
    listed.write_text(f"{MIBEFRADIL} mibefradil\nnot a molecule\n")
    out = tmp_path / "out" / "answer.csv"
    done = RUN.invoke(app, ["side-effects", str(listed), "--patient", str(case), "--json", "-o", str(out)])
    assert done.exit_code == 0, done.output
    found = json.loads([line for line in done.output.splitlines() if line.startswith("{")][-1])
    assert found["patient"] == "case-4" and found["target"] == "HRH1" and found["panel_targets"] >= 40
    assert "research use only" in found["notice"] and any("no such pill" in n for n in found["notes"])
    good, bad = found["molecules"]
    assert bad["problem"] and "organs" not in bad
    assert all(h["window"] and h["gene"] != "HRH1" for h in good["panel"]["hits"])
    heart = next(o for o in good["organs"] if o["organ"] == "heart")
    assert heart["level_for_patient"] == "high" and any("citalopram" in p["text"] for p in heart["personal"])
    assert any("simvastatin" in m and "CYP3A4" in m for m in good["tdi"]["medicines"])  # N-methyl amine: MI complex
    herg = next(t for t in heart["terms"] if t["name"] == "herg")
    assert herg["low"] <= herg["value"] <= herg["high"] and herg["in_domain"] and herg["base_rate"]
    rows = list(csv.DictReader(out.open()))
    assert len(rows) == 2 and rows[0]["heart_for_patient"] == "high" and rows[1]["problem"] and not rows[1]["heart"]


def test_a_target_without_a_model_is_refused_and_an_empty_list_is_said(tmp_path):
    listed = tmp_path / "m.smi"
    listed.write_text("nothing here\n")
    from sartor.core import OrderError, Refusal

    done = RUN.invoke(app, ["side-effects", str(listed)])
    assert isinstance(done.exception, OrderError) and "no molecule" in str(done.exception)
    listed.write_text("CCCCCCCCO\n")
    done = RUN.invoke(app, ["side-effects", str(listed), "--target", "KCNQ1"])
    assert isinstance(done.exception, Refusal) and "KCNQ1" in str(done.exception)
