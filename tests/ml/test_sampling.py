from __future__ import annotations

from itertools import pairwise

import pytest
import torch
from torch import Tensor

from sartor.chem.parse import canonical
from sartor.ml.sampling import Manner, draw
from sartor.ml.tokenizer import Tokenizer, learn_tokenizer

TOKENIZER = learn_tokenizer(["CCO", "CCN", "c1ccccc1", "CC(=O)O", "CC(C)Cl"] * 10, 8)
FREE = Manner(grammar=False)
COLD = Manner(1.0, False, 0.01)


class Flat:
    """A model to which every token is equally likely, that counts the rows it is asked about."""

    def __init__(self, batch: int, end: float = 0.0) -> None:
        self.rows, self.asked, self.end = batch, [batch], end

    def step(self, tokens: Tensor) -> Tensor:
        assert len(tokens) == self.rows
        scores = torch.zeros((self.rows, len(TOKENIZER)))
        scores[:, 0] = self.end
        return scores

    def take(self, going: Tensor) -> None:
        self.rows = len(going)
        self.asked.append(self.rows)


def texts(n: int, manner: Manner, prefixes: list[str] | None = None, seed: int = 0) -> list[str]:
    generator = torch.Generator().manual_seed(seed)
    return draw(lambda rows: Flat(len(rows)), TOKENIZER, n, 40, generator, manner, prefixes or [])


def test_finished_texts_leave_the_batch() -> None:
    made: list[Flat] = []

    def start(rows: Tensor) -> Flat:
        made.append(Flat(len(rows), end=2.0))
        return made[-1]

    out = draw(start, TOKENIZER, 64, 40, torch.Generator().manual_seed(0), FREE)
    assert len(out) == 64 and made[0].asked == sorted(made[0].asked, reverse=True) and made[0].asked[-1] < 16


@pytest.mark.parametrize("manner", [FREE, Manner()])
def test_a_text_goes_on_from_its_prefix_with_an_atom_or_a_bond(manner: Manner) -> None:
    prefixes = ["CC(=O)N", "c1ccccc1", "C", "CCC(C)O"] * 10
    made = texts(len(prefixes), manner, prefixes)
    whole = [(t, p) for t, p in zip(made, prefixes, strict=True) if t]
    assert len(whole) >= 20
    for text, prefix in whole:
        assert text.startswith(prefix) and len(text) > len(prefix)
        assert text[len(prefix)].isalpha() or text[len(prefix)] in "[-=#"


def test_a_prefix_may_end_inside_a_longer_token() -> None:
    tokenizer = Tokenizer(["C", "O"], [(1, 2)])  # "CO" is a token of its own
    seen = set(draw(lambda b: _Small(len(b)), tokenizer, 200, 3, torch.Generator().manual_seed(0), FREE, ["C"] * 200))
    assert "CO" in {t[:2] for t in seen} and all(t.startswith("C") for t in seen if t)


class _Small:
    def __init__(self, batch: int) -> None:
        self.rows = batch

    def step(self, tokens: Tensor) -> Tensor:
        return torch.tensor([[0.0, 0.0, -50.0, 3.0]]).repeat(self.rows, 1)  # "O" alone is all but impossible

    def take(self, going: Tensor) -> None:
        self.rows = len(going)


def test_an_unknown_prefix_gives_nothing() -> None:
    made = texts(3, FREE, ["C[Pt]", "CC", "not smiles"])
    assert made[0] == made[2] == "" and made[1].startswith("CC")


def test_the_coldest_manner_takes_the_likeliest() -> None:
    class Peaked(Flat):
        def step(self, tokens: Tensor) -> Tensor:
            scores = super().step(tokens)
            scores[:, 1 if int(tokens[0]) == 0 else 0] = 0.5
            return scores

    out = draw(
        lambda rows: Peaked(len(rows)), TOKENIZER, 5, 10, torch.Generator().manual_seed(0), Manner(0.0, grammar=False)
    )
    assert out == [TOKENIZER.texts[1]] * 5


def test_tokens_below_the_floor_are_a_last_resort() -> None:
    class Skewed(Flat):
        def step(self, tokens: Tensor) -> Tensor:
            scores = super().step(tokens)
            scores[:, 1] = 5.0
            scores[:, 0] = 4.0
            return scores

    free = draw(lambda rows: Skewed(len(rows)), TOKENIZER, 300, 40, torch.Generator().manual_seed(0), FREE)
    held = draw(lambda rows: Skewed(len(rows)), TOKENIZER, 300, 40, torch.Generator().manual_seed(0), COLD)
    only = TOKENIZER.texts[1]
    assert any(t.replace(only, "") for t in free) and not any(t.replace(only, "") for t in held)


def test_a_text_in_a_dead_end_is_begun_anew() -> None:
    asked: list[list[int]] = []

    def start(rows: Tensor) -> Flat:
        asked.append(rows.tolist())
        return Flat(len(rows), end=-3.0)

    once, more = (draw(start, TOKENIZER, 40, 12, torch.Generator().manual_seed(0), Manner(restarts=k)) for k in (0, 5))
    assert asked[0] == asked[1] == list(range(40)) and 0 < len(asked[2]) < 40
    assert all(set(b) <= set(a) for a, b in pairwise(asked[1:]))
    again = set(asked[2])
    assert all(a == b for i, (a, b) in enumerate(zip(once, more, strict=True)) if i not in again)
    assert sum(bool(canonical(t)) for t in more) > sum(bool(canonical(t)) for t in once)
