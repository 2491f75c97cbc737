"""The campaign's model as a scorer: what the next design searches with in place of the shipped potency model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.parse import strict_batch
from sartor.core import MolBatch, PatientView, Readout, ScorerPart

from .model import NINETY, Base, CampaignModel

DOMAIN = 0.4  # Tanimoto to a compound measured here from which a molecule is in the campaign's domain


class CampaignPotency(ScorerPart):
    """Potency after what was measured in a campaign: the shipped scorer's own card and settings, corrected values.

    The 90 % interval is the shipped model's, narrowed by the share of the process's spread that the measurements
    nearby have taken; a molecule is in domain where it was for the shipped model or near one measured here. The
    measured compounds come first among ``neighbours`` and ``ligands``, so that a search starts from them.
    """

    def __init__(self, shipped: Base, model: CampaignModel, digest: str) -> None:
        self.shipped, self.model = shipped, model
        self.config = getattr(shipped, "config", None)
        numbers = [m for m in model.measured if m.relation == "="]
        card = shipped.card
        self.card = replace(
            card,
            summary=f"{card.summary}; corrected by {len(numbers)} results of this campaign ({model.why})",
            source=f"{card.source}; results of this campaign",
            version=f"{card.version}+campaign.{digest[:12]}",
            metrics={**card.metrics, "campaign results": str(len(numbers))},
        )
        order = np.argsort([-m.value for m in numbers], kind="stable")
        self._lines = tuple(numbers[i].smiles for i in order)
        self._values = np.array([numbers[i].value for i in order])
        self._bits = morgan_bits(strict_batch(self._lines)) if numbers else np.zeros((0, 256), dtype=np.uint8)

    def predict_counts(self, counts: NDArray[np.uint8]) -> NDArray[np.float64]:
        """The value ``(n,)`` that score() gives for Morgan counts ``(n, 2048)``."""
        return self.model.values(counts)

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        shipped = self.shipped.score(mols, view)
        mean, sd = self.model.predict(mols)
        known = ~np.isnan(shipped.value)
        half = NINETY * sd
        if self.model.base is not None:
            half = (shipped.high - shipped.low) / 2 * sd / np.sqrt(self.model.scale)
        value = np.where(known, mean, np.nan)
        near = self._similar(mols).max(axis=1, initial=0.0)
        return Readout(
            value, value - half, value + half, known & (shipped.in_domain | (near >= DOMAIN)), shipped.why_not
        )

    def _similar(self, mols: MolBatch) -> NDArray[np.float32]:
        return tanimoto(morgan_bits(mols), self._bits)

    def neighbours(self, mols: MolBatch, k: int = 3) -> list[list[tuple[str, float, float]]]:
        """Per molecule its ``k`` nearest measured compounds, the campaign's and the shipped model's together."""
        tell: Any = getattr(self.shipped, "neighbours", None)
        shipped = tell(mols, k) if callable(tell) else [[] for _ in range(len(mols))]
        near = self._similar(mols)
        out = []
        for i in range(len(mols)):
            here = [
                (s, float(v), float(near[i, j])) for j, (s, v) in enumerate(zip(self._lines, self._values, strict=True))
            ]
            mine = {s for s, _, _ in here}
            both = here + [n for n in shipped[i] if n[0] not in mine]
            out.append(sorted(both, key=lambda n: -n[2])[:k])
        return out

    def ligands(self, n: int) -> tuple[str, ...]:
        """The campaign's measured compounds, most potent first, then the shipped model's; at most ``n``."""
        tell: Any = getattr(self.shipped, "ligands", None)
        shipped = tuple(tell(n)) if callable(tell) else ()
        return tuple(dict.fromkeys((*self._lines, *shipped)))[:n]
