"""Keep a search from mining one scaffold: a memory that fades the reward of a scaffold used often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class ScaffoldMemory:
    """Counts well-rewarded molecules per Murcko scaffold and fades what comes after the ``allowance`` is used up.

    The idea of the diversity filter of Blaschke 2020 (J. Cheminf. 12, 68), with a slope in place of its step: the
    (allowance + m)-th good molecule of a scaffold earns allowance / (allowance + m) of its reward. "Good" means a
    reward of at least ``threshold``. Acyclic molecules (scaffold "") are counted as one scaffold.
    """

    def __init__(self, allowance: int = 20, threshold: float = 0.3) -> None:
        self.allowance, self.threshold = allowance, threshold
        self._counts: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._counts)

    def faded(self, scaffolds: Sequence[str], rewards: NDArray[np.float64]) -> NDArray[np.float64]:
        """The rewards ``(n,)`` after fading, counting these molecules in."""
        out = np.array(rewards, dtype=float)
        for i, (scaffold, reward) in enumerate(zip(scaffolds, rewards, strict=True)):
            if reward >= self.threshold:
                self._counts[scaffold] += 1
            used = self._counts[scaffold]
            if used > self.allowance:
                out[i] *= self.allowance / used
        return out
