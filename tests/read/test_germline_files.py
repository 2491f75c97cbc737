"""Reading the file: formats that must work, faults that must be refused with file, line and remedy."""

import gzip
from pathlib import Path

import pytest

from sartor.core import IntakeError, OrderError
from sartor.facts.alleles import gene_definitions
from sartor.read.germline import read_germline

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "cml-abl1" / "germline.vcf"
TEXT = EXAMPLE.read_text(encoding="utf-8")
LINES = TEXT.splitlines()
HEAD = [line for line in LINES if line.startswith("#")]
BODY = [line for line in LINES if not line.startswith("#")]
BARE = ["##fileformat=VCFv4.2", HEAD[-1]]


def written(tmp_path: Path, lines: list[str], name: str = "person.vcf") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def changed(rsid: str, edit) -> list[str]:
    """The example with one line edited, as lists of cells."""
    out = []
    for line in LINES:
        cells = line.split("\t")
        if len(cells) > 2 and cells[2] == rsid:
            out += ["\t".join(c) for c in edit(cells)]
        else:
            out.append(line)
    return out


def summary(path: Path, **options) -> dict[str, tuple[str, str]]:
    return {g: (c.diplotype, c.status) for g, c in read_germline(path, **options).items()}


EXPECTED = summary(EXAMPLE)


def refused(path: Path, **options) -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        read_germline(path, **options)
    error = caught.value
    assert error.file == str(path) and error.remedy
    return error


def test_every_compression_reads_the_same(tmp_path):
    zipped = tmp_path / "person.vcf.gz"
    zipped.write_bytes(gzip.compress(TEXT.encode()))
    assert summary(zipped) == EXPECTED
    half = len(TEXT) // 2
    blocked = tmp_path / "blocked.vcf.gz"
    blocked.write_bytes(gzip.compress(TEXT[:half].encode()) + gzip.compress(TEXT[half:].encode()) + gzip.compress(b""))
    assert summary(blocked) == EXPECTED
    disguised = tmp_path / "plain.vcf.gz"
    disguised.write_text(TEXT)
    assert summary(disguised) == EXPECTED


def test_order_prefix_line_ends_and_case_do_not_matter(tmp_path):
    assert summary(written(tmp_path, HEAD + BODY[::-1])) == EXPECTED
    assert summary(written(tmp_path, BARE + [line.removeprefix("chr") for line in BODY])) == EXPECTED
    path = tmp_path / "windows.vcf"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert summary(path) == EXPECTED
    lower = changed("rs4149056", lambda c: [[*c[:3], c[3].lower(), c[4].lower(), *c[5:]]])
    assert summary(written(tmp_path, lower)) == EXPECTED


def test_one_sample_of_several(tmp_path):
    lines = [line + ("\tsecond" if line.startswith("#CHROM") else "\t0/0") for line in [HEAD[-1], *BODY]]
    path = written(tmp_path, ["##fileformat=VCFv4.2", *lines])
    assert "sample" in refused(path).remedy
    assert "synthetic-cml-abl1" in str(refused(path, sample="nobody"))
    assert summary(path, sample="synthetic-cml-abl1") == EXPECTED
    assert read_germline(path, sample="second")["CYP3A5"].diplotype == "*1/*1"


def test_files_that_are_no_vcf(tmp_path):
    assert "no such file" in refused(tmp_path / "absent.vcf").problem
    assert "folder" in refused(tmp_path).problem
    empty = tmp_path / "empty.vcf"
    empty.touch()
    assert "empty" in refused(empty).problem
    assert "#CHROM" in refused(written(tmp_path, ["gene,call", "CYP2D6,*1"])).problem
    assert "#CHROM" in refused(written(tmp_path, ["##fileformat=VCFv4.2"])).problem
    assert "no lines" in refused(written(tmp_path, HEAD)).problem
    bcf = tmp_path / "person.bcf"
    bcf.write_bytes(gzip.compress(b"BCF\x02\x02\x00\x00\x01"))
    assert "bcftools" in refused(bcf).remedy


def test_a_cut_gzip_is_refused(tmp_path):
    path = tmp_path / "cut.vcf.gz"
    path.write_bytes(gzip.compress(TEXT.encode())[:-2000])
    assert "cut short" in refused(path).problem


