"""``sartor data standardize`` as a person or a script meets it."""

import gzip
import json
import os
import subprocess
import sys

import pytest

ENV = {**os.environ, "OMP_NUM_THREADS": "1", "COLUMNS": "200"}
CODE = """
import sys, typer
from sartor.cli.console import guarded
from sartor.cli.data import data_app
app = typer.Typer(rich_markup_mode="markdown")
app.add_typer(data_app, name="data")
sys.exit(guarded(app))
"""


def sartor(*args, expect=0):
    done = subprocess.run([sys.executable, "-c", CODE, *map(str, args)], capture_output=True, text=True, env=ENV)
    assert done.returncode == expect, done.stderr[-3000:]
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def table(tmp_path):
    with gzip.open(tmp_path / "mine.tsv.gz", "wt") as out:
        out.write("id\tstructure\n1\tCC(=O)Nc1ccc(O)cc1\n2\tCC(=O)Nc1ccc([O-])cc1.[Na+]\n3\tCCO\n4\tbad\n")
    return tmp_path / "mine.tsv.gz"


def test_help_teaches():
    text = sartor("data", "standardize", "--help").stdout
    assert "Example: sartor data standardize" in text
    assert "pip install 'sartor[notations]'" in " ".join(text.split())
    for option in ("--workers", "--max-heavy", "--min-heavy", "--column", "--notation", "--limit", "--fresh", "--json"):
        assert option in text


def test_a_corpus_is_made_told_and_left_alone_the_second_time(table, tmp_path):
    args = ("data", "standardize", table, "-o", tmp_path / "out", "--column", "structure", "--json")
    done = sartor(*args)
    report = json.loads(done.stdout)
    assert report["folder"] == str(tmp_path / "out") and report["read"] == 4 and sum(report["kept"].values()) == 1
    assert report["settings"] == {
        "min_heavy": 6,
        "max_heavy": 70,
        "column": "structure",
        "notation": "auto",
        "limit": 0,
    }
    assert report["run"]["workers"] == 2
    for words in ("4 rows read", "1  dropped: double after standardization", "1  dropped: too small", "dropped.tsv"):
        assert words in done.stderr
    again = sartor(*args)
    assert "finished" in again.stderr and json.loads(again.stdout) == report
    other = sartor(*args, "--max-heavy", 30, expect=2)
    assert "max_heavy: 70 there, 30 asked for" in other.stderr and "--fresh" in other.stderr
    fresh = sartor(*args, "--max-heavy", 30, "--fresh", "--workers", 1)
    assert json.loads(fresh.stdout)["max_heavy_atoms"] == 30


def test_errors_are_one_message_and_an_exit_code(table, tmp_path):
    done = sartor("data", "standardize", table, "-o", tmp_path / "out", expect=3)
    assert "expected a column 'smiles'" in done.stderr and "id, structure" in done.stderr
    sartor("data", "standardize", table, "-o", tmp_path / "out", "--notation", "inchi", expect=2)
    sartor("data", "standardize", "-o", tmp_path / "out", expect=2)
    done = sartor("data", "standardize", table, "-o", table, "--column", "structure", expect=2)
    assert "cannot write into" in done.stderr


def test_nothing_kept_says_where_to_look(tmp_path):
    (tmp_path / "a.smi").write_text("bad\n")
    done = sartor("data", "standardize", tmp_path / "a.smi", "-o", tmp_path / "out", "--workers", 1)
    assert "Nothing was kept" in done.stderr
