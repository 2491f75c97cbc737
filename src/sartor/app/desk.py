"""The folder a run writes into: numbered artefacts, an audit trail, and resuming where a killed run stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sartor.core import OrderError

from .order import Order
from .provenance import Audit, fingerprint, sha256

T = TypeVar("T")
STAMP = "0-order.json"


class Desk:
    """One run's folder. ``stage`` either reads a finished artefact of the same order back or makes it and writes it.

    An artefact is written under a temporary name and renamed, so a half-written one never counts as finished. What the
    folder holds of another order is deleted; with ``must_go_on`` it is an OrderError that says what differs.
    """

    def __init__(self, folder: Path, order: Order, start: Path | None = None, must_go_on: bool = False) -> None:
        self.folder = folder
        self.marks = fingerprint(order)
        if start is not None:
            self.marks["input.brief"] = sha256(start) if start.is_file() else "missing"
        self.reused: list[str] = []
        stamp = folder / STAMP
        if must_go_on:
            _must_match(stamp, self.marks)
        _prepare(folder)
        same = stamp.exists() and _stamped(stamp) == self.marks
        if not same:
            for old in folder.glob("[1-5]-*"):
                old.unlink()
            text = {"order": order.model_dump(mode="json", by_alias=True), "fingerprint": self.marks}
            stamp.write_text(json.dumps(text, indent=1, sort_keys=True) + "\n")
        self.audit = Audit(folder)
        self.audit.write("resumed" if same else "started", order=self.marks["order"])

    def stage(
        self, name: str, make: Callable[[], T], write: Callable[[T, Path], object], read: Callable[[Path], T]
    ) -> T:
        """The artefact ``name``: read back when it is there (resumed run), else made and written."""
        path = self.folder / name
        if path.exists():
            self.reused.append(name)
            self.audit.write("reused", file=name, sha256=sha256(path))
            return read(path)
        made = make()
        self.put(name, lambda folder: write(made, folder))
        return made

    def put(self, name: str, write: Callable[[Path], object]) -> None:
        """Let ``write(folder)`` make the artefact ``name`` in a scratch folder, then move what it wrote into place."""
        scratch = self.folder / f".writing-{name}"
        scratch.mkdir(exist_ok=True)
        try:
            write(scratch)
            # The named artefact moves last: it is the mark that the stage is finished.
            made = sorted(scratch.iterdir(), key=lambda p: p.name == name)
            for path in made:
                os.replace(path, self.folder / path.name)
                self.audit.write("wrote", file=path.name, sha256=sha256(self.folder / path.name))
        except OSError as error:
            raise OrderError(_cannot_write(self.folder, error)) from error
        finally:
            for rest in scratch.glob("*"):
                rest.unlink()
            scratch.rmdir()


def _prepare(folder: Path) -> None:
    probe = folder / ".probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"sartor")
        probe.unlink()
    except OSError as error:
        raise OrderError(_cannot_write(folder, error)) from error


def _cannot_write(folder: Path, error: OSError) -> str:
    return (
        f"cannot write into {folder}: {error.strerror or error}; "
        "free some space or choose another folder with -o. What was finished before stays there and is reused"
    )


def _must_match(stamp: Path, marks: dict[str, str]) -> None:
    """OrderError where the folder holds no run, or the run of another order, input, table, model or version."""
    if not stamp.exists():
        raise OrderError(
            f"there is nothing to resume in {stamp.parent}: it holds no {STAMP}; "
            "name the folder of the run with -o, or leave --resume out to begin"
        )
    found = _stamped(stamp)
    other = sorted(k for k in {*found, *marks} if found.get(k) != marks.get(k))
    if other:
        raise OrderError(
            f"the run in {stamp.parent} cannot be resumed, since this differs: {', '.join(other)}; "
            "restore it (budget and other options too), or leave --resume out to begin anew in that folder"
        )


def _stamped(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text())["fingerprint"])
    except (ValueError, KeyError, TypeError):
        return {}
