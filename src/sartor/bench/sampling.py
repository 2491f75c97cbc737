"""How fast a generator samples, beside a loop of the REINVENT kind in the same run: wall clock, CPU, memory, start.

Each contender runs in a process of its own, one after the other, so that neither its memory nor its start is charged to
another. CPU seconds (user + system) count little of what else the machine does; compare ratios of one run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sartor.chem.parse import batch as parse_batch
from sartor.core import PartError, Refusal
from sartor.core.jsonable import encode

from .samples import read_texts, share

PEER_LABEL = "REINVENT-kind loop, our re-implementation"


def measure_sampling(
    model: str,
    *,
    samples: int = 2000,
    batch: int = 256,
    threads: int = 1,
    seed: int = 20261,
    peer: bool = False,
    peer_weights: Path | None = None,
) -> dict[str, Any]:
    """Rates of ``samples`` raw texts on ``threads`` threads; with ``peer`` also those of the other loop, and ratios.

    ``molecules_per_s`` counts texts, valid or not; ``valid_per_s`` those that RDKit parses and sanitizes (parsing is
    not timed); ``startup_s`` runs from the start of the process to the first text; ``peak_mb`` is its largest resident
    size. ``batch`` is the peer's; a model of ours keeps its own. Without ``peer_weights`` the peer's network is random
    and its rows end where the model's own texts do, so that its loop is as long as a trained one's; its validity is
    then unknown (null).
    """
    if samples < batch:
        raise Refusal(f"{samples} samples are less than one batch of {batch}", remedy="ask for more samples")
    plan = {"model": model, "samples": samples, "batch": batch, "threads": threads, "seed": seed}
    with tempfile.TemporaryDirectory() as folder:
        own, texts = run_apart({**plan, "contender": "model"}, Path(folder))
        answer: dict[str, Any] = {**plan, **own}
        if peer:
            given = str(peer_weights) if peer_weights else ""
            beside = {**plan, "contender": "peer", "weights": given, "like": [] if given else _valid(texts)}
            figures, _ = run_apart(beside, Path(folder), judged=bool(given))
            figures["label"] = PEER_LABEL
            figures["weights"] = given or "random; rows end at the lengths of the model's own valid texts"
            answer["peer"] = figures
            for name in ("molecules_per_s", "molecules_per_cpu_s"):
                answer[f"ratio_{name}"] = answer[name] / figures[name]
    return encode(answer)


def run_apart(plan: dict[str, Any], folder: Path, judged: bool = True) -> tuple[dict[str, Any], list[str]]:
    """Figures and raw texts of one contender, sampled in a fresh Python; PartError with its words where it fails."""
    order, out = folder / "plan.json", folder / f"{plan['contender']}.smi"
    order.write_text(json.dumps({**plan, "out": str(out), "started": time.time()}))
    count = str(plan["threads"])
    quiet = {**os.environ, "OMP_NUM_THREADS": count, "MKL_NUM_THREADS": count, "OPENBLAS_NUM_THREADS": count}
    done = subprocess.run(
        [sys.executable, "-m", "sartor.bench.sampling_run", str(order)], capture_output=True, text=True, env=quiet
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no words"])[-1]
        raise PartError(f"sampling the {plan['contender']} failed: {last}")
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    texts = read_texts(out)[: plan["samples"]]
    n, wall, cpu = len(texts), figures.pop("wall_s"), figures.pop("cpu_s")
    figures |= {"molecules_per_s": n / wall, "molecules_per_cpu_s": n / cpu}
    valid = len(_valid(texts)) if judged else None
    figures["validity"] = None if valid is None else share(valid, n)
    figures["valid_per_s"] = None if valid is None else valid / wall
    figures["valid_per_cpu_s"] = None if valid is None else valid / cpu
    return figures, texts


def _valid(texts: list[str]) -> list[str]:
    _, bad = parse_batch(texts)
    lost = {b.position for b in bad}
    return [text for i, text in enumerate(texts) if i not in lost]
