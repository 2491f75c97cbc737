"""Builds the pharmacogene tables: alleles.tsv, alleles_function.tsv, phenotypes.tsv and allele_priorities.tsv.

Facts only, into our own schema. Definitions and CPIC functions come from the ClinPGx release of 2025-11-05, G6PD
classes and CYP2D6 activity values from the PyPGx tables (MIT), which encode the CPIC tables. CPIC content is CC0.
Run: ``python -m sartor.train.facts_alleles --data ../shared/data``. Every phenotype rule is checked against every
diplotype that CPIC lists; one that disagrees stops the build.
"""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import json
import tarfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from .facts_positions import offsets_of, old_bases, span_of

GENES = (
    "ABCG2",
    "CACNA1S",
    "CFTR",
    "CYP2B6",
    "CYP2C19",
    "CYP2C9",
    "CYP3A4",
    "CYP3A5",
    "CYP4F2",
    "DPYD",
    "G6PD",
    "IFNL3",
    "NAT2",
    "NUDT15",
    "RYR1",
    "SLCO1B1",
    "TPMT",
    "UGT1A1",
    "VKORC1",
)
BY_ACTIVITY = ("CYP2C9", "CYP2D6", "DPYD")
VERSION = "2025-11-05"
DEFINED = "CPIC/PharmVar allele definitions, ClinPGx release (CPIC content CC0)"
ASSIGNED = "CPIC allele functionality, ClinPGx release (CC0)"
WOBBLE = {"R": "AG", "Y": "CT", "S": "CG", "W": "AT", "K": "GT", "M": "AC"}
TABLES = Path(__file__).resolve().parents[1] / "facts" / "tables"

# Positions without which no phenotype is claimed. Where ClinPGx lists AMP tier 1 positions those are taken; for
# the other genes the positions of the alleles that the CPIC guideline names (rsIDs).
GUIDELINE_POSITIONS = {
    "ABCG2": ["rs2231142"],
    "CACNA1S": ["rs772226819", "rs1800559"],
    "CFTR": ["rs75527207"],
    "CYP2B6": ["rs3745274", "rs2279343", "rs28399499"],
    "CYP4F2": ["rs2108622"],
    "G6PD": ["rs1050828", "rs1050829", "rs5030868"],
    "IFNL3": ["rs12979860"],
    "SLCO1B1": ["rs4149056"],
    "UGT1A1": ["rs887829", "rs3064744", "rs4148323"],
}
# CYP2D6 score -> phenotype: CPIC/DPWG consensus 2019 (Caudle et al., Clin Transl Sci 2020, 13, 116). CYP2C9 and
# DPYD: CPIC gene-specific tables. low <= score < high.
ACTIVITY_BANDS = [
    ("CYP2C9", 0, 1, "Poor Metabolizer"),
    ("CYP2C9", 1, 2, "Intermediate Metabolizer"),
    ("CYP2C9", 2, 99, "Normal Metabolizer"),
    ("CYP2D6", 0, 0.25, "Poor Metabolizer"),
    ("CYP2D6", 0.25, 1.25, "Intermediate Metabolizer"),
    ("CYP2D6", 1.25, 2.5, "Normal Metabolizer"),
    ("CYP2D6", 2.5, 99, "Ultrarapid Metabolizer"),
    ("DPYD", 0, 1, "Poor Metabolizer"),
    ("DPYD", 1, 2, "Intermediate Metabolizer"),
    ("DPYD", 2, 99, "Normal Metabolizer"),
]
# PyPGx still calls this RYR1 allele uncertain; CPIC's functionality table has it as associated. (The two also differ
# on c.14582G>A, where PyPGx's "associated" is kept: the careful reading where a person may be harmed.)
RYR1_CORRECTED = {"c.1589G>A": "Malignant Hyperthermia associated"}
# CPIC's warfarin guideline (Johnson 2017, doi 10.1002/cpt.668) uses one CYP4F2 variant directly and gives the alleles
# no function and the gene no phenotype; like VKORC1's, this "phenotype" states the genotype that the dose depends on.
CYP4F2_DOSE_POSITION = "rs2108622"
# CPIC's genes that are read by carrier status: the alleles a guideline names, and for which medicine.
HLA = {
    "HLA-A": {"*31:01": "carbamazepine"},
    "HLA-B": {
        "*15:02": "carbamazepine, oxcarbazepine, phenytoin",
        "*57:01": "abacavir",
        "*58:01": "allopurinol",
    },
}


