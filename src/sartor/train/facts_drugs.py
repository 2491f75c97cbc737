"""Build the drug tables: ``drugs.tsv``, ``drug_mixtures.tsv``, ``drug_roles.tsv``.

    python -m sartor.train.facts_drugs --data ../shared/data

Facts come from ChEMBL's approved drugs and ClinPGx (both CC BY-SA 4.0: names, structures, ATC, RxNorm), the Repurposing
Hub (CC BY 4.0: further launched drugs), NCATS (approval status, withdrawn brands), open repositories with enzyme roles,
and blocks we wrote down from FDA's tables and from labels (``facts_drug_roles``, ``facts_transporter_roles``). Files
named NC are never read.
"""

from __future__ import annotations

import argparse
import csv
import re
import statistics
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from sartor.chem.parse import canonical
from sartor.chem.standardize import standardize
from sartor.facts.drug_table import SALTS, normal, without_salt

from . import facts_drug_roles as written
from . import facts_transporter_roles as carried
from .facts_drug_brands import BRANDS
from .facts_drug_names import BY_HAND, ESTERS, EXTRA_DRUGS, EXTRA_MIXTURES, EXTRA_NAMES, INN

TABLES = Path(__file__).parents[1] / "facts" / "tables"
CHEMBL = "ChEMBL approved drugs (CC BY-SA)"
CLINPGX = "ClinPGx drugs 2026-01 (CC BY-SA)"
HUB = "Drug Repurposing Hub 2024-03 (CC BY 4.0)"
NCATS = "NCATS highest status 2022"
#: Words that tell a brand of several substances: without its parts such a brand is better unknown than half known.
COMBINED = re.compile(r"\b(hctz?|plus|comp|compositum|combi|duo|co)\b|[+/]")
#: Fronts that make another substance of the same skeleton (enantiomers, nor-compounds).
FRONTS = ("dex", "lev", "levo", "es", "ar", "nor", "d", "l", "r", "s")


#: Names found to be another entry's salt, hydrate or anion (``unite``): name -> the entry's key.
UNITED: dict[str, str] = {}


@dataclass(slots=True)
class Entry:
    """One substance while the table is being merged."""

    smiles: str = ""
    names: set[str] = field(default_factory=set)
    brands: set[str] = field(default_factory=set)
    atc: set[str] = field(default_factory=set)
    rxnorm: set[str] = field(default_factory=set)
    approved: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def inn(name: str) -> str:
    """The key of a name in our table: lower case, no salt, INN where we know the pair."""
    plain = without_salt(re.sub(r"\([^)]{3,}\)", " ", name))
    key = INN.get(name.strip().lower(), INN.get(plain, plain))
    return UNITED.get(key, key)


def structure(smiles: str | None) -> str:
    """Standardized SMILES; the canonical one where the standard declines (ions, macrocycles); "" where none parses."""
    if not smiles:
        return ""
    made, _ = standardize(smiles)
    return made or canonical(smiles) or ""


def read(path: Path) -> pl.DataFrame:
    """A TSV as text columns."""
    return pl.read_csv(path, separator="\t", infer_schema_length=0, quote_char=None, truncate_ragged_lines=True)


def pieces(cell: str | None) -> list[str]:
    """Names of a ClinPGx list cell, without the language tags and quotes."""
    if not cell:
        return []
    text = re.sub(r"\[[^\]]*\]", "", cell)
    return [t for t in (p.strip(' "').lower() for p in text.split(",")) if 3 <= len(t) <= 40 and not t[0].isdigit()]


