"""Medicines that some country withdrew because they harmed.

Table ``withdrawn.tsv`` (built by ``python -m sartor.train.facts_withdrawn``), without what the FDA approves. Doubt: it
ends in 2014, and a medicine that one country withdrew may be sold in another: a reason to ask, not a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sartor.core import Evidence

from .tsv import rows


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The first withdrawal of one substance: year, where, and what harm it was for ("" where none is stated)."""

    substance: str
    year: int
    countries: str
    reason: str
    evidence: Evidence

    def __str__(self) -> str:
        why = f" for harm called {self.reason}" if self.reason else ""
        return f"{self.substance} was withdrawn ({self.year}, {self.countries or 'country not stated'}){why}"


@lru_cache(maxsize=1)
def _table() -> dict[str, Withdrawal]:
    made = {}
    for r in rows("withdrawn"):
        source = Evidence(
            f"{r['substance']} withdrawn in {r['year']}", "measured", r["source"], r["source_id"], r["version"]
        )
        made[r["substance"]] = Withdrawal(r["substance"], int(r["year"]), r["countries"], r["reason"], source)
    return made


def withdrawal(substance: str) -> Withdrawal | None:
    """The first withdrawal of a substance by its name in ``drugs.tsv``; None where the table holds none."""
    return _table().get(substance)
