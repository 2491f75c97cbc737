"""Rule ``age``: what of old age and childhood can be scored; the rest is a stated limit.

Formula: from 65 years little block of the muscarinic M1 receptor (the potency model of CHRM1; worth 1 at pIC50 6, 0 at
10), and, where the disease sits neither in the brain nor is a cancer, a molecule that stays out of the brain; both
moderate. Under 8 years no tetracycline, under 16 no salicylate, under 18 no fluoroquinolone: ruled out.
Source: AGS Beers criteria 2023 (anticholinergics and medicines for the nervous system); labels of doxycycline and
ciprofloxacin; MHRA 2002 on aspirin and Reye's syndrome.
Doubt: M1 binding is not anticholinergic burden, which depends on concentration in the brain. In cancer staying out of
the brain is not asked, since metastases there are to be reached. How organs decline with age shows only as far as eGFR
is given; how they mature under 18 is not modelled at all.
"""

from __future__ import annotations

from sartor.core import Constraint, Evidence, Objective, PatientView, Reason, Target

from . import mutant
from .brain import BEERS, kept_out
from .change import NOTHING, Change, Limit, by, ruled_out, wish
from .consequence import LIFE_THREATENING, MODERATE, SERIOUS, Graded
from .place import brain_disease, malignant
from .rule import Rule

OLD, ADULT = 65.0, 18.0
MUSCARINIC = "little muscarinic block"
CHILDREN = "no groups kept from children"
#: Class, below which age, graded how, and why.
_KEPT = (
    ("tetracycline", 8.0, Graded(SERIOUS, "teeth are stained and enamel is lost for good", Evidence(
        "not under 8 years: permanent discoloration of teeth", "guideline",
        "FDA prescribing information of doxycycline", version="read 2026-11"))),
    ("salicylate", 16.0, Graded(LIFE_THREATENING, "Reye's syndrome is often fatal", Evidence(
        "aspirin is not for children under 16: Reye's syndrome", "guideline", "MHRA, Committee on Safety of Medicines",
        version="2002"))),
    ("fluoroquinolone", 18.0, Graded(SERIOUS, "joints may be damaged for good", Evidence(
        "under 18 only where nothing else serves: arthropathy", "guideline",
        "FDA prescribing information of ciprofloxacin", version="read 2026-11"))),
)  # fmt: skip


def age(view: PatientView, disease: str, target: Target) -> Change:
    """Old age or childhood; nothing in between, or where no age was given."""
    years = view.body("age_years")
    if not isinstance(years, int | float):
        return NOTHING
    recorded = Evidence(f"age {years:g} years", "measured", "patient record")
    if years >= OLD:
        return _old(float(years), recorded, disease, target)
    return _young(float(years), recorded) if years < ADULT else NOTHING


def _old(years: float, recorded: Evidence, disease: str, target: Target) -> Change:
    reason = Reason(f"age {years:g} years: little that confuses, sedates or makes fall", (recorded, BEERS))
    graded = Graded(MODERATE, "confusion, retention of urine, falls", BEERS)
    objectives: list[Objective] = []
    limits = [
        Limit("age: the total anticholinergic and sedative burden is not predicted by any scorer here",
              "binding to M1 to M3, H1 and alpha-1 receptors, with the free concentration in the brain", reason),
    ]  # fmt: skip
    modelled = mutant.potency_models().get(("CHRM1", ""), (False, ""))[0]
    if modelled and not target.gene.startswith("CHRM"):
        objectives.append(
            wish(MUSCARINIC, "potency", "pIC50", (10.0, 6.0), graded, (reason,), {"target": "CHRM1"})
        )  # fmt: skip
    if not brain_disease(disease) and not malignant(disease):
        objectives.append(kept_out(graded, (reason,)))
    return Change(tuple(objectives), facts=(reason,), limits=tuple(limits), grades=by(graded, *objectives))


def _young(years: float, recorded: Evidence) -> Change:
    kept = [(name, graded) for name, below, graded in _KEPT if years < below]
    worst = max((g for _, g in kept), key=lambda g: g.weight)
    names = ", ".join(name for name, _ in kept)
    reason = Reason(f"age {years:g} years: none of {names}", (recorded, *(g.evidence for _, g in kept)))
    settings = {"classes": ",".join(sorted(name for name, _ in kept))}
    bound: Constraint = ruled_out(CHILDREN, "allergen_groups", "count", "below", 0.0, worst, (reason,), settings)
    limits = (
        Limit("age under 18: how enzymes, kidneys and body mature is not modelled; exposures are an adult's",
              "a table of ontogeny by enzyme, or pharmacokinetics in children", reason),
        Limit("age under 18: harm to growth and development is not predicted by any scorer here",
              "toxicity studies in juvenile animals (ICH S11)", reason),
    )  # fmt: skip
    return Change(constraints=(bound,), facts=(reason,), limits=limits, grades=by(worst, bound))


RULE = Rule("age", ("body.age_years",), age, "harms of old age and of childhood")
