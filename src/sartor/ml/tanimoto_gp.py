"""An exact Gaussian process over molecules: the surrogate that decides what is worth an expensive measurement.

Covariance is the Tanimoto (MinMax) similarity of count fingerprints, a valid kernel (Ralaivola 2005, Neural Networks
18, 1093) with nothing to tune but a mean, a scale and a noise; those three come in closed form or from one line search
over the eigenvalues of the kernel matrix (Rasmussen & Williams 2006, sections 2.2 and 5.4.1). Exact in every answer:
no inducing points. Memory is ``8 n^2`` bytes and a fit takes ``n^3 / 3`` operations, so some thousand measurements are
the limit; beyond, choose which to keep.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.uint8]

LEVELS = 4  # counts above this are taken as this: the kernel is then a few matrix products
_NOISES = np.geomspace(1e-4, 3.0, 40)  # noise variance as a share of the signal's


def minmax(a: Counts, b: Counts, levels: int = LEVELS) -> NDArray[np.float32]:
    """Tanimoto similarity of counts ``(n, d)`` and ``(m, d)``: sum of minima over sum of maxima, ``(n, m)``.

    Counts are cut at ``levels``. Two empty rows are similar by 1, an empty and a filled one by 0.
    """
    used = np.flatnonzero(a.any(axis=0) & b.any(axis=0))
    left, right = np.minimum(a[:, used], levels), np.minimum(b[:, used], levels)
    common = np.zeros((len(a), len(b)), dtype=np.float32)
    for level in range(1, levels + 1):
        here = np.flatnonzero((left >= level).any(axis=0) & (right >= level).any(axis=0))
        if not len(here):
            break
        common += (left[:, here] >= level).astype(np.float32) @ (right[:, here] >= level).astype(np.float32).T
    size_a = np.minimum(a, levels).sum(axis=1, dtype=np.float32)
    size_b = np.minimum(b, levels).sum(axis=1, dtype=np.float32)
    either = size_a[:, None] + size_b[None, :] - common
    return np.divide(common, either, out=np.ones_like(common), where=either > 0)


@dataclass(slots=True)
class TanimotoProcess:
    """A fitted process: ``value = mean + f``, ``cov(f) = scale * similarity``, ``noise`` variance ``(n,)`` added.

    Make one with :func:`fit`. ``add`` and ``believe`` extend it without fitting anew.
    """

    counts: Counts
    values: Array
    noise: Array
    mean: float
    scale: float
    _root: torch.Tensor
    _weights: torch.Tensor

    def __len__(self) -> int:
        return len(self.values)

    def predict(self, counts: Counts) -> tuple[Array, Array]:
        """Mean and standard deviation ``(m,)`` of the noise-free value at ``counts (m, d)``."""
        cross = self._cross(counts)
        middle = self.mean + cross @ self._weights
        half = torch.linalg.solve_triangular(self._root, cross.T, upper=False)
        left = self.scale - (half * half).sum(dim=0)
        return middle.numpy(), left.clamp_min(0.0).sqrt().numpy()

    def joint(self, counts: Counts) -> tuple[Array, Array]:
        """Mean ``(m,)`` and covariance ``(m, m)`` of the noise-free values at ``counts (m, d)``."""
        cross = self._cross(counts)
        half = torch.linalg.solve_triangular(self._root, cross.T, upper=False)
        own = self.scale * torch.from_numpy(minmax(counts, counts).astype(np.float64))
        return (self.mean + cross @ self._weights).numpy(), (own - half.T @ half).numpy()

    def add(self, counts: Counts, values: ArrayLike, noise: ArrayLike | None = None) -> TanimotoProcess:
        """The process after further measurements, with mean and scale as they are (``n^2`` operations a row)."""
        more = np.asarray(values, dtype=float)
        each = np.full(len(more), float(np.median(self.noise))) if noise is None else np.asarray(noise, dtype=float)
        cross = self._cross(counts)
        half = torch.linalg.solve_triangular(self._root, cross.T, upper=False)
        own = self.scale * torch.from_numpy(minmax(counts, counts).astype(np.float64)) + torch.diag(_tensor(each))
        corner = _root(own - half.T @ half, self.scale)
        n, m = len(self), len(more)
        root = torch.zeros((n + m, n + m), dtype=torch.float64)
        root[:n, :n], root[n:, :n], root[n:, n:] = self._root, half.T, corner
        all_values = np.concatenate([self.values, more])
        return TanimotoProcess(
            np.concatenate([self.counts, counts]),
            all_values,
            np.concatenate([self.noise, each]),
            self.mean,
            self.scale,
            root,
            _weights(root, all_values - self.mean),
        )

    def believe(self, counts: Counts) -> TanimotoProcess:
        """The process as if its own mean had been measured at ``counts`` (kriging believer; Ginsbourger 2010).

        A second choice of a batch then avoids what the first already tells.
        """
        return self.add(counts, self.predict(counts)[0])

    def log_likelihood(self) -> float:
        """Log marginal likelihood of the measurements (nats)."""
        y = _tensor(self.values - self.mean)
        n = len(self)
        return float(-0.5 * (y @ self._weights) - self._root.diagonal().log().sum() - 0.5 * n * np.log(2 * np.pi))

    def _cross(self, counts: Counts) -> torch.Tensor:
        return self.scale * torch.from_numpy(minmax(counts, self.counts).astype(np.float64))


def fit(
    counts: Counts,
    values: ArrayLike,
    *,
    noise: ArrayLike | None = None,
    mean: float | None = None,
    scale: float | None = None,
) -> TanimotoProcess:
    """A process on measurements ``values (n,)`` of molecules with fingerprints ``counts (n, d)``.

    What is not given is found by maximum marginal likelihood: ``mean`` and ``scale`` (variance of the signal) in
    closed form for each of forty noises, the noise by the best of them. ``noise`` is a variance, one number or
    ``(n,)``; with ``(n,)`` the scale and mean default to the values' variance and average. ValueError where nothing is
    given to learn from, lengths differ or a value is not finite.
    """
    y = np.asarray(values, dtype=float)
    if not len(y) or len(y) != len(counts) or not np.isfinite(y).all():
        raise ValueError(f"wants one finite value for each of {len(counts)} molecules, at least one; got {len(y)}")
    similarity = minmax(counts, counts).astype(np.float64)
    if noise is None:
        mean, scale, each = _likeliest(similarity, y, mean, scale)
    else:
        each = np.broadcast_to(np.asarray(noise, dtype=float), y.shape).copy()
        mean = float(y.mean()) if mean is None else mean
        scale = max(float(y.var()), 1e-12) if scale is None else scale
    full = torch.from_numpy(scale * similarity) + torch.diag(_tensor(each))
    root = _root(full, scale)
    return TanimotoProcess(counts, y, each, mean, scale, root, _weights(root, y - mean))


def _likeliest(similarity: Array, y: Array, mean: float | None, scale: float | None) -> tuple[float, float, Array]:
    """Mean, scale and noise variance ``(n,)`` of the highest marginal likelihood."""
    n = len(y)
    if n < 5 or np.ptp(y) == 0:  # too few to tell signal from noise: keep the data's spread, a tenth of it noise
        spread = max(float(y.var()), 1e-12) if scale is None else scale
        return float(y.mean()) if mean is None else mean, spread, np.full(n, 0.1 * spread)
    own, vectors = torch.linalg.eigh(torch.from_numpy(similarity))
    lam = own.clamp_min(0.0).numpy()
    one, turned = vectors.T.numpy() @ np.ones(n), vectors.T.numpy() @ y
    best: tuple[float, float, float, float] | None = None
    for ratio in _NOISES:
        d = lam + ratio
        m = float((one * turned / d).sum() / (one * one / d).sum()) if mean is None else mean
        squares = float(((turned - m * one) ** 2 / d).sum())
        s = squares / n if scale is None else scale
        s = max(s, 1e-12)
        score = -0.5 * (n * np.log(s) + float(np.log(d).sum()) + squares / s)
        if best is None or score > best[0]:
            best = (score, m, s, float(ratio * s))
    assert best is not None
    return best[1], best[2], np.full(n, best[3])


def _tensor(x: Array) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(x, dtype=np.float64))


def _root(full: torch.Tensor, scale: float) -> torch.Tensor:
    """Cholesky factor; doubles in the data make the matrix singular, so a little is added until it has one."""
    eye = torch.eye(len(full), dtype=torch.float64)
    for jitter in (0.0, 1e-10, 1e-8, 1e-6, 1e-4):
        root, info = torch.linalg.cholesky_ex(full + jitter * scale * eye)
        if int(info) == 0:
            return root
    raise ValueError("the covariance of these molecules is not positive definite; are the fingerprints counts?")


def _weights(root: torch.Tensor, centred: Array) -> torch.Tensor:
    return torch.cholesky_solve(_tensor(centred)[:, None], root)[:, 0]
