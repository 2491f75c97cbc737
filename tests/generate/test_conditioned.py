from __future__ import annotations

import numpy as np
import pytest

from sartor.chem.parse import canonical, strict_batch
from sartor.core import OrderError, Refusal
from sartor.generate.conditioned import Wish, conditioned, read_wish
from sartor.generate.near import measured
from sartor.generate.sampler import Sampler


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("logp=2:3", 2, 3),
        ("tpsa=:90", -np.inf, 90),
        ("qed=0.8:", 0.8, np.inf),
        ("logp = -1.5 : 2", -1.5, 2),
        ("qed=0.8", 0.75, 0.85),
        ("molecular_weight=300", 275, 325),
        ("sa_score=2:2", 2, 2),
    ],
)
def test_a_wish_is_a_range_or_a_value(text, low, high):
    wish = read_wish(text)
    assert (wish.low, wish.high) == (pytest.approx(low), pytest.approx(high))
    drawn = [wish.drawn(np.random.default_rng(i)) for i in range(20)]
    assert all(np.isfinite(x) and low <= x <= high for x in drawn)


@pytest.mark.parametrize("text", ["logp", "beauty=1", "logp=", "logp=:", "logp=3:2", "logp=a:b", "=1", "logp=1:2:3"])
def test_what_is_no_wish_is_an_order_error(text):
    with pytest.raises(OrderError, match="the wish"):
        read_wish(text)


def test_only_molecules_within_the_ranges_are_returned(parrot):
    answer = conditioned(["logp=1:2.5", "tpsa=:60"], parrot(), 4, np.random.default_rng(0), 200)
    mols = strict_batch([row.smiles for row in answer.rows])
    assert len(mols) == 4 and all(canonical(s) == s for s in mols)
    logp, tpsa = measured(mols, "logp"), measured(mols, "tpsa")
    assert ((logp >= 1) & (logp <= 2.5)).all() and (tpsa <= 60).all()
    assert [row.values["logp"] for row in answer.rows] == pytest.approx(logp.tolist(), abs=1e-3)
    assert "filtered" in answer.note and "% of molecules meet them" in answer.note
    assert any(reason.startswith("outside logp=1:2.5") for reason in answer.counted)
    assert conditioned(["logp=1:2.5", "tpsa=:60"], parrot(), 4, np.random.default_rng(0), 200) == answer


def test_a_model_that_takes_wishes_is_asked_for_them(parrot):
    told, plain = parrot({"property_edges": {}}), parrot()
    answer = conditioned(["logp=1:2.5"], told, 3, np.random.default_rng(0), 200)
    assert all(wish is not None and 1 <= wish["logp"] <= 2.5 for wish in told.wished)
    assert "asked for the wishes" in answer.note
    conditioned(["logp=1:2.5"], plain, 3, np.random.default_rng(0), 200)
    assert plain.wished == [None] * len(plain.wished)


def test_what_cannot_be_met_is_refused(parrot):
    with pytest.raises(Refusal, match=r"nothing was found in 100 proposals.*outside molecular_weight=900:.*widen"):
        conditioned(["molecular_weight=900:"], parrot(), 3, np.random.default_rng(0), 100)
    for wishes in ([], ["logp=1", "logp=2"]):
        with pytest.raises(OrderError, match="each property once"):
            conditioned(wishes, parrot(), 3, np.random.default_rng(0))


def test_the_shipped_model_is_filtered():
    answer = conditioned(["logp=1:4"], Sampler("prior"), 3, np.random.default_rng(0), 60)
    assert len(answer.rows) == 3 and all(1 <= row.values["logp"] <= 4 for row in answer.rows)
    assert str(Wish("logp", 1.0, np.inf)) == "logp=1:"
