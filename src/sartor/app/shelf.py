"""The model store: what is shipped, where it came from, and whether it is intact."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sartor.ml import weights


@dataclass(frozen=True, slots=True)
class Model:
    """One shipped model and its card."""

    name: str
    bytes: int
    sha256: str
    licence: str
    card: dict[str, Any]


def models() -> list[Model]:
    """Every shipped model, by name."""
    listed = []
    for path in sorted(weights.folder().glob("*.card.json")):
        card = weights.card(path.name.removesuffix(".card.json"))
        name = path.name.removesuffix(".card.json")
        listed.append(Model(name, card["bytes"], card["sha256"], str(card.get("licence", "")), card))
    return listed


def damaged() -> list[str]:
    """Names of models whose file is missing or is not the one its card describes."""
    bad = []
    for model in models():
        path = weights.folder() / f"{model.name}.safetensors"
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != model.sha256:
            bad.append(model.name)
    return bad
