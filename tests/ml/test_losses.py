"""The four losses against formulas worked out by hand, and on a policy of three answers."""

import numpy as np
import pytest
import torch

from sartor.ml.losses import balance, dap, hill_climb, leave_one_out

AGENT = [-5.0, -8.0, -3.0, -6.0]
PRIOR = [-6.0, -7.0, -4.0, -4.0]
REWARD = [0.9, 0.1, 0.5, 0.5]


def slopes(loss, *more):
    """The gradient of a loss by each agent log-likelihood, and by log Z where there is one."""
    agent = torch.tensor(AGENT, dtype=torch.float64, requires_grad=True)
    prior, reward = (torch.tensor(x, dtype=torch.float64) for x in (PRIOR, REWARD))
    loss(agent, prior, reward, *more).backward()
    return agent.grad.numpy()


A, P, R = (np.array(x) for x in (AGENT, PRIOR, REWARD))


def test_dap_pulls_towards_the_augmented_likelihood():
    wanted = -2 * (P + 10 * R - A) / 4 + 3 * (1 / A**2) / 4
    assert slopes(dap, 10.0, 3.0) == pytest.approx(wanted)


def test_hill_climb_is_dap_on_the_better_half_and_nothing_on_the_rest():
    kept = np.array([1, 0, 1, 0])  # of two equals the earlier
    wanted = kept * (-2 * (P + 10 * R - A) / 2 + 3 * (1 / A**2) / 2)
    assert slopes(hill_climb, 10.0, 3.0, 0.5) == pytest.approx(wanted)
    assert np.count_nonzero(slopes(hill_climb, 10.0, 0.0, 0.01)) == 1


def test_leave_one_out_weighs_by_the_reward_above_the_others():
    others = np.array([np.delete(R, i).mean() for i in range(4)])
    wanted = -(R - others) / 4 + 0.3 * (A - P) / 4
    assert slopes(leave_one_out, 0.3) == pytest.approx(wanted)


def test_a_lone_molecule_has_no_others():
    agent = torch.tensor([-2.0], requires_grad=True)
    leave_one_out(agent, torch.tensor([-2.0]), torch.tensor([0.7]), 0.0).backward()
    assert agent.grad.item() == pytest.approx(-0.7)


def test_balance_moves_the_agent_and_log_z():
    log_z = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
    got = slopes(balance, log_z, 20.0, 0.1)
    rest = A + 2.0 - 20 * R
    assert got == pytest.approx(2 * rest / 4 + 0.1 / 4)
    assert log_z.grad.item() == pytest.approx(float(2 * rest.mean()))


LOSSES = {
    "dap": lambda a, p, r, z: dap(a, p, r, 5.0, 0.0),
    "ahc": lambda a, p, r, z: hill_climb(a, p, r, 5.0, 0.0, 0.5),
    "reinforce": lambda a, p, r, z: leave_one_out(a, p, r, 0.0),
    "tb": lambda a, p, r, z: balance(a, p, r, z, 5.0, 0.0),
}


@pytest.mark.parametrize("name", LOSSES)
def test_each_loss_raises_the_reward_of_a_policy_of_three_answers(name):
    worth = torch.tensor([0.1, 0.9, 0.3])
    logits = torch.zeros(3, requires_grad=True)
    log_z = torch.tensor(1.0, requires_grad=True)
    optimizer = torch.optim.Adam([{"params": [logits], "lr": 0.05}, {"params": [log_z], "lr": 0.1}])
    generator = torch.Generator().manual_seed(0)
    prior = torch.full((3,), -float(np.log(3)))
    for _ in range(150):
        drawn = torch.multinomial(torch.softmax(logits, 0).detach(), 32, True, generator=generator)
        loss = LOSSES[name](torch.log_softmax(logits, 0)[drawn], prior[drawn], worth[drawn], log_z)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    share = torch.softmax(logits, 0).detach()
    assert float(share @ worth) > 0.7 > float(prior.exp() @ worth)
    if name == "tb":  # in balance, probability follows exp(beta r)
        assert share.numpy() == pytest.approx(torch.softmax(5.0 * worth, 0).numpy(), abs=0.03)


@pytest.mark.parametrize("name", LOSSES)
def test_the_slope_is_what_a_small_step_shows(name):
    prior, reward = (torch.tensor(x, dtype=torch.float64) for x in (PRIOR, REWARD))
    log_z = torch.tensor(1.0, dtype=torch.float64)

    def at(logits: np.ndarray) -> float:
        agent = torch.log_softmax(torch.tensor(logits), 0)
        return float(LOSSES[name](agent, prior, reward, log_z))

    start = np.array([0.3, -0.2, 0.1, 0.0])
    logits = torch.tensor(start, requires_grad=True)
    LOSSES[name](torch.log_softmax(logits, 0), prior, reward, log_z).backward()
    shown = [(at(start + step) - at(start - step)) / 2e-6 for step in 1e-6 * np.eye(4)]
    assert logits.grad.numpy() == pytest.approx(shown, rel=1e-4, abs=1e-6)
