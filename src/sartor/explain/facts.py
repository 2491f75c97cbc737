"""One patient, one fact at a time: the same person with a single fact unread."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from sartor.core import Patient
from sartor.core.patient import BODY_DETAILS


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a patient, the field that shows it, and the same patient without it."""

    field: str
    says: str
    without: Patient

    def read_by(self, reads: tuple[str, ...]) -> bool:
        """True when a card that declares ``reads`` can see this fact."""
        return self.field in reads


def facts_of(patient: Patient) -> tuple[Fact, ...]:
    """Every known gene, tumour change, medicine, condition and body fact, and the patient without it."""
    found = []
    for gene, call in sorted(patient.genes.items()):
        if call.status != "not covered":
            rest = {k: v for k, v in patient.genes.items() if k != gene}
            says = " ".join(x for x in (gene, call.diplotype) if x)
            says += f" ({call.phenotype})" if call.phenotype else ""
            found.append(Fact(f"genes.{gene}", says, replace(patient, genes=rest)))
    for i, v in enumerate(patient.tumor):
        rest_t = patient.tumor[:i] + patient.tumor[i + 1 :]
        found.append(Fact("tumor", f"{v.gene} {v.change} in the tumour", replace(patient, tumor=rest_t)))
    for i, m in enumerate(patient.medicines):
        rest_m = patient.medicines[:i] + patient.medicines[i + 1 :]
        found.append(Fact("medicines", f"taking {m.substance or m.name}", replace(patient, medicines=rest_m)))
    for i, c in enumerate(patient.conditions):
        rest_c = patient.conditions[:i] + patient.conditions[i + 1 :]
        found.append(Fact("conditions", c, replace(patient, conditions=rest_c)))
    for f in fields(patient.body):
        value = getattr(patient.body, f.name)
        if value is not None and f.name not in BODY_DETAILS:
            # What the fact was computed from goes with it, or it would be computed again.
            gone = dict.fromkeys((f.name, *(k for k, of in BODY_DETAILS.items() if of == f.name)))
            body = replace(patient.body, **gone)
            found.append(Fact(f"body.{f.name}", _body_words(f.name, value), replace(patient, body=body)))
    return tuple(found)


_BODY = {
    "age_years": "age {} years",
    "sex": "{}",
    "weight_kg": "weight {} kg",
    "egfr_ml_min": "kidney filtration {} mL/min",
    "child_pugh": "liver function Child-Pugh {}",
    "qtc_ms": "QTc {} ms",
    "potassium_mmol_l": "potassium {} mmol/L",
}


def _body_words(name: str, value: object) -> str:
    if isinstance(value, bool):
        word = {"qt_prolonged": "QT prolongation"}.get(name, name.replace("_", " "))
        return word if value else f"no {word}"
    if isinstance(value, tuple):
        return f"allergies: {', '.join(map(str, value)) or 'none'}"
    shown = f"{value:g}" if isinstance(value, int | float) else str(value)
    return _BODY.get(name, name.replace("_", " ") + " {}").format(shown)
