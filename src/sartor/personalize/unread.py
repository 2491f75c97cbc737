"""What was not read of a patient: listed in the brief, and never taken for normal."""

from __future__ import annotations

from sartor.core import Patient
from sartor.facts import drugs
from sartor.pharmacology.organs import KIDNEY_READS, LIVER_READS, filtration, liver_class

#: Genes whose calls can change a brief.
GENES = ("CYP2C9", "CYP2C19", "CYP2D6", "CYP3A4", "CYP3A5", "G6PD", "HLA-A", "HLA-B")

_BODY = {
    "age_years": "age",
    "egfr_ml_min": "kidney function (eGFR)",
    "child_pugh": "liver function (Child-Pugh class)",
    "qt_prolonged": "QT interval",
    "potassium_mmol_l": "potassium",
    "pregnancy": "pregnancy",
    "lactation": "breast feeding",
    "allergies": "allergies",
}


#: Patient fields that no rule reads, and why; a test holds rules and this table together to be every field there is.
NOT_READ = {
    "body.weight_kg": "no dose is set here, and exposure is a ratio at one dose; the record reader makes creatinine "
    "clearance of it",
    "body.egfr_method": "says by which equation the eGFR was made; the number is what counts",
    "body.child_pugh_points": "says how the class came about; the class is what counts",
    "body.child_pugh_method": "says from which parts the class was made; the class is what counts",
    "expression": "a level in the tumour chooses the target (`sartor tumor`), and asks nothing of a molecule",
}
_UNUSED = {
    "body.weight_kg": "weight",
    "body.egfr_method": "equation of the eGFR",
    "body.child_pugh_points": "Child-Pugh points",
    "body.child_pugh_method": "parts of the Child-Pugh class",
    "expression": "expression in the tumour",
}
#: Genes that are called and that no rule reads, and why.
NOT_READ_GENES = {
    "VKORC1": "the site where warfarin acts: bears on coumarins alone",
    "CYP4F2": "breaks down vitamin K: bears on the dose of coumarins alone",
    "IFNL3": "bears on interferon alone",
    "CFTR": "the target of ivacaftor and its kind: bears on them alone",
    "RYR1": "malignant hyperthermia by volatile anaesthetics and suxamethonium: no class here has their structure",
    "CACNA1S": "malignant hyperthermia, as RYR1",
    "MT-RNR1": "deafness by aminoglycosides: no scorer here knows the class",
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


def unused(patient: Patient) -> tuple[str, ...]:
    """One line for each fact that was read of this person and that no rule uses, with why."""
    lines = []
    for field, why in NOT_READ.items():
        head, _, name = field.partition(".")
        value = getattr(patient.body, name) if head == "body" else getattr(patient, head)
        if value is not None and value != {}:
            lines.append(f"{_UNUSED[field]}: read, and used by no rule: {why}")
    called = [g for g in NOT_READ_GENES if g in patient.genes and patient.genes[g].status != "not covered"]
    return (*lines, *(f"{g}: read, and used by no rule: {NOT_READ_GENES[g]}" for g in called))


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
    """True when other fields answer the same question, or the question does not arise."""
    view = patient.view((*KIDNEY_READS, *LIVER_READS))
    return {
        "qt_prolonged": patient.body.qtc_ms is not None,
        "egfr_ml_min": filtration(view) is not None,
        "child_pugh": liver_class(view) is not None,
        "pregnancy": patient.body.sex == "male",
        "lactation": patient.body.sex == "male",
    }.get(name, False)
