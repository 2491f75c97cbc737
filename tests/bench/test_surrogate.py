import json

import numpy as np
import pytest
from typer.testing import CliRunner

from sartor.bench.surrogate import measure_surrogates
from sartor.cli.commands import app
from sartor.core import OrderError
from sartor.optimize.search import Reinforcement
from sartor.report.files import write_brief
from sartor.report.tables import write_ledger
from sartor.testing.toys import ToyBudget, ToyGenerator, ToyJudge
from sartor.train.admet_bootstrap import ranks


@pytest.fixture(scope="module")
def design(tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    judge = ToyJudge()
    config = Reinforcement.Config(batch=64, first=64, per_scaffold=500, surplus=1.0)
    ledger = Reinforcement(config).search([ToyGenerator(length=9)], judge, ToyBudget(450), np.random.default_rng(1))
    write_ledger(ledger, folder)
    write_brief(judge.brief, folder)
    return folder


def test_both_models_foresee_a_smooth_landscape_and_the_table_is_told(design):
    got = CliRunner().invoke(app, ["bench", "surrogate", str(design), "--after", "128", "--seeds", "0", "--json"])
    assert got.exit_code == 0, got.output
    told = json.loads(got.stdout.splitlines()[-1])[str(design)]["128"]
    assert set(told) == {"process", "ensemble"}
    for row in told.values():
        assert row["rank"]["mean"] > 0.5 and 0.5 * row["best"]["mean"] < row["picked"]["mean"] <= row["best"]["mean"]


def test_what_is_too_short_or_no_design_is_refused(design, tmp_path):
    with pytest.raises(OrderError, match="wants 656"):
        measure_surrogates([design], [400], [0])
    with pytest.raises(OrderError, match="not a finished design"):
        measure_surrogates([tmp_path], [100], [0])


def test_equal_values_share_their_mean_rank():
    assert (ranks(np.array([3.0, 1.0, 3.0, 7.0])) - 1.0).tolist() == [1.5, 0.0, 1.5, 3.0]
