"""Rule: no oxidant groups where G6PD is deficient.

Deficient (with or without chronic haemolysis): none of the listed groups may be there. Variable (heterozygous women,
whose red cells are a mixture): they are unwanted. Not read is not normal: it is listed among the unknowns.
"""

from __future__ import annotations

from sartor.core import Constraint, Desirability, Evidence, Objective, Patient, Reason, Target

from .change import NOTHING, Change

_CPIC = Evidence(
    "oxidant medicines haemolyse red cells that lack G6PD", "guideline", "CPIC guideline G6PD (Gammal 2023)",
    "doi:10.1002/cpt.2735",
)  # fmt: skip


def red_cells(patient: Patient, disease: str, target: Target) -> Change:
    """A bound in deficiency, a wish where activity is variable, nothing otherwise."""
    call = patient.genes.get("G6PD")
    if call is None or not call.known:
        return NOTHING
    phenotype = call.phenotype.lower()
    carried = Evidence(f"G6PD {call.diplotype}: {call.phenotype}", "measured", call.source or "patient file")
    if "deficient" in phenotype:
        reason = Reason(
            f"G6PD is {call.phenotype.lower()}: no group that loads red cells with oxidant", (carried, _CPIC)
        )
        bound = Constraint("no oxidant groups", "oxidant_alerts", "count", "below", 0.0, (reason,), personal=True)
        return Change(constraints=(bound,), facts=(reason,))
    if "variable" in phenotype:
        reason = Reason(
            "G6PD activity is variable: groups that load red cells with oxidant are unwanted", (carried, _CPIC)
        )
        points = Desirability((2.0, 0.0))
        wish = Objective("few oxidant groups", "oxidant_alerts", "count", points, 1.0, (reason,), personal=True)
        return Change((wish,), facts=(reason,))
    return NOTHING
