"""Rule: brain penetration, wanted for disease of the brain or metastases in it, unwanted where the brain is at risk.

A disease of the brain needs it whoever the patient is, so that part belongs to the generic brief. Brain metastases of
another tumour make it wanted for this patient. Where the target lies outside the brain and a condition makes the brain
vulnerable (AGS Beers criteria 2023: avoid drugs that act on the central nervous system), it is unwanted.
"""

from __future__ import annotations

import re

from sartor.core import Constraint, Desirability, Evidence, Objective, Patient, Reason, Target

from .change import NOTHING, Change

WANTED = "brain penetration"
WANTED_BOUND = "reaches the brain"
UNWANTED = "stays out of the brain"

_BRAIN_DISEASE = re.compile(
    r"schizo|psycho|bipolar|mania|depress|anxiety|panic|obsessive|autis|attention.deficit|adhd|tourette|epilep|seizure"
    r"|parkinson|alzheimer|dementia|huntington|migraine|insomnia|narcolep|multiple sclerosis|amyotrophic|ataxia"
    r"|glioma|glioblastoma|astrocytoma|medulloblastoma|ependymoma|oligodendroglioma|brain|intracranial|cns|neurodegener",
    re.IGNORECASE,
)
_METASTASES = re.compile(
    r"(brain|cerebral|leptomeningeal|cns|intracranial)\W+(\w+\W+)?metasta|leptomeningeal", re.IGNORECASE
)
_VULNERABLE = re.compile(
    r"epilep|seizure|dementia|alzheimer|delirium|parkinson|psychosis"
    r"|cognitive impairment|recurrent falls|history of falls",
    re.IGNORECASE,
)


def brain_disease(disease: str) -> bool:
    """True when the disease sits in the brain, by the words of its name."""
    return bool(_BRAIN_DISEASE.search(disease))


def brain_wanted(why: str, personal: bool) -> tuple[Objective, Constraint]:
    """The wish and the bound that bring a molecule into the brain."""
    evidence = Evidence(
        "a medicine for the brain has to cross the blood-brain barrier; the classes are those of measured log BB",
        "measured", "B3DB (Meng 2021, Sci Data 8:289)", "doi:10.1038/s41597-021-01069-5",
    )  # fmt: skip
    because = (Reason(f"the molecule has to reach the brain: {why}", (evidence,)),)
    wish = Objective(WANTED, "bbb", "probability", Desirability((0.1, 0.8)), 1.5, because, personal=personal)
    return wish, Constraint(WANTED_BOUND, "bbb", "probability", "above", 0.5, because, personal=personal)


def brain(patient: Patient, disease: str, target: Target) -> Change:
    """Brain metastases among the conditions want penetration; a vulnerable brain and a target elsewhere do not."""
    if brain_disease(disease):
        return NOTHING
    metastases = [c for c in patient.conditions if _METASTASES.search(c)]
    if metastases:
        wish, bound = brain_wanted(metastases[0], personal=True)
        return Change((wish,), (bound,), facts=wish.because)
    vulnerable = [c for c in patient.conditions if _VULNERABLE.search(c)]
    if not vulnerable:
        return NOTHING
    evidence = Evidence(
        "avoid medicines that act on the central nervous system in dementia, delirium, seizures and falls",
        "guideline", "AGS Beers criteria 2023, J Am Geriatr Soc 71:2052", "doi:10.1111/jgs.18372",
    )  # fmt: skip
    text = f"{vulnerable[0]} makes the brain vulnerable and {target.gene} is reached elsewhere: keep out of it"
    reason = Reason(text, (evidence,))
    wish = Objective(UNWANTED, "bbb", "probability", Desirability((1.0, 0.3)), 1.0, (reason,), personal=True)
    return Change((wish,), facts=(reason,))
