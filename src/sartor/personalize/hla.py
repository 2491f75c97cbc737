"""Rule ``hla``: alleles that present a drug to T cells. It never calls a molecule safe.

Formula: where a carried allele is known to react to a class with a defining structure, that class is ruled out
(life-threatening). Whatever was typed, a limit is stated: neither an allele without a known culprit nor a molecule
without the culprit's group is safe, since new haptens are found in patients, not predicted. Reactive groups, the usual
haptens, are met by the generic bound on structural alerts and by nothing more.
Source: CPIC guidelines on abacavir (Martin 2014), carbamazepine and oxcarbazepine (Phillips 2018), phenytoin (Karnes
2021), allopurinol (Saito 2016); flucloxacillin: Daly 2009.
Doubt: that another molecule of the class reacts with the same allele is shown for aromatic anticonvulsants and B*15:02
only; for the others it is assumed. Binding of the drug to the allele alone does not make a reaction: most carriers have
none (B*57:01 and flucloxacillin: about 1 in 1000).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sartor.core import Evidence, PatientView, Reason, Target

from .change import NOTHING, Change, Limit, ruled_out
from .consequence import LIFE_THREATENING, Graded
from .rule import Rule

GENES = ("HLA-A", "HLA-B")
BOUND = "no group of an HLA culprit"


@dataclass(frozen=True, slots=True)
class _Culprit:
    """Medicines that react with an allele, the structural class they share ("" where none has a pattern), the harm."""

    medicines: str
    group: str
    harm: str
    evidence: Evidence


_AROMATIC = "aromatic anticonvulsant"
_SCAR = "Stevens-Johnson syndrome and toxic epidermal necrolysis"
CULPRITS: dict[tuple[str, str], tuple[_Culprit, ...]] = {
    ("HLA-B", "15:02"): (
        _Culprit("carbamazepine, oxcarbazepine, phenytoin", _AROMATIC, _SCAR, Evidence(
            "HLA-B*15:02 carriers are not to take aromatic anticonvulsants", "guideline",
            "CPIC guideline on carbamazepine and oxcarbazepine (Phillips 2018)", "doi:10.1002/cpt.1004")),
    ),
    ("HLA-A", "31:01"): (
        _Culprit("carbamazepine", _AROMATIC, f"{_SCAR}, and drug reaction with eosinophilia", Evidence(
            "HLA-A*31:01 carriers are not to take carbamazepine", "guideline",
            "CPIC guideline on carbamazepine and oxcarbazepine (Phillips 2018)", "doi:10.1002/cpt.1004")),
    ),
    ("HLA-B", "57:01"): (
        _Culprit("abacavir", "", "abacavir hypersensitivity", Evidence(
            "HLA-B*57:01 carriers are not to take abacavir", "guideline",
            "CPIC guideline on abacavir (Martin 2014)", "doi:10.1038/clpt.2014.38")),
        _Culprit("flucloxacillin", "penicillin", "liver injury by flucloxacillin", Evidence(
            "HLA-B*57:01 raises the risk of liver injury by flucloxacillin about 80-fold", "measured",
            "Daly 2009, Nat Genet 41:816", "doi:10.1038/ng.379")),
    ),
    ("HLA-B", "58:01"): (
        _Culprit("allopurinol", "", f"{_SCAR} by allopurinol", Evidence(
            "HLA-B*58:01 carriers are not to take allopurinol", "guideline",
            "CPIC guideline on allopurinol (Saito 2016)", "doi:10.1002/cpt.161")),
    ),
}  # fmt: skip
_HAPTEN = Evidence(
    "reactive groups make haptens, yet most reactions to new drugs were seen first in patients",
    "measured", "Pichler 2003, Ann Intern Med 139:683", "doi:10.7326/0003-4819-139-8-200310210-00012",
)  # fmt: skip
_NEEDS = "T-cell assays with blood of carriers (priming in vitro, lymphocyte transformation)"


def hla(view: PatientView, disease: str, target: Target) -> Change:
    """Bounds on the classes of known culprits; a limit for every typed gene."""
    limits: list[Limit] = []
    facts: list[Reason] = []
    classes: dict[str, list[Reason]] = {}
    harms: dict[tuple[str, str], Graded] = {}
    for gene in GENES:
        call = view.gene(gene)
        if call.status == "not covered" or not call.diplotype:
            continue
        typed = Evidence(f"{gene} {call.diplotype} typed", "measured", call.source or "patient file")
        found = [c for allele in alleles(call.diplotype) for c in CULPRITS.get((gene, allele), ())]
        for culprit in found:
            text = f"{gene} {call.diplotype}: reacts to {culprit.medicines} ({culprit.harm})"
            reason = Reason(text, (typed, culprit.evidence, _HAPTEN))
            facts.append(reason)
            if culprit.group:
                classes.setdefault(culprit.group, []).append(reason)
                harms[BOUND, text] = Graded(LIFE_THREATENING, f"{culprit.harm} can be fatal", culprit.evidence)
        limits.append(_limit(gene, call.diplotype, found, typed))
    if not limits:
        return NOTHING
    if not classes:
        return Change(facts=tuple(facts), limits=tuple(limits))
    because = tuple(dict.fromkeys(r for reasons in classes.values() for r in reasons))
    settings = {"classes": ",".join(sorted(classes))}
    first = harms[BOUND, because[0].text]
    bound = ruled_out(BOUND, "allergen_groups", "count", "below", 0.0, first, because, settings)
    return Change(constraints=(bound,), facts=tuple(facts), limits=tuple(limits), grades=harms)


def alleles(diplotype: str) -> tuple[str, ...]:
    """The two-field alleles of a typing: "*57:01:01/*07:02" gives ("57:01", "07:02"); null alleles (N) are left out."""
    found = re.findall(r"(\d{2,3}:\d{2,3})(?::\d+)*([A-Z]?)", diplotype)
    return tuple(dict.fromkeys(allele for allele, mark in found if mark != "N"))


def _limit(gene: str, diplotype: str, found: list[_Culprit], typed: Evidence) -> Limit:
    if found:
        names = "; ".join(c.medicines for c in found)
        text = f"{gene} {diplotype}: reacts to {names}; whether it presents a new molecule is not predicted, and no "
        text += "molecule of this run is safe for the carrier. Reactive groups are met by the structural alerts alone"
    else:
        text = f"{gene} {diplotype}: no culprit of these alleles is known here, which makes no molecule safe for them"
    return Limit(text, _NEEDS, Reason(f"{gene} {diplotype} typed", (typed, _HAPTEN)))


RULE = Rule("hla", tuple(f"genes.{g}" for g in GENES), hla, "reactions of T cells to known haptens")
