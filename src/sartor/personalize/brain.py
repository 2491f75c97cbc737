"""Rule ``brain``: penetration, wanted for disease of the brain or metastases in it, unwanted elsewhere.

Formula: a disease of the brain needs penetration whoever the patient is (generic brief, probability of BBB passage at
least 0.5); brain metastases of another tumour make it wanted for this patient (serious: the treatment fails without).
A disease elsewhere that is no cancer wants the molecule out of the brain for everybody (generic, minor). Where a
condition makes the brain vulnerable, staying out is serious.
Source: B3DB (Meng 2021) for the classes of the scorer; AGS Beers criteria 2023 for vulnerable brains.
Doubt: a class of BBB passage says nothing of the free concentration. P-gp and BCRP at the barrier are not scored as
such. In cancers outside the brain the generic brief asks neither, since metastases may have to be reached.
"""

from __future__ import annotations

import re

from sartor.core import Constraint, Desirability, Evidence, Objective, PatientView, Reason, Target

from .change import NOTHING, Change, by, ruled_out, wish
from .consequence import MINOR, SERIOUS, Graded
from .place import brain_disease
from .rule import Rule

WANTED = "brain penetration"
WANTED_BOUND = "reaches the brain"
UNWANTED = "stays out of the brain"

_METASTASES = re.compile(
    r"(brain|cerebral|leptomeningeal|cns|intracranial)\W+(\w+\W+)?metasta|leptomeningeal", re.IGNORECASE
)
_VULNERABLE = re.compile(
    r"epilep|seizure|dementia|alzheimer|delirium|parkinson|psychosis"
    r"|cognitive impairment|recurrent falls|history of falls",
    re.IGNORECASE,
)
BEERS = Evidence(
    "avoid medicines that act on the central nervous system, and anticholinergics, in old age, dementia, delirium, "
    "seizures and falls",
    "guideline", "AGS Beers criteria 2023, J Am Geriatr Soc 71:2052", "doi:10.1111/jgs.18372",
)  # fmt: skip
_B3DB = Evidence(
    "a medicine for the brain has to cross the blood-brain barrier; the classes are those of measured log BB",
    "measured", "B3DB (Meng 2021, Sci Data 8:289)", "doi:10.1038/s41597-021-01069-5",
)  # fmt: skip
_REACH = Graded(SERIOUS, "disease in the brain goes untreated where the molecule does not reach it", _B3DB)


def brain_wanted(why: str, personal: bool) -> tuple[Objective, Constraint]:
    """The wish and the bound that bring a molecule into the brain."""
    because = (Reason(f"the molecule has to reach the brain: {why}", (_B3DB,)),)
    made = wish(WANTED, "bbb", "probability", (0.1, 0.8), _REACH, because)
    bound = ruled_out(WANTED_BOUND, "bbb", "probability", "above", 0.5, _REACH, because)
    if personal:
        return made, bound
    plain = Objective(WANTED, "bbb", "probability", made.desirability, made.weight, because)
    return plain, Constraint(WANTED_BOUND, "bbb", "probability", "above", 0.5, because)


def kept_out(graded: Graded, because: tuple[Reason, ...]) -> Objective:
    """The personal wish that the molecule stays out of the brain."""
    return wish(UNWANTED, "bbb", "probability", (1.0, 0.3), graded, because)


def kept_out_for_all(disease: str) -> Objective:
    """The same wish for anybody whose disease lies elsewhere: side effects on the brain bring no benefit then."""
    convention = Evidence(f"{disease} lies outside the brain", "assumed", "the name of the disease")
    because = (Reason("nothing is to be gained in the brain, and side effects there are avoidable", (convention,)),)
    return Objective(UNWANTED, "bbb", "probability", Desirability((1.0, 0.3)), MINOR.weight, because)


def brain(view: PatientView, disease: str, target: Target) -> Change:
    """Brain metastases among the conditions want penetration; a vulnerable brain and a target elsewhere do not."""
    if brain_disease(disease):
        return NOTHING
    metastases = [c for c in view.conditions if _METASTASES.search(c)]
    if metastases:
        made, bound = brain_wanted(metastases[0], personal=True)
        return Change((made,), (bound,), facts=made.because, grades=by(_REACH, made, bound))
    vulnerable = [c for c in view.conditions if _VULNERABLE.search(c)]
    if not vulnerable:
        return NOTHING
    text = f"{vulnerable[0]} makes the brain vulnerable and {target.gene} is reached elsewhere: keep out of it"
    reason = Reason(text, (BEERS,))
    graded = Graded(SERIOUS, "delirium, seizures and falls lead to hospital", BEERS)
    out = kept_out(graded, (reason,))
    return Change((out,), facts=(reason,), grades=by(graded, out))


RULE = Rule("brain", ("conditions",), brain, "disease in the brain unreached; a vulnerable brain disturbed")
