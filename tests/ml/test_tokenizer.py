from __future__ import annotations

import pytest

from sartor.core import PartError
from sartor.ml.tokenizer import Tokenizer, learn_tokenizer, letters

ODD = [
    "C[C@@H](N)C(=O)[O-]",
    "F/C=C/Cl",
    "F/C=C\\Br",
    "OB(O)c1ccccc1",
    "CP(=O)(O)OC",
    "C[Si](C)(C)C",
    "c1cc[se]c1",
    "[18F]c1ccc([125I])cc1",
    "C[N+](C)(C)CC[n+]1ccccc1",
    "c1cc[nH]c1",
    "C%10CCCCC%10",
    "CC#N",
    "[2H]C([2H])([2H])OI",
    "CCCCCCCCCC",
]


def test_letters_keep_whole_atoms_and_ring_labels() -> None:
    assert letters("C[C@@H](Cl)%12Br") == ["C", "[C@@H]", "(", "Cl", ")", "%12", "Br"]
    assert letters("hello world") is None
    assert letters("") is None


@pytest.mark.parametrize("merges", [0, 10, 60])
def test_round_trip_of_odd_molecules(merges: int) -> None:
    tokenizer = learn_tokenizer(ODD * 3, merges)
    for text in ODD:
        row = tokenizer.encode(text)
        assert row is not None and 0 not in row
        assert tokenizer.decode([*row, 0, 5, 5]) == text


def test_corpus_encoding_is_the_same_as_one_by_one() -> None:
    tokenizer = learn_tokenizer(ODD * 3, 40)
    flat, starts, unknown = tokenizer.encode_corpus(ODD)
    assert len(starts) == len(ODD) + 1 and not unknown
    for text, a, b in zip(ODD, starts, starts[1:], strict=False):
        assert list(flat[a : b - 1]) == tokenizer.encode(text) and flat[b - 1] == 0


def test_merges_shorten_and_are_the_same_each_time() -> None:
    one, two = learn_tokenizer(ODD * 3, 40), learn_tokenizer(ODD * 3, 40)
    assert one.to_json() == two.to_json()
    plain = learn_tokenizer(ODD * 3, 0)
    assert len(one.encode(ODD[0]) or []) < len(plain.encode(ODD[0]) or [])


def test_an_unknown_letter_is_reported_and_left_out() -> None:
    tokenizer = learn_tokenizer(["CCO", "CCN"], 2)
    assert tokenizer.encode("CC[Pt]") is None
    assert tokenizer.unknown("CC[Pt]") == ["[Pt]"]
    assert tokenizer.encode("no molecule") is None
    _, starts, unknown = tokenizer.encode_corpus(["CCO", "CC[Pt]", "CCN"])
    assert len(starts) == 3 and unknown == {"[Pt]": 1}


def test_json_round_trip_and_refusal_of_a_broken_vocabulary() -> None:
    tokenizer = learn_tokenizer(ODD, 30)
    again = Tokenizer.from_json(tokenizer.to_json())
    assert again.texts == tokenizer.texts
    with pytest.raises(PartError):
        Tokenizer(["C", "C"], [])
    with pytest.raises(PartError):
        Tokenizer(["C"], [(1, 9)])
