"""The reference that generators are measured against: figures of held-out molecules, not the molecules.

Run as ``python -m sartor.train.reference --corpus corpus``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sartor.chem import distribution, parse
from sartor.ml import weights
from sartor.ml.chemnet import WIDTH, moments
from sartor.train.corpus import held_out_at_random, read_smiles

NAME = "reference"


def make_reference(texts: Sequence[str], split: str, to: Path | None = None) -> dict[str, Any]:
    """Write ``reference.safetensors`` and its card from valid texts, ``split`` saying which; returns the card."""
    whole = moments(texts)
    few, _ = parse.batch(distribution.choose(texts, distribution.KL_SIZE))
    profile = distribution.profile(distribution.distinct(few))
    arrays = {
        "mean": whole.mean.astype(np.float32),
        "covariance": whole.covariance[np.triu_indices(WIDTH)].astype(np.float32),
        "physchem": profile.physchem.astype(np.float32),
        "neighbour": profile.neighbour.astype(np.float32),
    }
    card = {
        "name": NAME,
        "summary": "ChemNet moments and descriptor values of held-out molecules, to measure generators against",
        "data": "structures of ChEMBL releases 16 to 36 (EMBL-EBI), ExCAPE and DOCKSTRING, pooled and standardized",
        "licence": "CC BY-SA 3.0 (figures of ChEMBL structures, CC BY-SA 3.0, with attribution)",
        "split": split,
        "molecules": len(texts),
        "texts_sha256": hashlib.sha256("\n".join(texts).encode()).hexdigest(),
        "arrays": f"mean (512,) and upper triangle of the covariance of all; nine GuacaMol descriptors and the "
        f"similarity to the nearest other of {len(profile.neighbour)} of them",
        "command": "python -m sartor.train.reference --corpus corpus",
        "seed": 42,
    }
    weights.save(NAME, arrays, card, to)
    return card


def main() -> None:
    """Command line of the recipe."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--corpus", type=Path, required=True, help="folder that `sartor data standardize` made")
    ask.add_argument("--texts", type=Path, help="take these of them only (what a model has not seen, say)")
    ask.add_argument("--to", type=Path, help="folder to write to; the shipped weights if not given")
    got = ask.parse_args()
    texts = [s for s in read_smiles(got.texts or got.corpus / "train.smi") if held_out_at_random(s)]
    split = "held out at random: crc32('random ' + SMILES) % 50 < 3, never trained on"
    print(json.dumps(make_reference(texts, split, got.to), indent=1))


if __name__ == "__main__":
    main()
