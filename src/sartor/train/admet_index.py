"""Which training molecules stand for all in the shipped similarity index.

Farthest-first traversal (Gonzalez 1985, Theor. Comput. Sci. 38, 293): each next reference is the molecule least similar
to those already chosen, so that after k steps every training molecule lies within a known similarity of a reference.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sartor.score.admet import fold_bits

PER_GROUP = 256


def packed(counts: NDArray[np.uint8], chunk: int = 4096) -> NDArray[np.uint8]:
    """Packed folded bits ``(n, 128)`` of Morgan counts ``(n, 2048)``."""
    parts = [fold_bits(counts[i : i + chunk]) for i in range(0, len(counts), chunk)]
    return np.packbits(np.concatenate(parts), axis=1)


def one_to_all(one: NDArray[np.uint64], bits: NDArray[np.uint64], size: NDArray[np.int64]) -> NDArray[np.float64]:
    """Tanimoto similarity ``(n,)`` of one molecule's words ``(w,)`` to all ``(n, w)`` whose bit counts are ``size``."""
    common = np.bitwise_count(bits & one).sum(axis=1, dtype=np.int64)
    return common / np.maximum(size + int(np.bitwise_count(one).sum()) - common, 1)


def farthest_first(bits: NDArray[np.uint8], k: int, start: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions of up to ``k`` references, the given ones first."""
    words, size = _words(bits)
    nearest = np.zeros(len(words))
    chosen = list(start)
    for i in chosen:
        np.maximum(nearest, one_to_all(words[i], words, size), out=nearest)
    while len(chosen) < min(k, len(words)):
        i = int(np.argmin(nearest)) if chosen else int(np.argmax(size))
        if nearest[i] >= 1.0:
            break  # the rest are stereoisomers or the like of what is there
        chosen.append(i)
        np.maximum(nearest, one_to_all(words[i], words, size), out=nearest)
    return np.array(chosen, dtype=np.int64)


def build_index(
    counts: NDArray[np.uint8], rows: dict[str, NDArray[np.int64]], families: dict[str, str]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Reference rows of the pool, and for each a bit mask of the endpoints (in order) it belongs to.

    Endpoints of one family share most molecules and are covered together.
    """
    groups: dict[str, NDArray[np.int64]] = {}
    for name, r in rows.items():
        group = families.get(name) or name
        groups[group] = np.union1d(groups.get(group, np.empty(0, dtype=np.int64)), r)
    kept: set[int] = set()
    for members in sorted(groups.values(), key=len):
        already = np.flatnonzero(np.isin(members, sorted(kept)))
        kept.update(members[farthest_first(packed(counts[members]), PER_GROUP, already)].tolist())
    index = np.array(sorted(kept), dtype=np.int64)
    mask = np.zeros(len(index), dtype=np.uint64)
    for bit, r in enumerate(rows.values()):
        mine = np.isin(index, r)
        mask |= mine.astype(np.uint64) << np.uint64(bit)
    return index, mask


def least_similarity(bits: NDArray[np.uint8], references: NDArray[np.uint8]) -> float:
    """The similarity of that row which is farthest from its nearest reference."""
    words, size = _words(bits)
    nearest = np.zeros(len(words))
    for one in _words(references)[0]:
        np.maximum(nearest, one_to_all(one, words, size), out=nearest)
    return float(nearest.min())


def _words(bits: NDArray[np.uint8]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Packed bits as 64-bit words ``(n, w)`` and how many are set ``(n,)``."""
    words = np.ascontiguousarray(bits).view(np.uint64)
    return words, np.bitwise_count(words).sum(axis=1, dtype=np.int64)