def merge(data: Path) -> tuple[dict[str, Entry], dict[str, tuple[str, ...]]]:
    """All substances and all mixtures of the three sources."""
    table: dict[str, Entry] = {}
    # Racemate first: names sorted by length, so that "warfarin" claims the key before "warfarin sodium" adds a name.
    approved = pl.read_parquet(data / "molecules/chembl_approved_drugs.parquet")
    for r in sorted(approved.iter_rows(named=True), key=lambda r: (len(r["pref_name"] or ""), r["pref_name"] or "")):
        if not r["pref_name"]:
            continue
        entry = table.setdefault(inn(r["pref_name"]), Entry())
        entry.smiles = entry.smiles or structure(r["smiles"])
        entry.names.add(r["pref_name"].lower())
        add_source(entry, CHEMBL)
        if "ChEMBL" not in entry.approved:
            entry.approved.append("ChEMBL")
    merge_hub(data, table)
    mixtures = merge_clinpgx(data, table)
    unite(table)
    mixtures = {name: tuple(UNITED.get(p, p) for p in parts) for name, parts in mixtures.items()}
    merge_status(data, table)
    for name, smiles, atc in EXTRA_DRUGS:
        entry = table.setdefault(name, Entry())
        entry.smiles = entry.smiles or structure(smiles)
        entry.atc |= {atc} if atc else set()
        add_source(entry, "WHO ATC index" if atc else "written by us: food, habit or hormone that moves enzymes")
    for name, entry in table.items():
        base, _, ester = name.rpartition(" ")
        if ester in ESTERS and base not in table:
            entry.names.add(base)
    for name, more in EXTRA_NAMES.items():
        if name in table:
            table[name].names |= set(more)
    for name, more in BRANDS.items():
        if inn(name) not in table:
            print("no substance for the brands of", name)
            continue
        table[inn(name)].brands |= set(more)
    return table, mixtures


def merge_hub(data: Path, table: dict[str, Entry]) -> None:
    """Add the Hub's launched drugs: to a substance of the same structure and nearly the same name, else as new ones."""
    same = {e.smiles: key for key, e in table.items() if e.smiles}
    hub = read(data / "knowledge/Repurposing_Hub_2024-03-05.tsv.gz").filter(pl.col("Phase") == "Launched")
    for r in hub.iter_rows(named=True):
        # The Hub joins words by hyphens ("aripiprazole-lauroxil"): they are spaces where a known name appears.
        words = r["Name"].split("-")
        key = inn(" ".join(words)) if all(len(w) > 3 for w in words) else inn(r["Name"])
        smiles = structure((r["SMILES"] or "").split(",")[0])
        if key not in table and smiles and same_name(key, same.get(smiles, "")):
            key = same[smiles]
        entry = table.setdefault(key, Entry())
        entry.smiles = entry.smiles or smiles
        entry.names.add(r["Name"].lower())
        entry.names.add(" ".join(words).lower())
        add_source(entry, HUB)
        if "launched (Repurposing Hub)" not in entry.approved:
            entry.approved.append("launched (Repurposing Hub)")


def same_name(a: str, b: str) -> bool:
    """True where one name holds the other and what is left over does not name another stereoisomer."""
    a, b = (re.sub(r"[^a-z]", "", x) for x in (a, b))
    short, long = sorted((a, b), key=len)
    front, _, _ = long.partition(short) if short else ("", "", "")
    return len(short) > 4 and short in long and front not in FRONTS


def merge_status(data: Path, table: dict[str, Entry]) -> None:
    """Add FDA approval from NCATS' list and brands of withdrawn drugs."""
    status = read(data / "status/ncats_highest_status_2022.tsv.gz")
    for r in status.filter(pl.col("HighestStatus").is_in(["USApprovalRx", "USApprovalOTC"])).iter_rows(named=True):
        entry = table.get(inn(r["Name"] or ""))
        if entry is not None and "FDA (NCATS 2022)" not in entry.approved:
            entry.approved.append("FDA (NCATS 2022)")
            add_source(entry, NCATS)
    for r in read(data / "status/withdrawn_drugs.tsv.gz").iter_rows(named=True):
        entry = table.get(inn(r["generic_name"] or ""))
        if entry is not None and r["brand_name"]:
            entry.brands |= {b.strip().lower() for b in r["brand_name"].split(",")}


