"""Lists as people type them, copy numbers, fusions, expression; limits and what they leave out."""

from pathlib import Path

import pytest

from sartor.core import IntakeError, OrderError
from sartor.read.expression import read_expression
from sartor.read.patient import read_patient
from sartor.read.reads import fraction
from sartor.read.sieve import Limits
from sartor.read.tumor import TumorRead, read_tumor_file


def file(tmp_path: Path, text: str, name: str = "table.tsv") -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def listed(tmp_path: Path, text: str, **more: object) -> TumorRead:
    return read_tumor_file(file(tmp_path, text, "tumor.txt"), limits=Limits(), **more)


@pytest.mark.parametrize(
    ("line", "gene", "change", "vaf"),
    [
        ("EGFR L858R", "EGFR", "L858R", None),
        ("egfr:p.(Leu858Arg)", "EGFR", "L858R", None),
        ("EML4-ALK fusion", "EML4::ALK", "fusion", None),
        ("KIF5B-RET", "KIF5B::RET", "fusion", None),
        ("BCR::ABL1", "BCR::ABL1", "fusion", None),
        ("NKX2-1 amplification", "NKX2-1", "amplification", None),
        ("HER2 amplification", "ERBB2", "amplification", None),
        ("MET exon 14 skipping", "MET", "exon 14 skipping", None),
        ("FLT3-ITD", "FLT3", "ITD", None),
        ("EGFR del E746_A750 45%", "EGFR", "E746_A750del", 0.45),
        ("BRAF p.V600E (0.32)", "BRAF", "V600E", 0.32),
        ("KRAS G12D VAF 0.2", "KRAS", "G12D", 0.2),
        ("TP53 R213X", "TP53", "R213*", None),
        ("TERT C228T", "TERT", "promoter C228T", None),
    ],
)
def test_lines_as_people_type_them(tmp_path: Path, line: str, gene: str, change: str, vaf: float | None) -> None:
    found = listed(tmp_path, line + "\n").variants
    assert [(v.gene, v.change, v.vaf) for v in found] == [(gene, change, vaf)]


def test_a_copy_gain_is_no_amplification(tmp_path: Path) -> None:
    assert listed(tmp_path, "ERBB2 gain\n").variants[0].change == "copy number gain"


def test_below_a_limit_is_left_out_with_the_reason(tmp_path: Path) -> None:
    text = "gene,change,vaf,depth\nEGFR,L858R,0.31,400\nEGFR,T790M,0.02,400\nKIT,D816V,0.4,7\nBRAF,V600E,,\n"
    read = listed(tmp_path, text)
    assert [(v.gene, v.change) for v in read.variants] == [("EGFR", "L858R"), ("BRAF", "V600E")]
    assert [(x.change, x.reason) for x in read.left_out] == [
        ("T790M", "allele fraction 0.02 is below the limit of 0.05"),
        ("D816V", "depth 7 is below the limit of 20"),
    ]
    lower = read_tumor_file(tmp_path / "tumor.txt", limits=Limits(0.01, 5))
    assert len(lower.variants) == 4 and lower.left_out == ()


