"""The campaign's own potency model: a Gaussian process on what the shipped model got wrong here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import strict_batch
from sartor.core import Card, MolBatch, PatientView, Readout, Refusal
from sartor.ml.few_measurements import likeliest, statements
from sartor.ml.pool_process import PoolProcess, over_pool
from sartor.ml.tanimoto_gp import TanimotoProcess, fit, minmax

from .measured import Measured

Array = NDArray[np.float64]
NINETY = 1.645  # half-width of a 90 % interval in standard deviations
USUAL_SCALE = 1.0  # variance of pIC50 within a series, as a prior
ENOUGH = 8  # measurements from which the shipped model has to be of help to stay
ROUNDS = 3  # of hyper-parameters and bounds in turn


class Base(Protocol):
    """A shipped potency model: it scores, and it answers for bare fingerprints."""

    card: Card

    def score(self, mols: MolBatch, view: PatientView) -> Readout:
        """Readings with 90 % intervals."""
        ...

    def predict_counts(self, counts: NDArray[np.uint8]) -> NDArray[np.floating]:
        """Values ``(n,)`` for Morgan counts ``(n, 2048)``."""
        ...


@dataclass(slots=True)
class CampaignModel:
    """pIC50 of any molecule after what this campaign measured.

    Value = shipped model's prediction (where ``base`` is used) + process on the residuals. ``why`` says whether the
    shipped model is used, and why not. ``noise_sd`` is that of one measurement.
    """

    measured: tuple[Measured, ...]
    base: Base | None
    process: TanimotoProcess | None
    scale: float
    noise: float
    why: str

    def predict(self, mols: MolBatch) -> tuple[Array, Array]:
        """Mean and standard deviation ``(n,)`` of the true pIC50 (a measurement's noise not included)."""
        counts = morgan_counts(mols)
        prior = self.prior(counts)
        if self.process is None:
            return prior, np.full(len(counts), np.sqrt(self.scale))
        mean, sd = self.process.predict(counts)
        return prior + mean, sd

    def values(self, counts: NDArray[np.uint8]) -> Array:
        """The mean ``(n,)`` for bare Morgan counts ``(n, 2048)``."""
        prior = self.prior(counts)
        return prior if self.process is None else prior + self.process.predict(counts)[0]

    def prior(self, counts: NDArray[np.uint8]) -> Array:
        """What was expected before anything was measured here; 0 where no shipped model is used."""
        if self.base is None:
            return np.zeros(len(counts))
        return np.asarray(self.base.predict_counts(counts), dtype=float)

    def pool(self, mols: MolBatch) -> PoolProcess:
        """The model seen from a pool, for choosing what to make."""
        counts = morgan_counts(mols)
        prior = self.prior(counts)
        if self.process is not None:
            pool = over_pool(self.process, counts, prior)
            pool.noise = self.noise
            return pool

        def row(i: int) -> Array:
            return minmax(counts[i : i + 1], counts)[0].astype(np.float64)

        return PoolProcess(prior, np.full(len(counts), self.scale), self.scale, self.noise, row)

    @property
    def noise_sd(self) -> float:
        """Standard deviation of one measurement (log units)."""
        return float(np.sqrt(self.noise))


def learn(measured: Sequence[Measured], base: Base | None) -> CampaignModel:
    """The model after these measurements.

    Scale and noise are the most probable ones (see ml.few_measurements); a bound enters by expectation propagation.
    The shipped model is the prior mean until ``ENOUGH`` measurements say that a flat mean explains them better.
    Refusal where there is neither a measurement nor a shipped model.
    """
    usual = _usual(base)
    if not measured:
        if base is None:
            raise Refusal(
                "nothing was measured yet and the target has no shipped potency model, so nothing can be predicted",
                remedy="give first results with `sartor learn`, or a design folder whose brief has a potency target",
            )
        return CampaignModel((), base, None, usual, 0.1 * usual, "nothing measured yet: the shipped model alone")
    counts = morgan_counts(strict_batch(m.smiles for m in measured))
    flat, flat_score = _fitted(measured, counts, np.zeros(len(counts)), USUAL_SCALE, None)
    if base is None:
        return CampaignModel(
            tuple(measured), None, flat, flat.scale, _single(flat, measured), "no shipped model of this target"
        )
    prior = np.asarray(base.predict_counts(counts), dtype=float)
    over, over_score = _fitted(measured, counts, prior, usual, 1.0)
    # A free mean is one parameter more: it has to earn half a log n (Schwarz 1978).
    if len(measured) >= ENOUGH and flat_score - 0.5 * np.log(len(measured)) > over_score:
        why = f"a flat mean explains the {len(measured)} measurements better than the shipped model, which is left out"
        return CampaignModel(tuple(measured), None, flat, flat.scale, _single(flat, measured), why)
    why = "the shipped model's prediction, corrected by what was measured here"
    return CampaignModel(tuple(measured), base, over, over.scale, _single(over, measured), why)


def _fitted(
    measured: Sequence[Measured], counts: NDArray[np.uint8], prior: Array, usual: float, offset: float | None
) -> tuple[TanimotoProcess, float]:
    similarity = minmax(counts, counts).astype(np.float64)
    share = np.array([m.share for m in measured])
    bound = np.array([{"=": 0, "<": -1, ">": 1}[m.relation] for m in measured], dtype=np.int8)
    y = np.array([m.value for m in measured]) - prior
    values, each = y.copy(), share.copy()
    exact = bound == 0
    # Bounds have no number to begin with: scale and noise first come from the numbers, where there are some.
    first = exact if exact.any() else np.ones(len(y), dtype=bool)
    spread = likeliest(similarity[np.ix_(first, first)], y[first], share[first], usual=usual, offset=offset)
    for _ in range(ROUNDS if not exact.all() else 1):
        values, each = statements(similarity, y, bound, share * spread.noise, spread)
        if exact.all():
            break
        told = each < 1e3 * spread.noise
        spread = likeliest(
            similarity[np.ix_(told, told)],
            values[told],
            each[told] / spread.noise,
            usual=usual,
            offset=offset,
        )
    process = fit(counts, values, noise=each, mean=spread.mean, scale=spread.scale)
    return process, spread.score


def _single(process: TanimotoProcess, measured: Sequence[Measured]) -> float:
    """Noise variance of one measurement: that of the exact ones over their share."""
    each = [n / m.share for n, m in zip(process.noise, measured, strict=True) if m.relation == "="]
    return float(np.median(each)) if each else 0.1 * process.scale


def _usual(base: Base | None) -> float:
    """Expected variance around the shipped model: from its published error, else that of a series."""
    if base is None:
        return USUAL_SCALE
    told = base.card.metrics.get("RMSE, scaffolds held out", "")
    try:
        return float(told.split()[0]) ** 2
    except (IndexError, ValueError):
        return USUAL_SCALE


def left_out(model: CampaignModel) -> tuple[Array, Array]:
    """What the model would say of each measured molecule without it: mean and sd ``(n,)`` of its pIC50.

    In closed form from the inverse covariance (Rasmussen & Williams 2006, equation 5.12), scale and noise kept.
    """
    if model.process is None:
        return np.zeros(0), np.zeros(0)
    p = model.process
    full = p.scale * minmax(p.counts, p.counts).astype(np.float64) + np.diag(p.noise)
    inverse = np.linalg.inv(full + 1e-9 * p.scale * np.eye(len(full)))
    own = np.diag(inverse)
    mean = p.values - (inverse @ (p.values - p.mean)) / own
    return mean + model.prior(p.counts), np.sqrt(np.maximum(1.0 / own - p.noise, 0.0))
