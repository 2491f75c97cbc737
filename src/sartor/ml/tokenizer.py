"""SMILES to numbers and back: whole atoms as letters, then byte-pair merges of letters that often stand together.

Merging (SMILES pair encoding, Li & Fourches 2021, J. Chem. Inf. Model. 61, 1560) turns about 40 letters a molecule
into about 15 tokens, so a recurrent model takes a third of the steps. Deterministic: one text has one tokenization.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.core import PartError

END = 0  # also what pads a batch and what a sequence starts from
_REMEMBERED = 20_000  # encoded texts kept
_LETTER = re.compile(r"\[[^\[\]]+\]|Br|Cl|%\d\d|[BCNOPSFI]|[bcnops]|[0-9]|[-=#$:/\\().~]")


def letters(smiles: str) -> list[str] | None:
    """Atom-level letters of a SMILES (``["C", "[C@@H]", "(", "Cl", ...]``), or None where it is not SMILES text."""
    found = _LETTER.findall(smiles)
    return found if sum(map(len, found)) == len(smiles) and found else None


def is_ring_label(letter: str) -> bool:
    """True for ``1`` … ``9``, ``0`` and ``%10`` … ``%99``."""
    return letter[0].isdigit() or letter[0] == "%"


class Tokenizer:
    """A fixed vocabulary: token 0 ends a sequence, then the letters, then one token per merge in order of rank."""

    def __init__(self, alphabet: Sequence[str], merges: Sequence[tuple[int, int]]) -> None:
        if len(set(alphabet)) != len(alphabet):
            raise PartError("a tokenizer's alphabet holds each letter once")
        self.alphabet = tuple(alphabet)
        self.merges = tuple((int(a), int(b)) for a, b in merges)
        self._number = {letter: i + 1 for i, letter in enumerate(self.alphabet)}
        self._texts = ["", *self.alphabet]
        for a, b in self.merges:
            if not (0 < a < len(self._texts) and 0 < b < len(self._texts)):
                raise PartError(f"merge {(a, b)} names a token that does not exist yet")
            self._texts.append(self._texts[a] + self._texts[b])
        first = len(self.alphabet) + 1
        self._rank = {pair: first + i for i, pair in enumerate(self.merges)}
        self._made: dict[str, tuple[int, ...] | None] = {}  # a search learns from the same text again and again

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def texts(self) -> tuple[str, ...]:
        """What each token writes; "" for the end."""
        return tuple(self._texts)

    def unknown(self, smiles: str) -> list[str]:
        """The letters of a SMILES that this vocabulary does not hold (the whole text where it is not SMILES)."""
        found = letters(smiles)
        return [smiles] if found is None else sorted({x for x in found if x not in self._number})

    def encode(self, smiles: str) -> list[int] | None:
        """Token numbers without the end, or None where a letter is unknown (see ``unknown``)."""
        if smiles not in self._made:
            if len(self._made) >= _REMEMBERED:
                self._made.clear()
            made = self._encoded(smiles)
            self._made[smiles] = None if made is None else tuple(made)
        known = self._made[smiles]
        return None if known is None else list(known)

    def _encoded(self, smiles: str) -> list[int] | None:
        found = letters(smiles)
        if found is None:
            return None
        try:
            row = [self._number[x] for x in found]
        except KeyError:
            return None
        while len(row) > 1:
            ranked = [self._rank.get(pair, 0) for pair in pairwise(row)]
            best = min((r for r in ranked if r), default=0)
            if not best:
                break
            row = _merge_row(row, ranked, best)
        return row

    def decode(self, row: Sequence[int]) -> str:
        """The text of token numbers, up to the first end."""
        out: list[str] = []
        for token in row:
            if token == END:
                break
            out.append(self._texts[token])
        return "".join(out)

    def encode_corpus(self, smiles: Sequence[str]) -> tuple[NDArray[np.int16], NDArray[np.int64], Counter[str]]:
        """All texts at once: ``tokens (total,)`` each sequence closed by END, ``starts (kept + 1,)``, letters unknown.

        The same answer as ``encode`` text by text (a merge of rank r never makes room for one of lower rank, so the
        merges can be applied one after the other to everything). Texts with an unknown letter are left out; the
        counter says how many times each such letter occurred.
        """
        flat, unknown = self._flat(smiles)
        for (a, b), new in self._rank.items():
            flat = _merge_flat(flat, a, b, new)
        starts = np.concatenate([[0], np.flatnonzero(flat == END) + 1])
        return flat, starts.astype(np.int64), unknown

    def _flat(self, smiles: Sequence[str]) -> tuple[NDArray[np.int16], Counter[str]]:
        unknown: Counter[str] = Counter()
        flat: list[int] = []
        pieces: list[NDArray[np.int16]] = []
        for text in smiles:
            found = letters(text)
            row = [self._number.get(x, -1) for x in found] if found else [-1]
            if -1 in row:
                unknown.update(self.unknown(text))
                continue
            flat += row
            flat.append(END)
            if len(flat) > 1_000_000:
                pieces.append(np.array(flat, dtype=np.int16))
                flat = []
        return np.concatenate([*pieces, np.array(flat, dtype=np.int16)]), unknown

    def to_json(self) -> dict[str, Any]:
        """What a card stores of this tokenizer."""
        return {"alphabet": list(self.alphabet), "merges": [list(m) for m in self.merges]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Tokenizer:
        """The tokenizer that ``to_json`` stored."""
        return cls(data["alphabet"], [(a, b) for a, b in data["merges"]])


def learn_tokenizer(
    smiles: Sequence[str],
    merges: int,
    least: int = 1,
    sample: int = 100_000,
    seed: int = 0,
    alphabet: Sequence[str] = (),
    rings_apart: bool = False,
) -> Tokenizer:
    """Letters seen in at least ``least`` molecules, and the ``merges`` most frequent pairs of a random ``sample``.

    Greedy byte-pair encoding; ties go to the lower pair of numbers, so that the same texts give the same vocabulary.
    ``alphabet`` joins the letters whether seen or not. With ``rings_apart`` a ring label is never part of a merge:
    more tokens a molecule, but a model that closes a ring says that and nothing else.
    """
    counts: Counter[str] = Counter()
    for text in smiles:
        counts.update(set(letters(text) or ()))
    counts.update({x: least for x in alphabet if x not in counts})
    alphabet = sorted((x for x, n in counts.items() if n >= least), key=lambda x: (-counts[x], x))
    plain = Tokenizer(alphabet, [])
    joins = np.array([False, *(not (rings_apart and is_ring_label(x)) for x in alphabet), *[True] * merges])
    pick = np.random.default_rng(seed).permutation(len(smiles))[:sample]
    flat, _ = plain._flat([smiles[i] for i in np.sort(pick)])
    made: list[tuple[int, int]] = []
    size = len(alphabet) + 1
    for new in range(size, size + merges):
        left, right = flat[:-1].astype(np.int64), flat[1:].astype(np.int64)
        inside = joins[left] & joins[right]
        pairs = np.bincount(left[inside] * new + right[inside])
        if not len(pairs) or pairs.max() < 2:
            break
        a, b = divmod(int(pairs.argmax()), new)
        made.append((a, b))
        flat = _merge_flat(flat, a, b, new)
    return Tokenizer(alphabet, made)


def _merge_row(row: list[int], ranked: list[int], best: int) -> list[int]:
    out: list[int] = []
    i = 0
    while i < len(row):
        if i < len(ranked) and ranked[i] == best:
            out.append(best)
            i += 2
        else:
            out.append(row[i])
            i += 1
    return out


def _merge_flat(flat: NDArray[np.int16], a: int, b: int, new: int) -> NDArray[np.int16]:
    at = np.flatnonzero((flat[:-1] == a) & (flat[1:] == b))
    if not len(at):
        return flat
    if a == b:  # in a run of the same letter take every second pair from its left end, as _merge_row does
        run = np.concatenate([[0], np.cumsum(np.diff(at) != 1)])
        first = np.concatenate([[0], np.flatnonzero(np.diff(run)) + 1])
        at = at[(at - at[first][run]) % 2 == 0]
    flat = flat.copy()
    flat[at] = new
    return np.delete(flat, at + 1)
