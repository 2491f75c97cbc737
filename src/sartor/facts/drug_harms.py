"""Drugs known for harm: withdrawn somewhere, or ranked by FDA for liver or heart.

One table, ``drug_harms.tsv`` (built by ``python -m sartor.train.facts_drug_harms``). A drug that is not there is one of
which these sources say nothing; it is not one without harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sartor.core import Evidence

from .drug_table import drug_table
from .tsv import listed, rows


@dataclass(frozen=True, slots=True)
class Harm:
    """One source's word on one drug. ``kind`` is withdrawn, restricted, liver or heart.

    ``organs`` are those the reason names (() where it gives none), ``detail`` the rank or "reason not given",
    ``places`` where it was withdrawn: elsewhere the drug may be on the market.
    """

    substance: str
    kind: str
    organs: tuple[str, ...]
    detail: str
    places: tuple[str, ...]
    year: str
    source: str
    version: str

    @property
    def words(self) -> str:
        """The harm in a few words: "withdrawn in US, Canada (1997) for liver"."""
        if self.kind in ("liver", "heart"):
            return f"{self.detail} for the {self.kind}"
        where = ""
        if self.places:
            where = " in " + ", ".join(self.places[:3]) + (" and elsewhere" if len(self.places) > 3 else "")
        why = f" for {', '.join(self.organs)}" if self.organs else f" ({self.detail})" if self.detail else ""
        year = f" ({self.year})" if self.year else ""
        return f"{self.kind}{where}{year}{why}"

    @property
    def evidence(self) -> Evidence:
        """The row as a citable claim."""
        return Evidence(f"{self.substance}: {self.words}", "measured", self.source, version=self.version)


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, tuple[Harm, ...]], dict[str, str]]:
    found: dict[str, list[Harm]] = {}
    structures: dict[str, str] = {}
    for r in rows("drug_harms"):
        harm = Harm(
            r["substance"], r["kind"], listed(r["organs"]), r["detail"], listed(r["places"]), r["year"], r["source"],
            r["version"],
        )  # fmt: skip
        found.setdefault(harm.substance, []).append(harm)
        if r["smiles"]:
            structures.setdefault(harm.substance, r["smiles"])
    # A source that gives the reason comes before one that does not.
    return {k: tuple(sorted(v, key=lambda h: not h.organs)) for k, v in found.items()}, structures


def harms(substance: str) -> tuple[Harm, ...]:
    """What the sources say of a drug, those with a reason first; () where they say nothing."""
    return _table()[0].get(substance, ())


def structures() -> tuple[tuple[str, str], ...]:
    """``(substance, SMILES)`` of harmful drugs that the drug table has no structure of."""
    known = drug_table()
    return tuple((k, v) for k, v in _table()[1].items() if k not in known or not known[k].smiles)


def liver_concern(substance: str) -> Harm | None:
    """The row that ranks a drug of most concern for the liver; None where no source of ours does."""
    return next((h for h in harms(substance) if h.kind == "liver"), None)
