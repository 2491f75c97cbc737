"""Tumour files: VCF with and without annotation, MAF, lists, and what is wrong with them."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sartor.core import IntakeError
from sartor.facts.residues import contradiction, residues
from sartor.read.hgvs import THREE, parse
from sartor.read.tumor import read_tumor, read_tumor_file

EXAMPLES = Path(__file__).parents[2] / "examples"
CSQ = '##INFO=<ID=CSQ,Number=.,Type=String,Description="VEP. Format: SYMBOL|HGVSp|Allele|CANONICAL">'
ANN = "##INFO=<ID=ANN,Number=.,Type=String,Description=\"SnpEff: 'Allele | Annotation | Gene_Name | HGVS.p' \">"
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("p.L858R", "L858R", "missense"),
        ("p.(Leu858Arg)", "L858R", "missense"),
        ("NP_005219.2:p.Leu858Arg", "L858R", "missense"),
        ("ENSP00000275493.2:p.Glu746_Ala750del", "E746_A750del", "deletion"),
        ("E746_A750DEL", "E746_A750del", "deletion"),
        ("p.W557_K558delWK", "W557_K558del", "deletion"),
        ("p.Ala763_Tyr764insPheGlnGluAla", "A763_Y764insFQEA", "insertion"),
        ("p.L747_P753delinsS", "L747_P753delinsS", "delins"),
        ("E746_T751>I", "E746_T751delinsI", "delins"),
        ("p.Tyr772_Ala775dup", "Y772_A775dup", "duplication"),
        ("p.Arg213Ter", "R213*", "nonsense"),
        ("R213*", "R213*", "nonsense"),
        ("p.Gly646TrpfsTer12", "G646fs", "frameshift"),
        ("p.G646Wfs*12", "G646fs", "frameshift"),
        ("p.Met1?", "M1?", "start lost"),
        ("p.Gln787=", "Q787=", "synonymous"),
        ("p.Q787Q", "Q787=", "synonymous"),
        ("p.X1010_splice", "X1010_splice", "splice"),
        ("p.*394Gext*9", "*394Gext", "extension"),
        ("Amplification", "amplification", "structural"),
        ("ITD", "ITD", "structural"),
    ],
)
def test_hgvs(text: str, expected: str, kind: str) -> None:
    change = parse(text)
    assert (change.text, change.kind) == (expected, kind)


@pytest.mark.parametrize(
    "text", ["", "p.?", "c.2573T>G", "L858", "858R", "p.P474", "EGFR", "p.AA130del", "E750_A746del"]
)
def test_hgvs_refuses_what_it_does_not_know(text: str) -> None:
    with pytest.raises(ValueError, match=r"change|begins"):
        parse(text)


@settings(deadline=None)
@given(st.sampled_from(sorted(THREE)), st.integers(2, 5000), st.sampled_from(sorted({*THREE} - {"Xaa"})))
def test_three_and_one_letters_agree(a: str, i: int, b: str) -> None:
    assert parse(f"p.{a}{i}{b}") == parse(f"{THREE[a]}{i}{THREE[b]}")


def vcf(tmp_path: Path, *lines: str, header: tuple[str, ...] = (), samples: str = "\tFORMAT\tTUMOR") -> Path:
    path = tmp_path / "tumor.vcf"
    path.write_text("\n".join(["##fileformat=VCFv4.2", *header, COLUMNS + samples, *lines]) + "\n")
    return path


def test_vep_example() -> None:
    found, notes = read_tumor(EXAMPLES / "lung-egfr" / "tumor.vcf", assembly="GRCh38")
    assert [(v.gene, v.change) for v in found] == [("EGFR", "T790M"), ("EGFR", "L858R"), ("TP53", "R273H")]
    assert found[1].vaf == pytest.approx(0.404) and found[1].depth == 384 and found[1].source == "tumor.vcf, line 16"
    assert any("filter" in n for n in notes)


def test_snpeff(tmp_path: Path) -> None:
    info = "ANN=G|missense_variant|EGFR|p.Leu858Arg,G|intron_variant|EGFR|"
    line = f"7\t55191822\t.\tT\tG\t.\tPASS\t{info}\tGT:AD\t0/1:60,40"
    found, _ = read_tumor(vcf(tmp_path, line, header=(ANN,)))
    assert [(v.gene, v.change, v.vaf, v.depth) for v in found] == [("EGFR", "L858R", 0.4, 100)]


def test_canonical_transcript_and_right_allele(tmp_path: Path) -> None:
    info = "CSQ=EGFR|p.Thr745Met|T|,EGFR|p.Thr790Met|T|YES,EGFR|p.Thr790Lys|A|YES"
    line = f"7\t55181378\t.\tC\tA,T\t.\tPASS\t{info}\tGT\t0/2"
    found, notes = read_tumor(vcf(tmp_path, line, header=(CSQ,)))
    assert [v.change for v in found] == ["T790M"] and any("not in the tumour sample" in n for n in notes)


def test_silent_variants_are_counted_not_kept(tmp_path: Path) -> None:
    line = "7\t55181370\t.\tG\tA\t.\tPASS\tCSQ=EGFR|p.Gln787%3D|A|YES\tGT\t0/1"
    found, notes = read_tumor(vcf(tmp_path, line, header=(CSQ,)))
    assert found == () and any("changes no protein" in n for n in notes)


@pytest.mark.parametrize(("assembly", "pos"), [("GRCh38", 55191822), ("GRCh37", 55259515)])
def test_bare_vcf_by_position(tmp_path: Path, assembly: str, pos: int) -> None:
    path = vcf(tmp_path, f"chr7\t{pos}\t.\tT\tG\t.\tPASS\t.\tGT\t0/1", header=(f"##reference={assembly}",))
    found, notes = read_tumor(path)
    assert [(v.gene, v.change) for v in found] == [("EGFR", "L858R")] and assembly in notes[0]


def test_bare_vcf_of_unknown_assembly_is_said(tmp_path: Path) -> None:
    path = vcf(tmp_path, "7\t55191822\t.\tT\tG\t.\tPASS\t.\tGT\t0/1")
    found, notes = read_tumor(path)
    assert found == () and "assembly is not stated" in notes[0]
    assert [v.change for v in read_tumor(path, assembly="GRCh38")[0]] == ["L858R"]


def test_sites_only_vcf_is_read(tmp_path: Path) -> None:
    path = vcf(tmp_path, "7\t1\t.\tT\tG\t.\tPASS\tCSQ=EGFR|p.L858R|G|YES", header=(CSQ,), samples="")
    found, _ = read_tumor(path)
    assert found[0].change == "L858R" and found[0].vaf is None and found[0].depth is None


def test_tumour_column_is_found_or_asked_for(tmp_path: Path) -> None:
    line = "7\t1\t.\tT\tG\t.\tPASS\tCSQ=EGFR|p.L858R|G|YES\tGT:AF\t0/0:0\t0/1:0.3"
    named = vcf(tmp_path, line, header=(CSQ,), samples="\tFORMAT\tP1_normal\tP1_x")
    assert read_tumor(named)[0][0].vaf == 0.3
    unclear = vcf(tmp_path, line, header=(CSQ,), samples="\tFORMAT\tA1\tB2")
    with pytest.raises(IntakeError, match="which is the tumour"):
        read_tumor(unclear)
    assert read_tumor(unclear, "B2")[0][0].vaf == 0.3 and read_tumor(unclear, "A1")[0] == ()
    told = vcf(tmp_path, line, header=(CSQ, "##tumor_sample=B2"), samples="\tFORMAT\tA1\tB2")
    assert read_tumor(told)[0][0].vaf == 0.3


@pytest.mark.parametrize(
    ("lines", "header", "line", "says"),
    [
        (("7\t1\t.\tT\tG",), (CSQ,), 4, "5 columns, 10 expected"),
        (("7\tx\t.\tT\tG\t.\tPASS\t.\tGT\t0/1",), (), 3, "POS is 'x'"),
        ((), (CSQ,), None, "header but no lines"),
        (("7\t1\t.\tT\tG\t.\tPASS\t.\tGT\t0/1",), ("##reference=hg19",), 2, "GRCh37, but GRCh38 was declared"),
    ],
)
def test_bad_vcfs(tmp_path: Path, lines: tuple[str, ...], header: tuple[str, ...], line: int | None, says: str) -> None:
    with pytest.raises(IntakeError, match=says) as error:
        read_tumor(vcf(tmp_path, *lines, header=header), assembly="GRCh38")
    assert error.value.line == line and error.value.remedy


def test_empty_missing_and_damaged(tmp_path: Path) -> None:
    empty = tmp_path / "empty.vcf"
    empty.write_bytes(b"")
    cut = tmp_path / "cut.vcf.gz"
    cut.write_bytes(gzip.compress(b"##fileformat=VCFv4.2\n" * 50)[:-9])
    for path, says in ((empty, "empty"), (tmp_path / "none.vcf", "no such file"), (cut, "damaged")):
        with pytest.raises(IntakeError, match=says):
            read_tumor(path)


MAF = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_depth\tt_alt_count"


def maf(tmp_path: Path, *lines: str, header: str = MAF) -> Path:
    path = tmp_path / "tumor.maf"
    path.write_text("\n".join(["#version 2.4", header, *lines]) + "\n")
    return path


def test_maf_example() -> None:
    found, notes = read_tumor(EXAMPLES / "cml-abl1" / "tumor.maf")
    assert [(v.gene, v.change) for v in found] == [("ABL1", "T315I"), ("ASXL1", "G646fs")]
    assert found[0].vaf == pytest.approx(181 / 512) and found[0].depth == 512 and notes == ()


def test_maf_with_unknown_gene_is_kept_and_said(tmp_path: Path) -> None:
    path = maf(tmp_path, "NOSUCHGENE\tMissense_Mutation\tT1\tp.A1V\t\t", "EGFR\tSilent\tT1\tp.Q787Q\t\t")
    found, notes = read_tumor(path)
    assert [(v.gene, v.vaf) for v in found] == [("NOSUCHGENE", None)]
    assert any("NOSUCHGENE" in n for n in notes) and any("changes no protein" in n for n in notes)


def test_maf_odd_names_are_noted(tmp_path: Path) -> None:
    path = maf(tmp_path, "KIT\tIn_Frame_Del\tT1\tp.AA130del\t10\t5", "KIT\tMissense_Mutation\tT1\tp.D816V\t10\t5")
    found, notes = read_tumor(path)
    assert [v.change for v in found] == ["D816V"] and "line 3 (KIT p.AA130del)" in notes[0]


def test_maf_of_one_sample_among_several(tmp_path: Path) -> None:
    path = maf(tmp_path, "KIT\tMissense_Mutation\tT1\tp.D816V\t10\t5", "KIT\tMissense_Mutation\tT2\tp.V560D\t10\t5")
    with pytest.raises(IntakeError, match="2 tumour samples"):
        read_tumor(path)
    assert [v.change for v in read_tumor(path, "T2")[0]] == ["V560D"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("KIT\tMissense_Mutation", "2 columns, 6 expected"),
        ("KIT\tMissense_Mutation\tT1\tp.D816V\tmany\t5", "t_depth is 'many'"),
        ("KIT\tMissense_Mutation\tT1\tp.D816V\t10\t50", "exceeds"),
    ],
)
def test_bad_maf_lines(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(IntakeError, match=says) as error:
        read_tumor(maf(tmp_path, line))
    assert error.value.line == 3


def test_maf_without_protein_changes(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="no column holds the protein change"):
        read_tumor(maf(tmp_path, "KIT\tx", header="Hugo_Symbol\tCenter"))


def test_plain_list(tmp_path: Path) -> None:
    path = tmp_path / "tumor.txt"
    path.write_text(
        "# two changes\nEGFR p.L858R 0.31\nabl1:T315I\nBCR::ABL1 fusion\nKIT,W557_K558del,12%\nEGFR p.L858R 0.44\n"
    )
    found, _ = read_tumor(path)
    assert [(v.gene, v.change, v.vaf) for v in found] == [
        ("EGFR", "L858R", 0.44),
        ("ABL1", "T315I", None),
        ("BCR::ABL1", "fusion", None),
        ("KIT", "W557_K558del", 0.12),
    ]
    path.write_text("EGFR L858\n")
    with pytest.raises(IntakeError, match="line 1"):
        read_tumor(path)


def typed(tmp_path: Path, text: str, name: str = "list.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("BRAF V600E;VAF=0.3", [("BRAF", "V600E", 0.3)]),
        ("IDH1 R132H VAF 0,33", [("IDH1", "R132H", 0.33)]),
        ("EGFR T790M + C797S (cis)", [("EGFR", "T790M", None), ("EGFR", "C797S", None)]),
        ("PIK3CA H1047R, E545K", [("PIK3CA", "H1047R", None), ("PIK3CA", "E545K", None)]),
        ("EGFR L858R mutation detected", [("EGFR", "L858R", None)]),
        ("MET Ex14", [("MET", "exon 14 skipping", None)]),
        ("MYC amplification (12 copies)", [("MYC", "amplification", None)]),
        ("ATM truncating mutation", [("ATM", "loss of function", None)]),
        ("BCR::ABL1", [("BCR::ABL1", "fusion", None)]),
    ],
)
def test_lines_as_people_type_them(tmp_path: Path, line: str, expected: list[tuple[str, str, float | None]]) -> None:
    found, _ = read_tumor(typed(tmp_path, line + "\n"))
    assert [(v.gene, v.change, v.vaf) for v in found] == expected


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("KRAS Wildtyp", "not changed"),
        ("ALK negative", "not changed"),
        ("ROS1: nicht nachgewiesen", "not changed"),
        ("no mutation detected", "not changed"),
        ("BRCA2 p.S1982fs (germline)", "germline"),
        ("PD-L1 high", "whole tumour"),
    ],
)
def test_what_is_no_somatic_change_is_left_out_and_said(tmp_path: Path, line: str, why: str) -> None:
    read = read_tumor_file(typed(tmp_path, f"KRAS G12C\n{line}\n"))
    assert [v.change for v in read.variants] == ["G12C"]
    assert len(read.left_out) == 1 and why in read.left_out[0].reason


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("EGFR p.A858R\n", "list.txt", "residue 858 of EGFR is L, not A"),
        ("gene,change\nKRAS,p.Ala12Cys\n", "list.csv", "residue 12 of KRAS is G, not A"),
        ("HER2 A755S\n", "list.txt", "residue 755 of ERBB2 is L, not A"),
    ],
)
def test_a_residue_that_is_not_there_is_refused(tmp_path: Path, text: str, name: str, says: str) -> None:
    with pytest.raises(IntakeError, match=says):
        read_tumor(typed(tmp_path, text, name))


def test_a_place_no_table_names_is_not_judged() -> None:
    assert residues("EGFR", 858) == {"L"} and residues("EGFR", 3) == frozenset()
    assert contradiction("EGFR", "W3R") == "" and contradiction("EGFR", "E746_A750delinsVP") == ""
    assert "746" in contradiction("EGFR", "K746_A750del")


def test_an_unknown_gene_comes_with_the_nearest_one(tmp_path: Path) -> None:
    _, notes = read_tumor(typed(tmp_path, "EFGR L858R\nMYC amplification\n"))
    assert "EFGR may mean EGFR" in notes[-1] and "MYC may mean" not in notes[-1]


def test_a_decimal_comma_in_a_table(tmp_path: Path) -> None:
    found, _ = read_tumor(typed(tmp_path, "Gene;Alteration;VAF\nKRAS;p.G12D;0,42\n", "t.csv"))
    assert [(v.change, v.vaf) for v in found] == [("G12D", 0.42)]
