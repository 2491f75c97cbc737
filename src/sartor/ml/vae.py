"""A variational autoencoder of SMILES tokens with a latent space of 256 dimensions, property heads and its own prior.

The latent vector is 16 slots of 16 numbers; slot k speaks of tokens 2k and 2k + 1, so it is learned on a laptop in less
than an hour where one undivided vector needs days. The decoder also sees the whole vector at every step, and the heads
predict five properties from it. Kingma & Welling 2014 (ICLR); property heads as in Gomez-Bombarelli et al. 2018 (ACS
Cent. Sci. 4, 268). Layers are those of the transformer. New molecules come from a learned prior (``ml.slot_prior``),
trained beside the rest on latents it does not pull at: the KL term still holds them to N(0, I).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, pad, rms_norm

from .partial_smiles import whole
from .sampling import Manner, draw
from .sequence_model import counted, shifted
from .slot_heads import SlotHeads
from .slot_prior import PriorShape, SlotPrior
from .tokenizer import END, Tokenizer, letters
from .transformer import Block, Cache, TransformerShape, angles
from .wishes import PROPERTIES

PER_SLOT = 2  # tokens that one slot speaks of
SLOTS = 16
MAX_TOKENS = SLOTS * PER_SLOT  # longer texts (0.3 % of the corpus) are not encoded
EXACT = Manner(temperature=0.0)
TRIES = 8  # latents drawn for one text, where those before came to a dead end
BETA = 0.6  # weight of the KL term, reached after a third of the training; 1 would give up exact reconstruction
HEADS = 5.0  # weight of the property heads' squared error
PRIOR = 0.5  # weight of the prior's negative log-density


@dataclass(frozen=True, slots=True)
class VaeShape:
    """Encoder and decoder layers, width, heads, taps, and numbers in each of the 16 slots; the prior's own shape."""

    encoder: int = 2
    decoder: int = 3
    width: int = 256
    heads: int = 4
    taps: int = 3
    slot: int = 16
    prior: PriorShape = field(default_factory=PriorShape)

    @classmethod
    def of(cls, described: dict[str, Any]) -> VaeShape:
        """The shape that ``asdict`` wrote."""
        return cls(**{**described, "prior": PriorShape(**described["prior"])})

    @property
    def latent(self) -> int:
        """Dimensions of the latent space."""
        return SLOTS * self.slot

    def layers(self, count: int) -> TransformerShape:
        """The shape of ``count`` of its layers."""
        return TransformerShape(count, self.width, self.heads, self.taps)


