"""A search that was broken off and goes on ends with the ledger it would have had."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sartor.core import Ledger, OrderError, PartError
from sartor.generate.genetic import Genetic
from sartor.optimize.search import INTERRUPTED, Reinforcement
from sartor.report.tables import write_ledger
from sartor.testing.toys import ToyBudget, ToyGenerator, ToyJudge

SETTINGS: dict[str, Any] = {
    "batch": 24, "first": 24, "per_scaffold": 50, "checkpoint": 2, "patience": 4, "warm_after": 2, "points": 200,
}  # fmt: skip


def search(stem: Path | None, molecules: int = 260, stop: int = 0, second: Any = None, **settings: Any) -> Ledger:
    """A search with two toys (or a toy and ``second``); Ctrl-C after ``stop`` rounds (0: never)."""
    rounds: list[dict[str, float]] = []

    def progress(row: dict[str, float]) -> None:
        rounds.append(row)
        if len(rounds) == stop:
            raise KeyboardInterrupt

    optimizer = Reinforcement(Reinforcement.Config(**{**SETTINGS, **settings}))
    if stem is not None:
        optimizer.keep_in(stem)
    generators = [ToyGenerator(broken=0.1), second or ToyGenerator(length=6)]
    judge = ToyJudge(known=["CCNN", "NCCN", "CC(N)CN"])
    return optimizer.search(generators, judge, ToyBudget(molecules, 60.0), np.random.default_rng(7), progress)


def parquet(ledger: Ledger, folder: Path) -> bytes:
    folder.mkdir()
    return write_ledger(ledger, folder).read_bytes()


@pytest.mark.parametrize(
    ("stop", "settings"),
    [(1, {}), (7, {}), (6, {"goal": "pareto"})],
)
def test_a_search_that_goes_on_writes_the_same_bytes(tmp_path: Path, stop: int, settings: dict[str, Any]) -> None:
    whole = search(None, **settings)
    assert any(row["passed_over"] for row in whole.history)  # the surrogate is at work when it is broken off
    broken = search(tmp_path / "s", stop=stop, **settings)
    assert broken.stopped == INTERRUPTED and len(broken.history) == stop
    again = search(tmp_path / "s", **settings)
    assert again.history[:stop] == broken.history
    assert parquet(again, tmp_path / "a") == parquet(whole, tmp_path / "b")


def test_a_genetic_proposer_goes_on_too(tmp_path: Path) -> None:
    whole = search(None, 150, second=Genetic(Genetic.Config()))
    search(tmp_path / "s", 150, stop=3, second=Genetic(Genetic.Config()))
    again = search(tmp_path / "s", 150, second=Genetic(Genetic.Config()))
    assert any(c.lineage.parents for c in whole.candidates if c.lineage.round > 3)
    assert parquet(again, tmp_path / "a") == parquet(whole, tmp_path / "b")


def test_it_goes_on_as_often_as_it_is_broken_off(tmp_path: Path) -> None:
    whole = search(None)
    for stop in (2, 3, 1):
        search(tmp_path / "s", stop=stop)
    assert parquet(search(tmp_path / "s"), tmp_path / "a") == parquet(whole, tmp_path / "b")


def test_lines_of_an_unfinished_round_are_cut_off(tmp_path: Path) -> None:
    search(tmp_path / "s", stop=4)
    with (tmp_path / "s.jsonl").open("ab") as file:
        file.write(b'["tried", "CC", {"nitro')
    assert parquet(search(tmp_path / "s"), tmp_path / "a") == parquet(search(None), tmp_path / "b")


def test_another_search_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    search(tmp_path / "s", stop=2)
    with pytest.raises(OrderError, match="other settings"):
        search(tmp_path / "s", batch=25)
    lines = (tmp_path / "s.jsonl").read_bytes()
    (tmp_path / "s.jsonl").write_bytes(lines[:-20])
    with pytest.raises(OrderError, match="shorter than it was"):
        search(tmp_path / "s")


def test_a_generator_with_a_state_that_cannot_be_kept_is_named(tmp_path: Path) -> None:
    class Odd(ToyGenerator):
        def state(self) -> Any:
            return {"odds": self.odds, "net": object()}

        def restore(self, state: Any) -> None:
            self.odds = state["odds"]

    optimizer = Reinforcement(Reinforcement.Config(**{**SETTINGS, "checkpoint": 1}))
    optimizer.keep_in(tmp_path / "s")
    with pytest.raises(PartError, match=r"cannot be kept.*object"):
        optimizer.search([Odd()], ToyJudge(), ToyBudget(60), np.random.default_rng(0))


SCRIPT = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import test_resume
from sartor.testing.toys import ToyJudge
judge = ToyJudge.judge
ToyJudge.judge = lambda self, mols: (time.sleep(0.05), judge(self, mols))[1]
print("ready", flush=True)
test_resume.search(Path(sys.argv[2]))
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_process_killed_or_interrupted_at_any_moment_leaves_a_search_to_go_on_with(
    tmp_path: Path, how: signal.Signals
) -> None:
    stem = tmp_path / "s"
    args = [sys.executable, "-c", SCRIPT, str(Path(__file__).parent), str(stem)]
    with subprocess.Popen(args, stdout=subprocess.PIPE, env=dict(os.environ)) as process:
        assert process.stdout is not None
        process.stdout.readline()
        lines = tmp_path / "s.jsonl"
        while process.poll() is None and not (lines.exists() and lines.read_bytes().count(b"\n") > 60):
            time.sleep(0.005)
        if process.poll() is None:
            process.send_signal(how)
    assert (tmp_path / "s.npz").exists()
    assert parquet(search(stem), tmp_path / "a") == parquet(search(None), tmp_path / "b")