def unite(table: dict[str, Entry]) -> None:
    """Make one entry of those that share a structure and differ by a counter-ion word or as acid and anion."""
    owners: dict[str, list[str]] = {}
    for key, entry in table.items():
        if entry.smiles:
            owners.setdefault(entry.smiles, []).append(key)
    for keys in owners.values():
        for extra in keys:
            home = next((k for k in keys if k != extra and is_form_of(extra, k)), None)
            if home is None:
                continue
            gone, kept = table.pop(extra), table[home]
            UNITED[extra] = home
            kept.names |= gone.names | {extra}
            kept.brands |= gone.brands
            kept.atc |= gone.atc
            kept.rxnorm |= gone.rxnorm
            kept.approved += [a for a in gone.approved if a not in kept.approved]
            for source in gone.sources:
                add_source(kept, source)


def is_form_of(extra: str, home: str) -> bool:
    """True for "afatinib dimaleate" of "afatinib" and "alendronate" of "alendronic acid"; metals make another drug."""
    words = extra.split()
    if {"silver", "bismuth", "strontium", "procaine", "benzathine"} & set(words) or "/" in extra:
        return False
    anion = extra.endswith("ate") and home in (f"{extra[:-3]}ic acid", f"{extra[:-3]}uric acid", f"{extra[:-2]}ic acid")
    return anion or (len(words) > len(home.split()) and words[: len(home.split())] == home.split())


def add_source(entry: Entry, source: str) -> None:
    """Note a source once, in order of arrival."""
    if source not in entry.sources:
        entry.sources.append(source)


def merge_clinpgx(data: Path, table: dict[str, Entry]) -> dict[str, tuple[str, ...]]:
    """Add ClinPGx names, ATC codes and structures; returns brand -> substances of the brand mixtures."""
    mixtures: dict[str, tuple[str, ...]] = {}
    combined: list[tuple[str, tuple[str, ...]]] = []
    for name, text in EXTRA_MIXTURES.items():
        mixtures[name] = tuple(inn(p) for p in text.split("+"))
    for r in read(data / "pgx/clinpgx_2026-01_drugs.tsv.gz").iter_rows(named=True):
        if "Class" in (r["Type"] or "") or not r["Name"]:
            continue
        key, codes = inn(r["Name"]), re.findall(r"[A-Z]\d\d[A-Z]{2}\d\d", r["ATC Identifiers"] or "")
        parts = [inn(p) for p in re.split(r"\s*[/+]\s*", r["Name"].lower())]
        if len(parts) > 1:
            combined.append((r["Name"].lower(), tuple(sorted(set(parts)))))
            continue
        # A name without an ATC code and not approved elsewhere is a research compound or a food: not a medicine.
        if key not in table and not codes:
            continue
        entry = table.setdefault(key, Entry())
        entry.smiles = entry.smiles or structure(r["SMILES"])
        entry.names |= {*pieces(r["Generic Names"]), r["Name"].lower()}
        entry.brands |= set(pieces(r["Trade Names"]))
        entry.atc |= set(codes)
        entry.rxnorm |= set(re.findall(r"\d+", r["RxNorm Identifiers"] or ""))
        add_source(entry, CLINPGX)
        for brand, text in re.findall(r"([^,()\"]+)\(([^()]*\+[^()]*)\)", r["Brand Mixtures"] or ""):
            made = tuple(sorted({inn(p) for p in text.split("+")}))
            if all(m in table for m in made) and len(made) > 1 and brand.strip():
                mixtures.setdefault(brand.strip().lower(), made)
    for name, made in combined:
        if all(m in table for m in made):
            mixtures.setdefault(name, made)
    return mixtures


