"""Propose and learn over temporary folders: what is promised to a project that uses them for months."""

import csv
import json
from pathlib import Path

import pytest

from sartor.app.campaign import Ask, fates, propose, with_campaign
from sartor.app.learning import learn_results
from sartor.app.ledger import query
from sartor.campaign.notebook import Notebook, opened
from sartor.core import (
    Candidate,
    Constraint,
    DesignBrief,
    Desirability,
    Evidence,
    IntakeError,
    Ledger,
    Lineage,
    Objective,
    OrderError,
    Reading,
    Reason,
    Refusal,
    Target,
)
from sartor.report.files import write_brief
from sartor.report.tables import write_ledger

WHY = (Reason("a test wants it", (Evidence("tests want things", "assumed", "tests"),)),)
TAILS = ("C", "CC", "C(C)C", "N", "O", "F", "Cl", "OC", "N(C)C", "C#N")
CORES = ("c1ccc(cc1)C(=O)NC{}", "c1ccc2c(c1)cccc2C{}", "O=C(Nc1ccc(cc1)c1ccccc1)C{}")
MOLECULES = tuple(core.format(tail) for core in CORES for tail in TAILS)


def brief(gene=""):
    wish = [
        Objective("potency", "potency", "pIC50", Desirability((6.0, 8.0)), 2.0, WHY, {"target": gene})
    ] if gene else []  # fmt: skip
    return DesignBrief(
        "p1",
        "a disease",
        Target(gene or "EGFR"),
        (*wish, Objective("drug-like", "qed", "score", Desirability((0.2, 0.8)), 1.0, WHY)),
        (
            Constraint("weight", "molecular_weight", "Da", "below", 400.0, WHY),
            Constraint("channel", "herg", "probability", "below", 0.5, WHY),
        ),
    )


def candidate(i, smiles, gene):
    from sartor.chem.parse import canonical

    herg = Reading(0.3, 0.1, 0.6, True) if i % 7 else Reading(float("nan"), float("nan"), float("nan"), False, "unfit")
    heavy = 450.0 if i % 5 == 0 else 300.0
    readings = {
        "drug-like": Reading(0.6, 0.6, 0.6, True),
        "weight": Reading(heavy, heavy, heavy, True),
        "channel": herg,
    }
    worth = {"drug-like": 0.1 + 0.02 * i}
    if gene:
        readings["potency"], worth["potency"] = Reading(6.5, 5.5, 7.5, True), 0.25
    unmet = tuple(n for n, bad in (("weight", i % 5 == 0), ("channel", i % 7 == 0)) if bad)
    return Candidate(canonical(smiles), readings, worth, 0.1 + 0.02 * i, unmet, Lineage("toy", (), i), "kept")


def design_folder(folder: Path, gene: str = "", molecules: tuple[str, ...] = MOLECULES) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    write_ledger(Ledger([candidate(i, s, gene) for i, s in enumerate(molecules)]), folder)
    write_brief(brief(gene), folder)
    return folder


@pytest.fixture
def out(tmp_path):
    return design_folder(tmp_path / "out")


def results(path: Path, rows, head="smiles,value,unit"):
    path.write_text(head + "\n" + "".join(f"{r}\n" for r in rows))
    return path


def begun(out, tmp_path):
    """A campaign without a shipped model, with eight first results of other molecules and of the pool."""
    with pytest.raises(Refusal, match="nothing was measured yet"):
        propose(out, Ask(4))
    rows = [f"{s},{5.0 + 0.2 * i},pIC50" for i, s in enumerate(MOLECULES[1:9])]
    return out / "campaign", learn_results(results(tmp_path / "r1.csv", rows), out / "campaign")


def test_propose_learn_propose(out, tmp_path):
    place, told = begun(out, tmp_path)
    assert told["new"] == 8 and told["not_from_this_campaign"] == []
    first = propose(out, Ask(5))
    assert len(first["molecules"]) == 5 and first["batch"] == 1
    assert all(m["why"] and m["low"] < m["expected_pIC50"] < m["high"] for m in first["molecules"])
    made = {m["smiles"] for m in first["molecules"]}
    ledger = {c["smiles"]: c for c in query(out, top=0).rows}
    assert all(ledger[s]["weight"] <= 400 and ledger[s]["channel"] == 0.3 for s in made)  # unknown is not met
    for kind in ("csv", "sdf", "md"):
        assert (place / f"batch-001.{kind}").stat().st_size > 0
    second = propose(place, Ask(3))  # the campaign's folder alone goes on
    assert second["batch"] == 2 and second["pending"] == 5 and not made & {m["smiles"] for m in second["molecules"]}


