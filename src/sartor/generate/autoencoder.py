"""Proposer ``autoencoder``: samples a latent space, then searches it by Bayesian optimization of the rewards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from sartor.core import Card, MolBatch

from .latent import Latent
from .latent_model import Surrogate
from .sieve import gather


class Autoencoder:
    """A latent space, sampled and then searched.

    At first: latents of the learned prior. Afterwards: a Gaussian process over the latents of what was rewarded
    chooses, among points around and between the best, those of the highest upper confidence bound.

    Gomez-Bombarelli et al. 2018, ACS Cent. Sci. 4, 268; the bound and its random boldness as in Tripp &
    Hernandez-Lobato 2024 (GP BO). Proposals are distinct new molecules; ``turned_away`` counts the others.
    """

    class Config(BaseModel):
        """Settings: ``memory`` molecules are remembered, ``points`` of them inform the surrogate, ``choices``
        candidates stand behind each proposal, ``size`` is the noise around a parent in standard deviations of the
        latents, ``exploring`` the share that comes from the prior all the same.
        """

        model_config = ConfigDict(extra="forbid")

        weights: str = "vae"
        memory: int = Field(1000, ge=2, le=20_000)
        points: int = Field(400, ge=2, le=3000)
        choices: int = Field(20, ge=1, le=500)
        size: float = Field(0.5, gt=0, le=5)
        exploring: float = Field(0.2, ge=0, le=1)
        threads: int = Field(1, ge=1, le=64)

    def __init__(self, config: Config) -> None:
        self.config = config
        self._latent = Latent(config.weights, config.threads)
        self._told: dict[str, float] = {}
        self._points: dict[str, NDArray[np.float32]] = {}
        self.turned_away: Counter[str] = Counter()
        self.parsed = MolBatch([], [])
        card = self._latent.card
        self.card = Card(
            name="autoencoder",
            unit="SMILES",
            direction="depends",
            summary="proposes from the latent space of a variational autoencoder, by Bayesian optimization of rewards",
            domain=str(card.get("domain", "as its training set")),
            licence=str(card.get("licence", "")),
            source=str(card.get("data", "a model given by the caller")),
        )

    def propose(self, n: int, rng: np.random.Generator) -> list[str]:
        """Up to ``n`` distinct new molecules; the same for the same rng state, memory and machine."""
        self.turned_away = Counter()
        self.parsed = gather(n, lambda more: self._draw(more, rng), self.turned_away)
        return list(self.parsed.smiles)

    def learn(self, smiles: Sequence[str], rewards: np.ndarray) -> dict[str, float]:
        """Remember the best of what was rewarded; molecules without a latent, or with a NaN reward, sit out."""
        values = np.asarray(rewards, dtype=float)
        new = [s for s in dict.fromkeys(smiles) if s not in self._points]
        for text, row in zip(new, self._latent.encode(new), strict=True):
            if np.isfinite(row).all():
                self._points[text] = row
        used = 0
        for text, value in zip(smiles, values, strict=True):
            if np.isfinite(value) and text in self._points:
                self._told[text] = float(value)
                used += 1
        best = sorted(self._told.items(), key=lambda item: (-item[1], item[0]))[: self.config.memory]
        self._told = dict(best)
        self._points = {s: self._points[s] for s in self._told}
        return {"learned": float(used), "left_out": float(len(values) - used), "remembered": float(len(best))}

    def _draw(self, n: int, rng: np.random.Generator) -> list[str]:
        free = n if len(self._told) < 2 else int(np.ceil(n * self.config.exploring))
        texts = self._latent.texts(free, rng)
        return texts + self._optimized(n - free, rng) if n > free else texts

    def _optimized(self, n: int, rng: np.random.Generator) -> list[str]:
        names = list(self._told)
        points = np.stack([self._points[s] for s in names])
        values = np.array([self._told[s] for s in names])
        used = np.arange(len(names))
        if len(names) > self.config.points:  # the better half always, the rest by chance
            half = self.config.points // 2
            rest = rng.permutation(np.arange(half, len(names)))[: self.config.points - half]
            used = np.concatenate([np.arange(half), rest])
        surrogate = Surrogate(points[used], values[used], self._latent.scales)
        weights = 1.0 / (0.01 * len(names) + np.arange(1, len(names) + 1))
        parents = rng.choice(len(names), size=(2, n * self.config.choices), p=weights / weights.sum())
        blend = np.where(rng.random((parents.shape[1], 1)) < 0.5, rng.random((parents.shape[1], 1)), 0.0)
        noise = rng.standard_normal((parents.shape[1], points.shape[1])) * self._latent.scales * self.config.size
        choices = points[parents[0]] * (1 - blend) + points[parents[1]] * blend + noise * rng.random((len(noise), 1))
        boldness = 10.0 ** rng.uniform(-2, 0)
        mean, deviation = surrogate.predict(choices)
        best = np.argsort(-(mean + boldness * deviation), kind="stable")[:n]
        return self._latent.decode(choices[best])

    def state(self) -> dict[str, Any]:
        """A copy of what was learned, for ``restore``."""
        return {"told": dict(self._told), "points": dict(self._points)}

    def restore(self, state: dict[str, Any]) -> None:
        """Back to what ``state`` copied."""
        self._told, self._points = dict(state["told"]), dict(state["points"])

    def reset(self) -> None:
        """Forget everything learned."""
        self._told, self._points = {}, {}
