"""A decoder-only transformer of SMILES tokens: likelihood, cached sampling, and its weights as plain arrays.

Rotary positions (Su et al. 2021, arXiv 2104.09864), normalized queries and keys (Henry et al. 2020, Findings of
EMNLP), squared ReLU and a short causal convolution before attention (Primer: So et al. 2021, NeurIPS), tied
embeddings. Small by intent: four million parameters learn and sample on a laptop's processor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, rms_norm, scaled_dot_product_attention

from sartor.core import PartError

from .sampling import Manner, draw
from .sequence_model import counted, shifted
from .tokenizer import Tokenizer
from .wishes import NUMBERS

_APART = 0.9  # texts that differ: above this share of a batch each has a row of its own
MAX_TOKENS = 128  # positions; the longest molecule of the training corpus has fewer


@dataclass(frozen=True, slots=True)
class TransformerShape:
    """Size: layers, width, attention heads (``width / heads`` is even), taps of the causal convolution (0: none)."""

    layers: int = 5
    width: int = 256
    heads: int = 4
    taps: int = 3

    def __post_init__(self) -> None:
        if self.width % self.heads or (self.width // self.heads) % 2:
            raise PartError(f"width {self.width} is not a multiple of {self.heads} heads of even size")


class Cache:
    """Keys and values ``(batch, MAX_TOKENS, heads, size)`` of each layer so far, and the last inputs of its taps."""

    def __init__(self, shape: TransformerShape, batch: int) -> None:
        size = (batch, MAX_TOKENS, shape.heads, shape.width // shape.heads)
        self.keys = [torch.empty(size) for _ in range(shape.layers)]
        self.values = [torch.empty(size) for _ in range(shape.layers)]
        # Newest first.
        self.tail = [[torch.zeros(batch, shape.width)] * max(shape.taps - 1, 0) for _ in range(shape.layers)]
        self.length = 0

    def take(self, going: Tensor) -> None:
        """Keep these rows of the batch, in this order; cheap where most of them stay in their place."""
        kept = len(going)
        moved = torch.nonzero(going != torch.arange(kept))[:, 0]
        sources = going[moved]
        in_place = kept <= len(self.keys[0]) and not bool((sources < kept).any())  # nothing is read once overwritten
        for held in (self.keys, self.values):
            for i, part in enumerate(held):
                if in_place:
                    part[moved, : self.length] = part[sources, : self.length]
                    held[i] = part[:kept]
                else:
                    held[i] = torch.empty((kept, *part.shape[1:]))
                    held[i][:, : self.length] = part[going, : self.length]
        self.tail = [[part[going] for part in tail] for tail in self.tail]


class _SquaredRelu(torch.autograd.Function):
    """``relu(x)^2``, whose gradient needs only the rectified input: a third less memory traffic than two steps."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        kept = torch.relu(x)
        ctx.save_for_backward(kept)
        return kept * kept

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        (kept,) = ctx.saved_tensors
        return (kept * gradients[0]).mul_(2)


