"""What ``sartor side-effects`` answers: a list of molecules against one person, as plain data."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sartor.chem.notations import read_notation
from sartor.chem.parse import batch
from sartor.core import Card, Evidence, MolBatch, OrderError, PartError, Patient, Readout, Refusal, encode
from sartor.score.potency import available
from sartor.score.side_effects.cards import cards
from sartor.score.side_effects.nouns import Hit, OrganRisk, Term
from sartor.score.side_effects.panel import heads, not_measured
from sartor.score.side_effects.person import READS
from sartor.score.side_effects.profile import PARTS, Profile, profiles, summary
from sartor.score.side_effects.resemblance import Resemblance, role_words

from . import parts
from .intake import read_patient
from .order import read_order
from .score import Line, read_list

NOTICE = "research use only: predictions and rules, never a clinical decision; low is not safe, unknown is not low"
CHUNK = 128


def read_parts(mols: MolBatch, patient: Patient) -> tuple[dict[str, tuple[Card, Readout]], dict[str, str]]:
    """Readings of the installed parts that the organs ask for, and why the others are not there."""
    known = set(parts.known("scorers"))
    readings: dict[str, tuple[Card, Readout]] = {}
    absent: dict[str, str] = {}
    for name in PARTS:
        if name not in known:
            absent[name] = "not predicted here: no part of this name is installed"
            continue
        try:
            part = parts.make("scorers", name)
        except (PartError, Refusal, KeyError) as error:
            absent[name] = f"not predicted here: {error}"
            continue
        readings[name] = (part.card, part.score(mols, patient.view(part.card.reads)))
    return readings, absent


def profile_batch(mols: MolBatch, patient: Patient, target: str = "", variant: str = "") -> list[Profile]:
    """The profiles of a batch for one patient; the null patient where nobody is meant."""
    out: list[Profile] = []
    for start in range(0, len(mols), CHUNK):
        piece = mols.take(range(start, min(start + CHUNK, len(mols))))
        readings, absent = read_parts(piece, patient)
        out += profiles(piece, readings, patient.view(READS), absent, target, variant)
    return out


def side_effects_file(molecules: Path, case: Path | None = None, target: str = "", variant: str = "") -> dict[str, Any]:
    """The answer for a file of molecules. A case gives the patient and, unless ``target`` is given, the target.

    A target of the case without a usable potency model leaves the windows out and says so; one that was asked for by
    name is a Refusal.
    """
    patient = Patient()
    notes: list[str] = []
    if case is not None:
        order = read_order(case)
        patient = read_patient(order.patient)
        notes += list(patient.notes)
        if not target and order.disease.target:
            ok, why = available(order.disease.target)
            target = order.disease.target if ok else ""
            notes += [] if ok else [f"no window to the intended target: {why}"]
    else:
        notes.append("no --patient: facts of a person are not met")
    lines = read_list(molecules)
    texts = [read_notation(line.text)[0] or line.text for line in lines]
    mols, bad = batch(texts)
    if not len(mols):
        raise OrderError(f"{molecules} holds no molecule that could be read; write one SMILES a line")
    turned = {b.position: b.why for b in bad}
    made = iter(profile_batch(mols, patient, target, variant))
    rows = [_row(line, turned.get(i), None if i in turned else next(made)) for i, line in enumerate(lines)]
    unread = [m.name for m in patient.medicines if not m.recognized]
    notes += [f"not known to the house, so not met with any effect: {', '.join(unread)}"] if unread else []
    return {
        "file": molecules.name,
        "patient": patient.id,
        "target": target,
        "panel_targets": len(heads()),
        "panel_not_measured": [{"gene": g, "why": w} for g, w in not_measured()],
        "molecules": rows,
        "cards": [encode(c) for c in cards()],
        "notes": notes,
        "notice": NOTICE,
    }


def _row(line: Line, problem: str | None, profile: Profile | None) -> dict[str, Any]:
    head: dict[str, Any] = {"line": line.number, "text": line.text, "name": line.name, "problem": problem or ""}
    return head if profile is None else head | plain(profile)


def plain(p: Profile) -> dict[str, Any]:
    """A profile as plain data for JSON; numbers that are not there are null."""
    return {
        "smiles": p.smiles,
        "levels": {o.organ: o.level for o in p.organs},
        "levels_for_patient": {o.organ: o.level_for_patient for o in p.organs},
        "organs": [_organ(o) for o in p.organs],
        "panel": {
            "answered": p.panel.answered,
            "hits": [_hit(h) for h in p.panel.hits],
            "clear": [h.gene for h in p.panel.clear],
            "not_told": [h.gene for h in p.panel.not_told if h.in_domain],
            "out_of_domain": [h.gene for h in p.panel.not_told if not h.in_domain],
        },
        "tdi": _term(p.tdi) | {"medicines": list(p.tdi_meets)},
        "pxr": _term(p.pxr) | {"medicines": list(p.pxr_meets)},
        "nearest_drugs": [_near(n) for n in p.nearest],
        "assays": list(p.assays),
    }


def _organ(o: OrganRisk) -> dict[str, Any]:
    return {
        "organ": o.organ,
        "level": o.level,
        "level_for_patient": o.level_for_patient,
        "why": list(o.why),
        "terms": [_term(t) for t in o.terms],
        "personal": [{"effect": x.effect, "text": x.text, "evidence": _evidence(x.evidence)} for x in o.personal],
        "not_recorded": list(o.not_recorded),
        "assays": list(o.assays),
    }


def _term(t: Term) -> dict[str, Any]:
    return {
        "name": t.name, "kind": t.kind, "level": t.level, "why": t.why, "unit": t.unit, "value": _number(t.value),
        "low": _number(t.low), "high": _number(t.high), "in_domain": t.in_domain, "base_rate": _number(t.base_rate),
        "core": t.core, "effects": list(t.effects), "evidence": _evidence(t.evidence),
    }  # fmt: skip


def _hit(h: Hit) -> dict[str, Any]:
    return {
        "gene": h.gene, "protein": h.protein, "level": h.level, "value": _number(h.value), "low": _number(h.low),
        "high": _number(h.high), "in_domain": h.in_domain, "chance_of_1_uM": _number(h.chance),
        "base_rate": _number(h.base_rate), "bowes44": h.first_panel,
        "window": None if h.window is None else [_number(x) for x in h.window],
    }  # fmt: skip


def _near(n: Resemblance) -> dict[str, Any]:
    return {
        "substance": n.substance, "similarity": n.similarity, "alike": n.alike, "words": n.words,
        "roles": [{"text": role_words(r), "source": r.source, "version": r.version} for r in n.roles],
        "harms": [{"kind": h.kind, "text": h.words, "organs": list(h.organs), "source": h.source} for h in n.harms],
        "qt": n.qt, "narrow_index": n.narrow_index,
    }  # fmt: skip


def _evidence(found: Sequence[Evidence]) -> list[dict[str, str]]:
    return [{"claim": e.claim, "kind": e.kind, "source": e.source, "id": e.source_id, "version": e.version}
            for e in found]  # fmt: skip


def _number(x: float | None) -> float | None:
    return None if x is None or math.isnan(x) else round(x, 4)


def as_csv(answer: Mapping[str, Any]) -> str:
    """One row per line of the list: levels by organ, hits, alerts, the nearest drug."""
    rows = answer["molecules"]
    organs = list(dict.fromkeys(o for r in rows for o in r.get("levels", {})))
    head = ["line", "text", "name", "problem", "smiles"]
    head += [f"{o.replace(' ', '_')}{tail}" for o in organs for tail in ("", "_for_patient")]
    head += ["panel_answered", "panel_hits", "tdi", "pxr", "nearest_drug", "assays"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for r in rows:
        cells = [r["line"], r["text"], r["name"], r["problem"], r.get("smiles", "")]
        if r["problem"]:
            writer.writerow(cells + [""] * (len(head) - len(cells)))
            continue
        # An organ of which only the panel speaks, and did not here: no hit, which clears nothing.
        cells += [r[k].get(o, "no hit") for o in organs for k in ("levels", "levels_for_patient")]
        hits = "|".join(f"{h['gene']}:{h['value']:.1f}" for h in r["panel"]["hits"])
        cells += [r["panel"]["answered"], hits, r["tdi"]["level"], r["pxr"]["level"]]
        cells += [r["nearest_drugs"][0]["words"], "|".join(r["assays"])]
        writer.writerow(cells)
    return out.getvalue()


def write(answer: Mapping[str, Any], out: Path) -> None:
    """Write the answer as ``.json`` or, for any other suffix, as CSV."""
    text = json.dumps(answer, indent=1, sort_keys=True) + "\n" if out.suffix == ".json" else as_csv(answer)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OrderError(f"cannot write {out}: {error.strerror or error}; choose another place with -o") from error


__all__ = ["as_csv", "plain", "profile_batch", "side_effects_file", "summary", "write"]
