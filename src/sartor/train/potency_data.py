"""From the table of published potencies to a multi-task data set: cleaned rows, tasks, scaffold folds."""

from __future__ import annotations

import heapq
import json
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import batch
from sartor.chem.scaffolds import murcko
from sartor.chem.standardize import standardize
from sartor.chem.tautomer import amide_form, tautomer_key

FOLDS = 5
MIN_WILD, MIN_VARIANT = 200, 50
NEIGHBOUR_GENES = ("ABL1", "DRD2", "EGFR", "HTR2A", "JAK2")
WILD_CONSTRUCTS = {"", "p", "JH1domain-catalytic"}  # the wild-type sequence under other labels
_CHANGE = re.compile(r"[A-Z]\d+(?:[A-Z](?!\d)|_?[A-Z]\d+del|del)")


@dataclass(frozen=True)
class PotencyData:
    """Molecules, sparse counts, sparse labels.

    ``bits``/``counts``/``start``: Morgan counts in compressed rows (radius 2, 2048).
    ``task``/``value``/``kind``/``first``: labels in compressed rows; ``kind`` is 0 exact,
    -1 truth at or below the value, +1 at or above it.
    ``fold`` ``(n,)`` 0..4 by Murcko scaffold, shared by all tasks. ``tasks``: "GENE" or "GENE/variant".
    """

    smiles: list[str]
    bits: NDArray[np.int32]
    counts: NDArray[np.float32]
    start: NDArray[np.int64]
    task: NDArray[np.int32]
    value: NDArray[np.float32]
    kind: NDArray[np.int8]
    first: NDArray[np.int64]
    fold: NDArray[np.int8]
    tasks: list[str]
    measurements: list[int]
    notes: dict[str, Any]

    def dense(self, rows: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Counts ``(len(rows), 2048)`` of these molecules."""
        out = np.zeros((len(rows), 2048), dtype=np.uint8)
        for i, r in enumerate(rows):
            s = slice(self.start[r], self.start[r + 1])
            out[i, self.bits[s]] = self.counts[s]
        return out

    def of_task(self, t: int) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.int8]]:
        """Molecule rows, values and kinds of one task."""
        where = np.flatnonzero(self.task == t)
        rows = np.searchsorted(self.first, where, side="right") - 1
        return rows, self.value[where], self.kind[where]


def canonical_variant(text: str) -> str | None:
    """One spelling of a mutation: "T790M_L858R" -> "L858R/T790M" (sorted as text).

    "" is wild type (a phosphorylated construct has the wild-type sequence); None is a construct that is
    neither (a second kinase domain, a pseudokinase, a tandem duplication).
    """
    word = text.removesuffix(";p")
    if word in WILD_CONSTRUCTS:
        return ""
    parts = _CHANGE.findall(word)
    if not parts or "".join(parts) != re.sub(r"[-_,;/](?![A-Z]\d+del)", "", word):
        return None
    parts = [re.sub(r"^([A-Z]\d+)_?([A-Z]\d+del)$", r"\1_\2", p) for p in parts]
    return "/".join(sorted(parts))


def read_rows(table: Path) -> tuple[pl.DataFrame, dict[str, int]]:
    """Human single-protein rows with a gene, a plausible value and no flag; and how many each rule left."""
    raw = pl.read_csv(table, separator="\t", infer_schema_length=100_000)
    count = {"rows in the table": len(raw)}
    rows = raw.filter(
        (pl.col("organism") == "Homo sapiens")
        & pl.col("target_gene").is_not_null()
        & (pl.col("target_type") == "SINGLE PROTEIN")
    )
    count["human, single protein, with a gene"] = len(rows)
    rows = rows.filter(pl.col("flag").is_null() & pl.col("pvalue").is_between(3.0, 11.0))
    count["without a quality flag, pvalue 3 to 11"] = len(rows)
    names = {m: canonical_variant(m) for m in rows["mutation"].fill_null("").unique().to_list()}
    rows = rows.with_columns(
        pl.col("mutation").fill_null("").replace_strict(names, return_dtype=pl.String).alias("variant"),
        pl.col("relation")
        .fill_null("=")
        .replace_strict({"=": 0, "~": 0, "<": -1, "<=": -1, ">": 1, ">=": 1}, return_dtype=pl.Int8)
        .alias("kind"),
    ).filter(pl.col("variant").is_not_null())
    count["of a known construct"] = len(rows)
    return rows.select("smiles", "target_gene", "variant", "kind", "pvalue", "source", "measure"), count


def _standard(texts: list[str]) -> list[tuple[str, str]]:
    out = []
    for text in texts:
        good, _ = standardize(amide_form(text))
        out.append((good, tautomer_key(good) if good else ""))
    return out


def _features(texts: list[str]) -> tuple[list[NDArray[np.int32]], list[NDArray[np.uint8]], list[str]]:
    mols, bad = batch(texts)
    if bad:
        raise ValueError(f"a standardized SMILES no longer parses: {bad[0].text}")
    dense = morgan_counts(mols)
    bits = [np.flatnonzero(row).astype(np.int32) for row in dense]
    return bits, [row[b] for row, b in zip(dense, bits, strict=True)], list(murcko(mols))


def _spread(work: Any, texts: list[str], workers: int) -> list[Any]:
    chunks = [texts[i : i + 2000] for i in range(0, len(texts), 2000)]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(work, chunks))


def drop_disguised_mutants(rows: pl.DataFrame) -> pl.DataFrame:
    """Without wild-type rows that repeat a mutant's measurement (same compound, equal to 0.01 log).

    ChEMBL files many mutant assays under the wild-type target. A row stays when the Davis panel, which
    measured both, gives the same value for wild type.
    """
    at = ["key", "target_gene", "hundredths"]
    rows = rows.with_columns((pl.col("pvalue") * 100).round().cast(pl.Int32).alias("hundredths"))
    mutant = rows.filter(pl.col("variant") != "").select(at).unique()
    davis = pl.col("source").str.contains("davis")
    sure = rows.filter((pl.col("variant") == "") & davis).select(at).unique()
    suspect = mutant.join(sure, on=at, how="anti").with_columns(pl.lit(True).alias("suspect"))
    rows = rows.join(suspect, on=at, how="left")
    return rows.filter(pl.col("suspect").is_null() | (pl.col("variant") != "") | davis).drop("suspect", "hundredths")


def merge_replicates(rows: pl.DataFrame) -> pl.DataFrame:
    """One label per (key, task): the median of exact values, else the tightest bound.

    A compound with both upper and lower bounds and no exact value says little and is dropped.
    """
    exact = rows.filter(pl.col("kind") == 0).group_by("key", "task").agg(pl.col("pvalue").median(), pl.len())
    rest = rows.join(exact, on=["key", "task"], how="anti")
    bounds = (
        rest.group_by("key", "task")
        .agg(
            pl.col("kind").n_unique().alias("kinds"),
            pl.col("kind").first(),
            pl.col("pvalue").min().alias("low"),
            pl.col("pvalue").max().alias("high"),
            pl.len(),
        )
        .filter(pl.col("kinds") == 1)
    )
    bounds = bounds.with_columns(pl.when(pl.col("kind") < 0).then("low").otherwise("high").alias("pvalue"))
    want = ["key", "task", "pvalue", "kind", "len"]
    merged = pl.concat([exact.with_columns(pl.lit(0, pl.Int8).alias("kind")).select(want), bounds.select(want)])
    return merged.sort("key", "task")


def scaffold_folds(scaffolds: Sequence[str], keys: Sequence[str], seed: int) -> NDArray[np.int8]:
    """Fold ``(n,)``: whole scaffolds, largest first into the emptiest; an acyclic molecule stands alone."""
    names = [s or k for s, k in zip(scaffolds, keys, strict=True)]
    size = Counter(names)
    order = sorted(size, key=lambda s: (-size[s], zlib.crc32(f"{seed}{s}".encode())))
    loads = [(0, f) for f in range(FOLDS)]
    where: dict[str, int] = {}
    for name in order:
        load, fold = heapq.heappop(loads)
        where[name] = fold
        heapq.heappush(loads, (load + size[name], fold))
    return np.array([where[n] for n in names], dtype=np.int8)


def _tasks(labels: pl.DataFrame) -> list[str]:
    size = labels.group_by("task").agg(pl.col("key").n_unique().alias("n"))
    keep = [t for t, n in size.iter_rows() if n >= (MIN_VARIANT if "/" in t else MIN_WILD)]
    wild = sorted(t for t in keep if "/" not in t)
    return wild + sorted(t for t in keep if "/" in t and t.split("/")[0] in wild)


def build(table: Path, out: Path, seed: int, workers: int = 2) -> PotencyData:
    """The data set, built once and kept in ``out`` (potency_data.npz + .json); a second call reads it."""
    done = out / "potency_data.npz"
    if done.exists():
        return _load(out)
    rows, count = read_rows(table)
    texts = sorted(rows["smiles"].unique().to_list())
    made = [pair for part in _spread(_standard, texts, workers) for pair in part]
    frame = pl.DataFrame({"smiles": texts, "standard": [m[0] for m in made], "key": [m[1] for m in made]})
    rows = rows.join(frame.filter(pl.col("key") != ""), on="smiles", how="inner")
    count["with a standard structure"] = len(rows)
    rows = drop_disguised_mutants(rows)
    count["after removing mutant values under the wild-type name"] = len(rows)
    task = pl.when(pl.col("variant") == "").then(pl.col("target_gene"))
    rows = rows.with_columns(task.otherwise(pl.col("target_gene") + "/" + pl.col("variant")).alias("task"))
    labels = merge_replicates(rows)
    tasks = _tasks(labels)
    labels = labels.filter(pl.col("task").is_in(tasks))
    count["labels after medians"] = len(labels)
    # FS-Mol's tautomers are unusual: where another source draws the same compound, its drawing is used.
    drawn = rows.with_columns(pl.col("source").str.contains("FS-MOL").alias("unusual"))
    chosen = drawn.sort("key", "unusual", "standard").group_by("key", maintain_order=True).first()
    chosen = chosen.filter(pl.col("key").is_in(labels["key"].unique())).select("key", "standard").sort("key")
    keys, smiles = chosen["key"].to_list(), chosen["standard"].to_list()
    parts = _spread(_features, smiles, workers)
    bits = [b for p in parts for b in p[0]]
    arrays = {
        "bits": np.concatenate(bits).astype(np.int32),
        "counts": np.concatenate([c for p in parts for c in p[1]]).astype(np.float32),
        "start": np.cumsum([0, *map(len, bits)], dtype=np.int64),
        "fold": scaffold_folds([s for p in parts for s in p[2]], keys, seed),
    }
    at = {k: i for i, k in enumerate(keys)}
    number = {t: i for i, t in enumerate(tasks)}
    row = np.array([at[k] for k in labels["key"]], dtype=np.int64)
    arrays |= {
        "first": np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(keys)))]),
        "task": np.array([number[t] for t in labels["task"]], dtype=np.int32),
        "value": labels["pvalue"].to_numpy().astype(np.float32),
        "kind": labels["kind"].to_numpy().astype(np.int8),
    }
    total = dict(labels.group_by("task").agg(pl.col("len").sum()).iter_rows())
    near = rows.filter(pl.col("task").is_in(NEIGHBOUR_GENES) & (pl.col("kind") == 0))
    near = near.group_by("task", "standard").agg(pl.col("pvalue").median().round(2)).sort("task", "standard")
    out.mkdir(parents=True, exist_ok=True)
    side = {
        "smiles": smiles,
        "tasks": tasks,
        "measurements": [total[t] for t in tasks],
        "notes": {"rows": count},
    }
    (out / "potency_data.json").write_text(json.dumps(side))
    near.write_csv(out / "potency_neighbours.tsv", separator="\t")
    np.savez(out / "potency_data.tmp.npz", **arrays)  # type: ignore[arg-type]
    (out / "potency_data.tmp.npz").rename(done)
    return _load(out)


def _load(out: Path) -> PotencyData:
    with np.load(out / "potency_data.npz") as f:
        arrays = {k: f[k] for k in f.files}
    return PotencyData(**arrays, **json.loads((out / "potency_data.json").read_text()))
