import json
import math

import numpy as np
import pytest

from sartor.app.interactions import interactions_of
from sartor.app.novel import POTENCY, ki_um, novel_molecule
from sartor.core import OrderError, Patient, Readout
from sartor.pharmacology.screening import LIMITS

HYDROXYZINE_LIKE = "Clc1ccc(cc1)C(c1ccccc1)N1CCN(CC1)CCn1ccnc1"
PAROXETINE = "Fc1ccc(cc1)[C@@H]1CCNC[C@H]1COc1ccc2OCOc2c1"


def read(value, low, high, inside=True):
    why = ("no model",) if math.isnan(value) else ("",)
    return Readout(*(np.array([x]) for x in (value, low, high)), np.array([inside]), why)


def test_ki_lies_between_half_the_strongest_and_the_whole_weakest_ic50():
    made = ki_um(read(6.0, 5.0, 7.0))
    assert (made.low, made.high) == pytest.approx((0.05, 10.0)) and made.low < made.value < made.high  # uM
    assert ki_um(read(6.0, 5.0, 7.0, inside=False)) is None and ki_um(read(math.nan, math.nan, math.nan)) is None


def test_what_is_not_predictable_is_an_assay_and_no_number():
    said, potency = novel_molecule(HYDROXYZINE_LIKE, None)
    assert set(said["inhibits"]) == set(POTENCY) and set(potency) <= set(LIMITS)
    row = said["inhibits"]["CYP2D6"]
    assert row["ki_um"] is None and "unknown, needs this assay" in row["answer"] and "CYP2D6" not in potency
    assert all(said["inhibits"][e]["ki_um"] for e in potency) and json.dumps(said)
    fractions = said["cleared_by"]["fractions"]
    assert fractions and all(0 <= r["low"] <= r["value"] <= r["high"] <= 1 for r in fractions.values())
    ratio = said["exposure_in_this_person"]["auc_ratio"]
    assert ratio["low"] <= 1.0 <= ratio["high"]  # nobody in particular: nothing moves it, whoever clears it


def test_known_inactivators_and_near_drugs_are_named():
    said, _ = novel_molecule(PAROXETINE, Patient())
    assert any("methylenedioxyphenyl" in a for a in said["inactivation_alerts"])
    nearest = said["nearest_drugs"][0]
    assert nearest["substance"] == "paroxetine" and any("CYP2D6" in r for r in nearest["roles"])


@pytest.mark.parametrize("text", ["not a molecule", "[Fe+2]", "C"])
def test_a_text_that_no_model_may_judge_is_refused(text):
    with pytest.raises(OrderError, match="give the SMILES"):
        novel_molecule(text, None)


def test_measured_potencies_stand_before_predicted_ones(tmp_path):
    file = tmp_path / "m.csv"
    file.write_text("name,dose\nwarfarin,5 mg daily\nmidazolam,5 mg\n")
    alone = interactions_of(file, smiles=HYDROXYZINE_LIKE)
    both = interactions_of(file, potency={"CYP2C9": 0.3}, smiles=HYDROXYZINE_LIKE)
    kinds = {r["target"]: r["potency"] for r in both["margins"]["known"]}
    assert kinds["CYP2C9"] == "measured" and kinds["CYP3A4"] == "predicted"
    assert {r["potency"] for r in alone["margins"]["known"]} == {"predicted"}
    assert interactions_of(file)["margins"] is None and interactions_of(file)["molecule"] is None
