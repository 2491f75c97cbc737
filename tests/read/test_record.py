"""The record: closed, ranged, and silent about nothing."""

from pathlib import Path

import pytest

from sartor.core import Body, IntakeError
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
