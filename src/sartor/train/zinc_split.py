"""The fixed split of ZINC250k on which ours and the peers' generators are compared with the MOSES measures.

ZINC250k: 249,455 purchasable molecules (Gómez-Bombarelli et al. 2018, ACS Cent. Sci. 4, 268). Run as
``python -m sartor.train.zinc_split --data zinc250k.smi.gz --out zinc``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from sartor.chem import parse, scaffolds, standardize

PARTS = ("train", "test", "test_scaffolds")
_CHUNK = 2000


def part_of(smiles: str, scaffold: str) -> str:
    """The part of a molecule, by its structure alone: one scaffold in ten is a test of new scaffolds, whole.

    Of the rest one molecule in ten is the random test. Acyclic molecules have no scaffold to be new by; they are in the
    rest.
    """
    if scaffold and zlib.crc32(scaffold.encode()) % 10 == 0:
        return "test_scaffolds"
    return "test" if zlib.crc32(smiles.encode()) % 10 == 0 else "train"


def split_zinc(data: Path, out: Path, workers: int = 1, limit: int = 0) -> dict[str, object]:
    """Standardize a file of SMILES, drop doubles, write ``out``/train.smi, test.smi, test_scaffolds.smi, report.json.

    ``data``: zinc250k.smi.gz, or a folder that holds it (itself or under ``molecules/``). Input order is kept; the
    files are moved into place, the report last. ``limit`` > 0 reads only the first lines. Returns the report: lines
    read, molecules and scaffolds per part, and what was dropped, by reason.
    """
    source = find_zinc(data)
    out.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[str]] = {part: [] for part in PARTS}
    shared: dict[str, set[str]] = {part: set() for part in PARTS}
    dropped: Counter[str] = Counter()
    seen: set[str] = set()
    for smiles, scaffold, why in _standardized(source, workers, limit):
        if why:
            dropped[why] += 1
        elif smiles in seen:
            dropped["double after standardization"] += 1
        else:
            seen.add(smiles)
            part = part_of(smiles, scaffold)
            rows[part].append(smiles)
            shared[part].add(scaffold)
    report: dict[str, object] = {
        "file": source.name,
        "read": len(seen) + sum(dropped.values()),
        "molecules": {part: len(rows[part]) for part in PARTS},
        "scaffolds": {part: len(shared[part] - {""}) for part in PARTS},
        "dropped": dict(sorted(dropped.items())),
        "rule": "test_scaffolds: crc32(Murcko scaffold without stereo) % 10 == 0; of the rest, test: "
        "crc32(canonical SMILES) % 10 == 0; acyclic molecules are in the rest",
        "crc32": {part: f"{zlib.crc32(''.join(s + chr(10) for s in rows[part]).encode()):08x}" for part in PARTS},
    }
    for part in PARTS:
        _write(out / f"{part}.smi", "".join(s + "\n" for s in rows[part]))
    _write(out / "report.json", json.dumps(report, indent=1) + "\n")
    return report


def find_zinc(data: Path) -> Path:
    """The file of ZINC250k in or at ``data``; ValueError where there is none."""
    name = "zinc250k.smi.gz"
    for path in (data, data / name, data / "molecules" / name):
        if path.is_file():
            return path
    raise ValueError(f"{data} holds no ZINC250k: expected {name}, or a file of SMILES, one a line")


def _standardized(source: Path, workers: int, limit: int) -> Iterator[tuple[str, str, str]]:
    chunks = _chunks(source, limit)
    if workers <= 1:
        for chunk in chunks:
            yield from _work(chunk)
        return
    with multiprocessing.Pool(workers) as pool:
        for answers in pool.imap(_work, chunks):
            yield from answers


def _work(texts: list[str]) -> list[tuple[str, str, str]]:
    """``(SMILES, scaffold, "")`` or ``("", "", reason)`` of each text."""
    answers = [standardize.standardize(text) for text in texts]
    cores = iter(scaffolds.murcko(parse.strict_batch([s for s, why in answers if not why])))
    return [("", "", why) if why else (smiles, next(cores), "") for smiles, why in answers]


def _chunks(source: Path, limit: int) -> Iterator[list[str]]:
    with gzip.open(source, "rt") if source.suffix == ".gz" else source.open() as handle:
        texts = (fields[0] for line in handle if (fields := line.split()))
        wanted = islice(texts, limit or None)
        while chunk := list(islice(wanted, _CHUNK)):
            yield chunk


def _write(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(text)
    os.replace(part, path)


def main() -> None:
    """Command line of the recipe."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="zinc250k.smi.gz or the folder that holds it")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--workers", type=int, default=1)
    ask.add_argument("--limit", type=int, default=0)
    got = ask.parse_args()
    print(json.dumps(split_zinc(got.data, got.out, got.workers, got.limit), indent=1))


if __name__ == "__main__":
    main()
