"""Side effects of well-known drugs, and abstention where nothing can be said."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sartor.app.side_effects import profile_batch
from sartor.chem.parse import strict_batch
from sartor.core import Body, Card, GeneCall, Medicine, Patient, Readout, Refusal
from sartor.score.potency import Potency, together
from sartor.score.side_effects import alarms
from sartor.score.side_effects.cards import cards
from sartor.score.side_effects.nouns import Hit, Panel, Term
from sartor.score.side_effects.organs import combined, organ_risk
from sartor.score.side_effects.panel import effect_terms, heads, not_measured, read_panel
from sartor.score.side_effects.person import READS, not_recorded, personal
from sartor.score.side_effects.profile import PARTS, summary, worst
from sartor.score.side_effects.terms import base_rate, model_terms, potency_level, probability_level

DRUGS = {
    "terfenadine": "CC(C)(C)c1ccc(cc1)C(O)CCCN1CCC(CC1)C(O)(c1ccccc1)c1ccccc1",
    "astemizole": "COc1ccc(CCN2CCC(CC2)Nc2nc3ccccc3n2Cc2ccc(F)cc2)cc1",
    "amiodarone": "CCCCc1oc2ccccc2c1C(=O)c1cc(I)c(OCCN(CC)CC)c(I)c1",
    "furafylline": "Cn1c(=O)c2[nH]cnc2n(Cc2ccco2)c1=O",
    "mibefradil": "COCC(=O)O[C@]1(CCN(C)CCCc2nc3ccccc3[nH]2)CCc2cc(F)ccc2[C@@H]1C(C)C",
    "norfenfluramine": "CC(N)Cc1cccc(c1)C(F)(F)F",
    "diphenhydramine": "CN(C)CCOC(c1ccccc1)c1ccccc1",
    "thalidomide": "O=C1CCC(N2C(=O)c3ccccc3C2=O)C(=O)N1",
    "troglitazone": "Cc1c(C)c2c(c(C)c1O)CCC(C)(COc1ccc(CC3SC(=O)NC3=O)cc1)O2",
    "polysilane": "C[Si](C)(C)[Si](C)(C)[Si](C)(C)[Si](C)(C)C",
    "silyl sugar phosphate": "CCCCCCCCCCCCCCCCCC[Si](C)(C)OP(=O)(O)OCC1OC(O)C(O)C(O)C1O",
}


@pytest.fixture(scope="module")
def made():
    found = profile_batch(strict_batch(DRUGS.values()), Patient())
    return dict(zip(DRUGS, found, strict=True))


def organ(profile, name):
    return next(o for o in profile.organs if o.organ == name)


@pytest.mark.parametrize("name", ["terfenadine", "astemizole"])
def test_hearts_that_were_harmed(made, name):
    heart = organ(made[name], "heart")
    assert heart.level == "high"
    herg = next(t for t in heart.terms if t.name == "herg")
    assert herg.level == "high" and herg.low >= 0.5 and 0 < herg.base_rate < 1 and herg.evidence


def test_amiodarone_loads_lysosomes_and_acids_do_not(made):
    assert organ(made["amiodarone"], "lysosomes").level == "high"
    assert organ(made["thalidomide"], "lysosomes").level == "low"


def test_inactivators_are_named(made):
    assert "furan" in made["furafylline"].tdi.why and "MI complex" in made["mibefradil"].tdi.why
    assert made["thalidomide"].tdi.level == "silent" and "clears nothing" in made["thalidomide"].tdi.why


def test_valve_receptor_and_histamine(made):
    hits = {h.gene: h for h in made["norfenfluramine"].panel.hits}
    assert hits["HTR2B"].value >= 6 and hits["HTR2B"].chance > 0.5 and 0 < hits["HTR2B"].base_rate < 1
    assert any("heart valves" in t.why for t in organ(made["norfenfluramine"], "heart").terms)
    assert "HRH1" in {h.gene for h in made["diphenhydramine"].panel.hits}
    assert any("sedation" in t.why for t in organ(made["diphenhydramine"], "brain").terms)


def test_an_unsure_hit_is_listed_and_raises_no_alarm(made):
    unsure = Hit("LCK", "kinase", "raised", 6.1, 4.8, 7.4, True, 0.55, 0.5, True)
    sure = Hit("LCK", "kinase", "raised", 7.2, 5.9, 8.5, True, 0.93, 0.5, True)
    levels = [effect_terms(Panel((h,), (), ()))["immune system"][0].level for h in (unsure, sure)]
    assert levels == ["silent", "raised"]
    agonist = effect_terms(Panel((replace(sure, gene="HTR2B"),), (), ()))["heart"][0]
    surest = effect_terms(Panel((replace(sure, gene="HTR2B", level="high"),), (), ()))["heart"][0]
    assert agonist.level == "silent" and surest.level == "raised" and "if it is an agonist" in surest.why


def test_thalidomide_is_flagged_and_others_are_not_cleared(made):
    assert organ(made["thalidomide"], "unborn child").level == "high"
    other = organ(made["furafylline"], "unborn child")
    assert other.level == "unknown" and any("ICH S5" in a for a in other.assays)


def test_what_it_resembles_and_what_became_of_it(made):
    near = made["troglitazone"].nearest[0]
    assert near.substance == "troglitazone" and near.similarity == 1.0 and "withdrawn" in near.words
    fen = made["norfenfluramine"].nearest[0]
    assert "fenfluramine" in fen.substance and fen.alike and "heart" in fen.words
    assert (
        not made["silyl sugar phosphate"].nearest[0].alike
        and "not near" in made["silyl sugar phosphate"].nearest[0].words
    )


def test_out_of_domain_abstains(made):
    assert made["silyl sugar phosphate"].panel.answered == 0
    strange = made["polysilane"]
    assert strange.panel.answered == 0 and not strange.panel.hits
    heart = organ(strange, "heart")
    assert heart.level == "unknown" and heart.assays
    assert all(not h.in_domain and h.chance is None for h in strange.panel.not_told)


def test_organs_never_vanish_and_the_worst_come_first(made):
    for profile in made.values():
        assert {"heart", "liver", "genes", "hormones", "lysosomes", "skin", "brain", "unborn child"} <= set(
            summary(profile)
        )
        levels = [o.level_for_patient for o in worst(profile)]
        assert levels == sorted(levels, key=lambda x: x != "high")


def test_the_panel_is_wide_and_says_what_it_lacks():
    assert len(heads()) >= 40
    lacking = dict(not_measured())
    assert "KCNQ1" in lacking and "too few" in lacking["KCNQ1"]
    assert {h.config.target for h in heads()}.isdisjoint(lacking)


def test_every_method_has_a_card_with_its_limits():
    found = {c.name: c for c in cards()}
    assert {"organ_risks", "off_target_panel", "safety_alerts", "phospholipidosis_rule", "nearest_drugs"} <= set(found)
    assert all(c.domain and c.source and c.licence for c in found.values())
    assert found["organ_risks"].reads == READS and str(len(heads())) in found["off_target_panel"].summary


def test_together_says_what_each_says_alone():
    mols = strict_batch([DRUGS["terfenadine"], DRUGS["thalidomide"], "CCO"])
    chosen = heads()[:3]
    for part, joint in zip(chosen, together(chosen, mols), strict=True):
        alone = part.score(mols, Patient().view(()))
        np.testing.assert_allclose(joint.value, alone.value, atol=1e-9)
        np.testing.assert_array_equal(joint.in_domain, alone.in_domain)
        assert joint.why_not == alone.why_not
    assert together([], mols) == [] and 0 < chosen[0].share_from(6.0) < 1


def test_windows_to_the_intended_target():
    mols = strict_batch([DRUGS["diphenhydramine"]])
    found = read_panel(mols, "HRH1")[0]
    assert "HRH1" not in {h.gene for h in (*found.hits, *found.clear, *found.not_told)}
    aim = Potency(Potency.Config(target="HRH1")).score(mols, Patient().view(()))
    hit = found.hits[0]
    gap, low, high = hit.window
    assert gap == pytest.approx(aim.value[0] - hit.value) and low < gap < high
    half = math.hypot((aim.high[0] - aim.low[0]) / 2, (hit.high - hit.low) / 2)
    assert high - gap == pytest.approx(half)
    with pytest.raises(Refusal):
        read_panel(mols, "KCNQ1")


@pytest.mark.parametrize(
    ("p", "low", "high", "base", "level"),
    [
        (0.95, 0.90, 0.97, 0.60, "high"),
        (0.60, 0.50, 0.70, 0.60, "raised"),  # probable, but no more than the training set at large
        (0.55, 0.50, 0.60, 0.66, "unknown"),  # probable, yet less than the training set at large
        (0.10, 0.07, 0.14, 0.04, "raised"),  # rare finding, twice its odds
        (0.05, 0.02, 0.08, 0.04, "low"),
        (0.40, 0.30, 0.48, 0.50, "unknown"),
        (0.20, 0.05, 0.45, 0.50, "unknown"),  # the interval is too wide to say low
        (0.95, 0.90, 0.97, None, "high"),
    ],
)
def test_levels_of_probabilities(p, low, high, base, level):
    assert probability_level(p, low, high, base) == level


def test_levels_of_potencies():
    assert potency_level(7.5, 6.1, 8.9) == "high" and potency_level(6.4, 5.0, 7.8) == "raised"
    assert potency_level(5.5, 4.2, 6.8) == "unknown" and potency_level(4.0, 2.9, 5.1) == "low"


def _card(unit="probability", n="1000 (100 positive)"):
    return Card("x", unit, "lower is better", "a model", "near", "CC0", "toy", metrics={"n": n} if n else {})


def test_terms_of_parts_by_name():
    read = Readout(np.array([0.9]), np.array([0.8]), np.array([0.95]), np.array([True]), ("",))
    far = Readout(np.array([0.9]), np.array([0.8]), np.array([0.95]), np.array([False]), ("",))
    names = {"a": (True, ("x",)), "b": (True, ()), "c": (False, ())}
    terms = model_terms(names, {"a": (_card(), read), "b": (_card(), far)}, 0, {"c": "not predictable: too few"})
    assert [t.level for t in terms] == ["high", "unknown", "unknown"]
    assert terms[0].base_rate == 0.1 and terms[0].effects == ("x",)
    assert "out of the model's domain" in terms[1].why and terms[2].why == "not predictable: too few"
    lost = model_terms(names, {"a": (_card(), Readout.unknown(1, "too large"))}, 0, {})
    assert lost[0].why == "too large" and "not predicted here" in lost[1].why
    assert base_rate(_card(n="")) is None and base_rate(_card(n="412")) is None


def _term(name, kind, level, core=False, effects=()):
    return Term(name, kind, level, "because", core=core, effects=effects)


def test_organs_combine_as_stated():
    low = _term("herg", "model", "low", core=True)
    assert combined("heart", [low]) == "low"
    assert combined("heart", [low, _term("x", "alert", "silent")]) == "low"
    assert combined("heart", [low, _term("x", "panel", "raised")]) == "raised"
    assert combined("liver", [low, _term("bsep", "model", "unknown", core=True)]) == "unknown"
    assert combined("unborn child", [_term("x", "alert", "silent")]) == "unknown"
    assert combined("brain", [_term("bbb", "model", "low", core=True)]) == "low"
    assert combined("brain", [_term("bbb", "model", "high", core=True)]) == "unknown"  # exposure is no harm


def test_model_and_alert_that_disagree_are_said():
    view = Patient().view(READS)
    terms = [_term("ames", "model", "low", core=True), _term("mutagen_alerts", "alert", "raised")]
    risk = organ_risk("genes", terms, view)
    assert risk.level == "raised" and any("disagree" in w for w in risk.why)


ATC = Medicine("citalopram", "citalopram")


@pytest.mark.parametrize(
    ("effect", "patient", "word"),
    [
        ("qt_prolongation", Patient(medicines=(ATC,)), "citalopram"),
        ("qt_prolongation", Patient(body=Body(potassium_mmol_l=3.1)), "potassium 3.1"),
        ("qt_prolongation", Patient(body=Body(qtc_ms=470.0, sex="female")), "QTc 470"),
        ("orthostatic_hypotension", Patient(body=Body(age_years=80.0)), "age 80"),
        ("orthostatic_hypotension", Patient(medicines=(Medicine("doxazosin", "doxazosin"),)), "doxazosin"),
        ("anticholinergic", Patient(medicines=(Medicine("oxybutynin", "oxybutynin"),)), "oxybutynin"),
        ("valvulopathy", Patient(conditions=("aortic valve stenosis",)), "valve"),
        ("bronchoconstriction", Patient(conditions=("Asthma",)), "Asthma"),
        ("bronchoconstriction", Patient(body=Body(allergies=("Aspirin",))), "Aspirin"),
        ("red_cell_oxidation", Patient(genes={"G6PD": GeneCall("G6PD", "x", "Deficient", "called")}), "G6PD"),
        ("liver_injury", Patient(body=Body(child_pugh="B")), "Child-Pugh B"),
        ("liver_injury", Patient(medicines=(Medicine("ketoconazole", "ketoconazole"),)), "ketoconazole"),
        ("kidney_injury", Patient(body=Body(egfr_ml_min=40.0)), "eGFR 40"),
        ("embryofetal_harm", Patient(body=Body(pregnancy=True)), "pregnant"),
        ("embryofetal_harm", Patient(body=Body(age_years=30.0, sex="female")), "not recorded"),
        ("serotonin_toxicity", Patient(medicines=(ATC,)), "citalopram"),
    ],
)
def test_facts_of_a_person_meet_effects_and_the_null_patient_meets_none(effect, patient, word):
    found = personal(effect, patient.view(READS))
    assert any(word in p.text for p in found) and all(len(p.evidence) == 2 for p in found)
    assert personal(effect, Patient().view(READS)) == ()


def test_one_step_up_for_a_person_and_sex_alone_is_no_reason():
    terms = [_term("herg", "model", "raised", core=True, effects=("qt_prolongation",))]
    woman = organ_risk("heart", terms, Patient(body=Body(sex="female")).view(READS))
    both = organ_risk("heart", terms, Patient(body=Body(sex="female"), medicines=(ATC,)).view(READS))
    assert woman.level_for_patient == "raised" and woman.personal[0].minor
    assert both.level == "raised" and both.level_for_patient == "high" and any("citalopram" in w for w in both.why)
    open_ = [_term("herg", "model", "unknown", core=True, effects=("qt_prolongation",))]
    still = organ_risk("heart", open_, Patient(medicines=(ATC,)).view(READS))
    assert still.level_for_patient == "unknown" and still.personal  # a fact of a person answers no question


def test_what_would_matter_and_is_not_on_record():
    assert "potassium_mmol_l" in not_recorded("qt_prolongation", Patient().view(READS))
    assert "G6PD" in not_recorded("red_cell_oxidation", Patient().view(READS))
    man = Patient(body=Body(sex="male")).view(READS)
    assert "pregnancy" not in not_recorded("embryofetal_harm", man)


def test_rules_of_structure():
    mols = strict_batch([DRUGS["amiodarone"], "CC(=O)Nc1ccc(O)cc1", "Nc1ccc(cc1)S(=O)(=O)c1ccc(N)cc1"])
    two = alarms.dose_rule_terms(mols)
    assert "100 mg" in two[0].why and "not met at any dose" in two[1].why and {t.level for t in two} == {"silent"}
    oxidant = alarms.oxidant_terms(mols)
    assert oxidant[2].level == "raised" and oxidant[0].level == "silent"  # dapsone
    assert alarms.ploemen(9.0, 4.0) and not alarms.ploemen(7.9, 9.0) and not alarms.ploemen(10.0, 0.5)
    pxr = alarms.pxr_rule_terms(strict_batch([DRUGS["mibefradil"], "CCO"]))
    assert pxr[0].level == "raised" and pxr[1].level == "low" and "pxr" in PARTS


def test_a_low_organ_says_what_was_not_judged():
    herg, nav = _term("herg", "model", "low", core=True), _term("nav15", "model", "unknown")
    half = organ_risk("heart", [herg, nav], Patient().view(()))
    assert half.level == "low" and "not judged: nav15" in half.why[-1] and half.assays
    whole = organ_risk("heart", [herg, _term("nav15", "model", "low")], Patient().view(()))
    assert whole.level == "low" and not whole.assays and "not judged" not in " ".join(whole.why)
