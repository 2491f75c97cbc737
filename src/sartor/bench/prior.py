"""How good the shipped prior is: validity, uniqueness, novelty, and its speed on one core."""

from __future__ import annotations

import time

import numpy as np

from sartor.app import parts
from sartor.chem.parse import batch
from sartor.score.novelty import known

BATCH = 256


def measure_prior(samples: int, seed: int) -> dict[str, float]:
    """Figures of ``samples`` texts at temperature 1 on one thread, drawn as the design loop draws them.

    Valid: RDKit parses and sanitizes it. Unique: distinct canonical SMILES of the valid. Novel: of the unique, neither
    a training molecule nor a known drug. Definitions as in GuacaMol (Brown et al. 2019, J. Chem. Inf. Model. 59, 1096).
    """
    rng = np.random.default_rng(seed)
    figures: dict[str, float] = {}
    for name, settings in (("", {}), ("_without_grammar", {"grammar": False})):
        model = parts.make("generators", "language-model", settings)
        texts: list[str] = []
        start = time.process_time()
        while len(texts) < samples:
            texts += model.propose(min(BATCH, samples - len(texts)), rng)
        mols, _ = batch(texts)
        spent = time.process_time() - start
        unique = sorted(set(mols.smiles))
        figures |= {
            f"validity{name}": len(mols) / len(texts),
            f"uniqueness{name}": len(unique) / max(len(mols), 1),
            f"novelty{name}": sum(not k for k in known(unique)) / max(len(unique), 1),
            f"checked_molecules_per_s{name}": len(texts) / spent,
        }
    return {"samples": float(samples), **figures}
