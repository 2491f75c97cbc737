import json
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from sartor.bench import search as bench
from sartor.bench.search_cases import judge_maker
from sartor.chem.parse import strict_batch
from sartor.cli.commands import app
from sartor.core import Desirability, Ledger, Objective, OrderError, Patient
from sartor.score.judge import PatientJudge
from sartor.testing.toys import ToyGenerator, ToyScorer, toy_brief

BRIEF = replace(
    toy_brief(),
    objectives=(
        Objective("nitrogens", "nitrogens", "count", Desirability((0.0, 6.0)), 1.0, toy_brief().objectives[0].because),
    ),
    constraints=(),
)
CELECOXIB = "Cc1ccc(-c2cc(C(F)(F)F)nn2-c2ccc(S(N)(=O)=O)cc2)cc1"


def toy_judge(case: str = ""):
    return lambda: PatientJudge(BRIEF, {"nitrogens": ToyScorer("N", "nitrogens")}, Patient())


def test_figures_are_what_they_say():
    judge = toy_judge()()
    ledger = Ledger(judge.judge(strict_batch(["CCCCCCN", "NCCCCN", "CCCO", "CNNCNC"])))
    found = bench.figures(ledger, judge, 4)
    assert found["best"] == pytest.approx(0.5)
    assert found["hypervolume"] == pytest.approx(0.5, abs=0.01)
    assert found["tried"] == 4 and found["met"] == 1.0
    assert found["curve"][-1] == pytest.approx((1 + 2 + 0 + 3) / 6 / 10)
    assert 0 < found["top10_auc"] < found["curve"][-1]


def test_the_bench_goes_on_where_it_stopped_and_shows_the_spread(tmp_path, monkeypatch):
    made = []

    def proposers(variant):
        made.append(variant)
        return [ToyGenerator()]

    monkeypatch.setattr(bench, "judge_maker", toy_judge)
    monkeypatch.setattr(bench, "_proposers", proposers)
    args = ["bench", "search", "--case", "toy", "--variants", "default,no-surrogate", "--molecules", "200",
            "--seeds", "0,1", "--work", str(tmp_path), "--json"]  # fmt: skip
    first = CliRunner().invoke(app, args)
    assert first.exit_code == 0, first.output
    answer = json.loads(first.stdout.splitlines()[-1])
    assert set(answer["variants"]) == {"default", "no-surrogate"} and len(made) == 4
    row = answer["variants"]["default"]
    assert len(row["best"]["values"]) == 2 and row["best"]["sd"] is not None and len(row["curve"]) == 10
    assert {p.suffix for p in tmp_path.iterdir()} == {".json"}
    again = CliRunner().invoke(app, args)
    assert json.loads(again.stdout.splitlines()[-1]) == answer and len(made) == 4


def test_unknown_cases_variants_and_seeds_are_refused(tmp_path):
    with pytest.raises(OrderError, match="known: default"):
        bench.measure_search("x", ["defualt"], 100, [0], tmp_path)
    with pytest.raises(OrderError, match="qed-similarity"):
        judge_maker("nowhere.toml")
    with pytest.raises(OrderError, match="not a valid SMILES"):
        judge_maker("qed-similarity:C1CC")


def test_the_cheap_case_is_best_at_the_molecule_itself():
    found = judge_maker(f"qed-similarity:{CELECOXIB}")().judge(strict_batch([CELECOXIB, "CCCCO"]))
    assert found[0].worth["similarity"] == 1.0 and found[0].total > 0.8 > 0.5 > found[1].total


def test_a_genetic_algorithm_starts_from_another_generator_and_comes_back():
    class Children:
        card = ToyGenerator().card
        parents = {"CCN": ("CC",)}
        pool: tuple[str, ...] = ()

        def propose(self, n, rng):
            return ["CCN"] * n

        def learn(self, smiles, rewards):
            self.pool = tuple(smiles)
            return {}

        def state(self):
            return self.pool

        def restore(self, state):
            self.pool = state

    one = bench.Bred(ToyGenerator(), Children())
    rng = np.random.default_rng(0)
    assert set(one.propose(5, rng)) != {"CCN"}
    one.learn(["CC"], np.ones(1))
    assert one.propose(2, rng) == ["CCN", "CCN"] and one.parents["CCN"] == ("CC",)
    other = bench.Bred(ToyGenerator(), Children())
    other.restore(one.state())
    assert other.propose(1, rng) == ["CCN"]
