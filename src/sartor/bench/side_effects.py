"""How often the alerts and the off-target panel are right, on labels at hand.

``alerts``: each set of ``safety_alerts.tsv`` and each rule against public labels: how many of the harmful it finds
(recall), how many of the harmless it spares, and the rate of harm where it speaks beside the base rate. The patterns
were written from the literature and not fitted to these labels; the fall of the pKa rules was chosen with 18 drugs in
sight. ``panel``: launched drugs whose targets the Drug Repurposing Hub names, many of them among the heads' training
molecules: a check that the panel finds what is known, not of what it finds anew (held-out figures: the potency card).
"""

from __future__ import annotations

import csv
import gzip
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem.parse import batch
from sartor.chem.standardize import standardize_batch
from sartor.core import MolBatch, OrderError
from sartor.facts import drugs
from sartor.facts.off_targets import panel
from sartor.score.side_effects import alarms
from sartor.score.side_effects.nouns import HARMFUL, Term
from sartor.score.side_effects.panel import heads, read_panel

#: Time-dependent inactivators of a P450 in people or in human microsomes (Fontana 2005; Kalgutkar 2007; Orr 2012).
TDI_DRUGS = (
    "amiodarone", "azamulin", "bergamottin", "carbamazepine", "chloramphenicol", "clarithromycin", "clopidogrel",
    "cobicistat", "conivaptan", "delavirdine", "diltiazem", "disulfiram", "dihydralazine", "erythromycin",
    "ethinylestradiol", "fluoxetine", "furafylline", "gestodene", "hydralazine", "irinotecan", "isoniazid", "lapatinib",
    "methoxsalen", "mibefradil", "mifepristone", "nefazodone", "nicardipine", "paroxetine", "phenelzine",
    "pioglitazone", "raloxifene", "rasagiline", "ritonavir", "rofecoxib", "saquinavir", "selegiline", "stiripentol",
    "suprofen", "tamoxifen", "thiotepa", "ticlopidine", "tienilic acid", "tranylcypromine", "troleandomycin",
    "verapamil", "zafirlukast", "zileuton",
)  # fmt: skip
#: Phospholipidosis in animals or cells, and drugs without it (Ploemen 2004; Sawada 2005; Kruhlak 2008): as we recall
#: these reviews, to be checked against them before a figure made of it is cited.
PLD_DRUGS = (
    "amiodarone", "amitriptyline", "astemizole", "azithromycin", "chloroquine", "chlorpromazine", "citalopram",
    "clomipramine", "clozapine", "desipramine", "fluoxetine", "haloperidol", "hydroxyzine", "imipramine",
    "ketoconazole", "loratadine", "maprotiline", "mefloquine", "mianserin", "nortriptyline", "perhexiline",
    "promethazine", "quinacrine", "sertraline", "tamoxifen", "terfenadine", "thioridazine", "trimipramine",
    "propranolol", "gentamicin",
)  # fmt: skip
NO_PLD_DRUGS = (
    "paracetamol", "atenolol", "caffeine", "carbamazepine", "cimetidine", "diclofenac", "diazepam", "famotidine",
    "furosemide", "ibuprofen", "lidocaine", "metformin", "phenytoin", "procainamide", "ranitidine", "sotalol",
    "sumatriptan", "theophylline", "valproic acid", "warfarin", "nifedipine", "omeprazole", "captopril", "enalapril",
    "levofloxacin", "glibenclamide", "tolbutamide", "hydrochlorothiazide", "pravastatin", "zidovudine",
)  # fmt: skip


