"""What the potency scorer remembers of its training molecules: compact sets that represent each target."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_counts, tanimoto
from sartor.chem.parse import strict_batch
from sartor.score.domain import encode_bits, fold_bits, local_mean, similarity
from sartor.score.potency import VALUE_STEPS

from .potency_data import NEIGHBOUR_GENES, PotencyData

THRESHOLDS = (0.8, 0.7, 0.6, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15)
POOL = 4000
CAP = 1000
MAIN_POOL, MAIN_CAP = 6000, 3000  # for the genes whose neighbours are shipped too
NEIGHBOURS = 2000
NEIGHBOURS_ASKED, POWER, NETWORK_SHARE = 8, 4.0, 0.7


def leaders(bits: NDArray[np.uint8], cap: int) -> NDArray[np.intp]:
    """Positions of at most ``cap`` molecules such that every molecule is close to one, as close as the cap allows.

    Sphere exclusion in the given order, at the highest Tanimoto threshold that needs no more than ``cap`` leaders.
    """
    if len(bits) <= cap:
        return np.arange(len(bits))
    near = tanimoto(bits, bits)
    chosen: list[int] = []
    for threshold in THRESHOLDS:
        free = np.ones(len(bits), dtype=bool)
        chosen = []
        while free.any() and len(chosen) <= cap:
            pick = int(np.argmax(free))
            chosen.append(pick)
            free &= near[pick] < threshold
            free[pick] = False
        if len(chosen) <= cap:
            break
    return np.array(chosen[:cap], dtype=np.intp)


def packed_bits(data: PotencyData) -> NDArray[np.uint8]:
    """Every molecule's 1024 folded bits, packed ``(n, 128)``."""
    parts = [
        fold_bits(data.dense(np.arange(i, min(i + 4096, len(data.smiles))))) for i in range(0, len(data.smiles), 4096)
    ]
    return np.concatenate(parts)


def represent(data: PotencyData, bits: NDArray[np.uint8], seed: int) -> list[NDArray[np.intp]]:
    """Per task, the molecules that stand for its measured ones. Those measured on many targets come first: shared."""
    shared = np.diff(data.first)
    noise = np.random.default_rng(seed).random(len(shared))
    out = []
    for t in range(len(data.tasks)):
        pool, _, _ = data.of_task(t)
        most, cap = (MAIN_POOL, MAIN_CAP) if data.tasks[t] in NEIGHBOUR_GENES else (POOL, CAP)
        if len(pool) > most:  # a random part keeps the chemistry of the whole in proportion
            pool = pool[np.argsort(noise[pool])[:most]]
        pool = pool[np.lexsort((noise[pool], -shared[pool]))]
        out.append(np.sort(pool[leaders(bits[pool], cap)]))
    return out


def task_values(data: PotencyData, members: list[NDArray[np.intp]]) -> list[NDArray[np.uint8]]:
    """Per task, the measured values of its representatives in whole steps (see VALUE_STEPS), bounds as values."""
    out = []
    for t, chosen in enumerate(members):
        rows, value, _ = data.of_task(t)
        out.append(np.round(value[np.searchsorted(rows, chosen)] * VALUE_STEPS).astype(np.uint8))
    return out


def local_held_out(
    data: PotencyData,
    bits: NDArray[np.uint8],
    chosen: NDArray[np.intp],
    values: NDArray[np.uint8],
    rows: NDArray[np.intp],
) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """For molecules ``rows`` of one task, from its representatives outside each one's own fold: what the nearest
    say ``(n,)``, and the similarity ``(n,)`` to the nearest."""
    near = similarity(bits[rows], bits[chosen])
    near[data.fold[rows][:, None] == data.fold[chosen][None, :]] = 0.0
    local = local_mean(near, values / VALUE_STEPS, NEIGHBOURS_ASKED, POWER)
    return local, near.max(axis=1)


def index_arrays(
    data: PotencyData,
    bits: NDArray[np.uint8],
    members: list[NDArray[np.intp]],
    values: list[NDArray[np.uint8]],
    shipped: list[int],
    neighbours: Path,
) -> dict[str, NDArray[np.generic]]:
    """Arrays to ship: one table of fingerprints shared by all targets, and each target's rows in it.

    ``steps`` and ``lengths`` encode the table (see domain.encode_bits); ``rows``, ``values`` and ``start`` are each
    shipped task's rows in it and what was measured there, in compressed form. For each gene with measured neighbours:
    ``neighbours/GENE/steps``, ``.../lengths``, ``.../value (k,)`` and ``.../smiles`` (zlib of the lines, as bytes).
    """
    lists = [members[t] for t in shipped]
    table = np.unique(np.concatenate(lists))
    steps, lengths = encode_bits(bits[table])
    out: dict[str, NDArray[np.generic]] = {
        "steps": steps,
        "lengths": lengths,
        "rows": np.searchsorted(table, np.concatenate(lists)).astype(np.uint32),
        "values": np.concatenate([values[t] for t in shipped]),
        "start": np.cumsum([0, *map(len, lists)]).astype(np.uint32),
    }
    measured = pl.read_csv(neighbours, separator="\t")
    for gene in NEIGHBOUR_GENES:
        rows = measured.filter(pl.col("task") == gene).sample(fraction=1.0, shuffle=True, seed=1)
        near = fold_bits(morgan_counts(strict_batch(rows["standard"].to_list())))
        # first a spread of leaders, then the rest in random order until the table is full
        first = leaders(near[:POOL], NEIGHBOURS)
        rest = np.setdiff1d(np.arange(len(near)), first)
        chosen = np.sort(np.concatenate([first, rest])[:NEIGHBOURS])
        lines = "\n".join(rows["standard"][chosen.tolist()].to_list())
        steps, lengths = encode_bits(near[chosen])
        out[f"neighbours/{gene}/steps"], out[f"neighbours/{gene}/lengths"] = steps, lengths
        out[f"neighbours/{gene}/value"] = rows["pvalue"].to_numpy()[chosen].astype(np.float16)
        out[f"neighbours/{gene}/smiles"] = np.frombuffer(zlib.compress(lines.encode(), 9), dtype=np.uint8)
    return out
