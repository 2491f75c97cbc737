from __future__ import annotations

import math

import torch

from sartor.ml.slot_prior import PriorShape, SlotPrior

SHAPE = PriorShape(1, 16, 2, 6)


def _two_words(n: int, seed: int) -> torch.Tensor:
    """Latents of three slots of two numbers: all near (2, 2) or all near (-2, -2), never mixed."""
    generator = torch.Generator().manual_seed(seed)
    side = torch.randint(0, 2, (n, 1), generator=generator) * 4.0 - 2.0
    return side + 0.2 * torch.randn((n, 6), generator=generator)


def test_the_density_is_that_of_the_mixture() -> None:
    torch.manual_seed(0)
    prior = SlotPrior(1, 2, PriorShape(1, 16, 2, 2))
    with torch.no_grad():
        prior.weigh.weight.zero_()
        prior.weigh.bias.copy_(torch.tensor([0.25, 0.75]).log())
        prior.means.copy_(torch.tensor([[0.0, 0.0], [1.0, -1.0]]))
        prior.log_spreads.copy_(torch.tensor([[0.0, 0.0], [math.log(2.0), 0.0]]))
    point = torch.tensor([[0.5, 0.3]])
    one = math.exp(-0.5 * (0.25 + 0.09)) / (2 * math.pi)
    other = math.exp(-0.5 * (0.25 / 4 + 1.69)) / (2 * math.pi * 2)
    assert abs(float(prior.nll(point)[0].detach()) + math.log(0.25 * one + 0.75 * other)) < 1e-5


def test_slots_are_drawn_with_regard_to_those_before_them() -> None:
    torch.manual_seed(0)
    prior = SlotPrior(3, 2, SHAPE)
    optimizer = torch.optim.Adam(prior.parameters(), lr=0.02)
    before = float(prior.nll(_two_words(256, 1)).mean())
    for step in range(150):
        optimizer.zero_grad()
        prior.nll(_two_words(64, step)).mean().backward()
        optimizer.step()
    assert float(prior.nll(_two_words(256, 1)).mean()) < before - 2
    drawn = prior.draw(200, torch.Generator().manual_seed(0))
    assert torch.equal(drawn, prior.draw(200, torch.Generator().manual_seed(0)))
    sides = drawn.view(200, 3, 2).mean(dim=2).sign()
    assert float((sides == sides[:, :1]).all(dim=1).float().mean()) > 0.9  # three coins would agree one time in four
    assert 0.2 < float((sides[:, 0] > 0).float().mean()) < 0.8


def test_what_is_expected_of_the_last_slot_depends_on_the_first() -> None:
    torch.manual_seed(0)
    prior = SlotPrior(3, 2, SHAPE)
    torch.nn.init.normal_(prior.blocks[0].mix.weight)
    z = torch.zeros((1, 6))
    later = z.clone()
    later[0, 4:] = 3.0
    last_alone = float(prior.nll(later)[0] - prior.nll(z)[0])
    z[0, :2], later[0, :2] = 1.0, 1.0
    assert float(prior.nll(later)[0] - prior.nll(z)[0]) != last_alone  # the last slot's weights heard of the first
