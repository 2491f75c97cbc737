"""What was not read of a patient: listed in the brief, and never taken for normal."""

from __future__ import annotations

from sartor.core import Patient
from sartor.facts import drugs

#: Genes whose calls can change a brief.
GENES = ("CYP2C9", "CYP2C19", "CYP2D6", "CYP3A4", "CYP3A5", "G6PD", "HLA-A", "HLA-B")

_BODY = {
    "age_years": "age",
    "egfr_ml_min": "kidney function (eGFR)",
    "child_pugh": "liver function (Child-Pugh class)",
    "qt_prolonged": "QT interval",
    "pregnancy": "pregnancy",
    "allergies": "allergies",
}


def unread(patient: Patient) -> tuple[str, ...]:
    """One line for each fact that could change a brief and is not known; what it means goes with it."""
    lines = [line for gene in GENES if (line := _gene(patient, gene))]
    for name, words in _BODY.items():
        if getattr(patient.body, name) is None and not _known_otherwise(patient, name):
            lines.append(f"{words}: not given; unknown, not normal")
    if not patient.medicines:
        lines.append("medicines: none listed; interactions with any that are taken are not considered")
    for medicine in patient.medicines:
        if not medicine.recognized:
            lines.append(
                f"medicine {medicine.name!r}: nobody here knows it; its interactions are not considered. "
                "Give its substance (INN)"
            )
        elif not drugs.roles(medicine.substance):
            lines.append(
                f"medicine {medicine.substance}: no enzyme or transporter role is known here; "
                "its interactions are not considered"
            )
    return tuple(lines)


def _gene(patient: Patient, gene: str) -> str:
    call = patient.genes.get(gene)
    if call is None:
        return f"{gene}: not read; unknown, not normal"
    if call.status == "not covered":
        return f"{gene}: not covered{f' ({call.why})' if call.why else ''}; unknown, not normal"
    if call.status == "ambiguous":
        options = "; ".join(call.alternatives) or call.diplotype
        return f"{gene}: ambiguous, also fits {options}; carried as an interval"
    if gene.startswith("HLA-"):
        return ""  # a typing has no phenotype; the rule says what it means
    if not call.phenotype or call.phenotype.lower() == "indeterminate":
        return f"{gene} {call.diplotype}: phenotype indeterminate; unknown, not normal"
    return ""


def _known_otherwise(patient: Patient, name: str) -> bool:
    """True when another field answers the same question."""
    return name == "qt_prolonged" and patient.body.qtc_ms is not None
