"""Drawing texts from any model that can be stepped: grammar, probability floor, prefixes, finished texts dropped.

A model offers a ``Stepper``; recurrent, transformer and autoencoder models all do, so there is one sampling loop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
from torch import Tensor

from .grammar import LAST_RESORT, Grammar
from .tokenizer import END, Tokenizer, letters

FLOOR = 0.002  # what the house draws with; see Manner
_COLD = 1e-3  # stands for temperature 0: the most likely token takes all, ties aside
_SPARE = 0.06  # finished texts leave the batch once they are this share of it: moving others into their places costs


class Stepper(Protocol):
    """A batch of growing texts inside a model."""

    def step(self, tokens: Tensor) -> Tensor:
        """Log-scores ``(batch, vocabulary)`` of what follows, after one more token each ``(batch,)``."""
        ...

    def take(self, going: Tensor) -> None:
        """Keep these rows of the batch, in this order."""
        ...


@dataclass(frozen=True, slots=True)
class Manner:
    """How to draw. At ``temperature`` 0 the most likely token is taken.

    ``floor``: tokens of a lower probability are drawn only where the grammar leaves no other (epsilon sampling, Hewitt
    et al. 2022, Findings of EMNLP): one such token tends to derail the rest of the text.

    With ``grammar`` a token is not drawn after which no continuation could be a molecule (sartor.ml.grammar), and a
    text that comes to a dead end all the same is begun anew up to ``restarts`` times.
    """

    temperature: float = 1.0
    grammar: bool = True
    floor: float = 0.0
    restarts: int = 3


def draw(
    start: Callable[[Tensor], Stepper],
    tokenizer: Tokenizer,
    n: int,
    limit: int,
    generator: torch.Generator,
    manner: Manner,
    prefixes: Sequence[str] = (),
) -> list[str]:
    """``n`` texts in order; ``start`` gives a stepper for the texts of these numbers.

    ``prefixes`` (none, or one each) are texts to go on from; the first letter that follows one is an atom or a bond, so
    that what was written is finished by a chain from its last atom. A prefix that the grammar refuses, or with a letter
    the tokenizer does not know, gives "". A text that came to a dead end of the grammar, or is not closed within
    ``limit`` tokens, is begun anew up to ``manner.restarts`` times, then comes back as it is.
    """
    numbers = torch.arange(n)
    texts = [""] * n
    for turn in range(1 + (manner.restarts if manner.grammar else 0)):
        if turn:  # the likeliest text of all would run into the same dead end
            manner = replace(manner, temperature=manner.temperature or 1.0)
        told = [prefixes[i] for i in numbers.tolist()] if prefixes else []
        made, lost = _draw_once(start(numbers), tokenizer, len(numbers), limit, generator, manner, told)
        for i, text in zip(numbers.tolist(), made, strict=True):
            texts[i] = text
        numbers = numbers[lost]
        if not len(numbers):
            break
    return [t if t.startswith(p) else "" for t, p in zip(texts, prefixes, strict=True)] if prefixes else texts


def _draw_once(
    stepper: Stepper,
    tokenizer: Tokenizer,
    n: int,
    limit: int,
    generator: torch.Generator,
    manner: Manner,
    prefixes: Sequence[str],
) -> tuple[list[str], Tensor]:
    """One try at each text, and which ``(n,)`` of them are lost."""
    rows = torch.zeros((n, limit), dtype=torch.long)
    told = _Prefixes(tokenizer, prefixes) if prefixes else None
    rules = Grammar(tokenizer, n) if manner.grammar else None
    lost = torch.zeros(n, dtype=torch.bool)
    alive = torch.arange(n)
    ended = torch.zeros(n, dtype=torch.bool)
    tokens = torch.zeros(n, dtype=torch.long)
    for position in range(limit):
        scores = stepper.step(tokens).float() / (manner.temperature or _COLD)
        likely = torch.softmax(scores, dim=1) >= manner.floor if manner.floor > 0 else None
        if told is not None:
            told.hold(scores, alive.tolist(), tokens.tolist(), position)
        if rules is None:
            if likely is not None:
                scores = torch.where(likely, scores, scores - LAST_RESORT)
            scores[ended] = -torch.inf  # only END is left to them
            scores[ended, END] = 0.0
            tokens = torch.multinomial(torch.softmax(scores, dim=1), 1, generator=generator)[:, 0]
        else:
            tokens = rules.draw(scores, generator, ended, likely)
            lost[alive[rules.stuck]] = True
        rows[alive, position] = tokens
        ended = ended | (tokens == END)
        if bool(ended.all()):
            break
        if int(ended.sum()) >= max(1.0, _SPARE * len(ended)):
            going = _closed_up(~ended)
            alive, tokens, ended = alive[going], tokens[going], ended[going]
            stepper.take(going)
            if rules is not None:
                rules.take(going)
    lost[alive[~ended]] = True
    return [tokenizer.decode(row) for row in rows.tolist()], lost


def _closed_up(kept: Tensor) -> Tensor:
    """The rows that are ``kept (batch,)``, as many of them as can be in their place: the last ones fill the gaps."""
    rows = torch.nonzero(kept)[:, 0]
    order = torch.arange(len(rows))
    order[~kept[: len(rows)]] = rows[rows >= len(rows)]
    return order


class _Prefixes:
    """Holds each text of a batch to its prefix.

    The last token of a prefix may have grown into a longer one in the texts the model learned from; so the token in its
    place may be any that begins with the same letters and goes on with an atom or a bond.
    """

    def __init__(self, tokenizer: Tokenizer, prefixes: Sequence[str]) -> None:
        found = [letters(text) or [] for text in tokenizer.texts]
        self._opens = torch.tensor([bool(f) and _is_chain(f[0]) for f in found])
        self._longer: dict[int, Tensor] = {}
        self._letters = found
        self._rows = [tokenizer.encode(p) if p else [] for p in prefixes]

    def hold(self, scores: Tensor, numbers: Sequence[int], last: Sequence[int], position: int) -> None:
        """Rule out what does not fit the prefixes of texts ``numbers`` at a position; ``last``: their last tokens."""
        for i, number in enumerate(numbers):
            row = self._rows[number]
            if row is None:
                scores[i] = -torch.inf
                scores[i, END] = 0.0
            elif position < len(row) - 1:
                kept = scores[i, row[position]].clone()
                scores[i] = -torch.inf
                scores[i, row[position]] = torch.nan_to_num(kept, neginf=0.0)
            elif position == len(row) - 1:
                scores[i].masked_fill_(~self._grown(row[-1]), -torch.inf)
            elif row and position == len(row) and last[i] == row[-1]:
                scores[i].masked_fill_(~self._opens, -torch.inf)

    def _grown(self, token: int) -> Tensor:
        if token not in self._longer:
            base = self._letters[token]
            fits = [f[: len(base)] == base and (len(f) == len(base) or _is_chain(f[len(base)])) for f in self._letters]
            self._longer[token] = torch.tensor(fits)
        return self._longer[token]


def _is_chain(letter: str) -> bool:
    return letter[0].isalpha() or letter[0] in "[-=#$:/\\~"
