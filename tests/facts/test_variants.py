"""Tumour variants, diseases and the targets of approved drugs."""

import pytest

from sartor.facts import diseases, hotspots, targets, variants


@pytest.mark.parametrize(
    ("gene", "change"),
    [("EGFR", "T790M"), ("EGFR", "C797S"), ("ABL1", "T315I"), ("ALK", "G1202R"), ("KIT", "D816V"), ("PDGFRA", "D842V")],
)
def test_named_resistance_mutations(gene: str, change: str) -> None:
    found = variants.resistance(gene, change)
    assert found and all(r.direct and r.supports and r.evidence_id for r in found)


@pytest.mark.parametrize(("gene", "change"), [("EGFR", "L858R"), ("ALK", "fusion"), ("BRAF", "V600K")])
def test_drivers_are_not_resistance(gene: str, change: str) -> None:
    assert not [r for r in variants.resistance(gene, change) if r.level in "AB" and r.partners]


def test_evidence_of_l858r_is_level_a_and_exact() -> None:
    best, grade = variants.about("EGFR", "L858R")[0]
    assert (best.level, best.direction, grade) == ("A", "sensitivity", "exact")
    assert best.evidence.source.startswith("CIViC, PMID") and best.evidence.source_id.startswith("EID")


@pytest.mark.parametrize(
    ("gene", "known", "change", "expected"),
    [
        ("BRAF", "V600", "V600E", "codon"),
        ("BRAF", "V600", "V601E", ""),
        ("BRAF", "V600", "V600fs", ""),
        ("EGFR", "exon 19 deletion", "E746_A750del", "region"),
        ("EGFR", "exon 19 deletion", "L747_P753delinsS", "region"),
        ("EGFR", "exon 19 deletion", "L858R", ""),
        ("EGFR", "exon 20 insertion", "A763_Y764insFQEA", "region"),
        ("KIT", "exon 11 mutation", "W557R", "region"),
        ("EGFR", "mutation", "L861Q", "any"),
        ("EGFR", "L858R", "L858R", "exact"),
        ("ALK", "fusion", "L1196M", ""),
    ],
)
def test_grades(gene: str, known: str, change: str, expected: str) -> None:
    assert variants.grade(gene, known, change) == expected


@pytest.mark.parametrize(
    ("level", "same", "tier"),
    [
        ("A", True, "I-A"),
        ("B", True, "I-B"),
        ("A", False, "II-C"),
        ("C", True, "II-C"),
        ("D", True, "II-D"),
        ("E", True, "III"),
    ],
)
def test_tiers(level: str, same: bool, tier: str) -> None:
    assert variants.tier(level, same) == tier


@pytest.mark.parametrize(
    ("gene", "change", "chrom", "pos37", "pos38", "ref", "alt"),
    [
        ("EGFR", "L858R", "7", 55259515, 55191822, "T", "G"),
        ("EGFR", "T790M", "7", 55249071, 55181378, "C", "T"),
        ("BRAF", "V600E", "7", 140453136, 140753336, "A", "T"),
        ("TP53", "R273H", "17", 7577120, 7673802, "C", "T"),
        ("JAK2", "V617F", "9", 5073770, 5073770, "G", "T"),
        ("ABL1", "T315I", "9", 133748283, 130872896, "C", "T"),
    ],
)
def test_hotspot_coordinates(gene: str, change: str, chrom: str, pos37: int, pos38: int, ref: str, alt: str) -> None:
    new = hotspots.hotspot_at("GRCh38", f"chr{chrom}", pos38, ref, alt)
    old = hotspots.hotspot_at("GRCh37", chrom, pos37, ref, alt)
    assert new is not None and (new.gene, new.change) == (gene, change) and old == new


def test_suppressors_and_silence() -> None:
    assert variants.tumor_suppressor("TP53") is not None and variants.tumor_suppressor("ASXL1") is not None
    assert variants.tumor_suppressor("EGFR") is None and variants.effect("EGFR", "A1A") is None


@pytest.mark.parametrize(
    ("name", "resolved"),
    [
        ("lung adenocarcinoma", "lung adenocarcinoma"),
        ("NSCLC", "lung non-small cell carcinoma"),
        ("non-small cell lung carcinoma", "lung non-small cell carcinoma"),
        ("Chronic Myeloid Leukaemia", "chronic myeloid leukemia"),
        ("CML", "chronic myeloid leukemia"),
        ("DOID:3910", "lung adenocarcinoma"),
        ("schizofrenia", "schizophrenia"),
        ("Parkinson disease", "parkinson's disease"),
    ],
)
def test_disease_names(name: str, resolved: str) -> None:
    found = diseases.resolve(name)
    assert found is not None and found.name == resolved


def test_relations() -> None:
    assert diseases.relation("lung adenocarcinoma", "Lung Non-small Cell Carcinoma") == "broader"
    assert diseases.relation("lung cancer", "lung adenocarcinoma") == "narrower"
    assert diseases.relation("lung adenocarcinoma", "melanoma") == ""
    assert diseases.resolve("no such illness at all") is None and diseases.resolve("") is None


def test_standard_targets() -> None:
    assert [t.gene for t in targets.standard_targets("schizophrenia")][:2] == ["DRD2", "HTR2A"]
    assert targets.standard_targets("lung adenocarcinoma")[0].gene == "EGFR"
    assert targets.standard_targets("CML")[0].gene == "ABL1"
    assert targets.standard_targets("malaria") == () and targets.standard_targets("no such illness") == ()
    assert targets.measurements("EGFR") > 10_000 and targets.measurements("NOSUCHGENE") == 0
