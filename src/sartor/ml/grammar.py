"""Sampling that keeps to the grammar of molecules: branches, rings, valences, Kekule structures."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .partial_smiles import Partial
from .tokenizer import END, Tokenizer, letters


class _Tables:
    """What the tokens of a vocabulary do to a text: made once for each vocabulary."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.letters = [letters(text) or [] for text in tokenizer.texts]
        starting: dict[tuple[str, ...], list[int]] = {}
        for token, found in enumerate(self.letters):
            for k in range(1, len(found) + 1):
                starting.setdefault(tuple(found[:k]), []).append(token)
        self.starting = {prefix: np.array(tokens) for prefix, tokens in starting.items()}
        depths = [[(x == "(") - (x == ")") for x in found] for found in self.letters]
        self.closes = np.array([")" in found for found in self.letters])
        labels = [{int(x.lstrip("%")) for x in found if x[0].isdigit() or x[0] == "%"} for found in self.letters]
        self.labelled = {n: np.array([n in held for held in labels]) for n in range(1, 100)}
        self.change = np.array([sum(d) for d in depths])
        self.lowest = np.array([min([0, *(sum(d[: i + 1]) for i in range(len(d)))]) for d in depths])


@lru_cache(maxsize=8)
def _tables(tokenizer: Tokenizer) -> _Tables:
    return _Tables(tokenizer)


class Grammar:
    """What each text of a batch may go on with.

    A token is drawn, checked against the text so far, and if no continuation of the two could be a molecule it is
    ruled out and another is drawn: the model's own distribution over the tokens that remain. Where the model would end
    the text or a branch while a ring or a branch in it is open, it goes on with a token that closes one, if one fits.
    """

    def __init__(self, tokenizer: Tokenizer, n: int) -> None:
        self._of = _tables(tokenizer)
        self._depth = np.zeros(n, dtype=np.int64)
        self._texts = [Partial() for _ in range(n)]
        self.stuck = torch.zeros(n, dtype=torch.bool)  # texts that the latest draw gave up

    def draw(self, scores: Tensor, generator: torch.Generator, ended: Tensor | None = None) -> Tensor:
        """One token each ``(batch,)`` from log-scores ``(batch, vocabulary)``.

        A text that no token can go on from is given up: it gets END, and is not a molecule. So does one that has
        ``ended (batch,)`` already.

        The highest score after Gumbel noise is a draw from the distribution, and the highest of what remains after a
        refusal is a draw from the distribution over the rest, so noise is added once.
        """
        noise = torch.empty_like(scores).exponential_(generator=generator).log_()
        noisy = (scores - noise).numpy()
        noisy[self._depth[:, None] + self._of.lowest[None, :] < 0] = -np.inf
        tokens = noisy.argmax(axis=1)
        stuck = np.zeros(len(tokens), dtype=bool)
        over = np.zeros(len(tokens), dtype=bool) if ended is None else ended.numpy()
        for i in range(len(tokens)):
            token = END if over[i] else self._settle(i, noisy[i], int(tokens[i]))
            stuck[i] = token is None
            tokens[i] = token or END
        self._depth += self._of.change[tokens]
        self.stuck = torch.from_numpy(stuck)
        return torch.from_numpy(tokens)

    def _settle(self, i: int, noisy: NDArray[np.float32], token: int) -> int | None:
        """The first token, by score, that text ``i`` can go on with; None where there is none."""
        spare: NDArray[np.float32] | None = None  # what is set aside for a text that is only finishing
        finishing = False
        while True:
            if noisy[token] == -np.inf:
                if spare is None:
                    return None
                noisy, spare = spare, None
            else:
                banned = self._try(i, token)
                if banned is None:
                    return token
                noisy[banned] = -np.inf
                if not finishing and (token == END or self._of.letters[token][0] == ")"):
                    finishing = True
                    closers = self._closers(i)
                    spare = np.where(closers, -np.inf, noisy)
                    noisy = np.where(closers, noisy, -np.inf)
            token = int(noisy.argmax())

    def _closers(self, i: int) -> NDArray[np.bool_]:
        """The tokens ``(vocabulary,)`` that close a branch or a ring that is open in text ``i``."""
        closers = self._of.closes
        for label in self._texts[i].open_rings():
            closers = closers | self._of.labelled[label]
        return closers

    def _try(self, i: int, token: int) -> NDArray[np.int64] | int | None:
        """Go on with a token, or say which tokens to rule out: all that begin with the letters that are refused."""
        text = self._texts[i]
        if token == END:
            return None if text.done() else END
        found = self._of.letters[token]
        trial = text.copy()
        if trial.feed(found):
            self._texts[i] = trial
            return None
        for k in range(1, len(found)):
            if not text.copy().feed(found[:k]):
                return self._of.starting[tuple(found[:k])]
        return self._of.starting[tuple(found)]

    def take(self, going: Tensor) -> None:
        """Keep these texts of the batch."""
        self._depth = self._depth[going.numpy()]
        self._texts = [self._texts[i] for i in going.tolist()]
