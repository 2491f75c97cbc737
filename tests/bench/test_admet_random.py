import numpy as np
import pytest
from sklearn.metrics import r2_score, roc_auc_score

from sartor.bench.admet_random import _figures, random_fold
from sartor.train.admet_data import Labels, Pool
from sartor.train.admet_kinds import Endpoint, Source

RNG = np.random.default_rng(5)
N = 400
POOL = Pool(
    tuple(f"{i:014d}-AAAAAAAAAA-N" for i in range(N)),
    ("C",) * N,
    np.zeros((N, 8), dtype=np.uint8),
    np.zeros((N, 2), dtype=np.float32),
    (np.arange(N) % 5).astype(np.int8),
)


def test_random_folds_keep_stereoisomers_together_and_are_alike_in_size():
    folds = [random_fold(k, 1) for k in POOL.keys]
    assert random_fold("AAAAAAAAAAAAAA-BBBBBBBBBB-N", 1) == random_fold("AAAAAAAAAAAAAA-CCCCCCCCCC-N", 1)
    assert np.bincount(folds, minlength=5).min() > N / 10 and folds != [random_fold(k, 2) for k in POOL.keys]


@pytest.mark.parametrize("kind", ["probability", "value"])
def test_figures_are_of_the_first_source_in_the_unit(kind):
    truth = RNG.normal(size=N)
    y = (truth > 0).astype(float) if kind == "probability" else truth
    trees, network = truth + RNG.normal(size=N), truth + RNG.normal(size=N)
    source = (np.arange(N) >= 300).astype(np.int8)
    scale = "plain" if kind == "probability" else "log10"
    e = Endpoint("toy", kind, "unit", "a toy", (Source("a", "b", "c", "d", "open"),), scale=scale)
    made = _figures(e, trees, network, Labels(np.arange(N), y, source, {}), POOL, 1)
    assert made["n"] == 300
    if kind == "probability":
        assert made["AUROC"][0] == pytest.approx(roc_auc_score(y[:300], (trees + network)[:300]), abs=1e-3)
    else:
        low, high = made["R2"][1:]
        best = r2_score(10 ** y[:300], 10 ** ((trees + network) / 2)[:300])
        assert low <= made["R2"][0] <= high and made["R2"][0] > best - 0.3
