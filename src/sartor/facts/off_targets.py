"""What follows where a medicine hits a protein it was not made for, and what in a person makes it worse.

Tables: ``off_target_effects.tsv`` (``python -m sartor.train.facts_off_targets``) and ``effect_factors.tsv``
(``python -m sartor.train.facts_effect_factors``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sartor.core import Evidence

from .tsv import rows

Severity = Literal["minor", "moderate", "serious"]


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect of one action on one protein, at its worst where that is common enough to be warned of."""

    gene: str
    protein: str
    first_panel: bool
    action: str
    effect: str
    words: str
    organ: str
    severity: Severity
    source: str
    version: str

    @property
    def evidence(self) -> Evidence:
        """The row as a citable claim."""
        claim = f"{self.action} at the {self.protein} ({self.gene}): {self.words}"
        return Evidence(claim, "measured", self.source, version=self.version)


@dataclass(frozen=True, slots=True)
class Factor:
    """One fact of a person that makes an effect likelier or worse; ``kind`` and ``value`` say how to recognize it."""

    effect: str
    kind: str
    value: str
    words: str
    source: str
    version: str

    @property
    def evidence(self) -> Evidence:
        """The row as a citable claim."""
        return Evidence(f"{self.effect.replace('_', ' ')}: {self.words}", "guideline", self.source, "", self.version)


@lru_cache(maxsize=1)
def panel() -> dict[str, tuple[Effect, ...]]:
    """Gene -> its effects; the 44 of the first panel come first. Shared, not to be written into."""
    out: dict[str, list[Effect]] = {}
    for r in rows("off_target_effects"):
        severity: Severity = r["severity"]  # type: ignore[assignment]
        effect = Effect(
            r["gene"], r["protein"], r["bowes44"] == "yes", r["action"], r["effect"], r["words"], r["organ"], severity,
            r["source"], r["version"],
        )  # fmt: skip
        out.setdefault(effect.gene, []).append(effect)
    return {k: tuple(v) for k, v in out.items()}


@lru_cache(maxsize=1)
def _factors() -> dict[str, tuple[Factor, ...]]:
    out: dict[str, list[Factor]] = {}
    for r in rows("effect_factors"):
        factor = Factor(r["effect"], r["kind"], r["value"], r["words"], r["source"], r["version"])
        out.setdefault(factor.effect, []).append(factor)
    return {k: tuple(v) for k, v in out.items()}


def factors(effect: str) -> tuple[Factor, ...]:
    """What makes an effect likelier or worse; () where the table says nothing of it."""
    return _factors().get(effect, ())
