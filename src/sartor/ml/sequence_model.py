"""A recurrent language model of SMILES tokens: likelihood, sampling, and its weights as plain arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from sartor.core import PartError

from .grammar import Grammar
from .tokenizer import END, Tokenizer

MAX_TOKENS = 64  # the longest molecule of the training corpus has 58
LAST_RESORT = 30.0  # nats that a token below the sampling floor is put back by: possible, but hardly ever drawn


@dataclass(frozen=True, slots=True)
class Shape:
    """Size of a model: recurrent cell ("gru" or "lstm"), layers, units per layer, embedding width."""

    cell: str = "gru"
    layers: int = 2
    hidden: int = 512
    embedding: int = 128

    def __post_init__(self) -> None:
        if self.cell not in ("lstm", "gru"):
            raise PartError(f"a sequence model's cell is 'lstm' or 'gru', not {self.cell!r}")


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Run torch on this many threads, then as before: results are repeatable only for a fixed count."""
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class SequenceModel(nn.Module):
    """Next-token model over a tokenizer's vocabulary; a sequence starts from END and closes with END."""

    def __init__(self, tokenizer: Tokenizer, shape: Shape) -> None:
        super().__init__()
        self.tokenizer = tokenizer
        self.shape = shape
        self.embedding = nn.Embedding(len(tokenizer), shape.embedding)
        cell = nn.LSTM if shape.cell == "lstm" else nn.GRU
        self.rnn = cell(shape.embedding, shape.hidden, shape.layers, batch_first=True)
        self.out = nn.Linear(shape.hidden, len(tokenizer))
        if shape.cell == "lstm":  # remember by default (Jozefowicz et al. 2015, ICML)
            for name, weight in self.rnn.named_parameters():
                if name.startswith("bias_ih"):
                    weight.data[shape.hidden : 2 * shape.hidden] = 1.0

    def forward(self, tokens: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        """Logits ``(batch, tokens, vocabulary)`` of what follows each token, and the state after the last."""
        hidden, state = self.rnn(self.embedding(tokens), state)
        return self.out(hidden), state

    def log_likelihood(self, rows: Tensor) -> Tensor:
        """Natural log-likelihood ``(batch,)`` of whole sequences; ``rows (batch, tokens)`` are padded with END."""
        before = torch.cat([torch.zeros_like(rows[:, :1]), rows[:, :-1]], dim=1)
        logits, _ = self(before)
        losses = nn.functional.cross_entropy(logits.float().transpose(1, 2), rows, reduction="none")
        return -(losses * counted(rows)).sum(dim=1)

    @torch.no_grad()
    def sample(
        self, n: int, generator: torch.Generator, temperature: float = 1.0, grammar: bool = True, floor: float = 0.0
    ) -> list[str]:
        """``n`` texts drawn from the model, in order; a sequence not closed within MAX_TOKENS comes back cut.

        With ``grammar`` a token is not drawn after which no continuation could be a molecule (see ml.grammar). A token
        of a probability below ``floor`` is drawn only where the grammar leaves no other (epsilon sampling, Hewitt et
        al. 2022, Findings of EMNLP): one such token tends to derail the rest of the text.
        """
        rows = torch.zeros((n, MAX_TOKENS), dtype=torch.long)
        alive = torch.arange(n)
        tokens = torch.zeros((n, 1), dtype=torch.long)
        state: Any = None
        rules = Grammar(self.tokenizer, n) if grammar else None
        for position in range(MAX_TOKENS):
            logits, state = self(tokens, state)
            scores = logits[:, 0].float() / temperature
            if floor > 0:
                shares = torch.softmax(scores, dim=1)
                scores = torch.where(shares < floor, scores - LAST_RESORT, scores)
            if rules is None:
                tokens = torch.multinomial(torch.softmax(scores, dim=1), 1, generator=generator)
            else:
                tokens = rules.draw(scores, generator)[:, None]
            rows[alive, position] = tokens[:, 0]
            going = torch.nonzero(tokens[:, 0] != END)[:, 0]
            if not len(going):
                break
            if len(going) < len(alive):  # finished sequences leave the batch
                alive, tokens = alive[going], tokens[going]
                state = _take(state, going)
                if rules is not None:
                    rules.take(going)
        return [self.tokenizer.decode(row) for row in rows.tolist()]

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as half-precision arrays, by name."""
        return {k: v.detach().numpy().astype(np.float16) for k, v in self.state_dict().items()}

    def describe(self) -> dict[str, Any]:
        """What a card must hold so that ``build`` can make this model again."""
        return {"shape": asdict(self.shape), "tokenizer": self.tokenizer.to_json()}

    @classmethod
    def build(cls, description: dict[str, Any], arrays: dict[str, np.ndarray]) -> SequenceModel:
        """The model that ``describe`` and ``arrays`` stored."""
        model = cls(Tokenizer.from_json(description["tokenizer"]), Shape(**description["shape"]))
        model.load_state_dict({k: torch.from_numpy(v.astype(np.float32)) for k, v in arrays.items()})
        return model


def pad(rows: Sequence[Sequence[int]]) -> Tensor:
    """Token rows closed and padded with END: ``(batch, longest + 1)``."""
    out = np.zeros((len(rows), max(map(len, rows), default=0) + 1), dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)


def fast_half() -> bool:
    """True where this processor multiplies bfloat16 faster than single precision (AVX512-BF16)."""
    asked = getattr(torch.cpu, "_is_avx512_bf16_supported", None)  # private in torch; absent means no
    return bool(asked is not None and asked())


def counted(rows: Tensor) -> Tensor:
    """1.0 for the tokens of each sequence and its first END, 0.0 for the padding after it."""
    ended = (rows == END).cumsum(dim=1)
    return ((ended == 0) | ((ended == 1) & (rows == END))).float()


def _take(state: Any, going: Tensor) -> Any:
    if isinstance(state, tuple):
        return tuple(part[:, going].contiguous() for part in state)
    return state[:, going].contiguous()
