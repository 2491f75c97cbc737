"""The index of known molecules: what the language model was trained on, and every drug with a structure.

Run as ``python -m sartor.train.novelty --train train.smi`` (the corpus of ``python -m sartor.train.corpus``).
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_bits
from sartor.chem.identity import connectivity_keys, graph_keys
from sartor.chem.parse import batch
from sartor.facts.drugs import known_drugs
from sartor.ml.weights import save

GRAPH_BITS = 24
LOW_BITS = 24  # of 40: the upper 16 bits are the bucket


def keys_of(lines: list[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Graph keys and connectivity keys of some SMILES."""
    mols, _ = batch(lines)
    return graph_keys(mols), connectivity_keys(mols, range(len(mols)))


def pack(graphs: NDArray[np.uint32], keys: NDArray[np.uint64]) -> dict[str, NDArray[np.uint8]]:
    """The index arrays: a bitmap over graph keys, bucket sizes, and the sorted low 24 bits of the 40-bit keys."""
    bitmap = np.zeros(1 << GRAPH_BITS, dtype=bool)
    bitmap[graphs & ((1 << GRAPH_BITS) - 1)] = True
    distinct = np.unique(keys[keys > 0])
    sizes = np.bincount((distinct >> LOW_BITS).astype(int), minlength=1 << 16)
    if sizes.max() > 255:
        raise ValueError(f"a bucket holds {sizes.max()} keys, more than a byte says")
    low = np.stack([(distinct >> shift) & 255 for shift in (0, 8, 16)], axis=1)
    return {
        "graph_bitmap": np.packbits(bitmap),
        "bucket_sizes": sizes.astype(np.uint8),
        "low_bytes": low.astype(np.uint8),
    }


def build(train: Path, workers: int, to: Path | None = None) -> Path:
    """Index a corpus file (one SMILES a line) and the drugs table, and write the ``known`` weights."""
    with train.open() as file, multiprocessing.Pool(workers) as pool:
        parts = list(pool.imap(keys_of, _chunks(file, 5000)))
    graphs = np.concatenate([p[0] for p in parts])
    keys = np.concatenate([p[1] for p in parts])
    arrays: dict[str, np.ndarray] = dict(pack(graphs, keys))
    names, structures = [], []
    for name, smiles in known_drugs():
        if len(batch([smiles])[0]):
            names.append(name)
            structures.append(smiles)
    drugs = batch(structures)[0]
    arrays["drug_keys"] = connectivity_keys(drugs, range(len(drugs)))
    arrays["drug_graphs"] = graph_keys(drugs)
    arrays["drug_bits"] = morgan_bits(drugs)
    arrays["drug_names"] = np.frombuffer("\n".join(names).encode(), dtype=np.uint8).copy()
    distinct = int(arrays["bucket_sizes"].sum(dtype=int))
    filled = float(np.unpackbits(arrays["graph_bitmap"]).mean())
    card = {
        "name": "known",
        "data": f"training corpus of the prior ({len(keys)} molecules, {distinct} distinct keys; ChEMBL and PubChem "
        f"drug-like sets) and {len(names)} drugs of the drugs table",
        "licence": "index of CC BY-SA 4.0 data (ChEMBL), same licence; no structure can be read back",
        "domain": "organic molecules; stereoisomers, tautomers and protonation states of a known one are known",
        "metrics": {
            "false positive rate": f"{distinct / 2**40:.1e} per molecule (40-bit keys)",
            "sent to the dear key": f"{filled:.3f} of novel molecules (24-bit bitmap)",
        },
        "limits": "a molecule outside the corpus and the drugs table may still be known elsewhere",
        "command": "python -m sartor.train.novelty --train train.smi",
        "seed": 0,
    }
    return save("known", arrays, card, to)


def _chunks(lines: Iterator[str], size: int) -> Iterator[list[str]]:
    while chunk := [line.strip() for line in islice(lines, size)]:
        yield chunk


def main() -> None:
    """Command line of this recipe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="one SMILES a line")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--to", type=Path, default=None, help="folder for the weights (default: the package's)")
    asked = parser.parse_args()
    print(build(asked.train, asked.workers, asked.to))


if __name__ == "__main__":
    main()
