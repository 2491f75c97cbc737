"""Build ``actionable.tsv``, ``variant_effects.tsv``, ``hotspots.tsv`` and ``tumor_suppressors.tsv``.

    python -m sartor.train.facts_variants --data ../shared/data

Source: CIViC 2026-01 (CC0), accepted evidence only. Therapies are matched to the genes they act on through the Drug
Repurposing Hub (CC BY 4.0). GRCh38 positions come from GRCh37 ones by the gene's own offset, see ``OFFSETS``.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from sartor.read.hgvs import parse

from .facts_drugs import inn, read, write

CIVIC, VERSION = "CIViC 2026-01 (CC0)", "2026-01"
EVIDENCE = "oncology/civic_2026-01_ClinicalEvidenceSummaries.tsv.gz"
VARIANTS = "oncology/civic_2026-01_VariantSummaries.tsv.gz"

# GRCh38 minus GRCh37, at the residues that matter. Each is one dbSNP record with both positions (rs number); genes
# for which CIViC itself lists both assemblies are taken from there.
OFFSETS = {
    "TP53": (96682, "rs28934576"),
    "BRAF": (300200, "rs113488022"),
    "NRAS": (-542621, "rs11554290"),
    "JAK2": (0, "rs77375493"),
    "IDH1": (-864724, "rs121913500"),
    "IDH2": (-543232, "rs121913502"),
    "ALK": (-222866, "rs113994087"),
    "RET": (-495448, "rs74799832"),
    "AKT1": (-466337, "rs121434592"),
    "PDGFRA": (-866167, "rs121908585"),
    "CTNNB1": (-41491, "rs121913400"),
    "HRAS": (0, "rs104894230"),
    "DNMT3A": (-222869, "rs147001633"),
}

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
    r"exon \d+ skipping mutation|tkd mutation|p-loop mutation)$",
    re.IGNORECASE,
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
    try:
        return parse(text).text
    except ValueError:
        return text.lower() if KEPT_WORDS.match(text) else None


def components(profile: str) -> Iterator[tuple[str, str]]:
    """``(gene, change)`` of every component of a profile; a fusion gives one row per known partner."""
    for part in re.split(r" AND | OR ", profile.replace("(", "").replace(")", "")):
        if part.startswith("NOT "):
            continue
        gene, _, change = part.partition(" ")
        text = spelled(change)
        if text is None:
            continue
        for partner in gene.split("::"):
            if partner != "v":
                yield partner, text


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
    "ESR1; imlunestrant: ESR1; revumenib: MEN1; binimetinib: MAP2K1 MAP2K2"
)


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


def is_direct(gene: str, therapies: str, acts: dict[str, set[str]]) -> bool:
    """True when one of the therapies acts on the gene."""
    names = [inn(t) for t in therapies.split(",")]
    return any(gene in acts.get(n, ()) or f"{gene} INHIBITOR" in n.upper() for n in names)


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
            row |= {"direct": "yes" if is_direct(gene, r["therapies"], acts) else "no"}
            pmid = r["citation_id"] if r["source_type"] == "PubMed" else ""
            out.append(row | {"pmid": pmid or "", "evidence_id": r["evidence_id"], "source": CIVIC, "version": VERSION})
    return sorted(out, key=lambda r: (r["gene"], r["change"], r["level"], int(r["evidence_id"])))


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


def civic_offsets(table: pl.DataFrame) -> dict[str, tuple[int, str]]:
    """Gene -> (GRCh38 minus GRCh37, source) from variants that CIViC names in both assemblies."""
    seen: dict[str, Counter[int]] = {}
    for r in table.drop_nulls("hgvs_descriptions").iter_rows(named=True):
        places = {int(v): int(p) for _, v, p in re.findall(r"NC_0000(\d\d)\.(\d+):g\.(\d+)", r["hgvs_descriptions"])}
        if len(places) == 2:
            seen.setdefault(r["feature_name"], Counter())[places[max(places)] - places[min(places)]] += 1
    # A gene whose pairs disagree has a gap between the assemblies inside it: only a clear majority counts.
    return {g: (c.most_common(1)[0][0], CIVIC) for g, c in seen.items() if c.most_common(1)[0][1] / c.total() > 0.9}


def hotspots(data: Path) -> list[dict[str, str]]:
    """Single-base substitutions of CIViC with coordinates."""
    table = read(data / VARIANTS)
    offsets = {g: (o, f"dbSNP {rs}") for g, (o, rs) in OFFSETS.items()} | civic_offsets(table)
    out: dict[tuple[str, ...], dict[str, str]] = {}
    for r in table.iter_rows(named=True):
        ref, alt, build = r["reference_bases"], r["variant_bases"], r["reference_build"]
        change = spelled(r["variant"]) if re.fullmatch(r"[A-Z]\d+[A-Z*]", r["variant"]) else None
        if change is None or not ref or not alt or len(ref) != 1 or len(alt) != 1 or build not in ("GRCh37", "GRCh38"):
            continue
        start, gene = int(r["start"]), r["gene"]
        shift = offsets.get(gene)
        pos37 = start if build == "GRCh37" else (start - shift[0] if shift else 0)
        pos38 = start if build == "GRCh38" else (start + shift[0] if shift else 0)
        row = {
            "gene": gene,
            "change": change,
            "chrom": r["chromosome"],
            "pos37": str(pos37 or ""),
            "pos38": str(pos38 or ""),
        }
        source = CIVIC + (f"; GRCh38 by offset, {shift[1]}" if shift and build == "GRCh37" else "")
        row |= {"ref": ref, "alt": alt, "source": source, "version": VERSION}
        out.setdefault((gene, change, str(pos37), ref, alt), row)
    return sorted(out.values(), key=lambda r: (r["gene"], int(r["pos37"] or r["pos38"]), r["change"]))


def suppressors() -> list[dict[str, str]]:
    """Genes that drive by loss."""
    rule = "Vogelstein et al., Science 2013, 339, 1546 (20/20 rule)"
    more = "recorded by CIViC (CC0) under loss of function; DNA repair and cell-cycle control"
    pairs = [(g, rule, "2013") for g in SUPPRESSORS.split()] + [(g, more, VERSION) for g in MORE_SUPPRESSORS.split()]
    return [{"gene": g, "source": s, "version": v} for g, s, v in sorted(pairs)]


def main() -> None:
    """Build all four tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    write("actionable", actionable(data))
    write("variant_effects", effects(data))
    write("hotspots", hotspots(data))
    write("tumor_suppressors", suppressors())


if __name__ == "__main__":
    main()
