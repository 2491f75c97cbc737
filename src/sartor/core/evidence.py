"""Evidence: what every reason ends in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["measured", "guideline", "predicted", "assumed"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim and where it comes from.

    ``kind`` says how far to trust it: *measured* (in this patient or in a published experiment), *guideline*
    (CPIC, ICH, FDA …), *predicted* (a model, named in ``source``) or *assumed* (a convention; doubt it first).
    """

    claim: str
    kind: Kind
    source: str
    source_id: str = ""
    version: str = ""

    def __str__(self) -> str:
        tail = " ".join(x for x in (self.source, self.source_id, self.version) if x)
        return f"{self.claim} [{self.kind}: {tail}]"


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence a reviewer can read, and the evidence it rests on."""

    text: str
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a reason must end in evidence: {self.text!r}")
