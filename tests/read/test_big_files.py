"""Finding the wanted lines of a big file: indexes, pieces, cohorts, and faults in lines that nobody wanted."""

import importlib.util
import os
from pathlib import Path

import pytest

from sartor.core import IntakeError
from sartor.read import blocks
from sartor.read.germline import read_cohort, read_germline
from sartor.read.sites import read_sites
from sartor.read.tabix import index_of

_spec = importlib.util.spec_from_file_location("bgzip_files", Path(__file__).with_name("bgzip_files.py"))
assert _spec and _spec.loader
bgzip_files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(bgzip_files)

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "cml-abl1" / "germline.vcf"
LINES = EXAMPLE.read_text(encoding="utf-8").splitlines()
HEAD = [line for line in LINES if line.startswith("#")]
BODY = [line for line in LINES if not line.startswith("#")]


def _order(line: str) -> tuple[int, int]:
    chrom, pos = line.split("\t", 2)[:2]
    bare = chrom.removeprefix("chr")
    return (int(bare) if bare.isdigit() else 23, int(pos))


def in_order() -> list[str]:
    """The example's lines by position, with other people's variants between them."""
    filler = [
        f"chr{c}\t{p}\t.\tA\tG\t50\tPASS\t.\tGT\t0/1"
        for c in range(1, 23)
        for p in range(5_000_000, 200_000_000, 7_000_017)
    ]
    return sorted([*BODY, *filler], key=_order)


def told(calls):
    return {g: (c.diplotype, c.status, c.missing, c.alternatives) for g, c in calls.items()}


EXPECTED = told(read_germline(EXAMPLE))


@pytest.mark.parametrize("kind", ["tbi", "csi"])
def test_an_index_gives_the_same_calls_and_reads_little(tmp_path, kind, monkeypatch):
    path = tmp_path / "person.vcf.gz"
    lines = bgzip_files.written(path, "\n".join([*HEAD, *in_order()]) + "\n")
    assert told(read_germline(path)) == EXPECTED
    bgzip_files.indexed(path, lines, kind)
    place = ("10", 94781859)
    found = index_of(path, [place])
    assert found is not None and "10" in found.bins
    stretches = found.stretches([place])
    assert sum(b - a for a, b in stretches) < path.stat().st_size << 15
    assert told(read_germline(path)) == EXPECTED


def test_an_index_finds_a_reference_block_that_starts_far_before(tmp_path):
    path = tmp_path / "g.vcf.gz"
    head = ["##fileformat=VCFv4.2", '##INFO=<ID=END,Number=1,Type=Integer,Description="End">', HEAD[-1]]
    body = [
        "chr7\t99000000\t.\tA\t<NON_REF>\t.\t.\tEND=99700000\tGT\t0/0",
        "chr7\t99700001\t.\tC\tG,<NON_REF>\t.\t.\t.\tGT\t0/1",
    ]
    lines = bgzip_files.written(path, "\n".join([*head, *body]) + "\n")
    whole = told(read_germline(path))
    bgzip_files.indexed(path, lines)
    assert told(read_germline(path)) == whole
    assert whole["CYP3A5"][:2] == ("*1/*1", "called")


def test_an_old_or_broken_index_is_not_used(tmp_path):
    path = tmp_path / "person.vcf.gz"
    lines = bgzip_files.written(path, "\n".join([*HEAD, *in_order()]) + "\n")
    index = path.with_name(path.name + ".tbi")
    index.write_bytes(b"no index at all")
    assert index_of(path, [("10", 94781859)]) is None
    bgzip_files.indexed(path, lines[:5])
    os.utime(index, (1, 1))
    assert index_of(path, [("10", 94781859)]) is None
    assert told(read_germline(path)) == EXPECTED


def test_a_bgzip_file_without_its_end_is_refused(tmp_path):
    path = tmp_path / "cut.vcf.gz"
    bgzip_files.written(path, "\n".join([*HEAD, *in_order()]) + "\n")
    whole = path.read_bytes()
    path.write_bytes(whole[: -len(bgzip_files.END)])
    with pytest.raises(IntakeError, match="cut short"):
        read_germline(path)
    path.write_bytes(whole[:2000] + b"\0\0\0\0" + whole[2004:])
    with pytest.raises(IntakeError, match="damaged"):
        read_germline(path)


def test_the_size_of_pieces_does_not_matter(tmp_path, monkeypatch):
    path = tmp_path / "person.vcf"
    path.write_text("\n".join([*HEAD, *in_order()]) + "\n")
    for size in (50, 1000):
        monkeypatch.setattr(blocks, "PIECE", size)
        assert told(read_germline(path)) == EXPECTED


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        ("chr3\t77\t.\tA\tG\t50\tPASS", "7 columns"),
        ("chr3\tseventy\t.\tA\tG\t50\tPASS\t.\tGT\t0/1", "POS"),
        ("chr3\t77\t.\tA\tG\t50\tPASS\t.\tGT\t0/1\t0/1", "11 columns"),
    ],
)
def test_a_bad_line_that_nobody_wanted_is_still_named(tmp_path, spoilt, words):
    body = in_order()
    body.insert(100, spoilt)
    path = tmp_path / "person.vcf"
    path.write_text("\n".join([*HEAD, *body]) + "\n")
    with pytest.raises(IntakeError) as caught:
        read_germline(path)
    assert words in caught.value.problem and caught.value.line == len(HEAD) + 101


def test_blank_lines_keep_the_count(tmp_path):
    body = ["", *BODY, ""]
    spoilt = [line.replace("\t0/0", "\t0/9") if "rs4149056" in line else line for line in body]
    spoilt = [line.replace("\t0/1", "\t0/9") if "rs4149056" in line else line for line in spoilt]
    path = tmp_path / "person.vcf"
    path.write_text("\n".join([*HEAD, *body]) + "\n")
    assert told(read_germline(path)) == EXPECTED
    path.write_text("\n".join([*HEAD, *spoilt]) + "\n")
    with pytest.raises(IntakeError) as caught:
        read_germline(path)
    assert caught.value.line == 1 + next(i for i, x in enumerate([*HEAD, *spoilt]) if "rs4149056" in x)


def test_a_cohort_gives_each_person_what_a_file_of_their_own_would(tmp_path):
    other = [line.rsplit("\t", 1)[0] + "\t0/0" for line in BODY]
    both = [f"{line}\t{cell.rsplit(chr(9), 1)[1]}" for line, cell in zip(BODY, other, strict=True)]
    path = tmp_path / "two.vcf"
    path.write_text("\n".join(["##fileformat=VCFv4.2", HEAD[-1] + "\tsecond", *both]) + "\n")
    alone = tmp_path / "one.vcf"
    alone.write_text("\n".join(["##fileformat=VCFv4.2", HEAD[-1], *other]) + "\n")
    people = dict(read_cohort(path, "auto").people())
    assert list(people) == ["synthetic-cml-abl1", "second"]
    assert told(people["synthetic-cml-abl1"]) == EXPECTED
    assert told(people["second"]) == told(read_germline(alone))


def test_chromosome_names_of_every_kind(tmp_path):
    for spelling in ("12", "chr12", "CHR12", "NC_000012.12"):
        path = tmp_path / "person.vcf"
        path.write_text(
            "\n".join(["##fileformat=VCFv4.2", HEAD[-1], f"{spelling}\t21178615\t.\tT\tC\t.\t.\t.\tGT\t0/1"]) + "\n"
        )
        _, sites = read_sites(path, {("12", 21178615)})
        assert [s.alts for s in sites[("12", 21178615)]] == [("C",)]
