"""Rule ``red-cells``: no oxidant groups where G6PD is deficient.

Formula: deficient, with or without chronic haemolysis: none of the listed groups may be there (life-threatening).
Variable (heterozygous women, whose red cells are a mixture): they are unwanted (serious). Not read is not normal: it is
listed among the unknowns.
Source: CPIC guideline G6PD (Gammal 2023); groups of ``alert_groups.tsv``.
Doubt: a listed group is no proof of haemolysis, and no listed group is no proof of safety: a molecule can become an
oxidant by metabolism that no pattern shows. The residual activity that a class stands for varies tenfold.
"""

from __future__ import annotations

from sartor.core import Evidence, PatientView, Reason, Target

from .change import NOTHING, Change, Limit, by, ruled_out, wish
from .consequence import LIFE_THREATENING, SERIOUS, Graded
from .rule import Rule

_CPIC = Evidence(
    "oxidant medicines haemolyse red cells that lack G6PD", "guideline", "CPIC guideline G6PD (Gammal 2023)",
    "doi:10.1002/cpt.2735",
)  # fmt: skip
BOUND, WISH = "no oxidant groups", "few oxidant groups"


def red_cells(view: PatientView, disease: str, target: Target) -> Change:
    """A bound in deficiency, a wish where activity is variable, nothing otherwise."""
    call = view.gene("G6PD")
    if not call.known:
        return NOTHING
    phenotype = call.phenotype.lower()
    carried = Evidence(f"G6PD {call.diplotype}: {call.phenotype}", "measured", call.source or "patient file")
    if "deficient" in phenotype:
        text = f"G6PD is {phenotype}: no group that loads red cells with oxidant"
        reason = Reason(text, (carried, _CPIC))
        graded = Graded(LIFE_THREATENING, "acute haemolysis can be fatal without transfusion", _CPIC)
        bound = ruled_out(BOUND, "oxidant_alerts", "count", "below", 0.0, graded, (reason,))
        limit = _limit(reason)
        return Change(constraints=(bound,), facts=(reason,), limits=(limit,), grades=by(graded, bound))
    if "variable" in phenotype:
        text = "G6PD activity is variable: groups that load red cells with oxidant are unwanted"
        reason = Reason(text, (carried, _CPIC))
        graded = Graded(SERIOUS, "part of the red cells may haemolyse; how many is not known", _CPIC)
        made = wish(WISH, "oxidant_alerts", "count", (2.0, 0.0), graded, (reason,))
        return Change((made,), facts=(reason,), limits=(_limit(reason),), grades=by(graded, made))
    return NOTHING


def _limit(reason: Reason) -> Limit:
    return Limit(
        "G6PD: only listed groups are seen; no molecule is cleared of haemolysis by having none",
        "methaemoglobin and glutathione challenge in G6PD-deficient red cells",
        reason,
    )


RULE = Rule("red-cells", ("genes.G6PD",), red_cells, "haemolysis where G6PD is deficient")
