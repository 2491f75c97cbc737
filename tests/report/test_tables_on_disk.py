import csv
import math
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from sartor.core import Candidate, IntakeError, Ledger, Lineage, OrderError, Reading
from sartor.report.tables import read_ledger, scorer_columns, write_ledger, write_scores, write_shortlist


def same(a: Candidate, b: Candidate) -> bool:
    """Equality where NaN equals NaN."""
    return repr(a) == repr(b)


def test_ledger_round_trip(made, tmp_path):
    dossier, _, ledger, _ = made
    nan = float("nan")
    got = {"size": Reading(nan, nan, nan, False, "no model"), "extra": Reading(1.0, 0.5, math.inf, True)}
    odd = Candidate("C", got, {}, 0.0, ("size",), Lineage("genetic", ("CC", "CO"), 3), "turned away", 0)  # fmt: skip
    full = Ledger([*ledger.candidates, odd, dossier.shortlist[0]], ledger.turned_away, ledger.history, ledger.stopped)
    path = write_ledger(full, tmp_path)
    assert path.name == "3-ledger.parquet"
    again = read_ledger(path)
    assert all(same(a, b) for a, b in zip(full.candidates, again.candidates, strict=True))
    assert again.turned_away == full.turned_away and again.stopped == full.stopped
    assert repr(again.history) == repr(full.history)
    assert again.candidates[-1].reasons == dossier.shortlist[0].reasons


def test_ledger_columns(made, tmp_path):
    frame = pl.read_parquet(write_ledger(made[2], tmp_path))
    assert frame.height == len(made[2])
    for column in ("smiles", "fate", "total", "unmet", "proposer", "parents", "round", "potency on EGFR",
                   "potency on EGFR_low", "potency on EGFR_high", "potency on EGFR_in_domain",
                   "potency on EGFR_why_not", "potency on EGFR_worth", "cardiac channel_high"):  # fmt: skip
        assert column in frame.columns
    assert "cardiac channel_worth" not in frame.columns


def test_same_ledger_same_bytes_and_empty_ledger(made, tmp_path):
    first = write_ledger(made[2], tmp_path).read_bytes()
    assert write_ledger(made[2], tmp_path).read_bytes() == first
    assert len(read_ledger(write_ledger(Ledger(), tmp_path))) == 0


@pytest.mark.parametrize("content", [b"", b"not parquet"])
def test_a_broken_ledger_is_an_intake_error(tmp_path, content):
    path = tmp_path / "3-ledger.parquet"
    path.write_bytes(content)
    with pytest.raises(IntakeError, match="is not a ledger"):
        read_ledger(path)
    with pytest.raises(IntakeError):
        read_ledger(tmp_path / "absent.parquet")


def test_shortlist_csv_and_sdf(made, tmp_path):
    dossier = made[0]
    path = write_shortlist(dossier.shortlist, dossier.brief, tmp_path)
    rows = list(csv.DictReader(path.open()))
    assert [int(r["rank"]) for r in rows] == [c.rank for c in dossier.shortlist]
    assert rows[0]["smiles"] == dossier.shortlist[0].smiles
    assert float(rows[0]["size"]) == pytest.approx(dossier.shortlist[0].readings["size"].value, rel=1e-5)
    sdf = (tmp_path / "4-shortlist.sdf").read_text()
    assert sdf.count("$$$$") == len(dossier.shortlist)
    assert sdf.startswith("rank 1\n") and ">  <total_desirability>" in sdf
    block = sdf.split("M  END")[0]
    atoms = [line.split() for line in block.splitlines() if len(line.split()) == 16]
    assert len({(a[0], a[1]) for a in atoms}) == len(atoms) > 5  # 2D coordinates, all different
    assert all(float(a[2]) == 0 for a in atoms)


def test_sdf_comes_back_as_the_same_molecules(made, tmp_path):
    from rdkit import Chem

    dossier = made[0]
    write_shortlist(dossier.shortlist, dossier.brief, tmp_path)
    read = [Chem.MolToSmiles(m) for m in Chem.SDMolSupplier(str(tmp_path / "4-shortlist.sdf"))]
    assert read == [c.smiles for c in dossier.shortlist]


def test_empty_shortlist_keeps_its_header(made, tmp_path):
    path = write_shortlist([], made[0].brief, tmp_path)
    assert path.read_text().startswith("rank,smiles,total_desirability")


def test_scores_keep_every_line(made, tmp_path):
    dossier = made[0]
    good = dossier.shortlist[0]
    nan = float("nan")
    lost = replace(
        good, readings={**good.readings, "size": Reading(nan, nan, nan, False, "too strange")}, unmet=("size",)
    )
    lines = [(1, good.smiles, "a", ""), (2, "C1CC", "bad, one", "not a valid SMILES"), (5, lost.smiles, "", "")]
    path = write_scores(lines, [good, lost], dossier.brief, tmp_path / "out.csv")
    rows = list(csv.DictReader(path.open()))
    assert [r["line"] for r in rows] == ["1", "2", "5"]
    assert rows[1]["problem"] == "not a valid SMILES" and rows[1]["smiles"] == "" and rows[1]["potency"] == ""
    assert rows[0]["constraints_met"] == "true" and rows[2]["constraints_met"] == "false"
    assert rows[2]["molecular_weight"] == "" and rows[2]["molecular_weight_why_not"] == "too strange"
    for scorer in ("potency", "exposure_ratio", "herg"):
        for suffix in ("", "_low", "_high", "_in_domain"):
            assert rows[0][scorer + suffix] != ""
    assert float(rows[0]["total_desirability"]) == pytest.approx(good.total, rel=1e-5)
    with pytest.raises(ValueError, match="2 lines"):
        write_scores(lines, [good], dossier.brief, tmp_path / "x.csv")


def test_scores_of_only_bad_lines(made, tmp_path):
    path = write_scores([(1, "?", "", "not a valid SMILES")], [], made[0].brief, tmp_path / "out.csv")
    assert path.read_text().count("\n") == 2


def test_one_column_per_scorer_and_settings(made):
    brief = made[0].brief
    wild = replace(brief.objectives[0], name="potency on wild type", settings={"target": "EGFR", "variant": "L858R"})
    twice = replace(brief.constraints[0], name="cardiac again", limit=0.2)
    more = replace(brief, objectives=(*brief.objectives, wild), constraints=(*brief.constraints, twice))
    columns = scorer_columns(more)
    assert columns["potency_EGFR"] == ["potency on EGFR"]
    assert columns["potency_EGFR_L858R"] == ["potency on wild type"]
    assert columns["herg"] == ["cardiac channel", "cardiac again"]


def test_a_name_that_would_hide_another_column_is_refused(made, tmp_path):
    r = Reading(1.0, 1.0, 1.0, True)
    c = Candidate("C", {"size": r, "size_low": r}, {}, 0.0, (), Lineage("x"))
    with pytest.raises(OrderError, match="two columns 'size_low'"):
        write_ledger(Ledger([c]), tmp_path)


def test_numbers_survive_numpy(made, tmp_path):
    c = replace(made[2].candidates[0], total=float(np.float64(0.25)))
    assert read_ledger(write_ledger(Ledger([c]), tmp_path)).candidates[0].total == 0.25
