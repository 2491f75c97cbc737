"""The whole walk on a shipped case with a small budget: every artefact, every promise of the answer."""

import json

import numpy as np
import pytest

import sartor
from sartor.app.examples import folder
from sartor.app.provenance import Audit
from sartor.report.tables import read_ledger


def small(order, molecules=400):
    budget = order.optimize.budget.model_copy(update={"molecules": molecules, "minutes": 30.0})
    return order.model_copy(
        update={
            "optimize": order.optimize.model_copy(update={"budget": budget}),
            "shortlist": order.shortlist.model_copy(update={"size": 5}),
        }
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    order = small(sartor.read_order(folder() / "psychiatry-drd2" / "case.toml"))
    out = tmp_path_factory.mktemp("run")
    return order, sartor.design(order, out), out


def test_every_stage_leaves_its_artefact(run):
    _, answer, out = run
    for name in (
        "1-patient.json",
        "2-brief.json",
        "2-brief.md",
        "3-ledger.parquet",
        "4-shortlist.csv",
        "4-shortlist.sdf",
        "5-dossier.html",
        "5-dossier.json",
        "audit.jsonl",
    ):
        assert (out / name).stat().st_size > 0, name
    assert Audit(out).intact()
    assert 1 <= len(answer.shortlist) <= 5


def test_the_shortlist_keeps_its_promises(run):
    _, answer, _ = run
    totals = [c.total for c in answer.shortlist]
    assert totals == sorted(totals, reverse=True)
    for c in answer.shortlist:
        assert c.meets_all and c.reasons
        assert all(r.evidence for r in c.reasons)
        assert set(c.readings) == {a.name for a in (*answer.brief.objectives, *answer.brief.constraints)}


def test_the_ledger_travels(run):
    _, answer, out = run
    ledger = read_ledger(out / "3-ledger.parquet")
    assert len(ledger) == answer.figures["tried"] <= 400
    assert all(np.isnan(r.value) == bool(r.why_not) for c in ledger.candidates for r in c.readings.values())


def test_a_second_run_of_the_same_order_reuses_everything_and_agrees(run):
    order, answer, out = run
    again = sartor.design(order, out)
    assert [c.smiles for c in again.shortlist] == [c.smiles for c in answer.shortlist]
    events = [json.loads(line)["event"] for line in (out / "audit.jsonl").read_text().splitlines()]
    assert "resumed" in events and "reused" in events


def test_the_same_order_and_seed_give_the_same_shortlist(run, tmp_path):
    order, answer, _ = run
    again = sartor.design(order, tmp_path / "again")
    assert [(c.smiles, c.total) for c in again.shortlist] == [(c.smiles, c.total) for c in answer.shortlist]


def test_an_impossible_brief_ends_in_a_refusal_that_names_the_constraint(run, tmp_path):
    order, _, out = run
    data = json.loads((out / "2-brief.json").read_text())
    size = next(c for c in data["constraints"] if c["scorer"] == "molecular_weight")
    size["limit"] = 1.0
    (tmp_path / "2-brief.json").write_text(json.dumps(data))
    with pytest.raises(sartor.Refusal, match=size["name"]):
        sartor.design(small(order, 60), tmp_path / "out", start=tmp_path / "2-brief.json")


def test_the_dossier_is_self_contained_and_carries_its_warning(run):
    _, answer, out = run
    page = (out / "5-dossier.html").read_text()
    assert 'src="http' not in page and "<script src" not in page and 'href="http' not in page
    assert "esearch use only" in page
    assert answer.shortlist[0].smiles in page.replace("&#39;", "'")
