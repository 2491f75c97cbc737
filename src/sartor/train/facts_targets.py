"""Build ``diseases.tsv``, ``disease_targets.tsv`` and ``target_genes.tsv``.

    python -m sartor.train.facts_targets --data ../shared/data

Sources: our own tree of names (``facts_disease_names``), MONDO mappings (CC BY 4.0), CIViC (CC0), the Drug
Repurposing Hub (CC BY 4.0) and the gene counts of the potency table (ChEMBL 36 and others, CC BY-SA 4.0: counts only).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

import polars as pl

from sartor.facts.diseases import normal

from .facts_disease_names import parent_of, parsed
from .facts_drugs import read, write

HUB = "Drug Repurposing Hub 2024-03 (CC BY 4.0)"
FEWEST_MEASUREMENTS = 20  # below this a gene is as good as unmeasured

# Indications that name a use, not a disease.
NOT_DISEASES = frozenset({"cosmetic", "contrast agent", "sunscreen lotion", "contraceptive", "sedative", "anesthetic"})
BENIGN = re.compile(
    r"benign|obsolete|in situ|cyst$|papilloma|leiomyoma|fibroadenoma|(?<!immature )mature teratoma|hyperplasia|"
    r"adenoma$|fibrous histiocytoma|hamartoma"
)
# Hub indications that are one of our names under another word.
SAME = {"human immunodeficiency virus": "human immunodeficiency virus infection", "psychiatric disorder": "psychosis"}


def indication_name(text: str) -> tuple[str, str]:
    """``("peptic ulcer disease", "pud")`` of ``"peptic ulcer disease (PUD)"``."""
    match = re.match(r"^(.*?)\s*\(([^)]*)\)\s*$", text.strip())
    name, short = (match[1], match[2]) if match else (text.strip(), "")
    return SAME.get(name.lower(), name.lower()), short.lower()


def mondo(data: Path) -> dict[str, tuple[str, str]]:
    """Normal disease label -> (MONDO, DOID)."""
    out: dict[str, tuple[str, str]] = {}
    path = data / "knowledge/mondo_exactmatch_doid.sssom.tsv.gz"
    table = pl.read_csv(path, separator="\t", comment_prefix="#", infer_schema_length=0, quote_char=None)
    for r in table.iter_rows(named=True):
        for label in (r["subject_label"], r["object_label"]):
            if label:
                out.setdefault(normal(label), (r["subject_id"], r["object_id"]))
    return out


def diseases(data: Path) -> list[dict[str, str]]:
    """Our tree, CIViC's further names under "cancer", the Hub's further indications as roots."""
    ids = mondo(data)
    rows: dict[str, dict[str, str]] = {}
    taken: dict[str, str] = {}

    def add(name: str, parent: str, synonyms: tuple[str, ...], oncotree: str, source: str, doid: str = "") -> None:
        if normal(name) in taken:
            return
        free = [s for s in dict.fromkeys(synonyms) if normal(s) and normal(s) not in taken]
        found = next((ids[normal(n)] for n in (name, *free) if normal(n) in ids), ("", ""))
        row = {"name": name, "parent": parent, "synonyms": "|".join(free), "doid": doid or found[1], "mondo": found[0]}
        rows[name] = row | {"oncotree": oncotree, "source": source, "version": "2026-11"}
        for n in (name, *free):
            taken[normal(n)] = name

    tree = parsed()
    for name, parent, synonyms, code in tree:
        add(name, parent, synonyms, code, "written by us; identifiers: MONDO mappings (CC BY 4.0)")
    civic = read(data / "oncology/civic_2026-01_ClinicalEvidenceSummaries.tsv.gz")
    pairs = civic.select("disease", "doid").unique().drop_nulls("disease").sort("disease")
    for r in pairs.iter_rows(named=True):
        name = r["disease"].lower()
        add(name, _parent(name, rows), (), "", "CIViC 2026-01 (CC0)", f"DOID:{r['doid']}" if r["doid"] else "")
    for name, code in sorted(oncotree(data).items()):
        add(name, _parent(name, rows), (), code, "MONDO mappings to OncoTree (CC BY 4.0)")
    for text, n in sorted(indications(data).items()):
        name, short = indication_name(text)
        if n >= 2 and name not in NOT_DISEASES:
            add(name, "", (short,) if short else (), "", HUB)
    for row in rows.values():
        if row["parent"] and row["parent"] not in rows:
            raise ValueError(f"{row['name']} has an unknown parent {row['parent']!r}")
    return list(rows.values())


def _parent(name: str, rows: dict[str, dict[str, str]]) -> str:
    """The rules' parent; a name that is its own parent's synonym never comes here."""
    parent = parent_of(name)
    return parent if parent != name and (not parent or parent in rows) else "cancer"


def oncotree(data: Path) -> dict[str, str]:
    """MONDO label -> OncoTree code, malignant ones of a known parent only."""
    path = data / "knowledge/mondo_hasdbxref_oncotree.sssom.tsv.gz"
    table = pl.read_csv(path, separator="\t", comment_prefix="#", infer_schema_length=0, quote_char=None)
    out = {}
    for r in table.iter_rows(named=True):
        name = (r["subject_label"] or "").lower()
        kind = parent_of(name)
        if kind not in ("", "cancer") and not BENIGN.search(name):
            out[name] = r["object_id"].removeprefix("ONCOTREE:")
    return out


def launched(data: Path) -> pl.DataFrame:
    """Launched drugs of the Hub that name an indication."""
    table = read(data / "knowledge/Repurposing_Hub_2024-03-05.tsv.gz")
    return table.filter((pl.col("Phase") == "Launched") & pl.col("Indication").is_not_null())


def indications(data: Path) -> Counter[str]:
    """Indication -> number of launched drugs."""
    return Counter(i.strip() for r in launched(data).iter_rows(named=True) for i in r["Indication"].split(","))


def targets(data: Path, known: list[dict[str, str]]) -> list[dict[str, str]]:
    """One row per disease and gene with at least two drugs, or one selective drug."""
    # Drugs against microbes act on the microbe: the human genes listed for them are side effects. Drug-metabolizing
    # cytochromes are fate, not mechanism.
    fate = re.compile(r"^(CYP[123][A-Z]|UGT|ALB$|ORM1$)")
    index = {normal(n): r["name"] for r in known for n in (*r["synonyms"].split("|"), r["name"]) if n}
    found: dict[tuple[str, str], list[tuple[float, str, str]]] = {}
    for r in launched(data).iter_rows(named=True):
        genes = [g.strip() for g in (r["Target"] or "").split(",") if g.strip()]
        if "infectious disease" in (r["Disease Area"] or ""):
            continue
        genes = [g for g in genes if not fate.match(g)]
        for text in {i.strip() for i in r["Indication"].split(",")}:
            name, short = indication_name(text)
            disease = index.get(normal(name)) or index.get(normal(short))
            if disease is None:
                continue
            for gene in genes:
                found.setdefault((disease, gene), []).append((1 / len(genes), r["Name"].lower(), r["MOA"] or ""))
    out = []
    for (disease, gene), drugs in sorted(found.items()):
        weight = sum(w for w, _, _ in drugs)
        if len(drugs) < 2 and weight < 0.5:
            continue
        moa = Counter(m.strip() for w, _, ms in drugs for m in ms.split(",") if m).most_common(1)
        best = [n for _, n, _ in sorted(drugs, key=lambda d: (-d[0], d[1]))[:4]]
        row = {"disease": disease, "gene": gene, "drugs": str(len(drugs)), "weight": f"{weight:.2f}"}
        row |= {"mechanism": moa[0][0] if moa else "mechanism not stated", "examples": "|".join(best)}
        out.append(row | {"source": HUB, "version": "2024-03-05"})
    return out


def genes(data: Path) -> list[dict[str, str]]:
    """Measurement counts per human gene."""
    table = read(data / "bioactivity/potency/targets_human.tsv")
    source = {"source": "counts of public potency measurements: ChEMBL 36 and others (CC BY-SA)", "version": "2026-11"}
    rows = [
        {"gene": r["target_gene"], "uniprot": r["u"] or "", "measurements": r["n"]} | source
        for r in table.iter_rows(named=True)
        if r["target_gene"] and int(r["n"]) >= FEWEST_MEASUREMENTS
    ]
    return sorted(rows, key=lambda r: r["gene"])


def main() -> None:
    """Build all three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    known = diseases(data)
    write("diseases", known)
    write("disease_targets", targets(data, known))
    write("target_genes", genes(data))


if __name__ == "__main__":
    main()
