"""What the dossier's page shows of the patient: genes and what medicines make of them, body, what each fact changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from sartor.core import Constraint, DesignBrief, Evidence, GeneCall, LeftOut, Objective, Patient
from sartor.core.patient import BODY_DETAILS
from sartor.pharmacology.phenoconversion import table
from sartor.pharmacology.phenotype import LADDERS, shift

from .view import rule, wish

CITE = 52  # characters of a source that fit beside a sentence; the whole stands in the tooltip and the JSON


def genes(patient: Patient) -> list[dict[str, Any]]:
    """One row per gene: what was called, how surely, what the medicines make of it, and what was missing."""
    rows = []
    for g in sorted(patient.genes.values(), key=lambda g: g.gene):
        note = "; ".join(x for x in (g.why, *(f"or {a}" for a in g.alternatives)) if x)
        gaps = f"{len(g.missing)} position{'s' * (len(g.missing) != 1)}" if g.missing else ""
        rows.append({"call": g, "note": note, "missing": gaps, "positions": ", ".join(g.missing),
                     "converted": _converted(g, patient)})  # fmt: skip
    return rows


def _converted(call: GeneCall, patient: Patient) -> str:
    """The phenotype with the medicines, where they change it; "" elsewhere."""
    if call.gene not in LADDERS:
        return ""
    moved = shift(call.gene, call, patient.medicines)
    if not moved.converted:
        return ""
    score = "" if moved.effective_score is None else f" (score {moved.effective_score:g})"
    return f"{moved.effective}{score} with {', '.join(a.substance for a in moved.actors if a.counts)}"


def conversions(patient: Patient) -> list[dict[str, str]]:
    """One sentence for each enzyme that a medicine moves, with its activity by genes and by genes and medicines."""
    rows = []
    for row in table(patient):
        if row.actors:
            numbers = f"{row.activity} of normal by genes, {row.effective_activity} with medicines"
            rows.append({"says": row.mechanism + (f": {row.bound}" if row.bound else ""),
                         "activity": numbers if row.activity else ""})  # fmt: skip
    return rows


def left_out(patient: Patient) -> list[LeftOut]:
    """What the tumour's files hold and nothing is concluded from, as it was read."""
    return list(patient.tumor_left_out)


def body(patient: Patient) -> list[tuple[str, str]]:
    """Body facts that were given, in words; the ones not given come last in one line."""
    names = {
        "age_years": "age",
        "weight_kg": "weight",
        "egfr_ml_min": "eGFR",
        "qtc_ms": "QTc",
        "qt_prolonged": "QT prolonged",
        "potassium_mmol_l": "potassium",
        "child_pugh": "Child-Pugh",
        "child_pugh_points": "Child-Pugh points",
        "child_pugh_method": "Child-Pugh from",
        "egfr_method": "eGFR by",
        "creatinine_mg_dl": "creatinine",
        "crcl_ml_min": "creatinine clearance",
        "height_cm": "height",
        "bilirubin_mg_dl": "bilirubin",
        "albumin_g_dl": "albumin",
        "inr": "INR",
    }
    units = {
        "age_years": "years",
        "weight_kg": "kg",
        "egfr_ml_min": "mL/min",
        "qtc_ms": "ms",
        "potassium_mmol_l": "mmol/L",
        "creatinine_mg_dl": "mg/dL",
        "crcl_ml_min": "mL/min",
        "height_cm": "cm",
        "bilirubin_mg_dl": "mg/dL",
        "albumin_g_dl": "g/dL",
    }
    given, missing = [], []
    for f in fields(patient.body):
        value = getattr(patient.body, f.name)
        label = names.get(f.name, f.name.replace("_", " "))
        if value is None:
            missing += [label] if f.name not in BODY_DETAILS else []
        elif isinstance(value, bool):
            given.append((label, "yes" if value else "no"))
        elif isinstance(value, tuple):
            given.append((label, ", ".join(value) or "none"))
        else:
            shown = f"{value:g}" if isinstance(value, int | float) else str(value)
            given.append((label, f"{shown} {units.get(f.name, '')}".strip()))
    return given + ([("not given", ", ".join(missing))] if missing else [])


@dataclass(frozen=True, slots=True)
class Badge:
    """Sources that read the same beside a sentence, once; the tooltip holds every claim."""

    kind: str
    cite: str
    title: str


@dataclass(slots=True)
class Change:
    """Facts of the patient that did the same to the brief, what they did, and what it rests on."""

    facts: list[str]
    effects: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def badges(self) -> list[Badge]:
        """The evidence with sources of the same name, number and kind put together."""
        found: dict[tuple[str, str], list[str]] = {}
        for e in self.evidence:
            found.setdefault((e.kind, cite(e)), []).append(str(e))
        return [Badge(kind, name, "\n".join(dict.fromkeys(said))) for (kind, name), said in found.items()]


def changes(brief: DesignBrief) -> list[Change]:
    """What facts changed, in brief order, facts of one effect in one row; those that changed nothing come last."""
    found: dict[str, Change] = {}
    asks: tuple[Objective | Constraint, ...] = (*brief.objectives, *brief.constraints)
    personal = {r.text for r in brief.facts}
    for ask in asks:
        # a personal entry may also carry its generic reason; only when no fact is named do all its reasons
        # count
        mine = [r for r in ask.because if r.text in personal] or list(ask.because)
        for reason in mine if ask.personal else ():
            row = found.setdefault(reason.text, Change([reason.text]))
            row.effects.append(wish(ask) if isinstance(ask, Objective) else rule(ask))
            row.evidence += [e for e in reason.evidence if e not in row.evidence]
    for reason in brief.facts:
        row = found.setdefault(reason.text, Change([reason.text]))
        row.evidence += [e for e in reason.evidence if e not in row.evidence]
    return sorted(_together(found.values()), key=lambda c: not c.effects)


def _together(rows: Iterable[Change]) -> list[Change]:
    """Rows with the same effects as one; a row without any stays by itself."""
    made: dict[tuple[str, ...], Change] = {}
    for row in rows:
        same = made.setdefault(tuple(row.effects) or (row.facts[0],), Change([], list(row.effects)))
        same.facts += row.facts
        same.evidence += [e for e in row.evidence if e not in same.evidence]
    return list(made.values())


def cite(evidence: Evidence) -> str:
    """A source as it stands beside a sentence: its name, cut where the fine print begins, and its identifier."""
    name = evidence.source.split(":")[0] if len(evidence.source) > CITE else evidence.source
    name = name.split(" (")[0] if len(name) > CITE else name
    name = name if len(name) <= CITE else name[:CITE].rsplit(" ", 1)[0] + "…"
    tail = evidence.source_id or evidence.version
    return f"{name} {tail}".strip() if len(tail) <= CITE // 2 else name
