import pytest

from sartor.personalize.hla import alleles


def typed(person, gene, diplotype):
    from dataclasses import replace

    from sartor.core import GeneCall

    return replace(person(), genes={gene: GeneCall(gene, diplotype, "", "outside", source="typing")})


def test_a_known_hapten_class_is_ruled_out(person, compare, brief_of):
    carrier = typed(person, "HLA-B", "*15:02/*40:01")
    diff = compare(typed(person, "HLA-B", "*07:02/*08:01"), carrier)
    assert diff.added == {"no group of an HLA culprit"} and (diff.removed, diff.changed) == (set(), {})
    made = brief_of(carrier)["no group of an HLA culprit"]
    assert made.settings == {"classes": "aromatic anticonvulsant"} and made.limit == 0


@pytest.mark.parametrize("diplotype", ["*57:01/*07:02", "*58:01/*07:02", "*07:02/*08:01"])
def test_no_typing_makes_a_molecule_safe(person, compare, diplotype):
    diff = compare(person(), typed(person, "HLA-B", diplotype))
    (line,) = diff.new_unknowns
    assert "no molecule of this run is safe" in line or "makes no molecule safe" in line
    assert "T-cell assays" in line


def test_a_culprit_without_a_pattern_is_noted_not_bounded(person, compare):
    diff = compare(person(), typed(person, "HLA-B", "*58:01/*07:02"))
    assert (diff.added, diff.changed) == (set(), {})
    assert any("allopurinol" in f for f in diff.facts)


def test_alleles_are_read_to_two_fields():
    assert alleles("*57:01:01/*07:02") == ("57:01", "07:02") and alleles("*57:01/*57:01") == ("57:01",)
    assert alleles("*57/*07:02:01:03") == ("07:02",)
