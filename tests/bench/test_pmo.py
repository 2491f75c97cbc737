import gzip
import io
import json
import re

import numpy as np
import polars as pl
import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from sartor.bench import pmo_classifiers
from sartor.bench.guacamol import GRAPH_GA, score
from sartor.bench.pmo import FIGURES, from_list, measure_many, measure_task, read_start, summary
from sartor.bench.pmo_check import turned
from sartor.bench.pmo_meter import Meter, auc, described, top
from sartor.bench.pmo_methods import METHODS
from sartor.bench.pmo_picture import best_ten, curves_svg
from sartor.bench.pmo_tasks import ALBUTEROL, CELECOXIB, GUACAMOL, HOPPED, MESTRANOL, PMO, oracle
from sartor.chem.parse import parse
from sartor.cli.pmo_measuring import _tables, register
from sartor.core import IntakeError, OrderError, PartError
from sartor.facts.pmo import published

QUINAZOLINE = "COc1cc2ncnc(Nc3ccccc3)c2cc1C"


@pytest.fixture
def start(tmp_path, drugs):
    path = tmp_path / "start.smi"
    path.write_text("\n".join([*drugs, "(("]))
    return path


@pytest.fixture
def run():
    app = typer.Typer()
    register(app)
    return lambda *args: CliRunner().invoke(app, [str(a) for a in args])


@pytest.mark.parametrize(
    "task, smiles, wanted",
    [
        ("celecoxib_rediscovery", CELECOXIB, 1.0),
        ("albuterol_similarity", ALBUTEROL, 1.0),
        ("mestranol_similarity", MESTRANOL, 1.0),
        ("isomers_c7h8n2o2", "NNC(=O)c1ccc(O)cc1", 1.0),
        ("isomers_c11h24", "CCCCCCCCCCC", 1.0),
        ("valsartan_smarts", CELECOXIB, 0.0),
    ],
)
def test_oracles_at_molecules_whose_score_is_known(task, smiles, wanted):
    found = oracle(task)(parse(smiles))
    assert found == pytest.approx(wanted)


def test_isomers_count_hydrogens():
    # C7H8O2: two nitrogens short of C7H8N2O2, so the worths are 1, 1, exp(-2), 1 and exp(-0.5 * (2/2)^2)
    assert oracle("isomers_c7h8n2o2")(parse("COc1ccccc1O")) == pytest.approx(np.exp((-2.0 - 0.5) / 5))


def test_perindopril_wants_two_aromatic_rings():
    one, two = parse("CCOC(=O)C(CCC)Nc1ccccc1"), parse("CCOC(=O)C(CCC)N(c1ccccc1)c1ccccc1")
    assert oracle("perindopril_mpo")(two) > oracle("perindopril_mpo")(one)


def test_the_two_hops_keep_their_own_patterns():
    scaffold, deco = oracle("scaffold_hop"), oracle("deco_hop")
    with_scaffold, without = parse(QUINAZOLINE), parse("CCCCO")
    assert deco(with_scaffold) - deco(without) > 0.2
    assert scaffold(parse(HOPPED)) == pytest.approx(2 / 3)  # the same decoration, but no other scaffold
    assert deco(parse(HOPPED)) == pytest.approx(2 / 4)
    assert turned(deco)(without) == pytest.approx(deco(without) + 0.25)


def test_twenty_tasks_each():
    assert len(PMO) == len(GUACAMOL) == len(GRAPH_GA) == 20
    assert set(GUACAMOL) == set(GRAPH_GA)
    assert sum(GRAPH_GA.values()) == pytest.approx(17.983, abs=0.002)
    with pytest.raises(OrderError, match="no task"):
        oracle("jnk4")


def test_auc_is_mol_opts():
    values = [0.1] * 100 + [0.5] * 100 + [0.9] * 50
    # best ten: 0.1 at 100, 0.5 at 200, 0.9 at 250
    wanted = (100 * 0.05 + 100 * 0.3 + 50 * 0.7) / 250
    assert auc(values, 10, 250) == pytest.approx(wanted)
    assert auc(values, 10, 500) == pytest.approx((wanted * 250 + 250 * 0.9) / 500)
    assert auc(values, 1, 250) == pytest.approx(wanted)
    assert auc([1.0] * 300, 10, 300) == pytest.approx((50 + 200) / 300)
    assert auc([], 10, 100) == 0.0


