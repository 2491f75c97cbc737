import json

import numpy as np
import pytest

from sartor.chem.fingerprints import morgan_bits, morgan_counts, tanimoto
from sartor.chem.parse import strict_batch
from sartor.core import Patient, Refusal
from sartor.facts import tsv
from sartor.ml import weights
from sartor.score import domain
from sartor.score.potency import MUTANT_REFUSAL, Potency, available, canonical_variant, targets

GEFITINIB = "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1"
RISPERIDONE = "Cc1nc2n(c(=O)c1CCN1CCC(c3noc4cc(F)ccc34)CC1)CCCC2"
DRUGS = [GEFITINIB, RISPERIDONE, "CC(=O)Oc1ccccc1C(=O)O", "CN1CCC[C@H]1c1cccnc1"]
REQUIRED = ("EGFR", "ABL1", "JAK2", "DRD2", "HTR2A")


def _part(target, variant=""):
    return Potency(Potency.Config(target=target, variant=variant))


def _score(part, smiles):
    return part.score(strict_batch(smiles), Patient().view(part.card.reads))


def test_the_required_targets_can_be_scored():
    for gene in REQUIRED:
        assert available(gene) == (True, "")
        assert gene in targets()


def test_known_drugs_read_high_on_their_own_target_and_low_on_the_other():
    egfr, drd2 = _score(_part("EGFR"), DRUGS), _score(_part("DRD2"), DRUGS)
    assert egfr.value[0] > 7 > egfr.value[2]
    assert drd2.value[1] > 7 > drd2.value[2]
    assert egfr.value[0] - egfr.value[1] > 1.5
    assert egfr.in_domain[0] and drd2.in_domain[1]


def test_the_interval_holds_the_value_and_widens_away_from_the_training_molecules():
    out = _score(_part("EGFR"), [GEFITINIB, "CC1(C)C2CCC1(C)C(=O)C2"])  # camphor: nothing like a kinase inhibitor
    assert np.all(out.low < out.value) and np.all(out.value < out.high)
    assert out.high[1] - out.low[1] > out.high[0] - out.low[0]
    assert not out.in_domain[1]


def test_predict_counts_is_the_score():
    part, mols = _part("JAK2"), strict_batch(DRUGS)
    np.testing.assert_array_equal(part.predict_counts(morgan_counts(mols)), _score(part, DRUGS).value)
    with pytest.raises(ValueError, match="2048"):
        part.predict_counts(np.zeros((2, 1024), dtype=np.uint8))


@pytest.mark.parametrize("smiles", ["N[Pt](N)(Cl)Cl", "CCO", "CC(=O)Oc1ccccc1C(=O)O.Cl"])
def test_what_the_model_cannot_speak_of_is_unknown_with_a_reason(smiles):
    out = _score(_part("ABL1"), [smiles, GEFITINIB])
    assert np.isnan(out.value[0]) and out.why_not[0] and not out.in_domain[0]
    assert out.why_not[1] == ""


def test_a_target_without_a_model_is_refused_with_near_names():
    with pytest.raises(Refusal, match="no potency model for 'EGRF'") as refused:
        _part("EGRF")
    assert "EGFR" in refused.value.remedy
    with pytest.raises(Refusal, match=r"'EZH2': \d+ measurements"):
        _part("EZH2")


def test_a_mutant_that_failed_the_gate_is_refused_in_these_words():
    results = weights.card("potency")["mutant_gate"]["results"]
    for name, result in results.items():
        gene, _, variant = name.partition("/")
        if result["passed"]:
            assert available(gene, variant)[0]
            continue
        assert available(gene, variant) == (False, MUTANT_REFUSAL)
        with pytest.raises(Refusal) as refused:
            _part(gene, variant)
        assert refused.value.reason == "mutation known, selectivity not predictable"
    assert available("EGFR", "C797S") == (False, MUTANT_REFUSAL)


