"""Units: converted exactly, or refused; never guessed."""

from pathlib import Path

import pytest

from sartor.core import IntakeError
from sartor.read.units import convert, parse

HERE = Path("record.toml")


@pytest.mark.parametrize(
    ("name", "value", "unit", "expected"),
    [
        ("creatinine", 106.08, "umol/L", 1.2), ("creatinine", 106.08, "µmol/L", 1.2), ("creatinine", 1.2, "mg/dL", 1.2),
        ("weight", 141.1, "[lb_av]", 64.0), ("weight", 141.1, "lbs", 64.0), ("weight", 3500, "g", 3.5),
        ("potassium", 4.1, "mEq/L", 4.1), ("potassium", 4.1, "mmol/L", 4.1), ("QTc", 0.45, "s", 450),
        ("bilirubin", 34.2, "umol/L", 2.0), ("albumin", 31, "g/L", 3.1), ("eGFR", 58, "mL/min/{1.73_m2}", 58),
        ("eGFR", 58, "mL/min/1.73m²", 58), ("age", 18, "mo", 1.5), ("INR", 1.4, "{INR}", 1.4),
    ],
)  # fmt: skip
def test_conversions(name, value, unit, expected):
    assert convert(name, value, unit, HERE) == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize(
    ("name", "value", "unit", "says"),
    [
        ("creatinine", 1.2, "", "without a unit"),
        ("creatinine", 1.2, "mmol/dL", "no unit of it"),
        ("weight", 10, "st", "no unit of it"),
        ("potassium", 16, "mg/dL", "no unit of it"),
        ("eGFR", 58, "mL/min", "no unit of it"),
        ("creatinine", 106, "mg/dL", "0.1 to 30"),
        ("weight", 64, "g", "0.3 to 500"),
    ],
)
def test_a_wrong_unit_is_an_error(name, value, unit, says):
    with pytest.raises(IntakeError, match=says) as error:
        convert(name, value, unit, HERE)
    assert error.value.remedy


def test_written_quantities():
    assert parse("weight", "141.1 lb", HERE) == pytest.approx(64.0, rel=1e-3)
    for text in ("about 64 kg", "64,5 kg", ""):
        with pytest.raises(IntakeError):
            parse("weight", text, HERE)
