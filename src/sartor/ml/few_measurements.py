"""Mean, scale and noise of a Gaussian process from few measurements, and what a bound tells it.

With ten measurements the likelihood alone says almost anything, so scale and noise have priors: an inverse gamma around
a usual spread and a log-normal around a usual share of noise; their best value is taken, the scale in closed form for
each of a few noises. Bounds (``> 10 uM``) are not numbers: expectation propagation (Minka 2001; Rasmussen & Williams
2006, section 3.6, with the Gaussian integral of a Tobit bound) turns each into the Gaussian statement that says as
much, which an exact process then takes like a measurement of its own noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

Array = NDArray[np.float64]

RATIOS = np.geomspace(0.01, 2.0, 14)  # noise variance as a share of the signal's
SHAPE = 2.0  # of the inverse gamma prior of the scale: weak, as strong as four measurements
SWEEPS, DAMPING = 40, 0.7


@dataclass(frozen=True, slots=True)
class Spread:
    """``mean``, ``scale`` (variance of the signal), ``noise`` (variance of one measurement), log posterior."""

    mean: float
    scale: float
    noise: float
    score: float


def likeliest(
    similarity: Array,
    values: Array,
    share: Array,
    *,
    usual: float = 1.0,
    ratio: float = 0.1,
    offset: float | None = None,
) -> Spread:
    """The most probable mean, scale and noise of measurements ``values (n,)``.

    ``share (n,)`` is each measurement's noise variance over that of a single one (1/n of n replicates). ``usual`` is
    the expected scale, ``ratio`` the expected noise over it. ``offset`` is the standard deviation, in units of the
    signal's, that the mean is expected to have around 0; None leaves the mean free.
    """
    n = len(values)
    # K + r D = D^1/2 (D^-1/2 K D^-1/2 + r 1) D^1/2: one set of eigenvalues serves every ratio.
    root = np.sqrt(share)
    own, turn = torch.linalg.eigh(torch.from_numpy(similarity / root[:, None] / root[None, :]))
    lam = own.clamp_min(0.0).numpy()[:, None] + RATIOS[None, :]
    a, b = turn.numpy().T @ (1.0 / root), turn.numpy().T @ (values / root)
    pull = 0.0 if offset is None else 1.0 / offset**2
    mean = (a * b) @ (1.0 / lam) / ((a * a) @ (1.0 / lam) + pull)
    squares = ((b[:, None] - mean * a[:, None]) ** 2 / lam).sum(axis=0) + pull * mean**2
    scale = (squares + 2 * (SHAPE + 1) * usual) / (n + 2 * (SHAPE + 1))
    score = -0.5 * (n * np.log(scale) + squares / scale + np.log(lam).sum(axis=0)) - np.log(root).sum()
    score += -(SHAPE + 1) * (np.log(scale) + usual / scale) - 0.5 * np.log(RATIOS / ratio) ** 2
    best = int(np.argmax(score))
    return Spread(float(mean[best]), float(scale[best]), float(RATIOS[best] * scale[best]), float(score[best]))


def statements(
    similarity: Array, values: Array, bound: NDArray[np.int8], noise: Array, spread: Spread
) -> tuple[Array, Array]:
    """Measurements ``values (n,)`` with ``noise (n,)`` variance, bounds turned into Gaussian statements.

    ``bound (n,)`` is 0 for a measurement, -1 where the truth lies below the value, +1 where above. Returned are values
    and noise to be taken as measurements; a bound that tells nothing beyond the others has a very large noise.
    """
    which = np.flatnonzero(bound)
    if not len(which):
        return values, noise
    k = torch.from_numpy(spread.scale * similarity)
    exact = bound == 0
    precision = np.where(exact, 1.0 / noise, 1e-8)
    pull = np.where(exact, (values - spread.mean) / noise, 0.0)
    limit, sign = values[which] - spread.mean, -bound[which].astype(float)
    for _ in range(SWEEPS):
        half = torch.from_numpy(np.sqrt(precision))
        root = torch.linalg.cholesky(torch.eye(len(k), dtype=torch.float64) + half[:, None] * k * half[None, :])
        v = torch.linalg.solve_triangular(root, half[:, None] * k, upper=False)
        cov = (k - v.T @ v).numpy()
        mean = cov @ pull
        own = np.maximum(np.diag(cov)[which], 1e-12)
        left = np.maximum(1.0 / own - precision[which], 1e-9)  # the cavity: what all others say
        m = (mean[which] / own - pull[which]) / left
        spread_here = 1.0 / left + noise[which]
        z = sign * (limit - m) / np.sqrt(spread_here)
        h = _hazard(z)
        slope, bend = -sign * h / np.sqrt(spread_here), h * (z + h) / spread_here
        var = np.maximum(1.0 / left - bend / left**2, 1e-12)
        centre = m + slope / left
        new = np.maximum(1.0 / var - left, 1e-8)
        moved = float(np.abs(new - precision[which]).max() / max(float(new.max()), 1e-6))
        pull[which] += DAMPING * (centre / var - m * left - pull[which])
        precision[which] += DAMPING * (new - precision[which])
        if moved < 1e-4:
            break
    out, each = values.copy(), noise.copy()
    each[which] = np.minimum(1.0 / precision[which], 1e6)
    out[which] = spread.mean + pull[which] * each[which]
    return out, each


def _hazard(z: Array) -> Array:
    """Normal density over distribution, stable far below 0."""
    t = torch.from_numpy(np.ascontiguousarray(z))
    return torch.exp(-0.5 * t * t - 0.9189385332046727 - torch.special.log_ndtr(t)).numpy()
