"""The language model's corpus: drug-like molecules, standardized once, counted, with a scaffold-disjoint part held out.

Run as ``sartor data standardize chembl_like.tsv.gz -o corpus``; with the limit on size that the shipped prior was
trained under, as ``python -m sartor.train.corpus --data chembl_like.tsv.gz --out corpus``.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import threading
import time
import zlib
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sartor.chem import notations, parse, scaffolds, standardize
from sartor.core import OrderError

from . import corpus_journal as journals
from .corpus_rows import Chunk, MoleculeFile, Row, look_at, read_chunks

MAX_HEAVY = 50  # of the shipped prior; the command's own limit is the standardizer's
HOLDOUT_PARTS = 50  # one scaffold in 50 (2 %) is never trained on
RANDOM_PARTS = 3  # of as many: 6 % of the training part measure distributions, some 55,000 molecules
CHUNK = 1000  # rows; a killed run does at most one chunk again


def held_out(smiles: str, scaffold: str) -> bool:
    """True where this molecule's scaffold belongs to the held-out part (acyclic molecules: by their own SMILES).

    A pure function of the structure, so that any later corpus keeps the same molecules apart.
    """
    return zlib.crc32((scaffold or smiles).encode()) % HOLDOUT_PARTS == 0


def held_out_at_random(smiles: str) -> bool:
    """True where a molecule of the training part is kept for measuring distributions, by its canonical SMILES alone.

    A scaffold-disjoint hold-out is another distribution: 10,000 *training* molecules have a Fréchet ChemNet distance of
    1.2 to it (docs/benchmarks.md), so no generator can be told by it how well it learned what it was shown.
    """
    return zlib.crc32(b"random " + smiles.encode()) % HOLDOUT_PARTS < RANDOM_PARTS


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides which molecules a corpus holds; part of the order that a resumed run must share."""

    min_heavy: int = standardize.MIN_HEAVY
    max_heavy: int = MAX_HEAVY
    column: str = "smiles"
    notation: str = "auto"
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A chunk's verdicts in order, what its rows were written in, and the process that judged them."""

    verdicts: list[journals.Verdict]
    notations: Counter[str]
    without_inchi: int
    process: int
    peak_mb: float


