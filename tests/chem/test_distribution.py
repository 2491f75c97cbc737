from collections import Counter

import numpy as np
import pytest
from rdkit import DataStructs
from rdkit.Chem import rdFingerprintGenerator
from scipy import stats

from sartor.chem import distribution, moses, nearness
from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.parse import strict_batch

TAILS = ["C", "CC", "CCC", "C(C)C", "N", "O", "F", "Cl", "OC", "N(C)C", "C#N", "S(C)(=O)=O"]
CORES = ["c1ccc(cc1){}", "c1ccnc(c1){}", "C1CCN(CC1){}", "c1ccc2c(c1)cccc2{}", "O=C(Nc1ccccc1){}"]
AROMATIC = [core.format(tail) for core in CORES for tail in TAILS]
CHAINS = ["C" * n + end for n in range(4, 14) for end in ("", "O", "N", "C(=O)O")]


def drugs():
    return strict_batch(AROMATIC)


def test_the_same_set_scores_one():
    mols = distribution.distinct(drugs())
    found = distribution.kl_divergences(distribution.profile(mols), distribution.profile(mols))
    assert len(found) == 10
    assert all(value == pytest.approx(0, abs=1e-12) for value in found.values())
    assert distribution.kl_score(found) == pytest.approx(1.0)


def test_other_molecules_score_low_and_order_does_not_matter():
    left, right = distribution.distinct(drugs()), distribution.distinct(strict_batch(CHAINS))
    score = distribution.kl_score(distribution.kl_divergences(distribution.profile(left), distribution.profile(right)))
    turned = distribution.distinct(strict_batch(CHAINS[::-1]))
    assert score < 0.5
    assert distribution.kl_score(
        distribution.kl_divergences(distribution.profile(left), distribution.profile(turned))
    ) == pytest.approx(score, abs=1e-12)


def test_score_is_the_mean_of_exponentials():
    assert distribution.kl_score({"a": 0.0, "b": np.log(2.0)}) == pytest.approx(0.75)


def test_densities_and_divergences_agree_with_scipy():
    rng = np.random.default_rng(0)
    left, right = rng.normal(300, 40, 500), rng.normal(320, 60, 400)
    points = np.linspace(min(left.min(), right.min()), max(left.max(), right.max()), 1000)
    p, q = stats.gaussian_kde(left)(points), stats.gaussian_kde(right)(points)
    np.testing.assert_allclose(distribution.density(left, points), p, rtol=1e-9, atol=1e-15)
    assert distribution.continuous_kl(left, right) == pytest.approx(stats.entropy(p + 1e-10, q + 1e-10), rel=1e-6)


def test_discrete_divergence_by_hand():
    left, right = np.array([0.0, 0, 5, 10]), np.array([0.0, 5, 5, 10, 99])  # 99 is outside the reference's bins
    p, q = np.array([0.5, 0.25, 0.25]), np.array([0.25, 0.5, 0.25])
    assert distribution.discrete_kl(left, right) == pytest.approx(float(np.sum(p * np.log(p / q))), abs=1e-8)
    nothing = distribution.discrete_kl(left, np.array([50.0]))
    assert np.isfinite(nothing)
    assert nothing > 0


def test_values_without_spread_are_an_error_that_names_the_descriptor():
    one = distribution.distinct(strict_batch(["CCO"]))
    with pytest.raises(ValueError, match=r"BertzCT cannot be compared: 1 value"):
        distribution.kl_divergences(distribution.profile(distribution.distinct(drugs())), distribution.profile(one))


def test_structures_are_counted_without_stereo_marks():
    mols = strict_batch(["C[C@H](N)O", "C[C@@H](N)O", "CC(N)O", "C/C=C/C", "CCO"])
    assert distribution.plain_smiles(mols) == ("CC(N)O", "CC(N)O", "CC(N)O", "CC=CC", "CCO")
    assert distribution.distinct(mols).smiles == ("CC(N)O", "CC=CC", "CCO")


def test_descriptors_are_rdkits_and_in_the_named_order():
    values = distribution.physchem(strict_batch(["CC(=O)Oc1ccccc1C(=O)O"]))[0]
    named = dict(zip((*distribution.CONTINUOUS, *distribution.DISCRETE), values, strict=True))
    assert named["MolWt"] == pytest.approx(180.159, abs=1e-3)
    assert named["TPSA"] == pytest.approx(63.6)
    assert (named["NumHAcceptors"], named["NumHDonors"], named["NumAromaticRings"]) == (3, 1, 1)


