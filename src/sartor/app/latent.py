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
    """One row a molecule: ``start``, ``found``, ``problem``, and the true properties of both (NaN: no molecule).

    The heads lead the climb; of the molecules met on the way, the one whose properties, computed from its structure,
    fulfil the weighted wishes best is found, "" where none does better than the start. A molecule without a latent
    stays, with its problem.
    """
    latents = latent.encode(smiles)
    problems = ["" if np.isfinite(z).all() else latent.why_not(s) for s, z in zip(smiles, latents, strict=True)]
    usable = [i for i, problem in enumerate(problems) if not problem]
    found = [""] * len(smiles)
    for i, climb in zip(usable, latent.ascend([smiles[i] for i in usable], wanted), strict=True):
        met = [smiles[i], *climb.path]
        total = sum(weight / latent.property_scales[name] * _true(name, met) for name, weight in wanted.items())
        at = int(np.argmax(total))
        found[i] = met[at] if at else ""
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
