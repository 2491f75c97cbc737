"""Sampling that keeps to the grammar of molecules: branches, rings, valences, Kekule structures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .partial_smiles import Partial
from .tokenizer import END, Tokenizer, letters

LAST_RESORT = 30.0  # nats that a token below the sampling floor is put back by: possible, but hardly ever drawn


class _Tables:
    """What the tokens of a vocabulary do to a text: made once for each vocabulary."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.letters = [tuple(letters(text) or ()) for text in tokenizer.texts]
        starting: dict[tuple[str, ...], list[int]] = {}
        for token, found in enumerate(self.letters):
            for k in range(1, len(found) + 1):
                starting.setdefault(found[:k], []).append(token)
        self.starting = {prefix: np.array(tokens) for prefix, tokens in starting.items()}
        depths = [[(x == "(") - (x == ")") for x in found] for found in self.letters]
        self.closes = np.array([")" in found for found in self.letters])
        labels = [{int(x.lstrip("%")) for x in found if x[0].isdigit() or x[0] == "%"} for found in self.letters]
        self.labelled = {n: np.array([n in held for held in labels]) for n in range(1, 100)}
        self.change = np.array([sum(d) for d in depths])
        self.lowest = [min([0, *(sum(d[: i + 1]) for i in range(len(d)))]) for d in depths]


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

    def draw(
        self, scores: Tensor, generator: torch.Generator, ended: Tensor | None = None, likely: Tensor | None = None
    ) -> Tensor:
        """One token each ``(batch,)`` from log-scores ``(batch, vocabulary)``.

        A text that no token can go on from is given up: it gets END, and is not a molecule. So does one that has
        ``ended (batch,)`` already. Tokens that are not ``likely (batch, vocabulary)`` are a last resort.
        """
        odds = _Odds(scores, generator, likely)
        tokens = odds.noisy.argmax(axis=1)
        stuck = np.zeros(len(tokens), dtype=bool)
        over = np.zeros(len(tokens), dtype=bool) if ended is None else ended.numpy()
        for i, first in enumerate(tokens.tolist()):
            token = END if over[i] else self._settle(i, odds, first)
            stuck[i] = token is None
            tokens[i] = token or END
        self._depth += self._of.change[tokens]
        self.stuck = torch.from_numpy(stuck)
        return torch.from_numpy(tokens)

    def _settle(self, i: int, odds: _Odds, token: int) -> int | None:
        """The first token, by score, that text ``i`` can go on with; None where there is none."""
        noisy = odds.noisy[i]
        depth = int(self._depth[i])
        refused: list[NDArray[np.int64] | int] = []
        spare: NDArray[np.float32] | None = None  # what is set aside for a text that is only finishing
        finishing = False
        while True:
            if noisy[token] == -np.inf:
                if not odds.widen(i, noisy, refused):
                    if spare is None:
                        return None
                    noisy, spare = spare, None
            elif depth + self._of.lowest[token] < 0:
                refused.append(token)
                noisy[token] = -np.inf
            else:
                banned = self._try(i, token)
                if banned is None:
                    return token
                refused.append(banned)
                noisy[banned] = -np.inf
                if not finishing and (token == END or self._of.letters[token][0] == ")"):
                    finishing = True
                    odds.widen(i, noisy, refused)
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
        trial = text.copy()  # the first was spoilt
        for k in range(1, len(found)):
            if not trial.feed(found[k - 1 : k]):
                return self._of.starting[found[:k]]
        return self._of.starting[found]

    def take(self, going: Tensor) -> None:
        """Keep these texts of the batch."""
        self._depth = self._depth[going.numpy()]
        self._texts = [self._texts[i] for i in going.tolist()]


class _Odds:
    """The scores of one draw with noise on them: the highest is a draw from the distribution.

    The highest of what remains after a refusal is a draw from the distribution over the rest, so noise is added once
    (Gumbel's trick). Noise is dear and few tokens are likely, so the others get theirs only where they are asked for.
    """

    def __init__(self, scores: Tensor, generator: torch.Generator, likely: Tensor | None) -> None:
        self._scores, self._generator, self._likely = scores, generator, likely
        self._wide = np.full(len(scores), likely is None)
        if likely is None:
            self.noisy: NDArray[np.float32] = self._with_noise(scores).numpy()
        else:
            at = likely.flatten().nonzero()[:, 0]
            noisy = torch.full_like(scores, -torch.inf)
            noisy.view(-1)[at] = self._with_noise(scores.flatten()[at])
            self.noisy = noisy.numpy()

    def _with_noise(self, scores: Tensor) -> Tensor:
        return scores - torch.empty_like(scores).exponential_(generator=self._generator).log_()

    def widen(self, i: int, noisy: NDArray[np.float32], refused: Sequence[NDArray[np.int64] | int]) -> bool:
        """Add to ``noisy``, of row ``i``, the tokens that are not likely, but for those refused; False where done."""
        if self._wide[i] or self._likely is None:
            return False
        self._wide[i] = True
        rest = ~self._likely[i]
        noisy[rest.numpy()] = (self._with_noise(self._scores[i][rest]) - LAST_RESORT).numpy()
        for tokens in refused:
            noisy[tokens] = -np.inf
        return True
