"""Distribution learning as GuacaMol measures it, over several sampling seeds, with intervals.

Brown et al. 2019, J. Chem. Inf. Model. 59, 1096. Validity: RDKit parses and sanitizes the raw text, and it holds an
atom. Uniqueness: distinct structures of the valid. Novelty: of the distinct, not in the training set. KL:
``sartor.chem.distribution``. FCD: ``sartor.ml.chemnet``, of the valid, stereo kept. Published runs compare with 10,000
molecules of the *training* set; ours compare with whatever reference is given, by default held-out molecules, which no
generator can score higher on by copying.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sartor.chem import distribution
from sartor.chem.parse import batch
from sartor.core import MolBatch, Refusal
from sartor.core.jsonable import encode
from sartor.ml import weights
from sartor.ml.chemnet import WIDTH, Moments, fcd_score, frechet, moments, reference_moments

from .samples import Draw, molecules, share, spread, wilson
from .training_set import Known

TRIES = 10  # how often a generator is asked for more until enough of its texts are valid, as GuacaMol asks
SHARES = {"validity": ("valid", "drawn"), "uniqueness": ("distinct", "kept"), "novelty": ("novel", "distinct")}
FIGURES = (*SHARES, "unique@1000", "unique@10000", "kl", "fcd", "fcd_score")


class Reference:
    """The molecules a sample is compared with: at most ``n`` of the texts, chosen by a fixed seed.

    The KL score looks at KL_SIZE of them at most, as GuacaMol does: nearest neighbours grow nearer in larger sets.
    """

    def __init__(self, texts: Sequence[str], n: int, name: str, beside: Path | None = None) -> None:
        """``beside``: the file they came from; ChemNet's moments of the choice are kept next to it."""
        self.name = name
        mols = molecules(distribution.choose([t for t in texts if t], n), texts, name)
        if len(mols) < 2:
            raise Refusal(f"the reference {name} holds {len(mols)} molecule(s)", remedy="give thousands")
        self.size = len(mols)
        self.sha256 = hashlib.sha256("\n".join(mols.smiles).encode()).hexdigest()
        self._few = distribution.choose(mols.smiles, distribution.KL_SIZE)
        self._smiles, self._beside = mols.smiles, beside
        self._moments: Moments | None = None
        self._profile: distribution.Profile | None = None

    @property
    def profile(self) -> distribution.Profile:
        """What the KL score compares with."""
        if self._profile is None:
            self._profile = distribution.profile(distribution.distinct(batch(self._few)[0]))
        return self._profile

    @property
    def moments(self) -> Moments:
        """ChemNet's moments, stereo kept."""
        if self._moments is None:
            self._moments = reference_moments(self._smiles, self._beside)
        return self._moments


class ShippedReference:
    """The held-out molecules that no shipped generator was trained on, as figures only: see the ``reference`` card."""

    def __init__(self) -> None:
        card, arrays = weights.card("reference"), weights.load("reference")
        self.name, self.size, self.sha256 = (
            "shipped: " + card["split"],
            int(card["molecules"]),
            str(card["texts_sha256"]),
        )
        self.profile = distribution.Profile(arrays["physchem"].astype(float), arrays["neighbour"].astype(float))
        covariance = np.zeros((WIDTH, WIDTH))
        covariance[np.triu_indices(WIDTH)] = arrays["covariance"]
        covariance += np.triu(covariance, 1).T
        self.moments = Moments(arrays["mean"].astype(float), covariance, self.size)


def measure_distribution(
    draws: Draw | Sequence[Sequence[str]],
    reference: Reference | ShippedReference,
    known: Known | None,
    *,
    samples: int = 10_000,
    seeds: Sequence[int] = (1, 2, 3),
    model: str = "",
) -> dict[str, Any]:
    """GuacaMol's distribution-learning figures: the mean over draws, each draw's own, their spread, and intervals.

    ``draws`` is a generator, asked once per seed for ``samples`` texts (and for more until as many are valid, which
    validity does not count), or the texts of each draw. JSON-ready; unknown is null: novelty where ``known`` is None.
    """
    rows = []
    given = [] if callable(draws) else [list(d) for d in draws]
    for i, seed in enumerate(seeds if callable(draws) else range(1, len(given) + 1)):
        drawn, mols = _ask(draws, samples, seed) if callable(draws) else _take(given[i], samples)
        rows.append({"seed": seed, **_one(drawn, mols, reference, known)})
    if not rows:
        raise Refusal("no texts to measure", remedy="give a model or at least one file of samples")
    answer: dict[str, Any] = {
        "model": model,
        "samples": samples,
        "seeds": [r["seed"] for r in rows],
        "reference": reference.name,
        "reference_molecules": reference.size,
        "reference_sha256": reference.sha256,
        "spread": {name: spread([r[name] for r in rows]) for name in FIGURES},
        "intervals": {},
        "per_seed": rows,
    }
    answer |= {name: float(np.mean([r[name] for r in rows])) for name in FIGURES}
    for name, (count, of) in SHARES.items():
        counts = [r[count] for r in rows]
        known_all = all(c is not None for c in counts)
        answer["intervals"][name] = wilson(sum(counts), sum(r[of] for r in rows)) if known_all else None
    return encode(answer)


def _take(texts: Sequence[str], samples: int) -> tuple[dict[str, int], MolBatch]:
    mols, _ = batch(texts[:samples])
    return {"drawn": len(texts[:samples]), "valid": len(mols)}, mols


def _ask(draw: Draw, samples: int, seed: int) -> tuple[dict[str, int], MolBatch]:
    """The counts of the first ``samples`` texts, and ``samples`` valid molecules where ten askings give them."""
    first = draw(samples, seed)
    counts, mols = _take(first, samples)
    parts = [mols]
    for turn in range(1, TRIES):
        missing = samples - sum(map(len, parts))
        if missing <= 0 or not counts["valid"]:
            break
        more = int(missing * 1.1 * samples / counts["valid"]) + 1
        parts.append(batch(draw(more, seed + 1_000_003 * turn))[0])
    whole = MolBatch([s for p in parts for s in p.smiles][:samples], [m for p in parts for m in p.mols][:samples])
    return counts, whole


def _one(
    counts: dict[str, int], mols: MolBatch, reference: Reference | ShippedReference, known: Known | None
) -> dict[str, Any]:
    if len(mols) < 2:
        raise Refusal(
            f"{len(mols)} of {counts['drawn']} texts are valid: nothing to compare with the reference",
            remedy="look at the texts: one SMILES each",
        )
    distinct = distribution.distinct(mols)
    novel = None if known is None else sum(not k for k in known(distinct.smiles))
    try:
        few = distinct.take(range(min(len(distinct), distribution.KL_SIZE)))
        divergences = distribution.kl_divergences(reference.profile, distribution.profile(few))
    except ValueError as error:
        raise Refusal(f"the sample has no KL score: {error}", remedy="more, or more different, molecules") from error
    plain = distribution.plain_smiles(mols)
    distance = frechet(reference.moments, moments(mols.smiles))
    return {
        **counts,
        "kept": len(mols),
        "distinct": len(distinct),
        "novel": novel,
        "validity": share(counts["valid"], counts["drawn"]),
        "uniqueness": share(len(distinct), len(mols)),
        "novelty": float("nan") if novel is None else share(novel, len(distinct)),
        "unique@1000": share(len(set(plain[:1000])), len(plain[:1000])),
        "unique@10000": share(len(set(plain[:10_000])), len(plain[:10_000])),
        "kl": distribution.kl_score(divergences),
        "kl_divergences": divergences,
        "fcd": distance,
        "fcd_score": fcd_score(distance),
    }
