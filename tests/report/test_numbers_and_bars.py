import re

import pytest
from toy import BRIEF

from sartor.core import Candidate, Desirability, Lineage, Objective, Reading
from sartor.report.bars import Track, worth_bar, worth_range
from sartor.report.numbers import exact, hint, interval, number, short_hash, shown_unit
from sartor.report.plots import Axis, chosen_axes, progress, property_space


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (7.938, "pIC50", "7.9"),
        (-4.04, "log mol/L", "−4.0"),
        (-0.001, "log P", "0.0"),
        (0.128, "probability", "0.13"),
        (1432.4, "Da", "1,432"),
        (1.94, "AUC ratio", "1.9"),
        (23.7, "AUC ratio", "24"),
        (float("nan"), "pIC50", "–"),
        (float("inf"), "", "∞"),
        (3.0, "count", "3"),
    ],
)
def test_digits(value, unit, text):
    assert number(value, unit) == text


def test_words_beside_numbers():
    assert hint(7.9, "pIC50") == "IC50 about 13 nM"
    assert hint(5.0, "pIC50") == "IC50 about 10 µM"
    assert hint(-4.6, "log mol/L") == "about 25 µM"
    assert hint(11.5, "pIC50") == "IC50 about 3.2 pM"
    assert shown_unit("A2") == "Å²" and shown_unit("probability") == ""
    assert exact(0.35) == "0.35" and exact(-6) == "−6"
    assert interval(Reading(0.5, 0.31, 0.62, True), "probability") == "0.31 to 0.62"
    assert interval(Reading(0.5, 0.5, 0.5, True), "score") == ""
    assert short_hash("ab" * 32) == "abababababab…" and short_hash("2.1.0") == "2.1.0"


def wish(points):
    return Objective("w", "s", "u", Desirability(points), 1.0, BRIEF.objectives[0].because)


def test_worth_over_an_interval_knows_the_top_of_a_window():
    o = wish((0.0, 2.0, 3.0, 5.0))
    assert worth_range(o, Reading(1.0, 0.5, 4.5, True)) == (0.25, 1.0)
    assert worth_range(wish((3.0, 1.0)), Reading(2.0, 1.5, 2.5, True)) == (0.25, 0.75)


def test_bars_show_domain_and_the_unknown():
    o = wish((0.0, 1.0))
    assert 'class="bar outside"' in worth_bar(o, Reading(0.5, 0.4, 0.6, False), 0.5)
    assert 'class="bar unknown"' in worth_bar(o, None, 0.0)
    assert 'width="50.0"' in worth_bar(o, Reading(0.5, 0.5, 0.5, True), 0.5)


def test_track_puts_dot_and_limit_on_one_ruler():
    c = BRIEF.constraints[0]  # herg, at most 0.35
    track = Track(c, [])
    text = track.svg(Reading(0.6, 0.5, 0.7, True), unmet=True)
    assert 'class="ruler unmet"' in text and "M60.0 6h0" in text and "M35.0 0V12" in text
    assert "allowed: at most 0.35" in text
    size = Track(
        BRIEF.constraints[3], [Candidate("C", {"size": Reading(400.0, 400.0, 400.0, True)}, {}, 0, (), Lineage("x"))]
    )
    assert size.left < 400 < 550 < size.right


def test_ticks_are_round_and_inside():
    assert Axis(4.2, 9.3, 0, 100, "x", "").ticks() == [5.0, 6.0, 7.0, 8.0, 9.0]
    assert Axis(0.9, 40.0, 0, 100, "x", "", log=True).ticks() == [1.0, 2.0, 5.0, 10.0, 20.0]
    assert Axis(0, 1, 0, 100, "x", "").ticks() == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])


def test_plots_choose_potency_against_exposure_and_draw_everyone(made):
    dossier, _, ledger, _ = made
    axes = chosen_axes(dossier.brief, ledger)
    assert axes == [("exposure in this patient", "potency on EGFR"), ("lipophilicity", "size")]
    text = property_space(*axes[0], dossier.brief, ledger, dossier.shortlist)
    assert text.count('class="pick"') == len(dossier.shortlist)
    assert len(re.findall(r"M\d+ \d+h0", text)) > 0.8 * len(ledger)  # doubles are drawn once


def test_progress_needs_two_and_shows_the_prior(made):
    ledger = made[2]
    assert "median before learning 0.11" in progress(ledger, 0.11)
    assert progress(type(ledger)(), None) == ""
