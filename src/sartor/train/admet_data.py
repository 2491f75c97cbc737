"""From public files to one table of molecules: standardized, one row per InChIKey, features computed once."""

from __future__ import annotations

import csv
import gzip
import hashlib
import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sartor.chem.descriptors import NAMES, descriptors
from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import inchikey, strict_batch
from sartor.chem.scaffolds import murcko
from sartor.chem.standardize import standardize

from .admet_kinds import Endpoint, Source
from .admet_sources import ENDPOINTS

FOLDS = 5
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Pool:
    """Every molecule of every endpoint: features ``(n, 2048)`` and ``(n, k)``, fold ``(n,)``, InChIKeys."""

    keys: tuple[str, ...]
    smiles: tuple[str, ...]
    counts: NDArray[np.uint8]
    descriptors: NDArray[np.float32]
    fold: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Labels:
    """One endpoint's rows in the pool, their labels, which source each came from, and what was lost on the way."""

    rows: NDArray[np.int64]
    y: NDArray[np.float64]
    source: NDArray[np.int8]
    lost: dict[str, int]


def read_rows(data: Path, source: Source) -> list[tuple[str, float]]:
    """``(SMILES, label)`` of one file; rows whose cell is empty or unreadable are dropped."""
    path = data / source.path
    with gzip.open(path, "rt") as text:
        head = text.readline()
        delimiter = "\t" if "\t" in head else ","
        names = next(csv.reader([head], delimiter=delimiter))
        i, j = names.index(source.smiles), names.index(source.value)
        out = []
        for row in csv.reader(text, delimiter=delimiter):
            try:
                out.append((row[i], source.rule(row[j])))
            except (ValueError, KeyError, IndexError):
                continue  # an empty or non-numeric cell is no label
    return [(s, y) for s, y in out if math.isfinite(y)]


def standard_forms(data: Path, work: Path) -> dict[str, tuple[str, str]]:
    """Published SMILES -> (standard SMILES, InChIKey), ("", reason) where dropped; kept in ``work`` between runs."""
    store = work / "standard.tsv"
    known: dict[str, tuple[str, str]] = {}
    if store.exists():
        for line in store.read_text().splitlines():
            text, smiles, key = line.split("\t")
            known[text] = (smiles, key)
    wanted = {s: None for e in ENDPOINTS for src in e.sources for s, _ in read_rows(data, src)}
    with store.open("a") as out:
        for text in wanted:
            if text in known:
                continue
            smiles, why = standardize(text)
            key = inchikey(strict_batch([smiles]))[0] if smiles else ""
            known[text] = (smiles if key else "", key or why or "no InChIKey")
            out.write("\t".join((text, *known[text])) + "\n")
    return {text: known[text] for text in wanted}


def fold_of(scaffold: str, key: str, seed: int) -> int:
    """Fold 0..4 of a molecule: all of one scaffold share it; an acyclic molecule goes with its own skeleton."""
    group = scaffold or key[:14]
    digest = hashlib.blake2b(f"{seed}/{group}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") % FOLDS


def build_pool(data: Path, work: Path, seed: int) -> tuple[Pool, dict[str, tuple[str, str]]]:
    """The pool of all endpoints, from ``work`` where an earlier run left it."""
    forms = standard_forms(data, work)
    first: dict[str, str] = {}
    for text, key in forms.values():
        if text:
            first.setdefault(key, text)
    keys = tuple(sorted(first))
    smiles = tuple(first[k] for k in keys)
    stamp = hashlib.sha256("\n".join((str(seed), *NAMES, *keys)).encode()).hexdigest()[:16]
    store = work / f"pool-{stamp}.npz"
    if not store.exists():
        parts = []
        for start in range(0, len(keys), CHUNK):
            batch = strict_batch(smiles[start : start + CHUNK])
            fold = [fold_of(s, k, seed) for s, k in zip(murcko(batch), keys[start : start + CHUNK], strict=True)]
            parts.append((morgan_counts(batch), descriptors(batch), np.array(fold, dtype=np.int8)))
        counts, desc, folds = (np.concatenate(p) for p in zip(*parts, strict=True))
        np.savez(store, counts=counts, descriptors=desc, fold=folds)
    with np.load(store) as z:
        pool = Pool(keys, smiles, z["counts"], z["descriptors"], z["fold"])
    return pool, forms


def label(data: Path, endpoint: Endpoint, pool: Pool, forms: dict[str, tuple[str, str]]) -> Labels:
    """Labels of one endpoint: one per InChIKey; the first source that agrees with itself decides.

    A molecule with different class labels inside one source, or values further apart than the endpoint's tolerance,
    is dropped there (the next source may still decide); repeated values give their median.
    """
    allowed = 0.0 if endpoint.kind == "probability" else endpoint.tolerance
    row = {k: i for i, k in enumerate(pool.keys)}
    decided: dict[int, tuple[float, int]] = {}
    lost: dict[str, int] = defaultdict(int)
    for number, source in enumerate(endpoint.sources):
        seen: dict[int, list[float]] = defaultdict(list)
        for text, y in read_rows(data, source):
            smiles, key = forms[text]
            if not smiles:
                lost[key] += 1
                continue
            seen[row[key]].append(y)
        for i, ys in seen.items():
            spread = max(ys) - min(ys)
            if spread > allowed:
                lost["contradicts itself within a source"] += 1
            elif i in decided:
                far = abs(decided[i][0] - float(np.median(ys)))
                lost["other source disagrees"] += far > allowed
            else:
                decided[i] = (float(np.median(ys)), number)
    rows = np.array(sorted(decided), dtype=np.int64)
    return Labels(
        rows,
        np.array([decided[i][0] for i in rows]),
        np.array([decided[i][1] for i in rows], dtype=np.int8),
        dict(lost),
    )
