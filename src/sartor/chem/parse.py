"""Text to molecules: the only way in. An invalid string never becomes part of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdkit import Chem, RDLogger

from sartor.core import MolBatch

# RDKit writes each parse failure to stderr; we return it as a reason instead.
RDLogger.DisableLog("rdApp.*")  # type: ignore[attr-defined]


_NONE: Mapping[str, Chem.Mol] = {}


@dataclass(frozen=True, slots=True)
class Rejected:
    """One input that did not become a molecule: its position, its text and why."""

    position: int
    text: str
    why: str


def parse(smiles: str) -> Chem.Mol | None:
    """A sanitized molecule, or None. Empty strings and molecules without atoms are None."""
    if not smiles or not smiles.strip():
        return None
    mol = Chem.MolFromSmiles(smiles.strip())
    return mol if mol is not None and mol.GetNumAtoms() else None


def canonical(smiles: str) -> str | None:
    """Canonical isomeric SMILES, or None where it does not parse."""
    mol = parse(smiles)
    return None if mol is None else Chem.MolToSmiles(mol)


def batch(smiles: Sequence[str], ready: Mapping[str, Chem.Mol] = _NONE) -> tuple[MolBatch, list[Rejected]]:
    """Parse texts into a batch of canonical molecules (order kept) and the list of what was turned away.

    ``ready`` holds molecules that are parsed already, by canonical SMILES.
    """
    good: list[str] = []
    mols: list[Chem.Mol] = []
    bad: list[Rejected] = []
    for i, text in enumerate(smiles):
        known = ready.get(text)
        if known is not None:
            good.append(text)
            mols.append(known)
            continue
        mol = parse(text)
        if mol is None:
            bad.append(Rejected(i, text, "empty" if not text.strip() else "not a valid SMILES"))
            continue
        good.append(Chem.MolToSmiles(mol))
        mols.append(mol)
    return MolBatch(good, mols), bad


def strict_batch(smiles: Iterable[str]) -> MolBatch:
    """A batch from SMILES that must all be valid; raises ValueError naming the first that is not."""
    made, bad = batch(list(smiles))
    if bad:
        raise ValueError(f"position {bad[0].position}: {bad[0].text!r} is {bad[0].why}")
    return made


def inchikey(mols: MolBatch) -> tuple[str, ...]:
    """Standard InChIKeys, one per molecule ("" where InChI cannot be written)."""
    if "inchikey" not in mols.cache:
        mols.cache["inchikey"] = tuple(Chem.MolToInchiKey(m) or "" for m in mols.mols)
    return mols.cache["inchikey"]