def alert_figures(data: Path, most: int = 5000) -> dict[str, dict[str, Any]]:
    """Figures per set or rule, from the folder that holds ``admet/``; ``most`` rows a set, drawn at random (seed 0)."""
    out: dict[str, dict[str, Any]] = {}
    admet = data / "admet"
    ames, labels = _labelled(admet / "tdc" / "ames.train_val.csv.gz", "Drug", "Y", most)
    out["mutagen alerts, Ames test (TDC)"] = figures(_held(ames, "mutagen"), labels)
    dili, labels = _labelled(admet / "dili" / "DILIst_with_smiles.csv.gz", "SMILES", "DILIst Classification", most)
    out["reactive alerts, DILIst (FDA)"] = figures(_held(dili, "reactive"), labels)
    dose = alarms.dose_rule_terms(dili)
    out["logP of 3 or more, DILIst (FDA)"] = figures(np.array([(t.value or 0.0) >= 3.0 for t in dose]), labels)
    skin, labels = _labelled(admet / "tdc" / "extra_skin_reaction.csv.gz", "Drug", "Y", most)
    out["sensitizer alerts, local lymph node assay (TDC)"] = figures(_held(skin, "sensitizer"), labels)
    pxr, value = _labelled(admet / "pxr" / "pxr-challenge_TRAIN.csv.gz", "SMILES", "pEC50", most, raw=True)
    rule = [t.level for t in alarms.pxr_rule_terms(pxr)]
    out["PXR rule says raised, EC50 of 3 uM or less (OpenADMET)"] = figures(
        np.array([x == "raised" for x in rule]), value >= 5.5
    )
    out["PXR rule does not say low, EC50 of 3 uM or less (OpenADMET)"] = figures(
        np.array([x != "low" for x in rule]), value >= 5.5
    )
    listed = drugs.known_drugs()
    table, bad = batch([s for _, s in listed])  # the table's structures are standardized already
    turned = {b.position for b in bad}
    names = [n for i, (n, _) in enumerate(listed) if i not in turned]
    out["TDI alerts, known inactivators against all other drugs"] = figures(
        _held(table, "tdi"), np.array([n in TDI_DRUGS for n in names])
    )
    chosen = [i for i, n in enumerate(names) if n in PLD_DRUGS + NO_PLD_DRUGS]
    lysosome = alarms.phospholipidosis_terms(table.take(chosen))
    out["Ploemen's rule, drugs with and without phospholipidosis"] = figures(
        _raised(lysosome), np.array([names[i] in PLD_DRUGS for i in chosen])
    )
    return out


def panel_figures(hub: Path, most: int = 2000) -> dict[str, Any]:
    """Recall of annotated (drug, protein) pairs, and how often the panel flags pairs that nobody annotates."""
    rows = [r for r in _rows(hub) if r["Phase"] == "Launched" and r["Target"] and r["SMILES"]][:most]
    mols, kept = _standard([r["SMILES"].split(",")[0] for r in rows])
    targets = [set(rows[i]["Target"].replace(" ", "").split(",")) for i in kept]
    genes = [h.config.target for h in heads()]
    at = {g: i for i, g in enumerate(genes)}
    known = np.array([[g in t for g in genes] for t in targets])
    level = np.full(known.shape, "", dtype="<U8")
    value, base = np.full(known.shape, np.nan), np.full(len(genes), np.nan)
    for i, made in enumerate(read_panel(mols)):
        for h in (*made.hits, *made.clear, *made.not_told):
            base[at[h.gene]] = h.base_rate
            if h.in_domain:
                level[i, at[h.gene]], value[i, at[h.gene]] = h.level, h.value
    inside = level != ""
    flagged, sure = np.isin(level, HARMFUL), level == "high"
    per = {g: _gene(known[:, k], inside[:, k], flagged[:, k], value[:, k], float(base[k])) for g, k in at.items()}
    return {
        "drugs": len(mols),
        "proteins": len(genes),
        "first_panel_proteins": sum(panel()[g][0].first_panel for g in genes),
        "annotated_pairs": int(known.sum()),
        "annotated_in_domain": rate(known & inside, known),
        "annotated_flagged_of_in_domain": rate(known & flagged, known & inside),
        "annotated_high_of_in_domain": rate(known & sure, known & inside),
        "others_in_domain": rate(~known & inside, ~known),
        "others_flagged_of_in_domain": rate(~known & flagged, ~known & inside),
        "others_high_of_in_domain": rate(~known & sure, ~known & inside),
        "flagged_per_drug": round(float(flagged.sum(axis=1).mean()), 2),
        "high_per_drug": round(float(sure.sum(axis=1).mean()), 2),
        "per_protein": per,
    }


