"""Which gene of the tumour to act on: a product of visible terms, each 0..1, each with a sentence.

``tier`` (AMP/ASCO/CAP tier of the best evidence for the patient's change and disease), ``fit`` (how exactly that
evidence names the change), ``direct`` (whether the therapy acts on the gene itself), ``measured`` (whether enough
potencies are public for a model) and, where expression was given, ``expressed``. A gene that drives by loss, or a
truncating change, is never proposed: an inhibitor cannot restore what is lost. A partner whose inhibition is proven
against such a loss in this disease (PARP1 where BRCA1 is lost) may be, and is marked indirect.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sartor.core import Evidence, Patient
from sartor.facts import targets, variants
from sartor.facts.variants import Grade

from .actionability import Finding, Row, findings

TIER = {"I-A": 1.0, "I-B": 0.8, "II-C": 0.5, "II-D": 0.25, "III": 0.1}
FIT: dict[Grade, float] = {"exact": 1.0, "codon": 0.9, "region": 0.8, "any": 0.3}
DIRECT, PARTNER, INDIRECT = 1.0, 0.4, 0.2
#: A change that resists a drug of the gene shows that the gene is the driver, less surely than one that answers.
RESISTANT = 0.8
#: TPM from which a gene counts as expressed (a common convention), and the worth of one below it.
EXPRESSED_TPM, SILENT_WORTH = 1.0, 0.5
MOST_EVIDENCE = 6
_FIT_WORDS = {
    "exact": "the evidence names this very change",
    "codon": "the evidence names this residue",
    "region": "the evidence names the region or the kind of change",
    "any": "the evidence speaks of any mutation of the gene",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One factor of a score, 0..1, and what it says in words."""

    name: str
    value: float
    says: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One gene with the terms of its score. ``indirect`` names the lost gene that a partner is proposed for."""

    gene: str
    terms: tuple[Term, ...]
    words: str
    evidence: tuple[Evidence, ...]
    indirect: str = ""

    @property
    def score(self) -> float:
        """The product of the terms, 0..1."""
        return math.prod(t.value for t in self.terms)

    def __str__(self) -> str:
        product = " x ".join(f"{t.name} {t.value:.2f}" for t in self.terms)
        return f"{self.gene} {self.score:.2f} = {product} ({self.words})"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every proposal, best first, and why the other genes of the tumour are not proposed."""

    proposals: tuple[Proposal, ...]
    passed_over: dict[str, str]


def rank(patient: Patient, disease: str) -> Ranking:
    """Rank the genes of a tumour; a gene's proposal depends on no other gene's variants, save where a profile of the
    evidence asks for both."""
    by_gene: dict[str, list[Finding]] = {}
    for f in findings(patient.tumor, disease):
        by_gene.setdefault(f.gene, []).append(f)
    made: list[Proposal] = []
    passed: dict[str, str] = {}
    for gene, found in by_gene.items():
        own = propose(gene, found, patient)
        if own is not None:
            made.append(own)
        else:
            passed[gene] = next((f.loss for f in found if f.loss), f"no evidence supports acting on {gene}")
        partner = _partner(gene, found, patient)
        if partner is not None:
            made.append(partner)
    vaf = {g: max((f.variant.vaf or 0.0 for f in fs), default=0.0) for g, fs in by_gene.items()}
    best: dict[str, Proposal] = {}
    for p in sorted(made, key=lambda p: (-p.score, -vaf.get(p.indirect or p.gene, 0.0), p.gene)):
        best.setdefault(p.gene, p)
    return Ranking(tuple(best.values()), passed)


