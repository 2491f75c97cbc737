"""Outside calls: CPIC phenotypes computed, contradictions refused."""

from pathlib import Path

import pytest

from sartor.core import IntakeError
from sartor.read.outside import read_outside

HEADER = "gene\tdiplotype\tphenotype\tactivity_score\tsource"


def read(tmp_path: Path, *lines: str):
    path = tmp_path / "outside.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_outside(path)


@pytest.mark.parametrize(
    ("diplotype", "phenotype", "score"),
    [
        ("*1/*1", "Normal Metabolizer", 2.0),
        ("*4/*4", "Poor Metabolizer", 0.0),
        ("*1/*4", "Intermediate Metabolizer", 1.0),
        ("*1/*10", "Normal Metabolizer", 1.25),
        ("*10/*41", "Intermediate Metabolizer", 0.75),
        ("*1x2/*1", "Ultrarapid Metabolizer", 3.0),
        ("*1x2/*4", "Normal Metabolizer", 2.0),
        ("*4x2/*1", "Intermediate Metabolizer", 1.0),
        ("*2xN/*1", "Ultrarapid Metabolizer", 3.0),
        ("*1x≥3/*41", "Ultrarapid Metabolizer", 3.5),
        ("*36+*10/*1", "Normal Metabolizer", 1.25),
        ("*68+*4/*5", "Poor Metabolizer", 0.0),
        ("*4xN/*4", "Poor Metabolizer", 0.0),
        ("*1xN/*4", "Indeterminate", None),
        ("*1/*22", "Indeterminate", None),
        ("*1/*999", "Indeterminate", None),
    ],
)
def test_cyp2d6_by_activity_score(tmp_path, diplotype, phenotype, score):
    call = read(tmp_path, HEADER, f"CYP2D6\t{diplotype}\t\t\tCyrius 1.1")["CYP2D6"]
    assert (call.phenotype, call.activity_score, call.status) == (phenotype, score, "outside")
    assert call.source == "Cyrius 1.1"
    assert bool(call.why) == (phenotype == "Indeterminate")


def test_the_form_without_header(tmp_path):
    calls = read(tmp_path, "# a comment", "CYP2D6\t*1/*3", "HLA-B\t*15:02/*57:01", "MT-RNR1\t1555A>G", "CYP4F2\t*1/*3")
    assert calls["CYP2D6"].phenotype == "Intermediate Metabolizer"
    assert calls["HLA-B"].phenotype == "*15:02 positive, *57:01 positive, *58:01 negative"
    assert calls["MT-RNR1"].phenotype.startswith("Increased risk")
    assert (calls["CYP4F2"].phenotype, calls["CYP4F2"].status) == ("rs2108622 CT", "outside")


def test_given_phenotypes(tmp_path):
    assert read(tmp_path, "CYP2D6\t\tpoor metaboliser")["CYP2D6"].phenotype == "Poor Metabolizer"
    assert read(tmp_path, "CYP2D6\t*1/*4\tIM\t1.0")["CYP2D6"].activity_score == 1.0
    assert read(tmp_path, "CYP2D6\t\t\t0.25")["CYP2D6"].phenotype == "Intermediate Metabolizer"
    assert read(tmp_path, "HLA-B\t*57:01/*07:02\t*57:01 positive")["HLA-B"].phenotype.count("positive") == 1
    unchecked = read(tmp_path, "CYP2D6\t*1/*999\tNormal Metabolizer")["CYP2D6"]
    assert unchecked.phenotype == "Normal Metabolizer" and "not checked" in unchecked.why
    assert read(tmp_path, "CYP2C19\t*2/*2")["CYP2C19"].phenotype == "Poor Metabolizer"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("CYP2D6\t*4/*4\tNormal Metabolizer", "is a Poor Metabolizer, the file says Normal"),
        ("CYP2D6\t*4/*4\t\t2.0", "activity score 0, the file says 2"),
        ("CYP2D6\t*4/*4\tSlowish", "phenotype 'Slowish'"),
        ("CYP2D6\t\tPoor Metabolizer\t2.0", "the file says Poor"),
        ("HLA-B\t*07:02/*08:01\t*57:01 positive", "the file says"),
        ("HLA-B\t57-01", "diplotype"),
        ("CYP2D6\t*4", "diplotype '*4'"),
        ("CYP2D6\t4/4", "diplotype"),
        ("CYP2D6\t*1/*4\t\tmany", "activity score"),
        ("CYP2D6", "columns"),
        ("CYP2D6\t\t", "neither"),
        ("cyp 2d6\t*1/*4", "gene symbol"),
        ("CYP2D6\t*1/*4\nCYP2D6\t*1/*1", "twice"),
        ("gene\tcall\nCYP2D6\t*1/*4", "header"),
    ],
)
def test_contradictions_and_faults_are_refused(tmp_path, line, words):
    with pytest.raises(IntakeError) as caught:
        read(tmp_path, line)
    assert words in caught.value.problem
    assert caught.value.line and caught.value.remedy


def test_files_that_hold_nothing(tmp_path):
    for make in (lambda p: None, lambda p: p.touch(), lambda p: p.write_text(HEADER + "\n")):
        path = tmp_path / "calls.tsv"
        make(path)
        with pytest.raises(IntakeError):
            read_outside(path)
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(IntakeError, match="not a text file"):
        read_outside(path)


def test_the_shipped_outside_calls():
    examples = Path(__file__).resolve().parents[2] / "examples"
    phenotypes = {p.parent.name: read_outside(p)["CYP2D6"].phenotype for p in examples.glob("*/outside-calls.tsv")}
    assert phenotypes == {
        "lung-egfr": "Poor Metabolizer",
        "cml-abl1": "Normal Metabolizer",
        "psychiatry-drd2": "Intermediate Metabolizer",
    }