def test_no_genotypes(tmp_path):
    sites = ["\t".join(line.split("\t")[:8]) for line in [HEAD[-1], *BODY]]
    error = refused(written(tmp_path, ["##fileformat=VCFv4.2", *sites]))
    assert "no genotype column" in error.problem and error.line == 2
    depth_only = changed("rs4149056", lambda c: [[*c[:8], "DP", "30"]])
    error = refused(written(tmp_path, depth_only))
    assert "GT" in error.problem and error.line


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda c: [c[:6]], "columns"),
        (lambda c: [[c[0], "here", *c[2:]]], "POS"),
        (lambda c: [[*c[:9], "0/7"]], "names allele 7"),
        (lambda c: [[*c[:9], "het"]], "genotype 'het'"),
        (lambda c: [[*c[:9], "0/0/1"]], "genotype"),
        (lambda c: [[*c[:3], "", *c[4:]]], "REF"),
        (lambda c: [c, c], "twice"),
    ],
)
def test_a_bad_line_is_named(tmp_path, edit, words):
    error = refused(written(tmp_path, changed("rs4149056", edit)))
    number = next(i for i, line in enumerate(LINES, 1) if "rs4149056" in line)
    assert words in error.problem
    assert error.line in (number, number + 1)


def in_37(variants_only: bool) -> list[str]:
    """The example at its GRCh37 places."""
    moved = {(p.chrom, p.pos): p.pos37 for d in gene_definitions().values() for p in d.positions.values()}
    lines = []
    for line in BODY:
        cells = line.split("\t")
        if variants_only and cells[9] == "0/0":
            continue
        lines.append("\t".join([cells[0], str(moved[(cells[0], int(cells[1]))]), *cells[2:]]))
    return lines


@pytest.mark.parametrize("variants_only", [False, True])
def test_a_grch37_file_is_caught_by_its_bases(tmp_path, variants_only):
    error = refused(written(tmp_path, BARE + in_37(variants_only)))
    assert "GRCh37" in str(error) and "GRCh38" in str(error)


@pytest.mark.parametrize(
    "line",
    [
        "##contig=<ID=chr10,length=135534747>",
        "##contig=<ID=10,length=12345>",
        "##contig=<ID=NC_000010.10>",
        "##reference=file:///seq/human_g1k_v37.fasta",
        "##reference=hg19.fa",
        "##assembly=T2T-CHM13v2.0",
    ],
)
def test_a_header_that_contradicts_is_refused(tmp_path, line):
    error = refused(written(tmp_path, [BARE[0], line, BARE[1], *BODY]))
    assert error.line == 2 and "GRCh38" in str(error)


def test_a_grch38_file_declared_as_grch37_is_refused():
    assert "GRCh37" in refused(EXAMPLE, assembly="GRCh37").problem


def test_wrong_reference_bases_are_refused(tmp_path):
    error = refused(written(tmp_path, changed("rs4149056", lambda c: [[*c[:3], "G", *c[4:]]])))
    assert "REF is G" in error.problem and "rs4149056" in error.problem and error.line


def test_a_position_left_out_or_without_genotype_is_not_covered(tmp_path):
    for edit in (lambda c: [], lambda c: [[*c[:9], "./."]], lambda c: [[*c[:9], "."]], lambda c: [[*c[:9], "./1"]]):
        call = read_germline(written(tmp_path, changed("rs4149056", edit)))["SLCO1B1"]
        assert call.missing == ("rs4149056",)
        assert call.status == "not covered" and "rs4149056" in call.why


def test_a_vcf_of_other_places_covers_nothing(tmp_path):
    path = written(tmp_path, [*BARE, "chr3\t1000\t.\tA\tG\t.\tPASS\t.\tGT\t0/1"])
    calls = read_germline(path)
    assert set(calls) == set(gene_definitions())
    assert {c.status for c in calls.values()} == {"not covered"}
    assert all(not c.phenotype and c.why for c in calls.values())


def test_undocumented_bases(tmp_path):
    odd = changed("rs4149056", lambda c: [[*c[:4], "G", *c[5:9], "0/1"]])
    call = read_germline(written(tmp_path, odd))["SLCO1B1"]
    assert call.status == "not covered" and "undocumented base G" in call.why
    odd = changed("rs1800462", lambda c: [[*c[:4], "T", *c[5:9], "0/1"]])
    call = read_germline(written(tmp_path, odd))["TPMT"]
    assert call.diplotype == "*1/*1" and "read as reference" in call.why


