"""Kidney function from serum creatinine: estimates that answer two questions and are never mixed.

CKD-EPI 2021 (Inker 2021, N Engl J Med 385, 1737, doi:10.1056/NEJMoa2102953) gives the filtration rate per 1.73 m2 of
body surface, without race; adults. The bedside Schwartz equation (Schwartz 2009, J Am Soc Nephrol 20, 629) gives the
same of a child. Cockcroft-Gault (Nephron 1976, 16, 31) gives creatinine clearance in mL/min of this
person's size; older drug labels dose by it. All assume a steady state: in acute kidney injury none holds, and small
muscle mass makes them too high.
"""

from __future__ import annotations

#: Micromoles per litre of one mg/dL of creatinine (molar mass 113.12 g/mol).
UMOL_PER_MG_DL = 88.4


def egfr_ckd_epi_2021(creatinine_mg_dl: float, age_years: float, female: bool) -> float:
    """eGFR in mL/min/1.73 m2 = 142 * min(Scr/k, 1)^a * max(Scr/k, 1)^-1.2 * 0.9938^age * (1.012 if female).

    k is 0.7 (female) or 0.9, a is -0.241 or -0.302. ValueError under 18 years (it was made for adults; a child
    needs the bedside Schwartz equation and a height) and for a creatinine that is not positive.
    """
    _positive(creatinine_mg_dl, "creatinine")
    if age_years < 18:
        raise ValueError("CKD-EPI 2021 holds from 18 years on")
    k, a = (0.7, -0.241) if female else (0.9, -0.302)
    ratio = creatinine_mg_dl / k
    value = 142.0 * min(ratio, 1.0) ** a * max(ratio, 1.0) ** -1.2 * 0.9938**age_years
    return float(value * (1.012 if female else 1.0))


def egfr_schwartz(creatinine_mg_dl: float, height_cm: float) -> float:
    """A child's eGFR in mL/min/1.73 m2 = 0.413 * height / Scr (made at 1 to 16 years, chronic kidney disease, enzymatic
    creatinine). ValueError for a creatinine or height that is not positive."""
    _positive(creatinine_mg_dl, "creatinine")
    _positive(height_cm, "height")
    return 0.413 * height_cm / creatinine_mg_dl


def clearance_cockcroft_gault(creatinine_mg_dl: float, age_years: float, weight_kg: float, female: bool) -> float:
    """Creatinine clearance in mL/min = (140 - age) * weight / (72 * Scr) * (0.85 if female), with the actual weight.

    In obesity the actual weight makes it too high; no correction is made here. ValueError under 18 years, from
    140 years on, and for a creatinine or weight that is not positive.
    """
    _positive(creatinine_mg_dl, "creatinine")
    _positive(weight_kg, "weight")
    if not 18 <= age_years < 140:
        raise ValueError("Cockcroft-Gault holds for adults")
    value = (140.0 - age_years) * weight_kg / (72.0 * creatinine_mg_dl)
    return value * (0.85 if female else 1.0)


def _positive(value: float, name: str) -> None:
    if not value > 0:
        raise ValueError(f"a {name} is above 0, not {value:g}")
