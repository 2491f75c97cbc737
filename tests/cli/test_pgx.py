"""``sartor pgx``: one JSON line, hashed samples, one or many people, outside calls by name."""

import json
from pathlib import Path

import pytest

from sartor.app.pgx import OUTSIDE_ONLY, read_profiles, sample_hash
from sartor.cli.commands import app
from sartor.cli.console import guarded
from sartor.core import OrderError
from sartor.facts.alleles import gene_definitions

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "cml-abl1" / "germline.vcf"


def run(capsys, monkeypatch, *args: str):
    monkeypatch.setattr("sys.argv", ["sartor", "pgx", *args])
    code = guarded(app)
    out = capsys.readouterr().out
    return code, json.loads(out.splitlines()[-1]) if out else None


@pytest.fixture
def two(tmp_path):
    lines = EXAMPLE.read_text().splitlines()
    made = [x + ("\tsecond" if x.startswith("#CHROM") else "\t0/0") for x in lines if not x.startswith("##")]
    path = tmp_path / "two.vcf"
    path.write_text("\n".join([lines[0], *made]) + "\n")
    return path


def test_one_person(capsys, monkeypatch):
    code, data = run(capsys, monkeypatch, str(EXAMPLE), "--json")
    assert code == 0 and data["assembly"] == "GRCh38" and data["n_samples"] == 1
    (name,) = data["samples"]
    assert name == sample_hash("synthetic-cml-abl1") and "synthetic" not in json.dumps(data["samples"])
    genes = data["samples"][name]
    assert set(genes) == {*gene_definitions(), *OUTSIDE_ONLY}
    call = genes["CYP2C19"]
    assert (call["diplotype"], call["phenotype"], call["status"]) == ("*1/*2", "Intermediate Metabolizer", "called")
    assert call["definition_version"] == "2025-11-05" and call["missing"] == []
    assert genes["CYP2D6"]["status"] == "not covered" and "--outside" in genes["CYP2D6"]["why"]
    assert genes["RYR1"]["phenotype"] == "Uncertain Susceptibility"


def test_alternatives_say_whether_they_tie(capsys, monkeypatch, tmp_path):
    text = EXAMPLE.read_text().splitlines()
    kept = [x for x in text if "rs28399504" not in x]
    path = tmp_path / "gap.vcf"
    path.write_text("\n".join(kept) + "\n")
    _, data = run(capsys, monkeypatch, str(path), "--json", "--gene", "CYP2C19")
    (genes,) = data["samples"].values()
    assert set(genes) == {"CYP2C19"}
    assert genes["CYP2C19"]["missing"] == ["rs28399504"]
    for other in genes["CYP2C19"]["alternatives"]:
        assert set(other) == {"diplotype", "phenotype", "tied"}


def test_a_cohort_names_only_on_demand(capsys, monkeypatch, tmp_path, two):
    names = tmp_path / "names.tsv"
    _, data = run(capsys, monkeypatch, str(two), "--json", "--names", str(names))
    assert list(data["samples"]) == [sample_hash("synthetic-cml-abl1"), sample_hash("second")]
    assert data["samples"][sample_hash("second")]["CYP3A5"]["diplotype"] == "*1/*1"
    assert f"{sample_hash('second')}\tsecond" in names.read_text()


def test_outside_calls_find_their_person(capsys, monkeypatch, tmp_path, two):
    calls = tmp_path / "cyrius.tsv"
    calls.write_text("Sample\tGenotype\tFilter\nsecond\t*4/*4\tPASS\nstranger\t*1/*1\tPASS\n")
    _, data = run(capsys, monkeypatch, str(two), "--json", "--outside", str(calls))
    assert data["samples"][sample_hash("second")]["CYP2D6"]["phenotype"] == "Poor Metabolizer"
    assert data["samples"][sample_hash("synthetic-cml-abl1")]["CYP2D6"]["status"] == "not covered"
    calls.write_text("CYP2D6\t*4/*4\n")
    with pytest.raises(OrderError, match="no person"):
        read_profiles(two, outside=calls)
    _, people = read_profiles(EXAMPLE, outside=calls)
    assert next(people).genes["CYP2D6"].phenotype == "Poor Metabolizer"


def test_faults_end_in_words(capsys, monkeypatch, tmp_path):
    assert run(capsys, monkeypatch, str(tmp_path / "absent.vcf"), "--json")[0] == 3
    assert run(capsys, monkeypatch, str(EXAMPLE), "--assembly", "GRCh37")[0] == 3
    with pytest.raises(OrderError, match="CYP9"):
        read_profiles(EXAMPLE, genes=("CYP9",))
