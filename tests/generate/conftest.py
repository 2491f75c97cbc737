"""A toy writer: it goes on from any prompt with one of a few tails, and likes short texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sartor.chem.randomize import randomized

TAILS = (
    "C", "OC", "F", "N1CCOCC1", "c1ccncc1", "C(F)(F)F", "C(=O)NCCN", "[C@H](C)O", "CCCN(C)C", "c1ccc(C(N)=O)cc1", "OCC",
    "C#N", "S(C)(=O)=O", "N(C)Cc1ccccc1", "/C=C/C", "C1CC1", "CC(C)(C)O", "Oc1ccc(F)cc1", "NC(=O)C", "n1ccnc1",
    "=O", "=C", "", "C1CC", "(", "[CH]C",
)  # fmt: skip
MOLECULES = (
    "CCOc1ccccc1", "CC(=O)Nc1ccc(O)cc1", "c1ccc2[nH]ccc2c1", "CN1CCN(c2ccccc2)CC1", "O=C(O)c1ccccc1", "CCCCCCO",
    "Cc1ccc(S(N)(=O)=O)cc1", "COc1ccc(CCN)cc1", "O=C1CCCN1c1ccccc1", "FC(F)(F)c1ccncc1", "CC(C)NCC(O)c1ccccc1", "C1CC",
)  # fmt: skip


class Parrot:
    """A writer without a model (see sartor.generate.asked.Writer); ``wished`` keeps what it was asked for."""

    def __init__(self, card: dict[str, Any] | None = None, tails: Sequence[str] = TAILS) -> None:
        self.card = card or {}
        self.wished: list[Mapping[str, float] | None] = []
        self._tails = tails

    def texts(
        self,
        n: int,
        rng: np.random.Generator,
        prefixes: Sequence[str] = (),
        wishes: Mapping[str, float] | None = None,
        random: bool = False,
    ) -> list[str]:
        self.wished.append(wishes)
        if not prefixes:
            picked = rng.integers(len(MOLECULES), size=n)
            return [(randomized(MOLECULES[i], 1, int(k) + 1) or [MOLECULES[i]])[0] for k, i in enumerate(picked)]
        assert len(prefixes) == n
        return [p + t if t else "" for p, t in zip(prefixes, rng.choice(self._tails, size=n).tolist(), strict=True)]

    def likelihood(self, texts: Sequence[str], random: bool = False) -> NDArray[np.float64]:
        return np.array([-float(len(text)) for text in texts])


@pytest.fixture
def parrot() -> type[Parrot]:
    return Parrot
