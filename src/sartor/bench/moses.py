"""The MOSES table for one or several generators, on a split of ours.

Polykovskiy et al. 2020, Front. Pharmacol. 11, 565644; measures: ``sartor.chem.moses``, ``sartor.ml.chemnet``. The split
is not MOSES's own, so the figures stand beside those of peers measured on the same split, not beside printed ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sartor.chem import distribution, moses
from sartor.chem.parse import batch
from sartor.core import MolBatch, Refusal
from sartor.core.jsonable import encode
from sartor.ml.chemnet import Moments, frechet, moments, reference_moments

from .samples import read_molecules, read_texts, share

SETS = {"Test": "test.smi", "TestSF": "test_scaffolds.smi"}
PROPERTIES = ("logP", "SA", "QED", "weight")


def measure_moses(
    contenders: Mapping[str, Sequence[str]], split: Path, *, samples: int = 30_000, with_train: bool = False
) -> dict[str, Any]:
    """MOSES measures of each contender's first ``samples`` raw texts, against the split folder's two test sets.

    ``split`` holds train.smi, test.smi and test_scaffolds.smi. ``with_train`` adds a row "train": as many training
    molecules, chosen by a fixed seed. Returns ``{"models": {name: {measure: value}}, ...}``, JSON-ready.
    """
    sets = {name: read_molecules(split / file) for name, file in SETS.items()}
    train = read_texts(split / "train.smi")
    known = set(train)
    rows = dict(contenders)
    if with_train:
        rows["train"] = distribution.choose(train, samples)
    if not rows:
        raise Refusal("no generator to measure", remedy="give --model or --from name=samples.smi")
    kept = {name: reference_moments(mols.smiles, split / SETS[name]) for name, mols in sets.items()}
    return encode(
        {
            "split": split.name,
            "samples": samples,
            "train": len(train),
            "test": {name: len(mols) for name, mols in sets.items()},
            "models": {name: _row(texts[:samples], sets, kept, known) for name, texts in rows.items()},
        }
    )


def _row(
    texts: Sequence[str], sets: Mapping[str, MolBatch], kept: Mapping[str, Moments], known: set[str]
) -> dict[str, float]:
    mols, _ = batch(texts)
    if len(mols) < 2:
        raise Refusal(f"{len(mols)} of {len(texts)} texts are valid: nothing to measure", remedy="look at the texts")
    distinct = set(mols.smiles)
    found = {"valid": share(len(mols), len(texts))}
    for k in (1000, 10_000):
        found[f"unique@{k}"] = share(len(set(mols.smiles[:k])), len(mols.smiles[:k]))
    own = moments(mols.smiles)
    for name, reference in sets.items():
        found[f"FCD/{name}"] = frechet(kept[name], own)
        found[f"SNN/{name}"] = moses.nearest_similarity(mols, reference)
        found[f"Frag/{name}"] = moses.cosine(moses.fragments(reference), moses.fragments(mols))
        found[f"Scaf/{name}"] = moses.cosine(moses.scaffolds(reference), moses.scaffolds(mols))
    found["IntDiv"], found["IntDiv2"] = moses.internal_diversity(mols)
    found["passes PAINS"] = moses.passes_pains(mols)
    found["Novelty"] = share(len(distinct - known), len(distinct))
    here, there = moses.property_values(mols), moses.property_values(sets["Test"])
    for name in PROPERTIES:
        found[name] = moses.wasserstein(there[name], here[name])
    return found
