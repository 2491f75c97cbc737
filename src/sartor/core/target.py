"""The protein to act on, and the patient's variant of it."""

from __future__ import annotations

from dataclasses import dataclass

from .evidence import Evidence


@dataclass(frozen=True, slots=True)
class Target:
    """A protein (HGNC symbol), the patient's variants of it and the evidence that ties it to the disease.

    ``variants`` are protein changes such as ``("L858R", "T790M")``; empty is wild type. ``proposed`` is True when
    the house chose the target from the tumour and the order did not name it.
    """

    gene: str
    variants: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    proposed: bool = False

    def __str__(self) -> str:
        return " ".join((self.gene, *self.variants))
