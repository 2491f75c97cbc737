"""One cell of an assay table to a statement about potency: pIC50 equal to, below or above a number.

Potency is ``-log10`` of the molar IC50, Ki, Kd or EC50, so ``>10000 nM`` says "below 5". A single inhibition at one
concentration is no potency; it says on which side of that concentration the IC50 lies, and only that is taken.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

Relation = Literal["=", "<", ">"]

MOLAR = {"M": 1.0, "mM": 1e-3, "uM": 1e-6, "nM": 1e-9, "pM": 1e-12}
LOGS = ("pIC50", "pKi", "pKd", "pEC50", "pXC50", "pvalue", "-logM")
LEAST, MOST = 1.0, 13.0  # a potency outside is a slip of units, not a measurement
SURE = 60.0  # inhibition (%) from which the IC50 lies below the concentration; below 100 - SURE it lies above
FAILED = frozenset(
    ("fail", "failed", "failure", "error", "invalid", "insoluble", "precipitated", "aggregated", "contaminated",
     "degraded", "interference", "nd", "n.d", "n/d", "na", "n/a")
)  # fmt: skip
RETRACTED = "retracted"  # status of a row that takes back every earlier result of its molecule

_NUMBER = re.compile(r"(<=|>=|=<|=>|<|>|=|~|≈|≤|≥)?\s*([+-]?\d[\d,]*\.?\d*(?:[eE][+-]?\d+)?|\.\d+)\s*(.*)")
_FLIPPED: dict[Relation, Relation] = {"=": "=", "<": ">", ">": "<"}


@dataclass(frozen=True, slots=True)
class Potency:
    """``pIC50 relation value``; ``rule`` says how a number was read where that needs saying."""

    value: float
    relation: Relation = "="
    rule: str = ""


class Unreadable(ValueError):
    """A cell that says nothing usable: ``came`` and what was ``expected`` instead."""

    def __init__(self, came: str, expected: str) -> None:
        self.came, self.expected = came, expected
        super().__init__(f"{came}; expected {expected}")


def unit_of(text: str) -> str:
    """The house's spelling of a unit: a key of MOLAR, "pIC50", "%", or "" where it is none of them."""
    bare = text.strip().replace("µ", "u").replace("μ", "u").replace(" ", "")
    for name in MOLAR:
        if bare in (name, f"[{name}]", name.replace("M", "mol/l"), name.replace("M", "mol/L")):
            return name
    lower = bare.lower()
    if lower in ("nm", "um", "pm"):  # molar is meant: nobody reports a potency in nanometres
        return lower[0] + "M"
    if lower in {x.lower() for x in LOGS} or lower in ("-log10(m)", "-log(m)", "log"):
        return "pIC50"
    if lower in ("%", "percent", "%inhibition", "%inh", "percentinhibition"):
        return "%"
    return ""


def concentration(text: str) -> float:
    """A concentration with its unit ("1 uM") in mol/l; Unreadable where it is not one."""
    found = _NUMBER.fullmatch(text.strip())
    unit = unit_of(found[3]) if found else ""
    if not found or found[1] or unit not in MOLAR or float(found[2].replace(",", "")) <= 0:
        raise Unreadable(f"concentration {text!r}", "a positive number with its unit, like 1 uM")
    return float(found[2].replace(",", "")) * MOLAR[unit]


def read(cell: str, unit: str, relation: str = "", at: str = "") -> Potency:
    """The statement of one cell.

    ``unit`` is as the table gives it and is overruled by one written in the cell itself; ``relation`` is that of a
    column of its own; ``at`` is the concentration of a percent inhibition. Unreadable says what came and what was
    expected.
    """
    found = _NUMBER.fullmatch(cell.strip())
    if not found:
        raise Unreadable(f"value {cell!r}", "a number, a bound like >10000, or failed")
    sign = (found[1] or "") or relation.strip()
    if found[1] and relation.strip() not in ("", "=") and _sign(found[1]) != _sign(relation.strip()):
        raise Unreadable(f"value {cell!r} with relation {relation!r}", "one relation, not two that differ")
    own = found[3].strip()
    kind = unit_of(own) if own else unit_of(unit)
    if not kind:
        given = own or unit
        raise Unreadable(
            f"unit {given!r}" if given else f"value {cell!r} without a unit",
            f"one of {', '.join(MOLAR)}, pIC50, % (with a concentration)",
        )
    number = float(found[2].replace(",", ""))
    says = _sign(sign)
    if kind == "%":
        return _inhibition(number, says, at)
    if kind == "pIC50":
        return _checked(number, says, cell)
    if number <= 0:
        raise Unreadable(f"value {cell!r}", f"a concentration above 0 {kind}")
    return _checked(-math.log10(number * MOLAR[kind]), _FLIPPED[says], f"{cell} {kind}")


def _sign(text: str) -> Relation:
    if text in ("", "=", "=="):
        return "="
    if text in ("<", "<=", "=<", "≤"):
        return "<"
    if text in (">", ">=", "=>", "≥"):
        return ">"
    raise Unreadable(f"relation {text!r}", "=, < or >; an estimate (~) is no measurement, leave it out or bound it")


def _checked(value: float, relation: Relation, came: str) -> Potency:
    if not LEAST <= value <= MOST:
        raise Unreadable(
            f"value {came!r}, a pIC50 of {value:.2f}", f"a pIC50 between {LEAST:g} and {MOST:g}; is the unit right?"
        )
    return Potency(round(value, 4), relation)


def _inhibition(percent: float, relation: Relation, at: str) -> Potency:
    if not at.strip():
        raise Unreadable(
            f"{percent:g} % inhibition without a concentration", "a column concentration, like 1 uM, or an IC50"
        )
    if not -50.0 <= percent <= 150.0:
        raise Unreadable(f"{percent:g} % inhibition", "a percentage between -50 and 150")
    edge = -math.log10(concentration(at))
    told = f"{percent:g} % inhibition at {at.strip()}"
    if percent >= SURE and relation != "<":
        return Potency(round(edge, 4), ">", f"{told}: the IC50 lies below that concentration, nothing more is taken")
    if percent <= 100 - SURE and relation != ">":
        return Potency(round(edge, 4), "<", f"{told}: the IC50 lies above that concentration, nothing more is taken")
    raise Unreadable(
        told, f"at most {100 - SURE:g} % or at least {SURE:g} %: between them the side of the IC50 is not sure"
    )
