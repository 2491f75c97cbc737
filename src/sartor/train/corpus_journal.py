"""The folder of a corpus while it is written: outputs that only grow, and a journal after each chunk to go on from."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

from sartor.core import OrderError

from .corpus_rows import Chunk

PARTS = ("train", "holdout")
OUTPUTS = (*(f"{part}.smi" for part in PARTS), "dropped.tsv")
KEYS = "keys.bin"  # the digests of what was kept, so that a resumed run knows its doubles; gone when finished
JOURNAL, REPORT, DONE = "journal.json", "report.json", "train.done"
DOUBLE = "double after standardization"
EXAMPLES = 10  # of each reason, in dropped.tsv
KEY_BYTES = 16
_DROPPED_HEAD = b"reason\tfile\tline\ttext\n"


class Verdict(NamedTuple):
    """What became of a row: kept in ``part`` under ``key`` (see ``key_of``), or ``problem``."""

    problem: str
    smiles: str = ""
    part: str = ""
    key: bytes = b""


@dataclass(slots=True)
class Tally:
    """How far the work is (``rows`` of file number ``file`` are done) and what came of it."""

    file: int = 0
    rows: int = 0
    files: list[dict[str, int]] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    notations: Counter[str] = field(default_factory=Counter)
    without_inchi: int = 0
    seconds: float = 0.0
    peak_mb: float = 0.0

    @property
    def read(self) -> int:
        """Rows judged so far."""
        return self.kept.total() + self.dropped.total()


def key_of(inchikey: str, smiles: str) -> bytes:
    """16 bytes that the same compound shares: of its standard InChIKey, or of its SMILES where there is none."""
    return hashlib.blake2b((inchikey or f"smiles {smiles}").encode(), digest_size=KEY_BYTES).digest()


class Journal:
    """The open outputs of one run. ``add`` judges doubles, writes a chunk and then says in the journal that it did.

    What was written behind the journal's back (a killed run's last chunk) is cut off when the folder is opened
    again, so that a run that was interrupted ends with the bytes of one that was not.
    """

    def __init__(self, folder: Path, order: dict[str, Any]) -> None:
        self.folder, self.order = folder, order
        self.tally = Tally(files=[{"read": 0, "kept": 0} for _ in order["inputs"]])
        self.sizes = dict.fromkeys((*OUTPUTS, KEYS), 0)
        self.seen: set[bytes] = set()
        self._stack = ExitStack()

    def __enter__(self) -> Journal:
        stored = _load(self.folder / JOURNAL)
        if stored is not None:
            refuse_other(self.folder, stored["order"], self.order)
            tally = stored["tally"]
            counters = {name: Counter(tally[name]) for name in ("kept", "dropped", "notations")}
            self.tally, self.sizes = Tally(**(tally | counters)), stored["sizes"]
        elif taken := [name for name in OUTPUTS if (self.folder / name).exists()]:
            raise OrderError(
                f"{self.folder} holds a {taken[0]} that no unfinished run of this command made; choose another folder "
                "with -o, or write over it with --fresh"
            )
        self._open(stored is not None)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _open(self, again: bool) -> None:
        for name, size in self.sizes.items():
            scratch = self.folder / f"{name}.part"
            final = self.folder / name
            if again and not scratch.exists() and final.exists():  # killed while the finished files were moved
                os.replace(final, scratch)
            if again and (not scratch.exists() or scratch.stat().st_size < size):
                raise OrderError(
                    f"{scratch} holds less than {JOURNAL} says was written; start again with --fresh or elsewhere"
                )
        self._files = {
            name: self._stack.enter_context((self.folder / f"{name}.part").open("r+b" if again else "wb"))
            for name in self.sizes
        }
        for name, size in self.sizes.items():
            self._files[name].truncate(size)
        while key := self._files[KEYS].read(KEY_BYTES) if again else b"":
            self.seen.add(key)
        for name, size in self.sizes.items():
            self._files[name].seek(size)
        if not again:
            self._files["dropped.tsv"].write(_DROPPED_HEAD)
            self._commit()

    def add(self, chunk: Chunk, label: str, verdicts: list[Verdict], seconds: float, peak_mb: float) -> None:
        """Write a chunk's verdicts in order and enter it in the journal."""
        tally = self.tally
        pieces: dict[str, list[bytes]] = {name: [] for name in self.sizes}
        kept = 0
        for row, (problem, smiles, part, key) in zip(chunk.rows, verdicts, strict=True):
            if not problem and key in self.seen:
                problem = DOUBLE
            if problem:
                tally.dropped[problem] += 1
                if tally.dropped[problem] <= EXAMPLES:
                    pieces["dropped.tsv"].append(_example(problem, label, row.line, row.text))
                continue
            kept += 1
            self.seen.add(key)
            tally.kept[part] += 1
            pieces[f"{part}.smi"].append(smiles.encode() + b"\n")
            pieces[KEYS].append(key)
        for name, texts in pieces.items():
            self._files[name].write(b"".join(texts))
        if chunk.file != tally.file:
            tally.file, tally.rows = chunk.file, 0
        tally.rows += len(chunk.rows)
        tally.files[chunk.file]["read"] += len(chunk.rows)
        tally.files[chunk.file]["kept"] += kept
        tally.seconds += seconds
        tally.peak_mb = max(tally.peak_mb, peak_mb)
        self._commit()

    def _commit(self) -> None:
        for name, handle in self._files.items():
            handle.flush()
            self.sizes[name] = handle.tell()
        tally = {f.name: getattr(self.tally, f.name) for f in fields(self.tally)}
        stored = {"schema": "sartor/corpus-journal/1", "order": self.order, "tally": tally, "sizes": self.sizes}
        _store(self.folder / JOURNAL, stored)

    def finish(self, report: dict[str, Any]) -> None:
        """Move the outputs to their names, write the report, then the marker; the journal goes last."""
        self._stack.close()
        for name in OUTPUTS:
            os.replace(self.folder / f"{name}.part", self.folder / name)
        _store(self.folder / REPORT, report)
        (self.folder / DONE).touch()
        _sweep(self.folder)


