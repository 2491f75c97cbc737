"""What every rule promises: a sourced docstring, a graded weight, private reads, and one fact that changes just it."""

import dataclasses
import importlib
import inspect
from dataclasses import replace

import pytest

from sartor.bench.patients import cut_to, same_bytes
from sartor.core import Body, GeneCall, Medicine, Patient, Target, TumorVariant
from sartor.facts import drugs, prodrugs
from sartor.facts.alleles import gene_definitions
from sartor.personalize import mutant
from sartor.personalize.brief import write_brief
from sartor.personalize.change import NOTHING
from sartor.personalize.consequence import SCALE
from sartor.personalize.rules import NAMES, RULES
from sartor.personalize.unread import NOT_READ, NOT_READ_GENES, unused

BY_NAME = {r.name: r for r in RULES}
MUTANT = Target("EGFR", ("L858R",))
PLAIN = Target("EGFR")


def someone(**facts):
    """A patient from gene tuples (CYP2D6=(diplotype, phenotype, score)), medicines, conditions, tumor, body fields."""
    calls = {}
    for name in [k for k in facts if k.isupper()]:
        diplotype, phenotype, *score = facts.pop(name)
        gene = name.replace("_", "-")
        calls[gene] = GeneCall(gene, diplotype, phenotype, "called", score[0] if score else None)
    medicines = tuple(Medicine(m, m) for m in facts.pop("medicines", ()))
    conditions, tumor = tuple(facts.pop("conditions", ())), facts.pop("tumor", ())
    return Patient("p", calls, tumor, medicines, conditions, Body(**facts))


POOR = {
    "CYP2C9": ("*3/*3", "Poor Metabolizer", 0.0),
    "CYP2C19": ("*2/*2", "Poor Metabolizer"),
    "CYP2D6": ("*4/*4", "Poor Metabolizer", 0.0),
    "CYP3A4": ("*22/*22", "Poor Metabolizer"),
    "CYP3A5": ("*1/*1", "Normal Metabolizer"),
    "G6PD": ("Mediterranean", "Deficient"),
    "HLA_A": ("*31:01/*02:01", ""),
    "HLA_B": ("*15:02/*40:01", ""),
    "SLCO1B1": ("*5/*5", "Poor Function"),
    "ABCG2": ("variant/variant", "Poor Function"),
    "UGT1A1": ("*28/*28", "Poor Metabolizer"),
    "CYP2B6": ("*6/*6", "Poor Metabolizer"),
    "NAT2": ("*5/*5", "Poor Metabolizer"),
    "TPMT": ("*3A/*3A", "Poor Metabolizer"),
    "NUDT15": ("*3/*3", "Poor Metabolizer"),
    "DPYD": ("*2A/*2A", "Poor Metabolizer"),
}
OTHER = {
    "tumor": {"tumor": (TumorVariant("EGFR", "L858R", source="file.vcf line 3"),)},
    "medicines": {"medicines": ("sotalol", "fluconazole", "digoxin", "clopidogrel", "warfarin", "rifampicin")},
    "conditions": {"conditions": ("congenital long QT syndrome", "epilepsy")},
    "body.age_years": {"age_years": 80.0},
    "body.sex": {"sex": "female"},
    "body.qt_prolonged": {"qt_prolonged": True},
    "body.qtc_ms": {"qtc_ms": 490.0},
    "body.potassium_mmol_l": {"potassium_mmol_l": 4.4},
    "body.child_pugh": {"child_pugh": "C"},
    "body.egfr_ml_min": {"egfr_ml_min": 9.0},
    "body.pregnancy": {"pregnancy": True},
    "body.lactation": {"lactation": True},
    "body.allergies": {"allergies": ("penicillin",)},
    "body.crcl_ml_min": {"crcl_ml_min": 8.0},
    "body.creatinine_mg_dl": {"creatinine_mg_dl": 9.0},
    "body.height_cm": {"height_cm": 120.0},
    "body.bilirubin_mg_dl": {"bilirubin_mg_dl": 5.0},
    "body.albumin_g_dl": {"albumin_g_dl": 2.0},
    "body.inr": {"inr": 3.0},
    "body.ascites": {"ascites": "moderate"},
    "body.encephalopathy": {"encephalopathy": "grade 3-4"},
}
TAKES = ("warfarin", "metoprolol", "omeprazole", "tacrolimus", "codeine", "clopidogrel", "losartan", "cyclophosphamide")
INDUCED = ("rifampicin",)
FAST = ("*1/*2x3", "Ultrarapid Metabolizer", 4.0)
ORGANS = (
    {"child_pugh": "B", "egfr_ml_min": 20.0},
    {"egfr_ml_min": 5.0, "medicines": INDUCED},
    {"child_pugh": "C", "medicines": INDUCED},
    {"child_pugh": "C", "egfr_ml_min": 5.0, "CYP2D6": FAST},
)
#: Nine points of Child-Pugh, class B: one more in any part is class C.
NINE = {"bilirubin_mg_dl": 2.5, "albumin_g_dl": 3.0, "inr": 1.2, "ascites": "slight", "encephalopathy": "grade 1-2"}
#: Where creatinine, age, sex and height tell of the kidneys.
MAN, CHILD = {"age_years": 30.0, "sex": "male", "creatinine_mg_dl": 6.0}, {"age_years": 9.0, "creatinine_mg_dl": 6.0}
PARTS = (NINE | {"egfr_ml_min": 20.0}, MAN, MAN | {"child_pugh": "C"}, CHILD, CHILD | {"child_pugh": "C"})
#: Rule -> facts beside which each of its fields matters; a field that matters beside one of them matters.
BASES = {
    "heart": ({"potassium_mmol_l": 3.0},),
    "clearance": ({"CYP2D6": POOR["CYP2D6"]}, {}, *({"CYP2D6": POOR["CYP2D6"], **p} for p in PARTS)),
    "liver": (*ORGANS, *PARTS),
    "kidney": (*ORGANS, *PARTS),
    "perpetrator": ({"medicines": TAKES},),
    "prodrug": ({"medicines": TAKES},),
    "unscored-genes": ({}, {"CYP2B6": ("*1/*1", "Normal Metabolizer")}),
}
FIELDS = [(rule.name, entry) for rule in RULES for entry in rule.reads]


