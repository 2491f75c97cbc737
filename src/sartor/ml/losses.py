"""Four losses by which a sequence model learns from rewards, each on log-likelihoods alone.

All take ``agent`` and ``prior``, natural log-likelihoods ``(n,)`` of the molecules under the model that learns and
under the one it started from, and ``reward (n,)`` in 0..1. Only ``agent`` (and log Z) carries a gradient.
"""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor

Loss = Literal["dap", "ahc", "reinforce", "tb"]


def dap(agent: Tensor, prior: Tensor, reward: Tensor, sigma: float, confidence_penalty: float) -> Tensor:
    """Difference of augmented and posterior likelihood: mean (prior + sigma r - agent)^2 - penalty mean(1 / agent).

    Olivecrona et al. 2017, J. Cheminform. 9, 48; the second term keeps single sequences from taking all probability,
    as in the tuned settings of Gao et al. 2022, NeurIPS (arXiv 2206.12411).
    """
    return (prior + sigma * reward - agent).square().mean() - confidence_penalty * (1 / agent).mean()


def hill_climb(
    agent: Tensor, prior: Tensor, reward: Tensor, sigma: float, confidence_penalty: float, top: float
) -> Tensor:
    """``dap`` on the best ``top`` share of the batch only (at least one; of equals, the earlier).

    Augmented hill-climb, Thomas et al. 2022, J. Cheminform. 14, 68: what the batch found worst teaches nothing.
    """
    kept = torch.argsort(reward, descending=True, stable=True)[: max(1, round(top * len(reward)))]
    return dap(agent[kept], prior[kept], reward[kept], sigma, confidence_penalty)


def leave_one_out(agent: Tensor, prior: Tensor, reward: Tensor, prior_kl: float) -> Tensor:
    """REINFORCE, each reward less the mean of the others': -mean(a agent) + kl / 2 mean (agent - prior)^2.

    Baseline: Kool et al. 2019, ICLR workshop. A molecule that is alone has no others: its baseline is 0. The gradient
    of the second term is that of kl times the Kullback-Leibler divergence to the prior. On replayed molecules the
    estimate is off-policy and not corrected.
    """
    n = len(reward)
    others = (reward.sum() - reward) / (n - 1) if n > 1 else torch.zeros_like(reward)
    return -((reward - others) * agent).mean() + 0.5 * prior_kl * (agent - prior).square().mean()


def balance(agent: Tensor, prior: Tensor, reward: Tensor, log_z: Tensor, beta: float, prior_kl: float) -> Tensor:
    """Trajectory balance: mean (agent + log Z - beta r)^2 + kl mean(agent - prior), log Z learned.

    Malkin et al. 2022, NeurIPS; with the small pull to the prior as in Kim et al. 2024 (Genetic-guided GFlowNets,
    NeurIPS). At its optimum probability is proportional to exp(beta r), wherever the molecules come from.
    """
    return (agent + log_z - beta * reward).square().mean() + prior_kl * (agent - prior).mean()
