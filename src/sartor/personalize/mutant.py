"""Rule: the patient's own version of the target.

Where a model of the mutant passed its gate (it ranks drugs known to differ on the mutant the right way round), potency
is asked on the mutant. Otherwise potency stays on the wild type and the brief says: mutation known, selectivity not
predictable.
"""

from __future__ import annotations

from sartor.core import Evidence, Patient, Reason, Refusal, Target
from sartor.facts import hotspots, variants
from sartor.facts.tsv import rows

from .change import NOTHING, Change
from .generic import POTENCY, potency

UNPREDICTABLE = "mutation known, selectivity not predictable"


def canonical_variant(changes: tuple[str, ...] | str) -> str:
    """One spelling of a set of protein changes: sorted, joined by "/" (("T790M", "L858R") is "L858R/T790M")."""
    text = changes if isinstance(changes, str) else "/".join(changes)
    parts = [p.removeprefix("p.") for p in text.replace("+", "/").replace(" ", "/").split("/") if p]
    return "/".join(sorted(parts))


def potency_models() -> dict[tuple[str, str], tuple[bool, str]]:
    """``(gene, variant) -> (usable, reason)`` of every potency model; empty where the table is not there."""
    try:
        table = rows("potency_targets")
    except FileNotFoundError:
        return {}
    good = ("1", "true", "yes")
    return {
        (r["gene"], canonical_variant(r["variant"])): (r["usable"].lower() in good, r.get("reason", "")) for r in table
    }


def require_model(target: Target) -> None:
    """Raises Refusal where the potency models do not know the target's wild type, naming what would help."""
    models = potency_models()
    if not models:
        return
    usable, why = models.get((target.gene, ""), (False, "no measurements of it in the training data"))
    if usable:
        return
    known = sorted(g for (g, v), (ok, _) in models.items() if ok and not v)
    raise Refusal(
        f"potency on {target.gene} cannot be predicted: {why or 'its model is not good enough'}",
        remedy=f"name another target ({len(known)} have a model, among them {', '.join(known[:8])}), or give the "
        "order an objective with a scorer of your own for this target",
    )


def mutant(patient: Patient, disease: str, target: Target) -> Change:
    """Potency on the mutant where that can be predicted; an unknown in words where it cannot."""
    if not target.variants:
        return NOTHING
    models = potency_models()
    variant, passengers = asked_variant(target)
    aside: tuple[str, ...] = ()
    if passengers:
        put = canonical_variant(passengers)
        aside = (f"{target.gene} {put}: effect on binding not known; potency is asked on {variant}",)
    name = f"{target.gene} {variant}"
    usable, why = models.get((target.gene, variant), (False, "no model of this mutant"))
    carried = Evidence(f"{name} in the tumour", "measured", _source(patient, target))
    if not usable:
        text = f"the tumour carries {name}; potency is asked on the wild type, since {UNPREDICTABLE}"
        said = why if why and why != UNPREDICTABLE else "its model failed the gate"
        return Change(
            unknowns=(f"{name}: {UNPREDICTABLE} ({said})",),
            facts=(Reason(text, (carried,)),),
        )
    model = Evidence(
        f"the model of {name} ranks drugs known to differ on it the right way round",
        "predicted",
        "potency_targets table",
    )
    reason = Reason(f"the tumour carries {name}: potency is asked on the mutant", (carried, model))
    plain = potency(target)
    on_mutant = type(plain)(
        f"potency on {name}",
        plain.scorer,
        plain.unit,
        plain.desirability,
        plain.weight,
        (reason, *plain.because),
        {"target": target.gene, "variant": variant},
        personal=True,
    )
    return Change(replaced={POTENCY: on_mutant}, unknowns=aside, facts=(reason,))


def asked_variant(target: Target) -> tuple[str, tuple[str, ...]]:
    """The variant whose model is asked, and the changes put aside for it.

    A change that no table speaks of must not cost the model of the driver it came with.
    """
    models = potency_models()
    variant = canonical_variant(target.variants)
    passengers = tuple(c for c in target.variants if not matters(target.gene, c))
    core = canonical_variant(tuple(c for c in target.variants if c not in passengers))
    if passengers and core and (target.gene, variant) not in models and models.get((target.gene, core), (False, ""))[0]:
        return core, passengers
    return variant, ()


def matters(gene: str, change: str) -> bool:
    """True for a change that evidence names, or that lies at a recurrent residue, or whose effect is recorded."""
    named = any(fit != "any" for _, fit in variants.about(gene, change))
    return named or hotspots.recurrent(gene, change) is not None or variants.effect(gene, change) is not None


def _source(patient: Patient, target: Target) -> str:
    for v in patient.tumor:
        if v.gene == target.gene and v.change in target.variants and v.source:
            return v.source
    return "patient's tumour file" if patient.tumor else "the order's target"
