"""``sartor generate …`` as a person or a script meets it."""

import csv
import json
import sys
import xml.etree.ElementTree as ET

import pytest
import typer
from rdkit import Chem

from sartor.app import asking
from sartor.chem.attach import Frame
from sartor.chem.marks import read_marked
from sartor.cli.console import guarded
from sartor.cli.generating import generate_app
from sartor.core import OrderError
from sartor.generate.asked import Asked, Found

SCAFFOLD = "COc1cc2ncnc(N[*:1])c2cc1O[*:2]"
MODES = ("decorate", "link", "grow", "near", "conditioned", "hop")


@pytest.fixture
def sartor(monkeypatch, capsys):
    """Run a command in this process: (standard output, standard error)."""
    monkeypatch.setenv("COLUMNS", "200")
    app = typer.Typer(rich_markup_mode="markdown")
    app.add_typer(generate_app, name="generate")

    def run(*args, expect=0, model="prior"):
        told = ["--model", model] if model else []
        monkeypatch.setattr(sys, "argv", ["sartor", "generate", *map(str, args), *told])
        code = guarded(app)
        out, err = capsys.readouterr()
        assert code == expect, err
        return out, err

    return run


def test_help_teaches_each_mode_with_an_example(sartor):
    out, _ = sartor("--help", model="")
    assert all(mode in out for mode in MODES)
    for mode in MODES:
        text = " ".join(sartor(mode, "--help", model="")[0].split())
        assert f"Example: sartor generate {mode}" in text
        assert all(option in text for option in ("-n", "--model", "--seed", "--budget", "--out", "--picture", "--json"))
    assert "`" not in sartor("decorate", "--help", model="")[0] and "[*:1]" in sartor("decorate", "--help", model="")[0]


def test_decorate_writes_what_it_found_and_counts_the_rest(sartor, tmp_path):
    table, image = tmp_path / "made" / "out.csv", tmp_path / "grid.svg"
    out, err = sartor("decorate", SCAFFOLD, "-n", 6, "-o", table, "--picture", image, "--json", "--seed", 4)
    answer, frame = json.loads(out), Frame(read_marked(SCAFFOLD))
    rows = list(csv.DictReader(table.open()))
    assert answer["mode"] == "decorate" and len(rows) == len(answer["rows"]) == 6
    for row, told in zip(rows, answer["rows"], strict=True):
        assert row["smiles"] == told["smiles"] and frame.holds(row["smiles"])
        assert row["R1"].startswith("[1*]") and float(row["likelihood"]) == told["values"]["likelihood"]
    assert f"6 molecules from {answer['tried']} proposals" in err and f"written to {table}" in err
    assert all(f"turned away: {reason}" in err for reason in answer["counted"])
    assert rows[0]["smiles"] in err and rows[5]["smiles"] not in err
    assert "given" not in ET.fromstring(image.read_text()).attrib and "R1" not in err
    again, _ = sartor("decorate", SCAFFOLD, "-n", 6, "--json", "--seed", 4)
    assert json.loads(again) == answer


def test_without_a_file_the_molecules_go_to_standard_output(sartor):
    out, err = sartor("link", "OC(=O)c1ccc(*)cc1", "*c1ccncc1", "-n", 3, "--most", 4, "--budget", 40)
    lines = out.split()
    assert len(lines) == 3 and all(Chem.MolFromSmiles(line) for line in lines)
    assert "3 molecules from" in err and lines[0] not in err


def test_grow_near_and_conditioned_run(sartor, tmp_path):
    sartor("grow", "c1ccc2[nH]ccc2c1", "-n", 3, "-o", tmp_path / "a.smi")
    lines = [line.split() for line in (tmp_path / "a.smi").read_text().splitlines()]
    assert [rank for _, rank in lines] == ["1", "2", "3"]
    out, err = sartor(
        "near", "CC(=O)Nc1ccc(O)cc1", "-n", 3, "--similarity", 0.4, "--improve", "qed", "--budget", 150, "--json"
    )
    answer = json.loads(out)
    assert answer["tried"] == 150 and all(row["values"]["gain"] > 0 for row in answer["rows"])
    assert "qed of the lead" in err and "gain" in err
    sartor("conditioned", "logp=1:4", "tpsa=:90", "-n", 2, "-o", tmp_path / "b.sdf")
    records = list(Chem.SDMolSupplier(str(tmp_path / "b.sdf")))
    assert len(records) == 2 and all(1 <= float(m.GetProp("logp")) <= 4 for m in records)


def test_hop_runs(sartor):
    lead = "Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F"
    out, _ = sartor("hop", lead, "-n", 2, "--most", 0.5, "--least", 0.5, "--budget", 200, "--json")
    assert json.loads(out)["rows"]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("decorate", "c1ccccc1"), 2, "has no mark"),
        (("decorate", "*c1ccccc1", "-o", "out.xlsx"), 2, ".smi, .csv, .sdf"),
        (("decorate", "*c1ccccc1", "--picture", "out.png"), 2, "as .svg"),
        (("near", "CCO", "--improve", "beauty"), 2, "beauty"),
        (("near", "CCO", "--improve", "logp"), 2, "up or down"),
        (("conditioned", "beauty=1"), 2, "the wish"),
        (("near", "CCOc1ccccc1", "--similarity", "0.999", "--budget", "40"), 5, "lower the similarity"),
        (("hop", "CCO"), 2, "no ring"),
    ],
)
def test_errors_are_one_message_and_an_exit_code(args, code, said, sartor):
    _, err = sartor(*args, expect=code)
    assert said in " ".join(err.split()) and "Traceback" not in err


def test_an_unknown_model_is_named(sartor):
    _, err = sartor("decorate", "*c1ccccc1", expect=4, model="nobody")
    assert "nobody" in err


def test_pictures_show_what_was_given_and_tint_it(tmp_path):
    tinted = Asked(
        (Found("Cc1ccncc1", {"likelihood": -1.0, "R1": "[1*]C"}, (1, 2, 3, 4, 5, 6)),), {}, 1, "", "[1*]c1ccncc1", 6
    )
    asking.picture(tinted, tmp_path / "a.svg", "a & b")
    text = (tmp_path / "a.svg").read_text()
    assert ET.fromstring(text).attrib["width"] == "540px" and "#A8D3ED" in text and "a &amp; b" in text
    plain = Asked((Found("Cc1ccncc1", {"qed": 0.5}),), {}, 1)
    asking.picture(plain, tmp_path / "b.svg")
    text = (tmp_path / "b.svg").read_text()
    assert ET.fromstring(text).attrib["width"] == "270px" and "#A8D3ED" not in text
    assert asking.legend(tinted.rows[0]) == "likelihood -1"
    with pytest.raises(OrderError, match=r"\.svg"):
        asking.picture(plain, tmp_path / "b.png")
