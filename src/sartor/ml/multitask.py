"""A small ensemble of multi-task networks on Morgan counts, run with numpy alone.

Each member is ``log(1 + counts) -> hidden -> hidden -> one number per task`` with rectified hidden layers; it may read
further columns of whole numbers (``GRID`` steps per unit) beside the counts. The first layers are stored as int8 with
one scale per hidden unit, the rest as float16. Only the heads of the tasks asked for are ever computed. The first
layer is whole numbers times whole numbers, exact in float32 whatever the order of the sum, and the rest runs in
float64: so a molecule reads the same alone as in any company.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

CHUNK = 128  # small: the fewer molecules together, the fewer of the bits they touch
GRID = 128  # steps per unit of log(1 + count)
LEVELS: NDArray[np.float32] = np.round(GRID * np.log1p(np.arange(256))).astype(np.float32)


def pack(members: list[dict[str, NDArray[np.float32]]]) -> dict[str, NDArray[np.generic]]:
    """Arrays to ship, from members of ``w1 (2048, h1)``, ``b1``, ``w2 (h1, h2)``, ``b2``, ``w3 (h2, tasks)``, ``b3``,
    and ``wd (k, h1)`` where they read ``k`` columns beside the counts.

    A member's heads answer in standard units; its ``mean`` and ``spread`` ``(tasks,)`` are folded into them here.
    Keys: ``w1`` int8 ``(members, 2048, h1)`` with ``s1 (members, h1)``, likewise ``wd`` with ``sd``; the others
    float16, members first (``b3`` float32).
    """
    out: dict[str, NDArray[np.generic]] = {}
    for name, scales in (("w1", "s1"), ("wd", "sd")):
        if name in members[0]:
            w = np.stack([m[name] for m in members])
            scale = np.maximum(np.abs(w).max(axis=1), 1e-8) / 127.0
            out[name] = np.round(w / scale[:, None, :]).astype(np.int8)
            out[scales] = scale.astype(np.float32)
    for name in ("b1", "w2", "b2"):
        out[name] = np.stack([m[name] for m in members]).astype(np.float16)
    out["w3"] = np.stack([m["w3"] * m["spread"] for m in members]).astype(np.float16)
    out["b3"] = np.stack([m["b3"] * m["spread"] + m["mean"] for m in members]).astype(np.float32)
    return out


@dataclass(frozen=True)
class Multitask:
    """The ensemble, ready to answer.

    ``w1 (2048, members * h1)`` and ``wd (k, members * h1)`` hold whole numbers, members side by side, and ``s1`` and
    ``sd`` their scales; the others are as in pack, float64. ``k`` is 0 where only counts are read.
    """

    w1: NDArray[np.float32]
    s1: NDArray[np.float64]
    wd: NDArray[np.float32]
    sd: NDArray[np.float64]
    b1: NDArray[np.float64]
    w2: NDArray[np.float64]
    b2: NDArray[np.float64]
    w3: NDArray[np.float64]
    b3: NDArray[np.float64]

    @classmethod
    def unpack(cls, arrays: dict[str, NDArray[np.generic]]) -> Multitask:
        """From packed arrays (see pack), with every task."""
        members, _, width = arrays["w1"].shape
        beside = arrays.get("wd", np.zeros((members, 0, width), dtype=np.int8))
        return cls(
            w1=_side_by_side(arrays["w1"]),
            s1=arrays["s1"].astype(np.float64).reshape(-1) / GRID,
            wd=_side_by_side(beside),
            sd=arrays.get("sd", np.zeros((members, width))).astype(np.float64).reshape(-1) / GRID,
            b1=arrays["b1"].astype(np.float64).reshape(-1),
            w2=arrays["w2"].astype(np.float64),
            b2=arrays["b2"].astype(np.float64),
            w3=arrays["w3"].astype(np.float64),
            b3=arrays["b3"].astype(np.float64),
        )

    def only(self, heads: list[int]) -> Multitask:
        """The same ensemble answering only the tasks at these positions, in this order; the trunk is shared."""
        return replace(self, w3=np.ascontiguousarray(self.w3[:, :, heads]), b3=self.b3[:, heads])

    def members(self, counts: NDArray[np.uint8], beside: NDArray[np.integer] | None = None) -> NDArray[np.float64]:
        """Every member's answer ``(members, n, heads)`` for Morgan counts ``(n, 2048)`` and, where the ensemble reads
        further columns, whole numbers ``beside (n, k)``. Raises ValueError where these are missing or of other number.
        """
        columns = 0 if beside is None else beside.shape[1]
        if columns != len(self.wd):
            raise ValueError(f"this ensemble reads {len(self.wd)} columns beside the counts; {columns} were given")
        out = np.empty((len(self.w2), len(counts), self.w3.shape[2]))
        for start in range(0, len(counts), CHUNK):
            part = slice(start, start + CHUNK)
            out[:, part] = self._chunk(counts[part], None if beside is None else beside[part])
        return out

    def _chunk(self, counts: NDArray[np.uint8], beside: NDArray[np.integer] | None) -> NDArray[np.float64]:
        width = self.w2.shape[1]
        used = np.flatnonzero(counts.any(axis=0))  # a batch leaves many of the 2048 bits untouched
        first = (LEVELS[counts[:, used]] @ self.w1[used]).astype(np.float64)
        first *= self.s1
        if beside is not None:
            first += (beside.astype(np.float32) @ self.wd).astype(np.float64) * self.sd
        first += self.b1
        np.maximum(first, 0.0, out=first)
        answers = []
        for m in range(len(self.w2)):
            second = first[:, m * width : (m + 1) * width] @ self.w2[m] + self.b2[m]
            np.maximum(second, 0.0, out=second)
            answers.append(second @ self.w3[m] + self.b3[m])
        return np.stack(answers)

    def predict(self, counts: NDArray[np.uint8], beside: NDArray[np.integer] | None = None) -> NDArray[np.float64]:
        """The mean over members ``(n, heads)``, in the tasks' unit."""
        return self.members(counts, beside).mean(axis=0)


def ranked(values: NDArray[np.floating], edges: NDArray[np.float32]) -> NDArray[np.int16]:
    """Numbers ``(n, k)`` as whole-number columns: where each stands among its column's ``edges (k, e)``.

    Edges rise and are filled up with infinity; below all is -GRID, at or above the last GRID. Ranks are the same
    whatever the unit, and an outlier stays within them.
    """
    known = np.isfinite(edges).sum(axis=1)
    out = np.empty(values.shape, dtype=np.int16)
    for i, size in enumerate(known):
        place = np.searchsorted(edges[i, :size], values[:, i].astype(np.float32), side="right")
        out[:, i] = np.round(GRID * (2.0 * place / max(int(size), 1) - 1.0))
    return out


def _side_by_side(w: NDArray[np.generic]) -> NDArray[np.float32]:
    """``(members, rows, h)`` -> ``(rows, members * h)``."""
    return np.ascontiguousarray(w.transpose(1, 0, 2).reshape(w.shape[1], w.shape[0] * w.shape[2]), dtype=np.float32)
