"""Marks, openings and the exact check of decorated scaffolds, over real scaffolds and with counterexamples."""

import re
from itertools import product

import numpy as np
import pytest
from rdkit import Chem

from sartor.chem.attach import Frame, capped, joins, places
from sartor.chem.marks import fragments, mark, read_marked, read_plain, settled
from sartor.chem.openings import cuts, ending_at, openings, starting_at
from sartor.core import OrderError

SCAFFOLDS = [
    "c1ccc(*)cc1",
    "*n1cccc1",
    "*c1ccc2[nH]ccc2c1",
    "Cn1c(=O)c2c(ncn2[*:1])n([*:2])c1=O",
    "COc1cc2ncnc(N[*:1])c2cc1O[*:2]",
    "*=C1CCNCC1",
    "[*:1]=c1cc[nH]cc1",
    "*=C1C=COC=C1",
    "C[C@H](*)N",
    "*[C@@H]1CC[C@H](C(=O)O)CC1",
    "*/C=C/c1ccc(*)cc1",
    "C/C(=C\\*)/N(*)C",
    "*/N=C(\\C)c1ccc(*)cc1",
    "*C1CC2(CCN2*)C1",
    "*N1C(=O)C2(CCN(*)CC2)c2ccccc12",
    "*N1C[C@H]2CC[C@@H](C1)N2*",
    "C[N+](C)(C)*",
    "*[n+]1ccccc1",
    "C[N@@+]1(*)CC[C@H]2CC[C@@H]1C2",
    "O=[N+]([O-])c1cc(*)ccc1*",
    "O=c1cc(*)ccn1*",
    "[*:1]c1nc([*:2])c([*:3])s1",
    "[*:1]c1cc([*:1])cc([*:2])c1",
    "C[C@]12CC[C@H]3[C@@H](CCc4cc(*)ccc34)[C@@H]1CC[C@@H]2*",
    "[C@]([*:1])([*:2])(Cl)Br",
    "N[C@@]1(*)CCc2c(*)cccc21",
    "C[S@](=O)*",
    "*P(=O)(*)OC",
    "C1=C/CCCCCC/1*",
    "*C#*",
    "*C(=*)N",
    "[2H]C([2H])([2H])*",
    "*B(O)O",
    "O=C1N(*)C(=O)c2ccccc21",
    "C1C2CC3CC1(*)CC(*)(C2)C3",
]
TAILS = {
    1: ["C", "OC", "N1CCOCC1", "c1ccncc1", "C(F)(F)F", "[C@H](C)O", "/C=C/C", "-c1ccccc1", "F", "[N+](=O)[O-]"],
    2: ["O", "NC", "CC", "N/O"],
    3: ["N", "CC"],
}


@pytest.mark.parametrize("text", SCAFFOLDS)
def test_an_opening_is_the_scaffold_written_to_end_at_the_mark(text):
    marked = read_marked(text)
    for number in marked.numbers:
        made = openings(marked.smiles, number, 12, 3)
        assert len(made) == 12 and made == openings(marked.smiles, number, 12, 3)
        for opening in made:
            assert opening.whole.endswith(mark(number)) and settled(opening.whole) == marked.smiles
            others = tuple(k for k in marked.numbers if k != number)
            alone = read_marked(capped(marked.smiles, others)) if others else marked
            prompt = opening.prompt + "*"
            if alone.smiles.count("*") == 1 and "/" not in text:  # a stereo bond ends with the mark that it rested on
                assert settled(prompt.replace("*", mark(number))) == alone.smiles
            assert "*" not in opening.prompt and Chem.MolFromSmiles(prompt) is not None


