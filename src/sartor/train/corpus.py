"""The language model's corpus: drug-like molecules, standardized once, counted, with a scaffold-disjoint part held out.

Run as ``python -m sartor.train.corpus --data chembl_like.tsv.gz --out corpus``.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import multiprocessing
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from sartor.chem import parse, scaffolds, size, standardize

MAX_HEAVY = 50
HOLDOUT_PARTS = 50  # one scaffold in 50 (2 %) is never trained on


def held_out(smiles: str, scaffold: str) -> bool:
    """True where this molecule's scaffold belongs to the held-out part (acyclic molecules: by their own SMILES).

    A pure function of the structure, so that any later corpus keeps the same molecules apart.
    """
    return zlib.crc32((scaffold or smiles).encode()) % HOLDOUT_PARTS == 0


def standardize_corpus(
    data: Path, out: Path, workers: int = 2, max_heavy: int = MAX_HEAVY, limit: int = 0
) -> dict[str, object]:
    """Standardize a table's ``smiles`` column into ``out/train.smi`` and ``out/holdout.smi`` (canonical, no doubles).

    Streams in input order; the two files, ``report.json`` and the marker ``train.done`` are written atomically, the
    marker last. Returns the report: molecules read, kept per part, and dropped per reason. ``limit`` > 0 reads only
    the first rows.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "train.done").unlink(missing_ok=True)
    dropped: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    seen: set[str] = set()
    with (
        multiprocessing.Pool(workers) as pool,
        (out / "train.smi.part").open("w") as train,
        (out / "holdout.smi.part").open("w") as holdout,
    ):
        files = {"train": train, "holdout": holdout}
        for rows in pool.imap(_Worker(max_heavy), _chunks(data, 2000, limit)):
            for smiles, verdict in rows:
                if not smiles:
                    dropped[verdict] += 1
                elif smiles in seen:
                    dropped["double after standardization"] += 1
                else:
                    seen.add(smiles)
                    kept[verdict] += 1
                    files[verdict].write(smiles + "\n")
    report: dict[str, object] = {
        "read": sum(kept.values()) + sum(dropped.values()),
        "kept": dict(sorted(kept.items())),
        "dropped": dict(sorted(dropped.items())),
        "max_heavy_atoms": max_heavy,
        "holdout": f"crc32(Murcko scaffold) % {HOLDOUT_PARTS} == 0",
        "file": data.name,
    }
    for name in ("train", "holdout"):
        os.replace(out / f"{name}.smi.part", out / f"{name}.smi")
    (out / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    (out / "train.done").touch()
    return report


class _Worker:
    """Standardizes a chunk; a class so that it travels to worker processes with its limit."""

    def __init__(self, max_heavy: int) -> None:
        self.max_heavy = max_heavy

    def __call__(self, texts: list[str]) -> list[tuple[str, str]]:
        answers = [standardize.standardize(t) for t in texts]
        mols, _ = parse.batch([s for s, _ in answers if s])
        sizes = iter(zip(mols.smiles, size.heavy_atoms(mols), scaffolds.murcko(mols), strict=True))
        out: list[tuple[str, str]] = []
        for smiles, why in answers:
            if not smiles:
                out.append(("", why))
                continue
            _, atoms, scaffold = next(sizes)
            if atoms > self.max_heavy:
                out.append(("", f"more than {self.max_heavy} heavy atoms"))
            else:
                out.append((smiles, "holdout" if held_out(smiles, scaffold) else "train"))
        return out


def _chunks(data: Path, size_: int, limit: int) -> Iterator[list[str]]:
    with gzip.open(data, "rt") if data.suffix == ".gz" else data.open() as handle:
        rows = (row["smiles"] for row in csv.DictReader(handle, delimiter="\t"))
        wanted = islice(rows, limit or None)
        while chunk := list(islice(wanted, size_)):
            yield chunk


def find_corpus(data: Path, out: Path) -> Path:
    """The folder of a standardized corpus for ``data``; standardizes it into ``out`` where that is still to do.

    ``data`` is a folder that ``standardize_corpus`` made (or its ``train.smi``), a table with a smiles column, or a
    folder that holds ``chembl_like.tsv.gz`` (itself or under ``molecules/``). ValueError where it is none of these.
    """
    for folder in (data, data.parent if data.name == "train.smi" else data, out):
        if (folder / "train.done").exists():
            return folder
    tables = [data, data / "chembl_like.tsv.gz", data / "molecules" / "chembl_like.tsv.gz"]
    table = next((t for t in tables if t.is_file() and t.name.endswith((".tsv", ".tsv.gz"))), None)
    if table is None:
        raise ValueError(
            f"{data} holds no corpus: expected a table (.tsv, .tsv.gz), chembl_like.tsv.gz in the folder, or the "
            "folder of a standardized corpus"
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
