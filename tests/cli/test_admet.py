import json
import sys

import pytest

from sartor.cli import main


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object):
    monkeypatch.setattr(sys, "argv", ["sartor", *map(str, words)])
    code = 0
    try:
        code = main() or 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, capsys.readouterr().out


def test_a_file_in_a_table_out_and_one_json_line(tmp_path, monkeypatch, capsys):
    (tmp_path / "m.csv").write_text("S\nCCOC(=O)c1ccccc1\nnonsense\n")
    code, said = run(monkeypatch, capsys, "admet", tmp_path / "m.csv", "--smiles-column", "S", "-o", tmp_path / "o.csv",
                     "--endpoint", "herg", "--json")  # fmt: skip
    last = json.loads(said.strip().splitlines()[-1])
    assert code == 0 and last["lines"] == 2 and last["refused"] == 1 and last["endpoints"] == 1
    head = (tmp_path / "o.csv").read_text().splitlines()[0]
    assert head == "line,input,name,smiles,problem,herg,herg_low,herg_high,herg_in_domain,herg_why_not"


def test_the_list_is_json(monkeypatch, capsys):
    code, said = run(monkeypatch, capsys, "admet", "--list", "--json")
    rows = {row["name"]: row for row in json.loads(said.strip().splitlines()[-1])["endpoints"]}
    assert code == 0 and rows["herg"]["tdc_task"] == "hERG" and rows["ppb"]["unit"] == "%"


def test_without_a_file_it_says_what_is_wanted(monkeypatch, capsys):
    code, _ = run(monkeypatch, capsys, "admet")
    assert code == 2


def test_bench_reads_the_record(monkeypatch, capsys):
    code, said = run(monkeypatch, capsys, "bench", "admet", "--no-speed", "--json")
    made = json.loads(said.strip().splitlines()[-1])
    assert code == 0 and made["shared"] == made["better"] + made["equal"] + made["worse"] >= 40
    herg = made["endpoints"]["herg"]
    assert len(herg["splits"]) == 5 and herg["admet_ai"]["task"] == "hERG" and 0 <= herg["ece"] < 0.1


def test_the_critic_command_refuses_without_its_package(tmp_path, monkeypatch, capsys):
    import importlib.util

    if importlib.util.find_spec("admet_ai"):
        pytest.skip("the critic is installed here")
    (tmp_path / "m.smi").write_text("CCOC(=O)c1ccccc1\n")
    code, _ = run(monkeypatch, capsys, "critic", tmp_path / "m.smi")
    assert code == 5
