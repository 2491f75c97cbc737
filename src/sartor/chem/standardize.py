"""One structure per compound: largest organic fragment, neutralized, canonical with stereo kept."""

from __future__ import annotations

from collections.abc import Sequence

from rdkit import Chem
from rdkit.Chem.MolStandardize import rdMolStandardize

from sartor.core import MolBatch

MIN_HEAVY, MAX_HEAVY = 6, 70
ORGANIC = frozenset({1, 5, 6, 7, 8, 9, 14, 15, 16, 17, 34, 35, 53})  # H B C N O F Si P S Cl Se Br I

_uncharger = rdMolStandardize.Uncharger()
_largest = rdMolStandardize.LargestFragmentChooser(preferOrganic=True)
_foreign = Chem.MolFromSmarts("[" + ";".join(f"!#{number}" for number in sorted(ORGANIC)) + "]")


def standardize(smiles: str, min_heavy: int = MIN_HEAVY, max_heavy: int = MAX_HEAVY) -> tuple[str, str]:
    """``(canonical SMILES, "")``, or ``("", reason)`` where the text is dropped.

    Charges that cannot be neutralized (quaternary nitrogen, nitro) stay. Reasons are a fixed small set, so that
    they can be counted: "does not parse", "too small", "too large", "element outside the organic set", "cannot be
    standardized". A limit on heavy atoms that is not the house's own is named: "more than 50 heavy atoms".
    """
    _, text, why = _one(smiles, min_heavy, max_heavy)
    return text, why


def standardize_batch(
    texts: Sequence[str], min_heavy: int = MIN_HEAVY, max_heavy: int = MAX_HEAVY
) -> tuple[MolBatch, list[str]]:
    """The molecules that ``standardize`` keeps, in order, and one reason per text ("" where it was kept)."""
    answers = [_one(text, min_heavy, max_heavy) for text in texts]
    kept = [(text, mol) for mol, text, why in answers if not why]
    return MolBatch([text for text, _ in kept], [mol for _, mol in kept]), [why for _, _, why in answers]


def _one(smiles: str, min_heavy: int, max_heavy: int) -> tuple[Chem.Mol | None, str, str]:
    """``(the parsed canonical text, the text, "")`` or ``(None, "", reason)``."""
    try:
        mol = Chem.MolFromSmiles(smiles)
        if mol is None or not mol.GetNumAtoms():
            return None, "", "does not parse"
        # Fragments are those of the molecule: a dot in the text may join what ring-closure digits connect (SAFE).
        changed = "+" in smiles or "-" in smiles
        if "." in smiles and len(Chem.GetMolFrags(mol)) > 1:
            mol, changed = _largest.choose(mol), True
        why = _size_problem(mol.GetNumHeavyAtoms(), min_heavy, max_heavy)
        if why:
            return None, "", why
        if "+" in smiles or "-" in smiles:
            mol = _uncharger.uncharge(mol)
        if mol.HasSubstructMatch(_foreign):
            return None, "", "element outside the organic set"
        text = Chem.MolToSmiles(mol)
        if not changed:  # the canonical text of a molecule as parsed is stable: no exception in 40,000 random texts
            again = mol if text == smiles else Chem.MolFromSmiles(text)
            return (again, text, "") if again is not None and text else (None, "", "does not parse")
        # Uncharging can leave explicit hydrogens that change the canonical form.
        again = Chem.MolFromSmiles(text)
        final = "" if again is None else Chem.MolToSmiles(again)
        if final != text:
            again = Chem.MolFromSmiles(final)
        return (None, "", "does not parse") if again is None or not final else (again, final, "")
    except (ValueError, RuntimeError):  # RDKit's own: odd valences, broken invariants
        return None, "", "cannot be standardized"


def _size_problem(heavy: int, min_heavy: int, max_heavy: int) -> str:
    if heavy < min_heavy:
        return "too small" if min_heavy == MIN_HEAVY else f"fewer than {min_heavy} heavy atoms"
    if heavy > max_heavy:
        return "too large" if max_heavy == MAX_HEAVY else f"more than {max_heavy} heavy atoms"
    return ""
