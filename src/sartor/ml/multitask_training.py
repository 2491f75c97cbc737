"""Trains one member of a multi-task ensemble (see multitask) on sparse counts and sparse, partly censored labels."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from .multitask import GRID, LEVELS


@dataclass(frozen=True)
class Recipe:
    """Sizes and schedule; ``noise`` is the dropout of input bits and after each hidden layer; ``half`` computes the
    dense layers in bfloat16 (half the time where the processor has it, slower where it has not).
    """

    hidden1: int = 768
    hidden2: int = 512
    epochs: int = 8
    batch: int = 512
    rate: float = 2e-3
    decay: float = 1e-5
    noise: tuple[float, float, float] = (0.0, 0.2, 0.3)
    balance: float = 0.3
    half: bool = True


class SparseNet(nn.Module):
    """``log(1 + counts) -> hidden1 -> hidden2 -> tasks``; the first layer reads only the bits that are set, and
    ``beside`` columns of numbers near -1 to 1 as they are.
    """

    def __init__(self, bits: int, tasks: int, recipe: Recipe, beside: int = 0) -> None:
        super().__init__()
        self.first = nn.EmbeddingBag(bits, recipe.hidden1, mode="sum")
        nn.init.normal_(self.first.weight, std=0.12)  # about 50 set bits give unit-sized sums
        self.beside = nn.Parameter(torch.randn(beside, recipe.hidden1) * 0.3)
        self.bias = nn.Parameter(torch.zeros(recipe.hidden1))
        self.in_half = recipe.half
        self.second = nn.Linear(recipe.hidden1, recipe.hidden2)
        self.heads = nn.Linear(recipe.hidden2, tasks)
        nn.init.normal_(self.heads.weight, std=0.01)
        nn.init.zeros_(self.heads.bias)
        self.drop = nn.ModuleList([nn.Dropout(p) for p in recipe.noise])

    def forward(
        self, bits: torch.Tensor, offsets: torch.Tensor, weights: torch.Tensor, beside: torch.Tensor
    ) -> torch.Tensor:
        """Standardized predictions ``(batch, tasks)`` from flat bits with their row offsets and log counts, and the
        columns beside them.
        """
        x = self.first(bits, offsets, per_sample_weights=self.drop[0](weights)) + beside @ self.beside
        x = torch.relu(x + self.bias)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.in_half):
            x = torch.relu(self.second(self.drop[1](x)))
            out: torch.Tensor = self.heads(self.drop[2](x))
        return out.float()

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """The member as multitask.pack wants it."""
        named = {
            "w1": self.first.weight,
            "b1": self.bias,
            "w2": self.second.weight.T,
            "b2": self.second.bias,
            "w3": self.heads.weight.T,
            "b3": self.heads.bias,
        }
        named |= {"wd": self.beside} if len(self.beside) else {}
        return {k: v.detach().numpy().astype(np.float32).copy() for k, v in named.items()}


class _Rows:
    """Gathers batches from compressed rows of counts and labels, and columns beside the counts where data has some."""

    def __init__(self, data: Any, scaled: NDArray[np.float32]) -> None:
        self.data, self.scaled = data, scaled
        none = np.zeros((len(data.fold), 0), dtype=np.int16)
        self.beside: NDArray[np.integer] = none if getattr(data, "beside", None) is None else data.beside
        self.weight = LEVELS[data.counts.astype(np.int64)] / GRID

    @staticmethod
    def _spans(start: NDArray[np.int64], rows: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        size = start[rows + 1] - start[rows]
        offsets = np.cumsum(size) - size
        flat = np.arange(size.sum()) - np.repeat(offsets - start[rows], size)
        return flat, offsets

    def inputs(self, rows: NDArray[np.intp]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        flat, offsets = self._spans(self.data.start, rows)
        return (
            torch.from_numpy(self.data.bits[flat].astype(np.int64)),
            torch.from_numpy(offsets),
            torch.from_numpy(self.weight[flat]),
            torch.from_numpy(self.beside[rows].astype(np.float32) / GRID),
        )

    def labels(self, rows: NDArray[np.intp]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        flat, offsets = self._spans(self.data.first, rows)
        which = np.repeat(np.arange(len(rows)), np.diff(np.append(offsets, len(flat))))
        return (
            torch.from_numpy(which),
            torch.from_numpy(self.data.task[flat].astype(np.int64)),
            torch.from_numpy(self.scaled[flat]),
            torch.from_numpy(self.data.kind[flat]),
        )


def task_scale(data: Any, keep: NDArray[np.bool_]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and spread ``(tasks,)`` of the labels of the molecules ``keep (n,)`` marks True; 0 and 1 for classes, whose
    heads answer in log-odds.
    """
    molecule = np.repeat(keep, np.diff(data.first))
    n_tasks = len(data.tasks)
    n = np.bincount(data.task[molecule], minlength=n_tasks)
    mean = np.bincount(data.task[molecule], data.value[molecule], n_tasks) / np.maximum(n, 1)
    square = np.bincount(data.task[molecule], data.value[molecule] ** 2, n_tasks) / np.maximum(n, 1)
    spread = np.sqrt(np.maximum(square - mean**2, 0.09))
    classes = _classes(data)
    mean[classes], spread[classes] = 0.0, 1.0
    return mean.astype(np.float32), spread.astype(np.float32)


