"""The measures of MOSES between two sets of molecules, from their definitions.

Polykovskiy et al. 2020, Front. Pharmacol. 11, 565644. Fingerprints are Morgan, radius 2, 1,024 bits. Duplicates count,
as they do there. Where text and public code differ (the root of the second internal diversity is taken molecule by
molecule; scaffolds of fewer than two rings are left out), the code is followed, because it made the printed tables.
MOSES's own filter files are not used: ``passes_pains`` is the share without a PAINS alert of RDKit's catalogue, another
and milder measure than MOSES's "Filters".
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem
from rdkit.Chem.Scaffolds import MurckoScaffold

from sartor.core import MolBatch

from .alerts import alerts
from .fingerprints import morgan_bits
from .nearness import mean_powers, nearest
from .properties import logp, molecular_weight, qed, sa_score

BITS = 1024
LEAST_RINGS = 2


def nearest_similarity(sample: MolBatch, reference: MolBatch) -> float:
    """SNN: mean over the sample of the similarity to the nearest molecule of the reference, 0..1."""
    return float(nearest(morgan_bits(sample, 2, BITS), morgan_bits(reference, 2, BITS)).mean())


def internal_diversity(mols: MolBatch) -> tuple[float, float]:
    """IntDiv, IntDiv2: 1 - mean over molecules of (mean T**p)**(1/p) to all of the set, itself included; p = 1, 2."""
    mean, square = mean_powers(morgan_bits(mols, 2, BITS))
    return 1.0 - float(mean.mean()), 1.0 - float(np.sqrt(square).mean())


def fragments(mols: MolBatch) -> Counter[str]:
    """How often each BRICS fragment occurs (Degen et al. 2008, ChemMedChem 3, 1503); every BRICS bond is cut."""
    if "moses/fragments" not in mols.cache:
        found: Counter[str] = Counter()
        for mol in mols.mols:
            found.update(Chem.MolToSmiles(Chem.FragmentOnBRICSBonds(mol)).split("."))
        mols.cache["moses/fragments"] = found
    return mols.cache["moses/fragments"]


def scaffolds(mols: MolBatch) -> Counter[str]:
    """How often each Murcko scaffold of two or more rings occurs; stereo marks of the scaffold are kept."""
    if "moses/scaffolds" not in mols.cache:
        texts = (_scaffold(m) for m in mols.mols)
        mols.cache["moses/scaffolds"] = Counter(t for t in texts if t)
    return mols.cache["moses/scaffolds"]


def _scaffold(mol: Chem.Mol) -> str:
    try:
        core = MurckoScaffold.GetScaffoldForMol(mol)
        return Chem.MolToSmiles(core) if core.GetRingInfo().NumRings() >= LEAST_RINGS else ""
    except (ValueError, RuntimeError):  # odd valences: such a molecule has no scaffold to share
        return ""


def cosine(left: Counter[str], right: Counter[str]) -> float:
    """Cosine 0..1 of two count vectors over the union of their keys; NaN where one of them is empty."""
    if not left or not right:
        return float("nan")
    common = sum(count * right[key] for key, count in left.items())
    lengths = [sum(c * c for c in counts.values()) ** 0.5 for counts in (left, right)]
    return float(common / (lengths[0] * lengths[1]))


def property_values(mols: MolBatch) -> dict[str, NDArray[np.float64]]:
    """The four properties MOSES compares, each ``(n,)``: Crippen log P, SA score 1..10, QED 0..1, weight in Da."""
    return {"logP": logp(mols), "SA": sa_score(mols), "QED": qed(mols), "weight": molecular_weight(mols)}


def wasserstein(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Wasserstein-1 distance of two samples, in their unit: the area between their distribution functions."""
    if not len(left) or not len(right):
        return float("nan")
    a, b = np.sort(left), np.sort(right)
    at = np.sort(np.concatenate([a, b]))
    below_a = np.searchsorted(a, at[:-1], side="right") / len(a)
    below_b = np.searchsorted(b, at[:-1], side="right") / len(b)
    return float(np.sum(np.abs(below_a - below_b) * np.diff(at)))


def passes_pains(mols: MolBatch) -> float:
    """Share 0..1 without a PAINS alert (Baell & Holloway 2010, J. Med. Chem. 53, 2719). Not MOSES's "Filters"."""
    if not len(mols):
        return float("nan")
    return float(np.mean([not any(a.set.startswith("PAINS") for a in found) for found in alerts(mols)]))
