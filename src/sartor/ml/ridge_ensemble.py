"""A surrogate that holds any number of measurements: ridge regressions on bootstrapped count fingerprints.

Each member sees every measurement with a weight drawn from a Poisson distribution of mean 1, which is the bootstrap for
data that come in a stream (Oza & Russell 2001, AISTATS, "Online bagging and boosting"); the members' disagreement is
the uncertainty. What a member knows are the sums of a linear regression, so more measurements cost no more to hold,
and a batch costs the same early and late.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.uint8]

MEMBERS = 10
WIDTH = 512  # columns after folding the fingerprint; sums of so many squared are held for every member
_PENALTIES = np.geomspace(0.3, 300.0, 5)
_FADE = 0.8  # of what a penalty has erred counts on at the next batch


class RidgeEnsemble:
    """Ridge regressions of values ``(n,)`` on folded counts, one of them on all measurements as they are.

    The penalty is the one whose predictions of batches not yet learned have been best (squared error, fading): nothing
    is held out for it. Not ready before the second batch.
    """

    def __init__(self, members: int = MEMBERS, width: int = WIDTH) -> None:
        self.width = width
        self._squares = np.zeros((members + 1, width + 1, width + 1))  # the first member's weights are all 1
        self._products = np.zeros((members + 1, width + 1))
        self._errors = np.zeros(len(_PENALTIES))
        self._solved: Array | None = None
        self.seen = 0

    def learn(self, counts: Counts, values: Array, rng: np.random.Generator) -> None:
        """More measurements: counts ``(n, d)``, finite values ``(n,)``."""
        if not len(values):
            return
        x = self._columns(counts)
        if self.seen:
            self._errors = _FADE * self._errors + np.array(
                [float(((x @ w - values) ** 2).sum()) for w in self._plain(_PENALTIES)]
            )
        weights = rng.poisson(1.0, size=(len(self._squares) - 1, len(values))).astype(float)
        for member, weight in enumerate([np.ones(len(values)), *weights]):
            scaled = x * weight[:, None]
            self._squares[member] += scaled.T @ x
            self._products[member] += scaled.T @ values
        self.seen += len(values)
        self._solved = None

    def predict(self, counts: Counts) -> tuple[Array, Array]:
        """Mean of the members and their standard deviation ``(m,)``. ValueError before anything is learned."""
        if not self.seen:
            raise ValueError("the ensemble has learned nothing yet")
        if self._solved is None:
            ridge = self._ridge(float(_PENALTIES[int(self._errors.argmin())]))
            self._solved = np.stack(
                [np.linalg.solve(s + ridge, p) for s, p in zip(self._squares[1:], self._products[1:], strict=True)]
            )
        told = self._columns(counts) @ self._solved.T
        return told.mean(axis=1), told.std(axis=1, ddof=1)

    def _plain(self, penalties: Array) -> list[Array]:
        return [np.linalg.solve(self._squares[0] + self._ridge(float(p)), self._products[0]) for p in penalties]

    def _ridge(self, penalty: float) -> Array:
        diagonal = np.full(self.width + 1, penalty)
        diagonal[-1] = 1e-3  # the constant is hardly held back
        return np.diag(diagonal)

    def _columns(self, counts: Counts) -> Array:
        """``(n, width + 1)``: counts folded to ``width``, their logarithm, and a constant."""
        folded = counts.reshape(len(counts), -1, self.width).sum(axis=1, dtype=np.int64)
        return np.concatenate([np.log1p(folded), np.ones((len(counts), 1))], axis=1)

    def state(self) -> dict[str, Any]:
        """A copy, for ``restore``."""
        return {
            "squares": self._squares.copy(),
            "products": self._products.copy(),
            "errors": self._errors.copy(),
            "seen": self.seen,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Back to what ``state`` copied."""
        self._squares, self._products = state["squares"].copy(), state["products"].copy()
        self._errors, self.seen = state["errors"].copy(), int(state["seen"])
        self._solved = None
