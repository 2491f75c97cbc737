"""Tanimoto similarities between whole sets of molecules, reduced block by block: nearest neighbours and means.

A set of 30,000 against one of 20,000 has 600 million pairs. They are matrix products of unpacked bits, 2,048 rows a
side, and only what was asked for is kept, so memory stays at some tens of megabytes whatever the sizes. Two
fingerprints without any bit are alike (1).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

BLOCK = 2048


def nearest(bits: NDArray[np.uint8], reference: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Highest Tanimoto similarity ``(n,)`` of each packed fingerprint ``(n, w)`` to any of ``reference (m, w)``."""
    if not len(reference):
        raise ValueError("nothing to compare with: the reference is empty")
    best = np.zeros(len(bits), dtype=np.float32)
    for rows, left, on in _blocks(bits):
        for _, right, others in _blocks(reference):
            np.maximum(best[rows], _tanimoto(left, on, right, others).max(axis=1), out=best[rows])
    return best.astype(np.float64)


def nearest_other(bits: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Highest Tanimoto similarity ``(n,)`` of each of ``bits (n, w)`` to another of the set; 0 where it is alone."""
    best = np.zeros(len(bits), dtype=np.float32)
    for rows, left, on in _blocks(bits):
        for columns, right, others in _blocks(bits, rows.start):
            similar = _tanimoto(left, on, right, others)
            if columns.start == rows.start:
                np.fill_diagonal(similar, 0.0)
            np.maximum(best[rows], similar.max(axis=1), out=best[rows])
            np.maximum(best[columns], similar.max(axis=0), out=best[columns])
    return best.astype(np.float64)


def mean_powers(bits: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean ``(n,)`` and mean square ``(n,)`` of the similarities of each of ``bits (n, w)`` to all of them."""
    total, square = np.zeros(len(bits)), np.zeros(len(bits))
    for rows, left, on in _blocks(bits):
        for columns, right, others in _blocks(bits, rows.start):
            similar = _tanimoto(left, on, right, others)
            squared = similar * similar
            total[rows] += similar.sum(axis=1, dtype=np.float64)
            square[rows] += squared.sum(axis=1, dtype=np.float64)
            if columns.start != rows.start:
                total[columns] += similar.sum(axis=0, dtype=np.float64)
                square[columns] += squared.sum(axis=0, dtype=np.float64)
    n = max(len(bits), 1)
    return total / n, square / n


def _blocks(
    bits: NDArray[np.uint8], start: int = 0
) -> Iterator[tuple[slice, NDArray[np.float32], NDArray[np.float32]]]:
    for at in range(start, len(bits), BLOCK):
        rows = slice(at, min(at + BLOCK, len(bits)))
        plain = np.unpackbits(bits[rows], axis=1).astype(np.float32)
        yield rows, plain, plain.sum(axis=1)


def _tanimoto(
    left: NDArray[np.float32], on: NDArray[np.float32], right: NDArray[np.float32], others: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Similarities ``(rows, columns)``; counts up to 2**24 are exact in single precision."""
    common = left @ right.T
    union = on[:, None] + others[None, :]
    union -= common
    return np.divide(common, union, out=np.ones_like(common), where=union > 0)
