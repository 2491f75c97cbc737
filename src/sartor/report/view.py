"""What the dossier's page shows, worked out before the template: rows, cards, tiles. No markup but small pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from markupsafe import Markup

from sartor.chem import depict
from sartor.core import Candidate, Card, Constraint, Dossier, Ledger, Objective, Reason

from .bars import Track, worth_bar
from .numbers import exact, hint, interval, number, shown_unit
from .safety import Safety, grouped

STRUCTURE, SMALL, THUMB = (420, 290), (210, 150), (210, 140)


@dataclass(frozen=True, slots=True)
class Illustrations:
    """What the dossier shows beside the dossier itself; every part may be empty, and then its place stays out.

    ``attributions``: SMILES -> atom index -> weight (order of the parsed SMILES), all of the prediction
    named by ``attributed`` (an objective's name), drawn at full colour at ``scale``. ``neighbours``: SMILES
    -> measured molecules as (SMILES, value, similarity), of the same prediction; ``measured_on``
    says of which protein, where that is not the objective's own. ``cards`` of the models used. ``changes``:
    what a different patient fact would change. ``safety``: SMILES -> organ risks and off-target hits.
    """

    cards: tuple[Card, ...] = ()
    attributions: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    attributed: str = ""
    scale: float = 0.0
    neighbours: Mapping[str, Sequence[tuple[str, float, float]]] = field(default_factory=dict)
    changes: tuple[Reason, ...] = ()
    measured_on: str = ""
    safety: dict[str, Safety] = field(default_factory=dict)


def tiles(dossier: Dossier, ledger: Ledger) -> list[dict[str, str]]:
    """The strip under the title: the answer in six numbers."""
    totals = [c.total for c in dossier.shortlist]
    median = float(np.median(totals)) if totals else math.nan
    prior = dossier.figures.get("prior_median_total", math.nan)
    met = sum(c.meets_all for c in dossier.shortlist)
    out = [
        {"value": str(len(totals)), "label": "molecules on the shortlist"},
        {"value": number(max(totals, default=math.nan), "score"), "label": "best total desirability"},
        {"value": number(median, "score"), "label": "median total desirability"},
    ]
    if math.isfinite(prior):
        out.append(_before(median, prior, dossier.figures.get("prior_mean_total", math.nan)))
    out.append({"value": f"{met} of {len(totals)}", "label": "meet every constraint"})
    out.append({"value": f"{len(ledger):,}", "label": "molecules measured"})
    return out


def _before(median: float, prior: float, mean: float) -> dict[str, str]:
    """What learning changed: against the median of the untouched prior's molecules, or their mean where that is 0."""
    if prior > 0:
        return {"value": f"{median / prior:.1f}×", "label": f"against {number(prior, 'score')} before learning"}
    if mean > 0:
        return {
            "value": f"{median / mean:.0f}×",
            "label": f"against a mean of {number(mean)} before learning (median 0)",
        }
    return {"value": "–", "label": "nothing before learning was worth more than 0"}


def wish(o: Objective) -> str:
    """An objective in a few words: what is wanted, from where to where."""
    return f"Objective {o.name}: {shape(o)}"


def rule(c: Constraint) -> str:
    """A constraint in a few words."""
    return f"Constraint {c.name}: {bound(c)}"


def bound(c: Constraint) -> str:
    """A constraint's bound as set, with its unit."""
    unit = shown_unit(c.unit)
    word = "at most" if c.bound == "below" else "at least"
    return f"{word} {exact(c.limit)}{unit if unit == '×' else ' ' + unit}".rstrip()


def shape(o: Objective) -> str:
    """The desirability in words a chemist reads at once."""
    p = [exact(x) for x in o.desirability.points]
    unit = shown_unit(o.unit)
    tail = "" if not unit else unit if unit == "×" else f" {unit}"
    if len(p) == 4:
        return f"{p[1]} to {p[2]}{tail} is best, nothing under {p[0]} or over {p[3]}"
    rising = o.desirability.points[0] < o.desirability.points[1]
    better, worse = ("more", "less") if rising else ("less", "more")
    return f"{p[1]}{tail} or {better} is enough, {p[0]} or {worse} is worth nothing"


def at_a_glance(dossier: Dossier) -> list[dict[str, Any]]:
    """The shortlist as a table: thumbnails, totals and one tinted cell per objective."""
    rows = []
    for c in dossier.shortlist:
        cells = []
        for o in dossier.brief.objectives:
            r, worth = c.readings.get(o.name), c.worth.get(o.name, 0.0)
            value = math.nan if r is None else r.value
            title = f"{o.name}: worth {worth:.2f}" + ("" if r and r.in_domain else "; outside the model's domain")
            cells.append({"text": number(value, o.unit), "share": f"{100 * worth:.0f}", "title": title,
                          "outside": not (r and r.in_domain)})  # fmt: skip
        picture = Markup(depict.svg(c.smiles, None, THUMB, key=f"glance{c.rank}"))
        rows.append({"c": c, "picture": picture, "cells": cells, "total": number(c.total, "score")})
    return rows


def cards(dossier: Dossier, shown: Illustrations) -> list[dict[str, Any]]:
    """One card per shortlisted molecule."""
    tracks = {k.name: Track(k, dossier.shortlist) for k in dossier.brief.constraints}
    return [_card(c, dossier, shown, tracks) for c in dossier.shortlist]


def _card(c: Candidate, dossier: Dossier, shown: Illustrations, tracks: Mapping[str, Track]) -> dict[str, Any]:
    weights = shown.attributions.get(c.smiles)
    picture = depict.svg(c.smiles, weights, STRUCTURE, scale=shown.scale or None, key=f"card{c.rank}")
    wishes = []
    for o in dossier.brief.objectives:
        r, worth = c.readings.get(o.name), c.worth.get(o.name, 0.0)
        row = _row(o, r) | {"bar": Markup(worth_bar(o, r, worth)), "worth": f"{worth:.2f}"}
        wishes.append(row)
    rules = []
    for k in dossier.brief.constraints:
        r, unmet = c.readings.get(k.name), k.name in c.unmet
        limit = f"{'≤' if k.bound == 'below' else '≥'} {exact(k.limit)}"
        rules.append(_row(k, r) | {"bar": Markup(tracks[k.name].svg(r, unmet)), "unmet": unmet, "limit": limit})
    near = [_neighbour(n, c, i, dossier, shown) for i, n in enumerate(shown.neighbours.get(c.smiles, ()))]
    safety = shown.safety.get(c.smiles)
    organs = [] if safety is None else grouped(safety)
    return {"c": c, "picture": Markup(picture), "coloured": bool(weights), "wishes": wishes, "rules": rules,
            "near": near, "safety": safety, "organs": organs, "total": number(c.total, "score"),
            "share": f"{100 * max(c.total, 0):.1f}"}  # fmt: skip


def _row(ask: Objective | Constraint, r: Any) -> dict[str, Any]:
    value = math.nan if r is None else r.value
    return {
        "ask": ask,
        "value": number(value, ask.unit),
        "unit": shown_unit(ask.unit),
        "interval": "" if r is None else interval(r, ask.unit),
        "hint": hint(value, ask.unit),
        "outside": r is not None and not r.in_domain and not math.isnan(value),
        "why_not": "not measured" if r is None else r.why_not,
    }


def _neighbour(
    given: tuple[str, float, float], c: Candidate, i: int, dossier: Dossier, shown: Illustrations
) -> dict[str, Any]:
    smiles, value, similarity = given
    unit = next((o.unit for o in dossier.brief.objectives if o.name == shown.attributed), "")
    return {
        "picture": Markup(depict.svg(smiles, None, SMALL, key=f"near{c.rank}-{i}")),
        "smiles": smiles,
        "value": number(value, unit),
        "unit": shown_unit(unit),
        "hint": hint(value, unit),
        "similarity": f"{similarity:.2f}",
    }


def sorted_limits(limits: Sequence[str]) -> dict[str, list[str]]:
    """Limits by their first word: "Not assessed", "Unknown", "Assay"; a line of another kind counts as unknown."""
    out: dict[str, list[str]] = {"Not assessed": [], "Unknown": [], "Assay": []}
    for line in limits:
        head, _, tail = line.partition(": ")
        out[head if head in out and tail else "Unknown"].append(tail if head in out and tail else line)
    return {k: [_sentence(x) for x in v] for k, v in out.items()}


def _sentence(text: str) -> str:
    """A capital first letter, except where the first word is a name with its own (hERG, mRNA)."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first == first.lower() else text