def propose(gene: str, found: list[Finding], patient: Patient) -> Proposal | None:
    """The best evidence over the gene's changes; None where nothing supports acting on it."""
    options = [
        (f, r)
        for f in found
        if not f.loss
        for r in f.rows
        if (r.counts or _weak(r)) and (r.item.direction == "sensitivity" or r.on_target)
    ]
    if not options:
        return None
    options.sort(key=lambda o: (-_worth(o[1]), -o[1].item.rating, o[1].item.source_id))
    f, row = options[0]
    terms = [_tier_term(row), Term("fit", FIT[row.fit], _FIT_WORDS[row.fit]), _direct_term(gene, row)]
    n = targets.measurements(gene)
    words = f"{f.variant.change}, {row.fit} match; {n} public potencies"
    cited = list(dict.fromkeys(r.item.evidence for _, r in options))[: MOST_EVIDENCE - 1]
    for x in found:
        cited += [r.evidence for r in variants.resistance(gene, x.variant.change)[:1] if r.evidence not in cited]
    cited += [x.function_evidence for x in found if x.function_evidence is not None]
    return Proposal(gene, (*terms, *_gene_terms(gene, patient)), words, tuple(dict.fromkeys(cited)))


def _weak(row: Row) -> bool:
    """Evidence of any mutation of a gene, for a change not known to drive: it counts for a target, by a poor fit."""
    return row.fit == "any" and row.item.supports and not row.missing


def _partner(lost: str, found: list[Finding], patient: Patient) -> Proposal | None:
    """A partner to act on where ``lost`` is lost, if this disease's own evidence of level A or B says so."""
    options = [
        (f, r)
        for f in found
        if f.loss
        for r in f.rows
        if r.tier in ("I-A", "I-B")
        and (r.counts or _weak(r))
        and r.item.direction == "sensitivity"
        and not r.on_target
        and r.item.acts_on
    ]
    if not options:
        return None
    f, row = min(options, key=lambda o: (-_worth(o[1]), -o[1].item.rating, o[1].item.source_id))
    gene = max(row.item.acts_on, key=lambda g: (targets.measurements(g), g))
    says = f"indirect: {row.item.therapies} acts on {gene}, which a tumour that has lost {lost} depends on"
    terms = (_tier_term(row), Term("fit", FIT[row.fit], _FIT_WORDS[row.fit]), Term("direct", PARTNER, says))
    words = f"{lost} {f.variant.change} is a loss; {row.fit} match; {targets.measurements(gene)} public potencies"
    suppressor = variants.tumor_suppressor(lost)
    cited = (row.item.evidence, *((suppressor,) if suppressor else ()))
    return Proposal(gene, (*terms, *_gene_terms(gene, patient)), words, cited, lost)


def _worth(row: Row) -> float:
    return _tier_term(row).value * FIT[row.fit] * (DIRECT if row.on_target else INDIRECT)


def _tier_term(row: Row) -> Term:
    a = row.item
    where = {"exact": "in this disease", "ancestor": "in a broader disease", "descendant": "in a kind of this disease"}
    place = where.get(row.match, "in another tumour")
    said = f"tier {row.tier}: CIViC level {a.level} {place} ({a.disease}, {a.therapies})"
    if a.direction == "resistance":
        said += f"; it resists, which shows the driver less surely (x {RESISTANT:g})"
    return Term("tier", TIER[row.tier] * (RESISTANT if a.direction == "resistance" else 1.0), said)


def _direct_term(gene: str, row: Row) -> Term:
    if row.on_target:
        return Term("direct", DIRECT, f"{row.item.therapies} acts on {gene} itself")
    others = ", ".join(row.item.acts_on) or "other genes or by other means"
    return Term("direct", INDIRECT, f"{row.item.therapies} acts not on {gene} but on {others}")


def _gene_terms(gene: str, patient: Patient) -> tuple[Term, ...]:
    n = targets.measurements(gene)
    out = [Term("measured", measured(n), f"{n} public potency measurements of {gene}")]
    tpm = patient.expression.get(gene)
    if tpm is not None:
        worth = 1.0 if tpm >= EXPRESSED_TPM else SILENT_WORTH
        said = f"{gene} is at {tpm:g} TPM in the tumour ({'expressed' if worth == 1.0 else 'hardly expressed'})"
        out.append(Term("expressed", worth, said))
    return tuple(out)


def measured(n: int) -> float:
    """Worth of ``n`` public potencies: 1 from 500 upward (a model stands), 0.7 from 100, 0.2 below."""
    return 1.0 if n >= 500 else 0.7 if n >= 100 else 0.2