def _gene(known: NDArray[np.bool_], inside: NDArray[np.bool_], flagged: NDArray[np.bool_], value: NDArray[np.float64],
          base: float) -> dict[str, Any]:  # fmt: skip
    mine, others = value[known & inside], value[~known & inside]
    return {
        "annotated": int(known.sum()),
        "in_domain": len(mine),
        "flagged": int((known & flagged).sum()),
        "others_in_domain": len(others),
        "others_flagged": int((~known & flagged).sum()),
        "auroc": auroc(mine, others),
        "base_rate_1_uM": round(base, 3),
    }


def auroc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float | None:
    """Chance that a positive is above a negative (ties half); None where a side has fewer than 5."""
    if len(positive) < 5 or len(negative) < 5:
        return None
    below = np.searchsorted(np.sort(negative), positive, side="left")
    upto = np.searchsorted(np.sort(negative), positive, side="right")
    return round(float((below + upto).mean() / 2 / len(negative)), 3)


def figures(spoke: NDArray[np.bool_], harmful: NDArray[np.bool_]) -> dict[str, Any]:
    """Recall, spared, precision and base rate, each with its 95 % Wilson interval, and the lift of the precision."""
    spoke, harmful = np.asarray(spoke, dtype=bool), np.asarray(harmful, dtype=bool)
    base = float(harmful.mean())
    hit = rate(spoke & harmful, spoke)
    return {
        "n": len(spoke),
        "harmful": int(harmful.sum()),
        "recall": rate(spoke & harmful, harmful),
        "spared": rate(~spoke & ~harmful, ~harmful),
        "precision": hit,
        "base_rate": round(base, 3),
        "lift": None if hit is None else round(hit[0] / base, 2),
    }


def rate(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> list[float] | None:
    """Share of ``whole`` that is ``part`` with its 95 % Wilson interval; None where the whole is empty."""
    k, n = int(part.sum()), int(whole.sum())
    if not n:
        return None
    z, p = 1.96, k / n
    centre, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return [round(x, 3) for x in (p, (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n))]


def _held(mols: MolBatch, name: str) -> NDArray[np.bool_]:
    return alarms.counts(alarms.found_alerts(mols, name)) > 0


def _raised(terms: Sequence[Term]) -> NDArray[np.bool_]:
    return np.array([t.level in HARMFUL for t in terms])


def _standard(smiles: Sequence[str]) -> tuple[MolBatch, list[int]]:
    """Standardized molecules and the positions they came from; what cannot be standardized stays out."""
    mols, why = standardize_batch(smiles)
    return mols, [i for i, w in enumerate(why) if not w]


def _labelled(path: Path, smiles: str, label: str, most: int, raw: bool = False) -> tuple[MolBatch, NDArray[Any]]:
    rows = [r for r in _rows(path) if r[smiles] and r[label]]
    if len(rows) > most:
        rows = [rows[i] for i in np.sort(np.random.default_rng(0).choice(len(rows), most, replace=False))]
    mols, kept = _standard([r[smiles] for r in rows])
    values = np.array([float(rows[i][label]) for i in kept])
    return mols, values if raw else values > 0.5


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.exists():
        raise OrderError(f"{path} is not there; give the data folder that holds admet/ and knowledge/ with --data")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        head = file.readline()
        delimiter = "\t" if "\t" in head else ","  # some files that are called .csv hold tabs
        names = next(csv.reader([head], delimiter=delimiter))
        yield from csv.DictReader(file, names, delimiter=delimiter)


__all__ = ["alert_figures", "auroc", "figures", "panel_figures", "rate"]
