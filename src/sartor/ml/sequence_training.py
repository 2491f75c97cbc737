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

from .language_models import LanguageModel
from .muon import Muon
from .sequence_model import SequenceModel, counted, fast_half
from .vae import Vae

POOL = 50  # batches sorted by length together: little padding, still a random order


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. Exactly one of ``steps`` and ``minutes`` is positive and bounds the schedule.

    ``rank`` of ``world`` processes takes its share of every batch and averages gradients with the others, which
    meet at the file ``meeting`` (none: as torchrun's environment says). A process cuts its share into ``accumulate``
    parts, whose gradients add up, where memory is short. On ``device`` "cuda" products are in bfloat16.
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
    accumulate: int = 1
    device: str = "cpu"

    def rate(self, progress: float) -> float:
        """Learning rate at a progress 0..1: linear warm-up, then cosine down to a hundredth of the peak."""
        if progress < self.warm:
            return self.peak * (0.02 + 0.98 * progress / self.warm)
        turn = math.pi * min((progress - self.warm) / (1 - self.warm), 1.0)
        return self.peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(turn)))


@dataclass(frozen=True, slots=True)
class Rows:
    """A tokenized corpus: ``flat (total,)`` tokens, ``starts (rows + 1,)`` offsets, and what is told beside each text:
    ``told (rows, columns)``, wishes (integers) for a transformer, properties (floats) for an autoencoder.
    """

    flat: NDArray[np.int16]
    starts: NDArray[np.int64]
    told: NDArray[np.int16] | NDArray[np.float32]

    def take(self, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Sequences, each with its END and padded with END ``(batch, longest)``, and what is told."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        out = np.zeros((len(rows), int(lengths.max())), dtype=np.int64)
        for i, row in enumerate(rows):
            out[i, : lengths[i]] = self.flat[self.starts[row] : self.starts[row + 1]]
        told = self.told[rows]
        return torch.from_numpy(out), torch.from_numpy(told.astype(np.int64) if told.dtype == np.int16 else told)


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


class Training:
    """One run: model, optimizer, averaged weights, and where in the data it stands."""

    def __init__(self, model: LanguageModel | Vae, plan: Plan) -> None:
        if (plan.steps > 0) == (plan.minutes > 0):
            raise ValueError("a plan gives either steps or minutes")
        self.model, self.plan = model.to(plan.device), plan
        self.optimizer = _optimizer(model, plan)
        self.average = {k: v.detach().clone() for k, v in model.state_dict().items()}
        self.step = self.epoch = self.position = 0
        self.seconds = 0.0
        self.typical = 0.0

    @property
    def progress(self) -> float:
        """0 at the start, 1 when the plan is fulfilled."""
        return self.step / self.plan.steps if self.plan.steps else self.seconds / 60 / self.plan.minutes

    def advance(self, rows: Tensor, told: Tensor) -> float:
        """One optimizer step on ``rows (batch, tokens)`` and what is ``told`` beside them; returns the model's loss.

        With ``typical`` tokens a text (set by ``run``) every token of the corpus weighs the same. A mean over the
        tokens of a batch would not do that: batches hold texts of like length, so a token of a short text would weigh
        more, and the model would learn to write molecules that are too small.
        """
        torch.manual_seed(self.plan.seed * 1_000_003 + self.step)  # an autoencoder's noise is the same after a resume
        if isinstance(self.model, Vae):
            self.model.at(self.progress)
        rate = self.plan.rate(self.progress)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        total = 0.0
        half = self.plan.device != "cpu" or fast_half()
        self.optimizer.zero_grad()
        parts = [k for k in np.array_split(np.arange(len(rows)), self.plan.accumulate) if len(k)]
        for part in parts:
            with torch.autocast(self.plan.device, dtype=torch.bfloat16, enabled=half):
                loss = self.model.loss(rows[part].to(self.plan.device), told[part].to(self.plan.device))
            share = len(part) / len(rows)
            if self.typical and not isinstance(self.model, Vae):  # an autoencoder's loss is of whole texts
                share = float(counted(rows[part]).sum()) / (len(rows) * self.typical)
            (loss * share).backward()
            total += float(loss.detach()) * share
        if self.plan.world > 1:
            _average_gradients(self.model, self.plan.world)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        keep = min(self.plan.decay, (1 + self.step) / (10 + self.step))
        now = self.model.state_dict()
        torch._foreach_lerp_([self.average[k] for k in now], [now[k] for k in now], 1 - keep)
        return total

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
        data = torch.load(path, weights_only=True, map_location=self.plan.device)
        if data["describe"] != self.model.describe():
            raise ValueError(f"{path} holds another model or tokenizer; start without resuming")
        self.model.load_state_dict(data["model"])
        self.optimizer.load_state_dict(data["optimizer"])
        self.average = data["average"]
        self.step, self.epoch, self.position, self.seconds = data["at"]


def run(
    training: Training,
    corpus: Rows,
    checkpoint: Path,
    tell: Callable[[dict[str, float]], None],
    stop_at: int = 0,
) -> None:
    """Train until the plan is fulfilled (or until step ``stop_at``); rank 0 saves ``checkpoint`` on the way."""
    plan = training.plan
    training.typical = float(np.diff(corpus.starts).mean())
    order = batches(corpus.starts, plan.batch, plan.seed, training.epoch)
    saved = last = time.monotonic()
    losses: list[float] = []
    while training.progress < 1 and not (stop_at and training.step >= stop_at):
        if training.position >= len(order):
            training.epoch, training.position = training.epoch + 1, 0
            order = batches(corpus.starts, plan.batch, plan.seed, training.epoch)
        rows = order[training.position][plan.rank :: plan.world]
        training.position += 1
        # A last, short batch can leave a process without rows; all skip it alike.
        if len(order[training.position - 1]) < plan.world:
            continue
        losses.append(training.advance(*corpus.take(rows)))
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
    if plan.world > 1:
        dist.barrier()


def join(plan: Plan) -> None:
    """Meet the other processes of a plan (nothing to do for a world of one)."""
    if plan.world > 1:
        place = f"file://{plan.meeting}" if plan.meeting else "env://"
        backend = "gloo" if plan.device == "cpu" else "nccl"
        dist.init_process_group(backend, init_method=place, rank=plan.rank, world_size=plan.world)


def _optimizer(model: LanguageModel | Vae, plan: Plan) -> torch.optim.Optimizer:
    if isinstance(model, SequenceModel):
        return torch.optim.AdamW(model.parameters(), lr=plan.peak, weight_decay=0.01)
    matrices = model.matrices()
    held = {id(p) for p in matrices}
    return Muon(matrices, [p for p in model.parameters() if id(p) not in held], lr=plan.peak)


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