def test_a_finding_about_the_whole_tumour_is_left_out(tmp_path: Path) -> None:
    read = listed(tmp_path, "MSI-H\nBRAF V600E\n")
    assert [x.change for x in read.left_out] == ["MSI-H"] and len(read.variants) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("EGFR c.2573T>G\n", "nucleotide name"),
        ("EGFR\n", "no gene with a change"),
        ("gene,change,vaf\nEGFR,L858R,1.4\n", "allele fraction is '1.4'"),
        ("gene,change\nEGFR,L858R,x\n", "3 columns, 2 expected"),
    ],
)
def test_bad_lists(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(IntakeError, match=says):
        listed(tmp_path, text)


@pytest.mark.parametrize(
    ("table", "kept", "left"),
    [
        ("gene\tcall\nERBB2\tamplification\nCDKN2A\thomdel\nMYC\tgain\nKRAS\tneutral\n", 2, 2),
        ("Hugo_Symbol,copy_number\nMET,14\nPTEN,0\nTP53,1\nEGFR,4\n", 2, 2),
        ("gene;log2\nFGFR1;2.1\nRB1;-4\nMYC;0.4\n", 2, 1),
        ("Gene Symbol\tLocus ID\tCytoband\tS1\nMET\t0\t0\t2\nCDK4\t0\t0\t-2\nKIT\t0\t0\t1\n", 2, 1),
    ],
)
def test_copy_numbers(tmp_path: Path, table: str, kept: int, left: int) -> None:
    read = listed(tmp_path, "EGFR L858R\n", cnv=file(tmp_path, table))
    words = [v.change for v in read.variants[1:]]
    assert words == ["amplification", "gene deletion"] and len(words) == kept
    assert sum(x.count for x in read.left_out) == left


def test_copies_are_kept_and_the_limit_is_adjustable(tmp_path: Path) -> None:
    table = file(tmp_path, "gene,copies\nMET,5\n")
    path = file(tmp_path, "EGFR L858R\n", "t.txt")
    assert len(read_tumor_file(path, cnv=table, limits=Limits()).variants) == 1
    assert read_tumor_file(path, cnv=table, limits=Limits(min_copies=5)).variants[1].copies == 5.0


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("gene,score\nMET,5\nKIT,9\n", "'5' is no call|no call of a copy number"),
        ("name,copies\nMET,5\n", "no column holds the gene"),
        ("gene,copies\nMET,many\n", "'many' is no copies"),
        ("gene,call\nMET,huge\n", "'huge' is no call"),
        ("sample,gene,copies\nA,MET,9\nB,MET,2\n", "2 samples"),
        ("", "empty"),
    ],
)
def test_bad_copy_numbers(tmp_path: Path, table: str, says: str) -> None:
    with pytest.raises(IntakeError, match=says):
        listed(tmp_path, "EGFR L858R\n", cnv=file(tmp_path, table))


@pytest.mark.parametrize(
    "table",
    [
        "gene5,gene3\nEML4,ALK\nTMPRSS2,ERG\n",
        "Fusion\nEML4-ALK\nTMPRSS2-ERG\n",
        "#FusionName\tLeftGene\tRightGene\nx\tEML4^ENSG1\tALK^ENSG2\ny\tTMPRSS2^ENSG3\tERG^ENSG4\n",
    ],
)
def test_fusions(tmp_path: Path, table: str) -> None:
    read = listed(tmp_path, "TP53 R273H\n", fusions=file(tmp_path, table))
    assert [v.gene for v in read.variants[1:]] == ["EML4::ALK", "TMPRSS2::ERG"]


def test_what_is_no_fusion_is_left_out(tmp_path: Path) -> None:
    rows = ("EGFR\tEGFR\tDELETION\tin", "MLL2\tABC\tDELETION\tin", "EML4\tALK\tFUSION\tout-of-frame")
    table = "\n".join(("GeneA\tGeneB\tSv_Type\tframe", *rows)) + "\n"
    read = listed(tmp_path, "TP53 R273H\n", fusions=file(tmp_path, table))
    reasons = [x.reason for x in read.left_out]
    assert (
        len(read.variants) == 1
        and len(reasons) == 3
        and "out of frame" in reasons[2]
        and "KMT2D" in read.left_out[1].gene
    )


def test_bad_fusions(tmp_path: Path) -> None:
    for table, says in (
        ("fusion\nALK\n", "names no two genes"),
        ("left,right\nA,B\n", "no column holds the first gene"),
    ):
        with pytest.raises(IntakeError, match=says):
            listed(tmp_path, "TP53 R273H\n", fusions=file(tmp_path, table))


