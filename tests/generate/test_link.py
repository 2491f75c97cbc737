from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from rdkit import Chem

from sartor.chem.attach import Frame, joins
from sartor.chem.linkers import linker_size
from sartor.chem.marks import fragments, read_marked, settled
from sartor.chem.parse import canonical
from sartor.core import OrderError, Refusal
from sartor.generate.link import link
from sartor.generate.sampler import Sampler

PAIRS = [
    ("O=C(O)c1ccc(*)cc1", "*c1ccncc1"),
    ("COc1cc2ncnc(*)c2cc1OC", "*c1ccc(F)c(Cl)c1"),
    ("C[C@H]1CC[C@@H](*)CC1", "*N1CCOCC1"),
    ("CS(=O)(=O)N*", "F/C=C/*"),
    ("*n1cccc1", "C[N+](C)(C)*"),
    ("*c1ccccc1", "*c1ccccc1"),
]


def zipped(*pieces):
    """The pieces put together by RDKit's molzip, in every order: in some it forgets a stereo bond."""
    settings = Chem.MolzipParams()
    settings.label = Chem.MolzipLabel.Isotope
    whole = [Chem.MolFromSmiles(".".join(order)) for order in permutations(pieces)]
    return {settled(Chem.MolToSmiles(Chem.molzip(mol, settings))) for mol in whole}


def must_be_right(answer, frames, n):
    assert 0 < len(answer.rows) <= n and len({r.smiles for r in answer.rows}) == len(answer.rows)
    for row in answer.rows:
        assert canonical(row.smiles) == row.smiles and "." not in row.smiles
        assert joins(*frames, row.smiles) is not None
        assert linker_size(row.values["linker"]) == row.values["linker_atoms"] >= 1
        assert len(row.atoms) == len(set(row.atoms)) == sum(f.scaffold.heavy for f in frames)
        assert row.smiles in zipped(*answer.given.split("."), row.values["linker"])
    told = [row.values["likelihood"] for row in answer.rows]
    assert told == sorted(told, reverse=True)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_both_fragments_are_there_joined_at_their_marks(first, second, parrot):
    frames = Frame(read_marked(first)), Frame(read_marked(second))
    answer = link(first, second, parrot(), 8, np.random.default_rng(1), 400)
    must_be_right(answer, frames, 8)
    assert answer.shared == frames[0].scaffold.heavy
    assert link(first, second, parrot(), 8, np.random.default_rng(1), 400) == answer


def test_one_text_with_a_dot_is_two_fragments(parrot):
    text = "O=C(O)c1ccc(*)cc1.*c1ccncc1"
    answer = link(text, "", parrot(), 5, np.random.default_rng(0))
    must_be_right(answer, [Frame(m) for m in fragments(read_marked(text))], 5)


def test_the_likeliest_linkers_come_first(parrot):
    answer = link("O=C(O)c1ccc(*)cc1", "*c1ccncc1", parrot(), 4, np.random.default_rng(0))
    assert "O=C(O)c1ccc(Cc2ccncc2)cc1" in [row.smiles for row in answer.rows]  # the shortest text of the toy's tails
    assert max(row.values["linker_atoms"] for row in answer.rows) <= 2


def test_limits_on_the_linker_hold(parrot):
    answer = link("O=C(O)c1ccc(*)cc1", "*c1ccncc1", parrot(), 6, np.random.default_rng(0), 600, least=3, most=5)
    assert {row.values["linker_atoms"] for row in answer.rows} <= {3.0, 4.0, 5.0}
    assert answer.counted["no linker within the limits"]
    with pytest.raises(Refusal, match=r"no linker within the limits.*widen the limits"):
        link("C*", "*C", parrot(), 5, np.random.default_rng(0), 60, least=40)
    for least, most in ((0, 5), (4, 3)):
        with pytest.raises(OrderError, match="at least 1"):
            link("C*", "*C", parrot(), 5, np.random.default_rng(0), least=least, most=most)


def test_double_marks_are_joined_by_double_bonds(parrot):
    answer = link("*=C1CCCCC1", "*c1ccccc1", parrot(tails=("NC", "CCC", "O")), 4, np.random.default_rng(0), 100)
    assert "C(=C1CCCCC1)c1ccccc1" in [row.smiles for row in answer.rows]
    assert all(row.values["linker"].startswith("[1*]=") for row in answer.rows)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("*c1ccc(*)cc1", "*C", "2 marks"),
        ("c1ccccc1", "*C", "0 marks"),
        ("[*:1]c1ccc([*:1])cc1", "*C", "2 marks"),
        ("*C.*C", "*C", "several fragments"),
        ("*CC", "", "is 1 fragments"),
        ("*C.*N.*O", "", "is 3 fragments"),
        ("*" + "C" * 90, "*C", "90 heavy atoms"),
    ],
)
def test_what_cannot_be_linked_is_an_order_error(first, second, said, parrot):
    with pytest.raises(OrderError, match=said):
        link(first, second, parrot(), 5, np.random.default_rng(0))


def test_the_shipped_model_links():
    first, second = PAIRS[0]
    frames = Frame(read_marked(first)), Frame(read_marked(second))
    must_be_right(link(first, second, Sampler("prior"), 4, np.random.default_rng(0), 100), frames, 4)
