from __future__ import annotations

import pytest

from sartor.chem import parse
from sartor.ml.partial_smiles import Partial, whole
from sartor.ml.tokenizer import letters

SOUND = [
    "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
    "CC(C)Cc1ccc([C@@H](C)C(=O)O)cc1",
    "O=[N+]([O-])c1ccc(-n2cccc2)cc1",
    "C[n+]1ccccc1",
    "c1ccc2[nH]ccc2c1",
    "c1cc[se]c1",
    "CS(=O)(=O)c1nnc(S(N)(=O)=O)s1",
    "F/C=C/C#N",
    "Oc1c2nc3ccc(F)cc3c-2ncn1C1CCCCC1",
    "C=c1[nH]n(-c2ccccc2)c(=O)/c1=C(/c1ccccc1)N1CCN(c2ccccc2C)CC1",
    "CC(/N=c1\\c(O)c(O)\\c1=N/c1cccc(C#N)c1)C(C)(C)C",
    "CP(=O)(O)OC[Si](C)(C)C",
    "[2H]C([2H])([2H])N1CCC2(CC1)OCCO2",
    "O=c1[nH]c(=S)[nH]c2[nH]cnc12",
    "CC12CCC3C(CCC4CC(=O)CCC43C)C1CCC2O",
    "OB(O)c1ccccc1",
    "C[S+]([O-])c1ccccc1",
]
UNSOUND = [
    "C(C)(C)(C)(C)C",  # five bonds
    "CF(C)",
    "c1cccc1C",  # five carbons cannot share double bonds
    "c1ccccc1(C)C",
    "C1CC1)C",
    "C(",
    "CC1CC",
    "C=(C)",
    "cC",
    "C11",
    "CN(=O)=O",
    "CC(=O)=C",
    "O=c1ccccc1C",
    "Cn1cccc1(C)C",
    "C.C",
    "c1ccccc1c1ccccc1",  # canonical SMILES write the bond of two aromatic rings as "-"
    "CC(C1)CC1",  # a ring that opens in a branch closes in it, where a text walks depth first
    "C2CC2",  # a molecule, but canonical SMILES begin with ring 1
]


def accepted(text: str) -> bool:
    growing = Partial()
    return all(growing.feed([x]) for x in letters(text) or ["?"]) and growing.done()


@pytest.mark.parametrize("text", SOUND)
def test_every_beginning_of_a_sound_molecule_is_let_through(text: str) -> None:
    assert parse.parse(text) is not None
    growing = Partial()
    assert all(growing.feed([x]) for x in letters(text) or [])
    assert growing.done()


@pytest.mark.parametrize("text", UNSOUND)
def test_what_cannot_be_a_molecule_is_refused(text: str) -> None:
    assert not accepted(text)


def test_a_macrocycle_is_refused_when_it_can_no_longer_be_closed_small() -> None:
    assert accepted("C1CCCCCCCCCCC1")
    growing = Partial()
    assert growing.feed(letters("C1" + "C" * 11) or [])
    assert not growing.feed(["C"])


def test_a_text_that_only_one_bond_can_save_is_not_done() -> None:
    stuck = Partial()
    assert stuck.feed(letters("c1cccc1") or [])  # only a double bond outside the ring can still save it
    assert not stuck.done()


def test_an_aromatic_sulfur_has_no_bond_outside_its_ring() -> None:
    assert accepted("c1ccsc1") and not accepted("c1ccs(C)c1") and not accepted("c1ccc2c(c1)cs2C")


def test_refusal_comes_as_early_as_it_can() -> None:
    growing = Partial()
    assert growing.feed(letters("CC1CC") or [])
    kept = growing.copy()
    assert not growing.feed(["F"])  # an open ring, and no atom left to go on from
    assert kept.feed(["C", "1"]) and kept.done()


def test_a_text_is_whole_where_nothing_begun_is_left_open() -> None:
    assert all(whole(letters(text) or []) for text in SOUND)
    assert not any(whole(letters(text) or []) for text in ("c1ccccc", "CC(", "CC=", "c1ccccc1C(=O"))
