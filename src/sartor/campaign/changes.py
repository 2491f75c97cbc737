"""What new results changed: were the predictions right, were their intervals honest, what was a surprise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sartor.chem.parse import strict_batch

from .measured import Contradiction, Measured
from .model import NINETY, CampaignModel, left_out
from .notebook import Proposal

SURPRISES = 5


@dataclass(frozen=True, slots=True)
class Surprise:
    """A result far from what was expected: ``z`` is the miss in standard deviations, the assay's noise included."""

    smiles: str
    value: float
    expected: float
    sd: float
    z: float
    foretold: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """Figures are null (None) where too few numbers came in to say.

    ``coverage`` is the share of the new numbers inside the 90 % interval stated before (the noise of a measurement
    included), ``bias`` their mean miss (measured minus expected). ``mae_before`` is the model's mean absolute error
    before these results, ``mae_after`` the new model's on the same molecules, each left out of it. ``bounds_kept``
    counts the bounds that the expected value lay on the right side of.
    """

    numbers: int
    bounds: int
    bounds_kept: int
    foretold: int
    coverage: float | None
    bias: float | None
    mae_before: float | None
    mae_after: float | None
    best_before: float | None
    best_after: float | None
    best_smiles: str
    new_best: bool
    surprises: tuple[Surprise, ...]
    contradictions: tuple[Contradiction, ...]


def compare(
    before: CampaignModel | None,
    after: CampaignModel,
    new: Sequence[Measured],
    proposals: Mapping[str, Proposal],
    contradictions: Sequence[Contradiction],
) -> Changes:
    """What the ``new`` results (of this file alone) changed.

    Expected is what the proposal said where there was one, else what the model before would have said; nothing where
    there was no model. ``proposals`` are by InChIKey.
    """
    exact = [m for m in new if m.relation == "="]
    told = [_expected(m, before, proposals) for m in new]
    noise = after.noise if before is None else before.noise
    pairs = [(m, t) for m, t in zip(new, told, strict=True) if t is not None]
    numbers = [(m, t) for m, t in pairs if m.relation == "="]
    surprises, inside, misses = [], [], []
    for m, (mean, sd, foretold) in numbers:
        wide = float(np.sqrt(sd**2 + noise * m.share))
        z = (m.value - mean) / wide
        inside.append(abs(z) <= NINETY)
        misses.append(m.value - mean)
        surprises.append(Surprise(m.smiles, round(m.value, 2), round(mean, 2), round(wide, 2), round(z, 2), foretold))
    kept = sum((m.value - t[0]) * (1 if m.relation == "<" else -1) > 0 for m, t in pairs if m.relation != "=")
    keys = {m.inchikey for m in exact}
    loo = dict(zip([m.inchikey for m in after.measured], left_out(after)[0].tolist(), strict=True))
    errors = [abs(m.value - loo[m.inchikey]) for m in after.measured if m.inchikey in keys and m.relation == "="]
    best_before = _best(before)
    best_after = _best(after)
    return Changes(
        numbers=len(exact),
        bounds=len(new) - len(exact),
        bounds_kept=int(kept),
        foretold=sum(t[2] for _, t in numbers),
        coverage=round(float(np.mean(inside)), 3) if inside else None,
        bias=round(float(np.mean(misses)), 3) if misses else None,
        mae_before=round(float(np.mean(np.abs(misses))), 3) if misses else None,
        mae_after=round(float(np.mean(errors)), 3) if len(errors) and len(after.measured) > 1 else None,
        best_before=best_before[0],
        best_after=best_after[0],
        best_smiles=best_after[1],
        new_best=best_after[0] is not None and (best_before[0] is None or best_after[0] > best_before[0] + 1e-9),
        surprises=tuple(sorted((s for s in surprises if abs(s.z) > 1), key=lambda s: -abs(s.z))[:SURPRISES]),
        contradictions=tuple(contradictions),
    )


def _expected(
    m: Measured, before: CampaignModel | None, proposals: Mapping[str, Proposal]
) -> tuple[float, float, bool] | None:
    if m.inchikey in proposals:
        p = proposals[m.inchikey]
        return p.mean, p.sd, True
    if before is None:
        return None
    mean, sd = before.predict(strict_batch([m.smiles]))
    return float(mean[0]), float(sd[0]), False


def _best(model: CampaignModel | None) -> tuple[float | None, str]:
    exact = [m for m in model.measured if m.relation == "="] if model else []
    if not exact:
        return None, ""
    best = max(exact, key=lambda m: m.value)
    return round(best.value, 2), best.smiles
