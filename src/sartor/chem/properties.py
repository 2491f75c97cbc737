"""Drug-likeness, synthetic accessibility and the plain properties of a batch, each computed once.

QED: Bickerton 2012, Nat. Chem. 4, 90 (mean weights, RDKit's pattern definitions). SA score: Ertl & Schuffenhauer 2009,
J. Cheminf. 1, 8, with the fragment table of RDKit's Contrib folder. logP: Wildman & Crippen 1999, J. Chem. Inf. Comput.
Sci. 39, 868. TPSA: Ertl 2000, J. Med. Chem. 43, 3714 (N and O only).
"""

from __future__ import annotations

import gzip
import pickle
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem, RDConfig
from rdkit.Chem import rdFingerprintGenerator, rdMolDescriptors

from sartor.core import MolBatch, PartError

from .alerts import qed_counts

_STRICT = rdMolDescriptors.NumRotatableBondsOptions.Strict
_FRAGMENTS = rdFingerprintGenerator.GetMorganGenerator(radius=2)

# Asymmetric double sigmoids of Bickerton 2012, table 1: a, b, c, d, e, f, maximum, mean weight.
_ADS = np.array(
    [
        (2.817065973, 392.5754953, 290.7489764, 2.419764353, 49.22325677, 65.37051707, 104.9805561, 0.66),
        (3.172690585, 137.8624751, 2.534937431, 4.581497897, 0.822739154, 0.576295591, 131.3186604, 0.46),
        (2.948620388, 160.4605972, 3.615294657, 4.435986202, 0.290141953, 1.300669958, 148.7763046, 0.05),
        (1.618662227, 1010.051101, 0.985094388, 0.000000001, 0.713820843, 0.920922555, 258.1632616, 0.61),
        (1.876861559, 125.2232657, 62.90773554, 87.83366614, 12.01999824, 28.51324732, 104.5686167, 0.06),
        (0.010000000, 272.4121427, 2.558379970, 1.565547684, 1.271567166, 2.758063707, 105.4420403, 0.65),
        (3.217788970, 957.7374108, 2.274627939, 0.000000001, 1.317690384, 0.375760881, 312.3372610, 0.48),
        (0.010000000, 1199.094025, -0.09002883, 0.000000001, 0.185904477, 0.875193782, 417.7253140, 0.95),
    ]
)


def molecular_weight(mols: MolBatch) -> NDArray[np.float64]:
    """Average molecular weight ``(n,)`` in Da."""
    return _each(mols, "molecular_weight", rdMolDescriptors._CalcMolWt)


def logp(mols: MolBatch) -> NDArray[np.float64]:
    """Crippen log P ``(n,)``."""
    return _each(mols, "logp", lambda m: rdMolDescriptors.CalcCrippenDescriptors(m)[0])


def tpsa(mols: MolBatch) -> NDArray[np.float64]:
    """Topological polar surface area ``(n,)`` in square angstrom."""
    return _each(mols, "tpsa", rdMolDescriptors.CalcTPSA)


def qed(mols: MolBatch) -> NDArray[np.float64]:
    """Quantitative estimate of drug-likeness ``(n,)`` in 0..1, equal to RDKit's ``QED.qed``."""
    if "properties/qed" not in mols.cache:
        mols.cache["properties/qed"] = _qed(mols)
    return mols.cache["properties/qed"]


def _qed(mols: MolBatch) -> NDArray[np.float64]:
    if any(a.GetAtomicNum() == 1 for m in mols.mols for a in _explicit_hydrogens(m)):
        # QED is defined without explicit hydrogens; only isotope-labelled input carries any.
        mols = MolBatch(mols.smiles, [Chem.RemoveHs(m) for m in mols.mols])
    acceptors, alerts = qed_counts(mols)
    x = np.stack(
        [
            molecular_weight(mols),
            logp(mols),
            acceptors,
            _each(mols, "hydrogen_bond_donors", rdMolDescriptors.CalcNumHBD),
            tpsa(mols),
            _each(mols, "rotatable_bonds", lambda m: rdMolDescriptors.CalcNumRotatableBonds(m, _STRICT)),
            _each(mols, "aromatic_cycles", aromatic_cycles),
            alerts,
        ],
        axis=1,
    ).astype(float)
    a, b, c, d, e, f, most, weight = _ADS.T
    with np.errstate(over="ignore"):  # a peptide's weight overflows exp to inf, which the formula means as 0
        rise = 1.0 + np.exp(-(x - c + d / 2) / e)
        fall = 1.0 + np.exp(-(x - c - d / 2) / f)
        worth = (a + b / rise * (1.0 - 1.0 / fall)) / most
    return np.exp((np.log(worth) @ weight) / weight.sum())


