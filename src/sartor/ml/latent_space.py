"""An autoencoder for callers that know arrays and seeds, not tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from .sampling import Manner
from .vae import SLOTS, Vae, token_rows
from .wishes import PROPERTIES

BATCH = 256
Latents = NDArray[np.floating]


class LatentSpace:
    """The latent space of a card and its arrays. Latents are ``(n, dimensions)``."""

    def __init__(self, card: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
        self._model = Vae.build(card, arrays).eval()
        self.dimensions = self._model.shape.latent
        self.center: NDArray[np.float64] = self._model.center.double().numpy()
        self.scales: NDArray[np.float64] = self._model.scales.double().numpy()

        self.property_scales: dict[str, float] = dict(
            zip(PROPERTIES, self._model.property_scale.double().tolist(), strict=True)
        )

    def unknown(self, smiles: str) -> list[str]:
        """The letters of a text that the model never saw."""
        return self._model.tokenizer.unknown(smiles)

    @torch.no_grad()
    def encode(self, smiles: Sequence[str]) -> NDArray[np.float32]:
        """Posterior means of canonical SMILES; NaN rows where one has no latent."""
        out = np.full((len(smiles), self.dimensions), np.nan, dtype=np.float32)
        rows, kept = token_rows(self._model.tokenizer, smiles)
        for at in range(0, len(kept), BATCH):
            out[kept[at : at + BATCH]] = self._model.encode(rows[at : at + BATCH])[0].numpy()
        return out

    def decode(self, latents: Latents, manner: Manner, seed: int) -> list[str]:
        """One text each, unchecked; NaN rows give ""."""
        out = [""] * len(latents)
        kept = np.flatnonzero(np.isfinite(latents).all(axis=1))
        generator = torch.Generator().manual_seed(seed)
        for at in range(0, len(kept), BATCH):
            part = kept[at : at + BATCH]
            z = torch.from_numpy(np.asarray(latents[part], dtype=np.float32))
            for i, text in zip(part, self._model.write(z, generator, manner), strict=True):
                out[i] = text
        return out

    def fresh(self, n: int, seed: int, standard: bool = False) -> list[str]:
        """``n`` texts of new latents, those that came to a dead end begun anew from other latents; unchecked."""
        return self._model.fresh(n, torch.Generator().manual_seed(seed), standard)

    @torch.no_grad()
    def predict(self, latents: Latents) -> dict[str, NDArray[np.float64]]:
        """The property heads' values ``(n,)``, by property, in their own units."""
        found = self._model.predicted(_tensor(latents)).double().numpy()
        return {name: found[:, k] for k, name in enumerate(PROPERTIES)}

    @torch.no_grad()
    def value(self, latents: Latents, weights: Sequence[float]) -> NDArray[np.float64]:
        """The weighted sum ``(n,)`` of the heads, each in standard deviations."""
        return (self._model.heads(_tensor(latents)) @ torch.tensor(list(weights))).double().numpy()

    def gradient(self, latents: Latents, weights: Sequence[float]) -> NDArray[np.float32]:
        """Unit vectors along which that sum grows fastest."""
        z = _tensor(latents).requires_grad_(True)
        (self._model.heads(z) @ torch.tensor(list(weights))).sum().backward()
        assert z.grad is not None
        return (z.grad / z.grad.norm(dim=1, keepdim=True).clamp(min=1e-9)).numpy()

    def slot_steps(self, latents: Latents, weights: Sequence[float], size: float) -> NDArray[np.float32]:
        """One step up the same sum in one slot alone ``(slots, n, dimensions)``: block-coordinate ascent.

        A slot moves by ``size`` times its typical distance from the center. Its molecule changes in one place only, so
        the step may be long enough to change it and still leave a molecule.
        """
        n = len(latents)
        gradient = self.gradient(latents, weights).reshape(n, SLOTS, -1)
        unit = gradient / np.maximum(np.linalg.norm(gradient, axis=2, keepdims=True), 1e-9)
        typical = np.sqrt((self.scales.reshape(SLOTS, -1) ** 2).sum(axis=1))
        moved = np.repeat(np.asarray(latents, dtype=np.float32)[None], SLOTS, axis=0).reshape(SLOTS, n, SLOTS, -1)
        for slot in range(SLOTS):
            moved[slot, :, slot] += size * typical[slot] * unit[:, slot]
        return moved.reshape(SLOTS, n, self.dimensions)


def _tensor(latents: Latents) -> torch.Tensor:
    return torch.from_numpy(np.array(latents, dtype=np.float32))
