"""Recurrent peers: the CharRNN of MOSES and a network of the REINVENT kind, with the way each is sampled.

CharRNN (Segler et al. 2018, ACS Cent. Sci. 4, 120; settings of Polykovskiy et al. 2020): LSTM of 3 x 768 units, dropout
0.2, embedding as wide as the vocabulary, at most 100 tokens. REINVENT kind (Olivecrona et al. 2017, J. Cheminf. 9, 48;
shape of REINVENT 4's published prior, Loeffler et al. 2024, J. Cheminf. 16, 20): LSTM of 3 x 512 units, embedding 256,
at most 256 tokens. Its loop runs the whole batch until every row draws the end in the same step; padding is trained
on, so that a finished row keeps drawing it. Tokens here are atoms, not characters, for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

from .alphabet import END, Alphabet


@dataclass(frozen=True, slots=True)
class RecurrentShape:
    """Layers, units, embedding width (0: the vocabulary's), dropout between layers, and the longest sequence."""

    layers: int
    hidden: int
    embedding: int
    dropout: float
    steps: int
    trains_padding: bool


SHAPES = {
    "char-rnn": RecurrentShape(3, 768, 0, 0.2, 100, False),
    "reinvent": RecurrentShape(3, 512, 256, 0.0, 256, True),
}


class Recurrent(nn.Module):
    """An LSTM language model over a plain alphabet."""

    def __init__(self, kind: str, alphabet: Alphabet, shape: RecurrentShape | None = None) -> None:
        super().__init__()
        self.kind, self.alphabet, self.shape = kind, alphabet, shape or SHAPES[kind]
        width = self.shape.embedding or len(alphabet)
        self.embedding = nn.Embedding(len(alphabet), width)
        self.rnn = nn.LSTM(width, self.shape.hidden, self.shape.layers, batch_first=True, dropout=self.shape.dropout)
        self.out = nn.Linear(self.shape.hidden, len(alphabet))

    def forward(self, tokens: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        """Logits ``(batch, tokens, vocabulary)`` of what follows each token, and the state after the last."""
        hidden, state = self.rnn(self.embedding(tokens), state)
        return self.out(hidden), state

    def loss(self, rows: Tensor, progress: float) -> Tensor:
        """Mean cross-entropy of a token in nats; ``rows (batch, tokens)`` closed and padded with END."""
        logits, _ = self(started(rows))
        return token_loss(logits, rows, self.shape.trains_padding)

    @torch.no_grad()
    def sample(self, n: int, generator: torch.Generator, lengths: Sequence[int] | None = None) -> list[str]:
        """``n`` texts in one batch. With ``lengths`` row i is made to end after so many tokens, whatever it draws.

        That is for networks that were never trained: their loop then runs as long as a trained one's.
        """
        current = torch.zeros(n, dtype=torch.long)
        last = None if lengths is None else torch.tensor(lengths)
        ended = torch.zeros(n, dtype=torch.bool)
        drawn: list[Tensor] = []
        spent = torch.zeros(n)
        state: Any = None
        for step in range(self.shape.steps - 1):
            logits, state = self(current[:, None], state)
            scores = logits[:, 0].log_softmax(dim=1)
            current = torch.multinomial(logits[:, 0].softmax(dim=1), 1, generator=generator)[:, 0]
            if last is not None:
                current = torch.where(last <= step, END, current)
            spent -= scores.gather(1, current[:, None])[:, 0]  # REINVENT keeps each row's likelihood
            drawn.append(current)
            ended |= current == END
            if bool((current == END).all() if self.shape.trains_padding else ended.all()):
                break
        return [self.alphabet.decode(row) for row in torch.stack(drawn, dim=1).tolist()]

    def describe(self) -> dict[str, Any]:
        """What a card must hold so that this network can be made again."""
        return {"kind": self.kind, "alphabet": list(self.alphabet.letters), "shape": asdict(self.shape)}

    @classmethod
    def build(cls, described: dict[str, Any]) -> Recurrent:
        """The network that ``describe`` wrote, with random weights."""
        return cls(described["kind"], Alphabet(described["alphabet"]), RecurrentShape(**described["shape"]))


def started(rows: Tensor) -> Tensor:
    """What each token of ``rows (batch, tokens)`` follows: END first, then the row without its last."""
    return torch.cat([torch.zeros_like(rows[:, :1]), rows[:, :-1]], dim=1)


def sizes(rows: Tensor) -> Tensor:
    """Tokens of each row ``(batch,)``, its first END included."""
    return ((rows == END).cumsum(dim=1) == 0).sum(dim=1) + 1


def token_loss(logits: Tensor, rows: Tensor, padding: bool) -> Tensor:
    """Mean cross-entropy (nats) of ``rows``; the END tokens behind each row's first count where ``padding`` says so."""
    losses = nn.functional.cross_entropy(logits.float().transpose(1, 2), rows, reduction="none")
    if padding:
        return losses.mean()
    mask = (torch.arange(rows.shape[1], device=rows.device)[None, :] < sizes(rows)[:, None]).float()
    return (losses * mask).sum() / mask.sum()