def test_the_meter_counts_distinct_molecules():
    meter = Meter(lambda mol: mol.GetNumAtoms() / 10, 2)
    assert meter("CCO") == meter("OCC") == pytest.approx(0.3)
    assert meter("((") == 0.0
    assert len(meter.scores) == 1
    assert meter("C") == pytest.approx(0.1)
    assert meter("CC") is None
    assert meter("OCC") == pytest.approx(0.3)
    assert meter.over()


def test_what_is_said_of_the_best():
    found = described(["c1ccccc1CCN", "CC(=O)Oc1ccccc1C(=O)O"])
    assert 0 < found["diversity"] < 1
    assert 1 < found["sa"] < 3
    assert described(["CC(C)Cc1ccc(C(C)C(=O)O)cc1"])["rule_filter"] == 1.0
    assert described(["O=[N+]([O-])c1ccc([N+](=O)[O-])cc1"])["rule_filter"] == 0.0


@pytest.mark.parametrize("method", [m for m in METHODS if m not in ("random", "reinvent")])
def test_methods_climb_within_the_budget(method, start):
    calls = {"gp-bo": 40, "default": 100}.get(method, 160)
    row = measure_task("isomers_c7h8n2o2", calls=calls, method=method, start=start)
    assert row["calls"] == calls
    values = list(row["scores"].values())
    assert row["top10"] > np.mean(sorted(values[:20])[-10:]) + 0.02
    assert row["seconds_cpu"] > 0
    if method != "gp-bo":
        again = measure_task("isomers_c7h8n2o2", calls=calls, method=method, start=start)
        assert again["scores"] == row["scores"]


def test_random_takes_the_file_and_stops_where_it_ends(start, drugs):
    row = measure_task("qed", calls=500, method="random", start=start)
    assert row["calls"] == len(drugs)
    assert set(row["scores"]) == set(drugs)


def test_free_labels_are_told_and_not_counted(start, drugs):
    row = measure_task("isomers_c7h8n2o2", "b", calls=40, start=start)
    assert row["free_labels"] == len(drugs)
    assert row["calls"] == 40
    assert not set(row["scores"]) & set(drugs)
    with pytest.raises(OrderError, match="--start"):
        measure_task("qed", "b")


def test_finished_runs_are_read_and_summed_up(tmp_path, start):
    asked = {"calls": 30, "method": "random", "start": start}
    first = measure_many(["qed", "median1"], [0, 1], tmp_path / "out", **asked)
    spoken = []
    again = measure_many(["qed", "median1"], [0, 1, 2], tmp_path / "out", say=spoken.append, **asked)
    assert again[0] == first[0] and len(spoken) == 2 and len(again) == 6
    total = summary(again)
    assert total["tasks"]["qed"]["seeds"] == 3
    assert total["tasks"]["qed"]["auc_top10_sd"] >= 0
    assert not total["complete"]
    lines = (tmp_path / "out" / "random-a-30" / "qed-0.tsv").read_text().splitlines()
    assert lines[0] == "smiles\tscore" and len(lines) == 31


def test_learning_curves_are_those_of_the_runs(tmp_path, start):
    values = [0.1, 0.9, *[0.2] * 9, 0.8]
    assert best_ten(values, 5) == [(n, pytest.approx(top(values[:n], 10))) for n in (5, 10, 12)]
    measure_many(["qed"], [0, 1], tmp_path, start=start, calls=12, method="random")
    drawn = curves_svg(tmp_path)
    assert drawn.count("<polyline") == 2 and "random, track a" in drawn
    with pytest.raises(IntakeError, match="no finished run"):
        curves_svg(tmp_path / "empty")


def test_start_files(tmp_path, start, drugs):
    assert read_start(start) == drugs
    fresh = from_list(drugs, np.random.default_rng(0))
    drawn = [*fresh(20, None), *fresh(1000, None)]
    assert sorted(drawn) == sorted(drugs) and drawn != drugs
    (tmp_path / "bad.smi").write_text("smiles\n((\n")
    with pytest.raises(IntakeError, match="not one valid"):
        read_start(tmp_path / "bad.smi")


def test_published_figures():
    assert published("a")["celecoxib_rediscovery"]["GP BO"] == 0.860
    assert published("b")["qed"]["InVirtuoGen"] == 0.943
    sums = {m: sum(row[m] for t, row in published("a").items() if t in PMO) for m in ("GP BO", "InVirtuoGen")}
    assert sums["InVirtuoGen"] == pytest.approx(13.91, abs=0.01)
    assert sums["GP BO"] == pytest.approx(13.74, abs=0.01)


