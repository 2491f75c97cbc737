"""A project on a shipped case: design, propose, measure, learn, propose, and a second design that begins from it."""

import csv
import json
import sys

import pytest

from sartor.app.examples import folder
from sartor.cli import main

CASE = folder() / "lung-egfr" / "case.toml"
FEW = ("--molecules", "135", "--minutes", "30")


@pytest.fixture
def sartor(monkeypatch, capsys):
    def run(*args):
        monkeypatch.setattr(sys, "argv", ["sartor", *map(str, args)])
        with pytest.raises(SystemExit) as stop:
            main()
        got = capsys.readouterr()
        assert not stop.value.code, got.err
        return json.loads(got.out.splitlines()[-1])

    return run


def filled(path):
    """The batch's table as a laboratory sends it back: results a third of a log unit lower, one failed, two useless."""
    rows = list(csv.DictReader(path.read_text().splitlines()))
    for i, row in enumerate(rows):
        row["value"], row["unit"] = f"{float(row['expected_pIC50']) - 0.3:.2f}", "pIC50"
        if i == 3:
            row["value"], row["status"] = "", "failed"
        if i == 4:
            row["unit"] = "furlong"
        if i == 5:
            row["value"] = "good"
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)
    return rows


def test_two_designs_over_one_campaign_folder(sartor, tmp_path):
    first, second = tmp_path / "one", tmp_path / "two"
    place = first / "campaign"
    designed = sartor("design", CASE, "-o", first, *FEW, "--json")
    assert designed["shortlist"] > 0 and (first / "3-ledger.parquet").exists()
    made = sartor("propose", first, "--next", "8", "--json")
    rows = filled(place / "batch-001.csv")
    told = sartor("learn", place / "batch-001.csv", "--campaign", place, "--json")
    assert told["new"] == 6 and [r["row"] for r in told["refused"]] == [6, 7]  # the heading is row 1
    before = (place / "events.jsonl").read_bytes()
    again = sartor("learn", place / "batch-001.csv", "--campaign", place, "--json")
    assert again["new"] == 0 and (place / "events.jsonl").read_bytes().startswith(before)
    next_batch = sartor("propose", place, "--next", "8", "--json")
    proposed = {m["smiles"] for m in made["molecules"]}
    assert next_batch["batch"] == 2 and proposed.isdisjoint(m["smiles"] for m in next_batch["molecules"])

    sartor("design", CASE, "-o", second, *FEW, "--campaign", place, "--json")
    lines = (second / "audit.jsonl").read_bytes()
    sartor("design", CASE, "-o", second, *FEW, "--campaign", place, "--resume", "--json")
    assert (second / "audit.jsonl").read_bytes().startswith(lines)
    searched = sartor("ledger", second, "--front", "--json")
    assert searched
    joined = sartor("propose", second, "--campaign", place, "--next", "8", "--json")
    assert joined["batch"] == 3 and joined["pool"] > next_batch["pool"] and joined["measured"] == len(rows) - 3
