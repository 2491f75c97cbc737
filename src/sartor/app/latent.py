"""Climbing a property in the autoencoder's latent space, with the true properties beside the promised ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from sartor.chem import parse, properties
from sartor.generate.latent import Latent

PROPERTIES = ("qed", "logp", "molecular_weight", "tpsa", "sa_score")


def climb_table(latent: Latent, smiles: Sequence[str], wanted: Mapping[str, float]) -> pl.DataFrame:
    """One row a molecule: ``start``, ``found`` ("" where the climb left no valid new molecule), ``problem``, and the
    true properties of both. A molecule without a latent stays, with its problem.
    """
    problems = [latent.why_not(s) for s in smiles]
    usable = [i for i, problem in enumerate(problems) if not problem]
    found = [""] * len(smiles)
    for i, climb in zip(usable, latent.ascend([smiles[i] for i in usable], wanted), strict=True):
        found[i] = climb.best
    columns: dict[str, list[str] | np.ndarray] = {"start": list(smiles), "found": found, "problem": problems}
    for name in PROPERTIES:
        columns[f"{name}_start"] = _true(name, smiles)
        columns[f"{name}_found"] = _true(name, found)
    return pl.DataFrame(columns)


def _true(name: str, smiles: Sequence[str]) -> np.ndarray:
    out = np.full(len(smiles), np.nan)
    mols, bad = parse.batch(smiles)
    wrong = {r.position for r in bad}
    out[[i for i in range(len(smiles)) if i not in wrong]] = getattr(properties, name)(mols)
    return out
