"""Pairs of medicines that labels contraindicate or advise against (``known_pairs.tsv``, ``sartor.train.facts_pairs``).

Absence of a pair is "not in this short list", never "safe together".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sartor.core import Evidence

from .drugs import lookup, roles
from .tsv import rows


@dataclass(frozen=True, slots=True)
class KnownPair:
    """``substance`` is endangered by ``partner`` (a substance, or a class such as "strong CYP3A4 inhibitor")."""

    substance: str
    partner: str
    verdict: str
    why: str
    evidence: Evidence


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[KnownPair, ...]]:
    out: dict[str, list[KnownPair]] = {}
    for r in rows("known_pairs"):
        claim = f"{r['substance']} with {r['partner']}: {r['verdict']} ({r['why']})"
        evidence = Evidence(claim, "guideline", r["source"], version=r["version"])
        key = _name(r["substance"])
        out.setdefault(key, []).append(KnownPair(key, r["partner"], r["verdict"], r["why"], evidence))
    return {k: tuple(v) for k, v in out.items()}


@lru_cache(maxsize=1024)
def _name(text: str) -> str:
    drug = lookup(text)
    return drug.substance if drug else text


def known_pair(substance: str, partner: str) -> KnownPair | None:
    """What labels say of ``substance`` beside ``partner`` (both INN); None where the list has no such pair."""
    for pair in _table().get(_name(substance), ()):
        words = pair.partner.split()
        if len(words) == 3 and words[0] in ("strong", "moderate"):
            strength, enzyme, role = words
            if any(r.role == role and r.strength == strength and _pool(r.enzyme) == enzyme for r in roles(partner)):
                return pair
        elif _name(pair.partner) == _name(partner):
            return pair
    return None


def _pool(enzyme: str) -> str:
    return "CYP3A4" if enzyme.startswith("CYP3A") else enzyme
