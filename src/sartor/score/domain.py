"""Where a fingerprint model may speak: near its training molecules, on organic molecules of ordinary size."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MIN_HEAVY, MAX_HEAVY = 8, 70
ORGANIC = frozenset(["B", "C", "N", "O", "F", "Si", "P", "S", "Cl", "Se", "Br", "I", "H"])
_ATOM = re.compile(r"\[\d*([A-Z][a-z]?|[a-z][a-z]?|\*)[^\]]*\]|(Br|Cl|[BCNOPSFI])|([bcnops])")
_POPCOUNT = np.array([bin(i).count("1") for i in range(256)], dtype=np.uint16)


def fold_bits(counts: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """1024 packed bits ``(n, 128)`` of Morgan counts ``(n, 2048)``: folding halves again is what RDKit would do."""
    half = counts.shape[1] // 2
    return np.packbits((counts[:, :half] | counts[:, half:]) > 0, axis=1)


def similarity(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Tanimoto similarity ``(n, m)`` of packed bits; whole numbers until the last division, so exact in any company."""
    left = np.unpackbits(a, axis=1).astype(np.float32)
    right = np.unpackbits(b, axis=1).astype(np.float32)
    common = left @ right.T
    either = _POPCOUNT[a].sum(axis=1)[:, None] + _POPCOUNT[b].sum(axis=1)[None, :] - common
    return np.divide(common, either, out=np.zeros_like(common), where=either > 0).astype(np.float32)


def local_mean(near: NDArray[np.float32], values: NDArray[np.floating], k: int, power: float) -> NDArray[np.float64]:
    """What the ``k`` nearest measured molecules say ``(n,)``: their values ``(m,)`` weighted by similarity^power.

    ``near (n, m)`` are similarities; a row of zeros gets the plain mean of some ``k``, always the same ones.
    """
    best = np.argpartition(-near, k - 1, axis=1)[:, :k] if k < near.shape[1] else np.argsort(-near, axis=1)
    weight = np.take_along_axis(near, best, axis=1).astype(np.float64) ** power + 1e-9
    answer: NDArray[np.float64] = (values[best] * weight).sum(axis=1) / weight.sum(axis=1)
    return answer


def encode_bits(packed: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Packed bits ``(n, w)`` as a stream of steps and each row's number of steps ``(n,)``: a third of the size.

    A step of 1 to 255 moves that far and sets the bit there (from just before the first); 0 moves 255, setting none.
    """
    steps, lengths = [], []
    for row in np.unpackbits(packed, axis=1):
        gaps = np.diff(np.flatnonzero(row), prepend=-1)
        far = (gaps - 1) // 255
        # each bit ends a run of ``far`` zeros; the last place of the run holds what is left of the gap
        run = np.zeros(int((far + 1).sum()), dtype=np.uint8)
        run[np.cumsum(far + 1) - 1] = gaps - 255 * far
        steps.append(run)
        lengths.append(len(run))
    flat = np.concatenate(steps) if steps else np.zeros(0, dtype=np.uint8)
    return flat, np.array(lengths, dtype=np.uint8)


def decode_bits(
    steps: NDArray[np.uint8], lengths: NDArray[np.uint8], rows: NDArray[np.integer], width: int = 1024
) -> NDArray[np.uint8]:
    """These rows of an encoded table (see encode_bits) as packed bits ``(len(rows), width / 8)``."""
    ends = np.cumsum(lengths, dtype=np.int64)
    size = lengths[rows].astype(np.int64)
    offset = np.cumsum(size) - size
    which = np.repeat(np.arange(len(rows)), size)
    flat = np.arange(size.sum()) + np.repeat(ends[rows] - size - offset, size)
    move = steps[flat].astype(np.int64)
    travelled = np.cumsum(np.where(move == 0, 255, move))
    before = np.concatenate([[0], travelled])[offset]
    place = travelled - before[which] - 1
    out = np.zeros((len(rows), width), dtype=bool)
    set_here = move > 0
    out[which[set_here], place[set_here]] = True
    return np.packbits(out, axis=1)


def unfit(smiles: Sequence[str]) -> tuple[str, ...]:
    """For each canonical SMILES "" or why a model of organic molecules cannot speak of it."""
    return tuple(_unfit(s) for s in smiles)


def _unfit(smiles: str) -> str:
    if "." in smiles:
        return "more than one fragment: standardize it first (largest organic fragment, neutral)"
    heavy = 0
    for bracket, plain, aromatic in _ATOM.findall(smiles):
        symbol = (bracket or plain or aromatic).capitalize()
        if symbol not in ORGANIC:
            return f"contains {symbol}, outside the organic elements the model has seen"
        heavy += symbol != "H"
    if heavy < MIN_HEAVY:
        return f"{heavy} heavy atoms; the model was trained on {MIN_HEAVY} to {MAX_HEAVY}"
    if heavy > MAX_HEAVY:
        return f"{heavy} heavy atoms; the model was trained on {MIN_HEAVY} to {MAX_HEAVY}"
    return ""
