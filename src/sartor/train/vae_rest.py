"""The heads and the prior of an autoencoder, fitted on once its latents stay where they are.

While the autoencoder learns, its latents move and only one molecule in ten of a batch has its properties told. With the
encoder at rest every told molecule can be shown many times for a fraction of the cost, and the prior learns the latents
that are shipped rather than those of an hour ago.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from sartor.ml.sequence_training import Rows, batches
from sartor.ml.vae import Vae

HEAD_BATCH = 512
HEAD_RATE = 2e-3
PRIOR_RATE = 1e-3


def fit_heads(model: Vae, rows: Rows, epochs: int, seed: int) -> float:
    """Fit the heads to the told molecules of ``rows``; returns the last epoch's mean squared error."""
    told = np.flatnonzero(~np.isnan(rows.told.astype(float)).all(axis=1))
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        parts = [model.encode(rows.take(told[at : at + 500])[0]) for at in range(0, len(told), 500)]
    means, spreads = torch.cat([m for m, _ in parts]), torch.cat([(0.5 * v).exp() for _, v in parts])
    wanted = torch.from_numpy(rows.told[told].astype(np.float32))
    optimizer = torch.optim.AdamW(model.heads.parameters(), lr=HEAD_RATE, weight_decay=0.01)
    steps, step, errors = epochs * math.ceil(len(told) / HEAD_BATCH), 0, [float("nan")]
    for _ in range(epochs):
        errors = []
        for pick in torch.randperm(len(told), generator=generator).split(HEAD_BATCH):
            _rate(optimizer, HEAD_RATE, step / steps)
            z = means[pick] + spreads[pick] * torch.randn(spreads[pick].shape, generator=generator)
            loss = (model.heads(z) - wanted[pick]).square().nanmean()
            _step(optimizer, loss)
            errors.append(float(loss.detach()))
            step += 1
    return float(np.mean(errors))


def fit_prior(model: Vae, rows: Rows, minutes: float, seed: int, tell: Callable[[float, float], None]) -> int:
    """Fit the prior for so many minutes (0: leave it as it is); ``tell`` hears progress and mean nats now and then.

    Returns the steps.
    """
    optimizer = torch.optim.AdamW(model.ahead.parameters(), lr=PRIOR_RATE, weight_decay=0.01)
    began, step, heard = time.monotonic(), 0, []
    generator = torch.Generator().manual_seed(seed)
    while minutes > 0:
        for pick in batches(rows.starts, 192, seed, 1000 + step):
            progress = (time.monotonic() - began) / 60 / minutes
            if progress >= 1:
                return step
            _rate(optimizer, PRIOR_RATE, progress)
            with torch.no_grad():
                mean, logvar = model.encode(rows.take(pick)[0])
                z = mean + (0.5 * logvar).exp() * torch.randn(mean.shape, generator=generator)
            loss = model.ahead.nll(z).mean()
            _step(optimizer, loss)
            heard.append(float(loss.detach()))
            step += 1
            if step % 100 == 0:
                tell(progress, float(np.mean(heard)))
                heard = []
    return step


def _rate(optimizer: torch.optim.Optimizer, peak: float, progress: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0))))


def _step(optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for g in optimizer.param_groups for p in g["params"]], 1.0)
    optimizer.step()
