"""What is already known: training molecules and drugs by connectivity, and how near a molecule comes to a drug."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.identity import connectivity_keys, graph_keys
from sartor.chem.parse import strict_batch
from sartor.core import MolBatch
from sartor.ml import weights


@dataclass(frozen=True, slots=True)
class _Index:
    """The ``known`` weights unpacked: a bitmap over graph keys, sorted 40-bit training keys, and the drugs."""

    graph: NDArray[np.uint8]
    training: NDArray[np.uint64]
    drug_graphs: NDArray[np.uint32]
    drug_keys: dict[int, str]
    drug_bits: NDArray[np.uint64]
    drug_names: tuple[str, ...]


@lru_cache(maxsize=1)
def _index() -> _Index:
    arrays = weights.load("known")
    low = arrays["low_bytes"].astype(np.uint64)
    bucket = np.repeat(np.arange(1 << 16, dtype=np.uint64), arrays["bucket_sizes"])
    names = tuple(arrays["drug_names"].tobytes().decode().split("\n"))
    keys: dict[int, str] = {}
    for key, name in zip(arrays["drug_keys"].tolist(), names, strict=True):
        if key:
            keys.setdefault(key, name)
    return _Index(
        graph=arrays["graph_bitmap"],
        training=sum((low[:, i] << np.uint64(8 * i) for i in range(3)), bucket << np.uint64(24)),
        drug_graphs=np.sort(arrays["drug_graphs"]),
        drug_keys=keys,
        drug_bits=np.ascontiguousarray(arrays["drug_bits"]).view(np.uint64),
        drug_names=names,
    )


def known(smiles: Sequence[str]) -> list[str]:
    """For each valid SMILES "" when it is novel, else "training molecule" or "known drug: gefitinib".

    Two structures are the same when the first blocks of their InChIKeys agree: stereoisomers, tautomers and protonation
    states of a known molecule are known. Errs towards "known" about once in a million (see the ``known`` card); a drug
    outranks a training molecule. ValueError where a SMILES does not parse.
    """
    return known_batch(strict_batch(smiles))


def known_batch(mols: MolBatch) -> list[str]:
    """``known`` for molecules that are parsed already."""
    index = _index()
    graphs = graph_keys(mols)
    place = (graphs & 0xFFFFFF).astype(np.int64)
    maybe = (index.graph[place >> 3] >> (7 - (place & 7)).astype(np.uint8)) & 1 > 0
    maybe |= _within(graphs, index.drug_graphs)
    positions = np.nonzero(maybe)[0].tolist()
    keys = connectivity_keys(mols, positions)
    trained = _within(keys, index.training)
    out = [""] * len(mols)
    for i, key, seen in zip(positions, keys.tolist(), trained.tolist(), strict=True):
        drug = index.drug_keys.get(key)
        out[i] = f"known drug: {drug}" if drug else "training molecule" if seen else ""
    return out


def _within(values: NDArray, ordered: NDArray) -> NDArray[np.bool_]:
    """True where a value is one of ``ordered`` (ascending, not empty)."""
    place = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return ordered[place] == values


def nearest_drug(mols: MolBatch, chunk: int = 64) -> tuple[NDArray[np.float64], list[str]]:
    """Tanimoto similarity ``(n,)`` to the nearest drug (Morgan radius 2, 2048 bits), and that drug's name."""
    index = _index()
    bits = np.ascontiguousarray(morgan_bits(mols)).view(np.uint64)
    on = np.bitwise_count(index.drug_bits).sum(axis=1, dtype=np.int64)
    value = np.zeros(len(mols))
    names: list[str] = []
    for start in range(0, len(mols), chunk):
        part = bits[start : start + chunk]
        common = np.bitwise_count(part[:, None, :] & index.drug_bits[None]).sum(axis=2, dtype=np.int64)
        union = np.bitwise_count(part).sum(axis=1, dtype=np.int64)[:, None] + on[None] - common
        similarity = common / np.maximum(union, 1)
        best = similarity.argmax(axis=1)
        value[start : start + chunk] = similarity[np.arange(len(part)), best]
        names += [index.drug_names[i] for i in best]
    return value, names


def nearest_drugs(mols: MolBatch, k: int = 3) -> list[list[tuple[str, float]]]:
    """For each molecule its ``k`` nearest drugs as (name, Tanimoto), nearest first (Morgan radius 2, 2048 bits)."""
    index = _index()
    mine = morgan_bits(mols).astype(np.uint8)
    theirs = np.ascontiguousarray(index.drug_bits).view(np.uint8).reshape(len(index.drug_names), -1)
    out = []
    for start in range(0, len(mols), 64):
        near = tanimoto(mine[start : start + 64], theirs, chunk=1024)
        best = np.argsort(-near, axis=1, kind="stable")[:, :k]
        out += [[(index.drug_names[j], float(near[i, j])) for j in row] for i, row in enumerate(best)]
    return out