@pytest.mark.parametrize("text", SCAFFOLDS)
def test_whatever_is_attached_through_openings_holds_the_scaffold(text):
    marked, rng = read_marked(text), np.random.default_rng(1)
    frame, held, lost = Frame(marked), 0, 0
    loose = loose_query(marked.smiles)
    for _ in range(25):
        smiles = marked.smiles
        for number in rng.permutation(list(marked.numbers)).tolist():
            tails = TAILS[marked.orders[number]]
            opening = openings(smiles, number, 1, int(rng.integers(1, 10**6)))[0]
            smiles = settled(opening.filled(tails[int(rng.integers(len(tails)))])) if smiles else ""
            if not smiles:
                break
        if smiles and frame.holds(smiles):
            held += 1
            mol = Chem.MolFromSmiles(smiles)
            atoms = frame.atoms(smiles)
            assert (
                len(atoms)
                == len(set(atoms))
                == Chem.MolFromSmiles(marked.smiles).GetNumAtoms() - len(re.findall(r"\*", marked.smiles))
            )
            # an independent question: RDKit's own substructure search with degrees and chirality
            if loose is not None:
                assert mol.HasSubstructMatch(loose, useChirality=True), smiles
            parts = frame.substituents(smiles)
            assert set(parts) == set(marked.numbers)
            assert all(text.count("*") == 1 and mark(k) in text for k, text in parts.items())
            # and another: scaffold and substituents put together again, by RDKit's molzip, are the molecule
            if marked.smiles.count("*") == len(parts):
                assert zipped(marked.smiles, *parts.values()) == smiles
        elif smiles:  # only where the substituent takes the stereocentre away
            lost += 1
            assert "@" in marked.smiles and smiles.count("@") < marked.smiles.count("@")
    assert held >= 15 and lost <= 6


def zipped(*pieces):
    settings = Chem.MolzipParams()
    settings.label = Chem.MolzipLabel.Isotope
    return settled(Chem.MolToSmiles(Chem.molzip(Chem.MolFromSmiles(".".join(pieces)), settings)))


def loose_query(smiles):
    """The scaffold as RDKit's own adjusted query: degrees exact but at marks. None where aromaticity may change."""
    mol = Chem.MolFromSmiles(smiles)
    if "=[" in smiles or "[1*]=" in smiles or "2H" in smiles or "#" in smiles:
        return None
    for atom in mol.GetAtoms():
        if not atom.GetAtomicNum():
            atom.SetIsotope(0)
    settings = Chem.AdjustQueryParameters.NoAdjustments()
    settings.adjustDegree = True
    settings.adjustDegreeFlags = Chem.ADJUST_IGNOREDUMMIES
    settings.makeDummiesQueries = True
    return Chem.AdjustQueryProperties(mol, settings)


COUNTEREXAMPLES = [
    ("*c1ccccc1", "Cc1ccccc1C", "a second substituent"),
    ("*c1ccccc1", "c1ccccc1", "no substituent"),
    ("*c1ccccc1", "Cc1ccccn1", "another atom"),
    ("*c1ccccc1", "c1ccc2ccccc2c1", "a fused ring"),
    ("*c1ccccc1", "C1CCCCC1C", "another bond order"),
    ("*C1CCCCC1", "CC1CCCC=C1", "a hydrogen gone"),
    ("*C1CCCCC1", "C=C1CCCCC1", "a double bond at a single mark"),
    ("*=C1CCCCC1", "CC1CCCCC1", "a single bond at a double mark"),
    ("*=C1CCCCC1", "CC1(C)CCCCC1", "two single bonds at a double mark"),
    ("*c1ccc2[nH]ccc2c1", "Cc1ccc2n(C)ccc2c1", "a substituent on the nitrogen"),
    ("*c1ccc2[nH]ccc2c1", "Cc1cccc2[nH]ccc12", "another position"),
    ("[*:1]c1ccc([*:2])cc1", "Cc1cccc(C)c1", "meta for para"),
    ("[*:1]c1ccccc1[*:2]", "c1ccc2c(c1)CCC2", "a bridge between two marks"),
    ("[*:1]CC[*:2]", "C1CCCCC1", "a ring through both marks"),
    ("*CN", "C1CN1", "a ring to an unmarked atom"),
    ("[*:1]c1ccc([*:1])cc1", "CCc1ccc(C)cc1", "different substituents of one number"),
    ("*[C@H](C)N", "CC[C@@H](C)N", "the other enantiomer"),
    ("*[C@H](C)N", "CCC(C)N", "a stereocentre left open"),
    ("*C(C)N", "CC[C@@H](C)N", "stereo that the scaffold leaves open"),
    ("*/C=C/C(=O)O", "CC/C=C\\C(=O)O", "Z for E"),
    ("*[C@@H]1CC[C@H](C)CC1", "O[C@@H]1CC[C@@H](C)CC1", "cis for trans"),
    ("C[N+](C)(C)*", "CCN(C)C", "a charge gone"),
    ("*C(=O)O", "CC(=O)[O-]", "a proton gone"),
    ("*C(=O)O", "CC(=O)OC", "an ester for an acid"),
    ("*c1ccccc1", "Cc1ccccc1.Cl", "a counter-ion"),
    ("*c1ccccc1", "not a molecule", "no molecule"),
    ("[2H]C([2H])([2H])*", "CC", "no isotope"),
    ("C1CC1*", "C1CC12CC2", "a spiro ring"),
]


