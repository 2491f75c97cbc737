from sartor.core import Target


def test_a_carried_medicine_asks_to_spare_its_carrier(person, compare, brief_of):
    diff = compare(person(), person(medicines=["digoxin"]))
    assert diff.added == {"spares P-gp"} and (diff.removed, diff.changed) == (set(), {})
    made = brief_of(person(medicines=["digoxin"]))["spares P-gp"]
    assert made.settings == {"target": "ABCB1"} and made.desirability.points == (9.0, 5.0)
    assert made.consequence == "life-threatening"  # narrow therapeutic index


def test_a_carrier_without_a_model_is_said_with_its_assay(person, compare):
    diff = compare(person(), person(medicines=["metformin"]))
    assert (diff.added, diff.changed) == (set(), {})
    assert any("OCT2" in u and "Cmax,u/IC50" in u for u in diff.new_unknowns)
    assert any("MATE1" in u and "0.02" in u for u in diff.new_unknowns)


def test_a_carrier_that_is_the_target_is_not_spared(person, brief_of):
    assert "spares P-gp" not in brief_of(person(medicines=["digoxin"]), target=Target("ABCB1"))


def test_a_slow_carrier_gene_is_said(person, compare):
    diff = compare(person(), person(ABCG2=("421AA", "Poor Function")))
    assert diff.added == set() and len(diff.new_unknowns) == 1 and "efflux by BCRP" in diff.new_unknowns[0]