def test_the_batch_table_filled_in_is_a_results_file(out, tmp_path):
    place, _ = begun(out, tmp_path)
    propose(out, Ask(4))
    with (place / "batch-001.csv").open() as file:
        rows = list(csv.DictReader(file))
    rows[0] |= {"value": "12", "unit": "nM"}
    rows[1] |= {"value": ">10000", "unit": "nM"}
    rows[2] |= {"status": "failed: insoluble"}
    with (tmp_path / "filled.csv").open("w") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    told = learn_results(tmp_path / "filled.csv", place)
    assert (told["new"], told["waiting"], told["failed_assays"], told["refused"]) == (3, 1, 1, [])
    change = told["changes"]
    assert change["numbers"] == 1 and change["bounds"] == 1 and change["foretold"] == 1 and change["new_best"]
    done = fates(opened(place))
    assert sorted(done.values()).count("failed") == 1 and "pending" in done.values()


def test_learning_the_same_twice_changes_nothing(out, tmp_path):
    place, _ = begun(out, tmp_path)
    before, digest = (place / "events.jsonl").read_bytes(), opened(place).digest()
    again = learn_results(tmp_path / "r1.csv", place)
    assert again["new"] == 0 and again["already_known"] == 8
    assert (place / "events.jsonl").read_bytes() == before
    more = results(
        tmp_path / "more.csv", [*(tmp_path / "r1.csv").read_text().splitlines()[1:], f"{MOLECULES[10]},7,pIC50"]
    )
    assert learn_results(more, place)["new"] == 1 and opened(place).digest() != digest


def test_bad_rows_are_refused_and_listed_and_strangers_are_learned_from(out, tmp_path):
    place, _ = begun(out, tmp_path)
    rows = [f"{MOLECULES[10]},7,furlong", "CCOc1ccccc1CC,6.6,pIC50", "not-a-molecule,5,nM", f"{MOLECULES[11]},-4,nM"]
    told = learn_results(results(tmp_path / "r2.csv", rows), place)
    assert [(b["row"], bool(b["came"]), bool(b["expected"])) for b in told["refused"]] == [
        (r, True, True) for r in (2, 4, 5)
    ]
    assert told["new"] == 1 and len(told["not_from_this_campaign"]) == 1
    with pytest.raises(IntakeError, match=r"line 2.*furlong"):
        learn_results(results(tmp_path / "r3.csv", rows[:1]), place)
    assert len(opened(place).results()) == 9


def test_contradictory_results_are_reported_and_nothing_is_lost(out, tmp_path):
    place, _ = begun(out, tmp_path)
    told = learn_results(results(tmp_path / "r2.csv", [f"{MOLECULES[1]},8.5,pIC50"]), place)
    (said,) = told["changes"]["contradictions"]
    assert said["says"] == ["5.00", "8.50"] and said["apart"] == 3.5
    assert len(opened(place).results()) == 9


def test_a_crash_between_the_steps_of_propose_leaves_no_batch_and_the_next_is_the_same(out, tmp_path, monkeypatch):
    place, _ = begun(out, tmp_path)
    plain = Notebook.write

    def dies(self, event, **what):
        if event == "proposed":
            raise KeyboardInterrupt
        plain(self, event, **what)

    with monkeypatch.context() as patch:
        patch.setattr(Notebook, "write", dies)
        with pytest.raises(KeyboardInterrupt):
            propose(out, Ask(4))
    table = (place / "batch-001.csv").read_text()
    assert opened(place).batches() == 0 and not (place / ".lock").exists()
    assert propose(out, Ask(4))["batch"] == 1
    assert (place / "batch-001.csv").read_text() == table


def test_a_pool_from_a_list_and_a_campaign_of_its_own(out, tmp_path):
    begun(out, tmp_path)
    (tmp_path / "plain.smi").write_text("".join(f"{s}\n" for s in (*MOLECULES, "bad(")))
    other = tmp_path / "other"
    told = learn_results(results(tmp_path / "r2.csv", [f"{MOLECULES[0]},6,pIC50", f"{MOLECULES[9]},7,pIC50"]), other,
                         target="NO_SUCH_GENE")  # fmt: skip
    assert "no shipped model" in told["changes"]["model"]
    made = propose(other, Ask(3), pool=tmp_path / "plain.smi")
    assert made["pool"] == len(MOLECULES) and len(made["molecules"]) == 3
    assert propose(other, Ask(3), pool=tmp_path / "plain.smi")["batch"] == 2  # the same list is taken once
    with pytest.raises(OrderError, match="neither a finished design"):
        propose(tmp_path / "nothing", Ask(3))


def test_when_nothing_is_left_it_says_so(out, tmp_path):
    begun(out, tmp_path)
    propose(out, Ask(100, apart=0.0))
    with pytest.raises(Refusal, match="none of the others can meet"):
        propose(out, Ask(3))


