"""Structural alerts about safety: enzyme inactivation, reactive metabolites, mutagens, skin, the unborn.

One table, ``safety_alerts.tsv`` (built by ``python -m sartor.train.facts_safety_alerts``). An alert is a question, not
a verdict; the absence of one says only that none of these patterns is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sartor.core import Evidence

from .tsv import listed, rows

SETS = ("tdi", "reactive", "mutagen", "sensitizer", "phototoxic", "teratogen")


@dataclass(frozen=True, slots=True)
class SafetyAlert:
    """One pattern: what happens to the group, and drugs or chemicals that hold it."""

    set: str
    name: str
    smarts: str
    words: str
    examples: tuple[str, ...]
    source: str
    version: str

    @property
    def evidence(self) -> Evidence:
        """The alert as a citable claim."""
        seen = f" (as in {', '.join(self.examples)})" if self.examples else ""
        return Evidence(f"{self.name}: {self.words}{seen}", "assumed", self.source, version=self.version)


@lru_cache(maxsize=1)
def _sets() -> dict[str, tuple[SafetyAlert, ...]]:
    out: dict[str, list[SafetyAlert]] = {s: [] for s in SETS}
    for r in rows("safety_alerts"):
        alert = SafetyAlert(
            r["set"], r["name"], r["smarts"], r["words"], listed(r["examples"]), r["source"], r["version"]
        )
        out[alert.set].append(alert)
    return {k: tuple(v) for k, v in out.items()}


def safety_alerts(name: str) -> tuple[SafetyAlert, ...]:
    """The alerts of one set of ``SETS``; KeyError for another name."""
    return _sets()[name]
