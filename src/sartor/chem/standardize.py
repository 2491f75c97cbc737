"""One structure per compound: largest organic fragment, neutralized, canonical with stereo kept."""

from __future__ import annotations

from rdkit import Chem
from rdkit.Chem.MolStandardize import rdMolStandardize

MIN_HEAVY, MAX_HEAVY = 6, 70
ORGANIC = frozenset({1, 5, 6, 7, 8, 9, 14, 15, 16, 17, 34, 35, 53})  # H B C N O F Si P S Cl Se Br I

_uncharger = rdMolStandardize.Uncharger()
_largest = rdMolStandardize.LargestFragmentChooser(preferOrganic=True)


def standardize(smiles: str) -> tuple[str, str]:
    """``(canonical SMILES, "")``, or ``("", reason)`` where the text is dropped.

    Charges that cannot be neutralized (quaternary nitrogen, nitro) stay. Reasons are a fixed small set, so that
    they can be counted: "does not parse", "too small", "too large", "element outside the organic set".
    """
    mol = Chem.MolFromSmiles(smiles)
    if mol is None or not mol.GetNumAtoms():
        return "", "does not parse"
    if "." in smiles:
        mol = _largest.choose(mol)
    if "+" in smiles or "-" in smiles:
        mol = _uncharger.uncharge(mol)
    heavy = mol.GetNumHeavyAtoms()
    if heavy < MIN_HEAVY:
        return "", "too small"
    if heavy > MAX_HEAVY:
        return "", "too large"
    if any(a.GetAtomicNum() not in ORGANIC for a in mol.GetAtoms()):
        return "", "element outside the organic set"
    # A second parse: uncharging can leave explicit hydrogens that change the canonical form.
    text = Chem.MolToSmiles(mol)
    again = Chem.MolFromSmiles(text)
    return ("", "does not parse") if again is None else (Chem.MolToSmiles(again), "")
