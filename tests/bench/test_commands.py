import json

import pytest
import typer
from typer.testing import CliRunner

from sartor.cli.measuring import register
from sartor.core import OrderError

pytest.importorskip("fcd_torch")


@pytest.fixture
def run():
    app = typer.Typer()
    register(app)
    return lambda *args: CliRunner().invoke(app, [str(a) for a in args])


def test_somebody_elses_samples_are_measured(run, tmp_path, drugs):
    (tmp_path / "holdout.smi").write_text("\n".join(drugs))
    (tmp_path / "train.smi").write_text("\n".join(drugs[:15]))
    (tmp_path / "a.smi").write_text("\n".join([*drugs, "((", *drugs[1:]]))
    done = run(
        "guacamol-dist", "--from", tmp_path / "a.smi", "--reference", tmp_path / "holdout.smi", "--samples", 60,
        "--seeds", 2, "--train", tmp_path / "train.smi", "--json",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    shares = ("validity", "uniqueness", "novelty", "kl", "fcd", "fcd_score")
    for key in (*shares, "seeds", "spread", "samples", "reference", "model"):
        assert key in figures
    assert figures["model"] == "a.smi"
    assert figures["reference"] == "holdout.smi"
    assert len(figures["seeds"]) == 2
    assert figures["validity"] == pytest.approx((60 + 59) / 120)
    assert figures["novelty"] == pytest.approx(0.75, abs=0.01)
    assert list(tmp_path.glob("holdout.smi.chemnet-*.npz"))


def test_moses_table_beside_each_other(run, tmp_path, drugs):
    for name, smiles in (("train", drugs[:30]), ("test", drugs[30:45]), ("test_scaffolds", drugs[45:])):
        (tmp_path / f"{name}.smi").write_text("\n".join(smiles))
    (tmp_path / "a.smi").write_text("\n".join(drugs[30:]))
    done = run("moses", "--data", tmp_path, "--from", f"ours={tmp_path / 'a.smi'}", "--from", f"b={tmp_path / 'a.smi'}")
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    assert set(figures["models"]) == {"ours", "b"}
    assert figures["models"]["ours"]["valid"] == 1.0


def test_orders_that_make_no_sense(run, tmp_path):
    for args in (("guacamol-dist",), ("guacamol-dist", "--model", "prior", "--from", "x.smi")):
        done = run(*args)
        assert isinstance(done.exception, OrderError)
        assert "either --model or --from" in str(done.exception)
    done = run("moses", "--data", tmp_path, "--from", "samples.smi")
    assert "name=samples.smi" in str(done.exception)