class Vae(nn.Module):
    """Encoder, decoder and property heads. Latents are ``(batch, latent)``; rows of tokens are padded with END."""

    kind = "vae"
    center: Tensor
    scales: Tensor
    property_mean: Tensor
    property_scale: Tensor
    cosines: Tensor
    sines: Tensor

    def __init__(self, tokenizer: Tokenizer, shape: VaeShape) -> None:
        super().__init__()
        self.tokenizer, self.shape = tokenizer, shape
        self.beta = BETA
        width = shape.width
        self.embedding = nn.Embedding(len(tokenizer), width)
        self.encoder = nn.ModuleList(Block(shape.layers(shape.encoder)) for _ in range(shape.encoder))
        self.posterior = nn.Linear(PER_SLOT * width, 2 * shape.slot)
        self.whole = nn.Linear(shape.latent, width, bias=False)
        self.near = nn.Linear(3 * shape.slot, PER_SLOT * width, bias=False)
        self.decoder = nn.ModuleList(Block(shape.layers(shape.decoder)) for _ in range(shape.decoder))
        self.heads = SlotHeads(SLOTS, shape.slot)
        self.ahead = SlotPrior(SLOTS, shape.slot, shape.prior)
        nn.init.normal_(self.embedding.weight, std=0.05)
        turns = angles(width // shape.heads)
        self.register_buffer("cosines", turns.cos(), persistent=False)
        self.register_buffer("sines", turns.sin(), persistent=False)
        # What a latent of a real molecule looks like, and the scale of the properties: set once training is over.
        self.register_buffer("center", torch.zeros(shape.latent))
        self.register_buffer("scales", torch.ones(shape.latent))
        self.register_buffer("property_mean", torch.zeros(len(PROPERTIES)))
        self.register_buffer("property_scale", torch.ones(len(PROPERTIES)))

    def encode(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log-variance ``(batch, latent)`` of the posterior of ``rows (batch, at most MAX_TOKENS)``."""
        rows = pad(rows, (0, MAX_TOKENS - rows.shape[1]), value=END)
        ends = (rows != END).sum(dim=1)  # where each text's END stands; what is behind it says nothing
        used = min(int(ends.max()) // PER_SLOT + 1, SLOTS) * PER_SLOT
        seen = torch.arange(used, device=rows.device)[None] <= ends[:, None]
        x = rms_norm(self.embedding(rows[:, :used]), (self.shape.width,))
        turn = (self.cosines[:used], self.sines[:used])
        for layer, block in enumerate(self.encoder):
            x = block(x, turn, None, layer, seen[:, None, None])
        x = rms_norm(x, (self.shape.width,)) * seen[:, :, None]
        found = self.posterior(x.reshape(len(rows), used // PER_SLOT, -1)) * seen[:, ::PER_SLOT, None]
        mean, logvar = found.chunk(2, dim=-1)
        # A slot past the end has mean 0 and log-variance 0: the prior.
        told = (mean, logvar.clamp(-8.0, 2.0))
        first, second = (pad(part, (0, 0, 0, SLOTS - used // PER_SLOT)).flatten(1) for part in told)
        return first, second

    def hints(self, z: Tensor) -> Tensor:
        """What the decoder is told at each position ``(batch, MAX_TOKENS, width)``: the slot there and those beside."""
        slots = z.view(len(z), SLOTS, self.shape.slot)
        wide = pad(slots, (0, 0, 1, 1))
        three = torch.cat([wide[:, :-2], wide[:, 1:-1], wide[:, 2:]], dim=-1)
        return self.near(three).view(len(z), MAX_TOKENS, self.shape.width) + self.whole(z)[:, None]

    def decode(self, tokens: Tensor, hints: Tensor, cache: Cache | None = None) -> Tensor:
        """Logits ``(batch, tokens, vocabulary)`` of what follows each token; ``hints`` are of the same positions."""
        first = 0 if cache is None else cache.length
        last = first + tokens.shape[1]
        x = rms_norm(self.embedding(tokens) + hints, (self.shape.width,))
        turn = (self.cosines[first:last], self.sines[first:last])
        for layer, block in enumerate(self.decoder):
            x = block(x, turn, cache, layer)
        if cache is not None:
            cache.length = last
        return rms_norm(x, (self.shape.width,)) @ self.embedding.weight.T * (self.shape.width**-0.5 * 8)

    def losses(self, rows: Tensor, properties: Tensor, generator: torch.Generator | None = None) -> dict[str, Tensor]:
        """Means over the batch: ``reconstruction``, ``kl``, ``prior`` (nats a molecule), ``heads`` (squared error).

        ``properties (batch, 5)`` are standardized, NaN where not measured.
        """
        mean, logvar = self.encode(rows)
        noise = torch.randn(mean.shape, generator=generator, device=mean.device)
        z = mean + noise * (0.5 * logvar).exp()
        at = counted(rows).flatten().nonzero()[:, 0]
        logits = self.decode(shifted(rows), self.hints(z)[:, : rows.shape[1]]).flatten(0, 1)
        reconstruction = cross_entropy(logits[at], rows.flatten()[at], reduction="sum") / len(rows)
        kl = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).sum(dim=1).mean()
        known = ~properties.isnan()
        errors = (self.heads(z) - properties.nan_to_num()).square() * known
        return {
            "reconstruction": reconstruction,
            "kl": kl,
            "heads": errors.sum() / known.sum().clamp(min=1),
            "prior": self.ahead.nll(z.detach()).mean(),
        }

    def loss(self, rows: Tensor, properties: Tensor) -> Tensor:
        """What training lowers: reconstruction + beta KL + errors of the heads + the prior's negative log-density."""
        found = self.losses(rows, properties)
        drawn = found["reconstruction"] + self.beta * found["kl"]
        return drawn + HEADS * found["heads"] + PRIOR * found["prior"]

    def at(self, progress: float) -> None:
        """Set the weight of the KL term for a progress 0..1 of the training."""
        self.beta = BETA * min(1.0, 0.05 + 3 * progress)

    def predicted(self, z: Tensor) -> Tensor:
        """The five properties ``(batch, 5)`` of latents, in their own units (order: wishes.PROPERTIES)."""
        return self.heads(z) * self.property_scale + self.property_mean

    def prior(self, n: int, generator: torch.Generator, standard: bool = False) -> Tensor:
        """``n`` latents: from the learned prior, or (``standard``) from N(0, I)."""
        if standard:
            return torch.randn((n, self.shape.latent), generator=generator)
        return self.ahead.draw(n, generator)

    @torch.no_grad()
    def write(self, z: Tensor, generator: torch.Generator, manner: Manner = EXACT) -> list[str]:
        """The texts of latents, most likely token by token unless ``manner`` has a temperature."""
        hints = self.hints(z)

        def start(numbers: Tensor) -> _Decoding:
            return _Decoding(self, hints[numbers])

        return draw(start, self.tokenizer, len(z), MAX_TOKENS, generator, manner)

    def fresh(self, n: int, generator: torch.Generator, standard: bool = False) -> list[str]:
        """``n`` texts of new latents. One that comes to a dead end is begun anew from another latent, TRIES in all."""
        texts, left = [""] * n, list(range(n))
        for _ in range(TRIES):
            made = self.write(self.prior(len(left), generator, standard), generator, replace(EXACT, restarts=0))
            for i, text in zip(left, made, strict=True):
                texts[i] = text
            left = [i for i in left if not whole(letters(texts[i]) or ["."])]
            if not left:
                break
        return texts

    def matrices(self) -> list[nn.Parameter]:
        """The hidden matrices, which Muon updates."""
        blocks = [*self.encoder.parameters(), *self.decoder.parameters()]
        heads = list(self.heads.look.parameters())
        return [p for p in [*blocks, *heads] if p.shape[0] > self.shape.taps] + self.ahead.matrices()

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as half-precision arrays, by name."""
        return {k: v.detach().cpu().numpy().astype(np.float16) for k, v in self.state_dict().items()}

    def describe(self) -> dict[str, Any]:
        """What a card must hold so that ``build`` can make this model again."""
        return {"kind": self.kind, "shape": asdict(self.shape), "tokenizer": self.tokenizer.to_json()}

    @classmethod
    def build(cls, description: dict[str, Any], arrays: dict[str, np.ndarray]) -> Vae:
        """The model that ``describe`` and ``arrays`` stored."""
        model = cls(Tokenizer.from_json(description["tokenizer"]), VaeShape.of(description["shape"]))
        model.load_state_dict({k: torch.from_numpy(v.astype(np.float32)) for k, v in arrays.items()})
        return model


class _Decoding:
    """A batch of latents on their way to texts."""

    def __init__(self, model: Vae, hints: Tensor) -> None:
        self.model, self.hints = model, hints
        self.cache = Cache(model.shape.layers(model.shape.decoder), len(hints))

    def step(self, tokens: Tensor) -> Tensor:
        at = self.cache.length
        return self.model.decode(tokens[:, None], self.hints[:, at : at + 1], self.cache)[:, 0]

    def take(self, going: Tensor) -> None:
        self.cache.take(going)
        self.hints = self.hints[going]


def token_rows(tokenizer: Tokenizer, smiles: Sequence[str]) -> tuple[Tensor, list[int]]:
    """Token rows ``(kept, MAX_TOKENS)`` and the numbers of the texts that have one: known letters, not too long."""
    made = [tokenizer.encode(s) for s in smiles]
    kept = [i for i, row in enumerate(made) if row is not None and len(row) < MAX_TOKENS]
    out = np.zeros((len(kept), MAX_TOKENS), dtype=np.int64)
    for k, i in enumerate(kept):
        row = made[i] or []
        out[k, : len(row)] = row
    return torch.from_numpy(out), kept
