"""Who in a cohort has one X chromosome: read from a table or a PED file, and used for G6PD."""

import json

import pytest
from typer.testing import CliRunner

from sartor.app.pgx import sample_hash
from sartor.cli.commands import app
from sartor.core import IntakeError
from sartor.facts.alleles import gene_definitions
from sartor.read.sexes import read_sexes

TABLES = {
    "tab": "sample\tsex\nA\tfemale\nB\tM\nC\tunknown\nZ\tmale\n",
    "comma, no header": "A,F\nB,male\n",
    "ped": "#family id and so on\nF1 A 0 0 2 -9\nF1\tB\t0\tA\t1\t1\nF2 C 0 0 0 -9\n",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_tables_and_ped_files(tmp_path, text):
    path = tmp_path / "sexes"
    path.write_text(text)
    assert read_sexes(path, ("A", "B", "C")) == {"A": "female", "B": "male"}


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("A\tgirl\n", "the sex of 'A' is 'girl'"),
        ("A\n", "missing"),
        ("A\tmale\nA\tfemale\n", "as female and as male"),
        ("X\tmale\n", "none of the 1 samples"),
        ("", "empty"),
    ],
)
def test_what_is_refused(tmp_path, text, match):
    path = tmp_path / "sexes.tsv"
    path.write_text(text)
    with pytest.raises(IntakeError, match=match):
        read_sexes(path, ("A",))


def test_each_person_of_a_cohort_gets_the_copies_of_their_sex(tmp_path):
    """The same G6PD genotypes: two copies in a woman, one in a man; a heterozygous man is not called."""
    positions = list(gene_definitions()["G6PD"].positions.values())
    lines = ["##fileformat=VCFv4.2", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\tC\tD"]
    for p in positions:
        cells = ("0/1", "0/1", "1/1", "1/1") if p.rsid == "rs1050828" else ("0/0",) * 4
        lines.append("\t".join((p.chrom, str(p.pos), ".", p.ref, p.alts[0], ".", ".", ".", "GT", *cells)))
    vcf, sexes = tmp_path / "cohort.vcf", tmp_path / "cohort.ped"
    vcf.write_text("\n".join(lines) + "\n")
    sexes.write_text("f A 0 0 2 0\nf B 0 0 1 0\nf C 0 0 1 0\nf D 0 0 2 0\n")
    done = CliRunner().invoke(app, ["pgx", str(vcf), "--gene", "G6PD", "--sexes", str(sexes), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout.strip().splitlines()[-1])["samples"]
    a, b, c, d = (told[sample_hash(n)]["G6PD"] for n in "ABCD")
    assert a["diplotype"].count("/") == 1 and a["status"] != "not covered"
    assert b["status"] == "not covered" and "one X" in b["why"]
    assert "/" not in c["diplotype"] and c["phenotype"]
    assert d["diplotype"].split("/") == [c["diplotype"]] * 2
