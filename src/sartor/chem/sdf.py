"""Molecules as an SD file with drawn 2D coordinates and properties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rdkit import Chem
from rdkit.Chem import rdDepictor

from sartor.core import MolBatch


def sd_text(mols: MolBatch, names: Sequence[str], properties: Sequence[Mapping[str, str]]) -> str:
    """SD records (V2000, 2D) in order; ``names`` head the mol blocks, ``properties`` become data fields.

    A line break inside a value would end the record early, so it is written as a space.
    """
    if not len(mols) == len(names) == len(properties):
        raise ValueError(f"{len(mols)} molecules, {len(names)} names and {len(properties)} property sets")
    records = []
    for mol, name, fields in zip(mols.mols, names, properties, strict=True):
        flat = Chem.Mol(mol)
        rdDepictor.Compute2DCoords(flat)
        flat.SetProp("_Name", " ".join(name.split()))
        block = Chem.MolToMolBlock(flat)
        data = "".join(f">  <{_flat(k)}>\n{_flat(v)}\n\n" for k, v in fields.items())
        records.append(f"{block}{data}$$$$\n")
    return "".join(records)


def _flat(text: str) -> str:
    return " ".join(str(text).replace("<", "(").replace(">", ")").split())
