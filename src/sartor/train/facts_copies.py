"""Writes facts/tables/copy_frequencies.tsv: how often CYP2D6 is deleted or there more than once on a chromosome copy.

Run as ``python -m sartor.train.facts_copies``. Small variants cannot show copies, so these are published percentages:
PMC9957841 (Clin Pharmacol Ther, doi 10.1002/cpt.2749), table 2, from 947 people south of the Sahara and the 1000
Genomes people of the other four groups, whole genomes. Percentages are of chromosome copies, rounded there to 0.1.
Only rows that the table fills in every column are taken; of ``*2x2`` that is the first column, so that outside Africa
ultrarapid people are drawn from ``*1x2`` alone and are too few.
"""

from __future__ import annotations

import argparse
from pathlib import Path

TABLES = Path(__file__).parents[1] / "facts" / "tables"
SOURCE = "PMC9957841, table 2 (doi 10.1002/cpt.2749): whole genomes, percent of chromosome copies"
VERSION = "2023"
#: Population of the counted alleles -> people behind the percentages.
PEOPLE = {"AFR": 947, "AMR": 345, "EAS": 502, "EUR": 498, "SAS": 481}
#: Allele -> percent of chromosome copies.
PERCENT: dict[str, dict[str, float]] = {
    "*5": {"AFR": 8.1, "AMR": 2.2, "EAS": 3.5, "EUR": 2.4, "SAS": 2.5},
    "*1x2": {"AFR": 0.4, "AMR": 1.2, "EAS": 0.3, "EUR": 0.5, "SAS": 0.6},
    "*2x2": {"AFR": 1.9},
}
HEADER = """# How often CYP2D6 is deleted (*5) or duplicated on a chromosome copy, as published.
# Written by python -m sartor.train.facts_copies, which says what is left out. For drawing synthetic people only.
"""


def table() -> str:
    """The whole table as text, by population."""
    lines = ["\t".join(("gene", "allele", "population", "copies", "of", "source", "version"))]
    for population, people in PEOPLE.items():
        for allele, percent in PERCENT.items():
            if population in percent:
                copies = round(percent[population] / 100 * 2 * people)
                cells = ("CYP2D6", allele, f"1000 Genomes {population}", str(copies), str(2 * people), SOURCE, VERSION)
                lines.append("\t".join(cells))
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TABLES / "copy_frequencies.tsv")
    args = parser.parse_args()
    args.out.write_text(table(), encoding="utf-8")


if __name__ == "__main__":
    main()
