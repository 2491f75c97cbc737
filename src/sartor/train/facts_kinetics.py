"""Writes facts/tables/drug_kinetics.tsv: what clears each victim drug, what each perpetrator does, and how fast.

Run as ``python -m sartor.train.facts_kinetics``. The numbers stand in ``facts_kinetics_victims`` and
``facts_kinetics_perpetrators``, one drug a line with its sources; here they are checked, given units and ranges, and
written one value a row. Ranges are a convention, not a measurement: see ``SPREAD``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from .facts_kinetics_perpetrators import PERPETRATORS
from .facts_kinetics_victims import VICTIMS

TABLES = Path(__file__).parents[1] / "facts" / "tables"
VERSION = "2026-11"

#: Unit of each parameter.
UNITS = {
    "fm": "fraction of hepatic clearance", "uptake": "fraction of hepatic uptake",
    "renal": "fraction of renal clearance",
    "gut": "availability", "fe": "fraction of systemic clearance", "eh": "extraction ratio", "t": "h", "mw": "g/mol",
    "fu": "fraction", "dose": "mg", "tau": "h", "state": "", "cmax": "mg/L", "ka": "1/h", "fa": "fraction",
    "power": "", "ki": "uM unbound", "KI": "uM unbound", "kinact": "1/h", "emax": "fold over 1", "ec50": "uM unbound",
    "emaxgut": "fold over 1", "gutleft": "fraction", "kdeg": "1/h", "kdeggut": "1/h", "flow": "L/h",
}  # fmt: skip
#: 90 % range by convention: potencies three-fold either way (between laboratories), fractions twice the odds.
SPREAD = {"ki": 3.0, "KI": 3.0, "ec50": 3.0, "fm": -2.0, "uptake": -2.0, "renal": -2.0, "gut": -1.5}

#: Turnover of enzymes (1/h) in liver and gut wall, and blood flows; the transporters follow CYP3A4 by assumption.
SYSTEM = """
CYP1A2.kdeg=0.0183 CYP2B6.kdeg=0.0217 CYP2C8.kdeg=0.0301 CYP2C9.kdeg=0.0067 CYP2C19.kdeg=0.0267 CYP2D6.kdeg=0.0099
CYP3A4.kdeg=0.0193 CYP3A4.kdeggut=0.03 CYP2C9.kdeggut=0.03 CYP2C19.kdeggut=0.03 CYP2D6.kdeggut=0.03
any.kdeg=0.0193 any.kdeggut=0.03 liver.flow=97 gut.flow=18
"""
SYSTEM_SOURCE = (
    "read: cyp_reference_data of ddir (MIT) for turnover; liver flow ICH M12, enterocyte flow Rostami-Hodjegan 2004; "
    "any: as CYP3A4, assumed"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One value of one drug (``species`` names a metabolite that acts; "" is the drug itself)."""

    substance: str
    species: str
    side: str
    parameter: str
    target: str
    value: str
    low: str
    high: str
    unit: str
    derived_from: str
    basis: str
    source: str
    version: str = VERSION


def build() -> list[Row]:
    """Every row; ValueError names a line that is wrong."""
    out = list(_parameters("(system)", "system", SYSTEM.split(), SYSTEM_SOURCE, ""))
    for side, text in (("victim", VICTIMS), ("perpetrator", PERPETRATORS)):
        for line in text.strip().splitlines():
            cells = [c.strip() for c in line.split("|")]
            if len(cells) not in (3, 4):
                raise ValueError(f"a line wants name | parameters | source [| from=...], not {line!r}")
            derived = cells[3].removeprefix("from=") if len(cells) == 4 else ""
            rows = list(_parameters(cells[0], side, cells[1].split(), cells[2], derived))
            _check(rows)
            out += rows
    return out


def _parameters(name: str, side: str, tokens: list[str], source: str, derived: str) -> Iterator[Row]:
    substance, _, species = name.partition(">")
    basis = "read" if "read" in source else "memory"
    for token in tokens:
        key, _, value = token.partition("=")
        first, dot, second = key.partition(".")
        prefixed = first in ("fm", "uptake", "renal", "gut") and second != "flow"
        parameter, target = (first, second) if prefixed else (second, first) if dot else (first, "")
        if parameter not in UNITS:
            raise ValueError(f"{name}: unknown parameter {parameter!r}")
        low, high = _range(parameter, value)
        yield Row(
            substance, species, side, parameter, target, value, low, high, UNITS[parameter], derived, basis, source
        )


def _range(parameter: str, value: str) -> tuple[str, str]:
    spread = SPREAD.get(parameter)
    if spread is None:
        return value, value
    x = float(value)
    if spread > 0:
        return f"{x / spread:.3g}", f"{x * spread:.3g}"
    if x in (0.0, 1.0):
        return value, value
    odds = x / (1 - x)
    return tuple(f"{o / (1 + o):.3g}" for o in (odds / -spread, odds * -spread))  # type: ignore[return-value]


def _check(rows: list[Row]) -> None:
    name, have = rows[0].substance, {r.parameter for r in rows}
    wanted = {"victim": {"fe", "eh", "t"}, "perpetrator": {"mw", "fu", "dose", "tau", "state", "cmax", "t", "ka", "fa"}}
    missing = wanted[rows[0].side] - have
    if missing:
        raise ValueError(f"{name}: {', '.join(sorted(missing))} missing")
    for group in ("fm", "uptake", "renal"):
        total = sum(float(r.value) for r in rows if r.parameter == group)
        if total > 1 + 1e-9:
            raise ValueError(f"{name}: {group} adds up to {total:g}")
    for a, b in (("KI", "kinact"), ("emax", "ec50")):
        if {r.target for r in rows if r.parameter == a} != {r.target for r in rows if r.parameter == b}:
            raise ValueError(f"{name}: {a} and {b} go together")


HEADER = """# What clears each victim drug and what each perpetrator does: literature inputs of the static model.
# Written by python -m sartor.train.facts_kinetics. basis: "read" where a source's text was read, "memory" where the
# value and citation are from general knowledge of the literature and are to be checked against it. derived_from: the
# interaction or gene study a value rests on; rows of such a study are in-sample and left out of reported figures.
# low, high: convention (potencies 3-fold either way, shares twice the odds), not a measured interval.
"""


def table() -> str:
    """The whole table as text."""
    lines = ["\t".join(f.name for f in fields(Row))]
    lines += ["\t".join(astuple(row)) for row in build()]
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TABLES / "drug_kinetics.tsv")
    parser.add_argument("--data", type=Path, help="not needed: every row is a published figure")
    args = parser.parse_args()
    args.out.write_text(table(), encoding="utf-8")
    print(f"{args.out.name}: {table().count(chr(10)) - HEADER.count(chr(10)) - 1} rows")


if __name__ == "__main__":
    main()
