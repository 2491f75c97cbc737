"""Kidney and liver formulas against figures worked by hand or published calculators."""

from dataclasses import replace

import pytest

from sartor.core import Body, Patient
from sartor.pharmacology.kidney import clearance_cockcroft_gault, egfr_ckd_epi_2021
from sartor.pharmacology.liver import child_pugh_bounds, child_pugh_class, child_pugh_points
from sartor.pharmacology.organs import (
    KIDNEY_READS,
    LIVER_READS,
    Filtration,
    filtration,
    liver_activity,
    liver_class,
)


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


def test_child_pugh_bounds_span_what_is_not_known():
    assert child_pugh_bounds() == (5, 15)
    assert child_pugh_bounds(4.0, 2.5, 1.0) == (9, 13)
    assert child_pugh_bounds(1.0, 4.0, 1.0, "none", "none") == (5, 5)


def test_kidney_function_takes_the_best_that_is_known():
    view = Patient(body=Body(egfr_ml_min=50.0, creatinine_mg_dl=3.0, age_years=50.0, sex="male", crcl_ml_min=9.0))
    assert filtration(view.view(KIDNEY_READS)) == Filtration(50.0, "", filtration(view.view(KIDNEY_READS)).evidence)
    made = filtration(Patient(body=replace(view.body, egfr_ml_min=None)).view(KIDNEY_READS))
    assert made.ml_min == pytest.approx(egfr_ckd_epi_2021(3.0, 50.0, False), abs=0.05) and "2021" in str(made)
    only = filtration(Patient(body=Body(crcl_ml_min=9.0)).view(KIDNEY_READS))
    assert str(only) == "creatinine clearance 9 mL/min"
    assert filtration(Patient(body=Body(creatinine_mg_dl=3.0)).view(KIDNEY_READS)) is None


def test_an_open_class_of_the_liver_is_carried_as_an_interval():
    labs = Body(bilirubin_mg_dl=4.0, albumin_g_dl=2.5, inr=1.0)
    b, c = (liver_activity(Patient(body=Body(child_pugh=x)), "CYP3A4")[0] for x in "BC")
    both, reason = liver_activity(Patient(body=labs), "CYP3A4")
    assert (both.low, both.high) == (min(b.low, c.low), max(b.high, c.high)) and "B or C" in reason.text
    assert liver_class(Patient(body=Body(bilirubin_mg_dl=0.8, albumin_g_dl=4.4, inr=1.0)).view(LIVER_READS)) is None
