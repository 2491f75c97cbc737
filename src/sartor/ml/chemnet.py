"""Fréchet ChemNet distance: how far two sets of molecules are in the eyes of a network that predicts bioactivities.

Preuer et al. 2018, J. Chem. Inf. Model. 58, 1736. ChemNet and its weights come with the package ``fcd_torch`` (MIT),
which is only needed here. The network reads canonical SMILES; a set is summed up by the mean and covariance of its last
hidden layer (512 units), and the distance is the Fréchet distance of two Gaussians with those. It grows as sets get
smaller: compare sets of the same size. Speed follows ``torch.set_num_threads``.
"""

from __future__ import annotations

import hashlib
import math
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.core import PartError

WIDTH = 512
CHUNK = 512
_VERSION = 1  # of the cache file


@dataclass(frozen=True, slots=True)
class Moments:
    """What the distance needs of a set: mean ``(512,)``, covariance ``(512, 512)`` (n - 1), and its size."""

    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]
    n: int


@lru_cache(maxsize=1)
def _network() -> Any:
    try:
        from fcd_torch import FCD
    except ImportError as error:
        raise PartError(
            "the Fréchet ChemNet distance needs the package fcd_torch: pip install 'sartor[bench]'"
        ) from error
    return FCD(device="cpu", n_jobs=1, batch_size=CHUNK, canonize=False)


def activations(smiles: Sequence[str]) -> NDArray[np.float32]:
    """ChemNet's last hidden layer ``(n, 512)`` for canonical SMILES, which must be valid: they are read as letters."""
    network = _network()
    out = np.zeros((len(smiles), WIDTH), dtype=np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fcd_torch 1.0.7 calls numpy.row_stack
        for start in range(0, len(smiles), CHUNK):
            out[start : start + CHUNK] = network.get_predictions(list(smiles[start : start + CHUNK]))
    return out


def moments(smiles: Sequence[str]) -> Moments:
    """Mean and covariance of the activations, in double precision. PartError for fewer than two molecules."""
    if len(smiles) < 2:
        raise PartError(f"a Fréchet distance needs at least two molecules, not {len(smiles)}")
    values = activations(smiles).astype(np.float64)
    return Moments(values.mean(axis=0), np.cov(values, rowvar=False), len(values))


def reference_moments(smiles: Sequence[str], beside: Path | None = None) -> Moments:
    """``moments`` of a reference, kept in ``NAME.chemnet-HASH.npz`` beside the file ``beside`` it was read from.

    The hash is of the texts themselves and the package's version, so a changed reference is never mistaken for the old
    one. A folder that cannot be written to, and a damaged file, cost only the time to compute again.
    """
    path = None if beside is None else beside.with_name(f"{beside.name}.chemnet-{_key(smiles)}.npz")
    if path is not None and path.exists():
        kept = _read(path, len(smiles))
        if kept is not None:
            return kept
    made = moments(smiles)
    if path is not None:
        _write(path, made)
    return made


def frechet(left: Moments, right: Moments) -> float:
    """Squared Fréchet distance |m1 - m2|**2 + tr(C1 + C2 - 2 (C1 C2)**(1/2)); 0 or more.

    The trace of the root is the sum of the root eigenvalues of C1**(1/2) C2 C1**(1/2), which has those of C1 C2 and is
    symmetric: exact also for covariances without full rank (fewer molecules than units).
    """
    step = left.mean - right.mean
    values, vectors = np.linalg.eigh(left.covariance)
    root = (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T
    inner = np.linalg.eigvalsh(root @ right.covariance @ root)
    shared = float(np.sqrt(np.clip(inner, 0.0, None)).sum())
    distance = float(step @ step) + float(np.trace(left.covariance) + np.trace(right.covariance)) - 2.0 * shared
    return max(distance, 0.0)


def fcd_score(distance: float) -> float:
    """GuacaMol's score of a distance: exp(-0.2 FCD), 1 for the same distribution (Brown et al. 2019)."""
    return math.exp(-0.2 * distance)


def _key(smiles: Sequence[str]) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        package = version("fcd_torch")
    except PackageNotFoundError:
        package = "none"
    text = f"{_VERSION} {package}\n" + "\n".join(smiles)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(path: Path, n: int) -> Moments | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            made = Moments(kept["mean"], kept["covariance"], int(kept["n"]))
    except Exception:  # numpy raises several kinds for a cut file; whatever it is, the file is of no use
        return None
    fits = made.mean.shape == (WIDTH,) and made.covariance.shape == (WIDTH, WIDTH) and made.n == n
    return made if fits else None


def _write(path: Path, made: Moments) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as handle:
            np.savez(handle, mean=made.mean, covariance=made.covariance, n=np.array(made.n))
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
