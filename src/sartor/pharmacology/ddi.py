"""A victim's AUC ratio under the medicines beside it and the genes of one person, from literature inputs.

Joins ``facts.kinetics`` (amounts, potencies, shares of clearance) with ``static_model``. What is not in the table is
not guessed: the answer is then a ``Missing`` that names the input. Intervals move each input to the ends of its
range, one at a time, and add the shifts as squares (inputs are independent), with a term for small studies and for
the model.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sartor.core import Evidence, Interval
from sartor.facts import kinetics
from sartor.facts.kinetics import Effect, Perpetrator, Victim, kdeg_per_h

from . import static_model as sm
from .regimen import Levels, Regimen, levels


@dataclass(frozen=True, slots=True)
class Choice:
    """Which amounts count; True takes the highest, False the mean. One choice for all drugs.

    ``momentary``: reversible inhibition; ``lasting``: enzymes that turn over (inactivation, induction). ``inlet`` adds
    what arrives by the portal vein to the liver's amount. ``turnover_per_h`` is CYP3A4's in the liver (0: the table's).
    """

    momentary: bool = False
    lasting: bool = True
    inlet: bool = False
    turnover_per_h: float = 0.03


#: Hours until more enzyme is made: transcription comes first, and one dose of an inducer induces nothing that day.
INDUCTION_LAG_H = 24.0
#: Uptake into the liver is blocked while the victim arrives: ICH M12 takes the highest unbound inlet amount.
UPTAKE = ("OATP1B1", "OATP1B3", "OATP2B1", "OCT1")

#: 90 % range of a ratio beyond its inputs, in logarithms: small studies (1.35-fold) and the model (0.35 of the effect).
#: Widths, not values, were set with observed ratios in sight: see docs/interactions.md.
STUDY_ERROR, MODEL_ERROR = 0.30, 0.35
#: All of a range is drawn out so far that nine of ten observed ratios lie within; by leak groups left out it is 0.903
#: (``bench.ddi.stretched``). One factor for all: ranges of CYP3A4 are then a little too wide, of OATP1B too narrow.
STRETCH = 1.43

#: Chosen by cross-validation over leak groups of observed ratios: see ``bench.ddi`` and docs/interactions.md.
CHOSEN = Choice()


@dataclass(frozen=True, slots=True)
class Given:
    """A perpetrator of the table as it is taken."""

    perpetrator: Perpetrator
    regimen: Regimen


@dataclass(frozen=True, slots=True)
class Part:
    """What is left of one enzyme or transporter of the victim: where, how much, and through whom."""

    target: str
    site: str
    left: float
    mechanisms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prediction:
    """AUC ratio with its interval, what is left of each pathway, and what it rests on."""

    ratio: Interval
    parts: tuple[Part, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """No prediction, and which input is missing."""

    why: str


@dataclass(frozen=True, slots=True)
class _Shift:
    """Factors on potencies (inhibitors, inducers) and which end of each share counts (-1 low, 0 best, 1 high)."""

    inhibition: float = 1.0
    induction: float = 1.0
    shares: int = 0
    gut: int = 0


_SHIFTS = tuple(
    pair
    for pair in (
        (_Shift(inhibition=1 / 3), _Shift(inhibition=3.0)),
        (_Shift(induction=1 / 3), _Shift(induction=3.0)),
        (_Shift(shares=-1), _Shift(shares=1)),
        (_Shift(gut=-1), _Shift(gut=1)),
    )
)


def victim_of(name: str) -> Victim | Missing:
    """The victim a name stands for, or what is missing."""
    found = kinetics.known_name(name, "victim")
    return kinetics.victims()[found] if found else Missing(f"no fractions of clearance of {name} in drug_kinetics")


def perpetrator_of(name: str) -> Perpetrator | Missing:
    """The perpetrator a name stands for, or what is missing."""
    found = kinetics.known_name(name, "perpetrator")
    if found:
        return kinetics.perpetrators()[found]
    return Missing(f"no amounts and potencies of {name} in drug_kinetics")


def usual_regimen(perpetrator: Perpetrator, days: float = 14.0) -> Regimen:
    """The regimen that the table's amounts are of, taken for ``days``."""
    first = perpetrator.species[0]
    return Regimen(first.dose_mg, first.interval_h, days * 24.0)


def predict(
    victim: Victim,
    given: Sequence[Given],
    genes: Mapping[str, float] | None = None,
    oral: bool = True,
    choice: Choice = CHOSEN,
    kidney: float = 1.0,
    doubt: bool = True,
) -> Prediction | Missing:
    """AUC ratio of a victim with all of ``given`` at once against the same person without them.

    ``genes`` gives activities by enzyme in this person (1: normal), ``kidney`` renal function: they are there with and
    without the medicines, so they change how much an interaction does, and are no part of the ratio. Missing where no
    perpetrator has an input at any pathway of the victim. ``doubt`` False leaves the range out (all ends equal), for
    speed.
    """
    idle = [g.perpetrator.name for g in given if not set(g.perpetrator.targets) & set(victim.pathways)]
    if given and len(idle) == len(given):
        paths = ", ".join(victim.pathways)
        return Missing(f"no potency of {' or '.join(idle)} at any pathway of {victim.name} ({paths})")
    own = dict(genes or {})
    best = _ratio(victim, given, own, oral, choice, kidney, _Shift())
    if not doubt:
        return Prediction(Interval(best, best, best), (), ())
    up = down = STUDY_ERROR**2 + (MODEL_ERROR * math.log(best)) ** 2 if given else 0.0
    for pair in _SHIFTS if given else ():
        moved = [math.log(_ratio(victim, given, own, oral, choice, kidney, s) / best) for s in pair]
        up, down = up + max(0.0, *moved) ** 2, down + min(0.0, *moved) ** 2
    notes = tuple(f"{name}: no potency at a pathway of {victim.name}; counted as nothing" for name in idle)
    evidence = [victim.evidence, *(s.evidence for g in given for s in g.perpetrator.species)]
    interval = Interval(best * math.exp(-STRETCH * math.sqrt(down)), best, best * math.exp(STRETCH * math.sqrt(up)))
    return Prediction(interval, tuple(_parts(victim, given, choice)), tuple(evidence), notes)


def gene_ratio(victim: Victim, genes: Mapping[str, float], oral: bool = True, kidney: float = 1.0) -> Interval:
    """AUC ratio of a victim in a person with these activities against a normal one; range over its fractions."""
    values = [
        _exposure(victim, [], dict(genes), oral, CHOSEN, kidney, s) / _exposure(victim, [], {}, oral, CHOSEN, 1.0, s)
        for s in (_Shift(), _Shift(shares=-1), _Shift(shares=1))
    ]
    return Interval(min(values), values[0], max(values))


def _ratio(
    victim: Victim,
    given: Sequence[Given],
    genes: dict[str, float],
    oral: bool,
    choice: Choice,
    kidney: float,
    s: _Shift,
) -> float:
    alone = _exposure(victim, [], genes, oral, choice, kidney, s)
    return _exposure(victim, given, genes, oral, choice, kidney, s) / alone


def _exposure(
    v: Victim, given: Sequence[Given], genes: dict[str, float], oral: bool, choice: Choice, kidney: float, s: _Shift
) -> float:
    """AUC of the victim relative to a normal person without medicines."""

    def left(target: str, site: str) -> float:
        return genes.get(target, 1.0) * target_left(v, given, target, site, choice, s.inhibition, s.induction)

    def shares(of: Mapping[str, Interval]) -> list[float]:
        raw = [(i.low, i.value, i.high)[s.shares + 1] for i in of.values()]
        return [x / max(1.0, sum(raw)) for x in raw]

    hepatic = float(sm.clearance_left(shares(v.hepatic), [left(e, "liver") for e in v.hepatic]))
    if v.uptake:
        hepatic *= float(sm.clearance_left(shares(v.uptake), [left(e, "liver") for e in v.uptake]))
    renal = kidney * float(sm.clearance_left(shares(v.renal), [left(e, "kidney") for e in v.renal]))
    gut = 1.0
    if oral and v.gut:
        # A higher range end of availability means less to lose in the gut wall.
        ends = [(i.high, i.value, i.low)[s.gut + 1] for i in v.gut.values()]
        gut = float(sm.availability_ratio(ends, [left(e, "gut") for e in v.gut]))
    return float(sm.auc_ratio(hepatic, renal, gut, v.renal_fraction, v.extraction, oral))


def _parts(victim: Victim, given: Sequence[Given], choice: Choice) -> Iterator[Part]:
    for site, targets in (("liver", (*victim.hepatic, *victim.uptake)), ("kidney", victim.renal), ("gut", victim.gut)):
        for target in targets:
            how = tuple(
                f"{species.name}: {word}"
                for g in given
                for species in g.perpetrator.species
                if target in species.effects
                for word in _words(species.effects[target])
            )
            if how:
                yield Part(target, site, target_left(victim, given, target, site, choice), how)


def _words(effect: Effect) -> Iterator[str]:
    if effect.ki_um is not None:
        yield f"reversible inhibition, Ki {effect.ki_um.value:g} uM"
    if effect.inact_um is not None:
        yield f"inactivation, kinact {effect.kinact_per_h:g}/h, KI {effect.inact_um.value:g} uM"
    if effect.emax is not None and effect.ec50_um is not None:
        yield f"induction, Emax {effect.emax:g}, EC50 {effect.ec50_um.value:g} uM"
    if effect.gut_left is not None:
        yield f"leaves {effect.gut_left:g} of the gut enzyme"


def target_left(
    victim: Victim,
    given: Sequence[Given],
    target: str,
    site: str,
    choice: Choice = CHOSEN,
    inhibition: float = 1.0,
    induction: float = 1.0,
) -> float:
    """What all perpetrators together leave of one enzyme or transporter at "liver", "gut" or "kidney"; 1: untouched."""
    window = min(24.0, max(2.0, 2.0 * victim.half_life_h))
    kdeg = kdeg_per_h(target, gut=site == "gut")
    if choice.turnover_per_h and target == "CYP3A4" and site == "liver":
        kdeg = choice.turnover_per_h
    peaks = (choice.momentary or target in UPTAKE, choice.lasting)
    bound, rates, raised, tops, direct = [], [], [], [], 1.0
    on, off = 0.0, math.inf
    for g in given:
        for species in g.perpetrator.species:
            effect = species.effects.get(target)
            if effect is None or g.regimen.dose_mg <= 0:
                continue
            reached = levels(species, g.regimen, window, 2.0 / kdeg, peaks)
            now, lasting = _at(reached, site if choice.inlet or target in UPTAKE or site != "liver" else "kidney")
            if effect.ki_um is not None:
                bound.append(inhibition * now / effect.ki_um.value)
            if effect.inact_um is not None:
                rates.append(
                    float(sm.inactivation_rate(inhibition * lasting, effect.kinact_per_h or 0.0, effect.inact_um.value))
                )
            if effect.emax is not None and effect.ec50_um is not None:
                raised.append(induction * lasting / effect.ec50_um.value)
                tops.append(effect.emax_gut if site == "gut" and effect.emax_gut is not None else effect.emax)
            if effect.gut_left is not None and site == "gut" and not g.regimen.intravenous:
                direct = min(direct, effect.gut_left)
            stopped = g.regimen.stopped_h
            on, off = max(on, g.regimen.started_h - stopped + 0.5 * window), min(off, stopped)
    left = direct
    if bound:
        left *= float(sm.reversible_left(np.array(bound)))
    if rates:
        left *= float(sm.inactivation_left(np.array(rates), kdeg, on, off))
    if raised:
        left *= float(sm.induction_left(np.array(raised), np.array(tops), kdeg, max(0.0, on - INDUCTION_LAG_H), off))
    return left


def _at(reached: Levels, site: str) -> tuple[float, float]:
    return {
        "liver": (reached.liver, reached.liver_lasting),
        "gut": (reached.gut, reached.gut_lasting),
        "kidney": (reached.systemic, reached.systemic_lasting),
    }[site]
