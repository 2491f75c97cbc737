"""Sampling that keeps to the grammar of molecules: branches, rings, valences, Kekule structures."""

from __future__ import annotations

import torch
from torch import Tensor

from .partial_smiles import Partial
from .tokenizer import END, Tokenizer, letters


class Grammar:
    """What each text of a batch may go on with.

    A token is drawn, checked against the text so far, and if no continuation of the two could be a molecule it is
    ruled out and another is drawn: the model's own distribution over the tokens that remain. Where the model would end
    the text or a branch while a ring or a branch in it is open, it goes on with a token that closes one, if one fits.
    """

    def __init__(self, tokenizer: Tokenizer, n: int) -> None:
        self._letters = [letters(text) or [] for text in tokenizer.texts]
        starts: dict[tuple[str, ...], list[int]] = {}
        for token, found in enumerate(self._letters):
            for k in range(1, len(found) + 1):
                starts.setdefault(tuple(found[:k]), []).append(token)
        self._starting = {prefix: torch.tensor(tokens) for prefix, tokens in starts.items()}
        depths = [[(x == "(") - (x == ")") for x in found] for found in self._letters]
        self._closes = torch.tensor([")" in found for found in self._letters])
        labels = [{int(x.lstrip("%")) for x in found if x[0].isdigit() or x[0] == "%"} for found in self._letters]
        self._labelled = {n: torch.tensor([n in held for held in labels]) for n in range(1, 100)}
        self._change = torch.tensor([sum(d) for d in depths])
        self._lowest = torch.tensor([min([0, *(sum(d[: i + 1]) for i in range(len(d)))]) for d in depths])
        self.depth = torch.zeros(n, dtype=torch.long)
        self._texts = [Partial() for _ in range(n)]

    def draw(self, scores: Tensor, generator: torch.Generator, ended: Tensor | None = None) -> Tensor:
        """One token each ``(batch,)`` from log-scores ``(batch, vocabulary)``, which are written into.

        A text that no token can go on from is given up: it gets END, and is not a molecule. So does one that has
        ``ended (batch,)`` already.
        """
        scores.masked_fill_(self.depth[:, None] + self._lowest[None, :] < 0, -torch.inf)
        spare: dict[int, Tensor] = {}  # what was set aside for texts that are only finishing
        tokens = torch.zeros(len(scores), dtype=torch.long)
        waiting = [i for i in range(len(scores)) if ended is None or not ended[i]]
        finishing: set[int] = set()
        while waiting:
            for i in [i for i in spare if not bool(torch.isfinite(scores[i]).any())]:
                scores[i] = spare.pop(i)
            possible = torch.isfinite(scores[waiting]).any(dim=1).tolist()
            waiting = [i for i, can in zip(waiting, possible, strict=True) if can]
            if not waiting:
                break
            drawn = torch.multinomial(torch.softmax(scores[waiting], dim=1), 1, generator=generator)[:, 0].tolist()
            refused = []
            for i, token in zip(waiting, drawn, strict=True):
                banned = self._try(i, token)
                if banned is None:
                    tokens[i] = token
                else:
                    scores[i, banned] = -torch.inf
                    if i not in finishing and (token == END or self._letters[token][0] == ")"):
                        finishing.add(i)
                        closers = self._closers(i)
                        spare[i] = scores[i].masked_fill(closers, -torch.inf)
                        scores[i].masked_fill_(~closers, -torch.inf)
                    refused.append(i)
            waiting = refused
        self.depth += self._change[tokens]
        return tokens

    def _closers(self, i: int) -> Tensor:
        """The tokens ``(vocabulary,)`` that close a branch or a ring that is open in text ``i``."""
        closers = self._closes
        for label in self._texts[i].open_rings():
            closers = closers | self._labelled[label]
        return closers

    def _try(self, i: int, token: int) -> Tensor | int | None:
        """Go on with a token, or say which tokens to rule out: all that begin with the letters that are refused."""
        text = self._texts[i]
        if token == END:
            return None if text.done() else END
        found = self._letters[token]
        trial = text.copy()
        if trial.feed(found):
            if not trial.viable():
                return token
            self._texts[i] = trial
            return None
        for k in range(1, len(found)):
            if not text.copy().feed(found[:k]):
                return self._starting[tuple(found[:k])]
        return self._starting[tuple(found)]

    def take(self, going: Tensor) -> None:
        """Keep these texts of the batch."""
        self.depth = self.depth[going]
        self._texts = [self._texts[i] for i in going.tolist()]
