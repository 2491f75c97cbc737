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
    """One ascent: where it began, the molecules on the way (distinct, in order), and the head's value of each."""

    start: str
    path: tuple[str, ...]
    predicted: tuple[float, ...]

    @property
    def best(self) -> str:
        """The molecule on the way that the head, asked about the molecule itself, values most."""
        return self.path[int(np.argmax(self.predicted))] if self.path else ""


class Latent:
    """A shipped autoencoder (or one at a path), on ``threads`` threads. Texts go in as any SMILES, come out canonical.

    A molecule with a letter the model never saw, or with too many tokens, has no latent: its row is NaN.
    """

    def __init__(self, model: str = "vae", threads: int = 1, grammar: bool = True) -> None:
        from sartor.ml.sampling import Manner
        from sartor.ml.vae import Vae

        self.card, arrays = weights.find(model)
        if self.card.get("kind") != Vae.kind:
            raise PartError(f"{model!r} is not an autoencoder; its card says {self.card.get('kind', 'nothing')!r}")
        self._model = Vae.build(self.card, arrays).eval()
        self._manner = Manner(temperature=0.0, grammar=grammar)
        self._threads = threads

    @property
    def dimensions(self) -> int:
        """Of the latent space."""
        return self._model.shape.latent

    @property
    def scales(self) -> NDArray[np.float64]:
        """Standard deviation ``(dimensions,)`` of each latent dimension over real molecules."""
        return np.sqrt((self._model.spread.double().numpy() ** 2).sum(axis=1))

    def encode(self, smiles: Sequence[str]) -> NDArray[np.float32]:
        """Posterior means ``(n, dimensions)``; NaN rows where a text is no molecule or cannot be encoded."""
        import torch

        from sartor.ml.sequence_model import threads
        from sartor.ml.vae import token_rows

        out = np.full((len(smiles), self.dimensions), np.nan, dtype=np.float32)
        rows, kept = token_rows(self._model.tokenizer, [parse.canonical(s) or "" for s in smiles])
        with threads(self._threads), torch.no_grad():
            for at in range(0, len(kept), BATCH):
                out[kept[at : at + BATCH]] = self._model.encode(rows[at : at + BATCH])[0].numpy()
        return out

    def why_not(self, smiles: str) -> str:
        """Why a text has no latent; "" where it has one."""
        text = parse.canonical(smiles)
        if text is None:
            return "not a valid SMILES"
        unknown = self._model.tokenizer.unknown(text)
        if unknown:
            return f"holds {', '.join(unknown)}, which the model never saw"
        return "" if not np.isnan(self.encode([text])).any() else "too many tokens for the latent space"

    def decode(self, latents: NDArray[np.floating], temperature: float = 0.0, seed: int = 0) -> list[str]:
        """One text each ``(n,)`` of latents ``(n, dimensions)``, unchecked; NaN rows give ""."""
        import torch

        from sartor.ml.sampling import Manner
        from sartor.ml.sequence_model import threads

        if latents.ndim != 2 or latents.shape[1] != self.dimensions:
            raise OrderError(f"latents have shape {latents.shape}; expected (n, {self.dimensions})")
        manner = Manner(temperature, self._manner.grammar)
        out = [""] * len(latents)
        kept = np.flatnonzero(np.isfinite(latents).all(axis=1))
        generator = torch.Generator().manual_seed(seed)
        with threads(self._threads):
            for at in range(0, len(kept), BATCH):
                part = kept[at : at + BATCH]
                z = torch.from_numpy(np.asarray(latents[part], dtype=np.float32))
                for i, text in zip(part, self._model.write(z, generator, manner), strict=True):
                    out[i] = text
        return out

    def texts(self, n: int, rng: np.random.Generator, standard: bool = False) -> list[str]:
        """``n`` texts of latents from the fitted prior (``standard``: from N(0, I)), in order, unchecked."""
        import torch

        made: list[str] = []
        for at in range(0, n, BATCH):
            generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
            made += self.decode(self._model.prior(min(BATCH, n - at), generator, standard).numpy())
        return made

    def interpolate(self, first: str, second: str, steps: int = 9) -> list[str]:
        """Texts at ``steps`` equal steps from one molecule to the other, both ends included.

        Along a great circle about the latents' center, so that the way does not cut through where no molecule is.
        """
        ends = self._need([first, second]) - self._model.center.numpy()
        sizes = np.linalg.norm(ends, axis=1)
        cosine = float(np.clip(ends[0] @ ends[1] / max(sizes[0] * sizes[1], 1e-9), -1, 1))
        angle = np.arccos(cosine)
        at = np.linspace(0, 1, steps)[:, None]
        if angle < 1e-3:
            way = ends[0] * (1 - at) + ends[1] * at
        else:
            way = (np.sin((1 - at) * angle) * ends[0] + np.sin(at * angle) * ends[1]) / np.sin(angle)
        return self.decode((way + self._model.center.numpy()).astype(np.float32))

    def perturb(self, smiles: str, n: int, rng: np.random.Generator, size: float = 0.5) -> list[str]:
        """``n`` texts around a molecule: noise of ``size`` standard deviations in each latent dimension."""
        center = self._need([smiles])
        return self.decode(center + rng.standard_normal((n, self.dimensions)) * self.scales * size)

    def predict(self, latents: NDArray[np.floating]) -> dict[str, NDArray[np.float64]]:
        """The property heads' values ``(n,)`` of latents, by property, in their own units."""
        import torch

        from sartor.ml.wishes import PROPERTIES

        with torch.no_grad():
            found = self._model.predicted(torch.from_numpy(np.asarray(latents, dtype=np.float32))).double().numpy()
        return {name: found[:, k] for k, name in enumerate(PROPERTIES)}

    def ascend(
        self, smiles: Sequence[str], wanted: Mapping[str, float], steps: int = 24, size: float = 0.15
    ) -> list[Climb]:
        """Gradient ascent of a weighted sum of property heads (each in standard deviations) from each molecule.

        Each step moves by ``size`` of the latent's own length along the gradient. Molecules met on the way are encoded
        again, and the head's value of *that* latent is what ``Climb.predicted`` holds: the head is not believed about
        latents that no molecule has.
        """
        import torch

        from sartor.ml.wishes import PROPERTIES

        strange = sorted(set(wanted) - set(PROPERTIES))
        if strange:
            raise OrderError(f"there is no head for {', '.join(strange)}; known: {', '.join(PROPERTIES)}")
        weight = torch.tensor([float(wanted.get(name, 0.0)) for name in PROPERTIES])
        z = torch.from_numpy(self._need(smiles))
        met: list[list[str]] = []
        for _ in range(steps):
            z = z.detach().requires_grad_(True)
            (self._model.heads(z) * weight).sum().backward()
            assert z.grad is not None
            push = z.grad / z.grad.norm(dim=1, keepdim=True).clamp(min=1e-9)
            z = z.detach() + size * push * z.detach().norm(dim=1, keepdim=True) / self.dimensions**0.25
            met.append(self.decode(z.numpy()))
        return [self._climb(s, [texts[i] for texts in met], weight.numpy()) for i, s in enumerate(smiles)]

    def _climb(self, start: str, texts: list[str], weight: NDArray[np.float32]) -> Climb:
        origin = parse.canonical(start)
        path = [t for t in dict.fromkeys(parse.canonical(t) or "" for t in texts) if t and t != origin]
        latents = self.encode(path)
        path = [p for p, z in zip(path, latents, strict=True) if np.isfinite(z).all()]
        latents = latents[np.isfinite(latents).all(axis=1)]
        found = self.predict(latents)
        scale = self._model.property_scale.numpy()
        value = sum((found[name] / scale[k] * weight[k] for k, name in enumerate(found)), np.zeros(len(path)))
        return Climb(start, tuple(path), tuple(float(v) for v in value))

    def _need(self, smiles: Sequence[str]) -> NDArray[np.float32]:
        latents = self.encode(smiles)
        for text, row in zip(smiles, latents, strict=True):
            if np.isnan(row).any():
                raise Refusal(f"{text!r} has no latent: {self.why_not(text)}")
        return latents