def _json(pack: tarfile.TarFile, path: str) -> Any:
    member = pack.extractfile(path)
    assert member is not None
    return json.load(member)


def _csv(pack: tarfile.TarFile, path: str) -> list[dict[str, str]]:
    member = pack.extractfile(path)
    assert member is not None
    return list(csv.DictReader(io.TextIOWrapper(member, encoding="utf-8")))


def _bases(value: str) -> list[str]:
    return list(WOBBLE[value]) if value in WOBBLE else [value]


def definition_rows(
    gene: str, data: Any, exempt: Any, offset: int, old: dict[tuple[str, int], str], wanted: Iterable[str] = ()
) -> Iterable[list[object]]:
    """One row per allele and position where it differs from the reference genome; one bare row where it never does."""
    positions = data["variants"]
    keyed = set(exempt.get("amp1Positions", []))
    keys = {v["position"]: "AMP tier 1" for v in positions if v["position"] in keyed}
    required = {v if isinstance(v, int) else v["position"] for v in exempt.get("requiredPositions", [])}
    keys |= {v["position"]: "required" for v in positions if v["position"] in required}
    named = GUIDELINE_POSITIONS.get(gene, []) if not keys else []
    keys |= {v["position"]: "CPIC guideline" for v in positions if v["rsid"] in named}
    telling = set(wanted)
    for allele in data["namedAlleles"]:
        if allele["name"] in telling:
            keys |= {v["position"]: "CPIC function" for v, b in zip(positions, allele["alleles"], strict=True) if b}
    if len(keys) < len(named):
        raise SystemExit(f"{gene}: a guideline position is not in the definitions: {named}")
    skipped = {v["position"] for v in exempt.get("ignoredPositions", [])}
    for allele in data["namedAlleles"]:
        if allele["name"] in exempt.get("ignoredAlleles", []):
            continue
        name, _, form = allele["name"].partition(".") if gene == "SLCO1B1" else (allele["name"], "", "")
        complete = "yes" if all(allele["alleles"]) else "no"
        head = [gene, name, form, complete]
        differs = 0
        for place, value in zip(positions, allele["alleles"], strict=True):
            pos = place["position"]
            if not value or value == place["ref"] or pos in skipped:
                continue
            differs += 1
            bases = [place["ref"], old.get((gene, pos), place["ref"]), span_of(place)]
            where = [data["chromosome"], pos, pos + offset, place["rsid"] or "", *bases]
            yield [*head, *where, "|".join(_bases(value)), keys.get(pos, ""), DEFINED, VERSION]
        if not differs and complete == "yes":
            yield [*head, data["chromosome"], *[""] * 8, DEFINED, VERSION]


def priority_rows(gene: str, exempt: Any) -> Iterable[list[object]]:
    """The diplotype ClinPGx prefers where unphased data fit several alike (NAT2: by what people carry)."""
    for row in exempt.get("unphasedDiplotypePriorities", []):
        rivals = [d for d in row["list"] if d != row["pick"]]
        yield [gene, row["pick"], "|".join(rivals), "ClinPGx unphased diplotype priorities", VERSION]