class Block(nn.Module):
    """One layer: taps, attention, and a feed-forward part of four times the width."""

    def __init__(self, shape: TransformerShape) -> None:
        super().__init__()
        self.shape = shape
        self.taps = nn.Parameter(torch.zeros(shape.taps, shape.width))
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.mix = nn.Linear(shape.width, shape.width, bias=False)
        self.up = nn.Linear(shape.width, 4 * shape.width, bias=False)
        self.down = nn.Linear(4 * shape.width, shape.width, bias=False)
        nn.init.zeros_(self.mix.weight)
        nn.init.zeros_(self.down.weight)

    def forward(
        self, x: Tensor, turn: tuple[Tensor, Tensor], cache: Cache | None, layer: int, seen: Tensor | None = None
    ) -> Tensor:
        """``x (batch, tokens, width)`` to the same shape; with a cache, the one token that follows what it holds.

        With ``seen (batch, 1, 1, tokens)`` each position sees all where that is True, not only those before it (the
        taps still look back only).
        """
        batch, tokens, width = x.shape
        if cache is not None:
            return self._next(x.reshape(batch, width), turn, cache, layer)[:, None]
        heads = self.shape.heads
        normed = rms_norm(x, (width,))
        if self.shape.taps:
            normed = self._blend(normed)
        q, k, v = self.qkv(normed).view(batch, tokens, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        q, k = _rotated(rms_norm(q, q.shape[-1:]), *turn), _rotated(rms_norm(k, k.shape[-1:]), *turn)
        out = scaled_dot_product_attention(q, k, v, attn_mask=seen, is_causal=seen is None)
        x = x + self.mix(out.transpose(1, 2).reshape(batch, tokens, width))
        return x + self.down(_SquaredRelu.apply(self.up(rms_norm(x, (width,)))))

    def _blend(self, x: Tensor) -> Tensor:
        """Each position with its ``taps`` predecessors (itself counted), each channel by its own weights."""
        back = self.shape.taps - 1
        long = torch.cat([x.new_zeros(x.shape[0], back, x.shape[2]), x], dim=1)
        out = x
        for i in range(self.shape.taps):
            out = torch.addcmul(out, long[:, back - i : back - i + x.shape[1]], self.taps[i])
        return out

    def _next(self, x: Tensor, turn: tuple[Tensor, Tensor], cache: Cache, layer: int) -> Tensor:
        """``forward`` for the one token ``x (batch, width)`` that follows what the cache holds."""
        batch, width = x.shape
        heads, at = self.shape.heads, cache.length
        normed = rms_norm(x, (width,))
        blended = normed
        if self.shape.taps:
            recent = [normed, *cache.tail[layer]]
            for weight, part in zip(self.taps, recent, strict=True):
                blended = torch.addcmul(blended, part, weight)
            cache.tail[layer] = recent[:-1]
        mixed = self.qkv(blended).view(batch, 3, heads, width // heads)
        turned = _rotated(rms_norm(mixed[:, :2], mixed.shape[-1:]), *turn)
        keys, values = cache.keys[layer], cache.values[layer]
        keys[:, at], values[:, at] = turned[:, 1], mixed[:, 2]
        keys, values = keys[:, : at + 1].transpose(1, 2), values[:, : at + 1].transpose(1, 2)
        out = scaled_dot_product_attention(turned[:, 0, :, None], keys, values)
        x = torch.addmm(x, out.reshape(batch, width), self.mix.weight.T)
        wide = self.up(rms_norm(x, (width,))).relu_()
        return torch.addmm(x, wide.mul_(wide), self.down.weight.T)


class Transformer(nn.Module):
    """Next-token model over a tokenizer's vocabulary. A sequence starts from END and closes with END.

    ``wishes (batch, k)`` are numbers of sartor.ml.wishes that say what kind of text is wanted (canonical or random
    form, property ranges); their vectors are added to the first position.
    """

    kind = "transformer"
    cosines: Tensor
    sines: Tensor

    def __init__(self, tokenizer: Tokenizer, shape: TransformerShape) -> None:
        super().__init__()
        self.tokenizer, self.shape = tokenizer, shape
        self.embedding = nn.Embedding(len(tokenizer), shape.width)
        self.wishes = nn.Embedding(NUMBERS, shape.width, padding_idx=0)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        nn.init.normal_(self.embedding.weight, std=0.05)
        nn.init.zeros_(self.wishes.weight)
        turns = angles(shape.width // shape.heads)
        self.register_buffer("cosines", turns.cos(), persistent=False)
        self.register_buffer("sines", turns.sin(), persistent=False)

    def forward(self, tokens: Tensor, wishes: Tensor | None = None, cache: Cache | None = None) -> Tensor:
        """Logits ``(batch, tokens, vocabulary)`` of what follows each token; with a cache, ``tokens`` is 1."""
        x = self.embedding(tokens)
        first = 0 if cache is None else cache.length
        if wishes is not None and first == 0:
            x = torch.cat([x[:, :1] + self.wishes(wishes).sum(dim=1, keepdim=True), x[:, 1:]], dim=1)
        x = rms_norm(x, x.shape[-1:])
        last = first + tokens.shape[1]
        turn = (self.cosines[first:last], self.sines[first:last])
        for layer, block in enumerate(self.blocks):
            x = block(x, turn, cache, layer)
        if cache is not None:
            cache.length = last
        return (rms_norm(x, x.shape[-1:]) * (self.shape.width**-0.5 * 8)) @ self.embedding.weight.T

    def loss(self, rows: Tensor, wishes: Tensor | None = None) -> Tensor:
        """Mean negative log-likelihood (nats) of a token; ``rows (batch, tokens)`` are padded with END."""
        at = counted(rows).flatten().nonzero()[:, 0]
        logits = self(shifted(rows), wishes).flatten(0, 1)
        return cross_entropy(logits[at], rows.flatten()[at])

    def log_likelihood(self, rows: Tensor, wishes: Tensor | None = None) -> Tensor:
        """Natural log-likelihood ``(batch,)`` of whole sequences; ``rows (batch, tokens)`` are padded with END."""
        losses = cross_entropy(self(shifted(rows), wishes).float().transpose(1, 2), rows, reduction="none")
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
        """``n`` texts drawn from the model, in order (see sampling.draw); ``wishes`` as ``wishes.wish_row`` gives."""

        def start(numbers: Tensor) -> _Growing:
            told = torch.tensor([list(wishes)]) if wishes else None
            return _Growing(self, told, len(numbers))

        return draw(start, self.tokenizer, n, MAX_TOKENS, generator, manner, prefixes)

    def matrices(self) -> list[nn.Parameter]:
        """The hidden matrices, which Muon updates."""
        return [p for p in self.blocks.parameters() if p.shape[0] > self.shape.taps]

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as half-precision arrays, by name."""
        return {k: v.detach().cpu().numpy().astype(np.float16) for k, v in self.state_dict().items()}

    def describe(self) -> dict[str, Any]:
        """What a card must hold so that ``build`` can make this model again."""
        return {"kind": self.kind, "shape": asdict(self.shape), "tokenizer": self.tokenizer.to_json()}

    @classmethod
    def build(cls, description: dict[str, Any], arrays: dict[str, np.ndarray]) -> Transformer:
        """The model that ``describe`` and ``arrays`` stored."""
        model = cls(Tokenizer.from_json(description["tokenizer"]), TransformerShape(**description["shape"]))
        model.load_state_dict({k: torch.from_numpy(v.astype(np.float32)) for k, v in arrays.items()})
        return model


class _Growing:
    """A batch of texts that grow by one token a step, all from the same beginning.

    Texts that are still the same share a row of the cache, until most of them differ.
    """

    def __init__(self, model: Transformer, wishes: Tensor | None, batch: int) -> None:
        self.model, self.wishes = model, wishes
        self.cache = Cache(model.shape, 1)
        self.row: Tensor | None = torch.zeros(batch, dtype=torch.long)  # in the cache, of each text; None: its own

    def step(self, tokens: Tensor) -> Tensor:
        wishes = self.wishes if self.cache.length == 0 else None
        if self.row is None:
            return self.model(tokens[:, None], wishes, self.cache)[:, 0]
        size = len(self.model.tokenizer)
        found, self.row = torch.unique(self.row * size + tokens, return_inverse=True)
        if len(found) > _APART * len(tokens):
            self.cache.take(found[self.row] // size)
            self.row = None
            return self.step(tokens)
        if self.cache.length:
            self.cache.take(found // size)
        return self.model((found % size)[:, None], wishes, self.cache)[self.row, 0]

    def take(self, going: Tensor) -> None:
        if self.row is None:
            self.cache.take(going)
        else:
            self.row = self.row[going]


def angles(size: int) -> Tensor:
    """Rotation angles ``(MAX_TOKENS, size / 2)`` of each position and pair of channels."""
    speeds = 1000.0 ** (-torch.arange(0, size, 2).float() / size)
    return torch.arange(MAX_TOKENS).float()[:, None] * speeds[None, :]


def _rotated(x: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    left, right = x.chunk(2, dim=-1)
    return torch.cat([left * cosines - right * sines, left * sines + right * cosines], dim=-1)
