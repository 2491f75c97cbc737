"""The autoencoder as a tool: molecules to latents and back, paths, neighbourhoods, ascent on a property head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sartor.chem import parse
from sartor.core import OrderError, PartError, Refusal
from sartor.ml import weights

BATCH = 256


@dataclass(frozen=True, slots=True)
class Climb:
    """One ascent: where it began, the molecules on the way (distinct, in order), and the heads' value of each."""

    start: str
    began: float
    path: tuple[str, ...]
    predicted: tuple[float, ...]

    @property
    def best(self) -> str:
        """The molecule that the heads, asked about the molecule itself, value most; "" where none beats the start."""
        at = int(np.argmax(self.predicted)) if self.path else 0
        return self.path[at] if self.path and self.predicted[at] > self.began else ""


class Latent:
    """A shipped autoencoder (or one at a path), on ``threads`` threads. Texts go in as any SMILES.

    A molecule with a letter the model never saw, or with too many tokens, has no latent: its row is NaN.
    """

    def __init__(self, model: str = "vae", threads: int = 1, grammar: bool = True) -> None:
        from sartor.ml.latent_space import LatentSpace

        self.card, arrays = weights.find(model)
        if self.card.get("kind") != "vae":
            raise PartError(f"{model!r} is not an autoencoder; its card says {self.card.get('kind', 'nothing')!r}")
        self._space = LatentSpace(self.card, arrays)
        self._grammar, self._threads = grammar, threads

    @property
    def dimensions(self) -> int:
        """Of the latent space."""
        return self._space.dimensions

    @property
    def scales(self) -> NDArray[np.float64]:
        """Standard deviation ``(dimensions,)`` of each latent dimension over real molecules."""
        return self._space.scales

    def encode(self, smiles: Sequence[str]) -> NDArray[np.float32]:
        """Posterior means ``(n, dimensions)``; NaN rows where a text is no molecule or has no latent."""
        from sartor.ml.sequence_model import threads

        with threads(self._threads):
            return self._space.encode([parse.canonical(s) or "" for s in smiles])

    def why_not(self, smiles: str) -> str:
        """Why a text has no latent; "" where it has one."""
        text = parse.canonical(smiles)
        if text is None:
            return "not a valid SMILES"
        unknown = self._space.unknown(text)
        if unknown:
            return f"holds {', '.join(unknown)}, which the model never saw"
        return "" if not np.isnan(self.encode([text])).any() else "too many tokens for the latent space"

    def decode(self, latents: NDArray[np.floating], temperature: float = 0.0, seed: int = 0) -> list[str]:
        """One text each ``(n,)`` of latents ``(n, dimensions)``, unchecked; NaN rows give ""."""
        from sartor.ml.sampling import Manner
        from sartor.ml.sequence_model import threads

        if latents.ndim != 2 or latents.shape[1] != self.dimensions:
            raise OrderError(f"latents have shape {latents.shape}; expected (n, {self.dimensions})")
        with threads(self._threads):
            return self._space.decode(latents, Manner(temperature, self._grammar), seed)

    def texts(self, n: int, rng: np.random.Generator, standard: bool = False) -> list[str]:
        """``n`` texts of latents from the learned prior (``standard``: from N(0, I)), in order, unchecked."""
        from sartor.ml.sequence_model import threads

        made: list[str] = []
        for at in range(0, n, BATCH):
            with threads(self._threads):
                made += self._space.fresh(min(BATCH, n - at), int(rng.integers(2**62)), standard)
        return made

    def interpolate(self, first: str, second: str, steps: int = 9) -> list[str]:
        """Texts at ``steps`` equal steps from one molecule to the other, both ends included.

        Along a great circle about the latents' center, so that the way does not cut through where no molecule is.
        """
        ends = self._need([first, second]) - self._space.center
        sizes = np.linalg.norm(ends, axis=1)
        angle = np.arccos(np.clip(ends[0] @ ends[1] / max(sizes[0] * sizes[1], 1e-9), -1, 1))
        at = np.linspace(0, 1, steps)[:, None]
        if angle < 1e-3:
            way = ends[0] * (1 - at) + ends[1] * at
        else:
            way = (np.sin((1 - at) * angle) * ends[0] + np.sin(at * angle) * ends[1]) / np.sin(angle)
        return self.decode(way + self._space.center)

    def perturb(self, smiles: str, n: int, rng: np.random.Generator, size: float = 0.5) -> list[str]:
        """``n`` texts around a molecule: noise of ``size`` standard deviations in each latent dimension."""
        center = self._need([smiles])
        return self.decode(center + rng.standard_normal((n, self.dimensions)) * self.scales * size)

    def predict(self, latents: NDArray[np.floating]) -> dict[str, NDArray[np.float64]]:
        """The property heads' values ``(n,)`` of latents, by property, in their own units."""
        return self._space.predict(latents)

    @property
    def property_scales(self) -> dict[str, float]:
        """Standard deviation of each property over real molecules: the unit in which wishes are weighed."""
        return self._space.property_scales

    def ascend(
        self,
        smiles: Sequence[str],
        wanted: Mapping[str, float],
        steps: int = 24,
        sizes: Sequence[float] = (0.02, 0.05, 0.1, 0.2),
        apart: Sequence[float] = (0.8, 1.2, 1.6),
    ) -> list[Climb]:
        """Gradient ascent of a weighted sum of property heads (each in standard deviations) from each molecule.

        Once for each of ``sizes``: a step moves by it times a typical distance of one dimension per root of all. Then
        one step in each slot alone, for each length of ``apart`` (typical distances of a slot). Molecules met on the
        way are encoded again, and the heads' value of *that* latent is what ``Climb.predicted`` holds: the heads are
        not believed about latents that no molecule has.
        """
        from sartor.ml.wishes import PROPERTIES

        strange = sorted(set(wanted) - set(PROPERTIES))
        if strange:
            raise OrderError(f"there is no head for {', '.join(strange)}; known: {', '.join(PROPERTIES)}")
        weight = [float(wanted.get(name, 0.0)) for name in PROPERTIES]
        start = np.asarray(self._need(smiles), dtype=float)
        began = self._space.value(start, weight).tolist()
        met: list[list[str]] = []
        for size in sizes:
            length = size * float(np.sqrt((self.scales**2).sum())) / self.dimensions**0.25
            at = start
            for _ in range(steps):
                at = at + length * self._space.gradient(at, weight)
                met.append(self.decode(at))
        for size in apart:
            met += [self.decode(row) for row in self._space.slot_steps(start, weight, size)]
        return [self._climb(s, began[i], [texts[i] for texts in met], weight) for i, s in enumerate(smiles)]

    def _climb(self, start: str, began: float, texts: list[str], weight: list[float]) -> Climb:
        origin = parse.canonical(start)
        path = [t for t in dict.fromkeys(parse.canonical(t) or "" for t in texts) if t and t != origin]
        latents = self.encode(path)
        whole = np.flatnonzero(np.isfinite(latents).all(axis=1))
        path = [path[i] for i in whole]
        return Climb(start, began, tuple(path), tuple(self._space.value(latents[whole], weight).tolist()))

    def _need(self, smiles: Sequence[str]) -> NDArray[np.float32]:
        latents = self.encode(smiles)
        for text, row in zip(smiles, latents, strict=True):
            if np.isnan(row).any():
                raise Refusal(f"{text!r} has no latent: {self.why_not(text)}")
        return latents
