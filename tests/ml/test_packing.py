from collections import Counter

import numpy as np
import pytest
import torch

from sartor.ml import packing


def test_everything_comes_back_as_it_was(tmp_path):
    state = {
        "rng": np.random.default_rng(3).bit_generator.state,
        "weights": {0: torch.arange(6.0).reshape(2, 3), "step": torch.tensor(4.0)},
        "bits": np.array([[1, 2]], dtype=np.uint8),
        "empty": np.zeros((0, 7)),
        "numbers": (1.5, float("nan"), -np.inf, 2**90, True, None, np.float64(0.1)),
        "seen": {"CC", "C"},
        "counts": Counter({"x": 2, "": 1}),
        "rows": [(-0.3, "C", "")],
    }
    packing.save(state, tmp_path / "s.npz")
    found = packing.load(tmp_path / "s.npz")
    assert found["rng"] == state["rng"] and found["seen"] == state["seen"] and found["rows"] == state["rows"]
    assert found["counts"] == state["counts"] and isinstance(found["counts"], Counter)
    assert list(found["counts"]) == ["x", ""]
    assert torch.equal(found["weights"][0], state["weights"][0]) and found["weights"]["step"].shape == ()
    assert found["bits"].dtype == np.uint8 and found["empty"].shape == (0, 7)
    assert repr(found["numbers"]) == repr(state["numbers"])


def test_what_cannot_be_kept_is_named_and_leaves_the_file_before(tmp_path):
    packing.save({"a": 1}, tmp_path / "s.npz")
    with pytest.raises(TypeError, match=r"state\.model is a function"):
        packing.save({"model": lambda: 0}, tmp_path / "s.npz")
    assert packing.load(tmp_path / "s.npz") == {"a": 1}


def test_another_file_is_refused(tmp_path):
    (tmp_path / "s.npz").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(ValueError, match="not a saved state"):
        packing.load(tmp_path / "s.npz")
    np.savez(tmp_path / "t.npz", a=np.zeros(2))
    with pytest.raises(ValueError, match="not a saved state"):
        packing.load(tmp_path / "t.npz")