def g6pd_functions(pypgx: tarfile.TarFile) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Function of each G6PD allele (what a hemizygous man with it has), and every diplotype's phenotype."""
    listed: dict[tuple[str, str], str] = {}
    names = {r["StarAllele"] for r in _csv(pypgx, "pypgx/allele-table.csv") if r["Gene"] == "G6PD"}
    for row in _csv(pypgx, "pypgx/diplotype-table.csv"):
        if row["Gene"] != "G6PD":
            continue
        text = row["Diplotype"]
        split = [i for i, c in enumerate(text) if c == "/" and text[:i] in names and text[i + 1 :] in names]
        listed[(text[: split[0]], text[split[0] + 1 :])] = row["Phenotype"].removeprefix("G6PD ")
    alone = {(a if b == "MALE" else b): p for (a, b), p in listed.items() if "MALE" in (a, b)}
    return alone, {k: p for k, p in listed.items() if "MALE" not in k}


def g6pd_pair(a: str, b: str) -> str:
    """CPIC's rule for two X chromosomes: one normal and one deficient is Variable."""
    kinds = {a, b}
    if "Indeterminate" in kinds:
        return "Indeterminate"
    if len(kinds) == 1:
        return a
    return "Variable" if "Normal" in kinds else "Deficient"


def function_rows(gene: str, data: Any) -> Iterable[list[object]]:
    """Function and activity value of each allele that CPIC has assigned."""
    for allele in data["namedAlleles"]:
        value = allele["activityValue"]
        value = "" if value in (None, "n/a") else f"{float(value):g}"
        yield [gene, allele["name"], allele["functionValue"], value, ASSIGNED, VERSION]


def phenotype_rows(gene: str, data: Any) -> Iterable[list[object]]:
    """One row per pair of functions; the build stops if CPIC gives one pair two phenotypes."""
    functions = {a["name"]: a["functionValue"] for a in data["namedAlleles"]}
    pairs: dict[tuple[str, str], set[str]] = {}
    for row in data["diplotypes"]:
        two = [functions[n] for n, count in row["diplotypekey"].items() for _ in range(count)]
        first, second = sorted(two if len(two) == 2 else two * 2)
        pairs.setdefault((first, second), set()).add(row["phenotype"])
    for (first, second), phenotypes in sorted(pairs.items()):
        if len(phenotypes) != 1:
            raise SystemExit(f"{gene}: {first} with {second} is {sorted(phenotypes)}")
        phenotype = phenotypes.pop()
        phenotype = phenotype if gene == "CFTR" else phenotype[0].upper() + phenotype[1:]
        yield [gene, "functions", first, second, phenotype, ASSIGNED, VERSION]


def check_bands(gene: str, data: Any) -> None:
    """The activity bands must give CPIC's phenotype for every diplotype that CPIC scores."""
    for row in data["diplotypes"]:
        if row["activityScore"] == "n/a":
            continue
        score = float(row["activityScore"])
        ours = [p for g, low, high, p in ACTIVITY_BANDS if g == gene and low <= score < high]
        if ours != [row["phenotype"]]:
            raise SystemExit(f"{gene} {row['diplotype']}: score {score} is {row['phenotype']}, bands say {ours}")


def outside_rows(pharmcat: tarfile.TarFile, pypgx: tarfile.TarFile) -> tuple[list[list[object]], list[list[object]]]:
    """Functions and phenotype rules of the genes that other tools call: CYP2D6, HLA-A, HLA-B, MT-RNR1."""
    functions: list[list[object]] = []
    for row in _csv(pypgx, "pypgx/allele-table.csv"):
        if row["Gene"] == "CYP2D6":
            value = "" if row["ActivityScore"] == "N/A" else row["ActivityScore"]
            function = row["Function"].capitalize()
            source = "CPIC CYP2D6 allele functionality (CC0), as tabulated by PyPGx (MIT)"
            functions.append(["CYP2D6", row["StarAllele"], function, value, source, "PyPGx 0.26"])
    for gene, alleles in HLA.items():
        for allele, medicines in alleles.items():
            functions.append([gene, allele, f"Risk allele: {medicines}", "", "CPIC guideline (CC0)", "2024-05"])
    ribosomal = _json(pharmcat, "pharmcat/phenotype/MT_RNR1.json")
    functions += [["MT-RNR1", *list(row)[1:]] for row in function_rows("MT-RNR1", ribosomal)]
    return functions, [["MT-RNR1", *list(row)[1:]] for row in phenotype_rows("MT-RNR1", ribosomal)]


