"""Rule ``allergy``: no group of a class that the patient is allergic to.

Formula: every class with a defining structure that the record names is ruled out (life-threatening: anaphylaxis); any
other allergy is a stated limit.
Source: the patient's record; patterns of ``alert_groups.tsv``; the World Allergy Organization on anaphylaxis.
Doubt: cross-reactivity is wider, and sometimes narrower, than any pattern (penicillins and cephalosporins share side
chains, not the ring). Nine of ten recorded penicillin allergies do not stand a test; the record is taken at its word.
"""

from __future__ import annotations

from sartor.core import Evidence, PatientView, Reason, Target
from sartor.facts.groups import allergen

from .change import NOTHING, Change, Limit, by, ruled_out
from .consequence import LIFE_THREATENING, Graded
from .rule import Rule

BOUND = "no allergen groups"
_GRADE = Graded(
    LIFE_THREATENING,
    "anaphylaxis can be fatal",
    Evidence(
        "a medicine that a person is allergic to can cause fatal anaphylaxis",
        "guideline", "World Allergy Organization anaphylaxis guidance (Cardona 2020)",
        "doi:10.1016/j.waojou.2020.100472",
    ),
)  # fmt: skip


def allergy(view: PatientView, disease: str, target: Target) -> Change:
    """One bound on the groups of all known classes; a limit for each allergy without a structure here."""
    classes: dict[str, Reason] = {}
    limits = []
    listed = view.body("allergies")
    for word in listed if isinstance(listed, tuple) else ():
        recorded = Evidence(f"allergic to {word}", "measured", "patient record")
        group = allergen(word)
        if group is None:
            text = f"allergy to {word!r}: no structural class is known here; not assessed"
            limits.append(Limit(text, "an allergist's word on what is cross-reactive", Reason(text, (recorded,))))
            continue
        pattern = Evidence(
            f"{group.name}: defining group {group.smarts}", "assumed", group.source, version=group.version
        )
        classes[group.name] = Reason(f"allergy to {word}: nothing of the class {group.name}", (recorded, pattern))
    if not classes:
        return Change(limits=tuple(limits)) if limits else NOTHING
    settings = {"classes": ",".join(sorted(classes))}
    because = tuple(classes.values())
    bound = ruled_out(BOUND, "allergen_groups", "count", "below", 0.0, _GRADE, because, settings)
    return Change(constraints=(bound,), facts=because, limits=tuple(limits), grades=by(_GRADE, bound))


RULE = Rule("allergy", ("body.allergies",), allergy, "anaphylaxis by a class the patient is allergic to")
