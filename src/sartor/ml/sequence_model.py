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

from .sampling import Manner, draw
from .tokenizer import END, Tokenizer

MAX_TOKENS = 128  # the longest molecule of the training corpus has 58; prefixes and random forms take more


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

    def loss(self, rows: Tensor, wishes: Tensor | None = None) -> Tensor:
        """Mean negative log-likelihood (nats) of a token; this model takes no ``wishes`` (see Transformer)."""
        logits, _ = self(shifted(rows))
        losses = nn.functional.cross_entropy(logits.float().transpose(1, 2), rows, reduction="none")
        mask = counted(rows)
        return (losses * mask).sum() / mask.sum()

    def log_likelihood(self, rows: Tensor, wishes: Tensor | None = None) -> Tensor:
        """Natural log-likelihood ``(batch,)`` of whole sequences; ``rows (batch, tokens)`` are padded with END."""
        logits, _ = self(shifted(rows))
        losses = nn.functional.cross_entropy(logits.float().transpose(1, 2), rows, reduction="none")
        return -(losses * counted(rows)).sum(dim=1)

    @torch.no_grad()
    def sample(
        self,
        n: int,
        generator: torch.Generator,
        manner: Manner = Manner(),
        prefixes: Sequence[str] = (),
        wishes: Sequence[int] = (),
    ) -> list[str]:
        """``n`` texts drawn from the model, in order (see sampling.draw). This model takes no ``wishes``."""
        if any(wishes):
            raise PartError("a recurrent prior cannot be asked for properties; use the transformer")
        return draw(lambda _: _Growing(self), self.tokenizer, n, MAX_TOKENS, generator, manner, prefixes)

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as half-precision arrays, by name."""
        return {k: v.detach().cpu().numpy().astype(np.float16) for k, v in self.state_dict().items()}

    def describe(self) -> dict[str, Any]:
        """What a card must hold so that ``build`` can make this model again."""
        return {"shape": asdict(self.shape), "tokenizer": self.tokenizer.to_json()}

    @classmethod
    def build(cls, description: dict[str, Any], arrays: dict[str, np.ndarray]) -> SequenceModel:
        """The model that ``describe`` and ``arrays`` stored."""
        model = cls(Tokenizer.from_json(description["tokenizer"]), Shape(**description["shape"]))
        model.load_state_dict({k: torch.from_numpy(v.astype(np.float32)) for k, v in arrays.items()})
        return model


def shifted(rows: Tensor) -> Tensor:
    """What stands before each token of ``rows (batch, tokens)``: END before the first."""
    return torch.cat([torch.zeros_like(rows[:, :1]), rows[:, :-1]], dim=1)


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


class _Growing:
    """A batch of texts that grow by one token a step."""

    def __init__(self, model: SequenceModel) -> None:
        self.model, self.state = model, None

    def step(self, tokens: Tensor) -> Tensor:
        logits, self.state = self.model(tokens[:, None], self.state)
        return logits[:, 0]

    def take(self, going: Tensor) -> None:
        if isinstance(self.state, tuple):
            self.state = tuple(part[:, going].contiguous() for part in self.state)
        elif self.state is not None:
            self.state = self.state[:, going].contiguous()
