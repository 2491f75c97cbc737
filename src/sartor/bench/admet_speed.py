"""How fast every ADMET endpoint answers on one core: from SMILES, from features, and from nothing loaded."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import numpy as np

from sartor.app.admet import CHUNK, measure, parts
from sartor.chem.descriptors import descriptors, unfit
from sartor.chem.fingerprints import morgan_counts
from sartor.chem.standardize import standardize_batch
from sartor.facts import tsv
from sartor.ml import weights
from sartor.score import admet

ADMET_AI = 26.0  # molecules a second and core: its stock predict, 300 drugs, one thread (our measurement, 2026-11)
_LOAD = (
    "import time; t = time.process_time(); "
    "from sartor.score import admet; from sartor.ml import weights; "
    "admet.shared(); [admet.head(n) for n in weights.card(admet.WEIGHTS)['order']]; print(time.process_time() - t)"
)


def drugs(n: int) -> list[str]:
    """SMILES of marketed drugs of 15 to 45 heavy atoms or so, as many as asked for (repeated where there are fewer)."""
    listed = (r["smiles"] for r in tsv.rows("drugs"))
    found = list(dict.fromkeys(s for s in listed if 22 <= len(s) <= 90 and "." not in s))
    return [found[i % len(found)] for i in range(n)]


def measure_speed(molecules: int = 1024) -> dict[str, Any]:
    """CPU-time rates of one process (user and system): other work on the machine then counts little.

    ``end_to_end``: SMILES in, standard structures, features, every endpoint with interval and domain out.
    ``inference``: the same without structures and features. ``load_s``: imports, weights and all forests, in a fresh
    process; imports of RDKit and numpy are in it.
    """
    texts = drugs(molecules)
    measure(standardize_batch(texts[:8])[0])  # load weights before the clock starts
    spent = {"structures": 0.0, "features": 0.0, "inference": 0.0}
    done = 0
    for start in range(0, len(texts), CHUNK):
        clock = time.process_time()
        mols, _ = standardize_batch(texts[start : start + CHUNK])
        mols = mols.take([mols.smiles.index(s) for s in dict.fromkeys(mols.smiles)])  # one drug under two names
        spent["structures"] += time.process_time() - clock
        clock = time.process_time()
        morgan_counts(mols), descriptors(mols), unfit(mols)
        spent["features"] += time.process_time() - clock
        clock = time.process_time()
        measure(mols)
        spent["inference"] += time.process_time() - clock
        done += len(mols)
    loads = [
        float(subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    whole = sum(spent.values())
    answering = sum(not entry["not_predictable"] for entry in weights.card(admet.WEIGHTS)["endpoints"].values())
    return {
        "molecules": done,
        "parts": len(parts()),
        "answering": answering,
        "molecules_per_s": round(done / whole, 1),
        "inference_molecules_per_s": round(done / spent["inference"], 1),
        "ms_per_molecule": {k: round(1000 * v / done, 3) for k, v in spent.items()},
        "load_s": round(float(np.median(loads)), 3),
        "admet_ai_molecules_per_s": ADMET_AI,
        "times_admet_ai": round(done / whole / ADMET_AI, 1),
    }
