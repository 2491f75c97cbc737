"""The two measures of the star-allele caller, on small inputs; and the published table of unphased ambiguity."""

from pathlib import Path

import pytest

from sartor.bench.pgx_concordance import measure_concordance
from sartor.bench.pgx_exhaustive import measure_exhaustive
from sartor.bench.pgx_truth import read_truth, readings
from sartor.core import IntakeError, OrderError
from sartor.facts.alleles import gene_definitions


@pytest.mark.parametrize(
    ("gene", "diplotypes", "patterns", "in_groups", "by_phenotype"),
    [
        ("UGT1A1", 45, 42, 6, 2),
        ("NUDT15", 231, 230, 2, 1),
        ("CYP3A5", 21, 21, 0, 0),
        ("CYP4F2", 253, 252, 2, 0),
        ("TPMT", 1081, 1080, 2, 1),
    ],
)
def test_every_diplotype_comes_back_and_the_published_ambiguity_is_found(
    gene, diplotypes, patterns, in_groups, by_phenotype
):
    figures = measure_exhaustive([gene])
    row = figures["genes"][gene]
    assert (figures["wrong"], row["faults"]) == (0, [])
    assert row["cases"] >= 2 * diplotypes
    plain = row["plain"]
    assert (plain["diplotypes"], plain["genotype_patterns"]) == (diplotypes, patterns)
    assert plain["diplotypes_in_ambiguous_groups"] == in_groups
    if gene != "CYP4F2":  # no CPIC phenotype there; ours is a genotype, which may differ within a group
        assert plain["phenotype_ambiguous_groups"] == by_phenotype


def test_genes_called_by_variants():
    row = measure_exhaustive(["CACNA1S"])["genes"]["CACNA1S"]
    assert (row["cases"], row["wrong"]) == (12, 0)
    with pytest.raises(OrderError, match="CYP2Z"):
        measure_exhaustive(["CYP2Z"])


@pytest.mark.parametrize(
    ("gene", "text", "pairs"),
    [
        ("CYP2C19", "*2/*17", {("*17", "*2")}),
        ("CYP2B6", "2/(4)", {("*2", "*4")}),
        ("CYP2B6", "1(5)/1", {("*1", "*1"), ("*1", "*5")}),
        ("CYP4F2", "2/3;1/4", {("*2", "*3"), ("*1", "*4")}),
        ("SLCO1B1", "1/(20,21)", {("*1", "*20")}),
        ("SLCO1B1", "1A/1B", {("*1", "*37")}),
        ("NUDT15", "*1/*2;*3", {("*1", "*2"), ("*1", "*3")}),
        ("DPYD", "1/5", {("Reference", "c.1627A>G (*5)")}),
        ("SLCO1B1", "??", set()),
    ],
)
def test_truth_in_many_hands(gene, text, pairs):
    assert readings(gene, text) == pairs


def _vcf(folder: Path, people: dict[str, dict[str, str]]) -> None:
    names = "\t".join(people)
    lines = ["##fileformat=VCFv4.2", f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{names}"]
    for p in gene_definitions()["CYP2C19"].positions.values():
        usual = "1|1" if p.rsid == "rs3758581" else "0|0"
        if p.rsid != "rs17884712":
            cells = "\t".join(changes.get(p.rsid, usual) for changes in people.values())
            lines.append(f"{p.chrom}\t{p.pos}\t.\t{p.ref}\t{','.join(p.alts)}\t.\t.\t.\tGT\t{cells}")
    (folder / "CYP2C19.vcf").write_text("\n".join(lines) + "\n")


def test_concordance_counts_and_explains(tmp_path):
    _vcf(tmp_path, {"A": {"rs12248560": "0|1"}, "B": {}, "C": {}, "D": {}})
    truth = tmp_path / "truth.tsv"
    truth.write_text(
        "sample\tgene\tvalidated\tupdated_call\nA\tCYP2C19\t1/17\t\nB\tCYP2C19\t1/2\t1/1\n"
        "C\tCYP2C19\t1/37\t\nD\tCYP2C19\t1/9\t\nZ\tCYP2C19\t1/1\t\nA\tCYP2D6\t1/1\t\n"
    )
    figures = measure_concordance(tmp_path, truth)
    row = figures["genes"]["CYP2C19"]
    assert (row["compared"], row["agree"], row["unexplained"]) == (4, 2, 0)
    why = {d["sample"]: d["why"] for d in row["discordances"]}
    assert why["C"].startswith("structural variant")
    assert why["D"].startswith("absent site: rs17884712")
    told = {d["sample"]: d["class"] for d in row["discordances"]}
    assert told == {"C": "structural variant", "D": "absent site"}
    assert (row["concordance"], row["adjusted_concordance"], row["decidable_concordance"]) == (0.5, 0.6667, 1.0)
    assert figures["assembly"] == ["GRCh38"]
    with pytest.raises(IntakeError, match="no VCF"):
        measure_concordance(tmp_path / "none", truth)
    truth.write_text("sample\tgene\n")
    with pytest.raises(IntakeError, match="validated"):
        read_truth(truth)