def test_command_ends_with_one_line(run, tmp_path, start):
    done = run("pmo", "--task", "median1", "--calls", 30, "--method", "random", "--start", start, "--json")
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    wanted = "auc_top1 auc_top10 auc_top100 calls seconds_total seconds_oracle diversity sa rule_filter track seed"
    assert set(wanted.split()) <= set(figures)
    for args in (
        ("--task", "no_such"),
        ("--track", "c"),
        ("--method", "luck"),
        ("--seeds", "a,b"),
        ("--oracle-check",),
    ):
        assert isinstance(run("pmo", *args).exception, OrderError), args


def test_oracle_check_knows_a_fixture_made_after_scaffold_hop(run, tmp_path, drugs):
    mols = [parse(s) for s in drugs[:6]]
    table = {t: [oracle(t)(m) for m in mols] for t in PMO}
    table["deco_hop"] = [turned(oracle("deco_hop"))(m) for m in mols]
    pl.DataFrame({"smiles": drugs[:6]}).write_csv(tmp_path / "zinc.csv")
    pl.DataFrame(table).write_parquet(tmp_path / "scores.parquet")
    done = run("pmo", "--oracle-check", "--fixture", tmp_path, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert max(found["max_delta"].values()) < 1e-9
    assert found["tasks"]["deco_hop"]["as_defined"] == pytest.approx(0.25)
    table["qed"][2] += 0.01
    pl.DataFrame(table).write_parquet(tmp_path / "scores.parquet")
    done = run("pmo", "--oracle-check", "--fixture", tmp_path, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout.strip().splitlines()[-1])["failed"] == ["qed"]


def test_classifiers_are_trained_not_shipped(run, tmp_path, monkeypatch, drugs, chains):
    sklearn = pytest.importorskip("sklearn.ensemble")
    monkeypatch.setenv("SARTOR_CACHE", str(tmp_path / "cache"))
    pmo_classifiers.classifier.cache_clear()
    with pytest.raises(PartError, match="pmo-oracles"):
        oracle.__wrapped__("gsk3b")
    rows = [f"{s},1" for s in drugs] + [f"{s},0" for s in chains]
    (tmp_path / "gsk3.txt.gz").write_bytes(gzip.compress("\n".join(["smiles,gsk3", *rows]).encode()))
    done = run("pmo-oracles", "--data", tmp_path, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert told["gsk3b"]["labels"] == 100 and not told["jnk3"]["trained"]
    x, y = pmo_classifiers.read_labels(tmp_path / "gsk3.txt.gz")
    wanted = sklearn.RandomForestClassifier(100, random_state=0).fit(x, y).predict_proba(x)[:, 1]
    ours = [oracle.__wrapped__("gsk3b")(parse(s)) for s in [*drugs, *chains]]
    np.testing.assert_allclose(ours, wanted, atol=1e-6)
    pmo_classifiers.classifier.cache_clear()


def test_guacamol_scores(run, start):
    assert score("celecoxib_rediscovery", [0.2, 0.7]) == pytest.approx(0.7)
    assert score("median1", [0.5] * 10) == pytest.approx((0.5 + 0.5 + 0.05) / 3)
    assert score("isomers_c11h24", [1.0] * 159) == pytest.approx(1.0)
    done = run("guacamol", "--task", "median1,isomers_c11h24", "--calls", 30, "--method", "random", "--start", start,
               "--json")  # fmt: skip
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["sum"] == pytest.approx(sum(row["score"] for row in found["tasks"].values()))
    assert found["calls"] == 30


def test_the_tables_name_the_best_published_and_fit_eighty_columns() -> None:
    row = dict.fromkeys(FIGURES, 0.5) | {"auc_top10": 0.6, "auc_top10_sd": 0.01, "seconds_total": 600.0}
    total = {
        "tasks": dict.fromkeys(PMO, row),
        "complete": True,
        "retrained_tasks": [],
        "sum_auc_top10_rdkit": 12.0,
    }
    console = Console(width=80, record=True, file=io.StringIO())
    for table in _tables(total, "a", 10_000, "default"):
        console.print(table)
    text = console.export_text()
    assert re.search(r"valsartan_smarts\W+0\.600\W+0\.010\W+0\.238\W+SynGBO", text)
    assert re.search(r"sum of 20\W+12\.00\W+13\.91\W+InVirtuoGen", text)
    assert "…" not in text and max(map(len, text.splitlines())) <= 80