def clean(table: dict[str, Entry]) -> dict[str, tuple[list[str], list[str]]]:
    """Generic names and brands per substance: none that is another substance, none that several claim."""
    owners: dict[str, set[str]] = {}
    for key, entry in table.items():
        for name in entry.names | entry.brands | {normal(n) for n in entry.names}:
            if SALTS.issuperset(name.split()) or COMBINED.search(name):
                continue
            if name and name != key and not any(c in name for c in '|\t"') and len(re.sub("[^a-z]", "", name)) > 2:
                owners.setdefault(name, set()).add(key)
    for key, brands in BRANDS.items():
        owners |= {brand: {inn(key)} for brand in brands if inn(key) in table}
    keep: dict[str, tuple[list[str], list[str]]] = {key: ([], []) for key in table}
    for name, keys in sorted(owners.items()):
        if name in table or len(keys) > 1:
            continue
        key = next(iter(keys))
        generic = name in table[key].names or name not in table[key].brands
        keep[key][0 if generic else 1].append(name)
    return keep


def shared_codes(table: dict[str, Entry]) -> set[str]:
    """ATC and RxNorm codes that several substances carry (combinations): they name no single substance."""
    seen: dict[str, int] = {}
    for entry in table.values():
        for code in entry.atc | entry.rxnorm:
            seen[code] = seen.get(code, 0) + 1
    return {c for c, n in seen.items() if n > 1}


def role_rows(data: Path, table: dict[str, Entry]) -> list[dict[str, str]]:
    """All role rows: our own blocks first, then the open lists where they add a pair the blocks do not hold."""
    out: dict[tuple[str, str, str], dict[str, str]] = {}
    order = {"sensitive": 3, "strong": 3, "moderate": 2, "weak": 1, "": 0}

    def add(drug: str, enzyme: str, role: str, strength: str, source: str, version: str) -> None:
        key = (inn(drug), enzyme, role)
        if key[0] not in table:
            return
        row = dict(zip(("substance", "enzyme", "role"), key, strict=True))
        row |= {"strength": strength, "fm": "", "source": source, "version": version}
        old = out.get(key)
        better = old is not None and order[strength] > order[old["strength"]]
        if old is None or (better and (old["source"] == source or not old["strength"])):
            out[key] = row

    for block, source, version in (*written.BLOCKS, *carried.BLOCKS):
        for drug, enzyme, role, strength in written.parsed(block):
            if inn(drug) not in table:
                print("no substance for", drug)
            add(drug, enzyme, role, strength, source, version)
    for r in read(data / "ddi/observed_aucr/enzyme_roles_fm_ki.tsv").iter_rows(named=True):
        if "Flockhart" in r["source"] and r["role"] != "inducer" and r["drug"] != "doxorubicin":
            # Its inducers rest on single old studies (insulin, prednisone) that no label repeats: not taken.
            source, version = "Flockhart P450 table (Indiana University)", "2010-03-03"
        elif "CloToP" in r["source"] and r["role"] == "substrate":
            source, version = "CloToP substrate lists (BSD-2), primary source not given", r["commit"][:8]
        else:
            # Grades of the remaining lists contradict FDA's in places (verapamil at CYP1A2): not taken.
            continue
        for enzyme in {"CYP3A4/5/7": ("CYP3A4",)}.get(r["enzyme_or_transporter"], (r["enzyme_or_transporter"],)):
            add(r["drug"].lower(), enzyme, r["role"], "", source, version)
    for (drug, enzyme), (fm, source) in fractions(data).items():
        row = out.get((drug, enzyme, "substrate"))
        if row is None and drug in table:
            add(drug, enzyme, "substrate", "", source, "2026-11")
            row = out[(drug, enzyme, "substrate")]
        if row is not None:
            row["fm"] = f"{fm:.2f}"
            row["source"] = row["source"] if row["source"] == source else f"{row['source']}; fm: {source}"
    return sorted(out.values(), key=lambda r: (r["substance"], r["enzyme"], r["role"]))


