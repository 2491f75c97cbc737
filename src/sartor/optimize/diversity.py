"""Keep a search from mining one scaffold or series: memories that fade the reward of what is used often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.core import MolBatch


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

    def state(self) -> Counter[str]:
        """A copy, for ``restore``."""
        return Counter(self._counts)

    def restore(self, state: Counter[str]) -> None:
        """Back to what ``state`` copied."""
        self._counts = Counter(state)


class SeriesMemory:
    """Like ScaffoldMemory for chemical series: neighbours by fingerprint, whatever rings they were decorated with.

    A good molecule joins the series of the most similar leader at Tanimoto ``likeness`` or more (Morgan radius 2, 2048
    bits), or leads a new one. Beyond ``allowance`` members rewards fade as for a scaffold. Leader clustering in the
    order of arrival (Hartigan 1975), so the same search gives the same series.
    """

    def __init__(self, allowance: int = 50, threshold: float = 0.3, likeness: float = 0.4) -> None:
        self.allowance, self.threshold, self.likeness = allowance, threshold, likeness
        self._leaders = np.zeros((0, 256), dtype=np.uint8)
        self._counts: list[int] = []

    def __len__(self) -> int:
        return len(self._counts)

    def faded(self, mols: MolBatch, rewards: NDArray[np.float64]) -> NDArray[np.float64]:
        """The rewards ``(n,)`` after fading, counting these molecules in."""
        out = np.array(rewards, dtype=float)
        bits = morgan_bits(mols)
        for i in np.nonzero(out >= self.threshold)[0].tolist():
            near = tanimoto(bits[i : i + 1], self._leaders)[0] if self._counts else np.zeros(0)
            if not len(near) or near.max() < self.likeness:
                self._leaders = np.concatenate([self._leaders, bits[i : i + 1]])
                self._counts.append(1)
                continue
            series = int(near.argmax())
            self._counts[series] += 1
            if self._counts[series] > self.allowance:
                out[i] *= self.allowance / self._counts[series]
        return out

    def state(self) -> tuple[NDArray[np.uint8], list[int]]:
        """A copy, for ``restore``."""
        return self._leaders.copy(), list(self._counts)

    def restore(self, state: tuple[NDArray[np.uint8], list[int]]) -> None:
        """Back to what ``state`` copied."""
        self._leaders, self._counts = state[0].copy(), list(state[1])
