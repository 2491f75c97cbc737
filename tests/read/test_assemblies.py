"""GRCh37 and GRCh38: both are read, neither is taken on trust."""

from pathlib import Path

import pytest

from sartor.core import IntakeError
from sartor.facts.alleles import gene_definitions
from sartor.read.germline import read_cohort, read_germline

HEAD = ["##fileformat=VCFv4.2", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tperson"]
OLD = "##contig=<ID=chr10,length=135534747>"
NEW = "##contig=<ID=chr10,length=133797422>"


def lines(assembly: str, genes: tuple[str, ...], changes: dict[str, str]) -> list[str]:
    """Every position of the genes; ``changes`` names bases by rsID ("A/G"), in the genome's own letters."""
    made = []
    for gene in genes:
        for p in gene_definitions()[gene].positions.values():
            ref, pos = (p.ref37, p.pos37) if assembly == "GRCh37" else (p.ref, p.pos)
            alleles = [ref, *sorted({p.ref, *p.alts} - {ref})]
            bases = changes.get(p.rsid, f"{p.ref}/{p.ref}").split("/")
            gt = "/".join(str(alleles.index(b)) for b in bases)
            made.append(f"{p.chrom}\t{pos}\t{p.rsid or '.'}\t{ref}\t{','.join(alleles[1:])}\t.\tPASS\t.\tGT\t{gt}")
    return made


def written(tmp_path: Path, *text: str) -> Path:
    path = tmp_path / "person.vcf"
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return path


CHANGES = {
    "rs3758581": "G/G",
    "rs12769205": "A/G",
    "rs4244285": "G/A",
    "rs776746": "C/T",
    "rs3064744": "CAT/CATAT",
    "rs887829": "C/T",
    "rs1801265": "A/G",
}
GENES = ("CYP2C19", "CYP3A5", "UGT1A1", "DPYD")
CALLS = {
    "CYP2C19": "*1/*2",
    "CYP3A5": "*1/*3",
    "UGT1A1": "*1/*80+*28",
    "DPYD": "Reference/c.85T>C (*9A)",
}


@pytest.mark.parametrize("assembly", ["GRCh37", "GRCh38"])
@pytest.mark.parametrize("declared", ["auto", "as it is"])
@pytest.mark.parametrize("head", [True, False])
def test_both_assemblies_give_the_same_calls(tmp_path, assembly, declared, head):
    contig = [OLD if assembly == "GRCh37" else NEW] if head else []
    path = written(tmp_path, HEAD[0], *contig, HEAD[1], *lines(assembly, GENES, CHANGES))
    calls = read_germline(path, assembly if declared == "as it is" else "auto")
    assert {g: calls[g].diplotype for g in GENES} == CALLS
    assert not any(calls[g].missing for g in GENES)
    assert read_cohort(path).assembly == assembly


def test_a_position_whose_reference_base_changed_is_read_in_the_files_own_terms(tmp_path):
    """rs776746 is T in GRCh38 (CYP3A5*1) and C in GRCh37 (*3): 0/0 means another thing on each."""
    old = next(x for x in lines("GRCh37", ("CYP3A5",), {}) if "rs776746" in x).split("\t")
    assert old[3:5] == ["C", "T"]
    rest = [x for x in lines("GRCh37", ("CYP3A5",), {}) if "rs776746" not in x]
    path = written(tmp_path, HEAD[0], OLD, HEAD[1], "\t".join([*old[:9], "0/0"]), *rest)
    assert read_germline(path, "auto")["CYP3A5"].diplotype == "*3/*3"


@pytest.mark.parametrize(("assembly", "contig"), [("GRCh37", NEW), ("GRCh38", OLD)])
def test_bases_that_contradict_the_lengths_are_refused(tmp_path, assembly, contig):
    path = written(tmp_path, HEAD[0], contig, HEAD[1], *lines(assembly, GENES, CHANGES))
    with pytest.raises(IntakeError, match="GRCh37"):
        read_germline(path, "auto")


def test_a_wrong_declaration_is_refused_with_the_right_one_named(tmp_path):
    path = written(tmp_path, *HEAD, *lines("GRCh37", GENES, CHANGES))
    with pytest.raises(IntakeError, match="GRCh37") as caught:
        read_germline(path, "GRCh38")
    assert "GRCh37" in caught.value.remedy
    with pytest.raises(IntakeError, match="auto, GRCh38, GRCh37"):
        read_germline(path, "hg19")


def test_stale_words_do_not_outweigh_lengths(tmp_path):
    words = "##reference=file:///seq/hg19.fa"
    path = written(tmp_path, HEAD[0], words, NEW, HEAD[1], *lines("GRCh38", GENES, CHANGES))
    assert read_germline(path, "auto")["CYP2C19"].diplotype == "*1/*2"


def test_a_header_of_two_genomes_is_refused(tmp_path):
    mixed = "##contig=<ID=chr12,length=133851895>"
    path = written(tmp_path, HEAD[0], NEW, mixed, HEAD[1], *lines("GRCh38", GENES, CHANGES))
    with pytest.raises(IntakeError, match="contradicts itself"):
        read_germline(path, "auto")


def test_where_nothing_tells_nothing_is_guessed(tmp_path):
    block = "chr7\t99000000\t.\tN\t<NON_REF>\t.\t.\tEND=99990000\tGT\t0/0"
    path = written(tmp_path, HEAD[0], HEAD[1], block)
    with pytest.raises(IntakeError, match="cannot be told"):
        read_germline(path, "auto")
    other = written(tmp_path, *HEAD, "chr3\t1000\t.\tA\tG\t.\tPASS\t.\tGT\t0/1")
    assert {c.status for c in read_germline(other, "auto").values()} == {"not covered"}
