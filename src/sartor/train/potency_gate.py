"""The mutant gate: a mutant model may be used only where it ranks drugs right that the mutation tells apart.

Three tests, all on predictions whose drugs were held out with their scaffolds. (1) The drug made for the mutant must
read higher than the one the mutant escapes. (2) Among pairs of the Davis panel that wild type and mutant rank in
opposite order (at least 0.5 log each way), the mutant model must be right more often than chance; the wild-type model
is wrong on every such pair by construction, so a mutant model that only repeats it cannot pass.
(3) Its held-out R2 must be above 0 with 95 % confidence, as for any target (potency_card.verdict).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sartor.chem.standardize import standardize
from sartor.chem.tautomer import amide_form, tautomer_key

from .potency_data import PotencyData, canonical_variant

REFUSAL = "mutation known, selectivity not predictable"
GATED = ("ABL1", "EGFR")
MIN_OTHER = 100
MARGIN = 0.5
MIN_PAIRS = 30  # a dozen pairs are often three drugs met over and over
DRUGS = {
    "gefitinib": "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "osimertinib": "COc1cc(N(C)CCN(C)C)c(NC(=O)C=C)cc1Nc1nccc(n1)-c1cn(C)c2ccccc12",
    "imatinib": "Cc1ccc(NC(=O)c2ccc(CN3CCN(C)CC3)cc2)cc1Nc1nccc(n1)-c1cccnc1",
    "ponatinib": "Cc1ccc(cc1C#Cc1cnc2cccnn12)C(=O)Nc1ccc(CN2CCN(C)CC2)c(c1)C(F)(F)F",
}
# Cross et al. 2014 (Cancer Discov. 4, 1046) and O'Hare et al. 2009 (Cancer Cell 16, 401): the second drug of each
# pair loses its potency to the mutation, the first was made to keep it.
PAIRS = {
    "EGFR/T790M": ("osimertinib", "gefitinib"),
    "EGFR/L858R/T790M": ("osimertinib", "gefitinib"),
    "ABL1/T315I": ("ponatinib", "imatinib"),
}


def drug_rows(data: PotencyData) -> dict[str, int]:
    """Where the named drugs stand in the data (so that each has a fold it was held out with)."""
    at = {s: i for i, s in enumerate(data.smiles)}
    rows = {name: at.get(standardize(s)[0], -1) for name, s in DRUGS.items()}
    missing = [n for n, r in rows.items() if r < 0]
    if missing:
        raise ValueError(f"not among the measured molecules, so no fold holds them out: {', '.join(missing)}")
    return rows


def panel(table: Path, data: PotencyData) -> pl.DataFrame:
    """Davis pairs of mutant and wild-type pKd with the molecule's row here: columns task, row, mutant, wild."""
    raw = pl.read_csv(table, separator="\t", infer_schema_length=10_000)
    names = {}
    for text in raw["smiles"].unique().to_list():
        good, _ = standardize(amide_form(text))
        names[text] = tautomer_key(good) if good else ""
    # The panel's drugs are few; their rows are found by key among molecules measured on many targets.
    busy = np.flatnonzero(np.diff(data.first) >= 20)
    at = {tautomer_key(data.smiles[i]): int(i) for i in busy}
    found = {text: at.get(key, -1) for text, key in names.items()}
    variants = {m: canonical_variant(m) for m in raw["mutation"].unique().to_list()}
    out = raw.with_columns(
        pl.col("smiles").replace_strict(found, return_dtype=pl.Int64).alias("row"),
        (pl.col("gene") + "/" + pl.col("mutation").replace_strict(variants, return_dtype=pl.String)).alias("task"),
        pl.col("pKd_mut").alias("mutant"),
        pl.col("pKd_wt").alias("wild"),
    ).filter((pl.col("row") >= 0) & pl.col("task").is_not_null() & ~pl.col("kinase_label").str.ends_with(")p"))
    return out.group_by("task", "row").agg(pl.col("mutant").mean(), pl.col("wild").mean()).sort("task", "row")


def discordant(
    mutant: NDArray[np.float64], wild: NDArray[np.float64], guess: NDArray[np.float64], seed: int
) -> dict[str, float]:
    """Share of opposite pairs ranked right, with a 95 % interval (drugs resampled), and how many pairs there are."""
    first, second = np.nonzero(
        (mutant[:, None] - mutant[None, :] >= MARGIN) & (wild[:, None] - wild[None, :] <= -MARGIN)
    )
    if not len(first):
        return {"pairs": 0}
    right = (guess[first] > guess[second]).astype(float)
    rng = np.random.default_rng(seed)
    shares = []
    for _ in range(1000):
        times = np.bincount(rng.integers(0, len(mutant), len(mutant)), minlength=len(mutant))
        weight = times[first] * times[second]
        if weight.sum():
            shares.append(float((right * weight).sum() / weight.sum()))
    low, high = np.percentile(shares, [2.5, 97.5])
    return {
        "pairs": len(first),
        "right": round(float(right.mean()), 3),
        "right_low": round(float(low), 3),
        "right_high": round(float(high), 3),
    }


def judge(
    data: PotencyData, guesses: NDArray[np.float32], rows: list[int], davis: pl.DataFrame, seed: int
) -> dict[str, dict[str, Any]]:
    """Gate results of every variant task. ``guesses (len(rows), tasks)`` are held-out predictions of ``rows``."""
    place = {r: i for i, r in enumerate(rows)}
    drugs = drug_rows(data)
    out: dict[str, dict[str, Any]] = {}
    for t, task in enumerate(data.tasks):
        if "/" not in task:
            continue
        gene = task.split("/")[0]
        wild = data.tasks.index(gene)
        mine = davis.filter(pl.col("task") == task)
        at = [place[r] for r in mine["row"].to_list()]
        result: dict[str, Any] = dict(
            discordant(mine["mutant"].to_numpy(), mine["wild"].to_numpy(), guesses[at, t].astype(float), seed)
        )
        reasons = []
        if gene not in GATED and data.measurements[t] < MIN_OTHER:
            reasons.append(f"only {data.measurements[t]} measurements")
        if task in PAIRS:
            good, bad = PAIRS[task]
            value = {n: round(float(guesses[place[drugs[n]], t]), 2) for n in (good, bad)}
            result["named"] = value
            result["named_on_wild_type"] = {n: round(float(guesses[place[drugs[n]], wild]), 2) for n in (good, bad)}
            if not value[good] > value[bad]:
                reasons.append(f"{good} reads {value[good]}, not above {bad} at {value[bad]}")
        if result["pairs"] < MIN_PAIRS:
            reasons.append(f"only {result['pairs']} measured pairs that the mutation turns round")
        elif not result["right_low"] > 0.5:
            reasons.append(
                f"ranks {result['right']:.0%} of {result['pairs']} turned pairs right "
                f"(95 % interval {result['right_low']:.0%} to {result['right_high']:.0%}): not better than chance"
            )
        result["passed"] = not reasons
        result["why"] = "; ".join(reasons)
        out[task] = result
    return out
