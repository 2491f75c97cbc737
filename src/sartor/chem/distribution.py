"""How far one set of molecules is from another, as GuacaMol measures it: the KL score and the structure it counts by.

Brown, Fiscato, Segler & Vaucher 2019, J. Chem. Inf. Model. 59, 1096 (definitions; the code is ours). A molecule is
counted by its canonical SMILES without stereo marks and isotopes. The KL score compares ten distributions of the
sample with those of the reference: nine physicochemical descriptors, and each molecule's ECFP4 similarity to its
nearest neighbour within its own set. Divergences are of the sample from the reference, KL(reference || sample), in
nats; the score is the mean of exp(-KL). Set sizes matter to the tenth: compare sets of the same size.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem
from rdkit.Chem import Descriptors

from sartor.core import MolBatch

from .fingerprints import morgan_bits
from .nearness import nearest_other

CONTINUOUS = ("BertzCT", "MolLogP", "MolWt", "TPSA")
DISCRETE = ("NumHAcceptors", "NumHDonors", "NumRotatableBonds", "NumAliphaticRings", "NumAromaticRings")
NEIGHBOUR = "internal_similarity"
KL_SIZE = 10_000  # molecules that the KL score looks at, as in GuacaMol
POINTS, BINS, PSEUDO = 1000, 10, 1e-10
ECFP_BITS = 4096
_FUNCTIONS = tuple(getattr(Descriptors, name) for name in (*CONTINUOUS, *DISCRETE))


def plain_smiles(mols: MolBatch) -> tuple[str, ...]:
    """Canonical SMILES without stereo marks and isotopes, one per molecule: what GuacaMol counts molecules by."""
    if "distribution/plain" not in mols.cache:
        mols.cache["distribution/plain"] = tuple(Chem.MolToSmiles(m, isomericSmiles=False) for m in mols.mols)
    return mols.cache["distribution/plain"]


def distinct(mols: MolBatch) -> MolBatch:
    """Each structure once, without stereo marks and isotopes, parsed anew; in order of first appearance."""
    texts: list[str] = []
    made: list[Chem.Mol] = []
    for text in dict.fromkeys(plain_smiles(mols)):
        mol = Chem.MolFromSmiles(text)
        if mol is not None:  # a text of RDKit's own that it does not read back is rare, and no structure to measure
            texts.append(text)
            made.append(mol)
    return MolBatch(texts, made)


def choose(texts: Sequence[str], n: int, seed: int = 42) -> list[str]:
    """``n`` of the texts, chosen without replacement by ``seed``, in their order; all of them where there are fewer."""
    if len(texts) <= n:
        return list(texts)
    return [texts[i] for i in sorted(random.Random(seed).sample(range(len(texts)), n))]


def physchem(mols: MolBatch) -> NDArray[np.float64]:
    """GuacaMol's nine descriptors ``(n, 9)``, columns CONTINUOUS then DISCRETE; what RDKit cannot give counts as 0.

    Units: Bertz complexity (none), Crippen log P (none), molecular weight in Da, polar surface in square angstrom.
    """
    if "distribution/physchem" not in mols.cache:
        rows = [[f(m) for f in _FUNCTIONS] for m in mols.mols]
        values = np.array(rows, dtype=float).reshape(len(mols), len(_FUNCTIONS))
        mols.cache["distribution/physchem"] = np.where(np.isfinite(values), values, 0.0)
    return mols.cache["distribution/physchem"]


def neighbour_similarity(mols: MolBatch) -> NDArray[np.float64]:
    """Tanimoto similarity ``(n,)`` of each molecule to its nearest other (Morgan radius 2, 4,096 bits)."""
    if "distribution/neighbour" not in mols.cache:
        mols.cache["distribution/neighbour"] = nearest_other(morgan_bits(mols, 2, ECFP_BITS))
    return mols.cache["distribution/neighbour"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the KL score needs of a set: ``physchem (n, 9)`` and ``neighbour (n,)``."""

    physchem: NDArray[np.float64]
    neighbour: NDArray[np.float64]


def profile(mols: MolBatch) -> Profile:
    """The profile of a ``distinct`` set. Similarity to the nearest other grows with the set: compare equal sizes."""
    return Profile(physchem(mols), neighbour_similarity(mols))


def kl_divergences(reference: Profile, sample: Profile) -> dict[str, float]:
    """KL(reference || sample) in nats, by descriptor: nine of ``physchem`` and NEIGHBOUR.

    ValueError where a continuous descriptor has fewer than two values to estimate a density from.
    """
    left, right = reference.physchem, sample.physchem
    found: dict[str, float] = {}
    for i, name in enumerate(CONTINUOUS):
        found[name] = _named(name, left[:, i], right[:, i])
    for i, name in enumerate(DISCRETE, start=len(CONTINUOUS)):
        found[name] = discrete_kl(left[:, i], right[:, i])
    found[NEIGHBOUR] = _named(NEIGHBOUR, reference.neighbour, sample.neighbour)
    return found


def kl_score(divergences: Mapping[str, float]) -> float:
    """Mean of exp(-KL): 1 for the same distributions, towards 0 for strange ones."""
    return float(np.mean([math.exp(-value) for value in divergences.values()]))


def continuous_kl(reference: NDArray[np.float64], sample: NDArray[np.float64]) -> float:
    """KL in nats of two Gaussian kernel densities (Scott's width) at 1,000 points over the range of both samples."""
    low = min(reference.min(), sample.min())
    points = np.linspace(low, max(reference.max(), sample.max()), POINTS)
    return _entropy(density(reference, points) + PSEUDO, density(sample, points) + PSEUDO)


def discrete_kl(reference: NDArray[np.float64], sample: NDArray[np.float64]) -> float:
    """KL in nats of two density histograms over ten bins that span the reference; what lies outside is not counted."""
    p, edges = np.histogram(reference, bins=BINS, density=True)
    counts, _ = np.histogram(sample, bins=edges)
    q = counts / np.diff(edges) / max(counts.sum(), 1)
    return _entropy(p + PSEUDO, q + PSEUDO)


def density(values: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gaussian kernel density ``(p,)`` of ``values (n,)`` at ``points (p,)``; width n**(-1/5) standard deviations.

    Scott 1992, Multivariate Density Estimation. ValueError where the values do not vary.
    """
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    if not spread > 0:
        raise ValueError(f"{len(values)} value(s) without spread have no density")
    width = spread * len(values) ** -0.2
    total = np.zeros(len(points))
    for start in range(0, len(values), 2048):
        step = (points[:, None] - values[None, start : start + 2048]) / width
        total += np.exp(-0.5 * step * step).sum(axis=1)
    return total / (len(values) * width * math.sqrt(2 * math.pi))


def _named(name: str, reference: NDArray[np.float64], sample: NDArray[np.float64]) -> float:
    try:
        return continuous_kl(reference, sample)
    except ValueError as error:
        raise ValueError(f"{name} cannot be compared: {error}") from error


def _entropy(p: NDArray[np.float64], q: NDArray[np.float64]) -> float:
    p, q = p / p.sum(), q / q.sum()
    return float(np.sum(p * np.log(p / q)))
