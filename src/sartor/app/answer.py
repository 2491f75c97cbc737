"""From chosen candidates to a published answer: reasons, pictures, limits, figures, files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from sartor.chem.parse import strict_batch
from sartor.core import Candidate, Card, DesignBrief, Dossier, Ledger, OrderError, Patient, Scorer
from sartor.explain.attribution import CountModel, attribute, common_scale
from sartor.explain.counterfactual import swings, told
from sartor.explain.limits import limits as house_limits
from sartor.explain.neighbours import Remembers, nearest
from sartor.explain.reasons import Reasons
from sartor.optimize.select import shortfall
from sartor.report import html, tables
from sartor.report.view import Illustrations
from sartor.score.side_effects.cards import cards as side_effect_cards

from .desk import Desk
from .intake import write_brief
from .order import Order
from .safety import safety_of

NEIGHBOURS = 3
CHANGES = 8


@dataclass(frozen=True, slots=True)
class Answer(Dossier):
    """A dossier and the folder that holds its files."""

    folder: Path

    @classmethod
    def of(cls, dossier: Dossier, folder: Path) -> Answer:
        """The dossier of a finished run."""
        return cls(**{f.name: getattr(dossier, f.name) for f in fields(Dossier)}, folder=folder)

    def save(self, folder: str | Path) -> Path:
        """Copy every artefact into another folder; returns it."""
        place = Path(folder)
        if place.resolve() == self.folder.resolve():
            return place
        try:
            shutil.copytree(self.folder, place, dirs_exist_ok=True)
        except OSError as error:
            raise OrderError(f"cannot write into {place}: {error.strerror or error}") from error
        return place


def explain(
    chosen: Sequence[Candidate], brief: DesignBrief, patient: Patient, scorers: Mapping[str, Scorer]
) -> tuple[Candidate, ...]:
    """The shortlist with its reasons."""
    explainer = Reasons(Reasons.Config())
    explainer.attach(scorers)
    return tuple(replace(c, reasons=explainer.explain(c, brief, patient)) for c in chosen)


def limits(
    order: Order, ledger: Ledger, shortlist: Sequence[Candidate], brief: DesignBrief, patient: Patient
) -> tuple[str, ...]:
    """What the answer does not say, beginning with a shortlist that is shorter than asked."""
    short = shortfall(ledger, shortlist, order.shortlist.size, order.shortlist.min_distance)
    return (*((f"Unknown: {short}",) if short else ()), *house_limits(brief, shortlist, patient))


def figures(ledger: Ledger, shortlist: Sequence[Candidate]) -> dict[str, float]:
    """The run in numbers: before and after learning, how much was tried, how much of the shortlist meets everything."""
    first = ledger.history[0] if ledger.history else {}
    totals = [c.total for c in shortlist]
    made: dict[str, float] = {k: float(v) for k, v in first.items() if k.startswith("prior_")}
    return {
        **made,
        "shortlist": float(len(shortlist)),
        "shortlist_median_total": float(np.median(totals)),
        "shortlist_best_total": float(max(totals)),
        "shortlist_meets_all": float(np.mean([c.meets_all for c in shortlist])),
        "tried": float(len(ledger)),
        "ligands_learned_from": float(first.get("ligands", 0.0)),
        "turned_away": float(sum(ledger.turned_away.values())),
    }


def publish(
    dossier: Dossier,
    order: Order,
    patient: Patient,
    ledger: Ledger,
    scorers: Mapping[str, Scorer],
    desk: Desk,
) -> None:
    """Write 4-shortlist and 5-dossier; formats that the order leaves out are removed again."""
    desk.put("4-shortlist.csv", lambda folder: tables.write_shortlist(dossier.shortlist, dossier.brief, folder))
    shown = illustrate(dossier, order, patient, scorers)
    dated = replace(dossier, provenance={**dossier.provenance, "date": datetime.now(UTC).date().isoformat()})
    desk.put("5-dossier.json", lambda folder: html.write_dossier(dated, patient, ledger, folder, shown))
    files = {"html": "5-dossier.html", "json": "5-dossier.json", "csv": "4-shortlist.csv", "sdf": "4-shortlist.sdf"}
    for kind, name in files.items():
        if kind not in order.report.formats:
            (desk.folder / name).unlink(missing_ok=True)


def illustrate(dossier: Dossier, order: Order, patient: Patient, scorers: Mapping[str, Scorer]) -> Illustrations:
    """Atom weights of the heaviest objective that can be explained by atoms, neighbours, cards, what facts change."""
    smiles = [c.smiles for c in dossier.shortlist]
    ranked = sorted(dossier.brief.objectives, key=lambda o: (-o.weight, o.name))
    asked = next((o.name for o in ranked if isinstance(scorers[o.name], CountModel)), "")
    attributions = attribute(scorers[asked], smiles) if asked else ()  # type: ignore[arg-type]
    near: dict[str, list[tuple[str, float, float]]] = {}
    model = scorers.get(asked)
    if isinstance(model, Remembers):
        found = nearest(model, strict_batch(smiles), NEIGHBOURS)
        near = {s: [(n.smiles, n.value, n.similarity) for n in ns] for s, ns in zip(smiles, found, strict=True)}
    moved = swings(dossier.shortlist, dossier.brief, patient, scorers, lambda other: write_brief(order, other))
    reasons = [r for r in (told(s) for s in moved) if r is not None]
    return Illustrations(
        cards=(*_cards(scorers), *side_effect_cards()),
        attributions={a.smiles: a.weights for a in attributions},
        attributed=asked,
        scale=common_scale(attributions),
        neighbours=near,
        measured_on=_measured_on(dossier, asked),
        changes=tuple(reasons[:CHANGES]),
        safety=safety_of(smiles, dossier.brief, patient),
    )


def _measured_on(dossier: Dossier, asked: str) -> str:
    """Whose protein the neighbours were measured on, where that is not the patient's own."""
    target = dossier.brief.target
    ask = next((o for o in dossier.brief.objectives if o.name == asked), None)
    if ask is None or ask.scorer != "potency" or not target.variants:
        return ""
    return f"values measured on {target.gene} {ask.settings.get('variant') or 'wild type'}"


def _cards(scorers: Mapping[str, Scorer]) -> tuple[Card, ...]:
    cards = {s.card.name: s.card for s in scorers.values()}
    return tuple(cards[name] for name in sorted(cards))
