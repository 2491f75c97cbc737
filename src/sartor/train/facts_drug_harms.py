"""Writes facts/tables/drug_harms.tsv: drugs withdrawn somewhere, and drugs that FDA ranks for liver or heart harm.

Run as ``python -m sartor.train.facts_drug_harms --data DATA``, DATA being the folder with ``status/`` and ``admet/``.
Sources: withdrawals compiled by Onakpoya 2016 (BMC Med 14:10, CC BY) and by toxicological reviews
(facts) and 21 CFR 216.24 (public domain); DILIrank and DICTrank of FDA's National Center for Toxicological Research
(public domain). Reasons are reduced to organs. A withdrawal in one country is not one everywhere: countries are kept.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from sartor.chem.standardize import standardize
from sartor.facts import drugs

TABLES = Path(__file__).parents[1] / "facts" / "tables"
VERSION = "compiled 2026-11"
UPSTREAM = {
    "bmcmedicine.biomedcentral.com": "Onakpoya 2016, BMC Med 14:10 (doi:10.1186/s12916-016-0553-2)",
    "accessdata.fda.gov": "21 CFR 216.24",
    "academic.oup.com": "Toxicol Sci 2009, 110:40",
    "www.fda.gov": "FDA",
}
DILIRANK = "FDA DILIrank (Chen 2016, Drug Discov Today 21:648)"
DICTRANK = "FDA DICTrank (Qu 2023, Drug Discov Today 28:103770)"
#: organ -> what a reason says of it; a reason may name several
ORGANS = {
    "liver": r"liver|hepat",
    "heart": r"cardi|arrhythm|qt|heart|valve|torsade",
    "vessels": r"stroke|thrombos|hypotens|hypertens",
    "blood": r"hemat|an[a]?emia|agranul|thrombocyt|hemoly|hemoglob",
    "skin": r"skin|mucocut|lyell",
    "brain": r"nervous|neuro|psychiat|suicid|cognit|sleep|vertigo",
    "cancer": r"carcino|tumor|cancer|\bca\b",
    "genes": r"mutag|genotox",
    "unborn child": r"terato|abort|birth defect",
    "kidney": r"kidney|renal|urinary|nephro",
    "dependence": r"abuse|depend",
    "lungs": r"respir|breath|pulmon",
    "gut": r"gastro|colitis|bowel|intestin",
    "immune system": r"immun|anaphyl|allerg|hypersens",
    "metabolism": r"metabol|acidosis",
    "hormones": r"endocrin",
    "eye": r"\beye|retin|sensory|uveit",
    "muscle": r"muscul|muscle|rhabdo|myopath",
    "interactions": r"interaction",
    "deaths": r"death",
}
COLUMNS = ("substance", "kind", "organs", "detail", "places", "year", "smiles", "source", "version")
Row = tuple[str, ...]


def organs(reason: str) -> str:
    """A reason reduced to organs, ``|``-separated; "" where it names none."""
    return "|".join(k for k, pattern in ORGANS.items() if re.search(pattern, reason, re.IGNORECASE))


def _read(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def _substance(name: str) -> tuple[str, str]:
    """Our name of a substance, and "" or, where the drug table has none, the name as given."""
    found = drugs.match(name)
    if len(found.drugs) != 1 or found.how == "misspelling":
        return drugs.without_salt(name), ""
    return found.drugs[0].substance, found.drugs[0].smiles


def withdrawn(data: Path) -> Iterator[Row]:
    """Drugs taken off some market, with the organs that the reason names, where and since when."""
    for r in _read(data / "status" / "withdrawn_drugs.tsv.gz", "\t"):
        source = next((v for k, v in UPSTREAM.items() if k in r["source"]), "")
        if r["status"] not in ("Withdrawn", "Marketed (restrictions)") or not source:
            continue
        name, smiles = _substance(r["generic_name"])
        kind = "withdrawn" if r["status"] == "Withdrawn" else "restricted"
        own = "" if smiles else standardize(r["smiles"])[0]
        year = re.sub(r"\D", "", r["year_withdrawn"])[:4]
        detail = "" if organs(r["reason_withdrawn"]) else "reason not given" if not r["reason_withdrawn"] else "other"
        yield (name, kind, organs(r["reason_withdrawn"]), detail, r["country_withdrawn"], year, own, source, VERSION)


def ranked(data: Path) -> Iterator[Row]:
    """Drugs of most concern for the liver (and where the label says it), and for the heart."""
    for r in _read(data / "admet" / "dili" / "DILIrank_names.csv.gz", ","):
        if r["vDILIConcern"] == "vMost-DILI-Concern":
            boxed = "boxed warning" if r["Label Section"].lower() == "box warning" else "of most concern"
            yield (_substance(r["Compound Name"])[0], "liver", "liver", boxed, "US", "", "", DILIRANK, VERSION)
    for r in _read(data / "admet" / "dict" / "DICTrank_processed.csv.gz", ","):
        if r["DICT _ Concern"] == "most":
            name, smiles = _substance(r["Active Ingredient(s)"])
            if smiles:
                yield (name, "heart", "heart", "of most concern", "US", "", "", DICTRANK, VERSION)


def boxed() -> Iterator[Row]:
    """Drugs of the drug table with a boxed warning about the QT interval."""
    for d in drugs.drug_table().values():
        if d.qt_level == "boxed warning":
            yield (d.substance, "heart", "heart", "boxed warning", "", "", "", d.qt_warning, d.version)


def rows(data: Path) -> list[Row]:
    """Every row once, sorted; a substance may have several (withdrawn, ranked)."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in (*withdrawn(data), *ranked(data), *boxed()):
        clean = tuple(re.sub(r"\s+", " ", x).strip() for x in row)
        key = (clean[0], clean[1], clean[3], clean[7])
        if clean[0] and key not in seen:
            seen[key] = clean
    return sorted(seen.values())


HEADER = """# Drugs withdrawn somewhere, or ranked for harm; written by python -m sartor.train.facts_drug_harms.
# kind: withdrawn, restricted, liver, heart. places: where, as the source says; elsewhere it may be on the market.
# smiles: only where drugs.tsv has none.
"""


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TABLES)
    args = parser.parse_args()
    made = rows(args.data)
    text = HEADER + "\n".join("\t".join(r) for r in (COLUMNS, *made)) + "\n"
    (args.out / "drug_harms.tsv").write_text(text, encoding="utf-8")
    print(f"drug_harms.tsv: {len(made)} rows, {len({r[0] for r in made})} substances")


if __name__ == "__main__":
    main()
