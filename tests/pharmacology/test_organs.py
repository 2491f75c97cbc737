"""Kidney and liver formulas against figures worked by hand or published calculators."""

import pytest

from sartor.pharmacology.kidney import clearance_cockcroft_gault, egfr_ckd_epi_2021
from sartor.pharmacology.liver import child_pugh_class, child_pugh_points


@pytest.mark.parametrize(
    ("creatinine", "age", "female", "egfr"),
    [(1.0, 50, False, 92), (0.7, 40, True, 112), (2.5, 70, True, 20), (0.9, 18, False, 127)],
)
def test_ckd_epi_2021(creatinine, age, female, egfr):
    assert egfr_ckd_epi_2021(creatinine, age, female) == pytest.approx(egfr, abs=0.6)


def test_cockcroft_gault_is_another_number():
    assert clearance_cockcroft_gault(1.0, 60, 72, False) == pytest.approx(80.0)
    assert clearance_cockcroft_gault(1.0, 60, 72, True) == pytest.approx(68.0)


@pytest.mark.parametrize(("creatinine", "age"), [(0.0, 50), (-1.0, 50), (1.0, 12)])
def test_kidney_refuses(creatinine, age):
    with pytest.raises(ValueError):
        egfr_ckd_epi_2021(creatinine, age, False)
    with pytest.raises(ValueError):
        clearance_cockcroft_gault(creatinine, age, 70, False)


@pytest.mark.parametrize(
    ("parts", "points", "grade"),
    [
        ((1.0, 4.0, 1.0, "none", "none"), 5, "A"),
        ((2.0, 3.5, 1.7, "none", "none"), 8, "B"),
        ((3.0, 2.8, 2.3, "slight", "none"), 9, "B"),
        ((3.1, 2.7, 2.4, "moderate", "grade 3-4"), 15, "C"),
    ],
)
def test_child_pugh(parts, points, grade):
    assert child_pugh_points(*parts) == points and child_pugh_class(points) == grade


def test_child_pugh_refuses():
    with pytest.raises(ValueError):
        child_pugh_class(4)
    with pytest.raises(ValueError):
        child_pugh_points(0.0, 4.0, 1.0, "none", "none")
