"""A search on disk: what was judged, line by line, and the state to go on from; killed at any moment, never half."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sartor.core import Candidate, Lineage, OrderError, Reading
from sartor.ml import packing

VERSION = 2
TRIED, KNOWN, SCREENED = "tried", "known", "screened"  # in the ledger; a ligand; only the cheap scorers were asked
ARRIVED = "arrived"  # measured, and not taken in yet


@dataclass(slots=True)
class Checkpoint:
    """Two files: ``<stem>.jsonl`` grows by a line a candidate, ``<stem>.npz`` holds everything else.

    The second names how many bytes of the first it knows of; lines beyond are of a round that was not finished, and
    are cut off when a search goes on. The state file is replaced in one move, so one of the two last states is there.
    """

    stem: Path
    _bytes: int = field(default=0, init=False)

    @property
    def exists(self) -> bool:
        """True where there is a search to go on with."""
        return self._state.exists()

    @property
    def _state(self) -> Path:
        return self.stem.with_name(self.stem.name + ".npz")

    @property
    def _lines(self) -> Path:
        return self.stem.with_name(self.stem.name + ".jsonl")

    def save(self, state: dict[str, Any], judged: Iterable[tuple[str, Candidate]]) -> None:
        """Add what was judged since the last call, then replace the state. OSError where the disk refuses."""
        text = "".join(json.dumps([kind, *_row(c)]) + "\n" for kind, c in judged).encode()
        with self._lines.open("r+b" if self._bytes else "wb") as file:
            file.truncate(self._bytes)
            file.seek(self._bytes)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        packing.save({"version": VERSION, "bytes": self._bytes + len(text), **state}, self._state)
        self._bytes += len(text)

    def load(self) -> tuple[dict[str, Any], list[tuple[str, Candidate]]]:
        """The last state and everything judged until then; OrderError where the files are damaged."""
        try:
            state = packing.load(self._state)
            if state["version"] != VERSION:
                raise ValueError(f"it is of version {state['version']}, this is {VERSION}")
            with self._lines.open("rb") as file:
                text = file.read(state["bytes"])
            if len(text) < state["bytes"]:
                raise ValueError(f"{self._lines.name} is shorter than it was")
            judged = [_candidate(json.loads(line)) for line in text.splitlines()]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise OrderError(
                f"the search kept in {self._state} cannot be gone on with ({error}); "
                "delete it, or choose another folder, to begin anew"
            ) from None
        self._bytes = state["bytes"]
        return state, judged

    def remove(self) -> None:
        """Delete both files: the search is finished."""
        for path in (self._state, self._lines):
            path.unlink(missing_ok=True)


def _row(c: Candidate) -> list[Any]:
    readings = {n: [float(r.value), float(r.low), float(r.high), bool(r.in_domain), r.why_not]
                for n, r in c.readings.items()}  # fmt: skip
    origin = [c.lineage.proposer, list(c.lineage.parents), c.lineage.round]
    return [c.smiles, readings, c.worth, c.total, list(c.unmet), origin, c.fate]


def _candidate(row: list[Any]) -> tuple[str, Candidate]:
    kind, smiles, readings, worth, total, unmet, (proposer, parents, number), fate = row
    made = {name: Reading(*r) for name, r in readings.items()}
    return kind, Candidate(smiles, made, worth, total, tuple(unmet), Lineage(proposer, tuple(parents), number), fate)
