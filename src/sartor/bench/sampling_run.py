"""One contender of ``sartor bench sampling`` in its own process: ``python -m sartor.bench.sampling_run plan.json``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Sampler = Callable[[int, int], list[str]]  # (how many, seed) -> raw texts


def main() -> None:
    """Sample as the plan says; the texts go to its ``out``, the figures to standard output as one JSON line."""
    plan = json.loads(Path(sys.argv[1]).read_text())
    sample = _peer(plan) if plan["contender"] == "peer" else _model(plan)
    sample(1, plan["seed"])  # load everything, and answer once
    startup = time.time() - plan["started"]
    wall, cpu = time.perf_counter(), time.process_time()
    texts = sample(plan["samples"], plan["seed"] + 1)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    Path(plan["out"]).write_text("".join(text + "\n" for text in texts))
    print(json.dumps({"wall_s": wall, "cpu_s": cpu, "startup_s": startup, "peak_mb": peak_mb()}))


def _model(plan: dict[str, Any]) -> Sampler:
    from sartor.app.sampling import sample_texts

    return lambda n, seed: sample_texts(plan["model"], n, seed, raw=True, threads=plan["threads"])


def _peer(plan: dict[str, Any]) -> Sampler:
    from sartor.ml.peers.shelf import load_peer, sample_peer, untrained_peer
    from sartor.ml.sequence_model import threads

    given = plan["weights"]
    peer, lengths = (load_peer(Path(given)), None) if given else untrained_peer("reinvent", plan["like"], plan["seed"])

    def sample(n: int, seed: int) -> list[str]:
        with threads(plan["threads"]):
            return sample_peer(peer, n, seed, plan["batch"], lengths)

    return sample


def peak_mb() -> float | None:
    """Largest resident size of this process so far in MB (10**6 bytes); None where the system does not say."""
    try:  # Linux's own mark; getrusage would also count what the parent held when it started this process
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6
    except (OSError, IndexError, ValueError):
        pass
    try:
        import resource
    except ImportError:
        return None
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / 1e6 if sys.platform == "darwin" else size * 1024 / 1e6


if __name__ == "__main__":
    main()
