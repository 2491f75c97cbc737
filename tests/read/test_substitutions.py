"""Two changed bases of one codon: one line of several bases, or two lines of one base each."""

from pathlib import Path

import pytest

from sartor.facts.alleles import gene_definitions
from sartor.read.germline import read_germline


def _file(tmp_path: Path, gene: str, lines: dict[int, str | None], phased: bool = False) -> Path:
    """A VCF with every position of a gene at the reference, but for ``lines`` (None leaves the position out)."""
    made = ["##fileformat=VCFv4.2", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS"]
    body = {
        p.pos: f"{p.chrom}\t{p.pos}\t.\t{p.ref}\t{','.join(p.alts)}\t.\t.\t.\tGT\t{'0|0' if phased else '0/0'}"
        for p in gene_definitions()[gene].positions.values()
    }
    body |= lines
    path = tmp_path / "person.vcf"
    path.write_text("\n".join([*made, *(body[k] for k in sorted(body) if body[k])]) + "\n")
    return path


def _line(chrom: str, pos: int, ref: str, alt: str, genotype: str) -> str:
    return f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t.\t.\t.\tGT\t{genotype}"


RS1142345 = next(p for p in gene_definitions()["TPMT"].positions.values() if p.rsid == "rs1142345")


@pytest.mark.parametrize("before", [1, 2])
def test_a_line_of_several_bases_that_starts_before_the_position(tmp_path, before):
    """TPMT*3C is T>C; a caller that joins neighbours writes it with what it changes one or two bases before."""
    at = RS1142345.pos - before
    ref, alt = "A" * before + "T", "G" + "A" * (before - 1) + "C"
    path = _file(tmp_path, "TPMT", {RS1142345.pos: None, at: _line("chr6", at, ref, alt, "0/1")})
    call = read_germline(path)["TPMT"]
    assert (call.diplotype, call.status, call.missing) == ("*1/*3C", "called", ())
    deletion = _file(tmp_path, "TPMT", {at: _line("chr6", at, ref, ref[0], "0/1")})
    assert read_germline(deletion)["TPMT"].diplotype == "*1/*1"  # a deletion beside it is no substitution


def test_one_line_over_two_positions_says_that_both_lie_on_one_copy(tmp_path):
    """CYP2C9: rs1799853 (*2) and rs141489852 (*63) are neighbours; no defined allele has both, two copies may."""
    pos = 94942290
    joint = {pos: _line("chr10", pos, "CG", "TA", "0/1"), pos + 1: None}
    apart = {pos: _line("chr10", pos, "C", "T", "0/1"), pos + 1: _line("chr10", pos + 1, "G", "A", "0/1")}
    one, two = (read_germline(_file(tmp_path, "CYP2C9", x))["CYP2C9"] for x in (joint, apart))
    assert one.status == "not covered" and "rs1799853 C/T, rs141489852 G/A" in one.why
    assert two.diplotype == "*2/*63" and two.missing == ()


RYR1 = next(p for p in gene_definitions()["RYR1"].positions.values() if p.ref == "TC" and p.alts == ("CT",))


@pytest.mark.parametrize(
    ("first", "second", "seen"),
    [("0|1", "0|1", True), ("1/1", "1/1", True), ("0|1", "1|0", False), ("0/1", "1/1", True), ("0/1", "0/1", None)],
)
def test_a_definition_of_two_bases_written_as_two_lines(tmp_path, first, second, seen):
    """Carried where one copy has both; two unphased heterozygous lines leave it open: the position was not read."""
    lines = {
        RYR1.pos: _line("chr19", RYR1.pos, "T", "C", first),
        RYR1.pos + 1: _line("chr19", RYR1.pos + 1, "C", "T", second),
    }
    call = read_germline(_file(tmp_path, "RYR1", lines))["RYR1"]
    name = next(a.name for a in gene_definitions()["RYR1"].alleles if a.defines.get(RYR1.pos) == frozenset({"CT"}))
    assert (name in call.diplotype) is bool(seen)
    assert (RYR1.label in call.missing) is (seen is None)


def test_as_one_line_it_stays_what_it_was(tmp_path):
    call = read_germline(_file(tmp_path, "RYR1", {RYR1.pos: _line("chr19", RYR1.pos, "TC", "CT", "0/1")}))["RYR1"]
    name = next(a.name for a in gene_definitions()["RYR1"].alleles if a.defines.get(RYR1.pos) == frozenset({"CT"}))
    assert name in call.diplotype and RYR1.label not in call.missing