def changed(entry):
    head, _, tail = entry.partition(".")
    if head == "genes":
        name = tail.replace("-", "_")
        return {name: POOR[name]}
    return OTHER[entry]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_the_docstring_states_formula_source_and_doubt(rule):
    text = inspect.getdoc(importlib.import_module(rule.ask.__module__)) or ""
    for heading in ("Formula:", "Source:", "Doubt:"):
        assert heading in text, f"{rule.ask.__module__} says no {heading}"
    assert rule.name in text and rule.summary


def test_names_are_unique_and_can_be_written_in_an_order():
    assert len(set(NAMES)) == len(NAMES)
    assert all(n == n.lower().replace(" ", "-").replace("_", "-") for n in NAMES)


def test_the_scale_is_closed_and_falls():
    assert [c.name for c in SCALE] == ["life-threatening", "serious", "moderate", "minor"]
    weights = [c.weight for c in SCALE]
    assert weights == sorted(weights, reverse=True) and len(set(weights)) == 4


@pytest.mark.parametrize("entry", FIELDS, ids=lambda e: str(e))
def test_a_declared_field_matters(entry):
    name, field = entry
    rule = BY_NAME[name]
    target = MUTANT if name in ("mutant-target", "wild-type") else PLAIN

    def moves(base):
        other = someone(**{**base, **changed(field)})
        return rule(other, "psoriasis", target) != rule(someone(**base), "psoriasis", target)

    assert any(moves(base) for base in BASES.get(name, ({},))), f"{name} declares {field} for nothing"


@pytest.mark.parametrize("entry", FIELDS, ids=lambda e: str(e))
def test_an_undeclared_field_is_refused(entry):
    name, field = entry
    rule = BY_NAME[name]
    target = MUTANT if name in ("mutant-target", "wild-type") else PLAIN
    patient = someone(**{**BASES.get(name, ({},))[0], **changed(field)})
    less = tuple(r for r in rule.reads if r != field)
    with pytest.raises(PermissionError, match="not declared"):
        rule.ask(patient.view(less), "psoriasis", target)


