"""How numbers are written for readers: sensible digits, true minus signs, units a chemist expects."""

from __future__ import annotations

import math

from sartor.core import Reading

_DECIMALS = {
    "pIC50": 1,
    "log P": 1,
    "log mol/L": 1,
    "log cm/s": 1,
    "probability": 2,
    "probability stable": 2,
    "score": 2,
    "Tanimoto": 2,
    "score 1-10": 1,
    "Da": 0,
    "A2": 0,
    "count": 0,
}
_SHOWN = {
    "A2": "Å²",
    "probability": "",
    "probability stable": "",
    "score": "",
    "count": "",
    "Tanimoto": "",
    "score 1-10": "",
    "log P": "",
    "AUC ratio": "×",
    "log mol/L": "log M",
}


def number(value: float, unit: str = "") -> str:
    """A number with the digits its unit deserves; an en dash where it is unknown."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if unit in _DECIMALS:
        text = f"{value:,.{_DECIMALS[unit]}f}"
    elif unit == "AUC ratio":
        text = f"{value:.1f}" if value < 10 else f"{value:.0f}"
    else:
        text = f"{value:.3g}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")  # no "-0.0"
    return text.replace("-", "−")


def exact(value: float) -> str:
    """A bound that a person set: written as set, not rounded to what a prediction deserves."""
    return f"{value:,.10g}".replace("-", "−")


def shown_unit(unit: str) -> str:
    """The unit as printed beside a number; "" where the number needs none (probabilities, scores, counts)."""
    return _SHOWN.get(unit, unit)


def interval(reading: Reading, unit: str) -> str:
    """``low to high``, or "" where the value is exact or unknown, or too sharp for the digits shown."""
    if math.isnan(reading.value) or reading.low == reading.high:
        return ""
    low, high = number(reading.low, unit), number(reading.high, unit)
    return "" if low == high else f"{low} to {high}"


def hint(value: float, unit: str) -> str:
    """The same number in the unit people think in: pIC50 as nM, log mol/L as µM; "" for others."""
    if math.isnan(value):
        return ""
    if unit == "pIC50":
        return f"IC50 about {_molar(10**-value)}"
    if unit == "log mol/L":
        return f"about {_molar(10**value)}"
    return ""


def _molar(molar: float) -> str:
    for factor, name in ((1.0, "M"), (1e-3, "mM"), (1e-6, "µM"), (1e-9, "nM")):
        if molar >= factor:
            return f"{molar / factor:.2g} {name}" if molar / factor < 100 else f"{molar / factor:.0f} {name}"
    return f"{molar / 1e-12:.2g} pM"


def short_hash(text: str) -> str:
    """The first twelve characters of a long hexadecimal hash; other text unchanged."""
    plain = len(text) >= 32 and all(c in "0123456789abcdef" for c in text)
    return text[:12] + "…" if plain else text