def test_expression(tmp_path: Path) -> None:
    table = file(tmp_path, "TargetID\tTPM\nEGFR\t55.5\nHER2\t3\nNOSUCHGENE\t9\nKIT\t\n")
    levels, notes = read_expression(table)
    assert levels == {"EGFR": 55.5, "ERBB2": 3.0} and "2 genes" in notes[0]
    for text, says in (
        ("gene\tFPKM\nEGFR\t2\n", "no column holds the expression in TPM"),
        ("gene\ttpm\nEGFR\t-2\n", "TPM is '-2'"),
        ("gene\ttpm\nENSG00000146648\t2\n", "identifiers"),
    ):
        with pytest.raises(IntakeError, match=says):
            read_expression(file(tmp_path, text))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"AD": "60,40"}, (0.4, 100)),
        ({"AD": ".,21", "DP": "54"}, (21 / 54, 54)),
        ({"RD": "59", "AD": "56", "FREQ": "48.7%", "DP": "117"}, (0.487, 117)),
        ({"FA": "0.162", "AD": "160,31", "DP": "192"}, (0.162, 192)),
        ({"AU": "0,0", "CU": "10,11", "GU": "0,0", "TU": "30,30", "DP": "41"}, (0.75, 41)),
        ({"BCOUNT": "0,3,0,1", "DP4": "0,3,0,1"}, (0.25, 4)),
        ({"DP4": "10,10,3,2"}, (0.2, 25)),
        ({"AF": "0.9,0.1", "DP": "106"}, (0.1, 106)),
        ({"AF": "0.3", "DP": "106"}, (0.3, 106)),
        ({"ADT": "112,32", "DPT": "144"}, (32 / 144, 144)),
        ({"GT": "0/1"}, (None, None)),
        ({"AF": "7"}, (None, None)),
    ],
)
def test_fraction_and_depth_as_callers_write_them(
    values: dict[str, str], expected: tuple[float | None, int | None]
) -> None:
    vaf, depth = fraction(values, {}, "C", "T", 1, 1)
    assert (vaf if vaf is None else pytest.approx(vaf), depth) == expected


BARE = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT1\n"


@pytest.mark.parametrize(("pos", "assembly"), [(55191822, "GRCh38"), (55259515, "GRCh37")])
def test_auto_tells_the_assembly_by_known_places(tmp_path: Path, pos: int, assembly: str) -> None:
    path = file(tmp_path, BARE + f"7\t{pos}\t.\tT\tG\t.\tPASS\t.\tGT:AD\t0/1:60,40\n", "t.vcf")
    read = read_tumor_file(path, assembly="auto", limits=Limits())
    assert read.assembly == assembly and read.variants[0].change == "L858R"
    assert read.sample_hash and "T1" not in read.sample_hash and any("was taken" in n for n in read.notes)


def test_a_wrong_declaration_is_noticed(tmp_path: Path) -> None:
    path = file(tmp_path, BARE + "7\t55259515\t.\tT\tG\t.\tPASS\t.\tGT:AD\t0/1:60,40\n", "t.vcf")
    read = read_tumor_file(path, assembly="GRCh38", limits=Limits())
    assert read.variants == () and any("check the assembly" in n for n in read.notes)


def test_a_named_change_that_failed_its_filter_keeps_its_name(tmp_path: Path) -> None:
    path = file(tmp_path, BARE + "7\t55191822\t.\tT\tG\t.\tLowQual\t.\tGT:AD\t0/1:60,40\n", "t.vcf")
    left = read_tumor_file(path, assembly="GRCh38", limits=Limits()).left_out
    assert [(x.gene, x.change, x.vaf) for x in left] == [("EGFR", "L858R", 0.4)] and "LowQual" in left[0].reason