def ryr1_rows(pypgx: tarfile.TarFile) -> list[list[object]]:
    """Function of the RYR1 alleles that CPIC has assigned (48 of those defined); the others have none."""
    source = "CPIC RYR1 allele functionality (CC0), as tabulated by PyPGx (MIT)"
    spelled = {"c.7039_7041delGAG": "c.7042_7044delGAG"}
    rows: list[list[object]] = []
    for r in _csv(pypgx, "pypgx/allele-table.csv"):
        if r["Gene"] == "RYR1":
            name = spelled.get(r["StarAllele"], r["StarAllele"])
            function = RYR1_CORRECTED.get(name, r["Function"].capitalize().replace("hyperthermia", "Hyperthermia"))
            rows.append(["RYR1", name, function, "", source, "PyPGx 0.26"])
    return rows


def susceptibility_rules(gene: str, functions: Iterable[str]) -> list[list[object]]:
    """CPIC 2018 (doi 10.1002/cpt.1319): one associated variant is enough; without one nothing is excluded."""
    rules: list[list[object]] = []
    source = ["CPIC guideline CACNA1S/RYR1 and anaesthetics (CC0), doi 10.1002/cpt.1319", "2018"]
    for a, b in itertools.combinations_with_replacement(sorted(set(functions)), 2):
        risk = any(f.startswith("Malignant") for f in (a, b))
        phenotype = "Malignant Hyperthermia Susceptibility" if risk else "Uncertain Susceptibility"
        rules.append([gene, "functions", a, b, phenotype, *source])
    return rules


def cyp4f2_rows(data: Any) -> tuple[list[list[object]], list[list[object]]]:
    """Whether each allele carries the variant that CPIC's warfarin dose depends on, and the genotype as phenotype."""
    (place,) = [i for i, v in enumerate(data["variants"]) if v["rsid"] == CYP4F2_DOSE_POSITION]
    origin = ["CPIC guideline warfarin (CC0), doi 10.1002/cpt.668; carriage from the allele definitions", VERSION]
    words = {False: "without c.1297G>A", True: "with c.1297G>A (V433M)"}
    functions: list[list[object]] = []
    for allele in data["namedAlleles"]:
        carries = allele["alleles"][place] not in (None, data["variants"][place]["ref"])
        functions.append(["CYP4F2", allele["name"], words[carries], "", *origin])
    rules: list[list[object]] = []
    for pair, genotype in (((True, True), "TT"), ((True, False), "CT"), ((False, False), "CC")):
        first, second = sorted(words[c] for c in pair)
        rules.append(["CYP4F2", "functions", first, second, f"{CYP4F2_DOSE_POSITION} {genotype}", *origin])
    return functions, rules


def ifnl3_rules() -> list[list[object]]:
    """CPIC 2014 (Muir, doi 10.1038/clpt.2013.203): CC is the favourable genotype, CT and TT are not."""
    good, bad = "Favorable response allele", "Unfavorable response allele"
    origin = ["CPIC guideline IFNL3 and peginterferon (CC0), doi 10.1038/clpt.2013.203", "2014"]
    pairs = (
        (good, good, "Favorable Response"),
        (good, bad, "Unfavorable Response"),
        (bad, bad, "Unfavorable Response"),
    )
    return [["IFNL3", "functions", a, b, phenotype, *origin] for a, b, phenotype in pairs]


