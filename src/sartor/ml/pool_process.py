"""A Gaussian process seen from a fixed pool: each further measurement, made or only believed, costs one row.

A campaign asks the same process for thousands of pool molecules again and again while it fills a batch. Kept are the
posterior mean and variance of every pool molecule and the rows ``V = L^-1 K`` that they come from; one more molecule
adds one row to ``V`` (the Cholesky update read off the pool; Rasmussen & Williams 2006, section 2.2 and A.3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray

from .tanimoto_gp import Array, Counts, TanimotoProcess, minmax

Row = Callable[[int], Array]  # similarity (n,) of pool molecule i to the whole pool


@dataclass(slots=True)
class PoolProcess:
    """Posterior ``mean (n,)`` and ``variance (n,)`` of the noise-free value of ``n`` pool molecules.

    ``row(i)`` gives the prior covariance over ``scale`` of molecule ``i`` with the pool; ``noise`` is the variance of a
    single measurement to come.
    """

    mean: Array
    variance: Array
    scale: float
    noise: float
    row: Row
    _half: Array = field(default_factory=lambda: np.zeros((0, 0)))
    _added: list[Array] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.mean)

    @property
    def sd(self) -> Array:
        """Standard deviation ``(n,)`` of the noise-free value."""
        return np.sqrt(self.variance)

    def influence(self, i: int) -> Array:
        """What measuring molecule ``i`` moves: covariance ``(n,)`` with it over the sd of its measurement."""
        cov = self.scale * np.asarray(self.row(i), dtype=float)
        if len(self._half):
            cov -= self._half[:, i] @ self._half
        for v in self._added:
            cov -= v[i] * v
        return cov / np.sqrt(max(float(self.variance[i]), 1e-12) + self.noise)

    def after(self, i: int, value: float | None = None) -> PoolProcess:
        """The process once molecule ``i`` is measured as ``value``, or believed to come out at its mean (None)."""
        v = self.influence(i)
        mean = self.mean
        if value is not None:
            mean = mean + v * (value - mean[i]) / np.sqrt(max(float(self.variance[i]), 1e-12) + self.noise)
        left = np.maximum(self.variance - v * v, 0.0)
        return PoolProcess(mean, left, self.scale, self.noise, self.row, self._half, [*self._added, v])

    def draw(self, which: NDArray[np.intp], rng: np.random.Generator, n: int) -> Array:
        """``n`` joint draws ``(n, k)`` of the values of the ``k`` pool molecules ``which`` (Thompson sampling)."""
        cov = self.scale * np.stack([np.asarray(self.row(int(i)), dtype=float)[which] for i in which])
        if len(self._half):
            cov -= self._half[:, which].T @ self._half[:, which]
        for v in self._added:
            cov -= np.outer(v[which], v[which])
        root = np.linalg.cholesky(cov + 1e-6 * self.scale * np.eye(len(which)))
        return self.mean[which] + rng.standard_normal((n, len(which))) @ root.T


def over_pool(process: TanimotoProcess, counts: Counts, prior: Array | None = None) -> PoolProcess:
    """A fitted process seen from pool molecules with fingerprints ``counts (n, d)``.

    ``prior (n,)`` is added to the mean: what another model says, where the process learned that model's residuals.
    """
    known: dict[int, Array] = {}

    def row(i: int) -> Array:
        if i not in known:
            known[i] = minmax(counts[i : i + 1], counts)[0].astype(np.float64)
        return known[i]

    own = minmax(process.counts, process.counts)
    cross = minmax(process.counts, counts)
    pool = conditioned(own, cross, process.values, process.noise, process.mean, process.scale, row)
    if prior is not None:
        pool.mean = pool.mean + prior
    return pool


def conditioned(
    own: NDArray[np.floating],
    cross: NDArray[np.floating],
    values: Array,
    noise: Array,
    mean: float,
    scale: float,
    row: Row,
) -> PoolProcess:
    """The posterior over a pool from similarities: ``own (m, m)`` of the measured, ``cross (m, n)`` with the pool."""
    full = torch.from_numpy(scale * own.astype(np.float64) + np.diag(noise))
    root = torch.linalg.cholesky(full + 1e-9 * scale * torch.eye(len(full), dtype=torch.float64))
    right = torch.from_numpy(np.column_stack([scale * cross.astype(np.float64), values - mean]))
    solved = torch.linalg.solve_triangular(root, right, upper=False).numpy()
    half, pulled = solved[:, :-1], solved[:, -1]
    left = np.maximum(scale - (half * half).sum(axis=0), 0.0)
    return PoolProcess(mean + half.T @ pulled, left, scale, float(np.median(noise)), row, half)
