"""What a variant means: tier by disease, match, missing partners, resistance with its drugs."""

import pytest

from sartor.core import TumorVariant
from sartor.personalize.actionability import findings, match, same_disease


def of(disease: str, *changes: tuple[str, str]):
    return findings(tuple(TumorVariant(g, c) for g, c in changes), disease)


@pytest.mark.parametrize(
    ("disease", "change", "tier"),
    [
        ("melanoma", ("BRAF", "V600E"), "I-A"),
        ("lung adenocarcinoma", ("EGFR", "L858R"), "I-A"),
        ("gastrointestinal stromal tumor", ("EGFR", "L858R"), "II-C"),
        ("melanoma", ("TTN", "A1000V"), "III"),
        ("lung adenocarcinoma", ("MET", "X1010_splice"), "I-A"),
    ],
)
def test_tier_depends_on_the_disease(disease: str, change: tuple[str, str], tier: str) -> None:
    assert of(disease, change)[0].tier == tier


@pytest.mark.parametrize(
    ("mine", "other", "how", "same"),
    [
        ("lung adenocarcinoma", "lung adenocarcinoma", "exact", True),
        ("lung adenocarcinoma", "lung non-small cell carcinoma", "ancestor", True),
        ("lung adenocarcinoma", "solid tumor", "ancestor", True),
        ("lung adenocarcinoma", "cancer", "ancestor", False),
        ("lung cancer", "lung adenocarcinoma", "descendant", True),
        ("cancer", "lung adenocarcinoma", "descendant", False),
        ("lung adenocarcinoma", "melanoma", "other", False),
        ("no such disease", "melanoma", "other", False),
    ],
)
def test_match_in_the_tree_of_diseases(mine: str, other: str, how: str, same: bool) -> None:
    assert match(mine, other) == how and same_disease(mine, other) is same


@pytest.mark.parametrize(
    ("gene", "change", "drug"),
    [
        ("EGFR", "T790M", "erlotinib"),
        ("EGFR", "C797S", "osimertinib"),
        ("ABL1", "T315I", "imatinib"),
        ("ALK", "G1202R", "crizotinib"),
        ("KIT", "D816V", "imatinib"),
        ("PDGFRA", "D842V", "imatinib"),
        ("BTK", "C481S", "ibrutinib"),
        ("NTRK1", "G595R", "larotrectinib"),
        ("RET", "G810S", "selpercatinib"),
        ("KRAS", "Y96C", "adagrasib"),
        ("FGFR2", "V565F", "infigratinib"),
    ],
)
def test_resistance_mutations_are_named_with_drug_and_source(gene: str, change: str, drug: str) -> None:
    found = of("cancer", (gene, change))[0]
    assert found.resists
    rows = [r for r in found.resistance if drug in r.item.therapies and r.on_target]
    assert rows and all(r.item.pmid or r.item.evidence_id for r in rows)


@pytest.mark.parametrize(("gene", "change"), [("EGFR", "L858R"), ("BRAF", "V600E"), ("KIT", "V560D"), ("RET", "M918T")])
def test_drivers_are_not_called_resistance(gene: str, change: str) -> None:
    assert not of("cancer", (gene, change))[0].resists


def test_a_bypass_is_resistance_to_another_genes_drug() -> None:
    found = of("colorectal cancer", ("KRAS", "G12D"))[0]
    assert not found.resists and any("cetuximab" in r.item.therapies and not r.on_target for r in found.resistance)


def test_a_profile_of_two_changes_counts_only_where_both_are_there() -> None:
    alone = of("melanoma", ("GNAS", "R201C"))[0]
    asked = [r for r in alone.rows if r.item.profile == "BRAF V600E AND GNAS R201C"]
    assert asked and all(r.missing == ("BRAF V600E",) and not r.counts for r in asked)
    both = of("melanoma", ("GNAS", "R201C"), ("BRAF", "V600E"))[0]
    assert all(not r.missing for r in both.rows if r.item.profile == "BRAF V600E AND GNAS R201C")


def test_another_partner_of_a_fusion_fits_less() -> None:
    known, strange = (of("lung adenocarcinoma", (f"{p}::ALK", "fusion")) for p in ("EML4", "ZZZ3"))
    exact = [sum(r.fit == "exact" for f in found if f.gene == "ALK" for r in f.rows) for found in (known, strange)]
    assert exact[0] > exact[1] > 0
