"""Which protein to act on: the one the order names, or one proposed from the tumour or from the disease.

A proposal is a product of visible terms, each 0..1, and every candidate's terms are kept as Evidence:
``tier`` (AMP/ASCO/CAP tier of the best CIViC evidence for the patient's change and disease), ``fit`` (how exactly that
evidence names the change), ``direct`` (whether the therapy acts on the gene itself), ``measured`` (whether enough
potencies are public for a model). A gene that drives by loss, or a truncating change, is never proposed: an inhibitor
cannot restore what is lost.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from sartor.core import Evidence, Patient, Refusal, Target, TumorVariant
from sartor.facts import diseases, targets, variants
from sartor.facts.targets import DiseaseTarget
from sartor.facts.variants import Actionable, Grade

TIER = {"I-A": 1.0, "I-B": 0.8, "II-C": 0.5, "II-D": 0.25, "III": 0.1}
FIT: dict[Grade, float] = {"exact": 1.0, "codon": 0.9, "region": 0.8, "any": 0.3}
DIRECT, INDIRECT = 1.0, 0.2
#: A change that resists a drug of the gene shows that the gene is the driver, less surely than one that answers.
RESISTANT = 0.8
LEAST = 0.05  # below this a tumour proposal says nothing
MOST_EVIDENCE = 6
SOURCE = "sartor.personalize.target"
VERSION = "1"
ALIASES = {
    "HER2": "ERBB2",
    "HER1": "EGFR",
    "BCR-ABL": "ABL1",
    "BCR-ABL1": "ABL1",
    "BCR::ABL1": "ABL1",
    "ABL": "ABL1",
    "C-KIT": "KIT",
    "C-MET": "MET",
    "D2": "DRD2",
    "5-HT2A": "HTR2A",
    "VEGFR2": "KDR",
    "COX-2": "PTGS2",
    "MEK1": "MAP2K1",
    "SERT": "SLC6A4",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """One gene of the tumour with the terms of its score."""

    gene: str
    tier: float
    fit: float
    direct: float
    measured: float
    words: str
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """The product of the terms, 0..1."""
        return self.tier * self.fit * self.direct * self.measured

    def __str__(self) -> str:
        terms = f"tier {self.tier:.2f} x fit {self.fit:.2f} x direct {self.direct:.2f} x measured {self.measured:.2f}"
        return f"{self.gene} {self.score:.2f} = {terms} ({self.words})"


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
        others = "; ".join(map(str, ranked[1:4])) or "none"
        claim = f"target proposed from the tumour: {best}; behind it: {others}"
        reason = Evidence(claim, "assumed", SOURCE, version=VERSION)
        return Target(best.gene, changes(patient, best.gene), (reason, *best.evidence, *_left_out(patient)), True)
    return _from_disease(patient, disease)


def changes(patient: Patient, gene: str) -> tuple[str, ...]:
    """The patient's in-frame changes of a gene in protein order; words and truncations name no protein to bind."""
    found = {v.change for v in patient.tumor if gene in v.gene.split("::") and not truncates(v.change)}
    return tuple(sorted((c for c in found if variants.codons(c)), key=lambda c: (variants.codons(c), c)))


def truncates(change: str) -> bool:
    """True for changes that cut the protein short or lose the gene."""
    return "fs" in change or change.endswith(("*", "?")) or change == "gene deletion"


def rank_drivers(patient: Patient, disease: str) -> list[Proposal]:
    """Every gene of the tumour that could be inhibited, best first."""
    by_gene: dict[str, list[TumorVariant]] = {}
    for v in patient.tumor:
        for gene in v.gene.split("::"):
            by_gene.setdefault(gene, []).append(v)
    made = [_proposal(g, vs, disease) for g, vs in by_gene.items() if variants.tumor_suppressor(g) is None]
    depth = {g: max((v.vaf or 0.0 for v in vs), default=0.0) for g, vs in by_gene.items()}
    found = [p for p in made if p is not None]
    return sorted(found, key=lambda p: (-p.score, -depth[p.gene], p.gene))


def _proposal(gene: str, found: list[TumorVariant], disease: str) -> Proposal | None:
    """The best evidence over the gene's changes; None where nothing supports acting on it."""
    options: list[tuple[float, float, float, float, Actionable, Grade, TumorVariant]] = []
    for v in found:
        effect = variants.effect(gene, v.change)
        if truncates(v.change) or (effect is not None and effect[0] == "loss of function"):
            continue
        for item, grade in variants.about(gene, v.change):
            if not item.supports or (item.direction == "resistance" and not item.direct):
                continue
            tier = TIER[variants.tier(item.level, same_disease(disease, item.disease))]
            tier *= RESISTANT if item.direction == "resistance" else 1.0
            direct = DIRECT if item.direct else INDIRECT
            options.append((tier * FIT[grade] * direct, tier, FIT[grade], direct, item, grade, v))
    if not options:
        return None
    options.sort(key=lambda o: (-o[0], -o[4].rating, int(o[4].evidence_id)))
    _, tier, fit, direct, item, grade, v = options[0]
    n = targets.measurements(gene)
    words = f"{v.change}, {grade} match; {n} public potencies"
    cited = list(dict.fromkeys(o[4].evidence for o in options))[: MOST_EVIDENCE - 1]
    cited += [r.evidence for x in found for r in variants.resistance(gene, x.change)[:1] if r.evidence not in cited]
    effects = [e[1] for x in found if (e := variants.effect(gene, x.change)) is not None]
    return Proposal(gene, tier, fit, direct, measured(n), words, tuple(dict.fromkeys((*cited, *effects))))


def same_disease(mine: str, other: str) -> bool:
    """True when evidence about ``other`` speaks of the patient's disease: the same, a kind of it or what it is a kind
    of; "cancer" in general does not count, a tumour-agnostic "solid tumor" does."""
    return diseases.relation(mine, other) != "" and diseases.normal(other) != "cancer"


def measured(n: int) -> float:
    """Worth of ``n`` public potencies: 1 from 500 upward (a model stands), 0.7 from 100, 0.2 below."""
    return 1.0 if n >= 500 else 0.7 if n >= 100 else 0.2


def _left_out(patient: Patient) -> tuple[Evidence, ...]:
    """Why tumour suppressors among the patient's genes were not proposed."""
    genes = dict.fromkeys(g for v in patient.tumor for g in v.gene.split("::"))
    return tuple(e for g in genes if (e := variants.tumor_suppressor(g)) is not None)


def _wanted(patient: Patient, disease: str, wanted: str) -> Target:
    gene = ALIASES.get(wanted.upper(), wanted.upper())
    if not targets.known_gene(gene) and not variants.known_gene(gene):
        near = difflib.get_close_matches(gene, targets.genes(), n=3, cutoff=0.6)
        remedy = "write the HGNC symbol" + (f"; did you mean {' or '.join(near)}?" if near else " of a human protein")
        raise Refusal(f"no table of ours knows the target {wanted!r}", remedy=remedy)
    evidence = [Evidence(f"the order names {gene} as the target", "assumed", "order")]
    drugs = next((t for t in targets.standard_targets(disease) if t.gene == gene), None)
    if drugs is not None:
        evidence.append(drugs.evidence)
    proposal = _proposal(gene, [v for v in patient.tumor if gene in v.gene.split("::")], disease)
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
    return Target(best.gene, changes(patient, best.gene), (reason, best.evidence, *_left_out(patient)), True)


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
