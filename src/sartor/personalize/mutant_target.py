"""Rules ``mutant-target`` and ``wild-type``: act on the patient's own version of the target, spare the healthy one.

Formula: where a model of the mutant passed its gate, potency is asked on the mutant (sartor.personalize.mutant); and
where both it and a wild-type model stand, little potency on the wild type is wished (worth 1 at pIC50 6, 0 at 10),
graded moderate. Where either model is missing, sparing the wild type is a stated limit.
Source: the gate in the card of the potency models; rash and diarrhoea by wild-type EGFR: Lacouture 2006.
Doubt: the harm of the wild type is that of EGFR, stated for every target: for a target whose wild type is vital it is
graver, for another it is nil. Two models' errors add up in a difference, so the two are asked apart. None of the
shipped mutant models passed its gate at the time of writing; the wish then never shows.
"""

from __future__ import annotations

from sartor.core import Evidence, Patient, PatientView, Reason, Target

from . import mutant as models
from .change import NOTHING, Change, Limit, by, wish
from .consequence import MODERATE, Graded
from .rule import Rule

_ON_TARGET = Graded(
    MODERATE,
    "healthy tissue that needs the wild type suffers: rash, diarrhoea",
    Evidence(
        "inhibitors of wild-type EGFR harm skin and gut", "measured", "Lacouture 2006, Nat Rev Cancer 6:803",
        "doi:10.1038/nrc1970",
    ),
)  # fmt: skip


def mutant_target(view: PatientView, disease: str, target: Target) -> Change:
    """Potency on the mutant where it can be predicted; see sartor.personalize.mutant."""
    return models.mutant(Patient(tumor=view.tumor), disease, target)


def wild_type(view: PatientView, disease: str, target: Target) -> Change:
    """Little potency on the wild type of a mutated target."""
    if not target.variants:
        return NOTHING
    variant, _ = models.asked_variant(target)
    known = models.potency_models()
    carried = Evidence(f"{target.gene} {variant} is the target", "measured", _source(view, target))
    reason = Reason(f"the target is {target.gene} {variant}: spare the wild type", (carried,))
    usable = all(known.get((target.gene, v), (False, ""))[0] for v in ("", variant))
    if not usable:
        limit = Limit(
            f"sparing of wild-type {target.gene}: not asked, since no model tells it from {variant}",
            f"IC50 on {target.gene} {variant} and on the wild type, side by side",
            reason,
        )
        return Change(limits=(limit,))
    name = f"spares wild-type {target.gene}"
    made = wish(name, "potency", "pIC50", (10.0, 6.0), _ON_TARGET, (reason,), {"target": target.gene})
    return Change((made,), facts=(reason,), grades=by(_ON_TARGET, made))


def _source(view: PatientView, target: Target) -> str:
    found = (v.source for v in view.tumor if v.gene == target.gene and v.change in target.variants and v.source)
    return next(found, "patient's tumour file" if view.tumor else "the order's target")


MUTANT = Rule("mutant-target", ("tumor",), mutant_target, "a molecule made for a protein the tumour does not carry")
WILD_TYPE = Rule("wild-type", ("tumor",), wild_type, "harm to healthy tissue by the target's wild type")
