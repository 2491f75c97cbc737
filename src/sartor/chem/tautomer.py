"""Two small answers to tautomers: a key that ignores them, and the amide form of an imidic acid."""

from __future__ import annotations

from rdkit import Chem
from rdkit.Chem import rdMolHash

_IMIDIC = Chem.MolFromSmarts("[OX2H,SX2H]-[#6X3]=[#7X2]")


def tautomer_key(smiles: str) -> str:
    """A text shared by the tautomers and stereoisomers of one compound; "" where the SMILES does not parse.

    RDKit's HetAtomTautomer hash of the flattened molecule: heteroatom hydrogens and bond orders are ignored.
    """
    mol = Chem.MolFromSmiles(smiles)
    if mol is None:
        return ""
    Chem.RemoveStereochemistry(mol)
    return str(rdMolHash.MolHash(mol, rdMolHash.HashFunction.HetAtomTautomer))


def amide_form(smiles: str) -> str:
    """The SMILES with every ``C(O)=N`` written as ``C(=O)N`` (thio alike); unchanged where there is none.

    Some data sets canonicalize tautomers so that hydroxamic acids, amides and ureas read as imidic acids; a
    fingerprint of that form shares nothing with the form chemists draw.
    """
    if "=N" not in smiles and "N=" not in smiles:
        return smiles
    mol = Chem.MolFromSmiles(smiles)
    if mol is None or not mol.HasSubstructMatch(_IMIDIC):
        return smiles
    edit = Chem.RWMol(mol)
    for oxygen, carbon, nitrogen in edit.GetSubstructMatches(_IMIDIC):
        double = edit.GetBondBetweenAtoms(carbon, nitrogen)
        if double.GetBondType() != Chem.BondType.DOUBLE:  # two patterns met at this carbon; one is enough
            continue
        double.SetStereo(Chem.BondStereo.STEREONONE)
        double.SetBondType(Chem.BondType.SINGLE)
        edit.GetBondBetweenAtoms(oxygen, carbon).SetBondType(Chem.BondType.DOUBLE)
        edit.GetAtomWithIdx(oxygen).SetNumExplicitHs(0)
        atom = edit.GetAtomWithIdx(nitrogen)
        atom.SetNoImplicit(False)
        atom.SetNumExplicitHs(0)
    text = Chem.MolToSmiles(edit)
    return text if Chem.MolFromSmiles(text) is not None else smiles