def fractions(data: Path) -> dict[tuple[str, str], tuple[float, str]]:
    """Fraction of clearance by a polymorphic enzyme.

    From observed AUC ratios of people without the enzyme to people with it: fm = 1 - 1 / ratio (Rowland & Matin 1973,
    J. Pharmacokinet. Biopharm. 1, 553), median over studies of the parent drug; flagged rows are left out.
    """
    ratios: dict[tuple[str, str], list[float]] = {}
    for r in read(data / "ddi/observed_aucr/pgx_observed_auc_ratio.tsv").iter_rows(named=True):
        none_left = r["phenotype_or_activity_score"] in ("AS0", "PM") and r["reference_phenotype"] in (
            "AS2",
            "NM",
            "EM",
        )
        if r["gene"] != "CYP2D6" or not none_left or r["is_metabolite"] != "0" or r["flag"]:
            continue
        # Single enantiomers describe the racemate only in part.
        name = inn(re.sub(r"^[RS]-", "", r["drug"]))
        ratios.setdefault((name, r["gene"]), []).append(float(r["observed_auc_ratio"]))
    made = {
        key: (1 - 1 / statistics.median(v), f"1 - 1/AUC ratio, median of {len(v)} observed PM/NM ratios")
        for key, v in ratios.items()
        if statistics.median(v) > 1
    }
    return made | {(drug, enzyme): (fm, source) for drug, enzyme, fm, source in written.FRACTIONS}


def write(name: str, rows: list[dict[str, str]]) -> None:
    """One table, tab separated, Unix line ends."""
    path = TABLES / f"{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(
            out, list(rows[0]), delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar=None
        )
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows, {path.stat().st_size} bytes")


def drug_rows(table: dict[str, Entry]) -> list[dict[str, str]]:
    """One row per substance."""
    names, shared = clean(table), shared_codes(table)
    narrow = {inn(x.strip()) for x in written.NARROW[1].split(",")}
    boxed = {inn(x.strip()) for x in written.QT_BOXED.split(",")}
    warned = {inn(x.strip()) for x in written.QT_WARNING.split(",")}
    europe = {inn(x.strip()) for x in written.QT_EU.split(",")}
    for missing in sorted((narrow | boxed | warned | europe) - set(table)):
        print("flagged but not in the table:", missing)
    out = []
    for key in sorted(table):
        entry = table[key]
        level = "boxed warning" if key in boxed else "warning" if key in warned | europe else ""
        label = written.QT_LABEL if key in boxed | warned else written.QT_EU_LABEL if key in europe else ""
        said = dict.fromkeys((*names[key][0], *EXTRA_NAMES.get(key, ())))  # ours may be short, as 5-FU is
        row = {"substance": key, "smiles": entry.smiles, "names": "|".join(said)}
        row |= {"brands": "|".join(names[key][1]), "atc": "|".join(sorted(entry.atc - shared))}
        row |= {"rxnorm": "|".join(sorted(entry.rxnorm - shared, key=int)), "approved": "; ".join(entry.approved)}
        row |= {"narrow_index": written.NARROW[0] if key in narrow else ""}
        row |= {"qt_level": level, "qt_warning": label, "source": "; ".join(entry.sources), "version": "2026-11"}
        out.append(row)
    return out


def origin(mixture: str) -> str:
    """Where the name of a mixture is from."""
    return BY_HAND if mixture in EXTRA_MIXTURES else CLINPGX


def main() -> None:
    """Build all three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    table, mixtures = merge(data)
    table = {k: e for k, e in table.items() if k and len(k) > 2}
    write("drugs", drug_rows(table))
    rows = [
        {"name": n, "substances": "|".join(p), "source": origin(n), "version": "2026-01"}
        for n, p in sorted(mixtures.items())
        if n not in table and set(p) <= table.keys()
    ]
    write("drug_mixtures", rows)
    write("drug_roles", role_rows(data, table))


if __name__ == "__main__":
    main()
