"""Property heads of a latent made of slots: what each slot contributes, added up.

Most of what a chemist reads off a structure is a sum over its parts (logP, polar surface, mass), so a slot that has
looked at the others gives its share of each property and the shares are added; a head on the flattened latent had to
learn every part anew in every slot.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import rms_norm

from .transformer import Block, TransformerShape, angles
from .wishes import PROPERTIES

LOOKS = TransformerShape(layers=1, width=96, heads=4, taps=3)


class SlotHeads(nn.Module):
    """Latents ``(batch, slots * size)`` to the standardized properties ``(batch, 5)`` in the order of PROPERTIES."""

    cosines: Tensor
    sines: Tensor

    def __init__(self, slots: int, size: int) -> None:
        super().__init__()
        self.slots, self.size = slots, size
        self.enter = nn.Linear(size, LOOKS.width)
        self.look = Block(LOOKS)
        self.share = nn.Linear(LOOKS.width, len(PROPERTIES))
        turns = angles(LOOKS.width // LOOKS.heads)[:slots]
        self.register_buffer("cosines", turns.cos(), persistent=False)
        self.register_buffer("sines", turns.sin(), persistent=False)

    def forward(self, z: Tensor) -> Tensor:
        """The properties of latents."""
        return self.shares(z).sum(dim=1)

    def shares(self, z: Tensor) -> Tensor:
        """What each slot adds to each property ``(batch, slots, 5)``."""
        x = self.enter(z.view(len(z), self.slots, self.size))
        everywhere = torch.ones((1, 1, 1, self.slots), dtype=torch.bool, device=z.device)
        x = self.look(x, (self.cosines, self.sines), None, 0, everywhere)
        return self.share(rms_norm(x, (LOOKS.width,))) / self.slots**0.5
