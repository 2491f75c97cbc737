"""``sartor propose``, ``learn`` and ``ledger`` end in one JSON line; errors are told, not thrown."""

import json
import sys

import pytest

from sartor.cli import main


def run(monkeypatch, capsys, *args):
    monkeypatch.setattr(sys, "argv", ["sartor", *map(str, args)])
    with pytest.raises(SystemExit) as stop:
        main()
    got = capsys.readouterr()
    return int(stop.value.code or 0), got.out, got.err


def test_a_campaign_by_hand(tmp_path, monkeypatch, capsys):
    pool = tmp_path / "pool.smi"
    pool.write_text("".join(f"c1ccc(cc1)C(=O)N{'C' * n}\n" for n in range(1, 12)))
    table = tmp_path / "r.csv"
    table.write_text("smiles,value,unit\nc1ccc(cc1)C(=O)NC,5.5,pIC50\nc1ccc(cc1)C(=O)NCCC,6.2,pIC50\nx,1,nM\n")
    place = tmp_path / "campaign"
    code, out, err = run(monkeypatch, capsys, "learn", table, "--campaign", place, "--target", "NONE1", "--json")
    told = json.loads(out.splitlines()[-1])
    assert code == 0 and told["new"] == 2 and told["refused"][0]["row"] == 4 and "row 4 refused" in err
    code, out, _ = run(monkeypatch, capsys, "propose", place, "--pool", pool, "--next", "3",
                       "--min-distance", "0", "--json")  # fmt: skip
    made = json.loads(out.splitlines()[-1])
    assert code == 0 and [m["id"] for m in made["molecules"]] == ["B001-01", "B001-02", "B001-03"]
    code, _, err = run(monkeypatch, capsys, "propose", place, "--policy", "best")
    assert code == 2 and "improvement" in err
    code, _, err = run(monkeypatch, capsys, "ledger", tmp_path)
    assert code == 3 and "ledger" in err
