"""The campaign's folder: an append-only journal that is the truth, and tables that can be made from it again.

``events.jsonl`` holds one event a line, each with the hash of the line before; a command's whole effect is one line,
so that a killed command either happened or did not. ``measured.tsv``, ``batches.tsv`` and the batch files are copies
for people: they are written under another name and renamed, and made anew where they do not fit the journal.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sartor.core import IntakeError, OrderError

from .results import Result

SCHEMA = "sartor/campaign/1"
ABOUT, EVENTS, MEASURED, BATCHES, LOCK = "campaign.json", "events.jsonl", "measured.tsv", "batches.tsv", ".lock"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One molecule of a batch, with what was expected of it: mean and sd of pIC50, as they were then."""

    id: str
    smiles: str
    inchikey: str
    mean: float
    sd: float
    score: float = 0.0
    why: str = ""


class Notebook:
    """What a campaign folder holds. Open it with :func:`opened` (or :func:`begun`); change it with ``write``."""

    def __init__(self, folder: Path, about: Mapping[str, Any], events: list[dict[str, Any]]) -> None:
        self.folder, self.about, self.events = folder, dict(about), events

    @property
    def target(self) -> str:
        """The gene whose shipped potency model is the prior mean; "" for none."""
        return str(self.about.get("target", ""))

    def results(self) -> list[Result]:
        """Every row learned so far, in order."""
        rows = (r for e in self.events if e["event"] == "learned" for r in e["results"])
        return [Result(**{**r, "value": float("nan") if r["value"] is None else r["value"]}) for r in rows]

    def files(self) -> dict[str, int]:
        """Hashes of the result files learned from -> number of the event."""
        return {e["sha256"]: i for i, e in enumerate(self.events) if e["event"] == "learned"}

    def proposals(self) -> list[Proposal]:
        """Every molecule proposed so far, in order."""
        return [Proposal(**p) for e in self.events if e["event"] == "proposed" for p in e["molecules"]]

    def batches(self) -> int:
        """How many batches were proposed."""
        return sum(e["event"] == "proposed" for e in self.events)

    def digest(self) -> str:
        """Hash of all that was learned; a model or a design made from the same digest is the same."""
        keys = [[r.key, r.smiles, r.value, r.relation, r.failed] for r in self.results()]
        text = json.dumps([self.target, self.about.get("variant", ""), keys])
        return hashlib.sha256(text.encode()).hexdigest()

    def write(self, event: str, **what: object) -> None:
        """Append one event and flush it to the disk; then bring the tables for people up to date."""
        path = self.folder / EVENTS
        raw = path.read_bytes() if path.exists() else b""
        lines = raw.splitlines()
        row: dict[str, Any] = {
            "event": event,
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            **what,
            "previous": hashlib.sha256(lines[-1]).hexdigest() if lines else "",
        }
        text = json.dumps(row, sort_keys=True, allow_nan=False, ensure_ascii=False)
        try:
            with path.open("ab") as file:
                file.write(text.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise OrderError(f"cannot write into {self.folder}: {error.strerror or error}; free some space") from error
        self.events.append(json.loads(text))
        self.refresh()

    def refresh(self) -> None:
        """Write ``measured.tsv`` and ``batches.tsv`` from the journal."""
        head = "smiles\tinchikey\tname\trelation\tpIC50\tfailed\trule\n"
        rows = [
            (r.smiles, r.inchikey, r.name, "" if r.failed else r.relation, _number(r.value), r.failed, r.rule)
            for r in self.results()
        ]
        put(self.folder / MEASURED, head + "".join("\t".join(map(_cell, row)) + "\n" for row in rows))
        head = "batch\tid\tsmiles\tinchikey\tmean\tsd\tscore\twhy\n"
        lines = []
        for e in self.events:
            for p in e["molecules"] if e["event"] == "proposed" else ():
                lines.append(
                    (e["batch"], p["id"], p["smiles"], p["inchikey"], p["mean"], p["sd"], p["score"], p["why"])
                )
        put(self.folder / BATCHES, head + "".join("\t".join(map(_cell, row)) + "\n" for row in lines))


class Held:
    """A lock on the folder, so that two commands do not write at once. Use as a context."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / LOCK

    def __enter__(self) -> None:
        mine = f"{platform.node()} {os.getpid()}".encode()
        for _ in range(2):
            try:
                handle = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
                os.write(handle, mine)
                os.close(handle)
                return
            except FileExistsError:
                if self._left_over():
                    self.path.unlink(missing_ok=True)
                    continue
                raise OrderError(
                    f"another command is at work in {self.path.parent}; wait for it, or remove {self.path.name} "
                    "where none is"
                ) from None
            except OSError as error:
                raise OrderError(f"cannot write into {self.path.parent}: {error.strerror or error}") from error

    def _left_over(self) -> bool:
        """True where the command that took the lock was killed: it ran on this machine and runs no more."""
        try:
            node, _, pid = self.path.read_text().rpartition(" ")
            if node != platform.node():
                return False
            os.kill(int(pid), 0)
        except (ProcessLookupError, FileNotFoundError):
            return True
        except (OSError, ValueError):
            return False
        return False

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)


def begun(folder: Path, target: str, variant: str, settings: Mapping[str, Any]) -> Notebook:
    """A new campaign in ``folder``; the one that is there where there is one (its target must be the same)."""
    if (folder / ABOUT).exists():
        book = opened(folder)
        if target and (book.target, book.about.get("variant", "")) != (target, variant):
            raise OrderError(
                f"{folder} is a campaign on {book.target or 'no named target'}, not on {target} {variant}".rstrip()
                + "; give another folder with --campaign"
            )
        return book
    about = {"schema": SCHEMA, "target": target, "variant": variant, "unit": "pIC50", **settings}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        put(folder / ABOUT, json.dumps(about, indent=1, sort_keys=True) + "\n")
    except OSError as error:
        raise OrderError(f"cannot write into {folder}: {error.strerror or error}") from error
    return Notebook(folder, about, [])


def opened(folder: Path) -> Notebook:
    """The campaign of a folder; IntakeError where it is none or its journal was changed.

    A last line without its line break was being written when the command was killed: it never happened, and it is set
    aside as ``events.torn``.
    """
    place = folder / ABOUT
    try:
        about = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IntakeError(
            f"is no campaign folder ({error})", file=place, remedy="begin one with `sartor propose OUT`"
        ) from None
    if about.get("schema") != SCHEMA:
        raise IntakeError(f"its schema is {about.get('schema')!r}, not {SCHEMA!r}", file=place, remedy="use another")
    path = folder / EVENTS
    raw = path.read_bytes() if path.exists() else b""
    if raw and not raw.endswith(b"\n"):
        whole = raw[: raw.rfind(b"\n") + 1]
        (folder / "events.torn").write_bytes(raw[len(whole) :])
        put(path, whole.decode())
        raw = whole
    events, previous = [], ""
    for number, line in enumerate(raw.splitlines(), 1):
        try:
            event = json.loads(line)
            intact = event["previous"] == previous
        except (ValueError, KeyError, TypeError):
            intact = False
        if not intact:
            raise IntakeError(
                "does not follow from the line before it: the journal was changed by hand",
                file=path,
                line=number,
                remedy="put the file back as it was; corrections are new rows in a results file",
            )
        previous = hashlib.sha256(line).hexdigest()
        events.append(event)
    return Notebook(folder, about, events)


def rows_of(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Results as JSON-ready rows; a failed assay's value is null."""
    return [{**asdict(r), "value": None if r.failed else r.value} for r in results]


def put(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    half = path.with_name(f".writing-{path.name}")
    half.write_text(text, encoding="utf-8")
    os.replace(half, path)


def _number(value: float) -> str:
    return "" if value != value else f"{value:.4g}"


def _cell(value: object) -> str:
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return " ".join(text.split())
