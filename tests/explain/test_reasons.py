from dataclasses import replace

from sartor.core import Explainer, Patient, Reading
from sartor.explain.reasons import Reasons


def made(scorers):
    part = Reasons(Reasons.Config())
    part.attach(scorers)
    return part


def test_is_an_explainer():
    assert isinstance(Reasons(Reasons.Config()), Explainer)


def test_patient_facts_are_named_heaviest_first(judged, brief, patient, scorers):
    reasons = made(scorers).explain(judged("CCc1ccncc1"), brief, patient)
    mine = [r.text for r in reasons if r.text.startswith("In this patient")]
    assert mine == [
        "In this patient: exposure 6 AUC ratio against 1 in a person of whom nothing is known, "
        "because of taking paroxetine and CYP2D6 *4/*4 (Poor Metabolizer)."
    ]  # told once, though an objective and a constraint both ask for it


def test_contrast_vanishes_for_the_null_patient_and_for_an_untouched_molecule(judged, brief, patient, scorers):
    part = made(scorers)
    untouched = part.explain(judged("CCc1ccccc1"), brief, patient)
    assert not any(r.text.startswith("In this patient") for r in untouched)
    mols = judged("CCc1ccncc1")
    calm = replace(mols, readings={**mols.readings, "exposure": Reading(1.0, 1.0, 1.0, True)}, unmet=())
    calm = replace(calm, readings={**calm.readings, "exposure limit": Reading(1.0, 1.0, 1.0, True)})
    assert not any(r.text.startswith("In this patient") for r in part.explain(calm, brief, Patient()))


def test_unmet_neighbour_and_domain_are_said(judged, brief, patient, scorers):
    reasons = made(scorers).explain(judged("CCc1ccnc(Cl)c1"), brief, patient)
    texts = " ".join(r.text for r in reasons)
    assert "Does not meet exposure limit: at most 4 AUC ratio: 6 AUC ratio." in texts
    assert "Nearest measured molecule (Tanimoto 0.70): 6.1 pIC50." in texts
    assert "Outside the domain of the model, so treat as a guess: potency on EGFR." in texts
    measured = [e for r in reasons for e in r.evidence if e.kind == "measured"]
    assert measured[0].claim == "measured 6.1 pIC50 for c1ccncc1"
    assert all(e.version == "t1" for r in reasons for e in r.evidence)


def test_without_scorers_nothing_is_invented(judged, brief, patient):
    reasons = Reasons(Reasons.Config()).explain(judged("CCc1ccncc1"), brief, patient)
    assert reasons and not any("Nearest" in r.text or "In this patient" in r.text for r in reasons)


def test_unknown_reading_is_said_with_its_reason(judged, brief, patient, scorers):
    nan = float("nan")
    c = judged("CCc1ccncc1")
    c = replace(c, readings={**c.readings, "potency on EGFR": Reading(nan, nan, nan, False, "no model")})
    assert any(r.text == "Not known: potency on EGFR (no model)." for r in made(scorers).explain(c, brief, patient))


def test_a_fact_that_pulls_the_other_way_is_no_cause(judged, brief, patient, scorers):
    class Dampened(type(scorers["exposure"])):
        def _measure(self, mols, view):
            out = super()._measure(mols, view)
            half = any(m.name == "Zyxol" for m in view.medicines)
            return type(out).exact(out.value * (0.5 if half else 1.0))

    damp = Dampened()
    mixed = {**scorers, "exposure": damp, "exposure limit": damp}
    c = judged("CCc1ccncc1")
    three = {n: Reading(3.0, 3.0, 3.0, True) for n in ("exposure", "exposure limit")}
    c = replace(c, readings={**c.readings, **three}, unmet=())
    said = " ".join(r.text for r in made(mixed).explain(c, brief, patient))
    assert "because of taking paroxetine and CYP2D6 *4/*4" in said and "Zyxol" not in said
