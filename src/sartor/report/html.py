"""The dossier: one self-contained HTML page and the same as JSON. No network, no script, nothing outside the file."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from sartor.chem.depict import OPPOSES, SUPPORTS
from sartor.core import Dossier, IntakeError, Ledger, Patient, decode, encode

from . import person, plots, view
from .files import write_json
from .numbers import exact, number, short_hash, shown_unit
from .view import Illustrations

SCHEMA = "sartor/dossier/1"


def write_dossier(
    dossier: Dossier, patient: Patient, ledger: Ledger, folder: Path, shown: Illustrations | None = None
) -> Path:
    """Write ``5-dossier.json`` and ``5-dossier.html``; returns the path of the page.

    ``dossier.provenance`` may hold "date" and "version.sartor" for the header; ``dossier.figures`` may hold
    "prior_median_total", the median total desirability before learning.
    """
    shown = shown or Illustrations()
    made = {"schema": SCHEMA, **encode(dossier), "illustrations": encode(shown)}
    write_json(made, folder / "5-dossier.json")
    path = folder / "5-dossier.html"
    path.write_text(page(dossier, patient, ledger, shown), encoding="utf-8")
    return path


def read_dossier(path: Path) -> tuple[Dossier, Illustrations]:
    """A ``5-dossier.json`` back to the noun and what was shown beside it; IntakeError where it is not one."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("schema", None) != SCHEMA:
            raise ValueError(f"the schema is not {SCHEMA!r}")
        beside = data.pop("illustrations")
        weights = {s: {int(a): float(w) for a, w in ws.items()} for s, ws in beside.pop("attributions").items()}
        near = {s: [(str(n[0]), float(n[1]), float(n[2])) for n in ns] for s, ns in beside.pop("neighbours").items()}
        rest = decode(Illustrations, {**beside, "attributions": {}, "neighbours": {}})
        shown = replace(rest, attributions=weights, neighbours=near)
        return decode(Dossier, data), shown
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IntakeError(
            f"is not a dossier ({error})", file=path, remedy="use a 5-dossier.json that sartor wrote"
        ) from None


def page(dossier: Dossier, patient: Patient, ledger: Ledger, shown: Illustrations) -> str:
    """The page as text. The same nouns give the same bytes."""
    import jinja2

    env = jinja2.Environment(
        loader=jinja2.PackageLoader("sartor.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "num": number,
        "exact": exact,
        "unit": shown_unit,
        "hash": short_hash,
        "shape": view.shape,
        "cite": person.cite,
        "bound": view.bound,
    }
    return env.get_template("dossier.html.j2").render(**_content(dossier, patient, ledger, shown))


def _content(dossier: Dossier, patient: Patient, ledger: Ledger, shown: Illustrations) -> dict[str, Any]:
    brief, p = dossier.brief, dossier.provenance
    prior = dossier.figures.get("prior_median_total")
    style = (package_files("sartor.report") / "templates" / "dossier.css").read_text(encoding="utf-8")
    spaces = [
        (f"{y} against {x}", Markup(plots.property_space(x, y, brief, ledger, dossier.shortlist)))
        for x, y in plots.chosen_axes(brief, ledger)
    ]
    return {
        "style": Markup(style),
        "dossier": dossier,
        "brief": brief,
        "patient": patient,
        "ledger": ledger,
        "date": p.get("date", ""),
        "version": p.get("version.sartor", ""),
        "seed": p.get("seed", ""),
        "tiles": view.tiles(dossier, ledger),
        "strange": [m.name for m in patient.medicines if not m.recognized],
        "changes": person.changes(brief),
        "noted": [c for c in person.changes(brief) if not c.effects],
        "genes": person.genes(patient),
        "body": person.body(patient),
        "conversions": person.conversions(patient),
        "left_out": person.left_out(patient),
        "glance": view.at_a_glance(dossier),
        "cards": view.cards(dossier, shown),
        "shown": shown,
        "supports": SUPPORTS,
        "opposes": OPPOSES,
        "spaces": spaces,
        "progress": Markup(plots.progress(ledger, prior)),
        "limits": view.sorted_limits(dossier.limits),
        "away": ledger.turned_away.most_common(),
        "provenance": sorted((k, v) for k, v in p.items() if k != "date"),
    }
