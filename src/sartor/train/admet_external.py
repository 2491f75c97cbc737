"""The finished models on sets that taught none of them: what the average of the five says, interval and domain too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import r2_score, roc_auc_score

from sartor.chem.descriptors import descriptors
from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import inchikey, strict_batch
from sartor.chem.standardize import standardize
from sartor.score.admet import head_of, shared_of

from .admet_data import read_rows
from .admet_sources import EXTERNAL


def external_figures(
    data: Path,
    taught: dict[str, set[str]],
    arrays: dict[str, NDArray[Any]],
    cards: dict[str, Any],
    forms: dict[str, tuple[str, str]],
) -> dict[str, dict[str, str]]:
    """Figures by endpoint on its external sets; ``taught`` holds each endpoint's training InChIKeys, left out.

    ``forms`` are the standard structures known already (see admet_data.standard_forms).
    """
    common = shared_of(arrays, tuple(cards))
    out: dict[str, dict[str, str]] = {}
    for endpoint, source in EXTERNAL:
        label = {(forms.get(text) or standardize(text))[0]: y for text, y in read_rows(data, source)}
        label.pop("", None)
        mols = strict_batch(label)
        keep = [i for i, key in enumerate(inchikey(mols)) if key not in taught[endpoint]]
        y = np.array(list(label.values()))[keep]
        mols = mols.take(keep)
        counts = morgan_counts(mols)
        mine = head_of(arrays, endpoint, cards[endpoint])
        near = common.nearest(counts)[:, common.column[endpoint]].astype(np.float64)
        values = descriptors(mols)
        network = common.second(counts, values, [common.column[endpoint]])[:, :, 0]
        raw = mine.members(common.answers(counts, values), network)
        value, low, high = mine.interval(raw, near)
        inside = f"n {len(y)}, {np.mean(near >= mine.domain_from):.0%} in domain"
        figures = out.setdefault(endpoint, {})
        if mine.is_probability:
            figures[f"external: {source.upstream}"] = (
                f"AUROC {roc_auc_score(y, value):.3f}, mean probability {value.mean():.2f}, "
                f"observed rate {y.mean():.2f} ({inside})"
            )
        else:
            held = np.mean((low <= y) & (y <= high))
            figures[f"external: {source.upstream}"] = (
                f"R2 {r2_score(y, value):.3f}, MAE {np.mean(np.abs(y - value)):.3f}, "
                f"coverage of the 90 % interval {held:.3f} ({inside})"
            )
    return out
