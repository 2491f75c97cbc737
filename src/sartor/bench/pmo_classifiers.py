"""DRD2, GSK3 beta and JNK3: trained classifiers, made by command from measured labels, never shipped.

The official ones are pickles that cannot be had offline. GSK3 beta and JNK3 here are random forests of 100 trees on
2048 Morgan bits (radius 2), as the official ones are, fitted to the public labels (ExCAPE-DB, Sun 2017, J. Cheminf. 9,
17): the same kind and scale, another function, so results are reported apart. DRD2's own labels are not public here; it
is trained the same way where a file of labels is given. A model is kept as plain arrays in the user's cache.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem
from rdkit.Chem import rdFingerprintGenerator

from sartor.chem import parse
from sartor.core import IntakeError, PartError

FILES = {"gsk3b": "gsk3.txt.gz", "jnk3": "jnk3.txt.gz", "drd2": "drd2.txt.gz"}
TREES, BITS = 100, 2048


def place(name: str) -> Path:
    """Where a trained classifier lies: the folder SARTOR_CACHE, else ~/.cache/sartor."""
    root = os.environ.get("SARTOR_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sartor"
    return Path(root) / "pmo" / f"{name}.npz"


def trained(name: str) -> bool:
    """True where it was trained on this machine."""
    return place(name).exists()


@lru_cache(maxsize=4)
def classifier(name: str) -> Callable[[Chem.Mol], float]:
    """The share of trees that vote for active, 0..1. PartError with what to do where it was not trained."""
    if not trained(name):
        raise PartError(
            f"the oracle {name} is a classifier that is not shipped and was not trained on this machine; run "
            f"`sartor bench pmo-oracles --data FOLDER`, with {FILES[name]} (lines of SMILES and 0 or 1) in the folder"
        )
    with np.load(place(name)) as arrays:
        forest = {key: arrays[key] for key in arrays.files}
    return lambda mol: vote(forest, bits(mol))


@lru_cache(maxsize=1)
def _maker() -> Any:
    return rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=BITS)


def bits(mol: Chem.Mol) -> NDArray[np.uint8]:
    """Morgan bits ``(2048,)``, radius 2."""
    return _maker().GetFingerprintAsNumPy(mol)


def vote(forest: dict[str, NDArray[Any]], x: NDArray[np.uint8]) -> float:
    """Mean over trees of the share of actives in the leaf that ``x`` falls into."""
    at = forest["roots"].copy()
    left, right, feature = forest["left"], forest["right"], forest["feature"]
    while (inner := left[at] >= 0).any():
        here = at[inner]
        at[inner] = np.where(x[feature[here]] > 0, right[here], left[here])
    return float(forest["active"][at].mean())


def read_labels(path: Path) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Bits ``(n, 2048)`` and labels ``(n,)`` of a file of SMILES and 0 or 1, with or without a header."""
    if not path.is_file():
        raise IntakeError("no such file", file=path, remedy="give a folder with " + ", ".join(FILES.values()))
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    words = [line.replace(",", " ").split() for line in text.splitlines()]
    rows = [(parse.parse(w[0]), w[1]) for w in words if len(w) >= 2 and w[1] in ("0", "1", "0.0", "1.0")]
    kept = [(mol, float(label)) for mol, label in rows if mol is not None]
    if not kept or len({label for _, label in kept}) < 2:
        raise IntakeError(
            f"{len(kept)} labelled molecules, not of both kinds",
            file=path,
            remedy="give lines of a SMILES and 0 or 1, separated by a blank, tab or comma",
        )
    return np.array([bits(mol) for mol, _ in kept]), np.array([int(label) for _, label in kept])
