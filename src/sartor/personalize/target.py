"""Which protein to act on: the one the order names, or one proposed from the tumour or from the disease.

The score of a proposal is a product of visible terms (``personalize.drivers``). What is kept as the target's evidence
speaks of the target's own gene only: a variant in another gene changes neither the target nor the brief, unless it is
the better target. The whole ranking, and what was passed over and why, is ``rank``'s to tell (``sartor tumor``).
"""

from __future__ import annotations

import difflib

from sartor.core import Evidence, Patient, Refusal, Target
from sartor.facts import diseases, targets, variants
from sartor.facts.genes import symbol
from sartor.facts.targets import DiseaseTarget

from .actionability import findings
from .drivers import Proposal, measured, propose, rank

LEAST = 0.05  # below this a tumour proposal says nothing
SOURCE = "sartor.personalize.target"
VERSION = "2"
ALIASES = {
    "BCR-ABL": "ABL1",
    "BCR-ABL1": "ABL1",
    "BCR::ABL1": "ABL1",
    "D2": "DRD2",
    "5-HT2A": "HTR2A",
    "COX-2": "PTGS2",
    "SERT": "SLC6A4",
}


def choose_target(patient: Patient, disease: str, wanted: str | None = None) -> Target:
    """The target for this patient and disease.

    ``wanted`` (an HGNC symbol, a few common names allowed) is taken as it is, with the patient's variants of it.
    Without it the strongest driver of the tumour is proposed, or else the commonest target of launched drugs for the
    disease; ``Target.proposed`` is then True.

    Raises:
        Refusal: no table knows the wanted gene, or neither tumour nor disease points to a target; names what helps.
    """
    if wanted is not None and wanted.strip():
        return _wanted(patient, disease, wanted.strip())
    ranked = rank_drivers(patient, disease)
    if ranked and ranked[0].score >= LEAST:
        best = ranked[0]
        said = "; ".join(f"{t.name} {t.value:.2f}: {t.says}" for t in best.terms)
        claim = f"target proposed from the tumour: {best}; {said}"
        reason = Evidence(claim, "assumed", SOURCE, version=VERSION)
        return Target(best.gene, changes(patient, best.gene), (reason, *best.evidence), True)
    return _from_disease(patient, disease)


def changes(patient: Patient, gene: str) -> tuple[str, ...]:
    """The patient's in-frame changes of a gene in protein order; words and truncations name no protein to bind."""
    found = {v.change for v in patient.tumor if gene in v.gene.split("::") and not variants.truncates(v.change)}
    return tuple(sorted((c for c in found if variants.codons(c)), key=lambda c: (variants.codons(c), c)))


def rank_drivers(patient: Patient, disease: str) -> list[Proposal]:
    """Every gene that could be inhibited for this tumour, best first."""
    return list(rank(patient, disease).proposals)


def _wanted(patient: Patient, disease: str, wanted: str) -> Target:
    gene = ALIASES.get(wanted.upper(), symbol(wanted))
    if not targets.known_gene(gene) and not variants.known_gene(gene):
        near = difflib.get_close_matches(gene, targets.genes(), n=3, cutoff=0.6)
        remedy = "write the HGNC symbol" + (f"; did you mean {' or '.join(near)}?" if near else " of a human protein")
        raise Refusal(f"no table of ours knows the target {wanted!r}", remedy=remedy)
    evidence = [Evidence(f"the order names {gene} as the target", "assumed", "order")]
    drugs = next((t for t in targets.standard_targets(disease) if t.gene == gene), None)
    if drugs is not None:
        evidence.append(drugs.evidence)
    proposal = propose(gene, [f for f in findings(patient.tumor, disease) if f.gene == gene], patient)
    if proposal is not None:
        evidence += proposal.evidence
    if drugs is None and proposal is None:
        claim = f"no table of ours ties {gene} to {disease}: the order's word stands alone"
        evidence.append(Evidence(claim, "assumed", SOURCE, version=VERSION))
    suppressor = variants.tumor_suppressor(gene)
    if suppressor is not None:
        evidence.append(suppressor)
    return Target(gene, changes(patient, gene), tuple(evidence), False)


def _from_disease(patient: Patient, disease: str) -> Target:
    """The target that launched drugs for the disease act on most, where a potency model can stand."""

    def worth(t: DiseaseTarget) -> float:
        return t.strength * measured(targets.measurements(t.gene))

    ranked = sorted(targets.standard_targets(disease), key=lambda t: (-worth(t), t.gene))
    ranked = [t for t in ranked if targets.measurements(t.gene)]
    if not ranked:
        raise _no_target(patient, disease)
    best = ranked[0]
    shown = "; ".join(
        f"{t.gene} {worth(t):.2f} = {t.drugs} drugs, weight {t.weight:.2f}, shrunk to {t.strength:.2f} x measured "
        f"{measured(targets.measurements(t.gene)):.2f}"
        for t in ranked[:4]
    )
    claim = f"target proposed from launched drugs for {best.disease}: {shown}"
    reason = Evidence(claim, "assumed", SOURCE, version=VERSION)
    return Target(best.gene, changes(patient, best.gene), (reason, best.evidence), True)


def _no_target(patient: Patient, disease: str) -> Refusal:
    known = diseases.resolve(disease)
    if known is None:
        near = diseases.suggestions(disease)
        reason = f"no table of ours knows the disease {disease!r}, and the tumour points to no target"
        hint = f" (names that look like it: {', '.join(near)})" if near else ""
    else:
        reason = f"launched drugs for {known.name} act on no human protein that we know, and the tumour points to none"
        hint = ""
    more = "" if patient.tumor else ", or give a tumour file with annotated variants"
    return Refusal(reason, remedy=f'name the target in the order: [disease] target = "EGFR"{more}{hint}')
