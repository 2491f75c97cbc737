"""The commands as a person or a script meets them."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sartor.app.examples import folder

ENV = {**os.environ, "OMP_NUM_THREADS": "1", "COLUMNS": "200"}


def sartor(*args, expect=0):
    code = "import sys; from sartor.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, *map(str, args)], capture_output=True, text=True, env=ENV)
    assert done.returncode == expect, done.stderr[-3000:]
    return done


def case(tmp_path: Path, **changes: str) -> Path:
    """The psychiatric example in a folder of its own, with lines replaced."""
    source = folder() / "psychiatry-drd2"
    for path in source.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / "case.toml").read_text()
    for old, new in changes.items():
        assert old.replace("_", " ") in text or old in text
        text = text.replace(old, new)
    (tmp_path / "case.toml").write_text(text)
    return tmp_path / "case.toml"


def test_help_teaches():
    text = sartor("--help").stdout
    for command in ("demo", "design", "read", "brief", "score", "parts", "check", "train", "bench"):
        assert command in text
    assert "Research use only" in text
    assert "Example" in sartor("design", "--help").stdout


@pytest.mark.parametrize("name", ["lung-egfr", "cml-abl1", "psychiatry-drd2"])
def test_read_and_brief_end_with_one_json_line(name):
    order = folder() / name / "case.toml"
    patient = json.loads(sartor("read", order, "--json").stdout.splitlines()[-1])
    assert patient["genes"]["CYP2D6"]["status"] == "outside"
    brief = json.loads(sartor("brief", order, "--json").stdout.splitlines()[-1])
    assert {"objectives", "constraints", "target", "unknowns"} <= set(brief)
    for ask in (*brief["objectives"], *brief["constraints"]):
        assert ask["scorer"] and ask["unit"]
        assert ask["because"] and all(reason["evidence"] for reason in ask["because"])
    assert all(o["desirability"]["points"] and o["weight"] > 0 for o in brief["objectives"])


def test_score_keeps_bad_lines_and_says_why(tmp_path):
    order = folder() / "psychiatry-drd2" / "case.toml"
    brief = json.loads(sartor("brief", order, "--json").stdout.splitlines()[-1])
    (tmp_path / "2-brief.json").write_text(json.dumps({"schema": "sartor/brief/1", **brief}))
    (tmp_path / "my.smi").write_text(
        "CN1CCN(CC1)C1=Nc2cc(Cl)ccc2Nc2ccccc12 clozapine\nnot-a-molecule bad\n\nCCO ethanol\n"
    )
    done = sartor(
        "score", tmp_path / "my.smi", "--brief", tmp_path / "2-brief.json", "-o", tmp_path / "o.csv", "--json"
    )
    counts = json.loads(done.stdout.splitlines()[-1])
    assert (counts["scored"], counts["rejected"]) == (2, 1)
    rows = list(csv.DictReader((tmp_path / "o.csv").open()))
    assert [r["line"] for r in rows] == ["1", "2", "4"]
    assert rows[1]["problem"] == "not a valid SMILES" and rows[1]["total_desirability"] == ""
    assert 0 <= float(rows[0]["total_desirability"]) <= 1
    for column in ("potency", "herg", "bbb"):
        assert {column, f"{column}_low", f"{column}_high", f"{column}_in_domain"} <= set(rows[0])


@pytest.mark.parametrize(
    ("change", "code", "expected"),
    [
        ({"seed   = 20263": "seeed = 1"}, 2, "did you mean 'seed'"),
        ({'target = "DRD2"': 'target = "NOSUCH1"'}, 5, "NOSUCH1"),
        ({'germline  = "germline.vcf"': 'germline = "gone.vcf"'}, 3, "gone.vcf"),
    ],
)
def test_errors_are_one_message_and_an_exit_code(tmp_path, change, code, expected):
    done = sartor("design", case(tmp_path, **change), "-o", tmp_path / "out", "--molecules", 50, expect=code)
    assert expected in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


def test_an_objective_in_the_wrong_unit_is_refused(tmp_path):
    order = case(tmp_path)
    wrong = '[[objective]]\nname="potent"\nuse="potency"\nunit="nM"\ndesirability={below=[100,1]}\n'
    wrong += 'settings={target="DRD2"}\n'
    order.write_text(order.read_text() + wrong)
    done = sartor("design", order, "-o", tmp_path / "out", "--molecules", 50, expect=2)
    assert "measures 'pIC50'" in done.stderr.replace("\n", " ")


def test_an_unwritable_folder_is_said_before_work_starts(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = sartor("design", case(tmp_path), "-o", tmp_path / "file" / "out", expect=2)
    assert "cannot write into" in done.stderr
