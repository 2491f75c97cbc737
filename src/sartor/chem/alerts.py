"""Structural alerts of a batch: Brenk, NIH and PAINS sets, and the alert and acceptor patterns that QED counts.

All patterns come from the installed RDKit, none from a file of ours. Sources of the sets: Brenk 2008, ChemMedChem
3, 435 (BRENK, 105 patterns); Baell & Holloway 2010, J. Med. Chem. 53, 2719 (PAINS_A 16, PAINS_B 55, PAINS_C 409);
Jadhav 2010, J. Med. Chem. 53, 37 and Doveston 2015, Org. Biomol. Chem. 13, 859 (NIH, 180); Bickerton 2012, Nat. Chem.
4, 90 (QED).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem
from rdkit.Chem import QED
from rdkit.Chem.FilterCatalog import FilterCatalog, FilterCatalogParams

from sartor.core import MolBatch

from .screen import Sieve, skeleton

SETS = ("BRENK", "NIH", "PAINS_A", "PAINS_B", "PAINS_C")
_PICKLE = b"\xef\xbe\xad\xde"  # RDKit's mark at the head of a serialized molecule


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert of one set; ``pattern`` is its place in the shared pattern list."""

    set: str
    name: str
    pattern: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    queries: list[Chem.Mol]
    skeletons: list[Chem.Mol | None]
    sieve: Sieve
    alerts: tuple[Alert, ...]
    qed_alerts: NDArray[np.intp]
    acceptors: NDArray[np.intp]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    """Every distinct pattern once: the QED alerts repeat most of BRENK."""
    queries: list[Chem.Mol] = []
    places: dict[str, int] = {}

    def place(query: Chem.Mol) -> int:
        text = Chem.MolToSmarts(query)
        if text not in places:
            places[text] = len(queries)
            queries.append(query)
        return places[text]

    alerts = [Alert(s, e.GetDescription(), place(_query(e))) for s in SETS for e in entries(s)]
    qed = np.array([place(q) for q in QED.StructuralAlerts])
    acceptors = np.array([place(q) for q in QED.Acceptors])
    return _Patterns(queries, [skeleton(q) for q in queries], Sieve(queries), tuple(alerts), qed, acceptors)


def entries(name: str) -> list[Any]:
    """The FilterCatalog entries of one set, in RDKit's order."""
    params = FilterCatalogParams()
    params.AddCatalog(getattr(FilterCatalogParams.FilterCatalogs, name))
    catalog = FilterCatalog(params)
    return [catalog.GetEntryWithIdx(i) for i in range(catalog.GetNumEntries())]


def _query(entry: Any) -> Chem.Mol:
    """The SMARTS pattern inside a catalog entry: RDKit shows it only inside the entry's serialized form."""
    data = bytes(entry.Serialize())
    return Chem.Mol(data[data.index(_PICKLE) :])  # type: ignore[call-overload]  # bytes work; the stub says str


def _matches(mols: MolBatch) -> list[list[int]]:
    """Places of the patterns found in each molecule, ascending."""
    if "alerts/matches" not in mols.cache:
        mols.cache["alerts/matches"] = [_found(m) for m in mols.mols]
    return mols.cache["alerts/matches"]


def _found(mol: Chem.Mol) -> list[int]:
    p = _patterns()
    found = []
    for i in p.sieve.survivors(mol):
        plain = p.skeletons[i]
        if (plain is None or mol.HasSubstructMatch(plain)) and mol.HasSubstructMatch(p.queries[i]):
            found.append(i)
    return found


@lru_cache(maxsize=1)
def _by_pattern() -> dict[int, tuple[Alert, ...]]:
    out: dict[int, list[Alert]] = {}
    for alert in _patterns().alerts:
        out.setdefault(alert.pattern, []).append(alert)
    return {k: tuple(v) for k, v in out.items()}


def alerts(mols: MolBatch) -> list[tuple[Alert, ...]]:
    """The alerts found in each molecule, by set and then in RDKit's order."""
    known = _by_pattern()
    found = [[a for i in row for a in known.get(i, ())] for row in _matches(mols)]
    return [tuple(sorted(f, key=lambda a: (SETS.index(a.set), a.pattern))) for f in found]


def pattern_of(alert: Alert) -> Chem.Mol:
    """The query of an alert, for highlighting its atoms."""
    return _patterns().queries[alert.pattern]


def qed_counts(mols: MolBatch) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What QED counts by pattern: hydrogen-bond acceptors ``(n,)`` and alerts ``(n,)``."""
    p = _patterns()
    weight = np.bincount(p.qed_alerts, minlength=len(p.queries))
    acceptors = set(p.acceptors.tolist())
    found = _matches(mols)
    hba = [
        sum(len(m.GetSubstructMatches(p.queries[i])) for i in row if i in acceptors)
        for m, row in zip(mols.mols, found, strict=True)
    ]
    return np.array(hba, dtype=np.int64), np.array([weight[row].sum() if row else 0 for row in found], np.int64)
