"""The retrospective campaign: columns found, goals set, the same seed the same figures, ours not worse than chance."""

import gzip
import json
import sys

import numpy as np
import pytest

from sartor.bench.campaign import OURS, RIVALS, Goal, arena, measure, run
from sartor.bench.series import read_series
from sartor.cli import main
from sartor.core import IntakeError, Refusal

A = ("", "C", "CC", "F", "Cl", "OC", "C#N", "N", "O", "C(F)(F)F")
B = ("C", "CC", "CCC", "C(C)C", "C1CC1", "CCO", "CCN(C)C", "c1ccccc1", "Cc1ccccc1", "C1CCCCC1")


def rows():
    """A hundred amides whose potency is a sum over two groups: what a fingerprint can learn."""
    for i, a in enumerate(A):
        for j, b in enumerate(B):
            yield f"O=C(N{b})c1ccc({a})cc1" if a else f"O=C(N{b})c1ccccc1", 5.0 + 0.15 * i + 0.25 * j


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    at = tmp_path_factory.mktemp("series") / "toy.csv"
    at.write_text("smiles,y [pEC50/pKi]\n" + "".join(f"{s},{v}\n" for s, v in rows()))
    return at


GOAL = Goal(wanted=3, batch=5, start=6, logp=(0.0, 6.0))


def test_columns_and_units_are_found_or_named(path, tmp_path):
    plain = read_series(path)
    assert len(plain) == 100 and "as pIC50" in plain.read_as
    nano = tmp_path / "n.csv.gz"
    text = "Molecule,x,IC50 [nM]\n" + "".join(f"{s},1,{10 ** (9 - v)}\n" for s, v in rows())
    nano.write_bytes(gzip.compress(text.encode()))
    assert np.allclose(read_series(nano).potency, plain.potency)
    other = tmp_path / "o.csv"
    other.write_text("s;v\n" + "".join(f"{s};{10 ** (6 - v)}\n" for s, v in rows()))
    assert np.allclose(read_series(other, "s", "v", "uM").potency, plain.potency)
    ace = tmp_path / "a.csv"
    ace.write_text("smiles,exp_mean [nM],y,y [pEC50/pKi]\nCCO,100,-2,7\nCCO,1000,-3,6\nbad(,1,0,9\nCCN,5,0,\n")
    got = read_series(ace)
    assert got.potency.tolist() == [6.5] and got.dropped == {"no number": 1, "does not parse": 1}
    with pytest.raises(IntakeError, match="no column"):
        read_series(other)


def test_a_campaign_ends_when_the_goal_is_met_and_never_makes_twice(path):
    field = arena(read_series(path), GOAL)
    assert field.meets.sum() >= 10
    for rival in RIVALS:
        found = run(field, GOAL, rival, 3)
        assert found[-1] >= GOAL.wanted and all(x < GOAL.wanted for x in found[:-1])
        assert found == run(field, GOAL, rival, 3) and len(found) * GOAL.batch <= 100


def test_ours_needs_fewer_than_random_on_what_can_be_learned(path):
    figures = measure([read_series(path)], GOAL, 6, 1, rivals=[r for r in RIVALS if r.name in ("ours", "random")])
    assert figures["ratios"]["random"]["value"] < 0.8
    told = figures["series"]["toy"]
    assert told["made"]["ours"]["median"] < told["made"]["random"]["median"] and told["made"]["ours"]["unmet"] == 0
    assert OURS.policy == "improvement" and figures["ratios"]["random"]["low"] <= figures["ratios"]["random"]["high"]


def test_windows_that_leave_too_few_are_refused(path):
    with pytest.raises(Refusal, match="widen the windows"):
        arena(read_series(path), Goal(weight=150.0))


def test_the_command(path, tmp_path, monkeypatch, capsys):
    args = ["bench", "campaign", "--series", str(path), "--repeats", "2", "--wanted", "2", "--logp", "0", "6", "--json"]
    monkeypatch.setattr(sys, "argv", ["sartor", *args, "-o", str(tmp_path)])
    with pytest.raises(SystemExit) as stop:
        main()
    assert not stop.value.code
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(told["ratios"]) == {r.name for r in RIVALS} - {"ours"} and told["repeats"] == 2
    assert "<svg" in (tmp_path / "campaign-toy.svg").read_text()
