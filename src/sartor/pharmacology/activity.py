"""What is left of an enzyme in this person: genes, then medicines (phenoconversion), then the liver.

Each step multiplies an interval from ``facts.enzymes`` and leaves a reason. A gene that was not read, is ambiguous or
indeterminate gives the interval over its possibilities, never "normal" as a certainty. Of several inhibitors of one
enzyme the strongest counts (they compete for one site); the same holds for inducers; an inhibitor and an inducer
multiply. A poor metabolizer stays one whatever is taken: phenoconversion needs something to convert.

``EnzymeActivity.shift`` says the same in phenotypes. CYP2D6 has two sources for what a medicine leaves: the AUC class
(ICH M12) and CPIC's factor on the activity score; the interval covers both, the value stays that of the AUC class. The
step rule of the other enzymes is a convention: it moves the word and not the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sartor.core import Evidence, GeneCall, Interval, Medicine, Patient, PatientView, Reason, Refusal
from sartor.facts import drugs, enzymes

from .organs import KIDNEY_READS, LIVER_READS, liver_activity
from .phenotype import Shift, pool, shift

#: Patient fields that genes and medicines leave of an enzyme rest on.
LASTING_READS = (
    "genes.CYP2C9",
    "genes.CYP2C19",
    "genes.CYP2D6",
    "genes.CYP3A4",
    "genes.CYP3A5",
    "medicines",
)
#: Patient fields that the activities of one person rest on; a scorer that uses them declares them.
READS = tuple(dict.fromkeys((*LASTING_READS, *LIVER_READS, *KIDNEY_READS)))

_ONE = Interval(1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class EnzymeActivity:
    """Activity of one enzyme relative to a normal metabolizer with a healthy liver and no medicines (1.0).

    ``genotype`` is what the genes leave, ``lasting`` what genes and medicines leave (phenoconversion), ``effective``
    what genes, medicines and liver leave. ``because`` names the facts that were read of genes and medicines,
    ``organs`` those of the liver; both are empty where nothing was read. ``known`` is True when one phenotype of every
    gene behind the enzyme can be relied on. ``shift`` is the phenotype by genotype and by genotype and medicines.
    """

    enzyme: str
    genotype: Interval
    lasting: Interval
    effective: Interval
    because: tuple[Reason, ...]
    organs: tuple[Reason, ...]
    known: bool
    shift: Shift


def lasting_activity(person: Patient | PatientView, enzyme: str) -> EnzymeActivity:
    """What genes and medicines leave of one of ``facts.enzymes.ENZYMES``, the liver left aside; see LASTING_READS.

    ``effective`` equals ``lasting`` in the answer. Refusal names the known enzymes where this is none of them.
    """
    if enzyme not in enzymes.ENZYMES:
        raise Refusal(
            f"nothing is known here about the activity of {enzyme!r} in a person",
            remedy=f"use one of {', '.join(enzymes.ENZYMES)}",
        )
    view = person.view(LASTING_READS) if isinstance(person, Patient) else person
    genotype, known, because = _ONE, True, []
    for gene in enzymes.GENES_OF[enzyme]:
        call = view.gene(gene)
        part, reason = genotype_activity(call)
        genotype = genotype * part
        known = known and (call.known and reason is not None)
        if reason is not None:
            because.append(reason)
    by_medicines, reasons = medicine_activity(view.medicines, enzyme)
    because += reasons
    calls = enzymes.GENES_OF[enzyme]
    moved = shift(enzyme, view.gene(calls[0]) if calls else None, view.medicines)
    converted = moved.reason()
    because += [converted] if converted else []
    lasting = _by_score(genotype * by_medicines, moved)
    return EnzymeActivity(enzyme, genotype, lasting, lasting, tuple(because), (), known, moved)


def _by_score(left: Interval, moved: Shift) -> Interval:
    """The interval with what CPIC's factor on the CYP2D6 activity score leaves inside it (two is normal)."""
    if not moved.actors or moved.effective_score is None:
        return left
    share = moved.effective_score / 2.0
    return Interval(min(left.low, share), left.value, max(left.high, share))