@pytest.mark.parametrize(("scaffold", "molecule", "why"), COUNTEREXAMPLES)
def test_the_check_refuses(scaffold, molecule, why):
    frame = Frame(read_marked(scaffold))
    assert not frame.holds(molecule), why
    assert frame.atoms(molecule) == () and frame.substituents(molecule) == {}


@pytest.mark.parametrize(
    ("scaffold", "molecule", "parts"),
    [
        ("*c1ccccc1", "c1ccc(-c2ccccc2)cc1", {1: "[1*]c1ccccc1"}),
        ("*=C1C=COC=C1", "O=c1ccocc1", {1: "[1*]=O"}),  # becomes aromatic
        ("*C(F)(F)F", "FC(F)(F)C(F)(F)F", {1: "[1*]C(F)(F)F"}),
        ("[*:1]c1ccc([*:1])cc1", "N#Cc1ccc(C#N)cc1", {1: "[1*]C#N"}),
        ("*/C=C/C(=O)O", "CC/C=C/C(=O)O", {1: "[1*]CC"}),
        ("*[C@H](C)N", "CC[C@H](C)N", {1: "[1*]CC"}),
        ("[*:3]n1ccc([*:7])c1", "Cn1ccc(Cl)c1", {3: "[3*]C", 7: "[7*]Cl"}),
        ("*C#N", "CC#N", {1: "[1*]C"}),
        ("*N(*)C", "CN(F)C", {1: "[1*]C", 2: "[2*]F"}),
    ],
)
def test_the_check_accepts_and_names_what_hangs_there(scaffold, molecule, parts):
    frame = Frame(read_marked(scaffold))
    assert frame.holds(molecule)
    found = frame.substituents(molecule)
    assert sorted(t.split("]", 1)[1] for t in found.values()) == sorted(t.split("]", 1)[1] for t in parts.values())


def test_marks_are_read_in_every_way_they_are_written():
    assert read_marked("*CC*").numbers == (1, 2)
    assert read_marked("[*:4]CC*").numbers == (1, 4)
    assert read_marked("[3*]CC[*:3]").orders == {3: 1}
    assert read_marked("[*]=C").orders == {1: 2} and read_marked("[*]#C").orders == {1: 3}
    assert read_marked("c13ccc(*)cc1.N3c1ccccc1").smiles == read_marked("*c1ccc(Nc2ccccc2)cc1").smiles  # SAFE
    assert read_marked("C[CH2:7]*").smiles == read_marked("CC*").smiles
    assert [m.smiles for m in fragments(read_marked("*C.*N"))] == ["[1*]C", "[2*]N"]
    assert read_plain("[C][C][O]") == "CCO"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("c1cc*", "not a valid SMILES"),
        ("C*C", "2 bonds"),
        ("**", "another mark"),
        ("*", "hangs on|0 bonds"),
        ("[*+]C", "without charge"),
        ("[*H]C", "without charge"),
        ("[*:1]C=[*:1]", "different bonds"),
        ("*[Pt]", "Pt"),
        ("*CC.[Na+]", "Na"),
        ("*CC[Fe+2]", "Fe"),
        ("*[C]C", "unpaired"),
        ("*CC.[Cl-]", "charge"),
    ],
)
def test_what_cannot_be_worked_on_is_said(text, said):
    with pytest.raises(OrderError, match=said):
        read_marked(text)