def _classes(data: Any) -> NDArray[np.bool_]:
    """Which tasks ``(tasks,)`` are classes, labelled 0 and 1; none where data does not say."""
    said = getattr(data, "classes", None)
    return np.zeros(len(data.tasks), dtype=bool) if said is None else said


CLASS_WEIGHT = 4.0  # a squared error of 0/1 labels in standard units is about this many times a log loss


def train_member(
    data: Any,
    held_out: int,
    seed: int,
    recipe: Recipe,
    checkpoint: Path,
    say: Callable[[str], None] = print,
) -> dict[str, NDArray[np.float32]]:
    """One member, trained on every fold but ``held_out``; its arrays plus ``mean`` and ``spread``.

    Censored labels pull only when the prediction is on the wrong side of the bound. A half-trained member is
    kept in ``checkpoint`` after each epoch and taken up again from there.
    """
    torch.manual_seed(seed + held_out)
    keep = data.fold != held_out
    rows = np.flatnonzero(keep)
    mean, spread = task_scale(data, keep)
    reader = _Rows(data, ((data.value - mean[data.task]) / spread[data.task]).astype(np.float32))
    molecule = np.repeat(keep, np.diff(data.first))
    size = np.bincount(data.task[molecule], minlength=len(data.tasks)).astype(float)
    share = np.maximum(size, 1.0) ** -recipe.balance
    share *= size.sum() / (share * size).sum()
    weight = torch.from_numpy(share.astype(np.float32))
    classes = torch.from_numpy(_classes(data))
    net = SparseNet(2048, len(data.tasks), recipe, reader.beside.shape[1])
    steps = -(-len(rows) // recipe.batch)
    adam = torch.optim.AdamW(net.parameters(), lr=recipe.rate, weight_decay=recipe.decay, fused=True)
    plan = torch.optim.lr_scheduler.OneCycleLR(adam, recipe.rate, total_steps=steps * recipe.epochs, pct_start=0.15)
    begin = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(kept["net"])
        adam.load_state_dict(kept["adam"])
        plan.load_state_dict(kept["plan"])
        begin = int(kept["epoch"])
    for epoch in range(begin, recipe.epochs):
        clock = time.process_time()
        loss = _epoch(net, reader, rows, weight, classes, adam, plan, recipe.batch, seed * 1000 + epoch)
        state = {"net": net.state_dict(), "adam": adam.state_dict(), "plan": plan.state_dict(), "epoch": epoch + 1}
        torch.save(state, checkpoint)
        say(f"fold {held_out} epoch {epoch + 1}: loss {loss:.4f}, {time.process_time() - clock:.0f} s of CPU")
    return {**net.arrays(), "mean": mean, "spread": spread}


def _epoch(
    net: SparseNet,
    reader: _Rows,
    rows: NDArray[np.intp],
    weight: torch.Tensor,
    classes: torch.Tensor,
    adam: torch.optim.Optimizer,
    plan: torch.optim.lr_scheduler.LRScheduler,
    batch: int,
    seed: int,
) -> float:
    net.train()
    order = np.random.default_rng(seed).permutation(rows)
    total = count = 0.0
    for begin in range(0, len(order), batch):
        chosen = order[begin : begin + batch]
        which, task, truth, kind = reader.labels(chosen)
        said = net(*reader.inputs(chosen))[which, task]
        off = said - truth
        off = torch.where(kind < 0, off.clamp(min=0), torch.where(kind > 0, off.clamp(max=0), off)) ** 2
        if classes.any():
            odds = nn.functional.binary_cross_entropy_with_logits(said, truth.clamp(0, 1), reduction="none")
            off = torch.where(classes[task], CLASS_WEIGHT * odds, off)
        loss = (weight[task] * off).sum() / len(off)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        plan.step()
        total, count = total + float(loss.detach()) * len(off), count + len(off)
    return total / count


def predict(data: Any, rows: NDArray[np.intp], member: dict[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    """Predictions ``(len(rows), tasks)`` of one unquantized member, in the tasks' unit."""
    reader = _Rows(data, data.value)
    w1 = torch.from_numpy(member["w1"])
    out = []
    for begin in range(0, len(rows), 2048):
        bits, offsets, weights, beside = reader.inputs(rows[begin : begin + 2048])
        x = nn.functional.embedding_bag(bits, w1, offsets, mode="sum", per_sample_weights=weights).numpy()
        x = x + beside.numpy() @ member["wd"] if "wd" in member else x
        x = np.maximum(x + member["b1"], 0.0)
        x = np.maximum(x @ member["w2"] + member["b2"], 0.0)
        out.append((x @ member["w3"] + member["b3"]) * member["spread"] + member["mean"])
    return np.concatenate(out)