def test_spellings_of_the_ta_repeat(tmp_path):
    """UGT1A1 *28 is one more TA: padded, minimal, among other ALTs, or split over two lines."""
    spellings = [
        lambda c: [[*c[:3], "CAT", "CATAT", *c[5:9], "0/1"]],
        lambda c: [[*c[:3], "C", "CAT", *c[5:9], "0/1"]],
        lambda c: [[*c[:3], "CATAT", "CAT,CATATAT", *c[5:9], "0/2"]],
        lambda c: [[*c[:3], "CAT", "C", *c[5:9], "0/0"], [*c[:3], "CAT", "CATAT", *c[5:9], "0/1"]],
    ]
    for edit in spellings:
        assert read_germline(written(tmp_path, changed("rs3064744", edit)))["UGT1A1"].diplotype == "*1/*28"


def test_a_site_split_by_allele_is_put_together(tmp_path):
    """What `bcftools norm -m -` makes of 1/2 (0/1 on two lines) is 1/2 again; two reference lines agree."""

    def split(a: str, b: str) -> list[str]:
        return changed("rs3064744", lambda c: [[*c[:3], "C", "CAT", *c[5:9], a], [*c[:3], "C", "CATAT", *c[5:9], b]])

    for pair in (("0/1", "0/1"), ("0/1", "1/0"), ("1|0", "0|1")):
        assert read_germline(written(tmp_path, split(*pair)))["UGT1A1"].diplotype == "*28/*37"
    assert read_germline(written(tmp_path, split("0/0", "0/0")))["UGT1A1"].diplotype == "*1/*1"
    for pair in (("1/1", "0/1"), ("0|1", "0|1")):
        assert "twice" in refused(written(tmp_path, split(*pair))).problem


def test_another_change_at_the_same_place_steps_back(tmp_path):
    both = changed("rs4149056", lambda c: [[*c[:3], "TG", "T", *c[5:9], "0/1"], c])
    assert summary(written(tmp_path, both)) == EXPECTED


def test_reference_blocks_cover_positions(tmp_path):
    definition = gene_definitions()["CYP3A5"]
    places = sorted(definition.positions)
    header = ["##fileformat=VCFv4.2", '##INFO=<ID=END,Number=1,Type=Integer,Description="End">', HEAD[-1]]
    block = f"chr7\t{places[0] - 5}\t.\tA\t<NON_REF>\t.\t.\tEND={places[-1] + 5}\tGT\t0/0"
    call = read_germline(written(tmp_path, [*header, block]))["CYP3A5"]
    assert (call.diplotype, call.missing) == ("*1/*1", ())
    block = block.replace("0/0", "./.")
    assert read_germline(written(tmp_path, [*header, block]))["CYP3A5"].status == "not covered"


X_LINE = "chrX\t{pos}\t{rsid}\t{ref}\t{alt}\t.\tPASS\t.\tGT\t{gt}"


def on_x(tmp_path: Path, genotypes: dict[str, str], usual: str) -> Path:
    lines = []
    for p in gene_definitions()["G6PD"].positions.values():
        gt = genotypes.get(p.rsid, usual)
        cells = {"pos": p.pos, "rsid": p.rsid or ".", "ref": p.ref, "alt": ",".join(p.alts), "gt": gt}
        lines.append(X_LINE.format(**cells))
    return written(tmp_path, BARE + lines)


def test_chromosome_x_follows_sex(tmp_path):
    minus = {"rs1050828": "1", "rs1050829": "1"}
    single = on_x(tmp_path, minus, "0")
    for sex in ("male", None):
        call = read_germline(single, sex=sex)["G6PD"]
        assert (call.diplotype, call.phenotype) == ("A- 202A_376G", "Deficient")
    assert "female" in read_germline(single, sex="female")["G6PD"].why
    doubled = on_x(tmp_path, {"rs1050828": "1/1", "rs1050829": "1/1"}, "0/0")
    assert read_germline(doubled, sex="male")["G6PD"].diplotype == "A- 202A_376G"
    assert read_germline(doubled, sex="female")["G6PD"].diplotype == "A- 202A_376G/A- 202A_376G"
    carrier = on_x(tmp_path, {"rs1050828": "0|1", "rs1050829": "0|1"}, "0/0")
    assert read_germline(carrier, sex="female")["G6PD"].phenotype == "Variable"
    call = read_germline(carrier, sex="male")["G6PD"]
    assert call.status == "not covered" and "heterozygous" in call.why
    with pytest.raises(OrderError):
        read_germline(carrier, sex="unknown")
