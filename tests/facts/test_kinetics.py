import pytest

from sartor.facts import kinetics, pairs
from sartor.train import facts_kinetics, facts_pairs


def test_the_tables_are_what_their_builders_write():
    for builder, name in ((facts_kinetics, "drug_kinetics"), (facts_pairs, "known_pairs")):
        assert (builder.TABLES / f"{name}.tsv").read_text(encoding="utf-8") == builder.table()


def test_every_row_is_sourced_and_physical():
    for row in facts_kinetics.build():
        assert row.source and row.basis in ("read", "memory") and row.version
        if row.parameter in ("fm", "uptake", "renal", "gut", "fe", "eh", "fa", "fu"):
            assert 0 <= float(row.value) <= 1, row
        if row.parameter in ("ki", "KI", "ec50", "mw", "t", "tau", "dose", "kdeg"):
            assert float(row.value) > 0, row
        if row.value not in ("ss", "sd"):
            assert float(row.low) <= float(row.value) <= float(row.high), row


def test_wide_enough():
    assert len(kinetics.victims()) >= 200 and len(kinetics.perpetrators()) >= 120


@pytest.mark.parametrize(
    ("name", "side", "known"),
    [
        ("Rifampin", "perpetrator", "rifampicin"),
        ("Ciclosporin", "victim", "cyclosporine"),
        ("METOPROLOL succinate", "victim", "metoprolol"),
        ("Dabigatran etexilate", "victim", "dabigatran"),
        ("Isavuconazole (isavuconazonium sulfate)", "victim", "isavuconazole"),
        ("St John's Wort", "perpetrator", "st john's wort"),
        ("unobtainium", "victim", ""),
    ],
)
def test_names(name, side, known):
    assert kinetics.known_name(name, side) == known


def test_a_builder_line_that_is_wrong_is_refused():
    rows = list(
        facts_kinetics._parameters("x", "victim", ["fm.CYP3A4=0.9", "fm.CYP2D6=0.9", "fe=0", "eh=0", "t=1"], "s", "")
    )
    with pytest.raises(ValueError, match="adds up"):
        facts_kinetics._check(rows)
    with pytest.raises(ValueError, match="unknown parameter"):
        list(facts_kinetics._parameters("x", "victim", ["colour=1"], "s", ""))


def test_known_pairs_by_substance_and_by_class():
    by_class = pairs.known_pair("simvastatin", "itraconazole")
    assert by_class is not None and by_class.verdict == "contraindicated" and "myopathy" in by_class.why
    assert pairs.known_pair("repaglinide", "gemfibrozil") is not None
    assert pairs.known_pair("itraconazole", "simvastatin") is None, "who endangers whom has a direction"
    assert pairs.known_pair("simvastatin", "metformin") is None
