"""Raw texts before a generator hands them on: invalid, duplicate and known ones are counted, not kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from sartor.chem.parse import batch
from sartor.chem.portions import portion, union
from sartor.core import MolBatch
from sartor.known.index import known_batch

MOST = (
    4  # times as many texts as molecules asked for are drawn at most, so that a collapsed model is not asked for ever
)


def sift(texts: list[str], seen: set[str], away: Counter[str]) -> MolBatch:
    """The molecules among ``texts`` that are valid, not ``seen`` yet, and neither training molecules nor drugs.

    Order kept, canonical. ``seen`` and the counts ``away`` (reasons "invalid", "duplicate", "training molecule",
    "known drug: …") are added to.
    """
    mols, bad = batch(texts)
    if bad:
        away["invalid"] += len(bad)
    fresh = []
    for i, smiles in enumerate(mols.smiles):
        if smiles in seen:
            away["duplicate"] += 1
        else:
            seen.add(smiles)
            fresh.append(i)
    new = portion(mols, fresh)
    names = known_batch(new)
    away.update(name for name in names if name)
    return portion(new, [i for i, name in enumerate(names) if not name])


def gather(n: int, draw: Callable[[int], list[str]], away: Counter[str]) -> MolBatch:
    """``n`` sifted molecules from a source of raw texts; fewer where ``MOST * n`` texts hold no more."""
    parts: list[MolBatch] = []
    seen: set[str] = set()
    drawn = 0
    while (missing := n - sum(map(len, parts))) > 0 and drawn < MOST * n:
        texts = draw(min(missing, MOST * n - drawn))
        if not texts:
            break
        drawn += len(texts)
        parts.append(sift(texts, seen, away))
    return union(parts)
