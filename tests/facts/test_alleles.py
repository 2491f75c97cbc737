"""The allele and phenotype tables say what CPIC says."""

import pytest

from sartor.facts.alleles import allele_functions, gene_definitions
from sartor.facts.phenotypes import phenotype_names, phenotype_of, phenotype_of_score, scored_by_activity

CALLED = {
    "ABCG2",
    "CACNA1S",
    "CFTR",
    "CYP2B6",
    "CYP2C19",
    "CYP2C9",
    "CYP3A4",
    "CYP3A5",
    "CYP4F2",
    "DPYD",
    "G6PD",
    "IFNL3",
    "NAT2",
    "NUDT15",
    "RYR1",
    "SLCO1B1",
    "TPMT",
    "UGT1A1",
    "VKORC1",
}


def test_every_gene_is_well_formed():
    definitions = gene_definitions()
    assert set(definitions) == CALLED
    for gene, d in definitions.items():
        assert any(p.key for p in d.positions.values()), f"{gene} has no key position"
        assert any(a.complete for a in d.alleles), f"{gene} has no reference allele"
        for place in d.positions.values():
            assert place.ref and place.ref not in place.alts and place.alts
            substitution = all(len(a) == len(place.ref) for a in place.alts)
            assert substitution or {place.ref[0]} == {a[0] for a in place.alts}
            assert bool(place.span) != substitution and place.span.startswith(place.ref if place.span else "")
            assert place.pos37 > 0 and len(place.ref37) == len(place.ref)
        for allele in d.alleles:
            assert allele.complete or allele.defines
            assert set(allele.defines) <= set(d.positions)


def test_the_two_assemblies_differ_where_they_are_known_to():
    """Three reference bases changed between GRCh37 and GRCh38, all towards the commoner allele."""
    changed = {p.rsid: (p.ref37, p.ref) for d in gene_definitions().values() for p in d.positions.values()}
    changed = {rsid: pair for rsid, pair in changed.items() if pair[0] != pair[1]}
    assert changed == {"rs3758581": ("G", "A"), "rs776746": ("C", "T"), "rs1801265": ("G", "A")}


def test_no_two_alleles_of_a_gene_are_the_same():
    for gene, d in gene_definitions().items():
        patterns = [tuple(sorted((p, tuple(sorted(b))) for p, b in a.defines.items())) for a in d.alleles]
        assert len(set(patterns)) == len(patterns), gene


@pytest.mark.parametrize(
    ("gene", "alleles", "phenotype", "score"),
    [
        ("CYP2C19", ("*1", "*1"), "Normal Metabolizer", None),
        ("CYP2C19", ("*1", "*17"), "Rapid Metabolizer", None),
        ("CYP2C19", ("*17", "*17"), "Ultrarapid Metabolizer", None),
        ("CYP2C19", ("*2", "*17"), "Intermediate Metabolizer", None),
        ("CYP2C19", ("*2", "*3"), "Poor Metabolizer", None),
        ("CYP2C9", ("*1", "*2"), "Intermediate Metabolizer", 1.5),
        ("CYP2C9", ("*2", "*3"), "Poor Metabolizer", 0.5),
        ("CYP2D6", ("*10", "*10"), "Intermediate Metabolizer", 0.5),
        ("CYP2D6", ("*1", "*41"), "Normal Metabolizer", 1.5),
        ("CYP2D6", ("*1", "*10"), "Normal Metabolizer", 1.25),
        ("CYP3A5", ("*1", "*3"), "Intermediate Metabolizer", None),
        ("CYP3A5", ("*3", "*3"), "Poor Metabolizer", None),
        ("SLCO1B1", ("*1", "*5"), "Decreased Function", None),
        ("SLCO1B1", ("*5", "*15"), "Poor Function", None),
        ("TPMT", ("*1", "*3A"), "Intermediate Metabolizer", None),
        ("TPMT", ("*3B", "*3C"), "Poor Metabolizer", None),
        ("UGT1A1", ("*1", "*28"), "Intermediate Metabolizer", None),
        ("UGT1A1", ("*6", "*28"), "Poor Metabolizer", None),
        ("CYP2B6", ("*6", "*6"), "Poor Metabolizer", None),
        ("G6PD", ("A- 202A_376G",), "Deficient", None),
        ("G6PD", ("B (reference)", "A- 202A_376G"), "Variable", None),
        ("DPYD", ("Reference", "c.2846A>T"), "Intermediate Metabolizer", 1.5),
        ("MT-RNR1", ("m.1555A>G",), "Increased risk of aminoglycoside-induced hearing loss", None),
    ],
)
def test_phenotypes_are_those_of_cpic(gene, alleles, phenotype, score):
    found = phenotype_of(gene, alleles)
    assert (found.name, found.activity_score) == (phenotype, score)
    assert found.source


def test_an_allele_without_function_is_indeterminate_and_says_why():
    found = phenotype_of("CYP3A4", ("*1", "*35"))
    assert found.name == "Indeterminate"
    assert "*35" in found.why
    assert phenotype_of("CYP9Z9", ("*1", "*1")).name == "Indeterminate"


def test_activity_bands_have_no_gap():
    for gene in ("CYP2C9", "CYP2D6", "DPYD"):
        assert scored_by_activity(gene)
        for quarters in range(0, 17):
            assert phenotype_of_score(gene, quarters / 4).name in phenotype_names(gene)


def test_every_row_names_its_source():
    assert all(d.source for d in gene_definitions().values())
    assert all(f.source for alleles in allele_functions().values() for f in alleles.values())
