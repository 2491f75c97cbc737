import pytest

from sartor.chem.attach import Frame, joins
from sartor.chem.linkers import Joint, linker_size, linkers
from sartor.chem.marks import read_marked
from sartor.chem.openings import openings, starting_at

TAILS = [
    "c1ccc(C(N)=O)cc1",
    "C(=O)NCCN1CCN(C)CC1",
    "C",
    "OCC",
    "/C=C/C",
    "N1CCC(CO)CC1",
    "C#CC",
    "[C@@H](C)N",
    "c1nc2ccccc2[nH]1",
]
PAIRS = [
    ("O=C(O)c1ccc(*)cc1", "*c1ccncc1"),
    ("C[C@H]1CC[C@@H](*)CC1", "*N1CCOCC1"),
    ("CS(=O)(=O)N*", "F/C=C/*"),
    ("*n1cccc1", "C[N+](C)(C)*"),
    ("C[C@H](*)N", "*[C@@H](C)N"),
]


def test_a_linker_is_whole_rings_and_branches():
    assert linkers("c1ccc(C(N)=O)cc1", 1, 1) == [
        "[1*]c1ccc([2*])cc1",
        "[1*]c1ccc(C([2*])=O)cc1",
        "[1*]c1ccc(C(=O)N[2*])cc1",
    ]
    assert linkers("C", 1, 1) == ["[1*]C[2*]"] and linkers("/C=C/C", 1, 1)[0] == "[1*]/C=C/[2*]"
    assert linkers("F", 1, 1) == linkers("=O", 1, 1) == linkers("C#N", 1, 1) == linkers("not", 1, 1) == []
    assert [linker_size(x) for x in linkers("OCC", 1, 1)] == [1, 2, 3]


def test_bonds_of_the_marks_are_kept():
    assert linkers("NC", 2, 1) == ["[1*]=N[2*]", "[1*]=NC[2*]"]
    assert linkers("CC=C", 1, 2) == ["[1*]CC=[2*]", "[1*]CC=C=[2*]"]
    assert linkers("=CC", 1, 1) == []


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_joined_texts_are_molecules_with_both_fragments(first, second):
    a, b = read_marked(first), read_marked(second)
    frames = Frame(a), Frame(b)
    seen = set()
    for seed in range(3):
        joint = Joint(a, b, openings(a.smiles, 1, 1, seed + 1)[0].prompt, starting_at(b.smiles, 1, seed))
        for tail in TAILS:
            for linker in linkers(tail, 1, 1):
                text = joint.text(linker)
                assert joins(*frames, text) is not None, text
                seen.add(linker)
    assert len(seen) > 15
