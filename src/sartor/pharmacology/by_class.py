"""An AUC ratio from classes alone: a sensitive or moderate substrate beside a strong, moderate or weak agent.

Used where the kinetic inputs of a pair are missing. A class is an interval, so the answer is one: FDA calls a substrate
sensitive where a strong inhibitor raises its AUC five-fold or more (fm at least 0.8), moderate at two- to five-fold
(fm 0.5 to 0.8); what an agent of a class leaves of an enzyme is the row of ``enzyme_activity.tsv``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sartor.core import Evidence, Interval
from sartor.facts import drugs, enzymes
from sartor.facts.drugs import Role

from .exposure import auc_ratio, auc_ratio_bounds
from .phenotype import pool

#: fm by class of the substrate; an ungraded one may be anything.
FM = {"sensitive": Interval(0.80, 0.90, 0.98), "moderate": Interval(0.50, 0.65, 0.80), "": Interval(0.05, 0.40, 0.95)}


@dataclass(frozen=True, slots=True)
class ClassRatio:
    """AUC ratio of a victim through one enzyme, in a sentence, with the rows it rests on."""

    enzyme: str
    ratio: Interval
    mechanism: str
    evidence: tuple[Evidence, ...]


def class_ratio(victim: str, perpetrator: str, graded: bool = False) -> ClassRatio | None:
    """The largest effect that the role table gives for this pair of substances; None where it links them nowhere.

    ``graded`` takes only agents that a source calls strong or moderate.
    """
    made = [
        _one(substrate, agent)
        for substrate in drugs.roles(victim)
        if substrate.role == "substrate"
        for agent in drugs.roles(perpetrator)
        if agent.role != "substrate"
        and pool(agent.enzyme) == pool(substrate.enzyme)
        and pool(agent.enzyme).startswith("CYP")  # transporters have no class of strength
        and (not graded or agent.strength in ("strong", "moderate"))
    ]
    return max(made, key=lambda m: abs(math.log(m.ratio.value)), default=None)


def _one(substrate: Role, agent: Role) -> ClassRatio:
    fm = FM.get(substrate.strength, FM[""])
    if not math.isnan(substrate.fm):
        fm = Interval(max(0.0, substrate.fm - 0.1), substrate.fm, min(1.0, substrate.fm + 0.1))
    table = enzymes.inhibitor_activity if agent.role == "inhibitor" else enzymes.inducer_activity
    left = table(agent.strength)
    low, high = auc_ratio_bounds([[fm.low]], [[fm.high]], [left.interval.low], [left.interval.high])
    value = float(auc_ratio([[fm.value]], [left.interval.value])[0])
    how = f"{agent.strength or 'ungraded'} {agent.role} of {pool(agent.enzyme)} "
    how += f"on a substrate ({substrate.strength or 'ungraded'})"
    ratio = Interval(min(float(low[0]), value), value, max(float(high[0]), value))
    return ClassRatio(pool(agent.enzyme), ratio, how, (substrate.evidence, agent.evidence, left.evidence))
