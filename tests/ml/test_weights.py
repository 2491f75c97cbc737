"""Packed weights: half the size, nearly the same numbers, and untouched where packing gains nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sartor.core import PartError
from sartor.ml import weights


def _arrays() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    wide = rng.normal(0, 1, (128, 64)) * np.geomspace(1e-3, 10, 128)[:, None]
    return {
        "wide": wide.astype(np.float16),
        "row": rng.normal(0, 1, 5000).astype(np.float16),
        "small": rng.normal(0, 1, (8, 8)).astype(np.float16),
        "whole": np.arange(8192, dtype=np.int16).reshape(64, 128),
        "empty": np.zeros((64, 128), dtype=np.float32),
    }


def test_packed_matrices_come_back_within_the_rounding_of_their_row(tmp_path: Path) -> None:
    before = _arrays()
    weights.save("m", weights.pack(before), {"kind": "test"}, tmp_path)
    after = weights.load("m", tmp_path)
    assert set(after) == set(before)
    step = np.abs(before["wide"].astype(float)).max(axis=1, keepdims=True) / 127
    assert (np.abs(after["wide"] - before["wide"].astype(float)) <= 0.501 * step).all()
    for name in ("row", "small", "whole", "empty"):
        assert np.array_equal(after[name], before[name])
    assert after["whole"].dtype == np.int16 and after["row"].dtype == np.float16


def test_packing_halves_the_file(tmp_path: Path) -> None:
    arrays = {"w": np.random.default_rng(1).normal(0, 1, (512, 512)).astype(np.float16)}
    plain = weights.save("a", arrays, {}, tmp_path).stat().st_size
    packed = weights.save("b", weights.pack(arrays), {}, tmp_path).stat().st_size
    assert packed < 0.52 * plain


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = weights.save("c", _arrays(), {}, tmp_path)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(PartError, match="sha256 differs"):
        weights.load("c", tmp_path)
