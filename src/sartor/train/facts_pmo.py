"""Builds ``pmo_published.tsv``: AUC top-10 per task as other methods published it.

``python -m sartor.train.facts_pmo TABLE.csv`` reads a table with a column ``Oracle`` and one per method, copied from
the public result files named in ``METHODS``.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "facts" / "tables" / "pmo_published.tsv"
_SYNGA = ("alstonlo/synga data/results/pmo", "58b5d20, 2026-02-26")
_INVG = ("invirtuolabs/InVirtuoGen_results references/reference_pmo.csv", "db3dd0d, 2026-06-20")
# column of the table -> name, track, definitions of TDC (0.3: hydrogens of formulas not counted), source and version
METHODS: dict[str, tuple[str, str, str, tuple[str, str]]] = {
    "InVG_nopre": ("InVirtuoGen", "a", "0.4", _INVG),
    "SynGBO": ("SynGBO", "a", "0.4", _SYNGA),
    "GPBO": ("GP BO", "a", "0.4", _SYNGA),
    "Genetic GFN": ("Genetic GFN", "a", "0.4", _SYNGA),
    "MolGA*": ("Mol GA", "a", "0.4", _SYNGA),
    "REINVENT*": ("REINVENT", "a", "0.4", _SYNGA),
    "Graph GA": ("Graph GA", "a", "0.3", _INVG),
    "InVG_pre": ("InVirtuoGen", "b", "0.4", _INVG),
    "GenMol": ("GenMol", "b", "0.4", _INVG),
    "f-RAG": ("f-RAG", "b", "0.4", _SYNGA),
}


def build(table: Path, out: Path = OUT) -> int:
    """Write the fact table; returns its number of rows."""
    with table.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    lines = ["task\tmethod\ttrack\tdefinitions\tauc_top10\tsource\tversion"]
    for row in read:
        for column, (name, track, definitions, (source, version)) in METHODS.items():
            value = f"{float(row[column]):.3f}"
            lines.append("\t".join((row["Oracle"], name, track, definitions, value, source, version)))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines) - 1


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
