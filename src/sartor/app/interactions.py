"""What ``sartor interactions`` answers: each medicine beside all the others and the person's genes, then pairs.

The mechanistic model (``pharmacology.ddi``) comes first; where its inputs are missing the classes of the role table
speak (``pharmacology.by_class``); where those are silent too, the answer is "not known". Severity joins the size of the
change with the victim's therapeutic index; labels' contraindications and shared QT warnings stand beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

from sartor.core import Interval, Patient
from sartor.core.patient import Medicine
from sartor.facts import drugs
from sartor.facts.kinetics import Victim
from sartor.facts.pairs import known_pair
from sartor.pharmacology import ddi
from sartor.pharmacology.by_class import class_ratio
from sartor.pharmacology.interaction import interaction_class
from sartor.pharmacology.novel import MORE_ASSAYS, perpetrator_margins
from sartor.pharmacology.person_genes import GeneActivities, person_genes
from sartor.pharmacology.regimen import Regimen
from sartor.read.medicines import flattened, read_lines
from sartor.read.regimens import read_dosing

from .medicines import _unknown
from .novel import novel_molecule

SEVERITIES = ("none", "minor", "moderate", "major", "contraindicated")
#: Days that a medicine without a start date is taken to have been taken: long enough for induction.
DAYS = 28.0


@dataclass(frozen=True, slots=True)
class Taken:
    """One medicine with what the model knows of it."""

    substance: str
    victim: Victim | ddi.Missing
    given: ddi.Given | ddi.Missing
    note: str


def interactions_of(
    file: Path, case: Path | None = None, potency: dict[str, float] | None = None, smiles: str = ""
) -> dict[str, Any]:
    """The whole answer as plain data: ``medicines``, ``pairs``, ``unknown``, ``notes``; IntakeError as ``read_lines``.

    ``potency`` (Ki or IC50 in uM by enzyme or transporter) and ``smiles`` describe a novel molecule: then ``margins``
    tells how much of it may be there beside each medicine, from what was measured, else predicted, else which assay
    would tell; and with ``smiles`` ``molecule`` what its structure lets us say (see app.novel).
    """
    lines, notes = read_lines(file)
    unknown = [_unknown(line) for line in lines if not line.match.drugs]
    person = None if case is None else _person(file, case)
    genes = person_genes(person)
    taken = [_taken(m) for m in {m.substance: m for m in flattened(lines) if m.recognized}.values()]
    molecule, predicted = novel_molecule(smiles, person) if smiles else (None, {})
    said = [*notes, *(t.note for t in taken if t.note), *genes.notes]
    if unknown:
        said.append(
            f"{len(unknown)} medicine(s) are not known to the house: their interactions are unknown, not absent"
        )
    return {
        "file": file.name,
        "patient": None if person is None else person.id,
        "medicines": [_medicine(t, taken, genes) for t in taken],
        "pairs": sorted(_pairs(taken, genes), key=lambda p: -_rank(p["severity"])),
        "unknown": unknown,
        "notes": list(dict.fromkeys(said)),
        "margins": _margins(taken, potency or {}, predicted) if smiles or potency is not None else None,
        "molecule": molecule,
    }


def _margins(taken: list[Taken], potency: dict[str, float], predicted: dict[str, Interval]) -> dict[str, Any]:
    """Margins of a novel molecule beside the medicines taken; unknown pathways with the assay that would tell."""
    measured = {target: Interval(value / 3.0, value, value * 3.0) for target, value in potency.items()}
    spans = predicted | measured
    made = perpetrator_margins(spans, [t.victim for t in taken if isinstance(t.victim, Victim)])
    known = [
        {
            "medicine": m.medicine,
            "target": m.target,
            "potency": "measured" if m.target in measured else "predicted",
            "share": _interval(m.share),
            "passes_um": {k: _interval(i) for k, i in m.passes_um.items()},
            "auc_1_25_at_um": _interval(m.weak_um) if math.isfinite(m.weak_um.value) else None,
        }
        for m in made
        if not m.assay
    ]
    assays = list(dict.fromkeys(m.assay for m in made if m.assay))
    unknown = [
        {"medicine": m.medicine, "target": m.target, "answer": "unknown, needs this assay", "assay": m.assay}
        for m in made
        if m.assay
    ]
    silent = [t.substance for t in taken if isinstance(t.victim, ddi.Missing)]
    return {
        "known": known,
        "unknown": unknown,
        "assays": [*assays, *MORE_ASSAYS],
        "no_pathways_known_of": silent,
        "range": "measured potencies three-fold either way, by convention; predicted ones by their 90 % interval",
    }


def _person(file: Path, case: Path) -> Patient:
    from .intake import read_patient
    from .order import read_order

    files = read_order(case).patient
    return read_patient(files.model_copy(update={"medicines": str(file.resolve())}))


def _taken(medicine: Medicine) -> Taken:
    name = medicine.substance
    perpetrator = ddi.perpetrator_of(name)
    if isinstance(perpetrator, ddi.Missing):
        return Taken(name, ddi.victim_of(name), perpetrator, "")
    dosing, usual = read_dosing(medicine.dose), perpetrator.species[0]
    note = ""
    dose, interval = dosing.dose_mg, dosing.interval_h
    if not dose > 0:
        dose, note = usual.dose_mg, f"{name}: no dose can be read, the usual {usual.dose_mg:g} mg is taken"
    if not interval >= 0:
        interval = usual.interval_h
        note += f"{'; ' if note else name + ': '}how often is not said, every {interval:g} h is taken"
    started = 0.0 if interval == 0 else DAYS * 24.0
    regimen = Regimen(dose, interval, started, 0.0, dosing.intravenous)
    return Taken(name, ddi.victim_of(name), ddi.Given(perpetrator, regimen), note)


def _medicine(own: Taken, all_taken: list[Taken], genes: GeneActivities) -> dict[str, Any]:
    """One medicine under all the others and the person's genes and kidneys."""
    row: dict[str, Any] = {
        "substance": own.substance,
        "by_medicines": None,
        "by_genes": None,
        "together": None,
        "severity": "unknown",
        "mechanism": [],
        "evidence": [],
        "narrow_index": False,
        "why_not": "",
    }
    row["narrow_index"] = drugs.narrow_index(own.substance) is not None
    if isinstance(own.victim, ddi.Missing):
        return row | {"why_not": own.victim.why}
    given = [t.given for t in all_taken if t is not own and isinstance(t.given, ddi.Given)]
    acting = [g for g in given if set(g.perpetrator.targets) & set(own.victim.pathways)]
    made = ddi.predict(own.victim, acting, genes.value, kidney=genes.kidney.value)
    assert isinstance(made, ddi.Prediction)  # every perpetrator left acts at a pathway of the victim
    by_genes = genes.ratio(own.victim)
    together = made.ratio * by_genes
    silent = [t.substance for t in all_taken if t is not own and isinstance(t.given, ddi.Missing)]
    row |= {
        "by_medicines": _interval(made.ratio),
        "by_genes": _interval(by_genes),
        "together": _interval(together),
        "mechanism": [*_told(made), *genes.told(own.victim)],
        "evidence": _cited(made.evidence),
        "not_counted": silent,
        "severity": severity(together.value, row["narrow_index"]),
    }
    return row


