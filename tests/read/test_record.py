"""The record: closed, ranged, and silent about nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from sartor.core import Body, IntakeError, Medicine
from sartor.read.body import without_medicines_inr
from sartor.read.record import read_record


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "record.toml"
    path.write_text(text, encoding="utf-8")
    return path


FULL = """
age = 63
sex = "F"
weight_kg = 64.5
egfr_ml_min = 58
child_pugh = "a"
pregnancy = false
lactation = false
qt_prolonged = true
qtc_ms = 472
potassium_mmol_l = 3.6
allergies = []
conditions = ["schizophrenia", "asthma"]
"""


def test_everything(tmp_path: Path) -> None:
    record = read_record(written(tmp_path, FULL))
    assert record.body == Body(63.0, "female", 64.5, 58.0, "A", False, False, True, 472.0, 3.6, ())
    assert record.conditions == ("schizophrenia", "asthma") and record.notes == ()


def test_left_out_is_not_given(tmp_path: Path) -> None:
    record = read_record(written(tmp_path, "age_years = 40\n"))
    assert record.body == Body(age_years=40.0) and record.body.allergies is None


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("age_years = 63\nwieght_kg = 64\n", 2, "did you mean weight_kg"),
        ("[patient]\nage = 3\n", 1, "unknown key 'patient'"),
        ("egfr_ml_min = 580\n", 1, r"0 to 250 mL/min"),
        ("age_years = -2\n", 1, "0 to 125 years"),
        ('weight_kg = "64 kg"\n', 1, "a number from"),
        ("age_years = nan\n", 1, "a number from"),
        ("weight_kg = true\n", 1, "weight_kg = true; a number"),
        ('qt_prolonged = "yes"\n', 1, "true or false"),
        ('\nchild_pugh = "D"\n', 2, "class"),
        ('sex = "unsure"\n', 1, "female"),
        ('allergies = "penicillin"\n', 1, "a list of words"),
        ("age = 3\nage_years = 4\n", 2, "given twice"),
        ('sex = "male"\npregnancy = true\n', 2, "contradicts"),
        ("age_years = \n", 1, "not TOML"),
        ("", None, "empty"),
    ],
)
def test_bad_records(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    with pytest.raises(IntakeError, match=says) as error:
        read_record(written(tmp_path, text))
    assert error.value.line == line and error.value.remedy


def test_a_long_qtc_beside_a_denial_is_noted(tmp_path: Path) -> None:
    record = read_record(written(tmp_path, "qt_prolonged = false\nqtc_ms = 512\n"))
    assert record.body.qt_prolonged is False and "512" in record.notes[0]


def test_units_in_words_are_converted(tmp_path: Path) -> None:
    text = 'weight = "141.1 lb"\npotassium = "4.1 mEq/L"\nage = 40\nsex = "male"\ncreatinine = "106.08 umol/L"\n'
    record = read_record(written(tmp_path, text))
    assert record.body.weight_kg == pytest.approx(64.0, abs=0.01) and record.body.potassium_mmol_l == 4.1
    assert record.body.creatinine_mg_dl == pytest.approx(1.2)
    assert record.body.egfr_method == "CKD-EPI 2021 (creatinine)"
    assert record.body.egfr_ml_min == pytest.approx(78.5, abs=1) and record.body.crcl_ml_min == pytest.approx(
        74.1, abs=0.2
    )
    assert any("Cockcroft-Gault" in n and "not an eGFR" in n for n in record.notes)


def test_a_given_egfr_is_never_replaced(tmp_path: Path) -> None:
    record = read_record(written(tmp_path, 'age = 40\nsex = "male"\negfr_ml_min = 30\ncreatinine_mg_dl = 1.2\n'))
    assert record.body.egfr_ml_min == 30 and record.body.egfr_method is None
    assert any("please check" in n for n in record.notes)


@pytest.mark.parametrize("missing", ['sex = "male"\n', "age = 40\n", 'age = 12\nsex = "male"\n'])
def test_egfr_is_not_computed_without_its_parts(tmp_path: Path, missing: str) -> None:
    record = read_record(written(tmp_path, missing + "creatinine_mg_dl = 1.2\n"))
    assert record.body.egfr_ml_min is None and any("not computed" in n for n in record.notes)


def test_a_childs_egfr_comes_from_height(tmp_path: Path) -> None:
    record = read_record(written(tmp_path, 'age = 9\nheight = "1.2 m"\ncreatinine = "88.4 umol/L"\n'))
    assert record.body.egfr_ml_min == pytest.approx(49.6) and "Schwartz" in str(record.body.egfr_method)
    without = read_record(written(tmp_path, "age = 9\ncreatinine_mg_dl = 1.0\n"))
    assert without.body.egfr_ml_min is None and any("height" in n for n in without.notes)


PARTS = 'bilirubin_mg_dl = 2.5\nalbumin = "30 g/L"\ninr = 1.5\nascites = "slight"\nencephalopathy = "none"\n'


def test_child_pugh_from_its_parts(tmp_path: Path) -> None:
    record = read_record(written(tmp_path, PARTS))
    assert (record.body.child_pugh, record.body.child_pugh_points) == ("B", 8)
    short = read_record(written(tmp_path, PARTS.replace('ascites = "slight"\n', "")))
    assert (short.body.child_pugh, short.body.child_pugh_points) == ("B", None)
    assert any("whatever ascites are" in n for n in short.notes)
    less = read_record(written(tmp_path, PARTS.replace('ascites = "slight"\n', "").replace("2.5", "0.8")))
    assert less.body.child_pugh is None and any("ascites not given" in n for n in less.notes)
    grave = read_record(written(tmp_path, "bilirubin_mg_dl = 4.0\nalbumin_g_dl = 2.5\ninr = 2.5\n"))
    assert grave.body.child_pugh == "C" and any("ascites and encephalopathy" in n for n in grave.notes)
    open_ = read_record(written(tmp_path, "bilirubin_mg_dl = 4.0\nalbumin_g_dl = 2.5\ninr = 1.0\n"))
    assert open_.body.child_pugh is None and any("class B or C" in n for n in open_.notes)
    given = read_record(written(tmp_path, 'child_pugh = "A"\n' + PARTS))
    assert given.body.child_pugh == "A" and any("please check" in n for n in given.notes)


@pytest.mark.parametrize(
    "text",
    [
        'patient_name = "Ottoline Quillfeather"\n',
        "birth_date = 1961-05-04\n",
        'dob = "04.05.1961"\n',
        'mrn = "778812"\n',
        'conditions = ["born 1961-05-04"]\n',
        "age_years = 1961-05-04\n",
    ],
)
def test_what_names_the_person_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    with pytest.raises(IntakeError) as error:
        read_record(written(tmp_path, text))
    assert not any(s in str(error.value) for s in ("Quillfeather", "1961", "778812")) and "never enter" in str(
        error.value
    )


@pytest.mark.parametrize("text", ["creatinine = 1.2\n", 'creatinine = "1.2"\n', 'weight = "10 st"\n', "weight = 64\n"])
def test_a_number_without_a_known_unit_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(IntakeError):
        read_record(written(tmp_path, text))


def test_an_inr_under_warfarin_is_not_the_livers(tmp_path: Path) -> None:
    labs = Body(bilirubin_mg_dl=3.4, albumin_g_dl=2.6, inr=2.9, child_pugh="C", child_pugh_method="3 of its five parts")
    taking = [Medicine("Coumadin", "warfarin")]
    body, notes = without_medicines_inr(labs, taking)
    assert body.child_pugh is None and "class B or C" in notes[0]
    assert without_medicines_inr(labs, []) == (labs, [])
    given = replace(labs, child_pugh_method=None)
    assert without_medicines_inr(given, taking) == (given, [])
