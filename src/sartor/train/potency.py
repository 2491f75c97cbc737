"""The recipe of the potency models: `sartor train potency`.

One network shared by all targets, five members, each blind to one fifth of the scaffolds, blended with each target's
nearest measured molecules. What a member and the neighbours outside its fold say of the scaffolds it never saw gives
the published figures and the intervals; the five together are shipped.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sartor.ml import weights
from sartor.ml.multitask import Multitask, pack
from sartor.ml.multitask_training import Recipe, predict, train_member

from . import potency_gate, potency_index, potency_report
from .potency_baseline import compare
from .potency_card import card, fact_rows, write_facts
from .potency_data import FOLDS, PotencyData, build

TABLE = Path("bioactivity/potency/potency.tsv.gz")
COUNTS = Path("bioactivity/potency/targets_human.tsv")
DAVIS = Path("bioactivity/mutants/davis_mutants_pKd.tsv.gz")

Member = dict[str, NDArray[np.float32]]


def train_potency(
    data: Path,
    out: Path,
    seed: int,
    resume: bool,
    say: Callable[[str], None] = print,
    to: Path | None = None,
    facts: Path | None = None,
) -> Path:
    """Train, evaluate and ship the potency models; returns the weights file.

    ``data`` is the data folder (it holds bioactivity/), ``out`` keeps the prepared data, the checkpoints and the
    members; ``resume`` takes up what is there, else members are trained anew. Weights go to ``to`` (the package's own
    by default), the fact table to ``facts``.
    """
    out.mkdir(parents=True, exist_ok=True)
    if not resume:
        for old in (*out.glob("member_*.npz"), *out.glob("fold_*.pt")):
            old.unlink()
    sets = build(data / TABLE, out, seed)
    say(f"{len(sets.smiles)} molecules, {len(sets.tasks)} tasks, {len(sets.value)} labels")
    members = [_member(sets, f, seed, out, say) for f in range(FOLDS)]
    return _ship(data, sets, members, out, seed, say, to, facts)


def _member(sets: PotencyData, fold: int, seed: int, out: Path, say: Callable[[str], None]) -> Member:
    done = out / f"member_{fold}.npz"
    if not done.exists():
        made = train_member(sets, fold, seed, Recipe(), out / f"fold_{fold}.pt", say)
        np.savez(out / "member.tmp.npz", **made)  # type: ignore[arg-type]
        (out / "member.tmp.npz").rename(done)
    with np.load(done) as f:
        return {k: f[k] for k in f.files}


def held_out(sets: PotencyData, members: list[Member], rows: NDArray[np.intp]) -> NDArray[np.float32]:
    """Predictions ``(len(rows), tasks)``, each molecule by the member that never saw its scaffold."""
    out = np.empty((len(rows), len(sets.tasks)), dtype=np.float32)
    for f, member in enumerate(members):
        mine = np.flatnonzero(sets.fold[rows] == f)
        if len(mine):
            out[mine] = predict(sets, rows[mine], member)
    return out


def _labels_held_out(sets: PotencyData, members: list[Member]) -> NDArray[np.float32]:
    row = np.repeat(np.arange(len(sets.smiles)), np.diff(sets.first))
    out = np.empty(len(sets.value), dtype=np.float32)
    for begin in range(0, len(sets.smiles), 20_000):
        rows = np.arange(begin, min(begin + 20_000, len(sets.smiles)))
        here = slice(sets.first[rows[0]], sets.first[rows[-1] + 1])
        out[here] = held_out(sets, members, rows)[row[here] - begin, sets.task[here]]
    return out


@dataclass(frozen=True)
class _Blend:
    """The held-out answer of network and neighbours together."""

    sets: PotencyData
    bits: NDArray[np.uint8]
    stand: list[NDArray[np.intp]]
    values: list[NDArray[np.uint8]]

    def __call__(
        self, network: NDArray[np.float32], rows: NDArray[np.intp], t: int
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Answers and nearest similarities of ``rows`` on task ``t``."""
        local, near = potency_index.local_held_out(self.sets, self.bits, self.stand[t], self.values[t], rows)
        share = potency_index.NETWORK_SHARE
        return (share * network + (1 - share) * local).astype(np.float32), near

    def labels(self, network: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Answers and nearest similarities of every label."""
        guess, near = network.copy(), np.zeros_like(network)
        for t in range(len(self.sets.tasks)):
            where = np.flatnonzero(self.sets.task == t)
            rows = np.searchsorted(self.sets.first, where, side="right") - 1
            guess[where], near[where] = self(network[where], rows, t)
        return guess, near


def _ship(
    data: Path,
    sets: PotencyData,
    members: list[Member],
    out: Path,
    seed: int,
    say: Callable[[str], None],
    to: Path | None,
    facts: Path | None,
) -> Path:
    network = _labels_held_out(sets, members)
    bits = potency_index.packed_bits(sets)
    stand = potency_index.represent(sets, bits, seed)
    values = potency_index.task_values(sets, stand)
    blend = _Blend(sets, bits, stand, values)
    guess, near = blend.labels(network)
    held = potency_report.HeldOut.of(sets, guess, near)
    np.savez(out / "held_out.npz", guess=guess, near=near, network=network)
    figures: dict[str, dict[str, Any]] = {}
    for t, name in enumerate(sets.tasks):
        mine = held.task == t
        if mine.sum() >= 20:
            figures[name] = dict(potency_report.skill(held.truth[mine], held.guess[mine], seed))
            figures[name]["exact"] = int(mine.sum())
    say(f"figures of {len(figures)} tasks")
    davis = potency_gate.panel(data / DAVIS, sets)
    rows = sorted({*davis["row"].to_list(), *potency_gate.drug_rows(sets).values()})
    drugs = held_out(sets, members, np.array(rows))
    for t in range(len(sets.tasks)):
        drugs[:, t], _ = blend(drugs[:, t], np.array(rows), t)
    gate = potency_gate.judge(sets, drugs, rows, davis, seed)
    answers = {"network, one member": network, "shipped blend": guess}
    baseline = compare(sets, answers, seed, say, out / "baseline.json")
    whole = np.ones(len(held.task), dtype=bool)
    factor = potency_report.widening(held, whole)
    half = potency_report.half_widths(held, whole, factor)
    known = pl.read_csv(data / COUNTS, separator="\t", infer_schema_length=10_000)
    made = card(sets, held, figures, gate, baseline, factor, half, known, seed)
    shipped = [sets.tasks.index(name) for name in sorted(made["targets"])]  # cards are written sorted
    packed = pack(members)
    packed["w3"], packed["b3"] = packed["w3"][:, :, shipped], packed["b3"][:, shipped]
    made["quantization"] = _rounding(sets, members, packed, shipped)
    (out / "card.json").write_text(json.dumps(made, indent=1))
    arrays = potency_index.index_arrays(sets, bits, stand, values, shipped, out / "potency_neighbours.tsv")
    note = {"about": "fingerprints and neighbours of the potency models; see potency.card.json"}
    weights.save("potency_index", arrays, {**note, "licence": made["licence"], "targets": list(made["targets"])}, to)
    path = weights.save("potency", packed, made, to)
    write_facts(fact_rows(made), facts)
    say(f"{len(shipped)} targets shipped, {path.stat().st_size / 1e6:.1f} MB")
    return path


def _rounding(
    sets: PotencyData, members: list[Member], packed: dict[str, NDArray[np.generic]], shipped: list[int]
) -> str:
    """How far the shipped int8 and float16 numbers move a member's answer, on 500 molecules."""
    rows = np.arange(0, len(sets.smiles), max(1, len(sets.smiles) // 500))
    plain = predict(sets, rows, members[0])[:, shipped]
    net = Multitask.unpack(packed)
    gap = np.abs(net.members(sets.dense(rows))[0] - plain)
    return f"int8 and float16 storage moves an answer by {gap.mean():.4f} on average, {gap.max():.3f} at most"
