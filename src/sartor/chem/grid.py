"""Many molecules as one SVG picture: a grid of panels, what they share tinted and laid out alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from rdkit import Chem
from rdkit.Chem import rdDepictor
from rdkit.Chem.Draw import rdMolDraw2D

from .parse import parse

TINT = (0.66, 0.83, 0.93)  # a pale blue of Okabe & Ito's hue: bonds and letters stay readable on it


def grid(
    smiles: Sequence[str],
    legends: Sequence[str] = (),
    highlights: Sequence[Sequence[int]] = (),
    shared: int = 0,
    columns: int = 4,
    panel: tuple[int, int] = (270, 210),
    title: str = "",
) -> str:
    """An SVG document with a panel for each molecule, in order.

    ``highlights``: for each molecule the atoms (indices of the parsed SMILES) to tint, with the bonds between them. The
    first ``shared`` of them are the same piece in every molecule, which is then drawn the same way up in all. Raises
    ValueError where a SMILES does not parse, or where there is nothing to draw. Marks (``[1*]``) are drawn as R1.
    """
    if not smiles:
        raise ValueError("there is no molecule to draw")
    mols = [_parsed(text) for text in smiles]
    tinted = [list(atoms) for atoms in highlights] or [[] for _ in mols]
    ready = _laid_out(mols, tinted, shared)
    columns = min(columns, len(mols))
    rows = -(-len(mols) // columns)
    drawer = rdMolDraw2D.MolDraw2DSVG(columns * panel[0], rows * panel[1], *panel)
    _style(drawer.drawOptions())
    drawer.DrawMolecules(
        ready,
        legends=list(legends) or [""] * len(mols),
        highlightAtoms=tinted,
        highlightBonds=[_bonds_between(mol, set(atoms)) for mol, atoms in zip(ready, tinted, strict=True)],
    )
    drawer.FinishDrawing()
    return _slim(drawer.GetDrawingText(), title)


def _slim(drawing: str, title: str) -> str:
    """RDKit's drawing with its title, and with the styles that every bond repeats said once."""
    head, _, body = drawing.partition("<!-- END OF HEADER -->")
    body = re.sub(r" class='[^']*'", "", body)
    names: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        return f"class='{names.setdefault(found[1], f's{len(names)}')}'"

    body = re.sub(r"style='([^']*)'", named, body)
    body = re.sub(r"\s*\n\s*", " ", body).replace("> <", ">\n<")
    styles = "\n".join(f".{name} {{{style}}}" for style, name in names.items())
    head = re.sub(r"\s*\n\s*", " ", head.replace("iso-8859-1", "UTF-8")).strip()
    return f"{head}\n<title>{escape(title)}</title>\n<style>\n{styles}\n</style>\n{body.strip()}\n"


def _parsed(smiles: str) -> Chem.Mol:
    mol = parse(smiles)
    if mol is None:
        raise ValueError(f"cannot draw {smiles!r}: not a valid SMILES")
    return mol


def _laid_out(mols: Sequence[Chem.Mol], tinted: Sequence[Sequence[int]], shared: int) -> list[Chem.Mol]:
    """The molecules with coordinates, ready to draw: each turned so that the shared atoms lie as in the first."""
    made: list[Chem.Mol] = []
    for mol, atoms in zip(mols, tinted, strict=True):
        ready = Chem.Mol(mol)
        for atom in ready.GetAtoms():
            if not atom.GetAtomicNum():
                atom.SetProp("_displayLabel", f"R<sub>{atom.GetIsotope() or ''}</sub>")
        if made and shared > 1 and min(len(atoms), len(tinted[0])) >= shared:
            pairs = list(zip(tinted[0][:shared], atoms[:shared], strict=True))
            rdDepictor.GenerateDepictionMatching2DStructure(ready, made[0], pairs)
        else:
            rdDepictor.Compute2DCoords(ready)
            if not made:
                rdDepictor.StraightenDepiction(ready)
        made.append(ready)
    return [rdMolDraw2D.PrepareMolForDrawing(mol, kekulize=True, addChiralHs=False) for mol in made]


def _bonds_between(mol: Chem.Mol, atoms: set[int]) -> list[int]:
    return [b.GetIdx() for b in mol.GetBonds() if b.GetBeginAtomIdx() in atoms and b.GetEndAtomIdx() in atoms]


def _style(options: Any) -> None:
    options.useBWAtomPalette()
    options.prepareMolsBeforeDrawing = False
    options.setHighlightColour(TINT)
    options.bondLineWidth = 1.5
    options.scaleBondWidth = False
    options.scaleHighlightBondWidth = False
    options.highlightBondWidthMultiplier = 8
    options.highlightRadius = 0.28
    options.padding = 0.08
    options.additionalAtomLabelPadding = 0.08
    options.multipleBondOffset = 0.18
    options.minFontSize = 9
    options.maxFontSize = 14
    options.legendFontSize = 13
    options.legendFraction = 0.1
