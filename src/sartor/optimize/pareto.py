"""Many objectives without weights: the front of what nothing beats, and how much a molecule adds to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sartor.core import Candidate

POINTS = 8192
BONUS = 0.5  # at most this share of what a reward lacks to 1


class Hypervolume:
    """Share of the unit cube of worths that some molecule dominates, on a fixed even set of points.

    The points are the additive recurrence of Roberts 2018 ("R" sequence: powers of the root of x^(d+1) = x + 1), so
    the same worths give the same volume. With ``points`` N an error of about 1/sqrt(N) at most is to be expected; with
    ten objectives exact algorithms are out of reach (Guerreiro et al. 2021, ACM Comput. Surv. 54, 119).
    """

    def __init__(self, dimensions: int, points: int = POINTS) -> None:
        root = 2.0
        for _ in range(64):
            root = (1.0 + root) ** (1.0 / (dimensions + 1))
        steps = root ** -np.arange(1, dimensions + 1)
        self._points = (0.5 + np.outer(np.arange(1, points + 1), steps)) % 1.0
        self._open = np.ones(points, dtype=bool)

    @property
    def value(self) -> float:
        """The volume dominated so far, 0..1."""
        return 1.0 - float(self._open.mean())

    def gains(self, worths: NDArray[np.float64]) -> NDArray[np.float64]:
        """What each of ``worths (n, d)`` alone would add to the volume, ``(n,)``."""
        left = self._points[self._open]
        out = np.zeros(len(worths))
        for i, row in enumerate(worths):
            out[i] = np.all(left <= row, axis=1).sum() / len(self._points)
        return out

    def add(self, worths: NDArray[np.float64]) -> None:
        """Count these in."""
        for row in worths:
            at = np.flatnonzero(self._open)
            self._open[at[np.all(self._points[at] <= row, axis=1)]] = False


class Front:
    """The molecules that nothing found so far beats, and a bonus for those that push the front outwards.

    Only molecules that meet every constraint enter or earn a bonus: a constraint is never traded away.
    """

    def __init__(self, objectives: Sequence[str]) -> None:
        self._names = tuple(objectives)
        self.volume = Hypervolume(max(len(self._names), 1))
        self.members: dict[str, NDArray[np.float64]] = {}
        self._largest = 0.0

    def bonuses(self, candidates: Sequence[Candidate]) -> tuple[NDArray[np.float64], list[str]]:
        """The bonus of each candidate ``(n,)`` in 0..1, and the earlier members that are beaten now.

        A bonus is the hypervolume a molecule adds, in shares of the largest that a round added lately (the scale
        fades by a tenth a round, so that late and small steps still count).
        """
        fit = [i for i, c in enumerate(candidates) if c.meets_all]
        worths = np.array([[candidates[i].worth[n] for n in self._names] for i in fit]).reshape(
            len(fit), len(self._names)
        )
        gains = self.volume.gains(worths) if self._names else np.zeros(len(fit))  # without objectives all are alike
        self._largest = max(0.9 * self._largest, float(gains.max(initial=0.0)))
        out = np.zeros(len(candidates))
        if self._largest > 0:
            out[fit] = gains / self._largest
        self.volume.add(worths if self._names else np.zeros((0, 1)))
        beaten: list[str] = []
        for i, worth in zip(fit, worths, strict=True):
            beaten += self._enter(candidates[i].smiles, worth)
        return out, [s for s in dict.fromkeys(beaten) if s not in self.members]

    def _enter(self, smiles: str, worth: NDArray[np.float64]) -> list[str]:
        if not self.members:
            self.members[smiles] = worth
            return []
        table = np.stack(list(self.members.values()))
        if bool((np.all(table >= worth, axis=1) & np.any(table > worth, axis=1)).any()):
            return [smiles]
        lost = np.all(table <= worth, axis=1) & np.any(table < worth, axis=1)
        gone = [s for s, out in zip(self.members, lost, strict=True) if out]
        for s in gone:
            del self.members[s]
        self.members[smiles] = worth
        return gone

    def state(self) -> dict[str, object]:
        """A copy, for ``restore``."""
        return {"members": dict(self.members), "largest": self._largest, "open": self.volume._open.copy()}

    def restore(self, state: dict[str, object]) -> None:
        """Back to what ``state`` copied."""
        self.members = dict(state["members"])  # type: ignore[call-overload]
        self._largest = float(state["largest"])  # type: ignore[arg-type]
        self.volume._open = np.array(state["open"], dtype=bool)
