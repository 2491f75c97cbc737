"""Climbing a property in the autoencoder's latent space, with the true properties beside the promised ones."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sartor.chem import parse, properties
from sartor.core import OrderError
from sartor.generate.latent import Latent
from sartor.ml.wishes import PROPERTIES


def climb_table(latent: Latent, smiles: Sequence[str], wanted: Mapping[str, float]) -> list[dict[str, Any]]:
    """One row a molecule: ``start``, ``found`` ("" where the climb left no valid new molecule), ``problem``, and the
    true properties of both (NaN where there is no molecule). A molecule without a latent stays, with its problem.
    """
    latents = latent.encode(smiles)
    problems = ["" if np.isfinite(z).all() else latent.why_not(s) for s, z in zip(smiles, latents, strict=True)]
    usable = [i for i, problem in enumerate(problems) if not problem]
    found = [""] * len(smiles)
    for i, climb in zip(usable, latent.ascend([smiles[i] for i in usable], wanted), strict=True):
        found[i] = climb.best
    rows: list[dict[str, Any]] = [
        {"start": a, "found": b, "problem": p} for a, b, p in zip(smiles, found, problems, strict=True)
    ]
    for name in PROPERTIES:
        for where, texts in (("start", smiles), ("found", found)):
            for row, value in zip(rows, _true(name, texts), strict=True):
                row[f"{name}_{where}"] = float(value)
    return rows


def write_table(rows: Sequence[Mapping[str, Any]], out: Path) -> None:
    """Write rows as CSV."""
    try:
        with out.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]) if rows else ["start", "found", "problem"])
            writer.writeheader()
            writer.writerows(rows)
    except OSError as error:
        raise OrderError(f"{out} cannot be written: {error}") from None


def _true(name: str, smiles: Sequence[str]) -> np.ndarray:
    out = np.full(len(smiles), np.nan)
    mols, bad = parse.batch(smiles)
    wrong = {r.position for r in bad}
    out[[i for i in range(len(smiles)) if i not in wrong]] = getattr(properties, name)(mols)
    return out
