"""Every shipped part keeps every promise."""

import pytest

from sartor.app import parts
from sartor.app.check import check_part
from sartor.core import PartError

CHECKED = [n for k in ("scorers", "generators") for n in parts.known(k)]


@pytest.mark.parametrize("name", CHECKED)
def test_a_shipped_part_keeps_its_promises(name):
    broken = {promise: problem for promise, problem in check_part(name).items() if problem}
    assert not broken


def test_an_unknown_part_names_the_known_ones():
    with pytest.raises(PartError, match="potency"):
        check_part("nothing-of-this-name")


def test_every_part_loads_and_has_a_complete_card():
    listed = parts.catalogue()
    assert not [p.problem for p in listed if p.problem and "not predictable" not in p.problem]
    for p in listed:
        if p.card is not None:
            assert p.card.summary and p.card.source and p.card.licence
