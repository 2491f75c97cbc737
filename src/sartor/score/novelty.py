"""How near a molecule comes to a known drug."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from sartor.core import Card, MolBatch, PatientView, Readout, ScorerPart
from sartor.known.index import nearest_drug


class SimilarityToKnown(ScorerPart):
    """Tanimoto similarity to the nearest drug of the drugs table; 1 is a drug, about 0.3 is far from all of them."""

    class Config(BaseModel):
        """No settings."""

        model_config = ConfigDict(extra="forbid")

    def __init__(self, config: Config) -> None:
        self.config = config
        self.card = Card(
            name="similarity_to_known",
            unit="Tanimoto",
            direction="depends",
            summary="Similarity to the nearest known drug (Morgan radius 2, 2048 bits): high is familiar, low is new.",
            domain="any organic molecule",
            licence="drugs table: CC BY-SA 4.0 (ChEMBL)",
            source="Rogers & Hahn 2010, J. Chem. Inf. Model. 50, 742; drugs table of sartor.facts",
        )

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        return Readout.exact(nearest_drug(mols)[0])
