import re
import xml.etree.ElementTree as ET

import pytest

from sartor.chem.depict import OPPOSES, SUPPORTS, svg
from sartor.chem.parse import parse, strict_batch
from sartor.chem.sdf import sd_text

ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"


def test_a_picture_is_well_formed_and_transparent():
    text = svg(ASPIRIN)
    root = ET.fromstring(text)
    assert root.attrib["viewBox"] == "0 0 320 240"
    assert not root.findall(".//{http://www.w3.org/2000/svg}rect")
    assert root[0].text == ASPIRIN


@pytest.mark.parametrize("smiles", ["C", "[Na+].[Cl-]", "C[C@H](O)F", "[2H]C([2H])[2H]", "OB(O)c1ccccc1", "C/C=C/C"])
def test_small_and_odd_molecules_draw(smiles):
    ET.fromstring(svg(smiles, {0: 1.0}))
    ET.fromstring(svg(parse(smiles)))


def test_halos_carry_sign_strength_and_value():
    text = svg(ASPIRIN, {0: 0.5, 1: -1.0, 2: 0.01}, scale=1.0)
    circles = re.findall(r'<circle [^>]*fill="url\(#\w+([pn])\)" opacity="([\d.]+)"><title>([^<]+)</title>', text)
    assert circles == [("p", "0.50", "+0.50"), ("n", "1.00", "-1.00")]  # the third is too faint to draw
    assert SUPPORTS in text and OPPOSES in text


def test_scale_is_the_largest_weight_unless_given_and_clips():
    assert 'opacity="1.00"' in svg("CC", {0: 0.2, 1: 0.1})
    assert 'opacity="0.10"' in svg("CC", {0: 0.2}, scale=2.0)
    assert 'opacity="1.00"' in svg("CC", {0: 9.0}, scale=2.0)
    assert "circle" not in svg("CC", {0: 0.0, 1: 0.0})


def test_ids_differ_by_key_and_are_stable():
    a, b = svg("CC", {0: 1.0}, key="a"), svg("CC", {0: 1.0}, key="b")
    assert set(re.findall(r'id="(\w+)"', a)).isdisjoint(re.findall(r'id="(\w+)"', b))
    assert a == svg("CC", {0: 1.0}, key="a")


def test_what_does_not_parse_is_refused():
    with pytest.raises(ValueError, match="not a valid SMILES"):
        svg("C1CC")


def test_sd_records_survive_line_breaks_and_brackets():
    text = sd_text(strict_batch(["CCO"]), ["a\nb"], [{"no<te>": "one\n\n$$$$\ntwo"}])
    assert text.startswith("a b\n") and ">  <no(te)>\none $$$$ two\n\n$$$$\n" in text
    assert sd_text(strict_batch([]), [], []) == ""
    with pytest.raises(ValueError, match="1 molecules, 0 names"):
        sd_text(strict_batch(["C"]), [], [])
