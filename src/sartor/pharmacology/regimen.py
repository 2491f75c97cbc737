"""How much of a perpetrator there is where the enzymes are, from its dose: one compartment, scaled to a measured peak.

Amounts rise and fall as one compartment with first-order absorption (Bateman), doses superposed; the curve is scaled so
that its peak at the reference regimen is the measured Cmax. Liver inlet = systemic + what arrives by the portal vein,
fu * ka * Fa * dose / Qh (ICH M12 2024, section 2.1; Ito 1998, Pharmacol Rev 50, 387); gut wall = ka * Fa * dose / Qent
(Rostami-Hodjegan & Tucker 2004). All functions are pure and vectorized; times in h, amounts in uM.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sartor.facts.kinetics import Species, flow_l_per_h

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Regimen:
    """A perpetrator as taken: ``dose_mg`` every ``interval_h`` (0: once), first dose ``started_h`` before the victim.

    ``stopped_h`` counts from the end of the last interval to the victim's dose; 0 while it is still taken.
    """

    dose_mg: float
    interval_h: float
    started_h: float
    stopped_h: float = 0.0
    intravenous: bool = False

    @property
    def doses(self) -> float:
        """Doses taken up to the last one."""
        if self.interval_h <= 0:
            return 1.0
        return float(
            max(1, int((self.started_h - self.stopped_h + 1e-9) // self.interval_h) + 1 - (self.stopped_h > 0))
        )


@dataclass(frozen=True, slots=True)
class Levels:
    """Unbound amounts in uM at the victim's time: momentary (for reversible inhibition) and lasting (for turnover)."""

    liver: float
    liver_lasting: float
    systemic: float
    systemic_lasting: float
    gut: float
    gut_lasting: float


def curve(time_h: ArrayLike, ka: float, k: float, doses: float = 1.0, interval_h: float = 24.0) -> Floats:
    """Bateman curve, unit scale, at ``time_h`` after the last of ``doses`` doses; ``doses`` may be inf."""
    t = np.maximum(np.asarray(time_h, dtype=float), 0.0)
    ka = ka if abs(ka - k) > 1e-3 * k else 1.01 * k
    return (
        ka / (ka - k) * (_pile(k, doses, interval_h) * np.exp(-k * t) - _pile(ka, doses, interval_h) * np.exp(-ka * t))
    )


def average(start_h: float, stop_h: float, ka: float, k: float, doses: float = 1.0, interval_h: float = 24.0) -> float:
    """Mean of ``curve`` between two times after the last dose; the value itself where they are equal."""
    if stop_h <= start_h:
        return float(curve(start_h, ka, k, doses, interval_h))
    ka = ka if abs(ka - k) > 1e-3 * k else 1.01 * k

    def part(rate: float) -> float:
        return _pile(rate, doses, interval_h) * (np.exp(-rate * start_h) - np.exp(-rate * stop_h)) / rate

    return float(ka / (ka - k) * (part(k) - part(ka)) / (stop_h - start_h))


def peak(ka: float, k: float, doses: float = 1.0, interval_h: float = 24.0) -> float:
    """Highest value of ``curve`` after the last dose."""
    ka = ka if abs(ka - k) > 1e-3 * k else 1.01 * k
    ratio = ka * _pile(ka, doses, interval_h) / (k * _pile(k, doses, interval_h))
    return float(curve(max(0.0, np.log(ratio) / (ka - k)), ka, k, doses, interval_h))


def _pile(rate: float, doses: float, interval_h: float) -> float:
    """Sum of the remnants of all doses at the time of the last: (1 - e^-nkT) / (1 - e^-kT)."""
    if doses <= 1 or interval_h <= 0:
        return 1.0
    gone = 0.0 if np.isinf(doses) else float(np.exp(-doses * rate * interval_h))
    return (1.0 - gone) / (1.0 - float(np.exp(-rate * interval_h)))


def levels(species: Species, regimen: Regimen, window_h: float, memory_h: float, peaks: tuple[bool, bool]) -> Levels:
    """What one species reaches beside a victim that is exposed for ``window_h`` after its dose.

    ``peaks`` says for (momentary, lasting) whether the peak counts or the mean: over the victim's window, and over the
    dosing interval (a single dose: since it was taken, at most ``memory_h``). Nothing taken gives zeros.
    """
    k, ka = np.log(2.0) / species.half_life_h, species.absorption_per_h
    n, tau = regimen.doses, regimen.interval_h
    reference = peak(ka, k, np.inf if species.steady_state else 1.0, species.interval_h)
    dose = regimen.dose_mg
    if dose <= 0:
        return Levels(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    scale = species.cmax_mg_per_l * 1000.0 / species.molar_mass_g / reference
    scale *= species.unbound * (dose / species.dose_mg) ** species.dose_power
    single = tau <= 0
    at = regimen.started_h if single else regimen.stopped_h + (tau if regimen.stopped_h > 0 else 0.0)
    since = max(0.0, at + 0.5 * window_h - memory_h) if single else 0.0
    until = at + 0.5 * window_h if single else tau
    now = scale * (_peak_from(at, ka, k, n, tau) if peaks[0] else average(at, at + window_h, ka, k, n, tau))
    lasting = scale * (peak(ka, k, n, tau) if peaks[1] else average(since, until, ka, k, n, tau))
    taken = (
        0.0 if regimen.intravenous or species.metabolite else dose * 1000.0 / species.molar_mass_g * species.absorbed
    )
    here = taken * _arrival(at, at + window_h, ka, peaks[0])
    ever = taken * _arrival(since, until, ka, peaks[1])
    liver, wall = species.unbound / flow_l_per_h("liver"), 1.0 / flow_l_per_h("gut")
    return Levels(
        now + here * liver, lasting + ever * liver, now, lasting, max(now, here * wall), max(lasting, ever * wall)
    )


def _peak_from(at_h: float, ka: float, k: float, doses: float, interval_h: float) -> float:
    """Highest value of the curve from a time on."""
    top = peak(ka, k, doses, interval_h)
    return top if at_h <= 0 else min(top, float(curve(at_h, ka, k, doses, interval_h)))


def _arrival(start_h: float, stop_h: float, ka: float, at_peak: bool) -> float:
    """Share of a dose that is absorbed per h: at its fastest from ``start_h`` on, or the mean between the times."""
    if at_peak or stop_h <= start_h:
        return float(ka * np.exp(-ka * start_h))
    return float((np.exp(-ka * start_h) - np.exp(-ka * stop_h)) / (stop_h - start_h))
