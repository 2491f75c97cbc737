# ruff: noqa: E501  (one class a line reads better than wrapped ones)
"""The strongest basic centre of a molecule and its pKa, by additive rules; no model, no three-dimensional form.

Formula: each class of nitrogen has a parent pKa; groups that pull electrons lower it by a fixed amount each, halved for
every bond they stand further away (Perrin 1981, "pKa Prediction for Organic Acids and Bases": Clark and Perrin's rules
for amines). Doubt: about one unit for amines and amidines, a unit and a half for heteroaromatic nitrogen; hydrogen bonds
inside the molecule, crowding and tautomers are not seen. A second base is taken to lower the first as an ether would.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rdkit import Chem

from sartor.core import MolBatch

#: class, SMARTS of the protonated nitrogen (first atom), parent pKa, doubt. The first class that fits is taken.
_CLASSES: tuple[tuple[str, str, float, float], ...] = (
    ("not basic: quaternary, nitro or N-oxide", "[#7;+]", -10.0, 0.0),
    ("not basic: nitrile, amide, sulfonamide, urea or carbamate", "[$([NX1]#*),$([NX3][C,S,P]=[O,S]),$([NX3]C#N)]", -10.0, 0.0),
    ("acyl, cyano or nitro guanidine", "[NX2]=,:[CX3]([#7])[NX3][$([C,S]=O),$(C#N),$([N+])]", 6.5, 1.5),
    ("guanidine", "[NX2]=[CX3]([NX3;!$(N-[C,S]=O)])[NX3;!$(N-[C,S]=O)]", 12.5, 1.0),
    ("amidine", "[NX2;!$(N-[#7,#8]);!$(N-[C,S]=O)]=[CX3;!$(C-[#8,#16])][NX3;!$(N-[#7,#8]);!$(N-[C,S]=O)]", 11.0, 1.0),
    ("not basic: imine, oxime or hydrazone", "[NX2]=*", 2.0, 1.5),
    ("enamine or vinylogous amide", "[NX3][CX3]=[CX3]", 1.0, 1.5),
    ("hydrazine or hydroxylamine", "[NX3]-[#7,#8]", 5.5, 1.5),
    ("4-amino(iso)quinoline or 4-aminopyridine", "[n;X2]1[c][c]c([NX3;!$(N-[C,S]=O)])[c][c]1", 9.1, 1.0),
    ("2-aminopyridine", "[n;X2;r6]1c([NX3;!$(N-[C,S]=O)])[c][c][c][c]1", 6.9, 1.2),
    ("diamino(pyrimidine, quinazoline)", "[n;X2;r6]c([NX3;!$(N-[C,S]=O)])nc[NX3;!$(N-[C,S]=O)]", 6.8, 1.2),
    ("aminopyrimidine", "[n;X2;r6]:c([NX3;!$(N-[C,S]=O)]):n", 4.0, 1.5),
    ("benzimidazole", "[n;X2;r5]1[c][nX3]c2ccccc12", 5.5, 1.2),
    ("imidazole", "[n;X2;r5]1[c][nX3][c][c]1", 7.0, 1.2),
    ("azole with more heteroatoms", "[n;X2;r5]", 2.5, 1.5),
    ("diazine", "[$([n;X2;r6]:[n;X2]),$([n;X2;r6]:c:[n;X2])]", 1.5, 1.5),
    ("pyridine or quinoline", "[n;X2;r6]", 5.2, 1.5),
    ("not basic: pyrrole-like", "[n]", -10.0, 0.0),
    ("aniline", "[NX3]-a", 4.8, 1.2),
    ("tertiary amine", "[NX3;H0]", 10.3, 1.0),
    ("secondary amine", "[NX3;H1]", 10.9, 1.0),
    ("primary amine", "[NX3;H2]", 10.6, 1.0),
)  # fmt: skip
_ALIPHATIC = frozenset({"tertiary amine", "secondary amine", "primary amine"})
_RINGS = frozenset({"pyridine or quinoline", "imidazole", "2-aminopyridine", "benzimidazole", "aniline"})
#: How much a group lowers an aliphatic amine when it stands on the carbon beside the nitrogen (SMARTS: its first atom).
_PULLS: tuple[tuple[str, float], ...] = (
    ("[CX2]#N", 4.8),
    ("[CX4;$(C(F)(F)F),$(C(F)F)]", 4.8),
    ("[CX3;$(C=O)][OX2]", 2.9),
    ("[CX3;$(C=O)][NX3]", 2.3),
    ("[CX3;$(C=O)]", 2.6),
    ("[SX4](=O)=O", 3.2),
    ("[SX3]=O", 2.6),
    ("[F]", 2.8),
    ("[Cl,Br,I]", 2.2),
    ("[OX2]", 2.4),
    ("[SX2]", 1.8),
    ("[nX3]", 2.4),
    ("[NX3;$(N-[C,S]=O)]", 1.8),
    ("[NX3;$(N-a)]", 2.2),
    ("[NX3]", 1.8),
    ("[CX2]#C", 2.2),
    ("[n,o,s]", 1.6),
    ("c", 1.1),
    ("[CX3]=[CX3]", 0.9),
)


@dataclass(frozen=True, slots=True)
class Base:
    """The strongest base of a molecule: what it is, its pKa and the doubt (units of pKa); ``atom`` -1 where none."""

    kind: str
    pka: float
    doubt: float
    atom: int


NO_BASE = Base("none", -10.0, 0.0, -1)


@lru_cache(maxsize=1)
def _queries() -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    return tuple(Chem.MolFromSmarts(c[1]) for c in _CLASSES), tuple(Chem.MolFromSmarts(p[0]) for p in _PULLS)


def strongest_bases(mols: MolBatch) -> tuple[Base, ...]:
    """The strongest basic centre of each molecule; ``NO_BASE`` where no nitrogen is basic above pKa 0."""
    if "basicity" not in mols.cache:
        mols.cache["basicity"] = tuple(_strongest(m) for m in mols.mols)
    return mols.cache["basicity"]


def _strongest(mol: Any) -> Base:
    classes, pulls = _queries()
    kinds: dict[int, int] = {}
    for k, query in enumerate(classes):
        for match in mol.GetSubstructMatches(query, maxMatches=100):
            kinds.setdefault(match[0], k)
    groups: dict[int, float] = {}
    for (_, strength), query in zip(_PULLS, pulls, strict=True):
        for match in mol.GetSubstructMatches(query, maxMatches=200):
            groups.setdefault(match[0], strength)
    best = NO_BASE
    for atom, k in kinds.items():
        name, _, parent, doubt = _CLASSES[k]
        pka = parent
        if name in _ALIPHATIC:
            pka -= _lowered(mol, atom, groups)
        elif name in _RINGS:
            pka -= _ring_lowered(mol, atom)
        if pka > max(best.pka, 0.0):
            best = Base(name, round(pka, 2), doubt, atom)
    return best


def _lowered(mol: Any, atom: int, groups: dict[int, float]) -> float:
    """What pulls on an aliphatic nitrogen: a group on the carbon beside it in full, halved for each further bond.

    A group reached along two arms of a ring (the oxygen of morpholine) counts along both.
    """
    total, seen, share = 0.0, {atom}, 1.0
    edge = {n.GetIdx(): 1 for n in mol.GetAtomWithIdx(atom).GetNeighbors()}
    for _ in range(3):
        seen.update(edge)
        following: dict[int, int] = {}
        for i, ways in edge.items():
            for n in mol.GetAtomWithIdx(i).GetNeighbors():
                if n.GetIdx() not in seen:
                    following[n.GetIdx()] = following.get(n.GetIdx(), 0) + ways
        total += share * sum(groups.get(j, 0.0) * ways for j, ways in following.items())
        share /= 2
        seen.update(following)
        # Behind a group that was counted nothing more is: an ester's oxygen is part of the ester.
        edge = {j: ways for j, ways in following.items() if not groups.get(j)}
    return total


def _ring_lowered(mol: Any, atom: int) -> float:
    """Halogens, nitriles and carbonyls on the ring of a heteroaromatic nitrogen or an aniline lower it; alkyls raise."""
    centre = mol.GetAtomWithIdx(atom)
    if not centre.GetIsAromatic():
        centre = next((n for n in centre.GetNeighbors() if n.GetIsAromatic()), centre)
    ring = next((r for r in mol.GetRingInfo().AtomRings() if centre.GetIdx() in r), ())
    total = 0.0
    for i in ring:
        for n in mol.GetAtomWithIdx(i).GetNeighbors():
            if n.GetIdx() in ring or n.GetIdx() == atom:
                continue
            if n.GetAtomicNum() in (9, 17, 35, 53):
                total += 1.5
            elif n.GetAtomicNum() == 6 and not n.GetIsAromatic():
                pulled = any(b.GetBondTypeAsDouble() >= 2 for b in n.GetBonds()) or n.GetTotalDegree() < 4
                total += 1.8 if pulled else -0.4
            elif n.GetAtomicNum() == 7 and n.GetFormalCharge() == 1:
                total += 3.0
    return total
