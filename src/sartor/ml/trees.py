"""Evaluation of boosted tree ensembles with numpy: many molecules and many trees at once, no training library.

Every tree is stored as a perfect binary tree over a shared bank of yes/no questions ("feature at or above edge").
The bank is answered once for a batch and packed eight molecules to a byte, so that walking one level down all trees
is a handful of bitwise operations. A tree that stops early repeats its leaf below (as in the perfect trees of
oblivious ensembles; Prokhorenkova et al. 2018, NeurIPS, describe the idea of indexing leaves by bits).
"""

from __future__ import annotations

from dataclasses import dataclass

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
            place = leaf_index(answers, self.node[start:stop], self.depth)[:, :n]
            shift = (np.arange(start, stop) * leaves)[:, None]
            read = values[place + shift]
            for member in range(start // each, (stop - 1) // each + 1):
                a, b = max(member * each, start) - start, min((member + 1) * each, stop) - start
                out[member] += read[a:b].sum(axis=0, dtype=np.float64)
        return out


def leaf_index(answers: NDArray[np.uint8], node: NDArray[np.integer], depth: int) -> NDArray[np.uint16]:
    """Leaf each molecule reaches ``(t, 8 * bytes)`` in trees whose node questions are ``(t, 2**depth - 1)``."""
    width = answers.shape[1]
    place = np.zeros((len(node), width * 8), dtype=np.uint16)
    taken: list[NDArray[np.uint8]] = []
    for level in range(depth):
        first = (1 << level) - 1
        bits = answers[node[:, first : 2 * first + 1]]
        for step in taken:  # each earlier answer halves the nodes that are still possible
            half = bits.shape[1] // 2
            left, right = bits[:, :half], bits[:, half:]
            bits = left ^ ((left ^ right) & step[:, None, :])
        chosen = np.ascontiguousarray(bits[:, 0])
        taken.append(chosen)
        place = (place << 1) | np.unpackbits(chosen, axis=1)
    return place