def effective_activity(person: Patient | PatientView, enzyme: str) -> EnzymeActivity:
    """What genes, medicines and liver leave of one of ``facts.enzymes.ENZYMES``; Refusal as ``lasting_activity``."""
    view = person.view(READS) if isinstance(person, Patient) else person
    left = lasting_activity(view, enzyme)
    by_liver, reason = liver_activity(view, enzyme)
    organs = () if reason is None else (reason,)
    return replace(left, effective=left.lasting * by_liver, organs=organs)


def genotype_activity(call: GeneCall) -> tuple[Interval, Reason | None]:
    """``(activity, reason)`` of one gene call; the reason is None where nothing that can be used was read.

    An ambiguous call spans the phenotypes of all its alternatives. Where CPIC defines an activity score, the score
    over two sets the best value inside the phenotype's interval.
    """
    unread = enzymes.unread_activity(call.gene).interval
    if call.status == "not covered":
        return unread, None
    names = _phenotypes(call)
    found = [enzymes.phenotype_activity(call.gene, name) for name in names]
    rows = [a for a in found if a is not None]
    if not rows:
        return unread, None
    spans = [a.interval for a in rows] + ([unread] if len(rows) < len(found) else [])
    low, high = min(s.low for s in spans), max(s.high for s in spans)
    value = spans[0].value if call.known else sum(s.value for s in spans) / len(spans)
    if call.known and call.activity_score is not None and call.gene in ("CYP2D6", "CYP2C9"):
        value = min(max(call.activity_score / 2.0, low), high)
    interval = Interval(low, value, high)
    doubt = "" if call.known else f" ({call.status}: {', '.join(names)})"
    text = f"{call.gene} {call.diplotype or 'genotype'}, {call.phenotype or 'phenotype open'}{doubt}: "
    text += f"{interval} of normal activity"
    return interval, Reason(text, tuple(a.evidence for a in rows) + _call_evidence(call))


def _phenotypes(call: GeneCall) -> tuple[str, ...]:
    """The phenotypes a call allows: its own, and those its alternatives name after the colon."""
    names = [call.phenotype] if call.phenotype else []
    if call.status == "ambiguous":
        names += [a.rpartition(":")[2].strip() if ":" in a else "others" for a in call.alternatives]
    return tuple(dict.fromkeys(enzymes.standard_phenotype(n) for n in names if n))


def _call_evidence(call: GeneCall) -> tuple[Evidence, ...]:
    how = "reported by another caller" if call.status == "outside" else "read from the patient's variants"
    claim = f"{call.gene} {call.diplotype} {how}".replace("  ", " ")
    return (Evidence(claim, "measured", call.source or "patient file"),)


def medicine_activity(medicines: Iterable[Medicine], enzyme: str) -> tuple[Interval, list[Reason]]:
    """Factor that the medicines put on an enzyme, and why. Unrecognized medicines have no known roles: they are
    listed by the brief, never counted as harmless here."""
    inhibition, induction = _ONE, _ONE
    reasons: list[Reason] = []
    for medicine in medicines:
        if not medicine.recognized:
            continue
        for role in drugs.roles(medicine.substance):
            if pool(role.enzyme) != enzyme or role.role == "substrate":
                continue
            if role.role == "inhibitor":
                row = enzymes.inhibitor_activity(role.strength)
                inhibition = _stronger(inhibition, row.interval, lower=True)
                verb = "inhibits"
            else:
                row = enzymes.inducer_activity(role.strength)
                induction = _stronger(induction, row.interval, lower=False)
                verb = "induces"
            degree = {"strong": "strongly", "moderate": "moderately", "weak": "weakly"}.get(role.strength, "")
            text = f"{medicine.substance} {verb} {enzyme} {degree}".rstrip() + f": {row.interval} of its activity"
            reasons.append(Reason(text, (role.evidence, row.evidence)))
    return inhibition * induction, reasons


def _stronger(a: Interval, b: Interval, lower: bool) -> Interval:
    """The larger effect bound by bound: a stronger agent never leaves more than a weaker one beside it."""
    pick = min if lower else max
    return Interval(pick(a.low, b.low), pick(a.value, b.value), pick(a.high, b.high))
