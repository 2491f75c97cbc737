"""Which target: named, proposed from the tumour, proposed from the disease, or refused."""

import pytest

from sartor.core import Patient, Refusal, TumorVariant
from sartor.personalize.brief import write_brief
from sartor.personalize.drivers import rank
from sartor.personalize.target import choose_target, rank_drivers


def tumor(*changes: tuple[str, str]) -> Patient:
    return Patient(tumor=tuple(TumorVariant(g, c, 0.3) for g, c in changes))


LUNG = tumor(("TP53", "R273H"), ("EGFR", "L858R"), ("EGFR", "T790M"))


def test_named_target_carries_the_variants_in_protein_order() -> None:
    target = choose_target(LUNG, "lung adenocarcinoma", "egfr")
    assert target.gene == "EGFR" and target.variants == ("T790M", "L858R") and not target.proposed
    assert target.evidence[0].source == "order"
    assert any("resistance to erlotinib" in e.claim for e in target.evidence)


def test_named_target_without_variants_is_wild_type() -> None:
    target = choose_target(Patient(), "schizophrenia", "DRD2")
    assert target.variants == () and any("launched drugs" in e.claim for e in target.evidence)


@pytest.mark.parametrize(("said", "gene"), [("HER2", "ERBB2"), ("BCR-ABL", "ABL1"), ("d2", "DRD2")])
def test_common_names(said: str, gene: str) -> None:
    assert choose_target(Patient(), "cancer", said).gene == gene


def test_a_target_that_nothing_ties_to_the_disease_says_so() -> None:
    target = choose_target(Patient(), "schizophrenia", "EGFR")
    assert any("the order's word stands alone" in e.claim for e in target.evidence)


def test_unknown_gene_is_refused_with_a_suggestion() -> None:
    with pytest.raises(Refusal, match="EGFR"):
        choose_target(Patient(), "lung cancer", "EFGR")


def test_proposed_from_the_tumour_with_every_term() -> None:
    target = choose_target(LUNG, "lung adenocarcinoma")
    assert target.gene == "EGFR" and target.proposed
    for term in ("tier 1.00", "fit 1.00", "direct 1.00", "measured 1.00"):
        assert term in target.evidence[0].claim
    assert not any("TP53" in e.claim for e in target.evidence)
    assert "TP53 is a tumour suppressor" in rank(LUNG, "lung adenocarcinoma").passed_over["TP53"]


def test_leukemia_with_gatekeeper() -> None:
    target = choose_target(tumor(("ABL1", "T315I"), ("ASXL1", "G646fs")), "CML")
    assert (target.gene, target.variants, target.proposed) == ("ABL1", ("T315I",), True)


@pytest.mark.parametrize(
    "changes",
    [(("TP53", "R273H"),), (("PTEN", "R130*"),), (("ASXL1", "G646fs"),), (("EGFR", "R831fs"),), (("ABL1", "Q300*"),)],
)
def test_loss_of_function_is_never_proposed(changes: tuple[tuple[str, str], ...]) -> None:
    assert rank_drivers(tumor(*changes), "lung adenocarcinoma") == []


def test_disease_decides_between_two_drivers() -> None:
    both = tumor(("EGFR", "L858R"), ("KIT", "W557_K558del"))
    assert choose_target(both, "lung adenocarcinoma").gene == "EGFR"
    ranked = {p.gene: p.score for p in rank_drivers(both, "gastrointestinal stromal tumor")}
    other = {p.gene: p.score for p in rank_drivers(both, "lung adenocarcinoma")}
    assert ranked["KIT"] > other["KIT"] and ranked["EGFR"] < other["EGFR"]


def test_fusion_names_both_partners() -> None:
    target = choose_target(tumor(("EML4::ALK", "fusion"), ("ALK", "G1202R")), "lung adenocarcinoma")
    assert (target.gene, target.variants) == ("ALK", ("G1202R",))


def test_without_a_tumour_the_disease_proposes() -> None:
    target = choose_target(Patient(), "schizophrenia")
    assert target.gene == "DRD2" and target.proposed and "HTR2A" in target.evidence[0].claim
    assert choose_target(Patient(), "lung adenocarcinoma").gene == "EGFR"


def test_a_passenger_falls_back_on_the_disease() -> None:
    target = choose_target(tumor(("TTN", "A1000V")), "chronic myeloid leukemia")
    assert (target.gene, target.variants, target.proposed) == ("ABL1", (), True)


@pytest.mark.parametrize("disease", ["no such illness", "malaria", ""])
def test_no_target_is_refused_and_says_what_would_help(disease: str) -> None:
    with pytest.raises(Refusal, match="What would help") as refusal:
        choose_target(Patient(), disease)
    assert "tumour file" in refusal.value.remedy


def test_one_fact_apart() -> None:
    with_t790m = choose_target(LUNG, "lung adenocarcinoma", "EGFR")
    without = choose_target(tumor(("TP53", "R273H"), ("EGFR", "L858R")), "lung adenocarcinoma", "EGFR")
    assert without.variants == ("L858R",) and set(with_t790m.variants) - set(without.variants) == {"T790M"}


@pytest.mark.parametrize(
    "other", [("TTN", "A1000V"), ("TP53", "R273H"), ("APC", "R1450*"), ("OR4F5", "S3L"), ("MYC", "amplification")]
)
def test_placebo_an_unrelated_gene_changes_no_brief(other: tuple[str, str]) -> None:
    own = (("EGFR", "L858R"), ("EGFR", "T790M"))
    briefs = [
        write_brief(p, "lung adenocarcinoma", choose_target(p, "lung adenocarcinoma"))
        for p in (tumor(*own), tumor(*own, other))
    ]
    assert briefs[0] == briefs[1]


def test_placebo_leaves_a_target_of_the_disease_as_it_is() -> None:
    swaps = [choose_target(tumor(x), "chronic myeloid leukemia") for x in (("TTN", "A1000V"), ("OBSCN", "R5T"))]
    assert swaps[0] == swaps[1] and swaps[0].gene == "ABL1"


def test_every_term_speaks_and_the_score_is_their_product() -> None:
    best = rank(LUNG, "lung adenocarcinoma").proposals[0]
    assert [t.name for t in best.terms] == ["tier", "fit", "direct", "measured"] and all(
        len(t.says) > 10 for t in best.terms
    )
    product = 1.0
    for t in best.terms:
        product *= t.value
    assert best.score == pytest.approx(product)


def test_expression_is_a_term_only_where_it_was_given() -> None:
    silent = Patient(tumor=LUNG.tumor, expression={"EGFR": 0.2})
    loud = Patient(tumor=LUNG.tumor, expression={"EGFR": 55.0, "KIT": 0.0})
    scores = [rank(p, "lung adenocarcinoma").proposals[0] for p in (LUNG, silent, loud)]
    assert scores[1].score == pytest.approx(scores[0].score / 2) and scores[2].score == scores[0].score
    assert scores[1].terms[-1].name == "expressed" and "hardly expressed" in scores[1].terms[-1].says


def test_a_lost_gene_points_to_its_partner_and_says_indirect() -> None:
    found = rank(tumor(("BRCA1", "E23fs")), "ovarian cancer")
    assert [p.gene for p in found.proposals] == ["PARP1"] and found.proposals[0].indirect == "BRCA1"
    assert "tumour suppressor" in found.passed_over["BRCA1"]
    assert rank(tumor(("BRCA1", "E23fs")), "glioblastoma").proposals == ()
