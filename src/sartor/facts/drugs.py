"""Medicines by name: substance, structure, and what each does to enzymes and transporters.

Tables (built by ``python -m sartor.train.facts_drugs``): ``drugs.tsv`` (substances, names, structures, ATC, narrow
therapeutic index, QT warning), ``drug_roles.tsv`` (substrate, inhibitor, inducer rows, each with source and
version) and ``drug_mixtures.tsv`` (brands that hold several substances). Absence of a role is "not known", never
"has none".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sartor.core import Evidence

from .drug_names import Found, How, Match, Near, by_code, distance, find, match, nearest
from .drug_table import SALTS, Drug, drug_table, normal, without_salt
from .tsv import rows

__all__ = [
    "SALTS",
    "Drug",
    "Found",
    "How",
    "Match",
    "Near",
    "Role",
    "actors",
    "by_code",
    "distance",
    "drug_table",
    "enzymes",
    "find",
    "known_drugs",
    "lookup",
    "match",
    "narrow_index",
    "nearest",
    "normal",
    "qt_risk",
    "roles",
    "smiles_of",
    "without_salt",
]

RoleKind = Literal["substrate", "inhibitor", "inducer"]
Strength = Literal["sensitive", "strong", "moderate", "weak", ""]


@dataclass(frozen=True, slots=True)
class Role:
    """One drug at one enzyme or transporter.

    ``strength`` of a substrate is "sensitive" or "moderate" (AUC at least 5-fold, or 2- to 5-fold, with a strong
    inhibitor); of an inhibitor "strong" (5-fold or more), "moderate" (2 to 5), "weak" (1.25 to 2); of an inducer
    "strong" (AUC down by 80 % or more), "moderate" (50 to 80 %), "weak" (20 to 50 %); "" where the source grades
    nothing (FDA's definitions). ``fm`` is the fraction of the drug's clearance by this route, NaN where no source
    gives one.
    """

    substance: str
    enzyme: str
    role: RoleKind
    strength: Strength
    fm: float
    source: str
    version: str

    @property
    def evidence(self) -> Evidence:
        """The row as a citable claim."""
        graded = f"{self.strength} " if self.strength else ""
        part = "" if math.isnan(self.fm) else f" (fraction of clearance {self.fm:.2f})"
        claim = f"{self.substance} is a {graded}{self.role} of {self.enzyme}{part}"
        return Evidence(
            claim, "guideline" if self.source.startswith("FDA") else "measured", self.source, version=self.version
        )


def lookup(name: str) -> Drug | None:
    """The one substance a name stands for (any case, salt, brand, ATC code, slight misspelling).

    None where nobody knows the name or it stands for a mixture; ``find`` tells the difference.
    """
    found = find(name)
    return found.drugs[0] if found is not None and len(found.drugs) == 1 else None


@lru_cache(maxsize=1)
def _roles() -> dict[str, tuple[Role, ...]]:
    out: dict[str, list[Role]] = {}
    for r in rows("drug_roles"):
        fm = float(r["fm"]) if r["fm"] else math.nan
        kind: RoleKind = r["role"]  # type: ignore[assignment]
        strength: Strength = r["strength"]  # type: ignore[assignment]
        role = Role(r["substance"], r["enzyme"], kind, strength, fm, r["source"], r["version"])
        out.setdefault(role.substance, []).append(role)
    return {k: tuple(v) for k, v in out.items()}


def roles(substance: str) -> tuple[Role, ...]:
    """Every known role of a substance (its INN, or any name ``lookup`` accepts); () where none is known."""
    if substance in _roles():
        return _roles()[substance]
    drug = lookup(substance)
    return _roles().get(drug.substance, ()) if drug else ()


def actors(enzyme: str, role: RoleKind) -> tuple[Role, ...]:
    """Every drug with this role at this enzyme or transporter, by substance."""
    return tuple(r for s in sorted(_roles()) for r in _roles()[s] if r.enzyme == enzyme and r.role == role)


def enzymes() -> tuple[str, ...]:
    """The enzymes and transporters the role table speaks of, sorted."""
    return tuple(sorted({r.enzyme for rs in _roles().values() for r in rs}))


def smiles_of(substance: str) -> str:
    """The structure of a substance, "" where it is unknown or a biologic."""
    drug = drug_table().get(substance) or lookup(substance)
    return drug.smiles if drug else ""


def narrow_index(substance: str) -> Evidence | None:
    """Evidence that the substance has a narrow therapeutic index; None where no source of ours says so."""
    drug = drug_table().get(substance) or lookup(substance)
    if drug is None or not drug.narrow_index:
        return None
    return Evidence(f"{drug.substance} has a narrow therapeutic index", "guideline", drug.narrow_index, version=CURATED)


def qt_risk(substance: str) -> Evidence | None:
    """Evidence that the substance prolongs the QT interval; None where no source of ours says so."""
    drug = drug_table().get(substance) or lookup(substance)
    if drug is None or not drug.qt_level:
        return None
    claim = f"{drug.substance}: {drug.qt_level} about QT prolongation"
    return Evidence(claim, "guideline", drug.qt_warning, version=CURATED)


def known_drugs() -> tuple[tuple[str, str], ...]:
    """``(substance, SMILES)`` of every drug with a structure: what may never be listed as novel."""
    return tuple((d.substance, d.smiles) for d in drug_table().values() if d.smiles)


#: What "version" means for the flags compiled by us from labels.
CURATED = "compiled 2026-11; labels change, read the current one"