@pytest.mark.parametrize(
    ("consequence", "hgvsc", "position", "amino", "change"),
    [
        ("missense_variant", "", "858", "L/R", "L858R"),
        ("inframe_deletion", "", "745-751", "KELREAT/K", "E746_T751del"),
        ("frameshift_variant", "", "382", "K/X", "K382fs"),
        ("splice_donor_variant", "ENST1:c.3028+1G>T", "", "", "X1010_splice"),
    ],
)
def test_vep_without_hgvs(tmp_path: Path, consequence: str, hgvsc: str, position: str, amino: str, change: str) -> None:
    form = "Allele|Consequence|SYMBOL|HGVSc|Protein_position|Amino_acids|CANONICAL"
    head = f'##fileformat=VCFv4.2\n##INFO=<ID=CSQ,Number=.,Type=String,Description="VEP. Format: {form}">\n'
    line = f"7\t5\t.\tT\tG\t.\tPASS\tCSQ=G|{consequence}|MET|{hgvsc}|{position}|{amino}|YES\n"
    path = file(tmp_path, head + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + line, "t.vcf")
    assert [v.change for v in read_tumor_file(path).variants] == [change]


def test_a_transcript_beside_the_canonical_one_does_not_count(tmp_path: Path) -> None:
    form = "Allele|Consequence|SYMBOL|HGVSp|CANONICAL"
    head = f'##fileformat=VCFv4.2\n##INFO=<ID=CSQ,Number=.,Type=String,Description="VEP. Format: {form}">\n'
    line = "7\t5\t.\tT\tG\t.\tPASS\tCSQ=G|intron_variant|EGFR||YES,G|missense_variant|EGFR|p.L1P|\n"
    path = file(tmp_path, head + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + line, "t.vcf")
    read = read_tumor_file(path)
    assert read.variants == () and "another transcript only" in read.left_out[0].reason


def test_a_patient_holds_what_the_tables_say(tmp_path: Path) -> None:
    file(tmp_path, "EGFR L858R 0.01\nTP53 R273H 0.4\n", "t.txt")
    file(tmp_path, "gene,copies\nMET,12\n", "c.csv")
    file(tmp_path, "gene\ttpm\nMET\t80\n", "e.tsv")
    person = read_patient(tumor="t.txt", cnv="c.csv", expression="e.tsv", base=tmp_path)
    assert [v.gene for v in person.tumor] == ["TP53", "MET"] and person.expression == {"MET": 80.0}
    assert [x.change for x in person.tumor_left_out] == ["L858R"] and any(
        "allele fraction at least" in n for n in person.notes
    )
    view = person.view(("expression.MET", "expression.EGFR"))
    assert view.expression("MET") == 80.0 and view.expression("EGFR") is None and view.key() == (80.0, None)
    with pytest.raises(OrderError, match="without a tumor file"):
        read_patient(cnv="c.csv", base=tmp_path)


def test_a_maf_without_protein_changes_is_read_by_place(tmp_path: Path) -> None:
    head = "Hugo_Symbol\tChromosome\tStart_Position\tReference_Allele\tTumor_Seq_Allele2\tTumor_Sample_Barcode"
    rows = ("\t7\t140453136\tA\tT\tS1", "\t7\t1\tA\tT\tS1")
    read = read_tumor_file(file(tmp_path, "\n".join((head, *rows)) + "\n", "t.maf"), assembly="auto", limits=Limits())
    assert [(v.gene, v.change) for v in read.variants] == [("BRAF", "V600E")]
    assert sum(x.count for x in read.left_out) == 1 and any("GRCh37 was taken" in n for n in read.notes)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [("FILTER", "panel_of_normals", "filter"), ("Mutation_Status", "Germline", "not a somatic")],
)
def test_a_maf_line_that_is_no_somatic_call(tmp_path: Path, column: str, value: str, says: str) -> None:
    text = f"Hugo_Symbol\tHGVSp_Short\t{column}\nBRAF\tp.V600E\t{value}\nKIT\tp.D816V\t\n"
    read = read_tumor_file(file(tmp_path, text, "t.maf"))
    assert [v.gene for v in read.variants] == ["KIT"] and says in read.left_out[0].reason
