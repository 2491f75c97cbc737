from dataclasses import replace

import pytest

from sartor.core import DesignBrief, Patient
from sartor.explain.counterfactual import swings, told
from sartor.explain.facts import facts_of
from sartor.explain.limits import ASSAY, NOT_ASSESSED, UNKNOWN, limits


def test_facts_leave_out_exactly_one(patient):
    found = {f.says: f for f in facts_of(patient)}
    assert set(found) == {
        "CYP2C19 *1/*1 (Normal Metabolizer)",
        "CYP2D6 *4/*4 (Poor Metabolizer)",
        "taking Zyxol",
        "taking paroxetine",
    }
    without = found["CYP2D6 *4/*4 (Poor Metabolizer)"].without
    assert without == replace(patient, genes={k: v for k, v in patient.genes.items() if k != "CYP2D6"})
    assert facts_of(Patient()) == ()


def test_body_facts_speak(patient):
    from sartor.core import Body

    body = Body(age_years=61, qt_prolonged=True, pregnancy=False, child_pugh="B")
    says = [f.says for f in facts_of(Patient(body=body))]
    assert says == ["age 61 years", "liver function Child-Pugh B", "no pregnancy", "QT prolongation"]


def test_the_heaviest_fact_leads(judged, brief, patient, scorers):
    shortlist = [judged("CCc1ccncc1"), judged("CCc1ccccc1C")]
    found = swings(shortlist, brief, patient, scorers)
    assert found[0].fact.says == "taking paroxetine"
    assert found[0].unmet == -1  # 6-fold becomes 2-fold, under the limit of 4
    assert found[0].total == pytest.approx(_mean_change(shortlist, brief, 2.0), abs=1e-9)
    text = told(found[0]).text
    assert text.startswith("Were it not for taking paroxetine: 1 fewer candidate would break a constraint;")
    assert told(found[-1]) is None  # CYP2C19 and the unknown medicine change nothing that was computed


def _mean_change(shortlist, brief, ratio):
    out = []
    for c in shortlist:
        exposure = c.readings["exposure"].value
        now = ratio if exposure == 6.0 else exposure
        w = c.worth["potency on EGFR"]
        worth = {x: max(0.0, min(1.0, (8.0 - x) / 7.0)) for x in (exposure, now)}
        out.append((w**2 * worth[now]) ** (1 / 3) - (w**2 * worth[exposure]) ** (1 / 3))
    return sum(out) / len(out)


def test_rewritten_briefs_are_compared(judged, brief, patient, scorers):
    def rewrite(other: Patient) -> DesignBrief:
        return brief if "CYP2D6" in other.genes else replace(brief, constraints=())

    found = {s.fact.field: s for s in swings([judged("CCc1ccncc1")], brief, patient, scorers, rewrite)}
    assert found["genes.CYP2D6"].rewritten == ("exposure limit",)
    assert found["genes.CYP2C19"].rewritten == ()


def test_limits_name_the_unknown_medicine_gene_and_assays(judged, brief, patient):
    found = limits(brief, [judged("CCc1ccnc(Cl)c1")], patient)
    assert all(x.startswith((NOT_ASSESSED, UNKNOWN, ASSAY)) for x in found)
    text = "\n".join(found)
    assert "Zyxol" in text and "DPYD: not covered" in text
    assert "EGFR L858R" in text and "hERG" not in text
    assert "outside the model's domain, so a guess (of 1 shortlisted molecules): potency 1" in text
