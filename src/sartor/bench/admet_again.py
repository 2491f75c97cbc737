"""The out-of-fold figures computed anew from the shipped weights and the data folder, without training."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.ml import weights
from sartor.score.admet import WEIGHTS, Head, Shared, head, shared
from sartor.train.admet_data import Labels, Pool, build_pool, label
from sartor.train.admet_index import packed
from sartor.train.admet_record import record
from sartor.train.admet_sources import ENDPOINTS

CHUNK = 2048


def recomputed(data: Path, work: Path | None = None) -> dict[str, dict[str, Any]]:
    """Records of every endpoint: each shipped member answers for the fold of scaffolds that it never saw.

    ``work`` keeps standard structures and features between runs. The mixing weights are the shipped ones, so these
    figures differ from the card's, where they were cross-fitted too, in the third decimal.
    """
    seed = int(weights.card(WEIGHTS)["seed"])
    with TemporaryDirectory() as nowhere:
        room = work or Path(nowhere)
        pool, forms = build_pool(data, room, seed)
        common = shared()
        out = {}
        for e in ENDPOINTS:
            here, mine = label(data, e, pool, forms), head(e.name)
            score, near = unseen(pool, here, common, mine, common.column[e.name])
            first = here.source == 0
            out[e.name] = record(e.kind, e.scale, score, here.y, near, pool.fold[here.rows], first, seed)
    return out


def unseen(
    pool: Pool, labels: Labels, common: Shared, mine: Head, column: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores ``(n,)`` of the member that never saw the molecule's fold; similarity to references of other folds."""
    fold = pool.fold[labels.rows]
    score, near = np.empty(len(fold)), np.empty(len(fold))
    place = common.references.members[column]
    bits = common.references.bits[:, place]
    size = common.references.size[place]
    stands = _folds(pool, bits)
    for start in range(0, len(fold), CHUNK):
        part = slice(start, start + CHUNK)
        counts = pool.counts[labels.rows[part]]
        values = pool.descriptors[labels.rows[part]]
        members = mine.members(common.answers(counts, values), common.second(counts, values, [column])[:, :, 0])
        score[part] = members[fold[part], np.arange(len(counts))]
        own = np.unpackbits(packed(counts), axis=1).astype(np.float32)
        overlap = own @ bits
        similarity = overlap / np.maximum(own.sum(axis=1)[:, None] + size - overlap, 1)
        similarity[fold[part][:, None] == stands] = -1
        near[part] = similarity.max(axis=1)
    return score, near


def _folds(pool: Pool, bits: NDArray[np.float32]) -> NDArray[np.int8]:
    """The fold of each reference, found again by its fingerprint (-1 where the pool no longer has it)."""
    known = {row.tobytes(): fold for row, fold in zip(packed(pool.counts), pool.fold, strict=True)}
    rows = np.packbits(bits.T > 0, axis=1)
    return np.array([known.get(row.tobytes(), -1) for row in rows], dtype=np.int8)
