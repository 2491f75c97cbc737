"""The substrate models that exposure rests on: enzyme -> scorer of the probability that it clears a molecule."""

from __future__ import annotations

from collections.abc import Mapping

from sartor.core import Scorer

from .admet import Cyp2c9Substrate, Cyp2d6Substrate, Cyp3a4Substrate


def substrate_scorers() -> Mapping[str, Scorer]:
    """Enzymes with a predictable substrate model, and the model. CYP1A2 and CYP2C19 have too few open labels."""
    return {
        "CYP2C9": Cyp2c9Substrate(Cyp2c9Substrate.Config()),
        "CYP2D6": Cyp2d6Substrate(Cyp2d6Substrate.Config()),
        "CYP3A4": Cyp3a4Substrate(Cyp3a4Substrate.Config()),
    }
