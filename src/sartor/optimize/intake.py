"""From raw proposals to fresh molecules: valid, one organic fragment, not seen before, not known, stable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sartor.chem.parse import batch
from sartor.chem.portions import portion
from sartor.chem.stability import unstable
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


def take_in(
    proposals: Sequence[str],
    seen: set[str],
    judge: Judge,
    most: int,
    sifted: Mapping[str, int] | None = None,
    parsed: MolBatch | None = None,
) -> Intake:
    """Sort proposals out; marks everything valid as ``seen`` except what is left over beyond ``most`` fresh ones.

    ``sifted`` counts, by reason, what the generator turned away before it proposed anything; it is counted here too.
    ``parsed`` holds molecules among the proposals that it has parsed: they are not parsed again, and keep their cache.

    Reasons counted: "invalid" (or why the standardizer drops it), "duplicate", "training molecule", "known drug: ...",
    "unstable: ..." (see sartor.chem.stability).
    """
    away: Counter[str] = Counter(sifted or {})
    earlier, wrong = away.total(), away["invalid"]
    texts: list[str] = []
    for text in proposals:
        cleaned, why = _clean(text)
        if why:
            away[why] += 1
        else:
            texts.append(cleaned)
    at = {} if parsed is None else {s: i for i, s in enumerate(parsed.smiles)}
    if parsed is not None and all(t in at for t in texts):
        mols, bad = portion(parsed, [at[t] for t in texts]), 0
    else:
        mols, wrong_texts = batch(texts, {} if parsed is None else dict(zip(parsed.smiles, parsed.mols, strict=True)))
        bad = len(wrong_texts)
    if bad:
        away["invalid"] += bad
    new: list[int] = []
    for i, smiles in enumerate(mols.smiles):
        if smiles in seen:
            away["duplicate"] += 1
        else:
            seen.add(smiles)
            new.append(i)
    newcomers = portion(mols, new)
    tell = getattr(judge, "known_batch", None)  # a judge that takes parsed molecules need not parse them again
    names = tell(newcomers) if callable(tell) else judge.known(newcomers.smiles)
    loose = unstable(newcomers)
    away.update(name or f"unstable: {group}" for name, group in zip(names, loose, strict=True) if name or group)
    novel = [i for i, name, group in zip(new, names, loose, strict=True) if not (name or group)]
    for i in novel[most:]:
        seen.discard(mols.smiles[i])
    fresh = portion(mols, novel[:most])
    return Intake(len(proposals) + earlier, len(mols) + earlier - wrong, fresh, away)


def _clean(text: str) -> tuple[str, str]:
    """Salts lose their counter-ion and charges that can be neutralized go; everything else passes as it is."""
    if not _CHARGED & set(text):
        return text, ""
    cleaned, why = standardize(text)
    return (cleaned, "") if cleaned else ("", "invalid" if why == "does not parse" else why)
