"""Diseases by name, and which is a kind of which.

Table ``diseases.tsv`` (built by ``python -m sartor.train.facts_targets``): a small tree of names and synonyms
written by us, with Disease Ontology, MONDO and OncoTree identifiers looked up in the MONDO mappings (CC BY 4.0),
CIViC's disease names (CC0) and the indications of the Drug Repurposing Hub (CC BY 4.0).
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .tsv import listed, rows

Relation = Literal["same", "broader", "narrower", ""]


@dataclass(frozen=True, slots=True)
class Disease:
    """One disease: its name in the table, its parent ("" at a root), synonyms and identifiers ("" where none)."""

    name: str
    parent: str
    synonyms: tuple[str, ...]
    doid: str
    mondo: str
    oncotree: str


def normal(name: str) -> str:
    """A disease name for comparison: lower case, British spelling folded, punctuation to spaces."""
    text = name.lower().replace("leukaemia", "leukemia").replace("tumour", "tumor").replace("haem", "hem")
    text = re.sub(r"\([^)]*\)", " ", text).replace("'s ", " ").replace("'s", "")
    return " ".join(re.sub(r"[^a-z0-9+]+", " ", text).split())


@lru_cache(maxsize=1)
def _diseases() -> dict[str, Disease]:
    return {
        r["name"]: Disease(r["name"], r["parent"], listed(r["synonyms"]), r["doid"], r["mondo"], r["oncotree"])
        for r in rows("diseases")
    }


@lru_cache(maxsize=1)
def _index() -> dict[str, str]:
    index = {normal(name): name for name in _diseases()}
    for disease in _diseases().values():
        for other in (*disease.synonyms, disease.doid, disease.mondo, disease.oncotree):
            if other:
                index.setdefault(normal(other), disease.name)
    return index


#: Words about the stage or course of a disease, or the patient, that leave its kind as it is.
QUALIFIERS = re.compile(
    r"\b(metastatic|metastasized|advanced|locally|recurrent|relapsed|refractory|unresectable|untreated|"
    r"progressive|primary|secondary|stage [iv]+[abc]?\d?|stage \d[abc]?|grade \d|adult|childhood|pediatric|"
    r"resistant|positive|mutant|"
    r"(egfr|kras|braf|alk|her2|ros1|flt3|idh1|idh2|ntrk|ret|met)( v600e?)?(?= (mutant|mutated|positive|rearranged))|"
    r"mutated|"
    r"rearranged|and|or)\b"
)


def resolve(name: str) -> Disease | None:
    """The disease a name, synonym, DOID, MONDO or OncoTree code stands for; None where nobody knows it.

    Words about stage and course (``QUALIFIERS``) are left aside where the whole is not known. A spelling within difflib
    ratio 0.88 of exactly one known name counts as that name.
    """
    key = normal(name)
    if not key:
        return None
    if key not in _index():
        bare = " ".join(QUALIFIERS.sub(" ", key).split())
        key = bare if bare in _index() else key
    if key not in _index():
        near = difflib.get_close_matches(key, _index(), n=2, cutoff=0.88)
        if len({_index()[n] for n in near}) != 1:
            return None
        key = near[0]
    return _diseases()[_index()[key]]


def ancestors(disease: Disease) -> tuple[str, ...]:
    """Names from the parent up to the root."""
    out: list[str] = []
    at = disease.parent
    while at and at in _diseases() and at not in out:
        out.append(at)
        at = _diseases()[at].parent
    return tuple(out)


def relation(mine: str, other: str) -> Relation:
    """How ``other`` stands to ``mine``: "same", "broader" (mine is a kind of it), "narrower", or "" (unrelated)."""
    a, b = resolve(mine), resolve(other)
    if a is None or b is None:
        return "same" if normal(mine) == normal(other) else ""
    if a.name == b.name:
        return "same"
    if b.name in ancestors(a):
        return "broader"
    return "narrower" if a.name in ancestors(b) else ""


def suggestions(name: str, n: int = 3) -> tuple[str, ...]:
    """Known disease names that look like this one, for error messages."""
    mine = normal(name)
    words = {w for w in mine.split() if len(w) > 3}

    def alike(known: str) -> float:
        shared = sum(bool(difflib.get_close_matches(w, known.split(), n=1, cutoff=0.8)) for w in words)
        return difflib.SequenceMatcher(None, mine, known).ratio() + shared / max(1, len(words))

    near = sorted(((alike(k), k) for k in _index()), key=lambda x: (-x[0], x[1]))
    return tuple(dict.fromkeys(_index()[k] for a, k in near[: 3 * n] if a >= 0.5))[:n]
