"""A Gaussian process over latents, exact and without fitting: enough for a few hundred points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NOISE = 1e-2  # of the standardized rewards: a latent does not say everything about its molecule


class Surrogate:
    """Squared-exponential kernel whose length is the median distance of the points (the median heuristic), after each
    dimension is divided by ``scales``; rewards are standardized. Rasmussen & Williams 2006, algorithm 2.1.
    """

    def __init__(
        self, points: NDArray[np.floating], rewards: NDArray[np.floating], scales: NDArray[np.floating]
    ) -> None:
        self._scales = np.maximum(scales, 1e-6)
        self._points = np.asarray(points, dtype=float) / self._scales
        self._mean, self._deviation = float(np.mean(rewards)), max(float(np.std(rewards)), 1e-6)
        squares = _squares(self._points, self._points)
        apart = squares[np.triu_indices(len(squares), 1)]
        self._length2 = max(float(np.median(apart)) if len(apart) else 1.0, 1e-6)
        kernel = np.exp(-0.5 * squares / self._length2) + NOISE * np.eye(len(squares))
        self._factor = np.linalg.cholesky(kernel)
        told = (np.asarray(rewards, dtype=float) - self._mean) / self._deviation
        self._weights = np.linalg.solve(self._factor.T, np.linalg.solve(self._factor, told))

    def predict(self, points: NDArray[np.floating]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Mean and standard deviation ``(n,)`` of the reward at ``points (n, dimensions)``."""
        cross = np.exp(-0.5 * _squares(np.asarray(points, dtype=float) / self._scales, self._points) / self._length2)
        mean = cross @ self._weights
        left = np.linalg.solve(self._factor, cross.T)
        variance = np.maximum(1.0 - (left * left).sum(axis=0), 1e-9)
        return self._mean + self._deviation * mean, self._deviation * np.sqrt(variance)


def _squares(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared distances ``(n, m)``."""
    return np.maximum((a * a).sum(axis=1)[:, None] + (b * b).sum(axis=1)[None] - 2 * a @ b.T, 0.0)
