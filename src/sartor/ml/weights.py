"""Shipped weights: safetensors with a card beside each. Loading one checks its hash against the card.

Matrices may be packed: eight-bit integers with one scale a row, half the size of half precision, unpacked on loading.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save_file

from sartor.core import PartError

_SCALE = "|row"  # ends the name of a packed matrix's row scales
_LARGE = 4096  # smaller arrays stay as they are: nothing to gain


def folder() -> Path:
    """Where shipped weights and their cards live."""
    return Path(str(resources.files("sartor"))) / "weights"


def pack(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Large floating-point matrices as int8 with a scale a row: within half of 1/127 of the row's largest entry.

    The rows of a network's matrix differ in size far more than the entries of one row, hence a scale each (weight-only
    absmax quantization; Dettmers 2022, NeurIPS 35, 30318, measures what it costs).
    """
    packed: dict[str, np.ndarray] = {}
    for name, value in arrays.items():
        if value.ndim != 2 or value.size < _LARGE or value.dtype.kind != "f":
            packed[name] = value
            continue
        scale = np.maximum(np.abs(value.astype(np.float32)).max(axis=1), 1e-8) / 127
        packed[name] = np.rint(value.astype(np.float32) / scale[:, None]).astype(np.int8)
        packed[name + _SCALE] = scale.astype(np.float32)
    return packed


def unpack(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What ``pack`` was given, matrices as float32, each entry within its row's rounding."""
    scales = {name.removesuffix(_SCALE): value for name, value in arrays.items() if name.endswith(_SCALE)}
    whole = {name: value for name, value in arrays.items() if not name.endswith(_SCALE)}
    return whole | {name: whole[name].astype(np.float32) * scale[:, None] for name, scale in scales.items()}


def save(name: str, arrays: dict[str, np.ndarray], card: dict[str, Any], to: Path | None = None) -> Path:
    """Write ``name.safetensors`` and ``name.card.json`` (the card gains the file's sha256 and size).

    Give ``pack(arrays)`` to write large matrices at half the size.
    """
    where = to or folder()
    where.mkdir(parents=True, exist_ok=True)
    path = where / f"{name}.safetensors"
    save_file({k: np.ascontiguousarray(v) for k, v in arrays.items()}, path)
    path.chmod(0o644)  # safetensors writes 0600, which a shared installation could not read
    data = path.read_bytes()
    full = {**card, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    (where / f"{name}.card.json").write_text(json.dumps(full, indent=1, sort_keys=True) + "\n")
    return path


@lru_cache(maxsize=32)
def card(name: str, where: Path | None = None) -> dict[str, Any]:
    """The card of a shipped model (or of one in the folder ``where``); PartError where there is none."""
    path = (where or folder()) / f"{name}.card.json"
    if not path.exists():
        known = sorted(p.name.removesuffix(".card.json") for p in path.parent.glob("*.card.json"))
        place = f"in {where}" if where else "shipped"
        raise PartError(f"no model {place} is called {name!r}; there: {', '.join(known) or 'none'}")
    return json.loads(path.read_text())


@lru_cache(maxsize=8)
def load(name: str, where: Path | None = None) -> dict[str, np.ndarray]:
    """The arrays of a model, hash checked. Do not write into them: they are shared."""
    expected = card(name, where)["sha256"]
    path = (where or folder()) / f"{name}.safetensors"
    if not path.exists():
        raise PartError(f"{path.name} is missing beside its card; reinstall sartor")
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise PartError(f"{path.name} is not the file its card describes (sha256 differs); reinstall sartor")
    return unpack(load_file(path))


def find(reference: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Card and arrays of a shipped model's name, or of a path such as ``run/weights/transformer.safetensors``."""
    if not reference.endswith(".safetensors"):
        return card(reference), load(reference)
    path = Path(reference)
    if not path.exists():
        raise PartError(f"there is no file {path}; give the name of a shipped model or the path of a .safetensors")
    return card(path.stem, path.parent.resolve()), load(path.stem, path.parent.resolve())
