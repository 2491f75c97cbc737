"""What the answer does not say: not assessed, not known, and the assays that would settle it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sartor.core import Candidate, DesignBrief, Patient

from .asks import asks

NOT_ASSESSED, UNKNOWN, ASSAY = "Not assessed: ", "Unknown: ", "Assay: "

# Which measurement answers which scorer. The set follows the usual early panel; ICH S7B (hERG), ICH S2(R1)
# (Ames) and ICH M12 (enzymes and transporters) are the guidelines behind the three that regulators ask for.
_PANEL: tuple[tuple[str, str], ...] = (
    ("potency", "biochemical IC50 on {target} beside the wild type, then in a cell line that carries it"),
    ("_inhibition", "reversible and time-dependent CYP inhibition in human liver microsomes (ICH M12)"),
    ("_substrate", "CYP reaction phenotyping, for the fraction cleared by each enzyme (ICH M12)"),
    ("exposure_ratio", "hepatocyte clearance before any exposure ratio is believed"),
    ("herg", "hERG patch clamp, with the free plasma concentration for the margin (ICH S7B)"),
    ("ames", "bacterial reverse mutation, five strains, with and without S9 (ICH S2(R1))"),
    ("bbb", "MDCK-MDR1 permeability and unbound brain-to-plasma ratio"),
    ("solubility", "kinetic, then thermodynamic solubility at pH 6.5 and 7.4"),
    ("hlm_stability", "intrinsic clearance in human liver microsomes and hepatocytes"),
    ("caco2", "Caco-2 permeability in both directions"),
    ("oxidant_alerts", "methaemoglobin and glutathione challenge in G6PD-deficient red cells"),
)  # fmt: skip

_NEVER_ASSESSED = (
    "whether the molecules can be made by a worked-out route (a synthetic score is not a route)",
    "selectivity over the rest of the proteome: no off-target panel was computed",
    "metabolite structures and their activity or toxicity, and time-dependent enzyme inhibition",
    "dose, absolute exposure, protein binding, transporters and formulation",
    "toxicity beyond the models listed (organ, developmental, immune, phototoxicity)",
    "patents and freedom to operate",
)


def limits(brief: DesignBrief, shortlist: Sequence[Candidate], patient: Patient) -> tuple[str, ...]:
    """Sentences for the dossier, each beginning with "Not assessed: ", "Unknown: " or "Assay: "."""
    scorers = {x.scorer for x in asks(brief)}
    return (
        *(NOT_ASSESSED + x for x in _NEVER_ASSESSED),
        *(UNKNOWN + x for x in _unknowns(brief, shortlist, patient)),
        *(ASSAY + x for x in _assays(brief, scorers)),
    )


def _unknowns(brief: DesignBrief, shortlist: Sequence[Candidate], patient: Patient) -> list[str]:
    found = list(brief.unknowns)
    said = " ".join(found)
    strange = [m.name for m in patient.medicines if not m.recognized and m.name not in said]
    if strange:
        found.append(f"{', '.join(strange)}: not in the medicine tables, so its interactions were not computed")
    bare = [g.gene for g in patient.genes.values() if g.status == "not covered" and g.gene not in said]
    if bare:
        found.append(f"{', '.join(sorted(bare))}: not covered by the files; nothing was assumed to be normal")
    split = [g.gene for g in patient.genes.values() if g.status == "ambiguous" and g.gene not in said]
    if split:
        found.append(f"{', '.join(sorted(split))}: more than one diplotype fits the data")
    blank: dict[str, int] = {}
    outside: dict[str, int] = {}
    for ask in asks(brief):
        seen = [c.readings[ask.name] for c in shortlist if ask.name in c.readings]
        # an objective and a constraint may ask the same scorer: said once
        unread = sum(math.isnan(r.value) for r in seen)
        guessed = sum(not r.in_domain and not math.isnan(r.value) for r in seen)
        blank[ask.scorer] = max(blank.get(ask.scorer, 0), unread)
        outside[ask.scorer] = max(outside.get(ask.scorer, 0), guessed)
    of = f"of {len(shortlist)} shortlisted molecules"
    for text, counts in (("no value", blank), ("outside the model's domain, so a guess", outside)):
        named = [f"{scorer} {n}" for scorer, n in counts.items() if n]
        if named:
            found.append(f"{text} ({of}): {', '.join(named)}")
    return list(dict.fromkeys(found))


def _assays(brief: DesignBrief, scorers: set[str]) -> list[str]:
    asked = [text for key, text in _PANEL if any(s == key or (key[0] == "_" and s.endswith(key)) for s in scorers)]
    return [text.format(target=brief.target) for text in asked] + [
        "identity, purity and stereochemistry of every sample before any number is read",
    ]
