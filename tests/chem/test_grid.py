import xml.etree.ElementTree as ET

import numpy as np
import pytest

from sartor.chem.grid import _laid_out, grid
from sartor.chem.parse import parse

PAIR = ["Cc1ccncc1", "Clc1ccncc1C"]


def test_a_grid_is_one_well_formed_picture_with_a_panel_each():
    text = grid([*PAIR, "CCO"], ["a", "b", "c < d"], columns=2, panel=(200, 150), title="<three>")
    root = ET.fromstring(text)
    assert root.attrib["width"] == "400px" and root.attrib["height"] == "300px"
    assert root.find("{http://www.w3.org/2000/svg}title").text == "<three>"
    assert ET.fromstring(grid(["CCO"])).attrib["width"] == "270px"


def test_what_is_shared_is_tinted_and_lies_alike():
    ring = [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]]
    plain, tinted = grid(PAIR), grid(PAIR, highlights=ring, shared=6)
    tint = "#A8D3ED"
    assert tint not in plain and tint in tinted

    assert tinted == grid(PAIR, highlights=ring, shared=6)
    first, second = (m.GetConformer().GetPositions() for m in _laid_out([parse(t) for t in PAIR], ring, 6))
    assert np.allclose(first[1:7], second[1:7], atol=0.05)


def test_marks_are_drawn_as_substituents():
    one, two = grid(["[1*]c1ccccc1"]), grid(["[2*]c1ccccc1"])
    assert one != two


@pytest.mark.parametrize(("smiles", "said"), [([], "no molecule to draw"), (["CC", "C1"], "'C1': not a valid SMILES")])
def test_what_cannot_be_drawn_is_said(smiles, said):
    with pytest.raises(ValueError, match=said):
        grid(smiles)
