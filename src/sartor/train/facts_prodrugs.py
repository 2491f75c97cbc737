# ruff: noqa: E501  (one table row a line reads better than wrapped ones)
"""Writes facts/tables/prodrugs.tsv: medicines that an enzyme has to switch on, and what a missing effect costs.

Run as ``python -m sartor.train.facts_prodrugs``. The pathways are those that CPIC guidelines or the labels state; the
class of the loss is our reading of what the same source says would happen (see sartor.personalize.consequence).
"""

from __future__ import annotations

import argparse
from pathlib import Path

TABLES = Path(__file__).parents[1] / "facts" / "tables"
VERSION = "compiled 2026-11"
OPIOIDS = ("CPIC guideline on opioids (Crews 2021)", "doi:10.1002/cpt.2149")
CLOPIDOGREL = ("CPIC guideline on clopidogrel (Lee 2022)", "doi:10.1002/cpt.2526")
TAMOXIFEN = ("CPIC guideline on tamoxifen (Goetz 2018)", "doi:10.1002/cpt.1007")
LABEL = ("FDA prescribing information, section 12.3", "")

# substance, enzyme, what acts, class of the loss, the loss in words, source, identifier
ROWS = [
    ("clopidogrel", "CYP2C19", "its active thiol", "life-threatening", "the platelets are not inhibited and a stent may close", *CLOPIDOGREL),
    ("codeine", "CYP2D6", "morphine", "moderate", "the pain is not relieved", *OPIOIDS),
    ("tramadol", "CYP2D6", "O-desmethyltramadol", "moderate", "the pain is not relieved", *OPIOIDS),
    ("tamoxifen", "CYP2D6", "endoxifen", "serious", "breast cancer may come back", *TAMOXIFEN),
    ("cyclophosphamide", "CYP2B6", "phosphoramide mustard", "serious", "the cancer or the immune disease is not treated", *LABEL),
    ("cyclophosphamide", "CYP3A4", "phosphoramide mustard", "serious", "the cancer or the immune disease is not treated", *LABEL),
    ("ifosfamide", "CYP3A4", "isophosphoramide mustard", "serious", "the cancer is not treated", *LABEL),
    ("losartan", "CYP2C9", "E-3174", "minor", "the blood pressure is lowered less", *LABEL),
    ("prasugrel", "CYP3A4", "its active thiol", "minor", "the platelets are inhibited a little later; other enzymes activate it too", *LABEL),
    ("proguanil", "CYP2C19", "cycloguanil", "moderate", "protection against malaria rests on its partner alone", *LABEL),
]  # fmt: skip

HEADER = """# Medicines that an enzyme activates, and the clinical class of losing the effect.
# Written by python -m sartor.train.facts_prodrugs.
"""


def table() -> str:
    """The whole table as text."""
    columns = ("substance", "enzyme", "active", "loss", "meaning", "source", "source_id", "version")
    lines = ["\t".join(columns)] + ["\t".join((*row, VERSION)) for row in ROWS]
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TABLES / "prodrugs.tsv")
    parser.add_argument("--data", type=Path, help="not needed: the rows are ours, from the sources they name")
    args = parser.parse_args()
    args.out.write_text(table(), encoding="utf-8")
    print(f"{args.out.name}: {len(ROWS)} rows")


if __name__ == "__main__":
    main()
