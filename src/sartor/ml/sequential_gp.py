"""A Gaussian process for one measurement at a time: every new value updates the belief about a pool of candidates.

The covariance is a weighted sum over several views of a molecule: MinMax (Tanimoto) similarity of count fingerprints
(Ralaivola 2005, Neural Networks 18, 1093) and a Gaussian of standardized totals. Weights, noise and the scale on which
the values are modelled (as they are, or their logarithm) are those of the highest marginal likelihood (Rasmussen &
Williams 2006, section 5.4.1). The Cholesky factor and its product with the candidates grow by a row with each
measurement, so that measuring one of C candidates after n costs about n (n + C) operations, not n^3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.uint8]
LEVELS = 4
_FLOORS = (0.0, 0.02)  # modelled as they are, or as log(value + floor)
_LEAST = 1e-30  # floor of values most of which are next to nothing
_NOTHING = 1e-6
_TINY = 1e-6
SMALL = 0.05  # share below which a view is left out


@dataclass(frozen=True, slots=True)
class Views:
    """Molecules as a surrogate sees them: count fingerprints, each ``(n, d)``, and totals ``(n, t)``."""

    counts: tuple[Counts, ...]
    totals: Array

    def __len__(self) -> int:
        return len(self.totals)

    def take(self, rows: Sequence[int] | NDArray[np.intp]) -> Views:
        """These rows, in this order."""
        return Views(tuple(c[rows] for c in self.counts), self.totals[rows])

    def __add__(self, other: Views) -> Views:
        return Views(
            tuple(np.concatenate([a, b]) for a, b in zip(self.counts, other.counts, strict=True)),
            np.concatenate([self.totals, other.totals]),
        )


class _Fingerprints:
    """Count fingerprints kept so that similarities of a few to all of them are quick: one row a bit and level."""

    def __init__(self, width: int, room: int) -> None:
        self.levels = [np.zeros((width, room), dtype=np.float32) for _ in range(LEVELS)]
        self.sizes = np.zeros(room, dtype=np.float32)
        self.rows = np.zeros((room, width), dtype=np.uint8)

    def put(self, at: NDArray[np.intp], rows: Counts) -> None:
        """Keep ``rows`` in these places; only bits that change are written."""
        for value, counts in ((0.0, self.rows[at]), (1.0, rows)):
            row, bit = np.nonzero(counts)
            for i, level in enumerate(self.levels):
                there = counts[row, bit] > i
                row, bit = row[there], bit[there]
                level[bit, at[row]] = value
        self.rows[at] = rows
        self.sizes[at] = np.minimum(rows, LEVELS).sum(axis=1)

    def similarity(self, rows: Counts, n: int) -> NDArray[np.float32]:
        """``(m, n)`` to the first ``n`` kept."""
        cut = np.minimum(rows, LEVELS)
        common = np.zeros((len(rows), n), dtype=np.float32)
        used = np.flatnonzero(cut.any(axis=0))
        mine = cut[:, used]
        for i, level in enumerate(self.levels):
            if i:
                deep = (mine > i).any(axis=0)
                used, mine = used[deep], mine[:, deep]
            if not len(used):
                break
            common += (mine > i).astype(np.float32) @ level[used, :n]
        either = cut.sum(axis=1, dtype=np.float32)[:, None] + self.sizes[None, :n] - common
        return np.divide(common, either, out=np.ones_like(common), where=either > 0)


class _Kept:
    """Views of up to ``room`` molecules in numbered places."""

    def __init__(self, like: Views, room: int) -> None:
        self.prints = [_Fingerprints(c.shape[1], room) for c in like.counts]
        self.totals = np.zeros((room, like.totals.shape[1]))

    def put(self, at: NDArray[np.intp], views: Views) -> None:
        for kept, rows in zip(self.prints, views.counts, strict=True):
            kept.put(at, rows)
        self.totals[at] = views.totals


@dataclass(frozen=True, slots=True)
class Belief:
    """What is learned from the values: weights of the views, the scale of the totals, noise, mean, spread, floor."""

    weights: tuple[float, ...]
    centre: Array
    width: Array
    reach: float
    noise: float = 1e-4
    mean: float = 0.0
    spread: float = 1.0
    floor: float = 0.0

    def seen(self, values: Array) -> Array:
        """Values on the scale on which they are modelled."""
        return np.log(values + self.floor) if self.floor else values

    def covariance(self, rows: Views, kept: _Kept, n: int) -> Array:
        """``(m, n)``, 1 for a molecule with itself."""
        out = np.zeros((len(rows), n))
        for weight, view, prints in zip(self.weights, rows.counts, kept.prints, strict=False):
            if weight:
                out += weight * prints.similarity(view, n)
        if self.weights[-1]:
            a, b = (rows.totals - self.centre) / self.width, (kept.totals[:n] - self.centre) / self.width
            squares = (a * a).sum(axis=1)[:, None] + (b * b).sum(axis=1)[None, :] - 2.0 * a @ b.T
            out += self.weights[-1] * np.exp(-0.5 * np.maximum(squares, 0.0) / self.reach**2)
        return out


@dataclass(frozen=True, slots=True)
class Look:
    """Belief about some molecules: covariance with the measured ones ``(n, m)`` behind the Cholesky factor, mean
    ``(m,)`` on the modelled scale, and the share of the spread that is left ``(m,)``.
    """

    half: NDArray[np.float32]
    mean: Array
    left: Array


@dataclass(slots=True)
class SequentialProcess:
    """The process with its measured molecules (at most ``room``) and its candidates (at most ``seats``)."""

    belief: Belief
    room: int
    seats: int
    measured: _Kept
    waiting: _Kept
    n: int = 0
    root: torch.Tensor = field(default_factory=lambda: torch.zeros(0))
    scaled: Array = field(default_factory=lambda: np.zeros(0))
    half: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    mean: Array = field(default_factory=lambda: np.zeros(0))
    left: Array = field(default_factory=lambda: np.zeros(0))

    def upper(self, beta: float) -> Array:
        """Mean plus ``beta`` standard deviations ``(seats,)`` on the modelled scale; empty seats say what they like."""
        return self.mean + beta * self.spread_of(self.left)

    def look(self, views: Views) -> Look:
        """What is believed of molecules that are no candidates yet."""
        half = self._half(self.belief.covariance(views, self.measured, self.n))
        mean = self.belief.mean + half.T @ self.scaled[: self.n]
        return Look(half.astype(np.float32), mean, 1.0 - (half * half).sum(axis=0))

    def seat(self, at: NDArray[np.intp], views: Views, look: Look, rows: NDArray[np.intp]) -> None:
        """Put ``rows`` of these molecules on the seats ``at``; whoever sat there is forgotten."""
        self.waiting.put(at, views.take(rows))
        self.half[: self.n, at] = look.half[:, rows]
        self.mean[at], self.left[at] = look.mean[rows], look.left[rows]

    def spread_of(self, left: Array) -> Array:
        """Standard deviation on the modelled scale."""
        return np.sqrt(np.maximum(left, 0.0) * self.belief.spread)

    def measure(self, views: Views, value: float) -> None:
        """One more measured molecule; every candidate is told. The caller sees that there is room."""
        n = self.n
        row = self._half(self.belief.covariance(views, self.measured, n))[:, 0]
        corner = float(np.sqrt(max(1.0 + self.belief.noise - float(row @ row), _TINY)))
        y = float(self.belief.seen(np.array([value]))[0]) - self.belief.mean
        z = (y - float(row @ self.scaled[:n])) / corner
        told = self.belief.covariance(views, self.waiting, self.seats)[0]
        told = (told - row.astype(np.float32) @ self.half[:n]) / corner
        self.root[n, :n] = torch.from_numpy(row)
        self.root[n, n] = corner
        self.scaled[n], self.half[n] = z, told
        self.mean += told * z
        self.left -= told * told
        self.measured.put(np.array([n]), views)
        self.n = n + 1

    def _half(self, cross: Array) -> Array:
        if not self.n:
            return np.zeros((0, len(cross)))
        n = self.n
        return torch.linalg.solve_triangular(self.root[:n, :n], torch.from_numpy(cross.T.copy()), upper=False).numpy()


def start(belief: Belief, views: Views, values: Array, room: int, seats: int) -> SequentialProcess:
    """A process that has measured these molecules and has no candidates yet."""
    n = len(values)
    process = SequentialProcess(belief, room, seats, _Kept(views, room), _Kept(views, seats))
    process.measured.put(np.arange(n), views)
    process.n = n
    full = torch.from_numpy(belief.covariance(views, process.measured, n))
    process.root = torch.zeros((room, room), dtype=torch.float64)
    process.root[:n, :n] = _cholesky(full, belief.noise)
    process.scaled = np.zeros(room)
    y = torch.from_numpy(belief.seen(values) - belief.mean)[:, None]
    process.scaled[:n] = torch.linalg.solve_triangular(process.root[:n, :n], y, upper=False).numpy()[:, 0]
    process.half = np.zeros((room, seats), dtype=np.float32)
    process.mean, process.left = np.full(seats, belief.mean), np.ones(seats)
    return process


def _cholesky(full: torch.Tensor, noise: float) -> torch.Tensor:
    eye = torch.eye(len(full), dtype=torch.float64)
    for jitter in (noise, noise + 1e-6, noise + 1e-4, noise + 1e-2):
        root, info = torch.linalg.cholesky_ex(full + jitter * eye)
        if int(info) == 0:
            return root
    raise ValueError("the covariance of these molecules is not positive definite")


def learn(views: Views, values: Array, rng: np.random.Generator, known: Belief | None = None) -> Belief:
    """The likeliest belief about these values (give a few hundred at most), looking from the ``known`` one on.

    Tries each view alone, even shares, and shares near the best so far; for each, every noise, reach and floor.
    """
    kept = _Kept(views, len(values))
    kept.put(np.arange(len(values)), views)
    centre = views.totals.mean(axis=0)
    width = np.maximum(views.totals.std(axis=0), 0.25)
    kinds = len(views.counts) + 1
    base = Belief((0.0,) * kinds, centre, width, 1.0)
    parts = [prints.similarity(c, len(values)) for prints, c in zip(kept.prints, views.counts, strict=True)]
    ruler = replace(base, weights=(*(0.0,) * (kinds - 1), 1.0))
    far = float(np.sqrt(2.0 * views.totals.shape[1]))
    reaches = {r: replace(ruler, reach=r * far).covariance(views, kept, len(values)) for r in (0.35, 1.0)}
    shares = [np.eye(kinds)[i] * 0.6 + 0.4 / kinds for i in range(kinds)] + [np.full(kinds, 1.0 / kinds)]
    if known is not None:
        shares.insert(0, np.array(known.weights))
    best: tuple[float, Belief] | None = None
    for turn in range(2):
        for share in shares:
            for reach, totals in reaches.items():
                full = sum((w * p for w, p in zip(share, [*parts, totals], strict=True)), np.zeros(totals.shape))
                for noise in (1e-4, 1e-2):
                    found = _fitted(replace(base, weights=tuple(share), reach=reach * far, noise=noise), full, values)
                    if found is not None and (best is None or found[0] > best[0]):
                        best = found
        if best is None:
            return replace(base, weights=(1.0 / kinds,) * kinds, reach=far, mean=float(values.mean()))
        if turn == 0:
            middle = np.array(best[1].weights)
            shares = [0.6 * middle + 0.4 * rng.dirichlet(np.full(kinds, 0.7)) for _ in range(12)]
    assert best is not None
    return _plain(best[1], parts, reaches, values, far)


def _plain(
    belief: Belief, parts: Sequence[NDArray[np.floating]], reaches: dict[float, Array], values: Array, far: float
) -> Belief:
    """The belief without the views that hardly count: those need not be computed for candidates."""
    weights = np.array(belief.weights)
    weights[weights < SMALL] = 0.0
    weights[0] = max(weights[0], 0.15)  # the first view keeps a say: few values say little about weights
    weights /= weights.sum()
    totals = reaches[min(reaches, key=lambda r: abs(r * far - belief.reach))]
    full = sum((w * p for w, p in zip(weights, [*parts, totals], strict=True)), np.zeros(totals.shape))
    found = _fitted(replace(belief, weights=tuple(weights.tolist())), full, values)
    return found[1] if found is not None else belief


def _floors(values: Array) -> tuple[float, ...]:
    """The scales worth a try. Where most values are next to nothing, only a logarithm tells them apart at all."""
    if values.min() < 0.0:
        return (0.0,)
    if (values > _NOTHING).mean() < 0.5 and (values > 0.0).any():
        return (max(float(values[values > 0.0].min()), _LEAST),)
    return _FLOORS


def _fitted(belief: Belief, full: Array, values: Array) -> tuple[float, Belief] | None:
    """Log likelihood with mean and spread in closed form, on the likelier of the two scales."""
    n = len(values)
    root, info = torch.linalg.cholesky_ex(torch.from_numpy(full) + belief.noise * torch.eye(n, dtype=torch.float64))
    if int(info):
        return None
    floors = _floors(values)
    scales = [np.log(values + f) if f else values for f in floors]
    turned = torch.linalg.solve_triangular(root, torch.from_numpy(np.stack([np.ones(n), *scales], axis=1)), upper=False)
    one, *each = turned.numpy().T
    volume = float(root.diagonal().log().sum())
    best: tuple[float, Belief] | None = None
    for floor, y, values_seen in zip(floors, each, scales, strict=True):
        mean = float(one @ y / (one @ one))
        spread = max(float(((y - mean * one) ** 2).mean()), 1e-12)
        score = -0.5 * n * np.log(spread) - volume
        score -= float(values_seen.sum()) if floor else 0.0  # the change of scale counts: d log(v + f) / dv
        if best is None or score > best[0]:
            best = (score, replace(belief, mean=mean, spread=spread, floor=floor))
    return best
