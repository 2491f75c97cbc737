"""Outputs of other callers, read as they come."""

import json
import zipfile
from pathlib import Path

import pytest

from sartor.core import IntakeError
from sartor.read.outside import read_outside, read_outside_people

ALDY = "#Sample\tGene\tSolutionID\tMajor\tMinor\tCopy\tAllele\tLocation\tType\tCoverage\tEffect\tdbSNP\tCode\tStatus"


def written(tmp_path: Path, text: str, name: str = "calls.tsv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_cyrius_with_several_people_a_doubt_and_a_no_call(tmp_path):
    text = (
        "Sample\tGenotype\tFilter\nA\t*1/*4\tPASS\nB\t*4+*68/*5\tPASS\nC\tNone\tNone\n"
        "D\t*1/*46;*43/*45\tMore_than_one_possible_genotype\nE\t*1x2/*4\tPASS\n"
    )
    people = {n: c["CYP2D6"] for n, c in read_outside_people(written(tmp_path, text)).items()}
    assert (people["A"].phenotype, people["A"].activity_score) == ("Intermediate Metabolizer", 1.0)
    assert people["B"].phenotype == "Poor Metabolizer"
    assert (people["C"].status, people["C"].phenotype) == ("not covered", "") and "Cyrius" in people["C"].why
    assert people["D"].alternatives[0].startswith("*43/*45") and "More than one" in people["D"].why
    assert people["E"].activity_score == 2.0
    with pytest.raises(IntakeError, match="5 people"):
        read_outside(tmp_path / "calls.tsv")
    assert read_outside(tmp_path / "calls.tsv", sample="B")["CYP2D6"].diplotype == "*4+*68/*5"


def test_aldy_with_one_and_with_two_solutions(tmp_path):
    one = f"{ALDY}\n#Solution 1: *1.001, *4.021\nA\tCYP2D6\t1\t*1/*4\t1.001;4.021\t0\t1.001\t\t\t\t\t\t\t\n"
    one += "A\tCYP2D6\t1\t*1/*4\t1.001;4.021\t1\t4.021\t42128944\tC>T\t30\t\trs3892097\t\t\n"
    call = read_outside(written(tmp_path, one, "a.aldy"))["CYP2D6"]
    assert (call.diplotype, call.phenotype, call.status) == ("*1/*4", "Intermediate Metabolizer", "outside")
    two = one + "A\tCYP2D6\t2\t*1/*1\t1.001;1.002\t0\t1.001\t\t\t\t\t\t\t\n"
    call = read_outside(written(tmp_path, two, "b.aldy"))["CYP2D6"]
    assert call.status == "ambiguous" and call.alternatives == ("*1/*1: Normal Metabolizer",)
    assert not call.known


def test_pypgx_table_and_archive(tmp_path):
    table = "\tGenotype\tPhenotype\tHaplotype1\tHaplotype2\tAlternativePhase\tVariantData\tCNV\n"
    table += (
        "A\t*1/*4\tIntermediate Metabolizer\t*1;\t*4;*10;\t;\t\tNormal\nB\tIndeterminate\tIndeterminate\t\t\t\t\t\n"
    )
    named = read_outside_people(written(tmp_path, table, "CYP2D6-results.tsv"))
    assert named["A"]["CYP2D6"].activity_score == 1.0
    assert named["B"]["CYP2D6"].status == "not covered"
    with pytest.raises(IntakeError, match="its gene"):
        read_outside_people(written(tmp_path, table, "results.tsv"))
    with zipfile.ZipFile(tmp_path / "results.zip", "w") as pack:
        pack.writestr("x/metadata.txt", "Gene=CYP2D6\nSemanticType=SampleTable[Results]\n")
        pack.writestr("x/data.tsv", table)
    assert read_outside_people(tmp_path / "results.zip")["A"]["CYP2D6"].diplotype == "*1/*4"
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as pack:
        pack.writestr("x.txt", "no")
    with pytest.raises(IntakeError, match="PyPGx"):
        read_outside_people(tmp_path / "other.zip")


def test_stellarpgx(tmp_path):
    text = (
        "-----\n\nCYP2D6 Star Allele Calling with StellarPGx\n\n-----\n\nInitially computed CN = 2\n\n"
        "Sample core variants:\n42128945~C>T~0/1\n\nCandidate alleles:\n['1.v1_4.v1']\n\nResult:\n*1/*4\n\n"
        "Activity score:\n1.0\n\nMetaboliser status:\nIntermediate metaboliser (IM)\n"
    )
    people = read_outside_people(written(tmp_path, text, "HG001_cyp2d6.alleles"))
    call = people["HG001"]["CYP2D6"]
    assert (call.diplotype, call.phenotype, call.activity_score) == ("*1/*4", "Intermediate Metabolizer", 1.0)
    assert call.source == "StellarPGx"


def test_pharmcat_report_and_phenotype_files(tmp_path):
    report = "PharmCAT v3.1.0\nGene\tSource Diplotype\tPhenotype\tActivity Score\tHaplotype 1\n"
    report += "CYP2D6\t*1/*3\tIntermediate Metabolizer\t1.0\t*1\nCYP4F2\t*1/*1\t\t\t*1\nHLA-B\tn/a\tNo Result\t\t\n"
    calls = read_outside(written(tmp_path, report))
    assert calls["CYP2D6"].activity_score == 1.0
    assert calls["CYP4F2"].phenotype == "rs2108622 CC"
    assert calls["HLA-B"].status == "not covered"
    data = {
        "geneReports": {
            "CYP2D6": {"sourceDiplotypes": [{"label": "*1/*3", "phenotypes": ["Intermediate Metabolizer"]}]},
            "HLA-A": {"sourceDiplotypes": [{"label": "*31:01/*02:01", "phenotypes": ["*31:01 positive"]}]},
        }
    }
    calls = read_outside(written(tmp_path, json.dumps(data), "x.phenotype.json"))
    assert calls["HLA-A"].phenotype == "*31:01 positive"
    with pytest.raises(IntakeError, match="PharmCAT"):
        read_outside(written(tmp_path, "{}", "y.json"))
