"""Molecules as clean inline SVG: black bonds on a transparent ground, soft halos for atom weights."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from rdkit import Chem
from rdkit.Chem import rdDepictor
from rdkit.Chem.Draw import rdMolDraw2D

from .parse import parse

# Okabe & Ito's blue and vermilion: told apart in every common form of colour blindness, and in grey print by
# hatch-free lightness. Blue supports the prediction, vermilion opposes it.
SUPPORTS, OPPOSES = "#0072B2", "#D55E00"
BOND_PIXELS = 25.0
FAINTEST = 0.08  # weights under this share of the scale are not drawn: they would only dirty the picture


def svg(
    molecule: str | Chem.Mol,
    weights: Mapping[int, float] | None = None,
    size: tuple[int, int] = (320, 240),
    *,
    scale: float | None = None,
    key: str = "",
) -> str:
    """One molecule as an SVG element ready to stand in a page.

    ``weights`` maps atom index (in the order of the parsed SMILES) to a signed weight; blue halos are
    positive, orange ones negative. ``scale`` is the absolute weight drawn at full strength (default: the
    largest of this molecule; give one number to make several pictures comparable). ``key`` makes the ids
    inside unique when the same picture stands twice in one page. Raises ValueError where a SMILES does not
    parse.
    """
    mol = parse(molecule) if isinstance(molecule, str) else molecule
    if mol is None:
        raise ValueError(f"cannot draw {molecule!r}: not a valid SMILES")
    text = molecule if isinstance(molecule, str) else Chem.MolToSmiles(mol)
    ready = _laid_out(mol)
    drawer = rdMolDraw2D.MolDraw2DSVG(*size)
    _style(drawer.drawOptions())
    drawer.DrawMolecule(ready)
    drawer.FinishDrawing()
    body = _body(drawer.GetDrawingText())
    halos = "" if not weights else _halos(drawer, ready, weights, scale, _identifier(text, weights, size, key))
    width, height = size
    return (
        f'<svg class="molecule" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img"><title>{escape(text)}</title>{halos}{body}</svg>'
    )


def _laid_out(mol: Chem.Mol) -> Chem.Mol:
    ready = Chem.Mol(mol)
    rdDepictor.Compute2DCoords(ready)
    rdDepictor.StraightenDepiction(ready)
    return rdMolDraw2D.PrepareMolForDrawing(ready, kekulize=True, addChiralHs=False)


def _style(options: Any) -> None:
    options.useBWAtomPalette()
    options.clearBackground = False
    options.bondLineWidth = 1.5
    options.scaleBondWidth = False
    options.fixedBondLength = BOND_PIXELS
    options.padding = 0.06
    options.additionalAtomLabelPadding = 0.08
    options.multipleBondOffset = 0.18
    options.minFontSize = 9
    options.maxFontSize = 15


def _body(drawing: str) -> str:
    """RDKit's drawing without its frame, and with the style that every bond repeats said once."""
    inner = drawing.split("<!-- END OF HEADER -->", 1)[1].rsplit("</svg>", 1)[0]
    inner = re.sub(r"<rect [^>]*>\s*</rect>", "", inner)
    inner = re.sub(r" class='[^']*'", "", inner)
    inner = re.sub(
        r" style='fill:none;[^']*stroke:#([0-9A-Fa-f]{6});stroke-width:([0-9.]+)px[^']*'",
        lambda m: "" if m[1] == "000000" else f" stroke='#{m[1]}'",
        inner,
    )
    inner = re.sub(r" fill='#000000'", " fill='currentColor' stroke='none'", inner)
    inner = re.sub(r"\s*\n\s*", "", inner)
    return f'<g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round">{inner}</g>'


def _identifier(text: str, weights: Mapping[int, float], size: tuple[int, int], key: str) -> str:
    made = repr((text, sorted(weights.items()), size, key)).encode()
    return "m" + hashlib.sha256(made).hexdigest()[:10]


def _halos(drawer: Any, mol: Chem.Mol, weights: Mapping[int, float], scale: float | None, identifier: str) -> str:
    """A soft disc under each atom, its strength the atom's share of the scale."""
    full = scale or max((abs(w) for w in weights.values()), default=0.0)
    if not full:
        return ""
    points = [drawer.GetDrawCoords(i) for i in range(mol.GetNumAtoms())]
    lengths = [(points[b.GetBeginAtomIdx()] - points[b.GetEndAtomIdx()]).Length() for b in mol.GetBonds()] or [
        BOND_PIXELS
    ]
    radius = 0.72 * sorted(lengths)[len(lengths) // 2]
    stops = "".join(
        f'<stop offset="{at}" stop-color="{{c}}" stop-opacity="{strength}"/>'
        for at, strength in ((0, 0.85), (0.45, 0.6), (1, 0))
    )
    out = ["<defs>"]
    for name, colour in (("p", SUPPORTS), ("n", OPPOSES)):
        out.append(f'<radialGradient id="{identifier}{name}">{stops.format(c=colour)}</radialGradient>')
    out.append("</defs>")
    for i, weight in sorted(weights.items()):
        share = min(abs(weight) / full, 1.0)
        if not 0 <= i < mol.GetNumAtoms() or share < FAINTEST:
            continue
        kind = "p" if weight > 0 else "n"
        out.append(
            f'<circle cx="{points[i].x:.1f}" cy="{points[i].y:.1f}" r="{radius:.1f}" '
            f'fill="url(#{identifier}{kind})" opacity="{share:.2f}"><title>{weight:+.2f}</title></circle>'
        )
    return "".join(out)