def _explicit_hydrogens(mol: Chem.Mol) -> list[Chem.Atom]:
    return [] if mol.GetNumAtoms() == mol.GetNumHeavyAtoms() else list(mol.GetAtoms())


def aromatic_cycles(mol: Chem.Mol) -> int:
    """QED's count of aromatic rings: what is left without the aliphatic ring atoms single-bonded to another aliphatic.

    Counted as bonds - atoms + pieces of what is left, which is the size of the smallest set of rings.
    """
    rings = mol.GetRingInfo()
    cycles = rings.AtomRings()
    aromatic = [a.GetIsAromatic() for a in mol.GetAtoms()]
    members = {i for ring in cycles for i in ring}
    if all(aromatic[i] for i in members):
        return len(cycles)
    left = {i for i in members if aromatic[i] or not _aliphatic_neighbour(mol.GetAtomWithIdx(i))}
    parent = {i: i for i in left}

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    extra = 0
    for index in {b for ring in rings.BondRings() for b in ring}:
        bond = mol.GetBondWithIdx(index)
        i, j = bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
        if i in left and j in left:
            a, b = root(i), root(j)
            extra += a == b  # a bond that closes a ring of what is left
            parent[a] = b
    return extra


def _aliphatic_neighbour(atom: Chem.Atom) -> bool:
    return any(
        b.GetBondType() == Chem.BondType.SINGLE and not b.GetOtherAtom(atom).GetIsAromatic() for b in atom.GetBonds()
    )


def sa_score(mols: MolBatch) -> NDArray[np.float64]:
    """Synthetic accessibility ``(n,)``: 1 (easy) to 10 (hard), equal to RDKit's Contrib ``sascorer``."""
    if "properties/sa_score" not in mols.cache:
        mols.cache["properties/sa_score"] = np.array([_sa(m) for m in mols.mols], dtype=float)
    return mols.cache["properties/sa_score"]


@lru_cache(maxsize=1)
def _contributions() -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Fragment ids, sorted, and what each adds. Read from RDKit's own installed file."""
    path = Path(RDConfig.RDContribDir) / "SA_Score" / "fpscores.pkl.gz"
    if not path.exists():
        raise PartError(f"RDKit's Contrib folder has no {path.name}; reinstall rdkit from its PyPI wheel")
    with gzip.open(path) as file:
        rows = pickle.load(file)  # a list of [contribution, id, id, ...]
    ids = np.concatenate([np.array(row[1:], dtype=np.uint32) for row in rows])
    worth = np.repeat([float(row[0]) for row in rows], [len(row) - 1 for row in rows]).astype(np.float32)
    order = np.argsort(ids, kind="stable")
    return ids[order], worth[order]


def _sa(mol: Chem.Mol) -> float:
    known, worth = _contributions()
    found = _FRAGMENTS.GetSparseCountFingerprint(mol).GetNonzeroElements()
    ids = np.fromiter(found.keys(), dtype=np.uint32, count=len(found))
    counts = np.fromiter(found.values(), dtype=float, count=len(found))
    place = np.minimum(np.searchsorted(known, ids), len(known) - 1)
    fragments = float(np.where(known[place] == ids, worth[place], -4.0) @ counts / counts.sum())
    atoms = mol.GetNumAtoms()
    macrocycle = any(len(r) > 8 for r in mol.GetRingInfo().AtomRings())
    d = rdMolDescriptors
    odd = (d.CalcNumAtomStereoCenters(mol), d.CalcNumSpiroAtoms(mol), d.CalcNumBridgeheadAtoms(mol))
    complexity = atoms**1.005 - atoms + sum(float(np.log10(k + 1)) for k in odd)
    complexity += float(np.log10(2)) if macrocycle else 0.0
    symmetry = float(np.log(atoms / len(found))) / 2 if atoms > len(found) else 0.0
    raw = 11.0 - (fragments - complexity + symmetry + 5.0) / 6.5 * 9.0
    if raw > 8.0:
        raw = 8.0 + float(np.log(raw - 8.0))
    return min(max(raw, 1.0), 10.0)


def _each(mols: MolBatch, name: str, measure: object) -> NDArray[np.float64]:
    key = f"properties/{name}"
    if key not in mols.cache:
        mols.cache[key] = np.array([measure(m) for m in mols.mols], dtype=float)  # type: ignore[operator]
    return mols.cache[key]
