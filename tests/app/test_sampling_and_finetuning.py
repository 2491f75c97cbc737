from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sartor.app.finetune import Tuning, finetune, split
from sartor.app.sampling import sample_molecules, sample_texts
from sartor.chem.parse import batch
from sartor.core import OrderError, PartError
from sartor.known.index import known
from sartor.ml import weights

SERIES = [
    f"O=C(N{'C' * (i % 5 + 1)}c1ccc({x})cc1)c1cc{y}[nH]1"
    for i, x in enumerate(("F", "Cl", "Br", "C", "OC"))
    for y in ("c", "n")
] + [f"CN({'C' * k})C(=O)c1ccccc1{x}" for k in range(1, 6) for x in ("F", "Cl", "O")]


def test_raw_texts_are_as_many_as_asked_for_and_repeat() -> None:
    one = sample_texts("prior", 40, seed=3)
    assert len(one) == 40 and one == sample_texts("prior", 40, seed=3) != sample_texts("prior", 40, seed=4)
    free = sample_texts("prior", 40, seed=3, grammar=False)
    assert len(free) == 40 and free != one


def test_molecules_are_distinct_valid_and_new_and_the_rest_is_counted() -> None:
    told: list[int] = []
    got = sample_molecules("prior", 60, seed=1, progress=told.append)
    mols, bad = batch(got.smiles)
    assert len(got.smiles) == 60 and not bad and mols.smiles == tuple(got.smiles) and len(set(got.smiles)) == 60
    assert not any(known(got.smiles)) and told[-1] == 60
    assert got.drawn >= 60 and set(got.turned_away) <= {"invalid", "duplicate", "training molecule"} | {
        k for k in got.turned_away if k.startswith(("unstable", "known drug"))
    }


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(PartError, match="called 'nothing'"):
        sample_texts("nothing", 1, seed=0)
    with pytest.raises(PartError, match=r"there is no file"):
        sample_texts("nowhere/x.safetensors", 1, seed=0)


def test_finetuning_lowers_the_held_out_loss_and_reports_copies(tmp_path: Path) -> None:
    source = tmp_path / "series.smi"
    source.write_text("\n".join([*SERIES, SERIES[0], "not a molecule", "C[Pt]C"]) + "\n")
    how = Tuning(epochs=3, rate=1e-3, samples=16, threads=1)
    report = finetune(source, tmp_path / "out", "prior", "mine", how)
    curve = [row["held_out_nats"] for row in report["epochs"]]
    assert curve[0] > min(curve[1:]) and report["kept_epoch"] == int(np.argmin(curve))
    assert report["train"] + report["held_out"] == report["molecules"] == len(set(SERIES))
    assert report["dropped"]["double"] == 1 and sum(report["dropped"].values()) == 3
    assert {"validity", "copies", "nearest_similarity"} <= set(report["epochs"][0])
    card, _ = weights.find(str(tmp_path / "out/mine.safetensors"))
    assert card["went_on_from"] == "prior" and card["finetuning"]["train"] == report["train"]
    assert len(sample_texts(str(tmp_path / "out/mine.safetensors"), 5, seed=0)) == 5


def test_too_few_molecules_are_refused_with_the_counts() -> None:
    with pytest.raises(OrderError, match="at least 20"):
        split(["CCOC(C)=O", "not a molecule"], Tuning())
    train, held, _ = split(SERIES, Tuning())
    assert not set(train) & set(held) and (train, held) == split(SERIES, Tuning())[:2]
