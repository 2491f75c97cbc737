"""Train a peer on the data and for the time that a model of ours had, and sample it.

Kinds: "char-rnn" and "vae" (MOSES), "reinvent" (see ``sartor.ml.peers``). Adam at 1e-3, halved at every eighth of the
time (MOSES halves CharRNN's rate at every eighth of its epochs), gradients clipped at norm 50 (as MOSES does for its
VAE), batches of 512 rows of like length. Run as ``python -m sartor.train.peers train --kind char-rnn --data train.smi
--out run --minutes 60``, then ``… sample --weights run/peer-char-rnn.safetensors -n 30000 --out samples.smi``.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from sartor.ml.peers.alphabet import Alphabet, learn_alphabet
from sartor.ml.peers.shelf import KINDS, Peer, load_peer, make_peer, sample_peer, save_peer
from sartor.ml.sequence_model import fast_half

BATCH = 512
RATE = 1e-3
HALVINGS = 8
CLIP = 50.0
POOL = 50  # batches sorted by length together
CHECKPOINT_SECONDS = 120.0


class PeerTraining:
    """One run of a peer: network, optimizer, and where it stands. ``seconds`` counts training, over all resumes."""

    def __init__(self, model: Peer, minutes: float, seed: int) -> None:
        self.model, self.minutes, self.seed = model, minutes, seed
        self.optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
        self.step = self.epoch = self.position = 0
        self.seconds = 0.0
        self.loss = float("nan")
        self.device = next(model.parameters()).device
        # in half precision wherever the device multiplies it faster, as ours are trained
        self.half = self.device.type == "cuda" or (self.device.type == "cpu" and fast_half())

    @property
    def progress(self) -> float:
        """0 at the start, 1 when the time is spent."""
        return min(self.seconds / 60 / self.minutes, 1.0)

    def advance(self, rows: Tensor) -> None:
        """One optimizer step on ``rows (batch, tokens)``."""
        for group in self.optimizer.param_groups:
            group["lr"] = RATE * 0.5 ** int(self.progress * HALVINGS)
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.half):
            loss = self.model.loss(rows.to(self.device), self.progress)
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        self.optimizer.step()
        self.step += 1
        self.loss = float(loss.detach())

    def save(self, path: Path) -> None:
        """Everything needed to go on, written atomically."""
        part = path.with_suffix(".part")
        data = {
            "describe": self.model.describe(),
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "at": (self.step, self.epoch, self.position, self.seconds, self.loss),
        }
        torch.save(data, part)
        os.replace(part, path)

    def restore(self, path: Path) -> None:
        """Go on from a checkpoint of the same peer."""
        data = torch.load(path, weights_only=True, map_location="cpu")
        if data["describe"] != self.model.describe():
            raise ValueError(f"{path} holds another peer or alphabet; train without --resume")
        self.model.load_state_dict(data["model"])
        self.optimizer.load_state_dict(data["optimizer"])
        torch.set_rng_state(data["random"])
        self.step, self.epoch, self.position, self.seconds, self.loss = data["at"]


def train_peer(
    kind: str,
    train_file: Path,
    out: Path,
    minutes: float,
    seed: int,
    *,
    resume: bool = True,
    batch: int = BATCH,
    device: str = "cpu",
) -> dict[str, Any]:
    """Train a peer for ``minutes`` of wall-clock time (all resumes together) on a file of SMILES, one a line.

    Writes ``out/checkpoint.pt`` on the way, and ``out/peer-KIND.safetensors`` with its card at the end; returns the
    card. ``device`` is torch's name of where to train; the weights are written for any.
    """
    out.mkdir(parents=True, exist_ok=True)
    smiles = train_file.read_text().split()
    torch.manual_seed(seed)
    alphabet = learn_alphabet(smiles)
    rows = alphabet.rows(smiles)
    training = PeerTraining(make_peer(kind, alphabet).to(device), minutes, seed)
    checkpoint = out / "checkpoint.pt"
    if resume and checkpoint.exists():
        training.restore(checkpoint)
    _run(training, rows, checkpoint, batch)
    card = _card(training, alphabet, len(rows), len(smiles), batch, train_file)
    save_peer(training.model, card, out)
    return card


def _run(training: PeerTraining, rows: Sequence[NDArray[np.uint8]], checkpoint: Path, batch: int) -> None:
    training.model.train()
    order = batches([len(r) for r in rows], batch, training.seed, training.epoch)
    saved = last = time.monotonic()
    while training.progress < 1:
        if training.position >= len(order):
            training.epoch, training.position = training.epoch + 1, 0
            order = batches([len(r) for r in rows], batch, training.seed, training.epoch)
        training.advance(gather(rows, order[training.position]))
        training.position += 1
        now = time.monotonic()
        training.seconds += now - last
        last = now
        if training.step % 100 == 0:
            print(
                f"step {training.step}, epoch {training.epoch}, {training.progress:.1%}: {training.loss:.4f}",
                flush=True,
            )
        if now - saved > CHECKPOINT_SECONDS:
            training.save(checkpoint)
            saved = last = time.monotonic()
    training.save(checkpoint)


def batches(lengths: Sequence[int], batch: int, seed: int, epoch: int) -> list[NDArray[np.int64]]:
    """Row numbers of each batch of one epoch: shuffled, rows of like length together, batches shuffled again."""
    sizes = np.asarray(lengths)
    rng = np.random.default_rng([seed, epoch])
    order = rng.permutation(len(sizes))
    made: list[NDArray[np.int64]] = []
    for i in range(0, len(order), batch * POOL):
        pool = order[i : i + batch * POOL]
        pool = pool[np.argsort(sizes[pool], kind="stable")]
        made += [pool[j : j + batch] for j in range(0, len(pool), batch)]
    return [made[i] for i in rng.permutation(len(made))]


def gather(rows: Sequence[NDArray[np.uint8]], numbers: NDArray[np.int64]) -> Tensor:
    """These rows, each closed and padded with END: ``(batch, longest + 1)``."""
    out = np.zeros((len(numbers), max(len(rows[i]) for i in numbers) + 1), dtype=np.int64)
    for at, i in enumerate(numbers):
        out[at, : len(rows[i])] = rows[i]
    return torch.from_numpy(out)


def _card(
    training: PeerTraining, alphabet: Alphabet, used: int, given: int, batch: int, train_file: Path
) -> dict[str, Any]:
    return {
        "name": f"peer-{training.model.kind}",
        "summary": "a peer to measure beside our models; our re-implementation of a published recipe",
        "data": train_file.name,
        "molecules": {"given": given, "used": used},
        "letters": len(alphabet),
        "parameters": sum(p.numel() for p in training.model.parameters()),
        "training": {
            "minutes": training.minutes,
            "steps": training.step,
            "epochs": training.epoch,
            "batch": batch,
            "rate": f"Adam {RATE:g}, halved at every {HALVINGS}th of the time",
            "last_loss_nats_per_token": training.loss,
            "threads": torch.get_num_threads(),
            "device": training.device.type,
            "half_precision": training.half,
        },
        "seed": training.seed,
    }


def main() -> None:
    """Command line of the recipe."""
    ask = argparse.ArgumentParser(description=__doc__)
    verbs = ask.add_subparsers(dest="verb", required=True)
    train = verbs.add_parser("train")
    train.add_argument("--kind", choices=KINDS, required=True)
    train.add_argument("--data", type=Path, required=True, help="SMILES, one a line")
    train.add_argument("--minutes", type=float, required=True)
    train.add_argument("--device", default="cpu", help="where to train, in torch's words")
    train.add_argument("--fresh", action="store_true", help="start over where a checkpoint is there")
    draw = verbs.add_parser("sample")
    draw.add_argument("--weights", type=Path, required=True)
    draw.add_argument("-n", type=int, default=30_000)
    for verb in (train, draw):
        verb.add_argument("--out", type=Path, required=True)
        verb.add_argument("--seed", type=int, default=0)
    got = ask.parse_args()
    if got.verb == "train":
        card = train_peer(got.kind, got.data, got.out, got.minutes, got.seed, resume=not got.fresh, device=got.device)
        print(json.dumps(card["training"], indent=1))
    else:
        texts = sample_peer(load_peer(got.weights), got.n, got.seed)
        got.out.write_text("".join(text + "\n" for text in texts))


if __name__ == "__main__":
    main()
