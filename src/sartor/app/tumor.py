"""A tumour's files read, judged and ranked: what ``sartor tumor`` answers, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sartor.core import Evidence, Patient, Refusal, encode
from sartor.facts import diseases
from sartor.personalize.actionability import Finding, Row, findings
from sartor.personalize.drivers import Proposal, rank
from sartor.personalize.mutant import canonical_variant, potency_models
from sartor.personalize.target import LEAST, changes, choose_target
from sartor.read.expression import read_expression
from sartor.read.sieve import Limits
from sartor.read.tumor import read_tumor_file

#: Evidence rows shown of one variant; all are counted.
ROWS = 40


@dataclass(frozen=True, slots=True)
class TumorFiles:
    """The files of one tumour and how to read them; ``assembly`` "auto" takes what the file or its places tell."""

    file: Path
    sample: str | None = None
    assembly: str = "auto"
    cnv: Path | None = None
    fusions: Path | None = None
    expression: Path | None = None
    limits: Limits = field(default_factory=Limits)


def tumor_report(files: TumorFiles, disease: str) -> dict[str, Any]:
    """Variants with tier, evidence and resistance; targets with every term of their score; what was left out and why.

    Raises:
        IntakeError: a file is missing, malformed or contradicts what was declared.
    """
    read = read_tumor_file(
        files.file, files.sample, assembly=files.assembly, limits=files.limits, cnv=files.cnv, fusions=files.fusions
    )
    notes = list(read.notes)
    levels: dict[str, float] = {}
    if files.expression is not None:
        levels, said = read_expression(files.expression, files.sample)
        notes += said
    patient = Patient(tumor=read.variants, expression=levels)
    ranking = rank(patient, disease)
    return {
        "disease": _disease(disease, notes),
        "kind": read.kind,
        "assembly": read.assembly,
        "sample": read.sample_hash,
        "limits": encode(files.limits),
        "variants": [_variant(f, levels) for f in findings(read.variants, disease)],
        "targets": [_target(p, patient) for p in ranking.proposals],
        "not_targets": [{"gene": g, "reason": why} for g, why in ranking.passed_over.items()],
        "proposed": _proposed(patient, disease),
        "left_out": [encode(x) for x in read.left_out],
        "notes": notes,
    }


def _disease(name: str, notes: list[str]) -> dict[str, Any]:
    known = diseases.resolve(name)
    if known is not None:
        broader = list(diseases.ancestors(known))
        return {"given": name, "known": known.name, "doid": known.doid, "broader": broader, "nearest": []}
    near = list(diseases.suggestions(name))
    hint = f"; known names that look like it: {', '.join(near)}" if near else ""
    notes.append(f"no table of ours knows the disease {name!r}: all evidence counts as another tumour's{hint}")
    return {"given": name, "known": None, "doid": "", "broader": [], "nearest": near}


def _variant(f: Finding, levels: dict[str, float]) -> dict[str, Any]:
    v = f.variant
    return {
        "gene": f.gene,
        "change": v.change,
        "fusion": v.gene if "::" in v.gene else "",
        "vaf": v.vaf,
        "depth": v.depth,
        "copies": v.copies,
        "tpm": levels.get(f.gene),
        "effect": v.effect,
        "function": f.function,
        "function_source": _cited(f.function_evidence),
        "hotspot": f.hotspot,
        "tier": f.tier,
        "resistance_mutation": f.resists,
        "resistance": [_row(r) for r in f.resistance],
        "loss": f.loss,
        "evidence": [_row(r) for r in f.rows[:ROWS]],
        "evidence_rows": len(f.rows),
        "source": v.source,
    }


def _row(r: Row) -> dict[str, Any]:
    a = r.item
    return {
        "profile": a.profile,
        "level": a.level,
        "rating": a.rating,
        "direction": a.direction,
        "supports": a.supports,
        "disease": a.disease,
        "match": r.match,
        "therapy": a.therapies,
        "on_target": r.on_target,
        "acts_on": list(a.acts_on),
        "fit": r.fit,
        "tier": r.tier,
        "counts": r.counts,
        "missing": list(r.missing),
        "pmid": a.pmid,
        "source_id": a.source_id,
        "version": a.version,
    }


def _target(p: Proposal, patient: Patient) -> dict[str, Any]:
    return {
        "gene": p.gene,
        "score": round(p.score, 4),
        "terms": [encode(t) for t in p.terms],
        "says": str(p),
        "indirect": p.indirect,
        "variants": list(changes(patient, p.gene)),
        "enough": p.score >= LEAST,
        "evidence": [str(e) for e in p.evidence],
    }


def _proposed(patient: Patient, disease: str) -> dict[str, Any]:
    """The target a design would take without one named, and the form of it that potency would be asked on."""
    try:
        target = choose_target(patient, disease)
    except Refusal as refusal:
        return {"gene": "", "variants": [], "mutant_form": "", "because": [], "refused": str(refusal)}
    form = f"{target.gene} {canonical_variant(target.variants)}".strip()
    model = potency_models().get((target.gene, canonical_variant(target.variants)))
    usable = model is not None and model[0]
    said = (
        "a potency model of this form is there" if usable else "no usable potency model of this form: wild type is used"
    )
    wild = potency_models().get((target.gene, ""))
    if not usable and not (wild and wild[0]):
        said = f"no usable potency model of {target.gene} at all: a design needs a measure of its own"
    return {
        "gene": target.gene,
        "variants": list(target.variants),
        "mutant_form": form,
        "model": said,
        "from_tumor": target.gene in {p.gene for p in rank(patient, disease).proposals if p.score >= LEAST},
        "because": [str(e) for e in target.evidence],
        "refused": "",
    }


def _cited(evidence: Evidence | None) -> str:
    return "" if evidence is None else f"{evidence.source} {evidence.source_id}".strip()
