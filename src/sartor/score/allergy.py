"""Scorer ``allergen_groups``: groups of the classes that a patient's allergy list names."""

from __future__ import annotations

import numpy as np
from pydantic import BaseModel, ConfigDict

from sartor.chem.substructure import count_matches
from sartor.core import Card, MolBatch, OrderError, PatientView, Readout, ScorerPart
from sartor.facts.groups import Group, allergen, allergen_groups


class AllergenGroups(ScorerPart):
    """Counts the defining groups of the chosen classes (facts/tables/alert_groups.tsv).

    A zero does not make a molecule safe for the patient: cross-reactivity is wider than any pattern.
    """

    class Config(BaseModel):
        """``classes``: names or member drugs, separated by commas; empty counts every class of the table."""

        model_config = ConfigDict(extra="forbid")

        classes: str = ""

    def __init__(self, config: Config) -> None:
        self.groups = _chosen(config.classes)
        self.card = Card(
            name="allergen_groups",
            unit="count",
            direction="lower is better",
            summary="defining groups of allergen classes: " + ", ".join(g.name for g in self.groups),
            domain="any molecule; counts listed groups only",
            licence="Apache-2.0",
            source="patterns ours, from the defining ring or group of each class",
            version=self.groups[0].version,
        )

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        counts = count_matches(mols, tuple(g.smarts for g in self.groups))
        return Readout.exact(counts.sum(axis=1).astype(np.float64))


def _chosen(classes: str) -> tuple[Group, ...]:
    words = [w.strip() for w in classes.split(",") if w.strip()]
    if not words:
        return allergen_groups()
    found = [allergen(w) for w in words]
    for word, group in zip(words, found, strict=True):
        if group is None:
            known = ", ".join(g.name for g in allergen_groups())
            raise OrderError(f"allergen_groups knows no class {word!r}; it knows {known}")
    return tuple(dict.fromkeys(g for g in found if g is not None))
