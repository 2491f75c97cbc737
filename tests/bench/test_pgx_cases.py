"""Another caller's test cases: rebuilt, run through the reader, and every difference listed."""

import json

import pytest

from sartor.bench.pgx_cases import measure_cases
from sartor.core import IntakeError


def _case(test, variation=(), expected=(), reference=(), missing=(), vcf=(), **more):
    row = {"file": "Made.java", "test": test, "variation": variation, "reference": reference, "missing": missing}
    return {**row, "vcf": vcf, "expected": dict(expected), **more}


CASES = [
    _case("one", [["TPMT", "rs1142345", ["T", "C"]]], {"diplotype_pairs": [["TPMT", ["*1/*3C"]]]}),
    _case("alternative", [["TPMT", "rs1142345", ["T", "C"]], ["TPMT", "rs1800460", ["C", "T"]]],
          {"diplotype_pairs": [["TPMT", ["*1/*3A", "*3B/*3C"]]]}),
    _case("other", [["TPMT", "rs1142345", ["T", "C"]]], {"diplotype_pairs": [["TPMT", ["*1/*3A"]]]}),
    _case("heterozygous", [["CACNA1S", "rs772226819", ["G", "A"]]],
          {"testSourceDiplotypes": [["CACNA1S", ["c.520C>T (heterozygous)"]]]}),
    _case("uncalled", [["CYP3A5", "rs776746", ["T", "C"]]], not_called=["CYP3A5"]),
    _case("missing", [["CYP2C19", "rs12248560", ["T", "T"]], ["CYP2C19", "rs3758581", ["G", "G"]]],
          {"testPrintCpicCalls": [["CYP2C19", ["*4/*4", "*4/*17", "*17/*17"]]]}, missing=[["CYP2C19", "rs28399504"]]),
    _case("outside", expected={"testPrintCalls": [["CYP2D6", ["*1/*4"]]]}, reference=["CYP2C9"]),
    _case("no bases", [["UGT1A1", "rs3064744", []]], {"testPrintCalls": [["UGT1A1", ["*28/*37"]]]}),
    _case("file", expected={"diplotype_pairs": [["TPMT", ["*1/*1"]]]}, vcf=["somewhere/TPMT/bad.vcf"]),
]  # fmt: skip


def test_cases_are_rebuilt_and_differences_listed(tmp_path):
    (tmp_path / "cases_dev.json").write_text(json.dumps(CASES))
    (tmp_path / "TPMT").mkdir()
    (tmp_path / "TPMT" / "bad.vcf").write_text("not a VCF\n")
    figures = measure_cases(tmp_path)
    rest = {row["case"].removeprefix("Made."): row for row in figures["rest"]}
    assert (figures["cases"], figures["run"], figures["agree"], figures["exact"]) == (9, 7, 4, 3)
    assert {n: r["verdict"] for n, r in rest.items()} == {
        "alternative": "agree",
        "other": "differ",
        "uncalled": "differ",
        "outside": "not run",
        "no bases": "not run",
        "file": "refused",
    }
    assert (rest["other"]["expected"], rest["other"]["call"]) == (["*1/*3A"], "*1/*3C")
    assert "not a VCF" in rest["file"]["why"]


def test_a_folder_without_cases_and_a_malformed_file_are_refused(tmp_path):
    with pytest.raises(IntakeError, match="no cases"):
        measure_cases(tmp_path)
    (tmp_path / "cases.json").write_text('[{"file": "A"}]')
    with pytest.raises(IntakeError, match="list of cases"):
        measure_cases(tmp_path)
