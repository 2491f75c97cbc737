import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sartor.app.interactions import severity
from sartor.cli.commands import app

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "examples" / "lung-egfr" / "case.toml"


def run(*arguments):
    made = CliRunner().invoke(app, ["interactions", *map(str, arguments)])
    return made, json.loads(
        made.stdout.strip().splitlines()[-1]
    ) if "--json" in arguments and made.exit_code == 0 else None


@pytest.fixture
def medicines(tmp_path):
    path = tmp_path / "medicines.csv"
    path.write_text(
        "name,dose\nParoxetine,20 mg once daily\nMetoprolol succinate,95 mg once daily\nSimvastatin,20 mg at night\n"
        "Clarithromycin,500 mg twice daily\nCitalopram,\nDigoxin,0.25 mg daily\nZzyzx,1 mg\n",
        encoding="utf-8",
    )
    return path


def test_all_together_and_pairs(medicines):
    _, made = run(medicines, "--json")
    rows = {r["substance"]: r for r in made["medicines"]}
    assert rows["simvastatin"]["severity"] == "major" and rows["simvastatin"]["by_medicines"]["value"] > 5
    assert rows["metoprolol"]["by_medicines"]["value"] > 2 and any(
        "paroxetine" in m for m in rows["metoprolol"]["mechanism"]
    )
    assert rows["metoprolol"]["by_genes"]["value"] == 1
    first = made["pairs"][0]
    assert (first["severity"], first["perpetrator"], first["victim"]) == (
        "contraindicated",
        "clarithromycin",
        "simvastatin",
    )
    assert first["auc_ratio"]["low"] < first["auc_ratio"]["value"] < first["auc_ratio"]["high"] and first["evidence"]
    assert any(
        p["kind"] == "QT" and {p["perpetrator"], p["victim"]} == {"clarithromycin", "citalopram"} for p in made["pairs"]
    )
    assert made["unknown"][0]["name"] == "Zzyzx" and any("not absent" in n for n in made["notes"])
    assert any(n.startswith("citalopram: no dose") for n in made["notes"])


def test_a_poor_metabolizer_has_her_genes_instead_of_the_interaction(medicines):
    _, made = run(medicines, "--patient", CASE, "--json")
    metoprolol = next(r for r in made["medicines"] if r["substance"] == "metoprolol")
    assert metoprolol["by_genes"]["value"] > 2.5 and metoprolol["by_medicines"]["value"] == pytest.approx(1.0, abs=0.05)
    pair = next(p for p in made["pairs"] if (p["victim"], p["perpetrator"]) == ("metoprolol", "paroxetine"))
    assert pair["severity"] == "none"


def test_margins_of_a_novel_molecule(medicines):
    _, made = run(medicines, "--ki", "CYP3A4=0.5", "--json")
    known = made["margins"]["known"]
    assert all(k["target"] == "CYP3A4" for k in known)
    assert next(k for k in known if k["medicine"] == "simvastatin")["passes_um"]["systemic"]["value"] == pytest.approx(
        0.01
    )
    assert any(u["target"] == "CYP2D6" and "needs this assay" in u["answer"] for u in made["margins"]["unknown"])
    wrong, _ = run(medicines, "--ki", "CYP3A9=x")
    assert wrong.exit_code != 0 and "CYP3A4" in str(wrong.exception)


def test_severity_counts_the_therapeutic_index():
    assert [severity(x, False) for x in (1.0, 1.3, 2.5, 6.0, 0.1)] == ["none", "minor", "moderate", "major", "major"]
    assert severity(1.3, True) == "moderate" and severity(1.1, True) == "none" and severity(6.0, True) == "major"


def test_help_teaches():
    made = CliRunner().invoke(app, ["interactions", "--help"])
    assert "Example" in made.stdout and "--patient" in made.stdout
