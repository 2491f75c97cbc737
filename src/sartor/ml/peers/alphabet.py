"""The plain vocabulary of the peers: one token per atom, bond, ring digit or bracket, and one for the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sartor.core import PartError

from ..tokenizer import letters

END = 0  # closes a sequence, pads a batch, and is what a sequence starts from


class Alphabet:
    """Token 0 is the end; token i + 1 writes ``letters[i]``."""

    def __init__(self, texts: Sequence[str]) -> None:
        if len(set(texts)) != len(texts) or "" in texts:
            raise PartError("an alphabet holds each letter once, and no empty one")
        self.letters = tuple(texts)
        self._number = {text: i + 1 for i, text in enumerate(self.letters)}

    def __len__(self) -> int:
        return len(self.letters) + 1

    def encode(self, smiles: str) -> list[int] | None:
        """Token numbers without the end, or None where the text holds an unknown letter or is not SMILES text."""
        row = [self._number.get(x, END) for x in letters(smiles) or ()]
        return None if not row or END in row else row

    def decode(self, row: Iterable[int]) -> str:
        """The text of token numbers, up to the first end."""
        out: list[str] = []
        for token in row:
            if token == END:
                break
            out.append(self.letters[token - 1])
        return "".join(out)

    def rows(self, smiles: Iterable[str]) -> list[NDArray[np.uint8]]:
        """Token numbers of each text that this alphabet can write; the others are left out."""
        found = (self.encode(text) for text in smiles)
        return [np.array(row, dtype=np.uint8) for row in found if row is not None]


def learn_alphabet(smiles: Iterable[str], most: int = 254) -> Alphabet:
    """The letters of these texts, the most frequent first, at most ``most`` of them."""
    counts: Counter[str] = Counter()
    for text in smiles:
        counts.update(letters(text) or ())
    return Alphabet(sorted(counts, key=lambda x: (-counts[x], x))[:most])
