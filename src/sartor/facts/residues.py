"""Which amino acid stands where in a protein, as far as the tables of changes tell: a check on what people type.

Every change of one residue in ``hotspots.tsv``, ``recurrent.tsv``, ``actionable.tsv`` and ``variant_effects.tsv`` names
the residue that it replaces. Doubt: numbers follow the isoform that those sources use; another isoform's number may
carry another residue, so several are allowed where sources differ, and a place no table names is not judged.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .tsv import rows

_RESIDUE = re.compile(r"([A-Z])(\d+)")
_TABLES = (("hotspots", "change"), ("recurrent", "residue"), ("actionable", "change"), ("variant_effects", "change"))


@lru_cache(maxsize=1)
def _residues() -> dict[tuple[str, int], frozenset[str]]:
    found: dict[tuple[str, int], set[str]] = {}
    for table, column in _TABLES:
        for r in rows(table):
            # The inserted text of an insertion is no residue of the protein.
            for letter, place in _RESIDUE.findall(re.split(r"ins|>", r[column])[0]):
                found.setdefault((r["gene"], int(place)), set()).add(letter)
    return {k: frozenset(v) for k, v in found.items()}


def residues(gene: str, place: int) -> frozenset[str]:
    """One-letter residues that the tables name at a place of a protein; empty where none does."""
    return _residues().get((gene, place), frozenset())


def contradiction(gene: str, change: str) -> str:
    """What is wrong with the residues that a change (``L858R``, ``E746_A750del``) claims; "" where nothing is."""
    for letter, place in _RESIDUE.findall(re.split(r"ins|>", change)[0]):
        known = residues(gene, int(place))
        if known and letter not in known:
            return f"residue {place} of {gene} is {' or '.join(sorted(known))}, not {letter}"
    return ""
