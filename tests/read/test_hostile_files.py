"""Files as the world makes them: what is read all the same, and how a refusal reads."""

import gzip
import zipfile
from pathlib import Path

import pytest

from sartor.core import IntakeError
from sartor.facts.alleles import gene_definitions
from sartor.read.germline import read_germline

COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA"


def _body(usual: str = "0/0", gene: str = "TPMT", varied: str = "0/1") -> list[str]:
    """Every position of a gene at the reference, and TPMT*3C or CYP2C9*2 once."""
    return [
        f"{p.chrom}\t{p.pos}\t.\t{p.ref}\t{','.join(p.alts)}\t.\tPASS\t.\tGT\t"
        f"{varied if p.rsid in ('rs1142345', 'rs1799853') else usual}"
        for p in gene_definitions()[gene].positions.values()
    ]


def _write(path: Path, lines: list[str], end: str = "\n", encoding: str = "utf-8") -> Path:
    path.write_bytes((end.join(["##fileformat=VCFv4.2", *lines]) + end).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("head", "more", "end", "usual", "varied"),
    [
        ([], [], "\r\n", "0/0", "0/1"),
        (["##contig=<ID=chr6>"], [], "\n", "0/0", "0/1"),
        (["##contig=<ID=chr6,length=170805979>", "##contig=<ID=chr6_GL000250v2_alt,length=4672374>"],
         ["chr6_GL000250v2_alt\t18130687\t.\tT\tC\t.\t.\t.\tGT\t1/1"], "\n", "0/0", "0/1"),
        ([], [], "\n", "|0|0", "/0/1"),
    ],
    ids=["CRLF", "no lengths", "ALT contigs", "VCF 4.4 phase of the first copy"],
)  # fmt: skip
def test_read_all_the_same(tmp_path, head, more, end, usual, varied):
    path = _write(tmp_path / "a.vcf", [*head, COLUMNS, *_body(usual, varied=varied), *more], end)
    call = read_germline(path)["TPMT"]
    assert (call.diplotype, call.status) == ("*1/*3C", "called")


@pytest.mark.parametrize("gene", ["TPMT", "CYP2C9"])
@pytest.mark.parametrize(("alt", "genotype", "read"), [("<DEL>", "0/1", False), ("<DUP:TANDEM>", "0/1", False),
                                                      ("<DEL>", "0/0", True), ("<INV>", "0/1", True)])  # fmt: skip
def test_a_deletion_or_duplication_over_a_gene_takes_back_its_reference_lines(tmp_path, gene, alt, genotype, read):
    """A genotype 0/0 under a carried deletion is one copy at best: the positions count as not read."""
    places = gene_definitions()[gene].positions.values()
    chrom, first, last = next(iter(places)).chrom, min(p.pos for p in places), max(p.pos for p in places)
    line = f"{chrom}\t{first - 100}\t.\tN\t{alt}\t.\tPASS\tSVTYPE=X;END={last + 100}\tGT\t{genotype}"
    call = read_germline(_write(tmp_path / "a.vcf", [COLUMNS, line, *_body(gene=gene)]))[gene]
    assert (call.status == "called") is read
    if not read:
        assert call.status == "not covered" and alt in call.why and len(call.missing) == len(places)


REFUSED = {
    "old Mac": (lambda p: _write(p, [COLUMNS, *_body()], "\r"), "carriage returns"),
    "UTF-16": (lambda p: _write(p, [COLUMNS, *_body()], encoding="utf-16"), "UTF-16"),
    "spaces": (lambda p: _write(p, [COLUMNS.replace("\t", " ")]), "separated by tabs"),
    "web page": (lambda p: p.write_text("<!DOCTYPE html>\n<html>404</html>\n"), "web page"),
    "array": (lambda p: p.write_text("# rsid\tchromosome\tposition\tgenotype\n"), "array"),
    "BAM": (lambda p: p.write_bytes(gzip.compress(b"BAM\1" + bytes(40))), "aligned reads"),
    "CRAM": (lambda p: p.write_bytes(b"CRAM\3" + bytes(40)), "aligned reads"),
    "BCF": (lambda p: p.write_bytes(gzip.compress(b"BCF\2" + bytes(40))), "bcftools view"),
    "zip": (lambda p: zipfile.ZipFile(p, "w").writestr("a.vcf", "x"), "zip archive"),
    "three copies": (lambda p: _write(p, [COLUMNS, *_body("0/0/0")]), "one or two alleles"),
    "T2T by name": (
        lambda p: _write(p, ["##reference=file:///data/chm13v2.0.fa", COLUMNS, "chr6\t99\t.\tA\tC\t.\t.\t.\tGT\t0/1"]),
        "T2T-CHM13",
    ),
    "T2T": (lambda p: _write(p, ["##contig=<ID=chr6,length=172126628>", COLUMNS, *_body()]), "172126628"),
}


@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=REFUSED)
def test_how_a_refusal_reads(tmp_path, make, words):
    path = tmp_path / "file.vcf"
    make(path)
    with pytest.raises(IntakeError, match=words) as told:
        read_germline(path, "auto")
    assert "file.vcf" in str(told.value) and len(str(told.value)) < 400
