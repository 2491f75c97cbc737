"""The nearest known drugs, what they do to enzymes and what became of them: analogy, with the similarity shown.

Formula: Tanimoto of Morgan bits (radius 2, 2048 bits) to the drug table and to withdrawn drugs outside it. Under 0.35
nothing is said to resemble: two random drugs reach 0.3 now and then. Doubt: neighbours share pharmacology often and
idiosyncratic harm seldom; a resemblance is a question for the pharmacologist, and no resemblance clears nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.parse import batch
from sartor.core import MolBatch
from sartor.facts import drugs
from sartor.facts.drug_harms import Harm, harms, structures
from sartor.facts.drugs import Role
from sartor.known.index import nearest_drugs

RESEMBLES = 0.35
IDENTICAL = 0.9999


@dataclass(frozen=True, slots=True)
class Resemblance:
    """One near drug: similarity, its roles at enzymes and transporters, harms, QT and narrow index where known.

    ``alike`` False means that it is the nearest there is and yet too far to say anything.
    """

    substance: str
    similarity: float
    alike: bool
    roles: tuple[Role, ...]
    harms: tuple[Harm, ...]
    qt: str
    narrow_index: bool

    @property
    def words(self) -> str:
        """ "resembles troglitazone (0.62), which was withdrawn in US (2000) for liver"."""
        verb = "is" if self.similarity >= IDENTICAL else "resembles" if self.alike else "is not near"
        text = f"{verb} {self.substance} ({self.similarity:.2f})"
        if not self.alike:
            return text + ", the nearest drug known here"
        said = [f"was {h.words}" if h.kind in ("withdrawn", "restricted") else f"is {h.words}" for h in self.harms[:2]]
        said += [f"has a {self.qt} about the QT interval"] if self.qt else []
        return text + (", which " + " and ".join(said) if said else "; no withdrawal or ranked harm known here")


@lru_cache(maxsize=1)
def _outside() -> tuple[tuple[str, ...], NDArray[np.uint8]]:
    """Names and bits of withdrawn drugs that the drug table does not hold."""
    listed = structures()
    mols, bad = batch([s for _, s in listed])
    turned = {b.position for b in bad}
    return tuple(n for i, (n, _) in enumerate(listed) if i not in turned), morgan_bits(mols)


def resemblances(mols: MolBatch, k: int = 3) -> list[tuple[Resemblance, ...]]:
    """The ``k`` nearest drugs of each molecule, nearest first."""
    names, bits = _outside()
    others = tanimoto(morgan_bits(mols), bits)
    out = []
    for near, row in zip(nearest_drugs(mols, k), others, strict=True):
        extra = [(names[j], float(row[j])) for j in np.argsort(-row, kind="stable")[:k]]
        ranked = sorted({**dict(extra), **dict(near)}.items(), key=lambda x: (-x[1], x[0]))[:k]
        out.append(tuple(_one(name, similarity) for name, similarity in ranked))
    return out


def _one(name: str, similarity: float) -> Resemblance:
    drug = drugs.drug_table().get(name)
    return Resemblance(
        name,
        round(similarity, 3),
        similarity >= RESEMBLES,
        drugs.roles(name) if drug else (),
        harms(name),
        drug.qt_level if drug else "",
        bool(drug and drug.narrow_index),
    )


def role_words(role: Role) -> str:
    """A documented role in a few words: "strong inhibitor of CYP3A4 (fraction of clearance 0.85)"."""
    part = "" if math.isnan(role.fm) else f" (fraction of clearance {role.fm:.2f})"
    return f"{role.strength} {role.role} of {role.enzyme}".strip() + part
