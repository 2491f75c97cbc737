"""What ``sartor medicines`` answers: each line of a list with what it was taken for, and what the medicines convert."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from sartor.core import Patient, encode
from sartor.core.patient import Medicine
from sartor.facts import drugs
from sartor.facts.withdrawn import withdrawal
from sartor.pharmacology.phenoconversion import Conversion, table
from sartor.read.medicines import Line, flattened, read_lines


def describe_file(path: Path) -> tuple[dict[str, Any], tuple[Medicine, ...]]:
    """``(answer, medicines)`` of a list of medicines: keys ``medicines``, ``unknown``, ``notes``, ``counts``.

    IntakeError as ``read_lines``.
    """
    lines, notes = read_lines(path)
    rows = [row for line in lines for row in describe(line)]
    unknown = [_unknown(line) for line in lines if not line.match.drugs]
    counts: dict[str, int] = {"lines": len(lines), "unknown": len(unknown)}
    for line in lines:
        if line.match.how:
            counts[line.match.how] = counts.get(line.match.how, 0) + 1
    taken = flattened(lines)
    gone = [w for s in dict.fromkeys(m.substance for m in taken) if (w := withdrawal(s)) is not None]
    notes += tuple(f"{w}: is it really taken?" for w in gone)
    made = {"medicines": rows, "unknown": unknown, "notes": list(notes), "counts": counts}
    return made, taken


def describe(line: Line) -> list[dict[str, Any]]:
    """One row per substance of a line; one with an empty substance where nothing was taken."""
    head: dict[str, Any] = {
        "line": line.number,
        "name": line.name,
        "dose": line.dose,
        "how": line.match.how or "unknown",
    }
    head |= {"read_as": line.match.read_as, "distance": line.match.distance}
    if not line.match.drugs:
        return [head | {"substance": "", "smiles": "", "atc": [], "rxnorm": [], "approved": "", "roles": [],
                        "narrow_index": None, "qt": None, "withdrawn": None}]  # fmt: skip
    return [head | describe_drug(d) for d in line.match.drugs]


def describe_drug(drug: drugs.Drug) -> dict[str, Any]:
    """A substance as the tables know it: structure, codes, roles with strength and source, narrow index, QT level."""
    narrow, qt = drugs.narrow_index(drug.substance), drugs.qt_risk(drug.substance)
    gone = withdrawal(drug.substance)
    roles = [
        {"enzyme": r.enzyme, "role": r.role, "strength": r.strength, "fm": None if math.isnan(r.fm) else r.fm,
         "source": r.source, "version": r.version}
        for r in drugs.roles(drug.substance)
    ]  # fmt: skip
    return {
        "substance": drug.substance,
        "smiles": drug.smiles,
        "atc": list(drug.atc),
        "rxnorm": list(drug.rxnorm),
        "approved": drug.approved,
        "roles": roles,
        "narrow_index": None if narrow is None else {"source": narrow.source, "version": narrow.version},
        "qt": None if qt is None else {"level": drug.qt_level, "source": qt.source, "version": qt.version},
        "withdrawn": None
        if gone is None
        else {"year": gone.year, "countries": gone.countries, "reason": gone.reason, "source": gone.evidence.source},
    }


def _unknown(line: Line) -> dict[str, Any]:
    near = [{"name": n.name, "substances": list(n.substances), "distance": n.distance} for n in line.match.proposals]
    return {"line": line.number, "name": line.name, "nearest": near, "why": line.notes[0] if line.notes else ""}


def conversions(patient: Patient) -> tuple[Conversion, ...]:
    """What genes and medicines make of each enzyme in this patient (``pharmacology.phenoconversion``)."""
    return table(patient)


def conversion_rows(patient: Patient) -> list[dict[str, Any]]:
    """The same as plain data for JSON."""
    return [encode(row) for row in conversions(patient)]
