"""Peers by name: made new, written as weights with a card, read back, sampled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load_file

from sartor.core import PartError

from .. import weights
from ..tokenizer import letters
from .alphabet import Alphabet, learn_alphabet
from .autoencoder import Autoencoder
from .recurrent import SHAPES, Recurrent

KINDS = (*SHAPES, Autoencoder.kind)
Peer = Recurrent | Autoencoder


def make_peer(kind: str, alphabet: Alphabet) -> Peer:
    """A peer of the published size with random weights; PartError for an unknown kind."""
    if kind in SHAPES:
        return Recurrent(kind, alphabet)
    if kind == Autoencoder.kind:
        return Autoencoder(alphabet)
    raise PartError(f"no peer is called {kind!r}; known: {', '.join(KINDS)}")


def untrained_peer(kind: str, smiles: Sequence[str], seed: int) -> tuple[Peer, list[int]]:
    """A peer with random weights over the letters of these texts, and how many letters each of them has."""
    torch.manual_seed(seed)
    lengths = [len(found) for text in smiles if (found := letters(text))]
    return make_peer(kind, learn_alphabet(smiles)).eval(), lengths


def save_peer(model: Peer, card: dict[str, Any], to: Path) -> Path:
    """Write ``peer-KIND.safetensors`` and its card into a folder; returns the weights' path."""
    arrays = {k: v.detach().cpu().numpy().astype(np.float32) for k, v in model.state_dict().items()}
    return weights.save(f"peer-{model.kind}", arrays, {**card, **model.describe()}, to)


def load_peer(path: Path) -> Peer:
    """The peer whose weights lie at ``path`` (its card beside it), ready to sample; PartError where it is not one."""
    card = path.with_name(path.name.removesuffix(".safetensors") + ".card.json")
    if not path.is_file() or not card.is_file():
        raise PartError(f"{path} is not a peer's weights: expected a .safetensors file with its .card.json beside it")
    described = json.loads(card.read_text())
    if described.get("sha256") != hashlib.sha256(path.read_bytes()).hexdigest():
        raise PartError(f"{path.name} is not the file its card describes (sha256 differs)")
    if described.get("kind") not in KINDS:
        raise PartError(f"{card.name} describes no peer of a known kind ({', '.join(KINDS)})")
    model = Recurrent.build(described) if described["kind"] in SHAPES else Autoencoder.build(described)
    model.load_state_dict({k: torch.from_numpy(v) for k, v in load_file(path).items()})
    return model.eval()


def sample_peer(model: Peer, n: int, seed: int, batch: int = 512, lengths: Sequence[int] | None = None) -> list[str]:
    """``n`` raw texts, ``batch`` at a time; the same for the same seed, batch, machine and threads.

    ``lengths`` (only for a recurrent peer without training): each batch draws from them how long its rows become.
    """
    model.eval()
    generator = torch.Generator().manual_seed(seed)
    rng = np.random.default_rng(seed)
    made: list[str] = []
    while len(made) < n:
        size = min(batch, n - len(made))
        if lengths is not None and isinstance(model, Recurrent):
            made += model.sample(size, generator, rng.choice(np.asarray(lengths), size).tolist())
        else:
            made += model.sample(size, generator)
    return made