def _told(made: ddi.Prediction) -> list[str]:
    told = [p for p in made.parts if abs(p.left - 1.0) >= 0.05]
    return [f"{p.target} ({p.site}) at {p.left:.2g} of normal: {', '.join(p.mechanisms)}" for p in told]


def _pairs(taken: list[Taken], genes: GeneActivities) -> list[dict[str, Any]]:
    rows = [r for a, b in permutations(taken, 2) if (r := _pair(a, b, genes)) is not None]
    for a, b in combinations(taken, 2):
        row = _qt(a.substance, b.substance)
        if row is not None:
            rows.append(row)
    return rows


def _pair(victim: Taken, perpetrator: Taken, genes: GeneActivities) -> dict[str, Any] | None:
    """What one medicine does to another in this person; None where neither model, classes nor labels link them."""
    known = known_pair(victim.substance, perpetrator.substance)
    ratio, mechanism, evidence, basis = _pair_ratio(victim, perpetrator, genes)
    if ratio is None and known is None:
        return None
    narrow = drugs.narrow_index(victim.substance) is not None
    level = "unknown" if ratio is None else severity(ratio.value, narrow)
    if basis == "mechanistic":
        level, mechanism, evidence = _worse_by_class(victim, perpetrator, genes, (level, mechanism, evidence))
    if known is not None:
        said = known.verdict.startswith("contraindicated")
        level = "contraindicated" if said else max("major", level, key=_rank)
        mechanism = f"label: {known.verdict}, {known.why}" + (f"; {mechanism}" if mechanism else "")
        evidence = [*evidence, *_cited((known.evidence,))]
    return {
        "victim": victim.substance,
        "perpetrator": perpetrator.substance,
        "kind": "exposure",
        "severity": level,
        "auc_ratio": None if ratio is None else _interval(ratio),
        "strength": "" if ratio is None else interaction_class(ratio.value),
        "basis": basis,
        "mechanism": mechanism,
        "evidence": evidence,
        "label": "" if known is None else known.verdict,
        "why_not": "",
    }


