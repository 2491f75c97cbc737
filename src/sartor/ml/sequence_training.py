"""Training a sequence model: bucketed batches, one-cycle rate, averaged weights, checkpoints that resume exactly."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from numpy.typing import NDArray
from torch import Tensor, nn

from .sequence_model import SequenceModel, counted

POOL = 50  # batches sorted by length together: little padding, still a random order


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. Exactly one of ``steps`` and ``minutes`` is positive and bounds the schedule.

    ``rank`` of ``world`` processes takes its share of every batch and averages gradients with the others, which
    meet at the file ``meeting``.
    """

    steps: int = 0
    minutes: float = 0.0
    batch: int = 256
    peak: float = 2e-3
    warm: float = 0.03
    decay: float = 0.999
    seed: int = 0
    checkpoint_seconds: float = 180.0
    rank: int = 0
    world: int = 1
    meeting: str = ""

    def rate(self, progress: float) -> float:
        """Learning rate at a progress 0..1: linear warm-up, then cosine down to a hundredth of the peak."""
        if progress < self.warm:
            return self.peak * (0.02 + 0.98 * progress / self.warm)
        turn = math.pi * min((progress - self.warm) / (1 - self.warm), 1.0)
        return self.peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(turn)))


def batches(starts: NDArray[np.int64], batch: int, seed: int, epoch: int) -> list[NDArray[np.int64]]:
    """Row numbers of each batch of one epoch: shuffled, rows of like length together, batches shuffled again."""
    lengths = np.diff(starts)
    rng = np.random.default_rng([seed, epoch])
    order = rng.permutation(len(lengths))
    made: list[NDArray[np.int64]] = []
    for i in range(0, len(order), batch * POOL):
        pool = order[i : i + batch * POOL]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        made += [pool[j : j + batch] for j in range(0, len(pool), batch)]
    return [made[i] for i in rng.permutation(len(made))]


def gather(flat: NDArray[np.int16], starts: NDArray[np.int64], rows: NDArray[np.int64]) -> Tensor:
    """Sequences ``rows`` of a flat corpus, each with its END, padded with END: ``(batch, longest)``."""
    lengths = starts[rows + 1] - starts[rows]
    out = np.zeros((len(rows), int(lengths.max())), dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : lengths[i]] = flat[starts[row] : starts[row + 1]]
    return torch.from_numpy(out)


class Training:
    """One run: model, optimizer, averaged weights, and where in the data it stands."""

    def __init__(self, model: SequenceModel, plan: Plan) -> None:
        if (plan.steps > 0) == (plan.minutes > 0):
            raise ValueError("a plan gives either steps or minutes")
        self.model, self.plan = model, plan
        self.optimizer = torch.optim.AdamW(model.parameters(), lr=plan.peak, weight_decay=0.01)
        self.average = {k: v.detach().clone() for k, v in model.state_dict().items()}
        self.step = self.epoch = self.position = 0
        self.seconds = 0.0

    @property
    def progress(self) -> float:
        """0 at the start, 1 when the plan is fulfilled."""
        return self.step / self.plan.steps if self.plan.steps else self.seconds / 60 / self.plan.minutes

    def advance(self, rows: Tensor) -> float:
        """One optimizer step on ``rows (batch, tokens)``; returns the loss in nats per token."""
        rate = self.plan.rate(self.progress)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        before = torch.cat([torch.zeros_like(rows[:, :1]), rows[:, :-1]], dim=1)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, _ = self.model(before)
        losses = nn.functional.cross_entropy(logits.float().transpose(1, 2), rows, reduction="none")
        mask = counted(rows)
        loss = (losses * mask).sum() / mask.sum()
        self.optimizer.zero_grad()
        loss.backward()
        if self.plan.world > 1:
            _average_gradients(self.model, self.plan.world)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        keep = min(self.plan.decay, (1 + self.step) / (10 + self.step))
        now = self.model.state_dict()
        torch._foreach_lerp_([self.average[k] for k in now], [now[k] for k in now], 1 - keep)
        return float(loss.detach())

    def save(self, path: Path) -> None:
        """Everything needed to go on, written atomically."""
        data: dict[str, Any] = {
            "describe": self.model.describe(),
            "model": self.model.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "at": (self.step, self.epoch, self.position, self.seconds),
        }
        part = path.with_suffix(".part")
        torch.save(data, part)
        os.replace(part, path)

    def restore(self, path: Path) -> None:
        """Go on from a checkpoint of the same model and plan."""
        data = torch.load(path, weights_only=True)
        if data["describe"] != self.model.describe():
            raise ValueError(f"{path} holds another model or tokenizer; start without resuming")
        self.model.load_state_dict(data["model"])
        self.optimizer.load_state_dict(data["optimizer"])
        self.average = data["average"]
        self.step, self.epoch, self.position, self.seconds = data["at"]


def run(
    training: Training,
    flat: NDArray[np.int16],
    starts: NDArray[np.int64],
    checkpoint: Path,
    tell: Callable[[dict[str, float]], None],
    stop_at: int = 0,
) -> None:
    """Train until the plan is fulfilled (or until step ``stop_at``); rank 0 saves ``checkpoint`` on the way."""
    plan = training.plan
    order = batches(starts, plan.batch, plan.seed, training.epoch)
    saved = last = time.monotonic()
    losses: list[float] = []
    while training.progress < 1 and not (stop_at and training.step >= stop_at):
        if training.position >= len(order):
            training.epoch, training.position = training.epoch + 1, 0
            order = batches(starts, plan.batch, plan.seed, training.epoch)
        rows = order[training.position][plan.rank :: plan.world]
        training.position += 1
        # A last, short batch can leave a process without rows; all skip it alike.
        if len(order[training.position - 1]) < plan.world:
            continue
        losses.append(training.advance(gather(flat, starts, rows)))
        now = time.monotonic()
        training.seconds += now - last
        last = now
        if plan.world > 1 and plan.minutes:
            training.seconds = _same_everywhere(training.seconds)
        if training.step % 100 == 0 and plan.rank == 0:
            tell({"step": training.step, "epoch": training.epoch, "progress": training.progress,
                  "loss": float(np.mean(losses)), "seconds": training.seconds})  # fmt: skip
            losses = []
        if plan.rank == 0 and now - saved > plan.checkpoint_seconds:
            training.save(checkpoint)
            saved = now
    if plan.rank == 0:
        training.save(checkpoint)


def join(plan: Plan) -> None:
    """Meet the other processes of a plan (nothing to do for a world of one)."""
    if plan.world > 1:
        dist.init_process_group("gloo", init_method=f"file://{plan.meeting}", rank=plan.rank, world_size=plan.world)


def _average_gradients(model: nn.Module, world: int) -> None:
    gradients = [p.grad for p in model.parameters() if p.grad is not None]
    flat = torch.cat([g.flatten() for g in gradients])
    dist.all_reduce(flat)
    flat /= world
    at = 0
    for g in gradients:
        g.copy_(flat[at : at + g.numel()].view_as(g))
        at += g.numel()


def _same_everywhere(seconds: float) -> float:
    agreed = torch.tensor([seconds], dtype=torch.float64)
    dist.broadcast(agreed, src=0)
    return float(agreed[0])
