"""From raw proposals to fresh molecules: valid, one organic fragment, not seen before, not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sartor.chem.parse import batch
from sartor.chem.standardize import standardize
from sartor.core import Judge, MolBatch

_CHARGED = frozenset("+-.")


@dataclass(slots=True)
class Intake:
    """What came of one call to a proposer. ``fresh`` are new canonical molecules, in the order proposed."""

    proposed: int
    valid: int
    fresh: MolBatch
    turned_away: Counter[str] = field(default_factory=Counter)

    @property
    def valid_fraction(self) -> float:
        """Share of proposals that are molecules; 0 where nothing was proposed."""
        return self.valid / self.proposed if self.proposed else 0.0


def take_in(proposals: Sequence[str], seen: set[str], judge: Judge, most: int) -> Intake:
    """Sort proposals out; marks everything valid as ``seen`` except what is left over beyond ``most`` fresh ones.

    Reasons counted: "invalid" (or why the standardizer drops it), "duplicate", "training molecule", "known drug: ...".
    """
    away: Counter[str] = Counter()
    texts: list[str] = []
    for text in proposals:
        cleaned, why = _clean(text)
        if why:
            away[why] += 1
        else:
            texts.append(cleaned)
    mols, bad = batch(texts)
    if bad:
        away["invalid"] += len(bad)
    new: list[int] = []
    for i, smiles in enumerate(mols.smiles):
        if smiles in seen:
            away["duplicate"] += 1
        else:
            seen.add(smiles)
            new.append(i)
    names = judge.known([mols.smiles[i] for i in new])
    away.update(name for name in names if name)
    novel = [i for i, name in zip(new, names, strict=True) if not name]
    for i in novel[most:]:
        seen.discard(mols.smiles[i])
    fresh = mols.take(novel[:most])
    return Intake(len(proposals), len(mols), fresh, away)


def _clean(text: str) -> tuple[str, str]:
    """Salts lose their counter-ion and charges that can be neutralized go; everything else passes as it is."""
    if not _CHARGED & set(text):
        return text, ""
    cleaned, why = standardize(text)
    return (cleaned, "") if cleaned else ("", "invalid" if why == "does not parse" else why)
