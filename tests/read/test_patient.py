"""A whole person read from files, and the notes about what was not there."""

from pathlib import Path

import pytest

from sartor.core import IntakeError, OrderError
from sartor.read.patient import read_patient

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = {
    "germline": "germline.vcf",
    "outside": "outside-calls.tsv",
    "medicines": "medicines.csv",
    "record": "record.toml",
}


def test_lung_example() -> None:
    patient = read_patient(id="case-017", tumor="tumor.vcf", base=EXAMPLES / "lung-egfr", **FILES)
    assert patient.genes["CYP2D6"].diplotype == "*4/*4" and patient.genes["CYP2D6"].status == "outside"
    assert {m.substance for m in patient.medicines} == {"metoprolol", "apixaban", "simvastatin", "omeprazole"}
    assert [v.change for v in patient.tumor if v.gene == "EGFR"] == ["T790M", "L858R"]
    assert patient.body.egfr_ml_min == 58 and "hypertension" in patient.conditions


def test_leukemia_example_reports_the_unknown_product() -> None:
    patient = read_patient(id="case-042", tumor="tumor.maf", base=EXAMPLES / "cml-abl1", **FILES)
    unknown = [m.name for m in patient.medicines if not m.recognized]
    assert len(unknown) == 1 and any(unknown[0] in n for n in patient.notes)
    assert "tacrolimus" in {m.substance for m in patient.medicines}


def test_psychiatric_example() -> None:
    patient = read_patient(id="case-088", base=EXAMPLES / "psychiatry-drd2", **FILES)
    assert patient.tumor == () and any("no tumour file" in n for n in patient.notes)
    assert patient.body.qt_prolonged is True and patient.body.qtc_ms == 472
    assert patient.genes["CYP2C19"].phenotype == "Poor Metabolizer"


def test_nothing_given_is_said_five_times() -> None:
    patient = read_patient(base=Path("."))
    assert patient.id == "null-patient" and not patient.genes and not patient.medicines and not patient.tumor
    assert len(patient.notes) == 5
    for word in ("germline VCF", "tumour file", "medicines", "record", "CYP2D6"):
        assert any(word in n for n in patient.notes)


def test_outside_call_wins_and_the_quarrel_is_noted(tmp_path: Path) -> None:
    outside = tmp_path / "outside.tsv"
    outside.write_text("gene\tdiplotype\nCYP2C19\t*2/*2\n")
    patient = read_patient(germline=EXAMPLES / "lung-egfr" / "germline.vcf", outside=outside, base=tmp_path)
    assert patient.genes["CYP2C19"].diplotype == "*2/*2"
    assert any(n.startswith("CYP2C19") and "*1/*1" in n for n in patient.notes)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    for name in ("germline", "tumor", "outside", "medicines", "record"):
        with pytest.raises(IntakeError, match="no such file"):
            read_patient(**{name: "nowhere"}, base=tmp_path)  # type: ignore[arg-type]
    with pytest.raises(OrderError, match="pseudonym"):
        read_patient(id="  ", base=tmp_path)