def test_the_gate_was_tried_on_the_discordant_drugs():
    results = weights.card("potency")["mutant_gate"]["results"]
    for name, drugs in {
        "EGFR/T790M": {"osimertinib", "gefitinib"},
        "EGFR/L858R/T790M": {"osimertinib", "gefitinib"},
        "ABL1/T315I": {"ponatinib", "imatinib"},
    }.items():
        assert set(results[name]["named"]) == drugs
        if results[name]["passed"]:
            good, bad = ("ponatinib", "imatinib") if "ABL1" in name else ("osimertinib", "gefitinib")
            assert results[name]["named"][good] > results[name]["named"][bad]


def test_variants_have_one_spelling():
    assert canonical_variant("p.T790M + L858R") == canonical_variant("L858R/T790M") == "L858R/T790M"
    assert canonical_variant("") == ""


def test_neighbours_are_measured_compounds_nearest_first():
    [near, other] = _part("EGFR").neighbours(strict_batch([GEFITINIB, RISPERIDONE]), 4)
    assert len(near) == 4
    assert [n[2] for n in near] == sorted((n[2] for n in near), reverse=True)
    assert near[0][2] > other[0][2]
    assert all(2.5 <= n[1] <= 11.5 for n in near)
    assert _part("BRAF").neighbours(strict_batch([GEFITINIB]), 4) == [[]]


def test_the_card_holds_the_promised_figures_for_every_target():
    made = weights.card("potency")
    assert sum(v["measurements"] >= 500 for k, v in made["targets"].items() if "/" not in k) >= 250
    for name, e in made["targets"].items():
        assert e["r2_low"] <= e["r2"] <= e["r2_high"], name
        assert e["rmse_low"] <= e["rmse"] <= e["rmse_high"], name
        assert 0 < e["half_width"] < 6 and e["molecules"] <= e["measurements"], name
    assert 0.88 <= made["metrics"]["coverage_of_90_percent_interval"] <= 0.93
    assert "CC BY-SA" in made["licence"]


def test_the_fact_table_says_what_the_scorer_does():
    rows = tsv.rows("potency_targets")
    usable = {r["gene"] for r in rows if r["usable"] == "yes" and not r["variant"]}
    assert usable == set(targets())
    for r in rows:
        assert available(r["gene"], r["variant"])[0] == (r["usable"] == "yes")
        assert (r["usable"] == "yes") == (r["reason"] == "")
        assert r["version"] == weights.card("potency")["version"]


def test_folded_bits_and_similarity_agree_with_rdkit():
    mols = strict_batch(DRUGS)
    ours = domain.similarity(domain.fold_bits(morgan_counts(mols)), domain.fold_bits(morgan_counts(mols)))
    bits = morgan_bits(strict_batch(DRUGS), radius=2, size=1024)
    np.testing.assert_allclose(ours, tanimoto(bits, bits), atol=1e-6)


def test_available_needs_neither_rdkit_nor_torch():
    import subprocess
    import sys

    code = (
        "import sys; from sartor.score.potency import available, targets; available('EGFR', 'T790M'); targets(); "
        "print([m for m in ('torch', 'rdkit') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.replace("'", '"')) == []


def test_encoded_bits_come_back():
    rng = np.random.default_rng(0)
    dense = rng.random((40, 1024)) < rng.random((40, 1)) * 0.1
    dense[3] = False  # no bit at all
    dense[5] = False
    dense[5, [254, 255, 767, 1023]] = True  # gaps of 255 and over
    packed = np.packbits(dense, axis=1)
    steps, lengths = domain.encode_bits(packed)
    rows = np.array([5, 3, 39, 0, 5])
    np.testing.assert_array_equal(domain.decode_bits(steps, lengths, rows), packed[rows])


def test_ligands_are_measured_compounds_best_first():
    part = Potency(Potency.Config(target="EGFR"))
    found = part.ligands(50)
    assert len(found) == len(set(found)) == 50
    values = [part.neighbours(strict_batch([s]), 1)[0][0][1] for s in (found[0], found[-1])]
    assert values[0] >= values[1] > 8
    assert Potency(Potency.Config(target="KDR")).ligands(5) == ()
