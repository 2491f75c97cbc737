"""Assay tables: what a cell says, what is refused and how that is told."""

import math

import pytest

from sartor.campaign.measured import gathered
from sartor.campaign.results import read_results
from sartor.campaign.units import Unreadable, read
from sartor.core import IntakeError

ASPIRIN, CAFFEINE = "CC(=O)Oc1ccccc1C(=O)O", "Cn1c(=O)c2c(ncn2C)n(C)c1=O"


def table(tmp_path, text, names=None):
    path = tmp_path / "results.csv"
    path.write_text(text, encoding="utf-8")
    return read_results(path, names or {})


@pytest.mark.parametrize(
    ("cell", "unit", "value", "relation"),
    [
        ("100", "nM", 7.0, "="),
        ("0.1", "uM", 7.0, "="),
        ("0.1", "µM", 7.0, "="),
        ("1e-7", "M", 7.0, "="),
        (">10000", "nM", 5.0, "<"),  # a higher concentration is a weaker compound
        ("< 1", "nM", 9.0, ">"),
        ("≥10 uM", "", 5.0, "<"),
        (">8", "pIC50", 8.0, ">"),
        ("7.25", "pKi", 7.25, "="),
        ("10,000", "nM", 5.0, "="),
    ],
)
def test_numbers_and_bounds(cell, unit, value, relation):
    p = read(cell, unit)
    assert p.value == pytest.approx(value) and p.relation == relation


def test_inhibition_says_one_side_only():
    strong, weak = read("85", "%", at="1 uM"), read("12", "%", at="10 uM")
    assert (strong.value, strong.relation) == (6.0, ">") and "below that concentration" in strong.rule
    assert (weak.value, weak.relation) == (5.0, "<")
    for cell, at in (("50", "1 uM"), ("85", ""), ("300", "1 uM"), ("85", "1")):
        with pytest.raises(Unreadable):
            read(cell, "%", at=at)


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("abc", "nM", "a number"),
        ("~5", "nM", "estimate"),
        ("0", "nM", "above 0"),
        ("-3", "nM", "above 0"),
        ("5", "ng/ml", "one of M, mM"),
        ("5", "", "one of M, mM"),
        ("500", "pIC50", "is the unit right"),
        ("1e9", "M", "is the unit right"),
    ],
)
def test_what_cannot_be_read_says_what_was_expected(cell, unit, expected):
    with pytest.raises(Unreadable) as error:
        read(cell, unit)
    assert expected in error.value.expected and error.value.came


def test_a_table_keeps_the_good_rows_and_lists_the_bad(tmp_path):
    got = table(
        tmp_path,
        f"smiles,value,unit,status\n{ASPIRIN},120,nM,\n{CAFFEINE},>10000,nM,\nCCO)(,5,nM,\n{CAFFEINE},5,furlong,\n"
        f"{CAFFEINE},,,failed: precipitated\n{ASPIRIN},,nM,\n",
    )
    assert [(r.row, r.relation, bool(r.failed)) for r in got.results] == [
        (2, "=", False),
        (3, "<", False),
        (6, "=", True),
    ]
    assert math.isnan(got.results[2].value)  # a failed assay is never a number
    assert [(b.row, b.came) for b in got.bad] == [
        (4, "structure 'CCO)(' (does not parse)"),
        (5, "unit 'furlong'"),
        (7, "an empty value"),
    ]


def test_units_in_the_heading_salts_ids_and_doubles(tmp_path):
    got = table(
        tmp_path,
        f"id,SMILES,IC50 [uM]\nB001-01,,0.01\nx,{ASPIRIN}.[Na+].[Cl-],2\nx,{ASPIRIN}.[Na+].[Cl-],2\nq,,3\n",
        {"B001-01": CAFFEINE},
    )
    assert [r.value for r in got.results] == [8.0, pytest.approx(5.699, abs=1e-3)]
    assert any("parent" in n for n in got.notes) and any("repeats row 3" in n for n in got.notes)
    assert got.bad[0].came == "id 'q' and no structure"


def test_rows_left_empty_are_waited_for(tmp_path):
    got = table(tmp_path, f"id,smiles,value,unit,status\nB001-01,{CAFFEINE},,,\n", {"B001-01": CAFFEINE})
    assert got.waiting == 1 and not got.bad and not got.results


@pytest.mark.parametrize("text", ["", "smiles,value\n", "a,b\n1,2\n", "smiles,smiles,value\nC,C,1\n"])
def test_what_is_no_table_is_an_intake_error(tmp_path, text):
    with pytest.raises(IntakeError):
        table(tmp_path, text)


def test_the_same_molecule_written_otherwise_has_the_same_key(tmp_path):
    one = table(tmp_path, "smiles,value,unit\nOCCc1ccccc1,5,nM\n").results[0]
    two = table(tmp_path, "smiles,value,unit\nc1ccccc1CCO,5,nM\n").results[0]
    assert one.key == two.key and one.inchikey == two.inchikey


def test_replicates_are_averaged_as_concentrations_are(tmp_path):
    rows = table(tmp_path, f"smiles,value,unit\n{ASPIRIN},10,nM\n{ASPIRIN},1000,nM\n{CAFFEINE},5,nM\n").results
    known, against = gathered(rows)
    assert known[0].value == pytest.approx(7.0) and known[0].n == 2  # geometric mean: 100 nM
    assert known[0].sd == pytest.approx(math.sqrt(2)) and known[0].share > known[1].share
    assert against[0].apart == 2.0  # two log units between repeats contradict each other


def test_bounds_beside_numbers(tmp_path):
    rows = table(tmp_path, f"smiles,value,unit\n{ASPIRIN},100,nM\n{ASPIRIN},>10,nM\n").results
    known, against = gathered(rows)
    assert len(known) == 1 and known[0].relation == "=" and not against  # kept: says nothing more
    rows = table(tmp_path, f"smiles,value,unit\n{ASPIRIN},100,nM\n{ASPIRIN},>10000,nM\n").results
    known, against = gathered(rows)
    assert against[0].says == ("7.00", "<5.00") and known[0].share > 5
    rows = table(tmp_path, f"smiles,value,unit\n{ASPIRIN},>1000,nM\n{ASPIRIN},>10000,nM\n").results
    assert [(m.relation, m.value) for m in gathered(rows)[0]] == [("<", 5.0)]  # the tighter bound
