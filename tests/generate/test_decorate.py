from __future__ import annotations

import numpy as np
import pytest

from sartor.chem.attach import Frame, capped
from sartor.chem.marks import read_marked
from sartor.chem.parse import canonical
from sartor.core import OrderError, Refusal
from sartor.generate.decorate import CHANGED, OTHER_BOND, decorate
from sartor.generate.grow import grow
from sartor.generate.sampler import Sampler

SCAFFOLDS = [
    "c1ccc(*)cc1",
    "*c1ccc2[nH]ccc2c1",
    "*n1cccc1",
    "COc1cc2ncnc(N[*:1])c2cc1O[*:2]",
    "Cn1c(=O)c2c(ncn2[*:1])n([*:2])c1=O",
    "*N1C(=O)C2(CCN(*)CC2)c2ccccc12",
    "*N1C[C@H]2CC[C@@H](C1)N2*",
    "C1C2CC3CC1(*)CC(*)(C2)C3",
    "*[C@@H]1CC[C@H](C(=O)O)CC1",
    "C[C@H](*)N",
    "C[C@]12CC[C@H]3[C@@H](CCc4cc(*)ccc34)[C@@H]1CC[C@@H]2*",
    "C[N+](C)(C)*",
    "*[n+]1ccccc1",
    "O=[N+]([O-])c1cc(*)ccc1*",
    "*/C=C/c1ccc(*)cc1",
    "O=c1cc(*)ccn1*",
    "[*:1]c1nc([*:2])c([*:3])s1",
    "[*:1]c1cc([*:1])cc([*:2])c1",
    "O=C1N(*)C(=O)c2ccccc21",
    "*C1CC2(CCN2*)C1",
]


def must_be_right(answer, frame, given, n):
    smiles = [row.smiles for row in answer.rows]
    assert 0 < len(smiles) <= n and len(set(smiles)) == len(smiles) and given not in smiles
    for row in answer.rows:
        assert canonical(row.smiles) == row.smiles and "." not in row.smiles and "*" not in row.smiles
        assert frame.holds(row.smiles), row.smiles
        assert len(row.atoms) == answer.shared and {k for k in row.values if k != "likelihood"} == {
            f"R{k}" for k in frame.scaffold.numbers
        }
    told = [row.values["likelihood"] for row in answer.rows]
    assert told == sorted(told, reverse=True)
    assert answer.tried >= len(smiles)


@pytest.mark.parametrize("text", SCAFFOLDS)
def test_every_molecule_is_the_scaffold_with_its_marks_filled(text, parrot):
    marked = read_marked(text)
    answer = decorate(text, parrot(), 8, np.random.default_rng(3), 400)
    must_be_right(answer, Frame(marked), capped(marked.smiles, marked.numbers), 8)
    assert answer.given == marked.smiles
    assert decorate(text, parrot(), 8, np.random.default_rng(3), 400) == answer


def test_marks_of_one_number_get_one_substituent(parrot):
    answer = decorate("[*:1]c1cc([*:1])cc([*:2])c1", parrot(), 10, np.random.default_rng(0))
    assert len({row.values["R1"] for row in answer.rows}) > 2
    for row in answer.rows:
        one, two = (read_marked(str(row.values[name])).heavy for name in ("R1", "R2"))
        assert read_marked(row.smiles).heavy == 6 + 2 * one + two


def test_the_order_of_the_marks_bond_is_kept(parrot):
    double = decorate("*=C1CCN(C)CC1", parrot(tails=("O", "CC", "NO", "=O", "")), 3, np.random.default_rng(0), 60)
    assert {row.smiles for row in double.rows} == {"CN1CCC(=O)CC1", "CC=C1CCN(C)CC1", "CN1CCC(=NO)CC1"}
    assert double.counted[OTHER_BOND] > 0 and double.counted["the model could not go on"] > 0
    single = decorate("CC(C)C*", parrot(), 10, np.random.default_rng(0))
    assert single.counted[OTHER_BOND] > 0 and all("C=O" not in row.values["R1"][:7] for row in single.rows)


