"""The variational autoencoder of MOSES: a molecule to 128 numbers and back.

Settings of Polykovskiy et al. 2020, Front. Pharmacol. 11, 565644, and their public code: a bidirectional GRU of 256
units encodes, a GRU of 3 x 512 units decodes with the latent vector at every step, dropout 0.2 between its layers; the
weight of the KL term rises linearly from 0 to 0.05 over the training; at most 100 tokens. Tokens are atoms here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from .alphabet import END, Alphabet
from .recurrent import sizes, started, token_loss


@dataclass(frozen=True, slots=True)
class AutoencoderShape:
    """Units of the encoder (each way), the latent vector, the decoder and its layers; KL weight; longest sequence."""

    encoder: int = 256
    latent: int = 128
    decoder: int = 512
    layers: int = 3
    dropout: float = 0.2
    kl_weight: float = 0.05
    steps: int = 100


class Autoencoder(nn.Module):
    """Sequence-to-sequence variational autoencoder over a plain alphabet."""

    kind = "vae"

    def __init__(self, alphabet: Alphabet, shape: AutoencoderShape | None = None) -> None:
        super().__init__()
        self.alphabet, self.shape = alphabet, shape or AutoencoderShape()
        s, width = self.shape, len(alphabet)
        self.embedding = nn.Embedding(width, width)
        self.encoder = nn.GRU(width, s.encoder, batch_first=True, bidirectional=True)
        self.mean = nn.Linear(2 * s.encoder, s.latent)
        self.log_variance = nn.Linear(2 * s.encoder, s.latent)
        self.decoder = nn.GRU(width + s.latent, s.decoder, s.layers, batch_first=True, dropout=s.dropout)
        self.start = nn.Linear(s.latent, s.decoder)
        self.out = nn.Linear(s.decoder, width)

    def encode(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log variance ``(batch, latent)`` of rows closed and padded with END."""
        packed = pack_padded_sequence(self.embedding(rows), sizes(rows).cpu(), batch_first=True, enforce_sorted=False)
        _, hidden = self.encoder(packed)
        both = torch.cat([hidden[0], hidden[1]], dim=1)
        return self.mean(both), self.log_variance(both)

    def decode(self, tokens: Tensor, latent: Tensor, state: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Logits ``(batch, tokens, vocabulary)`` of what follows each token, and the state after the last."""
        if state is None:
            state = self.start(latent)[None].repeat(self.shape.layers, 1, 1)
        again = latent[:, None].expand(-1, tokens.shape[1], -1)
        hidden, state = self.decoder(torch.cat([self.embedding(tokens), again], dim=2), state)
        return self.out(hidden), state

    def loss(self, rows: Tensor, progress: float) -> Tensor:
        """Nats per token to write the row back, and the weighted KL term of a molecule at this progress 0..1."""
        mean, log_variance = self.encode(rows)
        latent = mean + (log_variance / 2).exp() * torch.randn_like(mean)
        logits, _ = self.decode(started(rows), latent)
        divergence = 0.5 * (log_variance.exp() + mean**2 - 1 - log_variance).float().sum(dim=1).mean()
        return token_loss(logits, rows, False) + self.shape.kl_weight * progress * divergence

    @torch.no_grad()
    def sample(self, n: int, generator: torch.Generator) -> list[str]:
        """``n`` texts in one batch, from latent vectors of the standard normal distribution."""
        latent = torch.randn((n, self.shape.latent), generator=generator)
        current = torch.zeros(n, dtype=torch.long)
        ended = torch.zeros(n, dtype=torch.bool)
        drawn: list[Tensor] = []
        state: Tensor | None = None
        for _ in range(self.shape.steps - 1):
            logits, state = self.decode(current[:, None], latent, state)
            current = torch.multinomial(logits[:, 0].softmax(dim=1), 1, generator=generator)[:, 0]
            drawn.append(current)
            ended |= current == END
            if bool(ended.all()):
                break
        return [self.alphabet.decode(row) for row in torch.stack(drawn, dim=1).tolist()]

    def describe(self) -> dict[str, Any]:
        """What a card must hold so that this network can be made again."""
        return {"kind": self.kind, "alphabet": list(self.alphabet.letters), "shape": asdict(self.shape)}

    @classmethod
    def build(cls, described: dict[str, Any]) -> Autoencoder:
        """The network that ``describe`` wrote, with random weights."""
        return cls(Alphabet(described["alphabet"]), AutoencoderShape(**described["shape"]))
