from __future__ import annotations

import torch

from sartor.ml.slot_heads import SlotHeads
from sartor.ml.wishes import PROPERTIES


def test_what_the_slots_share_out_adds_up() -> None:
    torch.manual_seed(0)
    heads = SlotHeads(4, 3)
    z = torch.randn(5, 12)
    shares = heads.shares(z)
    assert shares.shape == (5, 4, len(PROPERTIES))
    assert torch.allclose(shares.sum(dim=1), heads(z))


def test_a_sum_over_the_parts_is_learned_wherever_a_part_stands() -> None:
    """Trained with the part in the first two slots only, the head knows it in the last as well."""
    torch.manual_seed(0)
    heads = SlotHeads(4, 3)
    optimizer = torch.optim.Adam(heads.parameters(), lr=5e-3)
    for _ in range(150):
        z = 0.1 * torch.randn(64, 4, 3)
        carries = torch.rand(64, 2) < 0.5
        z[:, :2, 0] += 2.0 * carries
        wanted = carries.sum(dim=1).float()
        optimizer.zero_grad()
        (heads(z.flatten(1))[:, 0] - wanted).square().mean().backward()
        optimizer.step()
    empty, last = torch.zeros(1, 4, 3), torch.zeros(1, 4, 3)
    last[0, 3, 0] = 2.0
    assert float(heads(last.flatten(1))[0, 0].detach()) - float(heads(empty.flatten(1))[0, 0].detach()) > 0.5
