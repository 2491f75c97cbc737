"""Build ``actionable.tsv``, ``variant_effects.tsv``, ``gene_aliases.tsv`` and ``tumor_suppressors.tsv``.

    python -m sartor.train.facts_variants --data ../shared/data

Source: CIViC 2026-01 (CC0), accepted evidence only. Therapies are matched to the genes they act on through the Drug
Repurposing Hub (CC BY 4.0). Coordinates and recurrent residues: ``facts_hotspots``.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from sartor.facts.tsv import rows
from sartor.read.hgvs import parse

from .facts_drugs import inn, read, write

CIVIC, VERSION = "CIViC 2026-01 (CC0)", "2026-01"
EVIDENCE = "oncology/civic_2026-01_ClinicalEvidenceSummaries.tsv.gz"
VARIANTS = "oncology/civic_2026-01_VariantSummaries.tsv.gz"

EXPRESSED = "oncology/pcgr/examples/T001-BRCA.gene_expression.tsv.gz"
FEATURES = "oncology/civic_2026-01_FeatureSummaries.tsv.gz"

# Loss-of-function driver genes by the 20/20 rule (Vogelstein et al., Science 2013, 339, 1546), and genes of DNA repair
# and cell-cycle control that CIViC records under "loss".
SUPPRESSORS = (
    "ACVR1B APC ARID1A ARID1B ARID2 ASXL1 ATM ATRX AXIN1 B2M BAP1 BCOR BRCA1 BRCA2 CASP8 CDC73 CDH1 CDKN2A CEBPA CIC "
    "CREBBP CYLD DAXX EP300 AMER1 FBXW7 FUBP1 GATA1 GATA3 HNF1A KDM5C KDM6A MAP3K1 MEN1 MLH1 KMT2D KMT2C MSH2 MSH6 "
    "NCOR1 NF1 NF2 NPM1 PAX5 PBRM1 PHF6 PIK3R1 PRDM1 PTCH1 PTEN RB1 RNF43 RUNX1 SETD2 SMAD2 SMAD4 SMARCA4 SMARCB1 "
    "SOCS1 SOX9 STAG2 STK11 TET2 TNFAIP3 TP53 TRAF7 TSC1 TSC2 VHL WT1"
)
MORE_SUPPRESSORS = "PALB2 CHEK2 RAD51C RAD51D MUTYH KEAP1 CDKN1B CDKN2B PMS2 FANCA FANCC BRIP1 BARD1 DDX41 ETV6 SUFU"

# Profile words that we keep, and our spelling of them (the rest is expression, methylation, polymorphisms).
KEPT_WORDS = re.compile(
    r"^(mutation|activating mutation|fusion|amplification|loss|deletion|itd|viii|exon \d+ \w+|"
    r"exon \d+ skipping mutation|tkd mutation|p-loop mutation|kinase domain mutation|non-v600)$",
    re.IGNORECASE,
)


# CIViC's words for a gene that has lost its function, whatever the change.
LOST = re.compile(
    r"^(loss-of-function|deleterious mutation|biallelic inactivation|frameshift truncation)$", re.IGNORECASE
)

# TERT's promoter substitutions are named by nucleotides that look like residues.
PROMOTER = frozenset({"C228T", "C250T", "C228A", "C124T", "C146T"})


def spelled(change: str) -> str | None:
    """Our spelling of a CIViC change; None where it is no change of the protein that a patient file can show."""
    text = change.strip()
    if text in PROMOTER:
        return None
    if re.fullmatch(r"[A-Z]\d+", text):
        return text
    if LOST.match(text):
        return "loss of function"
    if re.fullmatch(r"e\d+::e\d+", text):
        return "fusion"
    try:
        return parse(text).text
    except ValueError:
        return text.lower() if KEPT_WORDS.match(text) else None


def alternatives(change: str) -> tuple[str, ...]:
    """``("G12", "G13")`` of "G12/G13", ``("S310F", "S310Y")`` of "S310F/Y"; anything else stands alone."""
    both = re.fullmatch(r"([A-Z]\d+)/([A-Z]\d+)", change)
    if both:
        return both.groups()
    ends = re.fullmatch(r"([A-Z]\d+)([A-Z])/([A-Z])", change)
    return (ends[1] + ends[2], ends[1] + ends[3]) if ends else (change,)


def components(profile: str) -> Iterator[tuple[str, str]]:
    """``(gene, change)`` of every component of a profile; a fusion gives one row per known partner."""
    for part in re.split(r" AND | OR ", profile.replace("(", "").replace(")", "")):
        if part.startswith("NOT "):
            continue
        gene, _, words = part.strip().partition(" ")
        for change in alternatives(words):
            text = spelled(change)
            if text is None:
                continue
            for partner in gene.split("::"):
                if partner not in ("v", "?"):
                    yield partner, text


def needs(profile: str, gene: str, change: str) -> str:
    """What else a tumour must carry for the profile to speak of it: ``|`` between, ``/`` between alternatives.

    A part that our spelling cannot say (expression, wild type) is kept in the words of CIViC: no tumour shows it.
    """
    out = []
    for part in profile.replace("(", "").replace(")", "").split(" AND "):
        if part.startswith("NOT "):
            out.append(f"not {part[4:]}")
            continue
        found = list(dict.fromkeys(components(part)))
        if (gene, change) in found:
            continue
        out.append("/".join(f"{g} {c}" for g, c in found) or f"unread {part}")
    return "|".join(out)


# Inhibitors that the Hub does not list with a target, and the genes their labels or first papers name.
ACTS = (
    "sotorasib: KRAS; adagrasib: KRAS; divarasib: KRAS; glecirasib: KRAS; selpercatinib: RET; pralsetinib: RET; "
    "avapritinib: KIT PDGFRA; ripretinib: KIT PDGFRA; asciminib: ABL1; bosutinib: ABL1 SRC; axitinib: KDR ABL1; "
    "midostaurin: FLT3 KIT; crizotinib: ALK MET ROS1; lorlatinib: ALK ROS1; foretinib: MET ROS1; cabozantinib: "
    "MET KDR RET ROS1; repotrectinib: ROS1 NTRK1 NTRK2 NTRK3; taletrectinib: ROS1 NTRK1; tepotinib: MET; "
    "capmatinib: MET; savolitinib: MET; vorasidenib: IDH1 IDH2; olutasidenib: IDH1; ivosidenib: IDH1; "
    "enasidenib: IDH2; tovorafenib: BRAF RAF1; inavolisib: PIK3CA; alpelisib: PIK3CA; pictilisib: PIK3CA; "
    "dactolisib: PIK3CA MTOR; capivasertib: AKT1; zongertinib: ERBB2; tucatinib: ERBB2; poziotinib: EGFR ERBB2; "
    "mobocertinib: EGFR; sunvozertinib: EGFR; furmonertinib: EGFR; regorafenib anhydrous: KIT KDR RET BRAF; "
    "infigratinib: FGFR1 FGFR2 FGFR3; pemigatinib: FGFR1 FGFR2 FGFR3; futibatinib: FGFR1 FGFR2 FGFR3 FGFR4; "
    "quizartinib: FLT3; gilteritinib: FLT3 AXL; crenolanib: FLT3 PDGFRA KIT; pirtobrutinib: BTK; elacestrant: "
    "ESR1; imlunestrant: ESR1; pd173074: FGFR1 FGFR2 FGFR3; fexagratinib: FGFR1 FGFR2 FGFR3; erdafitinib: FGFR1 FGFR2 "
    "FGFR3 FGFR4; revumenib: MEN1; binimetinib: MAP2K1 MAP2K2"
)


MOST_TARGETS = 6


def acting_on(data: Path) -> dict[str, set[str]]:
    """Drug (INN) -> genes it acts on: the Hub, then our own list."""
    acts: dict[str, set[str]] = {}
    for entry in ACTS.split("; "):
        drug, _, genes = entry.partition(": ")
        acts[drug] = set(genes.split())
    hub = read(data / "knowledge/Repurposing_Hub_2024-03-05.tsv.gz").drop_nulls("Target")
    for r in hub.iter_rows(named=True):
        if "-(" not in r["Name"]:  # single enantiomers such as crizotinib-(S) act elsewhere
            acts.setdefault(inn(r["Name"]), set()).update(g.strip() for g in r["Target"].split(","))
    return acts


def acted_on(gene: str, therapies: str, acts: dict[str, set[str]]) -> tuple[bool, tuple[str, ...]]:
    """Whether one of the therapies acts on the gene, and every gene that they act on (at most six a drug: a drug of
    many targets names none)."""
    names = [inn(t) for t in therapies.split(",")]
    direct = any(gene in acts.get(n, ()) or f"{gene} INHIBITOR" in n.upper() for n in names)
    genes = {g for n in names if len(acts.get(n, ())) <= MOST_TARGETS for g in acts.get(n, ())}
    return direct, tuple(sorted(genes))


def actionable(data: Path) -> list[dict[str, str]]:
    """Predictive evidence, one row per component."""
    acts = acting_on(data)
    table = read(data / EVIDENCE).filter((pl.col("evidence_type") == "Predictive") & pl.col("therapies").is_not_null())
    words = {"Sensitivity/Response": "sensitivity", "Resistance": "resistance", "Reduced Sensitivity": "resistance"}
    out = []
    for r in table.iter_rows(named=True):
        if r["significance"] not in words or r["variant_origin"] in ("Rare Germline", "Common Germline"):
            continue
        parts = list(dict.fromkeys(components(r["molecular_profile"])))
        for gene, change in parts:
            row = {"gene": gene, "change": change, "profile": r["molecular_profile"], "partners": str(len(parts) - 1)}
            row |= {"needs": needs(r["molecular_profile"], gene, change)}
            row |= {
                "disease": (r["disease"] or "cancer").lower(),
                "doid": r["doid"] or "",
                "therapies": r["therapies"].lower(),
            }
            row |= {
                "direction": words[r["significance"]],
                "supports": "yes" if r["evidence_direction"] == "Supports" else "no",
            }
            row |= {"level": r["evidence_level"], "rating": r["rating"] or ""}
            direct, genes = acted_on(gene, r["therapies"], acts)
            row |= {"direct": "yes" if direct else "no", "acts_on": "|".join(genes)}
            pmid = r["citation_id"] if r["source_type"] == "PubMed" else ""
            out.append(row | {"pmid": pmid or "", "evidence_id": r["evidence_id"], "source": CIVIC, "version": VERSION})
    out += literature(acts)
    return sorted(out, key=lambda r: (r["gene"], r["change"], r["level"], int(r["evidence_id"] or 0)))


#: Resistance seen in patients that CIViC's release does not hold: gene, changes, therapies, disease, DOID, PubMed id.
LITERATURE = (
    ("KRAS", "R68S H95D H95Q H95R Y96C", "adagrasib", "lung non-small cell carcinoma", "3908", "34161704"),
    # Both numberings of the receptor are in use: NM_000141 and, one residue higher, NM_022970.
    ("FGFR2", "N549H N550H V564F V565F E565A E566A L617V L618V K659M K660M", "infigratinib", "cholangiocarcinoma",
     "4947", "28034880"),
    ("KIT", "V654A", "imatinib", "gastrointestinal stromal tumor", "9253", "18955458"),
    ("BTK", "T474I L528W", "pirtobrutinib", "chronic lymphocytic leukemia", "1040", "36287227"),
)  # fmt: skip


def literature(acts: dict[str, set[str]]) -> list[dict[str, str]]:
    """The rows of ``LITERATURE``, level C: seen in patients, by few reports."""
    out = []
    for gene, changes, therapies, disease, doid, pmid in LITERATURE:
        for change in changes.split():
            row = {"gene": gene, "change": change, "profile": f"{gene} {change}", "partners": "0", "needs": ""}
            row |= {"disease": disease, "doid": doid, "therapies": therapies, "direction": "resistance"}
            row |= {"supports": "yes", "level": "C", "rating": "", "direct": "yes"}
            row |= {"acts_on": "|".join(acted_on(gene, therapies, acts)[1]), "pmid": pmid, "evidence_id": ""}
            out.append(row | {"source": "literature, as published", "version": VERSION})
    return out


def effects(data: Path) -> list[dict[str, str]]:
    """Functional and oncogenic evidence of single changes."""
    table = read(data / EVIDENCE).filter(pl.col("evidence_direction") == "Supports")
    words = {
        "Gain of Function": "gain of function",
        "Loss of Function": "loss of function",
        "Neomorphic": "gain of function",
        "Dominant Negative": "loss of function",
        "Oncogenicity": "oncogenic",
    }
    out = []
    for r in table.iter_rows(named=True):
        parts = list(components(r["molecular_profile"]))
        if r["significance"] not in words or len(parts) != 1:
            continue
        row = {"gene": parts[0][0], "change": parts[0][1], "effect": words[r["significance"]]}
        row |= {"pmid": r["citation_id"] if r["source_type"] == "PubMed" else "", "evidence_id": r["evidence_id"]}
        out.append(row | {"source": CIVIC, "version": VERSION})
    return sorted(out, key=lambda r: (r["gene"], r["change"], r["effect"], int(r["evidence_id"])))


def suppressors() -> list[dict[str, str]]:
    """Genes that drive by loss."""
    rule = "Vogelstein et al., Science 2013, 339, 1546 (20/20 rule)"
    more = "recorded by CIViC (CC0) under loss of function; DNA repair and cell-cycle control"
    pairs = [(g, rule, "2013") for g in SUPPRESSORS.split()] + [(g, more, VERSION) for g in MORE_SUPPRESSORS.split()]
    return [{"gene": g, "source": s, "version": v} for g, s, v in sorted(pairs)]


def aliases(data: Path) -> list[dict[str, str]]:
    """Other names of CIViC's genes, those that stand for one gene only and are no gene's own symbol."""
    table = read(data / FEATURES).filter(pl.col("feature_type") == "Gene")
    symbols = {r["name"] for r in table.iter_rows(named=True)}
    symbols |= {r["gene"] for r in rows("target_genes")} | {r["gene"] for r in rows("disease_targets")}
    symbols |= {r["gene"] for r in rows("recurrent")}
    # Symbols of expressed genes: TTF1, say, is another name of NKX2-1, but also a gene of its own.
    symbols |= set(pl.read_csv(data / EXPRESSED, separator="\t")["TargetID"].to_list())
    found: dict[str, set[str]] = {}
    for r in table.iter_rows(named=True):
        for alias in (r["feature_aliases"] or "").split(","):
            name = alias.strip().upper()
            if re.fullmatch(r"[A-Z0-9-]{2,12}", name) and name not in symbols:
                found.setdefault(name, set()).add(r["name"])
    one = {a: next(iter(g)) for a, g in found.items() if len(g) == 1 and a not in UNSAFE} | COMMON
    return [{"alias": a, "gene": g, "source": CIVIC, "version": VERSION} for a, g in sorted(one.items())]


UNSAFE = frozenset({"ALK1"})  # ALK to CIViC, ACVRL1 to everybody else
#: Names that several genes of CIViC share, in the sense that oncology gives them.
COMMON = {
    "HER2": "ERBB2",
    "HER-2": "ERBB2",
    "HER1": "EGFR",
    "HER3": "ERBB3",
    "ABL": "ABL1",
    "C-ABL": "ABL1",
    "C-KIT": "KIT",
    "C-MET": "MET",
    "CMET": "MET",
    "VEGFR2": "KDR",
    "MEK1": "MAP2K1",
    "MEK2": "MAP2K2",
    "P53": "TP53",
    "MLL2": "KMT2D",
    "MLL": "KMT2A",
}


def main() -> None:
    """Build all four tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    write("actionable", actionable(data))
    write("variant_effects", effects(data))
    write("gene_aliases", aliases(data))
    write("tumor_suppressors", suppressors())


if __name__ == "__main__":
    main()
