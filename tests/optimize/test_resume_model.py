"""The real language model at tiny size: killed or not, the ledger has the same bytes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from sartor.core import Ledger
from sartor.generate.genetic import Genetic
from sartor.generate.language_model import LanguageModel
from sartor.ml.sequence_model import SequenceModel, Shape, pad
from sartor.ml.tokenizer import learn_tokenizer
from sartor.optimize.search import Reinforcement
from sartor.report.tables import write_ledger
from sartor.testing.toys import ToyBudget, ToyJudge

TEXTS = ["CCOC(C)CN", "CCNCCC", "CCCCCl", "c1ccccc1CN", "CC(C)OCC", "OC1CC1CCN", "CC(=O)OCC", "CC(O)CNCC", "NCC(N)CO"]


@pytest.fixture(scope="module")
def model() -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    torch.manual_seed(0)
    made = SequenceModel(learn_tokenizer(TEXTS * 5, 6), Shape("gru", 1, 32, 16))
    rows = pad([made.tokenizer.encode(t) or [] for t in TEXTS])
    optimizer = torch.optim.Adam(made.parameters(), 0.02)
    for _ in range(30):
        loss = -made.log_likelihood(rows).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return made.describe(), made.arrays()


def search(model: Any, stem: Path | None, loss: str, stop: int = 0) -> Ledger:
    rounds: list[int] = []

    def progress(row: dict[str, float]) -> None:
        rounds.append(1)
        if len(rounds) == stop:
            raise KeyboardInterrupt

    settings = {"batch": 16, "first": 32, "checkpoint": 1, "replays": 2, "warm_after": 1, "per_scaffold": 50}
    optimizer = Reinforcement(Reinforcement.Config(**settings))
    if stem is not None:
        optimizer.keep_in(stem)
    config = LanguageModel.Config(loss=loss, replay_random=0.5, half=False)
    generators = [LanguageModel(config, model), Genetic(Genetic.Config())]
    judge = ToyJudge(known=["NCCCNN", "CNCCN"])
    return optimizer.search(generators, judge, ToyBudget(200, 60.0), np.random.default_rng(2), progress)


@pytest.mark.parametrize("loss", ["dap", "tb"])
def test_the_policy_its_optimizer_and_its_warmth_go_on(model: Any, tmp_path: Path, loss: str) -> None:
    whole = search(model, None, loss)
    assert len({row["warmth"] for row in whole.history}) > 1
    search(model, tmp_path / "s", loss, stop=4)
    again = search(model, tmp_path / "s", loss)
    for name, ledger in (("a", whole), ("b", again)):
        (tmp_path / name).mkdir()
        write_ledger(ledger, tmp_path / name)
    assert (tmp_path / "a" / "3-ledger.parquet").read_bytes() == (tmp_path / "b" / "3-ledger.parquet").read_bytes()
