import math

import numpy as np
import pytest

from sartor.core import GeneCall, Interval, Patient
from sartor.pharmacology import ddi, screening
from sartor.pharmacology.by_class import class_ratio
from sartor.pharmacology.novel import perpetrator_margins, substrate_fractions
from sartor.pharmacology.person_genes import person_genes


def test_screening_limits_are_those_of_the_guideline():
    assert float(screening.highest_amount_um("CYP2D6", 1.0)["systemic"]) == pytest.approx(0.02)
    assert float(screening.highest_amount_um("P-gp", 2.0)["gut"]) == pytest.approx(20.0)
    assert float(screening.highest_amount_um("OATP1B1", 1.0)["inlet"]) == pytest.approx(0.1)
    assert float(screening.gut_um(100.0, 400.0)) == pytest.approx(1000.0)
    # 0.2 unbound of 250 umol at 6 per h into 97 L/h.
    assert float(screening.inlet_um(0.1, 0.2, 100.0, 400.0)) == pytest.approx(0.1 + 0.2 * 6 * 250 / 97)
    assert (
        float(screening.inactivation_r2(0.0, 2.0, 1.0, 0.02)) == 1 and float(screening.induction_r3(0.0, 9, 1.0)) == 1
    )
    assert float(screening.inactivation_r2(1.0, 2.0, 1.0, 0.02)) > 1.25


def test_margins_speak_of_the_medicines_taken_and_name_what_is_unknown():
    made = perpetrator_margins(
        {"CYP3A4": Interval(0.3, 1.0, 3.0)}, [ddi.victim_of("simvastatin"), ddi.victim_of("metformin")]
    )
    known = [m for m in made if not m.assay]
    assert known and {m.target for m in known} == {"CYP3A4"}
    assert known[0].passes_um["systemic"].value == pytest.approx(0.02)
    # 1.25-fold through a share s: Ki * (1 / left - 1), left = 1 - 0.2 / s.
    share = known[0].share.value
    assert known[0].weak_um.value == pytest.approx(1 / (1 - 0.2 / share) - 1)
    unknown = {m.target: m.assay for m in made if m.assay}
    assert "MATE1" in unknown and "uptake" in unknown["MATE1"]
    assert all(not m.passes_um and math.isnan(m.weak_um.value) for m in made if m.assay)
    with pytest.raises(ValueError):
        perpetrator_margins({"CYP3A4": Interval(0.0, 1.0, 3.0)}, [])


def test_a_substrate_probability_is_a_wide_interval_of_fm():
    low, mean, high = substrate_fractions(np.array([[1.0, 0.0], [0.0, 0.0]]))
    assert low[0, 0] == pytest.approx(0.05, abs=0.02) and high[0, 0] == pytest.approx(0.95, abs=0.02)
    assert mean[0, 0] == pytest.approx(0.5, abs=0.02)
    assert high[1].max() == 0 and high[0, 1] == 0


def test_classes_speak_where_kinetics_do_not():
    made = class_ratio("simvastatin", "ketoconazole")
    assert made is not None and made.enzyme == "CYP3A4" and made.ratio.value > 4
    assert made.ratio.low < made.ratio.value < made.ratio.high and "strong inhibitor" in made.mechanism
    assert class_ratio("metformin", "ketoconazole") is None


def test_genes_of_a_person_move_victims_and_unread_ones_are_named():
    poor = GeneCall("CYP2D6", "*4/*4", "Poor Metabolizer", "called", 0.0)
    person = person_genes(Patient(id="x", genes={"CYP2D6": poor}))
    assert person.value["CYP2D6"] == 0
    assert person.ratio(ddi.victim_of("metoprolol")).value > 2.5
    assert "CYP2C9" in person.notes[0] and "CYP2D6" not in person.notes[0]
    nobody = person_genes(None)
    assert nobody.ratio(ddi.victim_of("metoprolol")).high == 1 and "no patient" in nobody.notes[0]