EVERYTHING = someone(
    **POOR, **{k: v for d in OTHER.values() for k, v in d.items()} | {"potassium_mmol_l": 3.0}
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_a_rule_answers_the_same_of_its_own_fields_alone(rule):
    alone = cut_to(EVERYTHING, rule.reads)
    assert rule(alone, "psoriasis", MUTANT) == rule(EVERYTHING, "psoriasis", MUTANT)


def test_every_personal_weight_is_that_of_a_named_consequence():
    brief = write_brief(EVERYTHING, "psoriasis", MUTANT)
    weights = {c.name: c.weight for c in SCALE}
    personal = [x for x in (*brief.objectives, *brief.constraints) if x.personal]
    assert len(personal) > 15
    for x in personal:
        assert x.consequence in weights, x.name
        assert not hasattr(x, "weight") or x.weight == weights[x.consequence], x.name


def test_every_ask_is_linked_to_a_fact_a_rule_and_evidence():
    brief = write_brief(EVERYTHING, "psoriasis", MUTANT)
    told = " ".join(link.effect for link in brief.chain)
    for x in (*brief.objectives, *brief.constraints):
        assert not x.personal or x.name in told
    assert all(link.fact and link.rule in NAMES and link.evidence for link in brief.chain)
    assert all(bool(link.consequence) == bool(link.why) for link in brief.chain)
    graded = [k for k in brief.chain if k.effect.startswith(("objective", "constraint"))]
    assert graded and all(k.why for k in graded)


CONTRASTS = [
    ("heart", {}, {"qt_prolonged": True}),
    ("heart", {"qtc_ms": 420.0}, {"qtc_ms": 470.0}),
    ("heart", {"potassium_mmol_l": 4.2}, {"potassium_mmol_l": 3.1}),
    ("heart", {}, {"medicines": ("sotalol",)}),
    ("brain", {}, {"conditions": ("brain metastases",)}),
    ("brain", {}, {"conditions": ("epilepsy",)}),
    ("clearance", {}, {"CYP2D6": ("*4/*41", "Intermediate Metabolizer", 0.5)}),
    ("liver", {"child_pugh": "A"}, {"child_pugh": "B"}),
    ("liver", NINE | {"ascites": "none", "encephalopathy": "none", "albumin_g_dl": 4.0}, NINE),
    ("kidney", {"egfr_ml_min": 95.0}, {"egfr_ml_min": 20.0}),
    ("kidney", {"crcl_ml_min": 95.0}, {"crcl_ml_min": 20.0}),
    ("kidney", MAN | {"creatinine_mg_dl": 0.9}, MAN),
    ("perpetrator", {}, {"medicines": ("theophylline",)}),
    ("prodrug", {}, {"medicines": ("clopidogrel",)}),
    ("transporters", {}, {"medicines": ("digoxin",)}),
    ("red-cells", {"G6PD": ("B/B", "Normal")}, {"G6PD": ("Mediterranean", "Deficient")}),
    ("hla", {"HLA_B": ("*07:02/*08:01", "")}, {"HLA_B": ("*07:02/*15:02", "")}),
    ("pregnancy", {"pregnancy": False}, {"pregnancy": True}),
    ("pregnancy", {"lactation": False}, {"lactation": True}),
    ("allergy", {"allergies": ()}, {"allergies": ("penicillin",)}),
    ("age", {"age_years": 40.0}, {"age_years": 70.0}),
    ("age", {"age_years": 40.0}, {"age_years": 7.0}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "a", "b"), CONTRASTS, ids=lambda x: str(x)[:40])
def test_two_patients_one_fact_apart_differ_exactly_there(name, a, b):
    one, two = (write_brief(someone(**f), "psoriasis", PLAIN) for f in (a, b))
    asked = set(BY_NAME[name](someone(**b), "psoriasis", PLAIN).asks)
    other = {x for r in RULES if r.name != name for x in r(someone(**b), "psoriasis", PLAIN).asks}
    parts_one = {x.name: x for x in (*one.objectives, *one.constraints)}
    parts_two = {x.name: x for x in (*two.objectives, *two.constraints)}
    differing = {n for n in {*parts_one, *parts_two} if parts_one.get(n) != parts_two.get(n)}
    assert asked and differing == asked | other
    assert name in ("perpetrator", "prodrug") or not other - asked  # such a medicine may also be inhibitor or carried
    rules_told = {k.rule for k in two.chain if k not in one.chain and not k.effect.startswith(("limit", "noted"))}
    assert name in rules_told


def test_a_rule_without_a_scorer_states_a_limit_and_its_assay():
    for gene in ("SLCO1B1", "ABCG2", "UGT1A1", "NAT2"):
        one, two = (write_brief(p, "psoriasis", PLAIN) for p in (someone(), someone(**{gene: POOR[gene]})))
        assert (one.objectives, one.constraints) == (two.objectives, two.constraints)
        (line,) = [u for u in two.unknowns if u not in one.unknowns]
        assert "not predicted by any scorer" in line and "Needs " in line


@pytest.mark.parametrize("name", ["mutant-target", "wild-type"])
def test_the_rules_of_the_target_answer_to_the_variant_of_the_target_alone(name):
    rule = BY_NAME[name]
    one, two = someone(), someone(tumor=OTHER["tumor"]["tumor"])
    assert rule(one, "psoriasis", PLAIN) == NOTHING == rule(two, "psoriasis", PLAIN)
    assert rule(one, "psoriasis", MUTANT) != NOTHING


def test_every_patient_field_is_read_by_a_rule_or_said_not_to_be():
    fields = {f"body.{f.name}" for f in dataclasses.fields(Body)}
    fields |= {f.name for f in dataclasses.fields(Patient)} - {"id", "body", "genes", "notes", "tumor_left_out"}
    read = {entry for rule in RULES for entry in rule.reads if not entry.startswith("genes.")}
    assert read | set(NOT_READ) == fields and not read & set(NOT_READ)
    called = set(gene_definitions()) | {"CYP2D6", "HLA-A", "HLA-B", "MT-RNR1"}
    read_genes = {entry[6:] for rule in RULES for entry in rule.reads if entry.startswith("genes.")}
    assert read_genes | set(NOT_READ_GENES) == called and not read_genes & set(NOT_READ_GENES)
    assert all(len(why) > 10 for why in (*NOT_READ.values(), *NOT_READ_GENES.values()))


def test_what_is_given_and_not_used_is_said():
    told = unused(someone(weight_kg=70.0, VKORC1=("rs9923231 variant (T)/rs9923231 variant (T)", "")))
    assert [line.partition(":")[0] for line in told] == ["weight", "VKORC1"]
    assert unused(someone(age_years=50.0)) == ()


def test_a_placebo_gene_changes_no_byte():
    extra = {"VKORC1": GeneCall("VKORC1", "a/a", "variant", "called"), "RYR1": GeneCall("RYR1", "x", "x", "called")}
    with_it = replace(EVERYTHING, genes={**EVERYTHING.genes, **extra})
    assert same_bytes(write_brief(EVERYTHING, "psoriasis", MUTANT), write_brief(with_it, "psoriasis", MUTANT))


def test_the_carriers_that_are_scored_have_usable_models():
    for gene in ("ABCB1", "ABCG2", "CHRM1"):
        assert mutant.potency_models()[gene, ""][0], gene


def test_every_prodrug_is_a_known_medicine_with_a_class_of_the_scale():
    for name in ("clopidogrel", "codeine", "tamoxifen", "losartan"):
        assert drugs.lookup(name) is not None and prodrugs.activations(name)
        assert all(a.loss in {c.name for c in SCALE} for a in prodrugs.activations(name))


def test_no_rule_speaks_without_its_facts():
    for rule in RULES:
        assert rule(Patient(), "psoriasis", PLAIN) == NOTHING