def _worse_by_class(
    victim: Taken, perpetrator: Taken, genes: GeneActivities, found: tuple[str, str, list[dict[str, str]]]
) -> tuple[str, str, list[dict[str, str]]]:
    """The severity that label classes give, where it is worse than the model's and the enzyme is there to be moved."""
    level, mechanism, evidence = found
    other = class_ratio(victim.substance, perpetrator.substance, graded=True)
    if other is None or genes.value.get(other.enzyme, 1.0) < 0.5:
        return found
    worse = severity(other.ratio.value, drugs.narrow_index(victim.substance) is not None)
    if _rank(worse) <= _rank(level):
        return found
    said = f"by class: {other.mechanism}, AUC ratio {other.ratio}"
    return worse, f"{mechanism}; {said}" if mechanism else said, [*evidence, *_cited(other.evidence)]


def _pair_ratio(
    victim: Taken, perpetrator: Taken, genes: GeneActivities
) -> tuple[Interval | None, str, list[dict[str, str]], str]:
    if isinstance(victim.victim, Victim) and isinstance(perpetrator.given, ddi.Given):
        made = ddi.predict(victim.victim, [perpetrator.given], genes.value, kidney=genes.kidney.value)
        if isinstance(made, ddi.Prediction):
            return made.ratio, "; ".join(_told(made)), _cited(made.evidence), "mechanistic"
    by_class = class_ratio(victim.substance, perpetrator.substance)
    if by_class is not None:
        return by_class.ratio, by_class.mechanism, _cited(by_class.evidence), "class"
    return None, "", [], ""


def _qt(a: str, b: str) -> dict[str, Any] | None:
    one, two = drugs.qt_risk(a), drugs.qt_risk(b)
    if one is None or two is None:
        return None
    boxed = any("boxed" in e.claim for e in (one, two))
    return {
        "victim": b,
        "perpetrator": a,
        "kind": "QT",
        "severity": "major" if boxed else "moderate",
        "auc_ratio": None,
        "strength": "",
        "basis": "label",
        "mechanism": "both prolong the QT interval: the effects add up",
        "evidence": _cited((one, two)),
        "label": "",
        "why_not": "",
    }


def severity(ratio: float, narrow: bool) -> str:
    """Severity of an AUC ratio: the class of change (none, 1.25-, 2-, 5-fold), one step up for a narrow index."""
    step = ("none", "weak", "moderate", "strong").index(interaction_class(ratio))
    return SEVERITIES[min(3, step + (1 if narrow and step else 0))]


def _rank(level: str) -> int:
    return SEVERITIES.index(level) if level in SEVERITIES else 0


def _interval(x: Interval) -> dict[str, float | None]:
    # Infinity has no JSON: an open end is null.
    return {
        k: round(v, 4) if math.isfinite(v) else None for k, v in (("low", x.low), ("value", x.value), ("high", x.high))
    }


def _cited(evidence: Any) -> list[dict[str, str]]:
    return [{"claim": e.claim, "kind": e.kind, "source": e.source, "version": e.version} for e in evidence]
