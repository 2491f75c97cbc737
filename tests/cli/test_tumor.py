"""``sartor tumor``: one JSON line that tells variants, tiers, targets and what was left out."""

import json
import sys
from pathlib import Path

import pytest

from sartor.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, dict]:
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(sys, "argv", ["sartor", "tumor", *args, "--json"])
    try:
        with pytest.raises(SystemExit) as stop:
            main()
    finally:
        monkeypatch.undo()
    code = int(stop.value.code or 0)
    out = capsys.readouterr().out.strip().splitlines()
    return code, json.loads(out[-1]) if out else {}


def test_the_lung_example(capsys: pytest.CaptureFixture[str]) -> None:
    path = EXAMPLES / "lung-egfr" / "tumor.vcf"
    code, report = run(capsys, str(path), "--disease", "lung adenocarcinoma")
    assert code == 0 and report["assembly"] == "GRCh38" and report["disease"]["known"] == "lung adenocarcinoma"
    by = {v["change"]: v for v in report["variants"]}
    assert by["L858R"]["tier"] == "I-A" and not by["L858R"]["resistance_mutation"] and "L858" in by["L858R"]["hotspot"]
    assert by["T790M"]["resistance_mutation"] and any("erlotinib" in r["therapy"] for r in by["T790M"]["resistance"])
    row = by["L858R"]["evidence"][0]
    assert {"level", "direction", "disease", "therapy", "match", "pmid", "source_id"} <= set(row) and row["source_id"]
    best = report["targets"][0]
    assert best["gene"] == "EGFR" and [t["name"] for t in best["terms"]] == ["tier", "fit", "direct", "measured"]
    assert report["proposed"]["mutant_form"] == "EGFR L858R/T790M"
    assert [x["gene"] for x in report["not_targets"]] == ["TP53"]
    assert report["left_out"] and "TUMOR" not in json.dumps(report["sample"]) and report["sample"]


def test_limits_tables_and_expression(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    listed, cnv, fusions, levels = (tmp_path / n for n in ("t.txt", "c.csv", "f.csv", "e.tsv"))
    listed.write_text("EGFR L858R 0.03\nTP53 R273H 0.4\n")
    cnv.write_text("gene,copies\nMET,12\n")
    fusions.write_text("gene5,gene3\nEML4,ALK\n")
    levels.write_text("gene\ttpm\nALK\t12\nMET\t0.1\n")
    files = ("--cnv", str(cnv), "--fusions", str(fusions), "--expression", str(levels))
    _, report = run(capsys, str(listed), "--disease", "NSCLC", *files)
    assert [x["change"] for x in report["left_out"]] == ["L858R"]
    assert {v["gene"] for v in report["variants"]} == {"TP53", "MET", "EML4", "ALK"}
    terms = {t["gene"]: {x["name"]: x["value"] for x in t["terms"]} for t in report["targets"]}
    assert terms["ALK"]["expressed"] == 1.0 and terms["MET"]["expressed"] == 0.5
    _, lower = run(capsys, str(listed), "--disease", "NSCLC", "--min-vaf", "0.01")
    assert "EGFR" in {v["gene"] for v in lower["variants"]} and lower["left_out"] == []


def test_an_unknown_disease_gets_the_nearest_names(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text("BRAF V600E\n")
    code, report = run(capsys, str(path), "--disease", "melanomatous growth of skin")
    assert code == 0 and report["disease"]["known"] is None and report["disease"]["nearest"]
    assert report["variants"][0]["tier"] == "II-C" and any("no table of ours knows" in n for n in report["notes"])


def test_a_bad_file_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, report = run(capsys, str(tmp_path / "none.vcf"), "--disease", "melanoma")
    assert code == 3 and report == {}
