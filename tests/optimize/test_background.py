"""Dear scorers work beside the search, and what they say does not depend on how long they take."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sartor.core import Desirability, Ledger, MolBatch, Objective, PartError, Patient, PatientView, Readout
from sartor.optimize.background import Worker
from sartor.optimize.search import INTERRUPTED, Reinforcement
from sartor.report.tables import write_ledger
from sartor.score.judge import PatientJudge
from sartor.testing.toys import ToyBudget, ToyGenerator, ToyScorer, toy_brief

WHY = toy_brief().objectives[0].because
OBJECTIVES = (
    Objective("nitrogens", "nitrogens", "count", Desirability((0.0, 6.0)), 3.0, WHY),
    Objective("carbons", "carbons", "count", Desirability((0.0, 10.0)), 1.0, WHY),
)
BRIEF = replace(toy_brief(), objectives=OBJECTIVES, constraints=())
SETTINGS: dict[str, Any] = {"batch": 24, "first": 110, "per_scaffold": 50, "checkpoint": 2}


class Dear(ToyScorer):
    """Nitrogens, at a price. ``before`` is called with the number of the call; it may wait or raise."""

    def __init__(self, before: Any = lambda number: None) -> None:
        super().__init__("N", "nitrogens")
        self.card = replace(self.card, cost="dear")
        self.before = before
        self.asked = 0

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        self.asked += 1
        self.before(self.asked)
        return super()._measure(mols, view)


class Listening(ToyGenerator):
    """Sets a flag when it is asked for molecules after the second round ended."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_again = threading.Event()
        self.ended = 0

    def propose(self, n: int, rng: np.random.Generator) -> list[str]:
        if self.ended >= 2:
            self.asked_again.set()
        return super().propose(n, rng)


def search(
    stem: Path | None, dear: Dear, molecules: int = 230, stop: int = 0, generator: Any = None, **more: Any
) -> Ledger:
    rounds: list[dict[str, float]] = []

    def progress(row: dict[str, float]) -> None:
        rounds.append(row)
        if isinstance(generator, Listening):
            generator.ended = len(rounds)
        if len(rounds) == stop:
            raise KeyboardInterrupt

    optimizer = Reinforcement(Reinforcement.Config(**{**SETTINGS, **more}))
    if stem is not None:
        optimizer.keep_in(stem)
    judge = PatientJudge(BRIEF, {"nitrogens": dear, "carbons": ToyScorer("C", "carbons")}, Patient())
    rng = np.random.default_rng(3)
    return optimizer.search([generator or ToyGenerator()], judge, ToyBudget(molecules, 60.0), rng, progress)


def parquet(ledger: Ledger, folder: Path) -> bytes:
    folder.mkdir()
    return write_ledger(ledger, folder).read_bytes()


def test_the_search_proposes_the_next_round_while_a_dear_scorer_works() -> None:
    generator = Listening()
    met: list[bool] = []

    def before(number: int) -> None:
        if number == 2:  # the second round's molecules; the first call is the untouched prior's
            met.append(generator.asked_again.wait(timeout=5))

    ledger = search(None, Dear(before), 158, generator=generator)
    assert met == [True] and len(ledger) == 158


def test_results_come_in_at_the_same_round_however_late_they_are(tmp_path: Path) -> None:
    quick = search(None, Dear())
    late = search(None, Dear(lambda number: threading.Event().wait(0.02)))
    assert parquet(quick, tmp_path / "a") == parquet(late, tmp_path / "b")
    assert len(quick) == 230 == len({c.smiles for c in quick.candidates})
    judged = [row["judged"] for row in quick.history]
    assert judged[:3] == [110, 110, 134]  # the second round's are taken in at the third
    assert [c.lineage.round for c in quick.candidates[110:134]] == [1] * 24


@pytest.mark.parametrize("lag", [1, 3])
@pytest.mark.parametrize("stop", [1, 2, 3, 5])
def test_one_that_is_broken_off_goes_on_to_the_same_bytes(tmp_path: Path, stop: int, lag: int) -> None:
    whole = search(None, Dear(), lag=lag)
    assert any(row["passed_over"] for row in whole.history)
    broken = search(tmp_path / "s", Dear(), stop=stop, lag=lag)
    assert broken.stopped == INTERRUPTED
    again = search(tmp_path / "s", Dear(), lag=lag)
    assert again.stopped == whole.stopped == "the budget of molecules is spent"
    assert parquet(again, tmp_path / "a") == parquet(whole, tmp_path / "b")


def test_what_had_arrived_when_it_was_broken_off_is_not_measured_again(tmp_path: Path) -> None:
    third = threading.Event()
    first = Dear(lambda number: third.set() if number == 3 else None)  # the second call's answer is there by then

    class Waiting(ToyGenerator):
        def state(self) -> np.ndarray:  # asked when the search is kept
            assert first.asked < 2 or third.wait(5)
            return super().state()

    broken = search(tmp_path / "s", first, stop=4, lag=3, generator=Waiting(), checkpoint=4)
    kept = (tmp_path / "s.jsonl").read_text().count('["arrived"')
    second = Dear()
    whole = search(tmp_path / "s", second, lag=3, checkpoint=4)
    assert len(broken) == 110 and len(whole) == 230 and kept >= 24
    assert second.calls == 230 - 110 - kept


def test_a_failure_is_asked_again_and_recorded_and_a_broken_scorer_ends_the_search() -> None:
    def once(number: int) -> None:
        if number == 2:
            raise TimeoutError("no answer")

    assert not any(c.readings["nitrogens"].why_not for c in search(None, Dear(once)).candidates)

    def poisoned(number: int) -> None:
        if number > 1:
            raise MemoryError("a pose too many")

    ledger = search(None, Dear(poisoned), 134)
    later = [c.readings["nitrogens"].why_not for c in ledger.candidates[110:]]
    assert len(later) == 24 and all("failed twice" in why and "a pose too many" in why for why in later)

    def broken(number: int) -> None:
        raise RuntimeError("no licence")

    with pytest.raises(PartError, match="no licence"):
        search(None, Dear(broken))


def test_an_error_in_the_background_is_raised_where_the_result_is_taken() -> None:
    worker = Worker()

    def work() -> list[Any]:
        raise PartError("broken")

    task = worker.give(work)
    with pytest.raises(PartError, match="broken"):
        task.result()
    assert not task.done
    assert worker.give(list).result() == []
    worker.close()


def test_time_that_is_up_waits_for_what_is_being_measured() -> None:
    dear = Dear()
    optimizer = Reinforcement(Reinforcement.Config(**SETTINGS))
    judge = PatientJudge(BRIEF, {"nitrogens": dear, "carbons": ToyScorer("C", "carbons")}, Patient())
    budgets = iter([60.0, 60.0])

    class Clock:
        molecules = 1000

        @property
        def minutes(self) -> float:
            return next(budgets, 0.0)

    ledger = optimizer.search([ToyGenerator()], judge, Clock(), np.random.default_rng(3))
    assert ledger.stopped == "the time is up" and len(ledger) == dear.calls == 134
