import pytest

from sartor.bench.sampling import PEER_LABEL, measure_sampling
from sartor.core import PartError, Refusal

# A stand-in for the house's sampler, put in place when the process of a contender starts.
STAND_IN = """
import sys, types
made = types.ModuleType("sartor.app.sampling")
def sample_texts(model, n, seed, raw=True, threads=1):
    assert raw and threads == 1
    if model == "broken":
        raise ValueError("no such model")
    return (["CCO", "c1ccccc1", "("] * n)[:n]
made.sample_texts = sample_texts
sys.modules["sartor.app.sampling"] = made
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(STAND_IN)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def test_model_and_peer_in_one_run(stand_in):
    figures = measure_sampling("toy", samples=30, batch=15, peer=True)
    assert figures["validity"] == pytest.approx(2 / 3)
    assert figures["valid_per_s"] == pytest.approx(figures["molecules_per_s"] * 2 / 3)
    assert figures["startup_s"] > 0
    assert figures["peak_mb"] > 10
    peer = figures["peer"]
    assert peer["label"] == PEER_LABEL
    assert peer["validity"] is None
    assert peer["weights"].startswith("random")
    assert peer["molecules_per_s"] > 0
    assert figures["ratio_molecules_per_s"] == pytest.approx(figures["molecules_per_s"] / peer["molecules_per_s"])


def test_errors_end_in_words(stand_in):
    with pytest.raises(PartError, match="sampling the model failed: ValueError: no such model"):
        measure_sampling("broken", samples=30, batch=15)
    with pytest.raises(Refusal, match="less than one batch"):
        measure_sampling("toy", samples=10, batch=15)