def g6pd_rows(pypgx: tarfile.TarFile) -> tuple[list[list[object]], list[list[object]]]:
    """Functions and rules of G6PD, checked against every diplotype listed."""
    alone, listed = g6pd_functions(pypgx)
    for (a, b), phenotype in listed.items():
        if g6pd_pair(alone[a], alone[b]) != phenotype:
            raise SystemExit(f"G6PD {a}/{b}: listed {phenotype}, rule says {g6pd_pair(alone[a], alone[b])}")
    origin = ["CPIC G6PD allele classes (CC0), as tabulated by PyPGx (MIT)", "PyPGx 0.26"]
    functions: list[list[object]] = [["G6PD", name, kind, "", *origin] for name, kind in alone.items()]
    kinds = sorted(set(alone.values()))
    rules: list[list[object]] = [["G6PD", "hemizygous", kind, "", kind, *origin] for kind in kinds]
    for a, b in itertools.combinations_with_replacement(kinds, 2):
        rules.append(["G6PD", "functions", a, b, g6pd_pair(a, b), *origin])
    return functions, rules


def _write(name: str, header: Sequence[str], rows: Iterable[list[object]]) -> None:
    with (TABLES / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerow(header)
        writer.writerows(rows)


def _vcf_gene(
    gene: str, pharmcat: tarfile.TarFile, pypgx: tarfile.TarFile
) -> tuple[list[list[object]], list[list[object]]]:
    """Functions and phenotype rules of one gene that is called from a VCF."""
    if gene == "G6PD":
        return g6pd_rows(pypgx)
    if gene == "RYR1":
        rows = ryr1_rows(pypgx)
        return rows, susceptibility_rules(gene, (str(r[2]) for r in rows))
    if gene == "CYP4F2":
        return cyp4f2_rows(_json(pharmcat, "pharmcat/definition/alleles/CYP4F2_translation.json"))
    assigned = _json(pharmcat, f"pharmcat/phenotype/{gene}.json")
    functions = list(function_rows(gene, assigned))
    if gene in BY_ACTIVITY:
        check_bands(gene, assigned)
        return functions, []
    return functions, ifnl3_rules() if gene == "IFNL3" else list(phenotype_rows(gene, assigned))


def build(data: Path) -> None:
    """Write the four tables from the archives under ``data/pgx``."""
    definitions: list[list[object]] = []
    functions: list[list[object]] = []
    rules: list[list[object]] = []
    priorities: list[list[object]] = []
    with (
        tarfile.open(data / "pgx" / "pharmcat_definitions.tar.xz") as pharmcat,
        tarfile.open(data / "pgx" / "pypgx_tables.tar.xz") as pypgx,
    ):
        exempt = _json(pharmcat, "pharmcat/definition/alleles/exemptions.json")
        variants = _csv(pypgx, "pypgx/variant-table.csv")
        offsets, old = offsets_of(variants, GENES), old_bases(variants)
        for gene in GENES:
            defined = _json(pharmcat, f"pharmcat/definition/alleles/{gene}_translation.json")
            more_functions, more_rules = _vcf_gene(gene, pharmcat, pypgx)
            functions += more_functions
            rules += more_rules
            telling = [str(r[1]) for r in more_functions if gene == "RYR1" and str(r[2]).startswith("Malignant")]
            definitions += definition_rows(gene, defined, exempt.get(gene, {}), offsets[gene], old, telling)
            priorities += priority_rows(gene, exempt.get(gene, {}))
        more_functions, more_rules = outside_rows(pharmcat, pypgx)
        functions += more_functions
        rules += more_rules
    bands = "CPIC activity score bands (CYP2D6: consensus 2019, doi 10.1111/cts.12692)"
    rules += [[g, "activity", low, high, p, bands, VERSION] for g, low, high, p in ACTIVITY_BANDS]
    where = ["chrom", "pos38", "pos37", "rsid", "ref", "ref37", "span", "seen", "key"]
    _write("alleles.tsv", ["gene", "allele", "form", "complete", *where, "source", "version"], definitions)
    _write("alleles_function.tsv", ["gene", "allele", "function", "activity", "source", "version"], functions)
    _write("phenotypes.tsv", ["gene", "rule", "first", "second", "phenotype", "source", "version"], rules)
    _write("allele_priorities.tsv", ["gene", "diplotype", "rivals", "source", "version"], priorities)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds pgx/")
    build(parser.parse_args().data)
