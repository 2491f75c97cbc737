from importlib.metadata import EntryPoint

import pytest
from pydantic import BaseModel, ConfigDict

from sartor.app import parts
from sartor.core import (
    Card,
    Constraint,
    DesignBrief,
    Evidence,
    OrderError,
    PartError,
    Readout,
    Reason,
    ScorerPart,
    Target,
)


class Length(ScorerPart):
    """A stranger's part: counts characters of the SMILES."""

    class Config(BaseModel):
        model_config = ConfigDict(extra="forbid")
        letter: str = "C"

    def __init__(self, config):
        self.config = config
        self.card = Card("length", "count", "depends", "letters", "all", "MIT", "a test")

    def _measure(self, mols, view):
        return Readout.exact([s.count(self.config.letter) for s in mols])


class Shapeless:
    """Not a scorer: it has no score method."""


@pytest.fixture
def registered(monkeypatch):
    def put(*pairs):
        found = tuple(EntryPoint(name, value, "sartor.scorers") for name, value in pairs)
        monkeypatch.setattr(parts, "_registered", lambda kind: found if kind == "scorers" else ())
        monkeypatch.setattr(EntryPoint, "load", lambda self: {"ok": Length, "bare": Shapeless}[self.value])

    return put


def brief(unit):
    why = (Reason("a test", (Evidence("a claim", "assumed", "a test"),)),)
    return DesignBrief("p", "d", Target("EGFR"), (), (Constraint("short", "length", unit, "below", 5, why),))


def test_a_good_part_is_made_and_shared(registered):
    registered(("length", "ok"))
    assert parts.scorers(brief("count"))["short"].card.unit == "count"


def test_the_wrong_unit_is_an_order_error(registered):
    registered(("length", "ok"))
    with pytest.raises(OrderError, match="measures 'count'"):
        parts.scorers(brief("metres"))


def test_unknown_part_names_the_nearest(registered):
    registered(("length", "ok"))
    with pytest.raises(PartError, match="did you mean 'length'"):
        parts.make("scorers", "lenght")


def test_unknown_setting_names_what_it_takes(registered):
    registered(("length", "ok"))
    with pytest.raises(OrderError, match="it takes letter"):
        parts.make("scorers", "length", {"leter": "N"})


def test_double_shapeless_and_unloadable_parts_are_loud_when_chosen(registered):
    registered(("length", "ok"), ("length", "bare"))
    with pytest.raises(PartError, match="registered twice"):
        parts.load("scorers", "length")
    registered(("length", "bare"))
    with pytest.raises(PartError, match="no method 'score'"):
        parts.load("scorers", "length")
    registered(("length", "absent"))
    with pytest.raises(PartError, match="cannot be loaded"):
        parts.load("scorers", "length")


def test_a_broken_unchosen_part_only_shows_in_the_catalogue(registered):
    registered(("bad", "absent"), ("length", "ok"))
    listed = {p.name: p for p in parts.catalogue()}
    assert "cannot be loaded" in listed["bad"].problem
    assert listed["length"].card is not None and listed["length"].settings == ("letter",)
