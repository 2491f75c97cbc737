"""Evaluation of boosted tree ensembles with numpy: many molecules and many trees at once, no training library.

Every tree is stored as a perfect binary tree over a shared bank of yes/no questions ("feature at or above edge").
The bank is answered once for a batch and packed eight molecules to a byte, so that walking one level down all trees
is a handful of bitwise operations. A tree that stops early repeats its leaf below (as in the perfect trees of
oblivious ensembles; Prokhorenkova et al. 2018, NeurIPS, describe the idea of indexing leaves by bits).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_BLOCK_BYTES = 1 << 19  # one block of packed answers stays in the second-level cache


@dataclass(frozen=True, slots=True)
class Questions:
    """The bank: question i asks ``features[:, column[i]] >= edge[i]``; both arrays ``(q,)``."""

    column: NDArray[np.int32]
    edge: NDArray[np.generic]

    def answer(self, features: NDArray[np.generic]) -> NDArray[np.uint8]:
        """Packed answers ``(q, ceil(n / 8))`` for features ``(n, f)``: bit set where the answer is yes."""
        columns = np.ascontiguousarray(features.T)
        return np.packbits(columns[self.column] >= self.edge[:, None], axis=1)


@dataclass(frozen=True, slots=True)
class Forest:
    """``t`` perfect trees of one depth ``d``: node questions ``(t, 2**d - 1)`` in breadth-first order, "yes" to the
    right; leaves ``(t, 2**d)``. ``members`` forests of equal size stand one after the other, each with its offset
    ``(members,)``.
    """

    node: NDArray[np.integer]
    leaf: NDArray[np.floating]
    offset: NDArray[np.floating]

    def __post_init__(self) -> None:
        trees, leaves = self.leaf.shape
        if self.node.shape != (trees, leaves - 1) or leaves & (leaves - 1) or trees % len(self.offset):
            raise ValueError(
                f"nodes {self.node.shape}, leaves {self.leaf.shape} and {len(self.offset)} members are no forest"
            )

    @property
    def depth(self) -> int:
        """Questions asked on the way to a leaf."""
        return int(self.leaf.shape[1]).bit_length() - 1

    def scores(self, answers: NDArray[np.uint8], n: int) -> NDArray[np.float64]:
        """Sums ``(members, n)`` for ``n`` molecules whose packed answers are ``(q, ceil(n / 8))``."""
        trees, leaves = self.leaf.shape
        each = trees // len(self.offset)
        out = np.repeat(self.offset.astype(np.float64)[:, None], n, axis=1)
        values = self.leaf.astype(np.float32).ravel()
        block = max(1, _BLOCK_BYTES // (leaves * max(answers.shape[1], 1)))
        for start in range(0, trees, block):
            stop = min(start + block, trees)
            place = leaf_index(answers, self.node[start:stop], self.depth)[:, :n].astype(np.intp)
            place += (np.arange(stop - start) * leaves)[:, None]
            read = values[start * leaves : stop * leaves][place]
            for member in range(start // each, (stop - 1) // each + 1):
                a, b = max(member * each, start) - start, min((member + 1) * each, stop) - start
                out[member] += read[a:b].sum(axis=0, dtype=np.float64)
        return out


def leaf_index(answers: NDArray[np.uint8], node: NDArray[np.integer], depth: int) -> NDArray[np.unsignedinteger]:
    """Leaf each molecule reaches ``(t, 8 * bytes)`` in trees whose node questions are ``(t, 2**depth - 1)``.

    Node by node, trees innermost: every step is then one long run over memory.
    """
    by_node = np.ascontiguousarray(node.T)
    place = np.zeros((len(node), answers.shape[1] * 8), dtype=np.uint8 if depth <= 8 else np.uint16)
    taken: list[NDArray[np.uint8]] = []
    for level in range(depth):
        first = (1 << level) - 1
        bits = answers[by_node[first : 2 * first + 1]]
        for step in taken:  # each earlier answer halves the nodes that are still possible
            half = len(bits) // 2
            right = bits[half:]
            right ^= bits[:half]
            right &= step
            right ^= bits[:half]
            bits = right
        taken.append(bits[0])
        place <<= 1
        place |= np.unpackbits(bits[0], axis=1)
    return place


def pack_trees(forest: Forest) -> dict[str, NDArray[np.generic]]:
    """A forest as small arrays.

    ``split``: which nodes of trees of ``depth`` ask, as bits; ``node``: their questions; ``leaf``: the distinct
    leaves, int8, with one ``scale`` a tree; ``offset``: of the members. A node whose leaves below are all equal asks
    nothing. Rounding a leaf to 1/254 of its tree's span moves a sum of hundreds of trees by less than their noise.
    """
    trees, leaves = forest.leaf.shape
    depth = forest.depth
    split = np.zeros((trees, leaves - 1), dtype=bool)
    for level in range(depth):
        span = leaves >> level
        groups = forest.leaf.reshape(trees, 1 << level, span)
        split[:, (1 << level) - 1 : (2 << level) - 1] = groups.max(axis=2) > groups.min(axis=2)
    scale = np.maximum(np.abs(forest.leaf).max(axis=1), 1e-12) / 127
    small = np.round(forest.leaf / scale[:, None]).astype(np.int8)
    slots = np.concatenate([small[:, :: leaves >> level] for level in range(depth + 1)], axis=1)
    return {
        "depth": np.array([depth], dtype=np.uint8),
        "split": np.packbits(split, axis=1),
        "node": forest.node[split].astype(np.uint16),
        "leaf": slots[_ends(split)],
        "scale": scale.astype(np.float32),
        "offset": forest.offset.astype(np.float32),
    }


def unpack_trees(arrays: Mapping[str, NDArray[Any]]) -> Forest:
    """The forest of ``pack_trees``."""
    trees = len(arrays["scale"])
    leaves = 1 << int(arrays["depth"][0])
    split = np.unpackbits(arrays["split"], axis=1)[:, : leaves - 1].astype(bool)
    node = np.zeros((trees, leaves - 1), dtype=np.uint16)
    node[split] = arrays["node"]
    slots = np.zeros((trees, 2 * leaves - 1), dtype=np.float32)
    slots[_ends(split)] = arrays["leaf"]
    for at in range(leaves - 1):  # what ends early repeats below
        ends = ~split[:, at]
        for child in (2 * at + 1, 2 * at + 2):
            slots[ends, child] = slots[ends, at]
    return Forest(node, slots[:, leaves - 1 :] * arrays["scale"][:, None], arrays["offset"])


def _ends(split: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The slots ``(t, 2 * leaves - 1)`` that hold a leaf: they don't ask, and the one above does."""
    trees, inner = split.shape
    above = np.concatenate([np.ones((trees, 1), dtype=bool), np.repeat(split, 2, axis=1)], axis=1)
    asks = np.concatenate([split, np.zeros((trees, inner + 1), dtype=bool)], axis=1)
    return above & ~asks
