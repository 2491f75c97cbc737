"""How much of the forest and how much of the network an endpoint answers with, learnt on out-of-fold scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, nnls

from .admet_data import FOLDS

Array = NDArray[np.float64]
Mix = tuple[float, float, float]
SHRINK = 3.0  # pulls towards even shares as this many molecules would


def mix_weights(kind: str, forest: Array, network: Array, y: Array) -> Mix:
    """Weights of forest and network (neither negative) and a constant.

    Least squares for a value; for a probability the likeliest log-odds. A slight pull towards equal standardized
    shares keeps a small set from throwing one of the two away by chance.
    """
    two = np.stack([forest, network], axis=1)
    mean, spread = two.mean(axis=0), np.maximum(two.std(axis=0), 1e-9)
    z = (two - mean) / spread
    if kind == "value":
        a = np.vstack([z, np.sqrt(SHRINK) * np.array([[1.0, -1.0]])])
        weight, _ = nnls(a, np.append(y - y.mean(), 0.0))
        constant = float(y.mean())
    else:

        def loss(p: Array) -> float:
            at = z @ p[:2] + p[2]
            return float(np.sum(np.logaddexp(0, at) - y * at) + SHRINK * (p[0] - p[1]) ** 2)

        rate = float(np.clip(y.mean(), 1e-3, 1 - 1e-3))
        begin = np.array([0.5, 0.5, np.log(rate / (1 - rate))])
        found = minimize(loss, begin, method="L-BFGS-B", bounds=[(0, None), (0, None), (None, None)]).x
        weight, constant = found[:2], float(found[2])
    real = weight / spread
    return float(real[0]), float(real[1]), constant - float(real @ mean)


def mixed(mix: Mix, forest: Array, network: Array) -> Array:
    """The answer of both together."""
    return mix[0] * forest + mix[1] * network + mix[2]


def cross_mixed(kind: str, forest: Array, network: Array, y: Array, fold: NDArray[np.int8]) -> Array:
    """Mixed scores ``(n,)``, each fold by weights learnt on the other folds."""
    out = np.empty(len(y))
    for k in range(FOLDS):
        held, rest = fold == k, fold != k
        out[held] = mixed(mix_weights(kind, forest[rest], network[rest], y[rest]), forest[held], network[held])
    return out
