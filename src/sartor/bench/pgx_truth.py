"""Consensus star-allele truth, as its many hands wrote it, in the names of the current definitions.

Read are ``1/15``, ``*2/*17``, ``2/(4)``, ``1(5)/1(27)``, ``2/3;1/4``, ``1/(20,21)``, ``*1/*2;*3`` and DPYD's old star
numbers. A truth with several readings is met by any of them. Where a row carries an ``updated_call``, that is taken.
"""

from __future__ import annotations

import csv
import itertools
import re
from dataclasses import dataclass
from pathlib import Path

from sartor.core import IntakeError

#: Names that have since become others: PharmVar's renumbering, and DPYD's variants.
RENAMED = {
    "SLCO1B1": {"*1A": "*1", "*1B": "*37", "*17": "*15", "*21": "*20"},
    "CYP3A4": {"*1B": "*36"},
    "TPMT": {"*1S": "*1"},
    "DPYD": {
        "*1": "Reference",
        "*2": "c.1905+1G>A (*2A)",
        "*2A": "c.1905+1G>A (*2A)",
        "*4": "c.1601G>A (*4)",
        "*5": "c.1627A>G (*5)",
        "*6": "c.2194G>A (*6)",
        "*9": "c.85T>C (*9A)",
        "*9A": "c.85T>C (*9A)",
        "rs17376848": "c.1896T>C",
        "rs67376798": "c.2846A>T",
    },
}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Truth:
    """One person's consensus at one gene: every reading of it, and the text it was read from."""

    sample: str
    gene: str
    pairs: frozenset[Pair]
    text: str
    first: frozenset[Pair]
    kind: str


def _name(gene: str, text: str) -> str:
    bare = text.strip().strip("?").rstrip("*").strip()
    name = bare if bare.startswith("rs") else f"*{bare.lstrip('*')}"
    return RENAMED.get(gene, {}).get(name, name)


def _side(gene: str, text: str) -> list[str]:
    """Readings of one allele: ``(20,21)`` is either; ``1(5)`` is the main allele or the one in brackets."""
    found = re.fullmatch(r"([^()]*)(?:\(([^()]*)\))?([^()]*)", text.strip())
    if not found:
        return []
    inside = [part for part in re.split(r"[,;/]", found[2] or "") if part.strip(" ?*")]
    outside = (found[1] + found[3]).strip(" *?")
    return [_name(gene, part) for part in ([outside] if outside else []) + inside]


def readings(gene: str, text: str) -> frozenset[Pair]:
    """Every diplotype that a truth cell allows, alleles in sorted order; empty where it names none."""
    pairs: set[Pair] = set()
    last = ""
    for part in re.split(r";(?![^(]*\))", text):
        sides = re.split(r"/(?![^(]*\))", part)
        if len(sides) == 1 and last:
            sides = [last, sides[0]]
        if len(sides) != 2:
            continue
        last = sides[0]
        for a, b in itertools.product(_side(gene, sides[0]), _side(gene, sides[1])):
            pairs.add((min(a, b), max(a, b)))
    return frozenset(p for p in pairs if all(len(n) > 1 for n in p))


def read_truth(path: Path) -> list[Truth]:
    """The rows of a truth table (columns sample, gene, validated, updated_call; ``set`` if there is one).

    Raises:
        IntakeError: missing file or columns.
    """
    path = Path(path)
    if not path.is_file():
        raise IntakeError("there is no such file", file=path, remedy="check the path of --truth")
    with path.open(encoding="utf-8", newline="") as text:
        table = csv.DictReader(text, delimiter="\t")
        absent = {"sample", "gene", "validated"} - set(table.fieldnames or ())
        if absent:
            problem = f"no column {', '.join(sorted(absent))}; sample, gene, validated, updated_call expected"
            raise IntakeError(problem, file=path, line=1, remedy="give a tab-separated table with these columns")
        made = []
        for row in table:
            first = readings(row["gene"], row["validated"])
            updated = readings(row["gene"], row.get("updated_call") or "")
            text_of = row["validated"] + (f" (updated {row['updated_call']})" if row.get("updated_call") else "")
            kind = row.get("set") or "truth"
            if updated or first:
                made.append(Truth(row["sample"], row["gene"], updated or first, text_of, first, kind))
    return made