@pytest.mark.parametrize("text", ["CC*", "CCO.CCN"])
def test_a_lead_is_one_molecule_without_marks(text):
    with pytest.raises(OrderError, match=r"marks|fragments"):
        read_plain(text)


@pytest.mark.parametrize("text", SCAFFOLDS)
def test_marks_become_hydrogens_again(text):
    marked = read_marked(text)
    plain = capped(marked.smiles, marked.numbers)
    assert plain and "*" not in plain and settled(plain) == plain
    heavy = sum(a.GetAtomicNum() > 1 for a in Chem.MolFromSmiles(plain).GetAtoms())
    assert heavy == marked.heavy


def test_places_are_the_atoms_with_hydrogens_and_keep_stereo():
    assert len(places("c1ccccc1")) == 1 and len(places("c1ccc2[nH]ccc2c1")) == 7
    assert places("FC(F)(F)F") == []
    for place in places("C[C@H](N)C(=O)O"):
        frame = Frame(read_marked(place))
        assert "@" in place and settled(capped(place, frame.scaffold.numbers)) == settled("C[C@H](N)C(=O)O")


def test_two_fragments_are_joined_by_a_linker_or_not():
    acid, ring = (Frame(read_marked(t)) for t in ("OC(=O)c1ccc(*)cc1", "*c1ccncc1"))
    found = joins(acid, ring, "OC(=O)c1ccc(CNc2ccncc2)cc1")
    assert found is not None and len(found[0]) == 9 and len(found[1]) == 6 and not set(found[0]) & set(found[1])
    for other in (
        "OC(=O)c1ccc(-c2ccncc2)cc1",  # no linker
        "OC(=O)c1cccc(CNc2ccncc2)c1",  # another position
        "OC(=O)c1ccc(CNc2cccnc2)cc1",
        "OC(=O)c1ccc(CNc2ccncc2F)cc1",  # changed elsewhere
        "COC(=O)c1ccc(CNc2ccncc2)cc1",
        "OC(=O)c1ccc2c(c1)Cc1cnccc12",  # two bonds
        "OC(=O)c1ccc(C)cc1.Cc1ccncc1",
        "nonsense",
    ):
        assert joins(acid, ring, other) is None, other
    same = Frame(read_marked("*c1ccccc1"))
    assert joins(same, same, "c1ccc(Cc2ccccc2)cc1") is not None
    assert joins(same, same, "Cc1ccccc1") is None  # one ring is not two


def test_a_text_ends_or_starts_at_its_mark_and_is_cut_between_atoms():
    text = "N[C@@H](C[1*])C(=O)N1C[C@H]2C[C@@]1(F)CC2"
    turned = ending_at(text, 1)
    assert turned.endswith("C[1*]") and settled(turned) == settled(text)
    assert starting_at(text, 1).startswith("[1*]") and settled(starting_at(text, 1, 5)) == settled(text)
    with pytest.raises(ValueError, match="no mark"):
        starting_at("CCO", 1)
    with pytest.raises(ValueError, match="below the first atom"):
        ending_at("[1*]CC", 1)
    beginnings = cuts("COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1", 3)
    assert len(beginnings) > 15 and beginnings == sorted(beginnings, key=len)
    assert not any(b.endswith(tuple("(-=#/\\")) for b in beginnings)
    assert cuts("no molecule", 1) == []


def test_ring_labels_are_written_as_the_sampling_grammar_has_them():
    """At each atom rings are closed before others are opened, with the lowest free label."""
    for text, seed in product(
        ("*N1C(=O)C2(CCN(*)CC2)c2ccccc12", "*C1CC2(CCN2*)C1", "*N1C[C@H]2CC[C@@H](C1)N2*"), range(4)
    ):
        for opening in openings(read_marked(text).smiles, 1, 10, seed):
            held: set[str] = set()
            for group in re.findall(r"(?<=[A-Za-z\])])\d+", opening.prompt):
                kinds = [label in held for label in group]
                assert kinds == sorted(kinds, reverse=True), opening.prompt
                held ^= set(group)
            assert not held
