"""Rule ``prodrug``: where an enzyme switches a medicine on, the sign turns.

Formula: of a medicine that an enzyme activates, inhibition takes the effect away instead of adding to it; so the
molecule is not to inhibit that enzyme, graded by what the missing effect costs. Where genes or medicines have switched
the enzyme off, nothing is left to inhibit and nothing is asked. For the designed molecule itself: should it be a
prodrug of an enzyme that is slow here, a poor metabolizer gets less of the active drug, not more, and an ultrarapid one
more, not less; that is a stated limit, since no scorer tells a prodrug from a drug.
Source: ``prodrugs.tsv`` (CPIC guidelines; labels), each row with its own.
Doubt: several of these medicines also act unchanged or by a second enzyme (tramadol, tamoxifen, losartan); the table
grades the loss of effect, and says nothing of how much of it one enzyme carries.
"""

from __future__ import annotations

from sartor.core import Evidence, Objective, PatientView, Reason, Target
from sartor.facts import prodrugs
from sartor.facts.enzymes import ENZYMES, GENES_OF
from sartor.pharmacology.activity import LASTING_READS, EnzymeActivity, lasting_activity
from sartor.pharmacology.phenotype import pool

from .change import NOTHING, Change, Limit, by
from .comedication import GONE, SCREEN, spare
from .consequence import SCALE, Graded
from .exposure_terms import MODERATE_FOLD, WEAK
from .rule import Rule

_BY_NAME = {c.name: c for c in SCALE}


def prodrug(view: PatientView, disease: str, target: Target) -> Change:
    """Wishes that protect the activation of medicines; limits for a designed prodrug."""
    objectives: list[Objective] = []
    facts: list[Reason] = []
    limits: list[Limit] = []
    grades: dict[tuple[str, str], Graded] = {}
    left = {e: lasting_activity(view, e) for e in ENZYMES}
    for medicine in view.medicines:
        for row in prodrugs.activations(medicine.substance) if medicine.recognized else ():
            enzyme = pool(row.enzyme)
            if enzyme not in left:
                limits.append(_unscored(row))
                continue
            act = left[enzyme]
            if act.because and act.lasting.high <= GONE:
                text = f"{row.substance} is activated by {enzyme}, which is absent here: there is nothing to inhibit"
                facts.append(Reason(text, (row.evidence, *act.because[0].evidence)))
                continue
            here = f" ({act.lasting} of normal is left of it here)" if act.because else ""
            text = f"{row.substance} is activated by {enzyme}: inhibiting it takes the effect away{here}"
            reason = Reason(text, (row.evidence, SCREEN, *(e for r in act.because for e in r.evidence)))
            graded = Graded(_BY_NAME[row.loss], f"without {row.active}: {row.meaning}", row.evidence)
            made = spare(enzyme, reason, graded)
            objectives.append(made)
            facts.append(reason)
            grades |= by(graded, made)
    limits += [limit for act in left.values() if (limit := _designed(act, view))]
    if not objectives and not facts and not limits:
        return NOTHING
    return Change(tuple(objectives), facts=tuple(facts), limits=tuple(limits), grades=grades)


def _unscored(row: prodrugs.Activation) -> Limit:
    text = f"{row.substance} is activated by {row.enzyme}: whether the molecule inhibits it is not predicted here"
    assay = f"IC50 on {row.enzyme} in human liver microsomes or recombinant enzyme (ICH M12)"
    return Limit(text, assay, Reason(text, (row.evidence, SCREEN)))


def _designed(act: EnzymeActivity, view: PatientView) -> Limit | None:
    """What a slow or fast gene would mean for a prodrug among the candidates."""
    calls = [c for g in GENES_OF[act.enzyme] if (c := view.gene(g)).known]
    value = act.genotype.value
    if not calls or WEAK > value > 1.0 / MODERATE_FOLD:
        return None
    call = calls[0]
    turn = "less of the active drug, not more" if value < 1.0 else "more of the active drug, not less"
    text = f"{call.gene} {call.diplotype}: a candidate that {act.enzyme} has to activate would give {turn}"
    carried = Evidence(f"{call.gene} {call.diplotype}: {call.phenotype}", "measured", call.source or "patient file")
    return Limit(
        f"{text}; every exposure here is that of the molecule as drawn, taken for the active drug",
        "identification of the active species in hepatocytes",
        Reason(text, (carried,)),
    )


RULE = Rule("prodrug", LASTING_READS, prodrug, "medicines that an enzyme has to switch on")
