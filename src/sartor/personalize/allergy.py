"""Rule: no group of a class that the patient is allergic to.

Only classes with a defining structure are bounded (``facts.groups``); any other allergy is listed among the unknowns.
"""

from __future__ import annotations

from sartor.core import Constraint, Evidence, Patient, Reason, Target
from sartor.facts.groups import allergen

from .change import NOTHING, Change


def allergy(patient: Patient, disease: str, target: Target) -> Change:
    """One bound on the groups of all known classes; a line for each allergy without a structure here."""
    classes: dict[str, Reason] = {}
    unknowns = []
    for word in patient.body.allergies or ():
        group = allergen(word)
        if group is None:
            unknowns.append(f"allergy to {word!r}: no structural class is known here; not assessed")
            continue
        recorded = Evidence(f"allergic to {word}", "measured", "patient record")
        pattern = Evidence(
            f"{group.name}: defining group {group.smarts}", "assumed", group.source, version=group.version
        )
        classes[group.name] = Reason(f"allergy to {word}: nothing of the class {group.name}", (recorded, pattern))
    if not classes and not unknowns:
        return NOTHING
    constraints: tuple[Constraint, ...] = ()
    if classes:
        settings = {"classes": ",".join(sorted(classes))}
        because = tuple(classes.values())
        constraints = (
            Constraint(
                "no allergen groups", "allergen_groups", "count", "below", 0.0, because, settings, personal=True
            ),
        )
    return Change(constraints=constraints, unknowns=tuple(unknowns), facts=tuple(classes.values()))