def test_choice_is_seeded_and_keeps_order():
    texts = [str(i) for i in range(100)]
    chosen = distribution.choose(texts, 10)
    assert chosen == distribution.choose(texts, 10) == sorted(chosen, key=int)
    assert distribution.choose(texts, 200) == texts
    assert distribution.choose(texts, 10, seed=1) != chosen


def test_neighbours_agree_with_rdkit_over_blocks(monkeypatch):
    mols, others = drugs(), strict_batch(CHAINS)
    whole = nearness.nearest_other(morgan_bits(mols, 2, 4096))
    monkeypatch.setattr(nearness, "BLOCK", 7)
    generator = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=4096)
    bits = [generator.GetFingerprint(m) for m in mols.mols]
    table = np.array([DataStructs.BulkTanimotoSimilarity(b, bits) for b in bits])
    np.fill_diagonal(table, 0.0)
    np.testing.assert_allclose(nearness.nearest_other(morgan_bits(mols, 2, 4096)), table.max(axis=1), atol=1e-6)
    np.testing.assert_allclose(whole, table.max(axis=1), atol=1e-6)
    a, b = morgan_bits(mols, 2, 1024), morgan_bits(others, 2, 1024)
    np.testing.assert_allclose(nearness.nearest(a, b), tanimoto(a, b).max(axis=1), atol=1e-6)
    mean, square = nearness.mean_powers(a)
    np.testing.assert_allclose(mean, tanimoto(a, a).mean(axis=1), atol=1e-6)
    np.testing.assert_allclose(square, (tanimoto(a, a) ** 2).mean(axis=1), atol=1e-6)


def test_nearest_needs_a_reference():
    with pytest.raises(ValueError, match="reference is empty"):
        nearness.nearest(morgan_bits(drugs()), morgan_bits(strict_batch([])))


def test_nearest_similarity_of_a_set_to_itself_and_to_strangers():
    mols = drugs()
    assert moses.nearest_similarity(mols, mols) == 1.0
    assert moses.nearest_similarity(strict_batch(CHAINS), mols) < 0.5


def test_internal_diversity_by_hand():
    alike = strict_batch(["CCO", "CCO", "OCC"])
    assert moses.internal_diversity(alike) == (0.0, 0.0)
    pair = strict_batch(["CCO", "c1ccccc1"])  # nothing in common: each row is (1, 0)
    one, two = moses.internal_diversity(pair)
    assert one == pytest.approx(0.5)
    assert two == pytest.approx(1 - np.sqrt(0.5))


def test_fragments_and_scaffolds_count_duplicates():
    mols = strict_batch(["O=C(NCc1ccccc1)c1ccncc1", "O=C(NCc1ccccc1)c1ccncc1", "c1ccccc1C", "CCO"])
    assert moses.fragments(mols)["CCO"] == 1
    assert max(moses.fragments(mols).values()) >= 2
    assert moses.scaffolds(mols) == {"O=C(NCc1ccccc1)c1ccncc1": 2}  # one ring, and none, are left out


def test_cosine_by_hand():
    assert moses.cosine(Counter(a=3, b=4), Counter(a=3, b=4)) == pytest.approx(1.0)
    assert moses.cosine(Counter(a=1), Counter(b=1)) == 0.0
    assert moses.cosine(Counter(a=3, b=4), Counter(a=1)) == pytest.approx(0.6)
    assert np.isnan(moses.cosine(Counter(), Counter(a=1)))


def test_wasserstein_by_hand_and_with_scipy():
    assert moses.wasserstein(np.array([0.0, 1, 3]), np.array([5.0, 6, 8])) == pytest.approx(5.0)
    assert moses.wasserstein(np.array([1.0, 2]), np.array([1.0, 2])) == 0.0
    rng = np.random.default_rng(1)
    left, right = rng.normal(size=70), rng.normal(1, 2, size=41)
    assert moses.wasserstein(left, right) == pytest.approx(stats.wasserstein_distance(left, right))
    assert np.isnan(moses.wasserstein(left, np.array([])))


def test_pains_share():
    rhodanine = "O=C1NC(=S)SC1=Cc1ccccc1"
    assert moses.passes_pains(strict_batch(["CCO", rhodanine])) == 0.5
    assert np.isnan(moses.passes_pains(strict_batch([])))