def finished(folder: Path, order: dict[str, Any]) -> dict[str, Any] | None:
    """The report of a finished corpus of this very order, or None. OrderError where the corpus is of another order."""
    if not (folder / DONE).exists():
        return None
    report = _load(folder / REPORT) or {}
    inputs = [{key: entry.get(key) for key in order["inputs"][0]} for entry in report.get("inputs", [])]
    refuse_other(folder, report | {"inputs": inputs}, order)
    _sweep(folder)
    return report


def refuse_other(folder: Path, there: dict[str, Any], asked: dict[str, Any]) -> None:
    """OrderError that says what differs where a folder holds another order's work."""
    for name, value in asked.items():
        if there.get(name) == value:
            continue
        was, now = there.get(name), value
        if isinstance(was, dict) and isinstance(now, dict):
            key = next(k for k in (*now, *was) if was.get(k) != now.get(k))
            name, was, now = key, was.get(key), now.get(key)
        elif name == "inputs":
            was, now = _names(was), _names(now)
            now = f"{now} with other contents" if was == now else now
        raise OrderError(
            f"{folder} holds a corpus of another order ({name}: {was} there, {now} asked for); start again with "
            "--fresh, or choose another folder with -o"
        )


def clear(folder: Path) -> None:
    """Remove what this command writes, finished or not, and nothing else; the marker goes first."""
    for name in (DONE, JOURNAL, REPORT, *OUTPUTS, *(f"{name}.part" for name in (*OUTPUTS, KEYS))):
        (folder / name).unlink(missing_ok=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder for one run; OrderError where another run writes into it. A killed run leaves no lock."""
    try:
        import fcntl
    except ImportError:  # a system without flock: nothing to hold
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OrderError(f"another run is writing into {folder}; wait for it or choose another folder") from None
        yield
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what only an unfinished run needs."""
    for name in (JOURNAL, f"{KEYS}.part"):
        (folder / name).unlink(missing_ok=True)


def _names(inputs: Any) -> str:
    return ", ".join(i["file"] for i in inputs) if inputs else "unknown inputs"


def _example(problem: str, label: str, line: int, text: str) -> bytes:
    shown = " ".join(text[:200].split())
    return f"{problem}\t{label}\t{line}\t{shown}\n".encode("utf-8", "backslashreplace")


def _load(path: Path) -> dict[str, Any] | None:
    return json.loads(path.read_text()) if path.exists() else None


def _store(path: Path, data: dict[str, Any]) -> None:
    scratch = path.with_name(path.name + ".part")
    scratch.write_text(json.dumps(data, indent=1) + "\n")
    os.replace(scratch, path)
