"""Groups that matter to some patients: oxidants in G6PD deficiency, classes of allergens.

One table, ``alert_groups.tsv`` (built by ``python -m sartor.train.facts_groups``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .tsv import listed, rows


@dataclass(frozen=True, slots=True)
class Group:
    """A named group: its SMARTS, the words or examples that go with it, and its source."""

    name: str
    smarts: str
    words: tuple[str, ...]
    source: str
    version: str


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[Group, ...]]:
    out: dict[str, list[Group]] = {}
    for r in rows("alert_groups"):
        group = Group(r["name"], r["smarts"], listed(r["words"]), r["source"], r["version"])
        out.setdefault(r["set"], []).append(group)
    return {k: tuple(v) for k, v in out.items()}


def oxidant_groups() -> tuple[Group, ...]:
    """Groups that load red cells with oxidant, as such or through a metabolite."""
    return _groups()["oxidant"]


def allergen_groups() -> tuple[Group, ...]:
    """Structural classes that allergy lists name."""
    return _groups()["allergen"]


def allergen(word: str) -> Group | None:
    """The class an allergy entry stands for (class name or a member drug, any case); None where there is none here."""
    text = word.strip().lower()
    for group in allergen_groups():
        if text == group.name or text in group.words:
            return group
    return None
