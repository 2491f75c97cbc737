import numpy as np
import pytest

from sartor.chem.parse import strict_batch
from sartor.core import Body, Card, GeneCall, Medicine, MolBatch, PartError, Patient, PatientView, Readout, ScorerPart
from sartor.personalize.exposure_terms import MODELLED
from sartor.score.exposure import ExposureRatio
from sartor.score.substrates import substrate_scorers

ENZYMES = ("CYP2C9", "CYP2D6", "CYP3A4")
MOLS = strict_batch(["CCO", "CCN", "CCC"])
#: Substrate probabilities by enzyme: the first molecule goes by CYP2D6, the second by CYP3A4, the third hardly by any.
TABLE = {"CYP2C9": (0.0, 0.0, 0.1), "CYP2D6": (0.95, 0.0, 0.0), "CYP3A4": (0.0, 0.95, 0.0)}
ALL_NORMAL = {
    g: GeneCall(g, "*1/*1", p, "called")
    for g, p in {
        "CYP2C9": "Normal Metabolizer",
        "CYP2C19": "Normal Metabolizer",
        "CYP3A4": "Normal Metabolizer",
        "CYP3A5": "Poor Metabolizer",
    }.items()
}


class Fixed(ScorerPart):
    """Probabilities from TABLE, by molecule; unknown for anything else."""

    def __init__(self, enzyme):
        self.enzyme = enzyme
        self.card = Card(f"{enzyme}", "probability", "depends", "", "", "", "")

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        known = dict(zip(MOLS.smiles, TABLE[self.enzyme], strict=True))
        value = np.array([known.get(s, np.nan) for s in mols.smiles])
        why = tuple("" if s in known else "too odd" for s in mols.smiles)
        return Readout(value, value, value, ~np.isnan(value), why)


def part(quote="best"):
    return ExposureRatio(ExposureRatio.Config(quote=quote), {e: Fixed(e) for e in ENZYMES})


def person(phenotype="Normal Metabolizer", score=2.0, medicines=(), genes=True, **body):
    calls = dict(ALL_NORMAL) if genes else {}
    if genes:
        calls["CYP2D6"] = GeneCall("CYP2D6", "x", phenotype, "called", score)
    return Patient("p", calls, (), tuple(Medicine(m, m) for m in medicines), (), Body(**body))


def read(patient, quote="best", mols=MOLS):
    p = part(quote)
    return p.score(mols, patient.view(p.card.reads))


REFERENCE = person(egfr_ml_min=100)


def test_the_reference_person_reads_one():
    assert read(REFERENCE).value == pytest.approx([1, 1, 1])


def test_a_poor_metabolizer_differs_only_through_the_enzyme():
    out = read(person("Poor Metabolizer", 0.0, egfr_ml_min=100))
    assert out.value[0] > 2 and out.high[0] > 5
    assert out.value[1] == pytest.approx(1) and out.value[2] == pytest.approx(1)


def test_order_of_severity():
    ratio = [
        read(person(p, s, egfr_ml_min=100)).value[0]
        for p, s in [
            ("Ultrarapid Metabolizer", 4.0),
            ("Normal Metabolizer", 2.0),
            ("Intermediate Metabolizer", 0.5),
            ("Poor Metabolizer", 0.0),
        ]
    ]
    assert ratio == sorted(ratio) and len(set(ratio)) == 4


def test_an_inhibitor_acts_as_its_genotype_would():
    out = read(person(medicines=["paroxetine"], egfr_ml_min=100))
    assert 1.5 < out.value[0] < read(person("Poor Metabolizer", 0.0, egfr_ml_min=100)).value[0]


def test_kidneys_matter_to_what_no_enzyme_clears():
    out = read(person(egfr_ml_min=20))
    assert out.value[2] > out.value[0] > 1


def test_the_liver_matters_to_everything():
    assert np.all(read(person(egfr_ml_min=100, child_pugh="C")).value > 1.2)


def test_unread_genes_widen_and_do_not_move():
    known, unread = read(REFERENCE), read(person(genes=False, egfr_ml_min=100))
    assert np.all(unread.high - unread.low > known.high - known.low)
    assert unread.value == pytest.approx(known.value)


def test_upper_quotes_the_upper_end():
    patient = person("Poor Metabolizer", 0.0, egfr_ml_min=100)
    best, upper = read(patient), read(patient, "upper")
    assert np.array_equal(upper.value, best.high) and np.array_equal(upper.low, best.low)


def test_unknown_substrates_are_unknown_exposure():
    out = read(REFERENCE, mols=strict_batch(["CCO", "CCCl"]))
    assert np.isnan(out.value[1]) and "too odd" in out.why_not[1] and not out.in_domain[1]
    assert out.value[0] == pytest.approx(1)


def test_company_and_order_do_not_matter():
    patient = person("Poor Metabolizer", 0.0, egfr_ml_min=50)
    together, alone = read(patient), read(patient, mols=strict_batch(["CCN"]))
    assert alone.value[0] == together.value[1] and alone.high[0] == together.high[1]
    assert len(read(patient, mols=strict_batch([]))) == 0


def test_it_reads_what_it_declares():
    base = person(egfr_ml_min=100)
    for changed in (
        person("Poor Metabolizer", 0.0, egfr_ml_min=100),
        person(egfr_ml_min=30),
        person(egfr_ml_min=100, child_pugh="B"),
        person(medicines=["fluvoxamine"], egfr_ml_min=100),
        *(
            Patient("p", {**base.genes, g: GeneCall(g, "x", "Poor Metabolizer", "called")}, (), (), (), base.body)
            for g in ("CYP2C9", "CYP2C19", "CYP3A4")
        ),
    ):
        assert not np.array_equal(read(base).high, read(changed).high)


def test_no_substrate_model_at_all_is_a_part_error():
    p = ExposureRatio(ExposureRatio.Config(), {})
    with pytest.raises(PartError):
        p.score(MOLS, REFERENCE.view(p.card.reads))


def test_the_brief_and_the_scorer_agree_on_the_shipped_substrate_models():
    assert tuple(substrate_scorers()) == MODELLED
    p = ExposureRatio(ExposureRatio.Config())
    mols = strict_batch(["COc1ccc2nc(S(=O)Cc3ncc(C)c(OC)c3C)[nH]c2c1", "CC(=O)Nc1ccc(O)cc1"])
    out = p.score(mols, REFERENCE.view(p.card.reads))
    assert np.all(out.low <= 1.001) and np.all(out.high >= 0.999)
