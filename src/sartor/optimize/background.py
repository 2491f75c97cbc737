"""Dear scorers beside the search: a round's molecules are measured in the background and taken in later, in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from sartor.chem.parse import strict_batch
from sartor.chem.portions import union
from sartor.core import Candidate, Judge, MolBatch

from .pool import Pool
from .proposers import Proposer

Work = Callable[[], list[Candidate]]


class Task:
    """Work given to the background: its answer or its error, once ``done``."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._over = threading.Event()
        self._answer: list[Candidate] = []
        self._error: BaseException | None = None

    @property
    def done(self) -> bool:
        """True when there is an answer (False where the work failed or goes on)."""
        return self._over.is_set() and self._error is None

    def run(self) -> None:
        """Do the work; an error is kept for whoever asks."""
        try:
            self._answer = self._work()
        except BaseException as error:  # whatever it is belongs to the search, not to this thread
            self._error = error
        self._over.set()

    def result(self) -> list[Candidate]:
        """The answer, waited for; raises what the work raised."""
        self._over.wait()
        if self._error is not None:
            raise self._error
        return self._answer


class Worker:
    """One background thread that does what it is given, one after the other, in the order given.

    A thread, since what is dear waits for another program or computes outside the interpreter lock (docking, an
    ensemble in torch, a service). It ends with the program: nobody waits for a docking run after Ctrl-C.
    """

    def __init__(self) -> None:
        self._queue: SimpleQueue[Task | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def give(self, work: Work) -> Task:
        """Put work at the end of the queue."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="sartor-dear-scorers", daemon=True)
            self._thread.start()
        task = Task(work)
        self._queue.put(task)
        return task

    def close(self) -> None:
        """Take no more: the thread ends after what it is doing, and what waits behind it is left undone."""
        while not self._queue.empty():
            self._queue.get()
        self._queue.put(None)
        self._thread = None

    def _serve(self) -> None:
        while (task := self._queue.get()) is not None:
            task.run()


@dataclass(slots=True)
class _Sent:
    number: int
    pool: Pool
    task: Task
    kept: bool = False  # its answers are on disk already


class Awaited:
    """Pools sent to the judge and not taken in yet, oldest first.

    What was sent in round r is taken in at round r + ``lag``, waited for where it is late and left waiting where it is
    early: so the search does not depend on the clock, and one that is broken off ends as it would have.
    """

    def __init__(self, judge: Judge, lag: int) -> None:
        self.judge, self.lag = judge, lag
        self._sent: list[_Sent] = []
        self._worker = Worker()

    def __len__(self) -> int:
        """Molecules under way."""
        return sum(len(s.pool.mols) for s in self._sent)

    @property
    def mols(self) -> MolBatch:
        """The molecules under way."""
        return union([s.pool.mols for s in self._sent])

    def send(self, number: int, pool: Pool) -> None:
        """Have the molecules of round ``number`` measured."""
        smiles = list(pool.mols.smiles)
        # parsed anew: two threads must not share a molecule, nor the cache of a batch
        task = self._worker.give(lambda: self.judge.judge(strict_batch(smiles)))
        self._sent.append(_Sent(number, pool, task))

    def due(self, number: int) -> tuple[int, Pool, list[Candidate]] | None:
        """The round, the pool and its answers, where some are to be taken in at round ``number``; waits for them.

        Raises what the judge raised (a broken scorer, a refusal).
        """
        if not self._sent or self._sent[0].number > number - self.lag:
            return None
        first = self._sent[0]
        answers = first.task.result()
        del self._sent[0]
        return first.number, first.pool, answers

    def arrived(self) -> list[Candidate]:
        """Answers that are there, not taken in yet and not told before: kept on disk, so that they are not lost."""
        fresh = [s for s in self._sent if s.task.done and not s.kept]
        for s in fresh:
            s.kept = True
        return [c for s in fresh for c in s.task.result()]

    def close(self) -> None:
        """Measure nothing further."""
        self._worker.close()

    def state(self, proposers: Sequence[Proposer]) -> list[dict[str, Any]]:
        """What is under way, for ``restore``."""
        return [
            {
                "number": s.number,
                "smiles": list(s.pool.mols.smiles),
                "owners": [proposers.index(p) for p in s.pool.owners],
                "parents": list(s.pool.parents),
                "shares": [(proposers.index(p), valid, new) for p, valid, new in s.pool.shares],
            }
            for s in self._sent
        ]

    def restore(self, state: Sequence[dict[str, Any]], proposers: Sequence[Proposer]) -> None:
        """Send again what ``state`` told; a judge that remembers answers what had arrived at once."""
        for told in state:
            pool = Pool(
                mols=strict_batch(told["smiles"]),
                owners=[proposers[i] for i in told["owners"]],
                parents=[tuple(p) for p in told["parents"]],
                shares=[(proposers[i], valid, new) for i, valid, new in told["shares"]],
            )
            self.send(told["number"], pool)
