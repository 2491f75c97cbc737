"""A chemist's own list against a brief."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sartor.chem.parse import batch
from sartor.core import IntakeError, OrderError, Patient
from sartor.report.files import read_brief, read_patient
from sartor.report.tables import write_scores
from sartor.score.judge import PatientJudge

from . import parts

CHUNK = 512


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chemist's list. ``problem`` is "" where it is a molecule."""

    number: int
    text: str
    name: str
    problem: str = ""


def read_list(path: Path) -> list[Line]:
    """SMILES one a line (a name may follow), or a CSV with a ``smiles`` column; every line is kept, good or bad."""
    try:
        rows = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(
            f"cannot be read as text ({error})", file=path, remedy="give a .smi or .csv file of SMILES"
        ) from None
    if not any(r.strip() for r in rows):
        raise IntakeError("the file is empty", file=path, remedy="write one SMILES a line")
    if "," in rows[0] and "smiles" in rows[0].lower():
        return _from_csv(path, rows)
    lines = []
    for number, row in enumerate(rows, 1):
        if row.strip() and not row.lstrip().startswith("#"):
            smiles, _, name = row.strip().partition(" ") if " " in row.strip() else row.strip().partition("\t")
            if number == 1 and smiles.lower() == "smiles":
                continue
            lines.append(Line(number, smiles, name.strip()))
    return lines


def _from_csv(path: Path, rows: list[str]) -> list[Line]:
    reader = csv.DictReader(rows)
    columns = {c.lower().strip(): c for c in reader.fieldnames or ()}
    if "smiles" not in columns:
        raise IntakeError(
            f"no column is called smiles, only {', '.join(columns)}", file=path, line=1, remedy="rename one"
        )
    named = next((columns[c] for c in ("name", "id", "compound", "title") if c in columns), None)
    lines = []
    for row in reader:
        text = (row[columns["smiles"]] or "").strip()
        lines.append(Line(reader.line_num, text, (row[named] or "") if named else ""))
    return lines


def score_file(
    molecules: Path,
    brief_path: Path,
    out: Path,
    patient_path: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Score a list against a brief and write a CSV; returns counts. Bad lines stay in the CSV with their reason."""
    brief = read_brief(brief_path)
    beside = brief_path.parent / "1-patient.json"
    if patient_path is None and beside.exists():
        patient_path = beside
    if patient_path is None:
        say("no patient file beside the brief: personal scorers read the null patient (give one with --patient)")
        patient = Patient()
    else:
        patient = read_patient(patient_path)
        if patient.id != brief.patient_id:
            raise OrderError(f"the brief is for {brief.patient_id!r}, but {patient_path} is {patient.id!r}")
    lines = read_list(molecules)
    judge = PatientJudge(brief, parts.scorers(brief), patient)
    mols, bad = batch([line.text for line in lines])
    reasons = {b.position: b.why for b in bad}
    lines = [Line(x.number, x.text, x.name, reasons.get(i, "")) for i, x in enumerate(lines)]
    candidates = []
    for start in range(0, len(mols), CHUNK):
        candidates += judge.judge(mols.take(range(start, min(start + CHUNK, len(mols)))))
    for line in lines:
        if line.problem:
            say(f"{molecules}, line {line.number}: {line.text!r} is {line.problem}")
    try:
        write_scores([(x.number, x.text, x.name, x.problem) for x in lines], candidates, brief, out)
    except OSError as error:
        raise OrderError(f"cannot write {out}: {error.strerror or error}; choose another place with -o") from error
    return {
        "scored": len(candidates),
        "rejected": len(bad),
        "meet_all": sum(c.meets_all for c in candidates),
        "out": str(out),
    }
