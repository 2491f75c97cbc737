"""Table ``withdrawn.tsv``: medicines that some country took off the market because they harmed, when, where and why.

Source: Onakpoya, Heneghan and Aronson 2016, BMC Medicine 14:10 (doi:10.1186/s12916-016-0553-2, CC BY 4.0: 462 products
withdrawn from 1950 to 2014), as compiled in a public list of withdrawn drugs; other sources of that list are left out.
Only substances of ``drugs.tsv`` stay that are neither the FDA's nor launched by that table: of aspirin or omeprazole
some country once withdrew a product, which says nothing of the substance. Doubts: a medicine that one country withdrew
may be sold in another, or again (metamizole); one that came back for a while is missing (tegaserod).

Run: ``python -m sartor.train.facts_withdrawn --data DATA``
"""

from __future__ import annotations

import argparse
import csv
import gzip
from pathlib import Path

from sartor.facts.drug_names import find

TABLES = Path(__file__).parents[1] / "facts" / "tables"
SOURCE, SOURCE_ID, VERSION = "Onakpoya 2016, BMC Medicine 14:10 (CC BY 4.0)", "doi:10.1186/s12916-016-0553-2", "2016"
_OF_SOURCE = "s12916-016-0553-2"
HEADER = """# Medicines that some country withdrew because they harmed: when first, where, and why.
# Written by python -m sartor.train.facts_withdrawn.
"""
COLUMNS = ("substance", "year", "countries", "reason", "source", "source_id", "version")


def table(data: Path) -> str:
    """The whole table as text; ``data`` is the folder of the research files."""
    made: dict[str, tuple[str, ...]] = {}
    with gzip.open(data / "status" / "withdrawn_drugs.tsv.gz", "rt", encoding="utf-8", errors="replace") as stream:
        for r in csv.DictReader(stream, delimiter="\t"):
            found = find(r["generic_name"]) if r["status"] == "Withdrawn" and _OF_SOURCE in r["source"] else None
            # A misspelled or mixed name says nothing sure of one substance.
            if found is None or found.read_as or len(found.drugs) != 1 or not r["year_withdrawn"].isdigit():
                continue
            cells = [", ".join(x.strip() for x in r[k].split("|")) for k in ("country_withdrawn", "reason_withdrawn")]
            substance = found.drugs[0].substance
            if any(word in found.drugs[0].approved for word in ("FDA", "launched")):
                continue
            row = (substance, r["year_withdrawn"], *(c.lower() if i else c for i, c in enumerate(cells)))
            if substance not in made or made[substance][1] > row[1]:
                made[substance] = row
    rows = [(*made[s], SOURCE, SOURCE_ID, VERSION) for s in sorted(made)]
    return HEADER + "\n".join("\t".join(r) for r in (COLUMNS, *rows)) + "\n"


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TABLES / "withdrawn.tsv")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the research files")
    args = parser.parse_args()
    text = table(args.data)
    args.out.write_text(text, encoding="utf-8")
    print(f"{args.out.name}: {len(text.splitlines()) - 3} rows")


if __name__ == "__main__":
    main()
