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
    """Keys and values ``(batch, heads, MAX_TOKENS, size)`` of each layer so far, and the last inputs of its taps."""

    def __init__(self, shape: TransformerShape, batch: int) -> None:
        size = (batch, shape.heads, MAX_TOKENS, shape.width // shape.heads)
        self.keys = [torch.empty(size) for _ in range(shape.layers)]
        self.values = [torch.empty(size) for _ in range(shape.layers)]
        self.tail = [torch.zeros(batch, max(shape.taps - 1, 0), shape.width) for _ in range(shape.layers)]
        self.length = 0

    def take(self, going: Tensor) -> None:
        """Keep these rows of the batch."""
        for held in (self.keys, self.values):
            for i, part in enumerate(held):
                kept = torch.empty((len(going), *part.shape[1:]))
                kept[:, :, : self.length] = part[going, :, : self.length]
                held[i] = kept
        self.tail = [part[going] for part in self.tail]


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
        """``x (batch, tokens, width)`` to the same shape; with a cache, ``tokens`` follow what it holds.

        With ``seen (batch, 1, 1, tokens)`` each position sees all where that is True, not only those before it (the
        taps still look back only).
        """
        batch, tokens, width = x.shape
        heads = self.shape.heads
        normed = rms_norm(x, (width,))
        if self.shape.taps:
            normed = self._blend(normed, cache, layer)
        q, k, v = self.qkv(normed).view(batch, tokens, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        q, k = _rotated(rms_norm(q, q.shape[-1:]), *turn), _rotated(rms_norm(k, k.shape[-1:]), *turn)
        if cache is None:
            out = scaled_dot_product_attention(q, k, v, attn_mask=seen, is_causal=seen is None)
        else:
            out = self._cached(q, k, v, cache, layer)
        x = x + self.mix(out.transpose(1, 2).reshape(batch, tokens, width))
        return x + self.down(_SquaredRelu.apply(self.up(rms_norm(x, (width,)))))

    def _blend(self, x: Tensor, cache: Cache | None, layer: int) -> Tensor:
        """Each position with its ``taps`` predecessors (itself counted), each channel by its own weights."""
        back = self.shape.taps - 1
        before = x.new_zeros(x.shape[0], back, x.shape[2]) if cache is None else cache.tail[layer]
        long = torch.cat([before, x], dim=1)
        if cache is not None:
            cache.tail[layer] = long[:, -back:] if back else before
        out = x
        for i in range(self.shape.taps):
            out = torch.addcmul(out, long[:, back - i : back - i + x.shape[1]], self.taps[i])
        return out

    def _cached(self, q: Tensor, k: Tensor, v: Tensor, cache: Cache, layer: int) -> Tensor:
        """Attention of the newest positions over all that came before them and themselves."""
        first, tokens = cache.length, q.shape[2]
        keys, values = cache.keys[layer], cache.values[layer]
        keys[:, :, first : first + tokens] = k
        values[:, :, first : first + tokens] = v
        keys, values = keys[:, :, : first + tokens], values[:, :, : first + tokens]
        scores = q @ keys.transpose(2, 3) * q.shape[-1] ** -0.5
        if tokens > 1:
            ahead = torch.ones(tokens, first + tokens, dtype=torch.bool).triu(first + 1)
            scores = scores.masked_fill(ahead, -torch.inf)
        return torch.softmax(scores, dim=-1) @ values


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
        """Logits ``(batch, tokens, vocabulary)`` of what follows each token."""
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
        return rms_norm(x, x.shape[-1:]) @ self.embedding.weight.T * (self.shape.width**-0.5 * 8)

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
            told = torch.tensor([list(wishes)] * len(numbers)) if wishes else None
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
    """A batch of texts that grow by one token a step."""

    def __init__(self, model: Transformer, wishes: Tensor | None, batch: int) -> None:
        self.model, self.wishes = model, wishes
        self.cache = Cache(model.shape, batch)

    def step(self, tokens: Tensor) -> Tensor:
        wishes = self.wishes if self.cache.length == 0 else None
        return self.model(tokens[:, None], wishes, self.cache)[:, 0]

    def take(self, going: Tensor) -> None:
        self.cache.take(going)


def angles(size: int) -> Tensor:
    """Rotation angles ``(MAX_TOKENS, size / 2)`` of each position and pair of channels."""
    speeds = 1000.0 ** (-torch.arange(0, size, 2).float() / size)
    return torch.arange(MAX_TOKENS).float()[:, None] * speeds[None, :]


def _rotated(x: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    left, right = x.chunk(2, dim=-1)
    return torch.cat([left * cosines - right * sines, left * sines + right * cosines], dim=-1)