def test_what_is_turned_away_is_counted(parrot):
    answer = decorate(
        "*[C@](F)(Cl)*", parrot(tails=("F", "Br", "C", "[CH]C", "C1C", "OO")), 4, np.random.default_rng(0), 300
    )
    assert answer.counted[CHANGED] and answer.counted["not a molecule"] and answer.counted["double"]
    assert answer.counted["does not keep: radical"] and answer.counted["does not keep: peroxide"]
    assert all("@" in row.smiles for row in answer.rows)


def test_fewer_than_asked_are_told_and_none_is_a_refusal(parrot):
    few = decorate("*c1ccccc1", parrot(tails=("C", "F")), 5, np.random.default_rng(0), 50)
    assert len(few.rows) == 2 and "2 of 5 were found in 50 proposals" in few.note and "budget" in few.note
    with pytest.raises(
        Refusal, match=r"nothing was found in 30 proposals.*30 the model could not go on.*raise the budget"
    ):
        decorate("*c1ccccc1", parrot(tails=("",)), 5, np.random.default_rng(0), 30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("c1ccccc1", "no mark"),
        ("*c1ccccc1.CCO", "several fragments"),
        ("*" + "C" * 90, "90 heavy atoms"),
        ("*c1ccccc1[Pt]", "Pt"),
        ("nonsense*", "not a valid SMILES"),
    ],
)
def test_what_cannot_be_decorated_is_an_order_error(text, said, parrot):
    with pytest.raises(OrderError, match=said):
        decorate(text, parrot(), 5, np.random.default_rng(0))
    with pytest.raises(OrderError, match="at least one"):
        decorate("*C", parrot(), 0, np.random.default_rng(0))


def test_safe_is_read_as_smiles_are(parrot):
    plain = decorate("*c1ccc(Nc2ccccc2)cc1", parrot(), 5, np.random.default_rng(0))
    assert decorate("c13ccc(*)cc1.N3c1ccccc1", parrot(), 5, np.random.default_rng(0)) == plain


@pytest.mark.parametrize("text", ["COc1cc2ncnc(N[*:1])c2cc1O[*:2]", "C[C@H](*)N", "*[n+]1ccccc1", "*=C1CCNCC1"])
def test_the_shipped_model_decorates(text):
    answer = decorate(text, Sampler("prior"), 4, np.random.default_rng(0), 200)
    marked = read_marked(text)
    must_be_right(answer, Frame(marked), capped(marked.smiles, marked.numbers), 4)


@pytest.mark.parametrize(
    "text", ["c1ccc2[nH]ccc2c1", "C[C@H](N)C(=O)O", "C1CC2CCC1N2", "*c1ccc(*)cc1", "OC(=O)/C=C/*", "[C][C][O]"]
)
def test_what_is_grown_holds_the_fragment(text, parrot):
    marked = read_marked(text, "the fragment")
    plain = capped(marked.smiles, marked.numbers)
    answer = grow(text, parrot(), 10, np.random.default_rng(2), 400)
    assert answer.rows and len({r.smiles for r in answer.rows}) == len(answer.rows)
    heavy = read_marked(plain).heavy
    for row in answer.rows:
        assert canonical(row.smiles) == row.smiles != plain and len(row.atoms) == heavy
        (name,) = [k for k in row.values if k != "likelihood"]
        assert name.startswith("R") and row.values[name].count("*") == 1
    assert grow(text, parrot(), 10, np.random.default_rng(2), 400) == answer


def test_growing_keeps_to_the_marks_and_takes_several_places_at_once(parrot):
    only = grow("*c1ccc(C(=O)O)cc1", parrot(), 8, np.random.default_rng(0))
    frame = Frame(read_marked("*c1ccc(C(=O)O)cc1"))
    assert all(frame.holds(row.smiles) for row in only.rows)
    both = grow("c1ccncc1", parrot(), 6, np.random.default_rng(0), at_once=2)
    assert all(len(row.values) == 3 for row in both.rows)
    with pytest.raises(OrderError, match="2 marks"):
        grow("*c1ccc(*)cc1", parrot(), 5, np.random.default_rng(0), at_once=3)
    with pytest.raises(OrderError, match="no atom with a hydrogen"):
        grow("FC(F)(F)F", parrot(), 5, np.random.default_rng(0))
    assert len(grow("c1ccncc1", Sampler("prior"), 3, np.random.default_rng(0), 60).rows) == 3
