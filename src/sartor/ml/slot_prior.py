"""A learned prior of latents made of slots: each slot a mixture of Gaussians whose weights the slots before it decide.

A slot speaks of two tokens of a text, so slots drawn without regard to each other are a text without syntax. The
components (means and spreads) are shared by all places, as words are; a small causal transformer weighs them. A learned
prior in place of N(0, I), as in Chen et al. 2017 (Variational lossy autoencoder, ICLR) and Tomczak & Welling 2018
(VampPrior, AISTATS); here it is fitted to the encoder's latents and does not pull at them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import rms_norm

from .transformer import Block, Cache, TransformerShape, angles

COMPONENTS = 1024


@dataclass(frozen=True, slots=True)
class PriorShape:
    """Layers, width and heads of the transformer, and the number of components."""

    layers: int = 3
    width: int = 128
    heads: int = 4
    components: int = COMPONENTS

    def blocks(self) -> TransformerShape:
        """The shape of its layers."""
        return TransformerShape(self.layers, self.width, self.heads, 3)


class SlotPrior(nn.Module):
    """Density of latents ``(batch, slots * size)``, and draws from it."""

    cosines: Tensor
    sines: Tensor

    def __init__(self, slots: int, size: int, shape: PriorShape) -> None:
        super().__init__()
        self.slots, self.size, self.shape = slots, size, shape
        self.enter = nn.Linear(size, shape.width)
        self.first = nn.Parameter(torch.zeros(shape.width))
        self.blocks = nn.ModuleList(Block(shape.blocks()) for _ in range(shape.layers))
        self.weigh = nn.Linear(shape.width, shape.components)
        self.means = nn.Parameter(torch.randn(shape.components, size))
        self.log_spreads = nn.Parameter(torch.full((shape.components, size), -0.5))
        turns = angles(shape.width // shape.heads)[:slots]
        self.register_buffer("cosines", turns.cos(), persistent=False)
        self.register_buffer("sines", turns.sin(), persistent=False)

    def nll(self, z: Tensor) -> Tensor:
        """Negative log-density ``(batch,)`` of latents, in nats."""
        slots = z.view(len(z), self.slots, self.size)
        seen = torch.cat([self.first.expand(len(z), 1, -1), self.enter(slots[:, :-1])], dim=1)
        weights = torch.log_softmax(self._logits(seen, None), dim=-1)
        log_spreads = self.log_spreads.clamp(-4.0, 1.0)
        precision = (-2 * log_spreads).exp()
        # The squared distances to all components as three products rather than one (batch, slots, components, size).
        square = slots.square() @ precision.T - 2 * slots @ (self.means * precision).T
        square = square + (self.means.square() * precision).sum(dim=1)
        densities = -0.5 * square - log_spreads.sum(dim=1) - 0.5 * self.size * math.log(2 * math.pi)
        return -torch.logsumexp(weights + densities, dim=-1).sum(dim=1)

    @torch.no_grad()
    def draw(self, n: int, generator: torch.Generator) -> Tensor:
        """``n`` latents ``(n, slots * size)``, slot by slot."""
        cache = Cache(self.shape.blocks(), n)
        spreads = self.log_spreads.clamp(-4.0, 1.0).exp()
        seen, made = self.first.expand(n, 1, -1), []
        for _ in range(self.slots):
            shares = torch.softmax(self._logits(seen, cache)[:, 0], dim=-1)
            chosen = torch.multinomial(shares, 1, generator=generator)[:, 0]
            noise = torch.randn((n, self.size), generator=generator)
            slot = self.means[chosen] + noise * spreads[chosen]
            made.append(slot)
            seen = self.enter(slot)[:, None]
        return torch.cat(made, dim=1)

    def matrices(self) -> list[nn.Parameter]:
        """The hidden matrices, which Muon updates."""
        return [p for p in self.blocks.parameters() if p.shape[0] > self.shape.blocks().taps]

    def _logits(self, x: Tensor, cache: Cache | None) -> Tensor:
        first = 0 if cache is None else cache.length
        turn = (self.cosines[first : first + x.shape[1]], self.sines[first : first + x.shape[1]])
        for layer, block in enumerate(self.blocks):
            x = block(x, turn, cache, layer)
        if cache is not None:
            cache.length = first + x.shape[1]
        logits: Tensor = self.weigh(rms_norm(x, (self.shape.width,)))
        return logits
