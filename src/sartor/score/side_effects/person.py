"""Which facts of this person make an effect likelier or worse, and which that would matter are not on record."""

from __future__ import annotations

import re

from sartor.core import Evidence, PatientView
from sartor.core.patient import Medicine
from sartor.facts import drug_harms, drugs
from sartor.facts.off_targets import Factor, factors

from .nouns import Personal

READS = (
    "medicines",
    "conditions",
    "genes.G6PD",
    *(f"body.{x}" for x in ("age_years", "sex", "pregnancy", "qt_prolonged", "qtc_ms", "potassium_mmol_l",
                            "egfr_ml_min", "child_pugh", "allergies")),
)  # fmt: skip
#: Facts that add to a risk that is there and are none alone (Tisdale 2013 gives sex and age one point each).
_MINOR = frozenset({("qt_prolongation", "sex"), ("qt_prolongation", "age_from")})


def personal(effect: str, view: PatientView) -> tuple[Personal, ...]:
    """The factors of an effect that this person has, each with what was recorded and the source of the rule."""
    out = []
    for f in factors(effect):
        seen = _seen(f, view)
        if seen:
            claim = Evidence(seen, "measured", "patient record")
            meaning = "" if f.words in seen or seen.split()[0] == f.words else f": {f.words}"
            text = f"{seen}{meaning} ({effect.replace('_', ' ')})"
            out.append(Personal(effect, text, (effect, f.kind) in _MINOR, (claim, f.evidence)))
    return tuple(out)


def not_recorded(effect: str, view: PatientView) -> tuple[str, ...]:
    """Facts that would matter to an effect and that the record does not hold: unknown, not absent."""
    needs = {
        "age_from": "age_years", "sex": "sex", "potassium_under": "potassium_mmol_l", "qtc_from": "qtc_ms",
        "egfr_under": "egfr_ml_min", "child_pugh": "child_pugh", "pregnant": "pregnancy",
    }  # fmt: skip
    out = []
    for f in factors(effect):
        if f.kind in needs and view.body(needs[f.kind]) is None:
            if f.kind in ("pregnant", "childbearing") and view.body("sex") == "male":
                continue
            out.append(needs[f.kind])
        if f.kind == "gene" and not view.gene("G6PD").known:
            out.append("G6PD")
    return tuple(dict.fromkeys(out))


def cleared_by(enzymes: tuple[str, ...], view: PatientView) -> tuple[str, ...]:
    """Medicines of this person that one of these enzymes clears, in words: what its loss or induction would move.

    Only documented substrates; a medicine without a known role is not one without the route.
    """
    out = []
    for m in view.medicines:
        found = (
            [r for r in drugs.roles(m.substance) if r.role == "substrate" and r.enzyme in enzymes]
            if m.substance
            else []
        )
        if found:
            narrow = ", narrow index" if drugs.narrow_index(m.substance) is not None else ""
            routes = ", ".join(f"{r.strength} {r.enzyme}".strip() for r in found)
            out.append(f"{m.substance} ({routes}{narrow})")
    return tuple(out)


def _seen(f: Factor, view: PatientView) -> str:
    """What of this person meets a factor, in words; "" where nothing on record does."""
    if f.kind in ("atc", "qt_medicine", "liver_medicine"):
        return _medicines(f, view.medicines)
    if f.kind == "condition":
        return ", ".join(c for c in view.conditions if re.search(f.value, c, re.IGNORECASE))
    if f.kind == "gene":
        call = view.gene("G6PD")
        wanted = f.value.split(":")[1].strip()
        return f"G6PD {call.phenotype}" if call.known and call.phenotype.lower().startswith(wanted) else ""
    if f.kind == "allergy":
        noted = view.body("allergies")
        listed = noted if isinstance(noted, tuple) else ()
        return ", ".join(f"allergy: {a}" for a in listed if re.search(f.value, str(a), re.IGNORECASE))
    return _body(f, view)


def _medicines(f: Factor, taken: tuple[Medicine, ...]) -> str:
    found = []
    for m in taken:
        if not m.recognized:
            continue
        drug = drugs.drug_table().get(m.substance)
        if f.kind == "qt_medicine":
            meets = drugs.qt_risk(m.substance) is not None
        elif f.kind == "liver_medicine":
            meets = drug_harms.liver_concern(m.substance) is not None
        else:
            meets = drug is not None and any(code.startswith(tuple(f.value.split("|"))) for code in drug.atc)
        if meets:
            found.append(m.substance)
    return ", ".join(found)


def _body(f: Factor, view: PatientView) -> str:
    age, sex = _number(view, "age_years"), view.body("sex")
    if f.kind == "age_from":
        return f"age {age:g}" if age is not None and age >= float(f.value) else ""
    if f.kind == "age_under":
        return f"age {age:g}" if age is not None and age < float(f.value) else ""
    if f.kind == "sex":
        return f"{sex} sex" if sex == f.value else ""
    if f.kind == "potassium_under":
        k = _number(view, "potassium_mmol_l")
        return f"potassium {k:g} mmol/L" if k is not None and k < float(f.value) else ""
    if f.kind == "egfr_under":
        e = _number(view, "egfr_ml_min")
        return f"eGFR {e:g}" if e is not None and e < float(f.value) else ""
    if f.kind == "qtc_from":
        men, women = (float(x) for x in f.value.split("/"))
        qtc, limit = _number(view, "qtc_ms"), men if sex == "male" else women
        return f"QTc {qtc:g} ms" if qtc is not None and qtc >= limit else ""
    if f.kind == "qt_recorded":
        return "QT interval prolonged" if view.body("qt_prolonged") else ""
    if f.kind == "child_pugh":
        return f"Child-Pugh {view.body('child_pugh')}" if view.body("child_pugh") in f.value.split("|") else ""
    if f.kind == "pregnant":
        return "pregnant" if view.body("pregnancy") else ""
    if f.kind == "childbearing":
        young, old = (float(x) for x in f.value.split("-"))
        open_ = sex == "female" and view.body("pregnancy") is None and age is not None and young <= age <= old
        return f"woman of {age:g} years, pregnancy not recorded" if open_ else ""
    raise ValueError(f"effect_factors.tsv: unknown kind {f.kind!r} of {f.effect!r}")


def _number(view: PatientView, name: str) -> float | None:
    value = view.body(name)
    return float(value) if isinstance(value, int | float) else None
