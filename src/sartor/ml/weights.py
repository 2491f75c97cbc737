"""Shipped weights: safetensors with a card beside each. Loading one checks its hash against the card."""

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


def folder() -> Path:
    """Where shipped weights and their cards live."""
    return Path(str(resources.files("sartor"))) / "weights"


def save(name: str, arrays: dict[str, np.ndarray], card: dict[str, Any], to: Path | None = None) -> Path:
    """Write ``name.safetensors`` and ``name.card.json`` (the card gains the file's sha256 and size)."""
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
def card(name: str) -> dict[str, Any]:
    """The card of a shipped model; PartError where there is none."""
    path = folder() / f"{name}.card.json"
    if not path.exists():
        known = sorted(p.name.removesuffix(".card.json") for p in folder().glob("*.card.json"))
        raise PartError(f"no shipped model is called {name!r}; shipped: {', '.join(known) or 'none'}")
    return json.loads(path.read_text())


@lru_cache(maxsize=8)
def load(name: str) -> dict[str, np.ndarray]:
    """The arrays of a shipped model, hash checked. Do not write into them: they are shared."""
    expected = card(name)["sha256"]
    path = folder() / f"{name}.safetensors"
    if not path.exists():
        raise PartError(f"{path.name} is missing beside its card; reinstall sartor")
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise PartError(f"{path.name} is not the file its card describes (sha256 differs); reinstall sartor")
    return load_file(path)