def standardize_corpus(
    data: Path | Sequence[Path],
    out: Path,
    workers: int = 2,
    max_heavy: int = MAX_HEAVY,
    limit: int = 0,
    *,
    min_heavy: int = standardize.MIN_HEAVY,
    column: str = "smiles",
    notation: str = "auto",
    resume: bool = True,
    progress: Callable[[dict[str, float]], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Standardize lists and tables of molecules into ``out/train.smi`` and ``out/holdout.smi`` (canonical, no doubles).

    Streams in input order; the bytes written depend on the inputs and settings alone, not on ``workers`` or on
    interruptions. With ``resume`` a run that was killed goes on after its last finished chunk, and a finished folder
    is left as it is; OrderError where the folder holds another order's work. ``limit`` > 0 reads only the first rows.
    Returns the report: rows read, kept per part, dropped per reason. The first examples of every reason stand in
    ``out/dropped.tsv``; the marker ``train.done`` is written last.
    """
    settings = Settings(min_heavy, max_heavy, column, notation, limit)
    paths = [data] if isinstance(data, Path) else list(data)
    _check(paths, out, settings, workers)
    files = look_at(paths, column)
    order = {
        "inputs": [f.fingerprint() for f in files],
        "settings": asdict(settings),
        "versions": {"sartor": version("sartor"), "rdkit": version("rdkit")},
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
        with journals.alone_in(out):
            if not resume:
                journals.clear(out)
            if report := journals.finished(out, order):
                say(f"{out} is finished: the same inputs and settings made it; nothing to do")
                return report
            with journals.Journal(out, order) as journal:
                if journal.tally.read:
                    say(f"going on after {journal.tally.read} rows that {out} holds already")
                _write(journal, files, settings, workers, progress)
                report = _report(journal, workers)
                journal.finish(report)
            return report
    except OSError as error:
        raise OrderError(f"cannot write into {out}: {error.strerror or error}") from error


def _check(paths: list[Path], out: Path, settings: Settings, workers: int) -> None:
    if not paths or workers < 1 or settings.limit < 0 or settings.notation not in notations.NOTATIONS:
        raise OrderError(f"no corpus can be made of {len(paths)} inputs by {workers} workers with {asdict(settings)}")
    if not 0 < settings.min_heavy <= settings.max_heavy:
        raise OrderError(f"no molecule has {settings.min_heavy} to {settings.max_heavy} heavy atoms")
    if inside := [p for p in paths if p.name in journals.OUTPUTS and p.resolve().parent == out.resolve()]:
        raise OrderError(f"{inside[0]} would be written over by this very run; choose another folder with -o")


def _write(
    journal: journals.Journal,
    files: list[MoleculeFile],
    settings: Settings,
    workers: int,
    progress: Callable[[dict[str, float]], None],
) -> None:
    """Judge what is left of the inputs and add it to the journal, chunk by chunk."""
    tally = journal.tally
    left = settings.limit - tally.read if settings.limit else 0
    if settings.limit and not left:
        return
    chunks = read_chunks(files, CHUNK, settings.column, (tally.file, tally.rows), left)
    peaks: dict[int, float] = {}
    clock = time.monotonic()
    with closing(_judged(chunks, Standardizer(settings), workers, files)) as answers:
        for chunk, judged in answers:
            peaks |= {judged.process: judged.peak_mb, os.getpid(): peak_memory_mb()}
            tally.notations += judged.notations
            tally.without_inchi += judged.without_inchi
            now = time.monotonic()
            journal.add(chunk, files[chunk.file].label, judged.verdicts, now - clock, sum(peaks.values()))
            clock = now
            share = max(chunk.share, tally.read / settings.limit if settings.limit else 0.0)
            progress({"read": tally.read, "kept": tally.kept.total(), "share": min(share, 1.0)})


class Standardizer:
    """Judges a chunk of rows; a class so that it travels to worker processes with its settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __call__(self, rows: Sequence[Row]) -> Judged:
        """Read, standardize, split and key each row; doubles are found later, where all chunks meet."""
        asked = self.settings
        problems = [row.problem for row in rows]
        texts: list[str] = []
        written: Counter[str] = Counter()
        for i, row in enumerate(rows):
            if not row.problem:
                kind = notations.recognize_notation(row.text) if asked.notation == "auto" else asked.notation
                text, problems[i] = notations.read_notation(row.text, kind)
                if text:
                    texts.append(text)
                    written[kind] += 1
        mols, reasons = standardize.standardize_batch(texts, asked.min_heavy, asked.max_heavy)
        keys = parse.inchikey(mols)
        good = iter(zip(mols.smiles, scaffolds.murcko(mols), keys, strict=True))
        why = iter(reasons)
        verdicts = [journals.Verdict(problem or next(why)) for problem in problems]
        for i, verdict in enumerate(verdicts):
            if not verdict.problem:
                smiles, scaffold, key = next(good)
                part = "holdout" if held_out(smiles, scaffold) else "train"
                verdicts[i] = journals.Verdict("", smiles, part, journals.key_of(key, smiles))
        return Judged(verdicts, written, sum(not key for key in keys), os.getpid(), peak_memory_mb())


def _judged(
    chunks: Iterable[Chunk], judge: Standardizer, workers: int, files: list[MoleculeFile]
) -> Generator[tuple[Chunk, Judged], None, None]:
    """Chunks with their verdicts, in order; at most two chunks a worker are read ahead."""
    if workers == 1:
        for chunk in chunks:
            yield chunk, judge(chunk.rows)
        return
    context = multiprocessing.get_context("spawn")  # nothing of this process, its threads and memory, is copied
    pool = ProcessPoolExecutor(workers, context, _begin_worker)
    waiting: deque[tuple[Chunk, Future[Judged]]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, pool.submit(judge, chunk.rows)))
            if len(waiting) > 2 * workers:
                yield waiting[0][0], waiting[0][1].result()
                waiting.popleft()
        while waiting:
            yield waiting[0][0], waiting[0][1].result()
            waiting.popleft()
    except BrokenProcessPool:
        first = waiting[0][0] if waiting else None
        where = f" at or after {files[first.file].label}, line {first.rows[0].line}" if first else ""
        raise OrderError(
            f"a worker process died{where} (killed for memory?); what was done is kept: run the same command again"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin_worker() -> None:
    """A worker leaves Ctrl-C to its parent and ends with it, even where the parent is killed."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def leave() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=leave, daemon=True).start()


def peak_memory_mb() -> float:
    """The most memory this process has held resident (MiB); 0.0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        pass
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # bytes on macOS


def _report(journal: journals.Journal, workers: int) -> dict[str, Any]:
    tally, order = journal.tally, journal.order
    versions = dict(order["versions"])
    if tally.notations["selfies"]:
        versions["selfies"] = version("selfies")
    return {
        "read": tally.read,
        "kept": dict(sorted(tally.kept.items())),
        "dropped": dict(sorted(tally.dropped.items())),
        "max_heavy_atoms": order["settings"]["max_heavy"],
        "holdout": f"crc32(Murcko scaffold) % {HOLDOUT_PARTS} == 0",
        "doubles": "by standard InChIKey; by canonical SMILES where InChI cannot be written",
        "without_inchi": tally.without_inchi,
        "notations": dict(sorted(tally.notations.items())),
        "inputs": [entry | counts for entry, counts in zip(order["inputs"], tally.files, strict=True)],
        "settings": order["settings"],
        "versions": versions,
        "run": {"seconds": round(tally.seconds, 1), "peak_memory_mb": round(tally.peak_mb, 1), "workers": workers},
    }


def find_corpus(data: Path, out: Path) -> Path:
    """The folder of a standardized corpus for ``data``; standardizes it into ``out`` where that is still to do.

    ``data`` is a folder that ``standardize_corpus`` made (or its ``train.smi``), a file that it reads (.smi, .csv,
    .tsv, gzipped or not), or a folder that holds ``chembl_like.tsv.gz`` (itself or under ``molecules/``). ValueError
    where it is none of these.
    """
    for folder in (data, data.parent if data.name == "train.smi" else data, out):
        if (folder / "train.done").exists():
            return folder
    tables = [data, data / "chembl_like.tsv.gz", data / "molecules" / "chembl_like.tsv.gz"]
    endings = tuple(e + z for e in (".smi", ".txt", ".csv", ".tsv") for z in ("", ".gz"))
    table = next((t for t in tables if t.is_file() and t.name.endswith(endings)), None)
    if table is None:
        raise ValueError(
            f"{data} holds no corpus: expected a list or table of SMILES ({', '.join(endings)}), a folder with "
            "chembl_like.tsv.gz, or the folder of a standardized corpus"
        )
    standardize_corpus(table, out)
    return out


def read_smiles(path: Path) -> list[str]:
    """One SMILES a line; empty lines are skipped."""
    return [line for line in path.read_text().split("\n") if line]


def main() -> None:
    """Command line of the recipe."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="table with a smiles column (.tsv or .tsv.gz)")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--limit", type=int, default=0)
    got = ask.parse_args()
    print(json.dumps(standardize_corpus(got.data, got.out, got.workers, limit=got.limit), indent=1))


if __name__ == "__main__":
    main()