def test_the_ledger_answers(out):
    whole = query(out, top=0)
    assert whole.tried == len(MOLECULES) and 0 < whole.hypervolume < 1
    front = query(out, front=True)
    assert len(front.rows) == front.front == 1  # one objective: one best
    heavy = query(out, where=["molecular_weight > 400"], top=0)  # by scorer, through the brief
    assert heavy.fit == 6 and all(r["weight"] > 400 for r in heavy.rows)
    greasy = query(out, where=["logp > 3"], top=0)  # nothing of the brief: told by the structures
    assert 0 < greasy.fit < whole.tried and all(r["logp"] > 3 for r in greasy.rows)
    assert query(out, where=["channel<0.9"], top=0).fit == 25  # an unknown reading meets no condition
    assert [r["total"] for r in query(out, top=3, sort="-total").rows] == sorted(r["total"] for r in whole.rows)[:3]
    for wrong in ("nothing<3", "weight ? 3", "weight<big", "proposer<3"):
        with pytest.raises(OrderError):
            query(out, where=[wrong])


def test_a_campaign_corrects_the_shipped_model_and_the_next_design_searches_with_it(tmp_path):
    from sartor.app import parts
    from sartor.chem.parse import strict_batch
    from sartor.core import Patient

    out = design_folder(tmp_path / "egfr", "EGFR")
    first = propose(out, Ask(4))
    assert first["measured"] == 0 and first["goal"] == 8.0 and "shipped model alone" in first["model"]
    assert all(m["nearest"] is None and "upper tenth" in m["why"] for m in first["molecules"])
    found = [m["smiles"] for m in first["molecules"]]
    asked = brief("EGFR")
    scorers = parts.scorers(DesignBrief("p1", "d", Target("EGFR"), asked.objectives[:1], ()))
    only = DesignBrief("p1", "d", Target("EGFR"), asked.objectives[:1], ())
    view = Patient().view(())
    shipped = scorers["potency"].score(strict_batch(found), view)
    rows = [f"{s},{v + 1.5:.3f},pIC50" for s, v in zip(found, shipped.value, strict=True)]
    told = learn_results(results(tmp_path / "r.csv", rows), out / "campaign")
    assert told["changes"]["bias"] == pytest.approx(1.5, abs=0.05) and told["changes"]["foretold"] == 4
    learned = with_campaign(out / "campaign", only, scorers)["potency"]
    now = learned.score(strict_batch(found), view)
    assert (now.value > shipped.value + 0.5).all() and ((now.high - now.low) < (shipped.high - shipped.low)).all()
    best = max(zip(shipped.value, found, strict=True))[1]
    assert learned.ligands(3)[0] == best and learned.card.version != scorers["potency"].card.version
    assert learned.neighbours(strict_batch([best]), 1)[0][0][0] == best
    with pytest.raises(OrderError, match=r"campaign .* is on EGFR"):
        with_campaign(out / "campaign", DesignBrief("p1", "d", Target("ABL1"), (), ()), {})
    with pytest.raises(OrderError, match="not on ABL1"):
        propose(design_folder(tmp_path / "abl", "ABL1"), Ask(3), campaign=out / "campaign")
    assert json.loads((out / "campaign" / "campaign.json").read_text())["target"] == "EGFR"


def test_an_order_names_a_campaign_and_a_design_is_made_anew_once_it_learned_more(out, tmp_path):
    from sartor.app.order import read_order
    from sartor.app.provenance import fingerprint

    place, _ = begun(out, tmp_path)
    case = tmp_path / "case.toml"
    case.write_text(
        'schema = "sartor/design/1"\n[patient]\nid = "p1"\n[disease]\nname = "a disease"\n[optimize]\n'
        'campaign = "out/campaign"\n'
    )
    order = read_order(case)
    assert order.campaign() == tmp_path / "out" / "campaign"
    before = fingerprint(order)["input.campaign"]
    propose(out, Ask(3))
    assert fingerprint(order)["input.campaign"] == before  # a proposal teaches nothing
    learn_results(results(tmp_path / "r2.csv", [f"{MOLECULES[12]},7,pIC50"]), place)
    assert fingerprint(order)["input.campaign"] != before


def test_a_retraction_takes_back_and_the_journal_keeps_both(out, tmp_path):
    place, _ = begun(out, tmp_path)
    rows = [f"{MOLECULES[8]},,,retracted: swapped vial"]
    told = learn_results(results(tmp_path / "r2.csv", rows, "smiles,value,unit,status"), place)
    assert told["measured"] == 7 and len(told["retracted"]) == 1 and told["failed_assays"] == 0
    assert told["changes"]["best_before"] == 6.4 and told["changes"]["best_after"] == 6.2
    assert len(opened(place).results()) == 9 and len(fates(opened(place))) == 7
    again = learn_results(results(tmp_path / "r3.csv", [f"{MOLECULES[8]},5.1,pIC50"]), place)
    assert again["measured"] == 8 and not again["changes"]["contradictions"]
