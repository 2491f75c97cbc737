import sys
import warnings

import numpy as np
import pytest

from sartor.core import PartError
from sartor.ml import chemnet
from sartor.ml.sequence_model import threads

pytest.importorskip("fcd_torch")
RINGS = [f"c1ccc(cc1){tail}" for tail in ("C", "CC", "CCC", "N", "O", "F", "Cl", "OC", "C#N", "CO")]
CHAINS = ["C" * n + end for n in range(4, 9) for end in ("O", "N")]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    with threads(1):
        yield


@pytest.fixture(scope="module")
def sets():
    return chemnet.moments(RINGS), chemnet.moments(CHAINS)


def test_agrees_with_the_packages_own_distance(sets):
    from fcd_torch import FCD

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        own = FCD(device="cpu", n_jobs=1, canonize=False)(ref=RINGS, gen=CHAINS)
    assert chemnet.frechet(*sets) == pytest.approx(own, rel=1e-4)


def test_distance_to_itself_is_nothing_and_order_does_not_matter(sets):
    rings, chains = sets
    assert chemnet.frechet(rings, rings) < 1e-6
    assert chemnet.frechet(rings, chains) == pytest.approx(chemnet.frechet(chains, rings), rel=1e-6)
    assert chemnet.frechet(chemnet.moments(RINGS[::-1]), chains) == pytest.approx(
        chemnet.frechet(rings, chains), rel=1e-5
    )
    assert chemnet.frechet(rings, chains) > 5
    assert chemnet.fcd_score(0.0) == 1.0
    assert chemnet.fcd_score(5.0) == pytest.approx(np.exp(-1))


def test_distance_by_hand():
    eye = np.eye(3)
    left = chemnet.Moments(np.zeros(3), eye, 9)
    right = chemnet.Moments(np.array([1.0, 2.0, 0.0]), 4 * eye, 9)
    assert chemnet.frechet(left, right) == pytest.approx(5 + 3 * (1 + 4 - 2 * 2))


def test_reference_is_kept_beside_its_file_and_damage_costs_only_time(tmp_path, monkeypatch):
    beside = tmp_path / "holdout.smi"
    first = chemnet.reference_moments(RINGS, beside)
    kept = list(tmp_path.glob("holdout.smi.chemnet-*.npz"))
    assert len(kept) == 1
    with monkeypatch.context() as patch:
        patch.setattr(chemnet, "activations", None)  # must not be called again
        again = chemnet.reference_moments(RINGS, beside)
    np.testing.assert_array_equal(first.covariance, again.covariance)
    kept[0].write_bytes(kept[0].read_bytes()[:100])
    np.testing.assert_allclose(chemnet.reference_moments(RINGS, beside).mean, first.mean)
    chemnet.reference_moments(CHAINS, beside)
    assert len(list(tmp_path.glob("*.npz"))) == 2
    chemnet.reference_moments(CHAINS, tmp_path / "no such folder" / "x.smi")


def test_one_molecule_is_refused():
    with pytest.raises(PartError, match="at least two molecules, not 1"):
        chemnet.moments(["CCO"])


def test_missing_package_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "fcd_torch", None)
    chemnet._network.cache_clear()
    with pytest.raises(PartError, match=r"pip install 'sartor\[bench\]'"):
        chemnet.moments(RINGS)
    chemnet._network.cache_clear()
