from sartor.facts import enzymes, phenotypes
from sartor.facts.tsv import rows
from sartor.train import facts_enzymes


def test_the_shipped_table_is_what_the_builder_writes():
    text = (facts_enzymes.TABLES / "enzyme_activity.tsv").read_text(encoding="utf-8")
    assert text == facts_enzymes.table()


def test_every_row_is_an_interval_with_a_source():
    for r in rows("enzyme_activity"):
        assert 0 <= float(r["low"]) <= float(r["value"]) <= float(r["high"])
        assert r["source"] and r["version"] and r["note"]
        assert r["kind"] in ("measured", "guideline", "assumed")


def test_classes_hold_their_definitions():
    # FDA: a strong inhibitor raises the AUC of an index substrate 5-fold or more, a moderate one 2- to 5-fold.
    for strength, least, most in (("strong", 0.0, 0.2), ("moderate", 0.2, 0.5), ("weak", 0.5, 0.8)):
        held = enzymes.inhibitor_activity(strength).interval
        assert held.low <= least and most <= held.high and held.value <= most
    assert enzymes.inducer_activity("strong").interval.value > 5


def test_phenotype_words():
    for word in ("PM", "Poor Metabolizer", "CYP2D6 poor metabolizer"):
        found = enzymes.phenotype_activity("CYP2D6", word)
        assert found is not None and found.interval.high == 0
    assert enzymes.phenotype_activity("CYP2C19", "Indeterminate") is None
    assert enzymes.phenotype_activity("VKORC1", "-1639 AA") is None


def test_phenotypes_are_ordered():
    order = [
        "poor metabolizer",
        "intermediate metabolizer",
        "normal metabolizer",
        "rapid metabolizer",
        "ultrarapid metabolizer",
    ]
    for gene in ("CYP2D6", "CYP2C9", "CYP2C19", "CYP3A4"):
        known = [a.interval.value for p in order if (a := enzymes.phenotype_activity(gene, p))]
        assert known == sorted(known) and len(set(known)) == len(known)


def test_every_phenotype_a_caller_can_give_has_a_row():
    for gene in ("CYP2C9", "CYP2C19", "CYP2D6", "CYP3A4", "CYP3A5"):
        missing = [n for n in phenotypes.phenotype_names(gene) if enzymes.phenotype_activity(gene, n) is None]
        assert missing == ["Indeterminate"], gene
