"""The plain files of a run: 1-patient.json, 2-brief.json and the 2-brief.md a person reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sartor.core import (
    Constraint,
    DesignBrief,
    Evidence,
    IntakeError,
    Objective,
    Patient,
    Reason,
    decode,
    encode,
)

PATIENT_SCHEMA, BRIEF_SCHEMA = "sartor/patient/1", "sartor/brief/1"


def write_patient(patient: Patient, folder: Path) -> Path:
    """Write ``1-patient.json``; returns its path."""
    return write_json({"schema": PATIENT_SCHEMA, **encode(patient)}, folder / "1-patient.json")


def read_patient(path: Path) -> Patient:
    """The patient of a ``1-patient.json``; IntakeError where it is not one."""
    return decode(Patient, _read(path, PATIENT_SCHEMA))


def write_brief(brief: DesignBrief, folder: Path) -> Path:
    """Write ``2-brief.json`` and ``2-brief.md``; returns the path of the first."""
    (folder / "2-brief.md").write_text(brief_markdown(brief), encoding="utf-8")
    return write_json({"schema": BRIEF_SCHEMA, **encode(brief)}, folder / "2-brief.json")


def read_brief(path: Path) -> DesignBrief:
    """The brief of a ``2-brief.json``, as written or as a person changed it; IntakeError where it does not fit."""
    try:
        return decode(DesignBrief, _read(path, BRIEF_SCHEMA))
    except ValueError as error:
        raise IntakeError(
            str(error), file=path, remedy="compare with a 2-brief.json that `sartor brief` wrote"
        ) from None


def write_json(data: Any, path: Path) -> Path:
    """JSON with sorted keys, two-space indent and a final line break: the same data gives the same bytes."""
    path.write_text(
        json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8"
    )
    return path


def _read(path: Path, schema: str) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise IntakeError(
            f"cannot be read ({error.strerror or error})", file=path, remedy="give the path of a file sartor wrote"
        ) from None
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise IntakeError(
            f"is not JSON ({error})", file=path, line=line, remedy="mend the line or write it anew"
        ) from None
    found = data.pop("schema", None) if isinstance(data, dict) else None
    if found != schema:
        raise IntakeError(
            f"its schema is {found!r}, not {schema!r}", file=path, remedy=f'give a file whose "schema" is "{schema}"'
        )
    return data


def brief_markdown(brief: DesignBrief) -> str:
    """The brief as a page: what is wanted, what is ruled out, why, and on what evidence."""
    sources: list[Evidence] = []
    lines = [
        f"# Design brief for {brief.patient_id}",
        "",
        f"Disease: {brief.disease}  ",
        f"Target: {brief.target}{' (proposed by the house, not ordered)' if brief.target.proposed else ''}",
        "",
        "Entries marked ● are there, or are what they are, because of this patient. Research use only.",
        "",
        "## What is wanted",
        "",
        "| | objective | measured by | worth | weight | because |",
        "|---|---|---|---|---|---|",
    ]
    for o in brief.objectives:
        weight = f"{o.weight:g}{f' ({o.consequence})' if o.consequence else ''}"
        lines.append(_row(o, str(o.desirability), weight, sources))
    lines += [
        "",
        "## What is ruled out",
        "",
        "| | constraint | measured by | bound | because |",
        "|---|---|---|---|---|",
    ]
    for c in brief.constraints:
        bound = f"{'at most' if c.bound == 'below' else 'at least'} {c.limit:g}"
        lines.append(_row(c, bound, None, sources))
    if brief.refused:
        lines += ["", "## Refused by the user", ""]
        lines += [f"- {_cited(r, sources)}" for r in brief.refused]
    if brief.facts:
        lines += ["", "## Facts of this patient", ""]
        lines += [f"- {_cited(r, sources)}" for r in brief.facts]
    if brief.unknowns:
        lines += ["", "## Not known", ""]
        lines += [f"- {_cell(u)}" for u in brief.unknowns]
    if brief.target.evidence:
        lines += ["", "## Why this target", ""]
        lines += [f"- {_cell(e.claim)} {_mark(e, sources)}" for e in brief.target.evidence]
    lines += ["", "## Evidence", ""]
    lines += [f"{i}. {_cell(str(e))}" for i, e in enumerate(sources, 1)]
    return "\n".join(lines) + "\n"


def _row(ask: Objective | Constraint, bound: str, weight: str | None, sources: list[Evidence]) -> str:
    settings = ", ".join(f"{k} {v}" for k, v in sorted(ask.settings.items()) if v)
    measured = f"{ask.scorer}{f' ({settings})' if settings else ''}, {ask.unit}"
    because = "<br>".join(_cited(r, sources) for r in ask.because) or "generic"
    cells = ["●" if ask.personal else "", _cell(ask.name), _cell(measured), bound]
    cells += [weight] if weight is not None else []
    return "| " + " | ".join([*cells, because]) + " |"


def _cited(reason: Reason, sources: list[Evidence]) -> str:
    return f"{_cell(reason.text)} {''.join(_mark(e, sources) for e in reason.evidence)}"


def _mark(evidence: Evidence, sources: list[Evidence]) -> str:
    if evidence not in sources:
        sources.append(evidence)
    return f"[{sources.index(evidence) + 1}]"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
