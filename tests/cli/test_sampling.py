"""Sampling, the autoencoder and fine-tuning as a person or a script meets them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from sartor.chem.parse import batch, canonical
from sartor.ml import weights
from sartor.ml.tokenizer import learn_tokenizer
from sartor.ml.vae import Vae, VaeShape

TEXTS = ["CCOC(C)=O", "CCNC(C)=O", "CCCCCCl", "OCCc1ccccc1", "CC(C)CO", "OC1CCCC1"]


ENV = {**os.environ, "OMP_NUM_THREADS": "1", "COLUMNS": "200"}


def sartor(*args, expect=0):
    code = "import sys; from sartor.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, *map(str, args)], capture_output=True, text=True, env=ENV)
    assert done.returncode == expect, done.stderr[-3000:]
    return done


@pytest.fixture(scope="module")
def untrained(tmp_path_factory):
    """The path of an autoencoder that has learned nothing: its answers are of the right kind, not good."""
    torch.manual_seed(0)
    model = Vae(learn_tokenizer(TEXTS * 5, 4), VaeShape(1, 1, 16, 2, 3, 2))
    folder = tmp_path_factory.mktemp("vae")
    weights.save("tiny", model.arrays(), {**model.describe(), "name": "tiny", "licence": "own"}, folder)
    return folder / "tiny.safetensors"


def test_raw_samples_are_one_a_line_and_filtered_ones_are_molecules(tmp_path):
    raw, new = tmp_path / "raw.smi", tmp_path / "new.smi"
    said = json.loads(sartor("sample", "-n", 40, "--model", "prior", "--raw", "-o", raw, "--json").stdout)
    assert said["written"] == 40 == len(raw.read_text().splitlines())
    again = tmp_path / "again.smi"
    sartor("sample", "-n", 40, "--model", "prior", "--raw", "-o", again)
    assert again.read_text() == raw.read_text()
    said = json.loads(sartor("sample", "-n", 25, "--model", "prior", "-o", new, "--json").stdout)
    mols, bad = batch(new.read_text().splitlines())
    assert len(mols) == 25 == len(set(mols.smiles)) and not bad and said["drawn"] >= 25
    sartor("sample", "-n", 5, "--model", "prior", "-o", tmp_path / "new.sdf")
    assert (tmp_path / "new.sdf").read_text().count("$$$$") == 5


def test_a_model_that_is_not_there_ends_in_one_message(tmp_path):
    done = sartor("sample", "-n", 4, "--model", "nothing", "-o", tmp_path / "x.smi", expect=4)
    assert "nothing" in done.stderr and "prior" in done.stderr and "Traceback" not in done.stderr


def test_latents_go_to_a_file_and_back(tmp_path, untrained):
    mine, latents, back = tmp_path / "mine.smi", tmp_path / "z.npz", tmp_path / "back.smi"
    mine.write_text("CCOC(C)=O first\nO=C(C)OCC\nC[Pt]C\n")
    said = json.loads(sartor("vae", "encode", mine, "-o", latents, "--model", untrained, "--json").stdout)
    kept = np.load(latents)
    assert (said["encoded"], said["without"], said["dimensions"]) == (2, 1, 32) == (2, 1, kept["latents"].shape[1])
    assert np.array_equal(kept["latents"][0], kept["latents"][1]) and "[Pt]" in kept["problem"][2]
    said = json.loads(sartor("vae", "decode", latents, "-o", back, "--model", untrained, "--json").stdout)
    lines = back.read_text().split("\n")[:3]
    assert said["latents"] == 3 and lines[2] == "" and all(canonical(x) == x for x in lines if x)
    done = sartor("vae", "decode", mine, "-o", back, "--model", untrained, expect=2)
    assert "latents" in done.stderr


def test_paths_and_neighbourhoods_are_molecules(untrained):
    way = json.loads(sartor("vae", "interpolate", *TEXTS[:2], "--steps", 4, "--model", untrained, "--json").stdout)
    assert len(way["path"]) == 4
    near = json.loads(sartor("vae", "perturb", TEXTS[0], "-n", 6, "--model", untrained, "--json").stdout)
    assert near["drawn"] == 6 and all(canonical(m) == m for m in near["molecules"])
    done = sartor("vae", "interpolate", "C[Pt]C", "CC", "--model", untrained, expect=5)
    assert "[Pt]" in done.stderr


def test_climbing_writes_the_true_properties_of_both_ends(tmp_path, untrained):
    mine, table = tmp_path / "mine.smi", tmp_path / "t.csv"
    mine.write_text("CCOC(C)=O\nC[Pt]C\n")
    said = json.loads(
        sartor("vae", "ascend", mine, "--want", "logp=1", "-o", table, "--model", untrained, "--json").stdout
    )
    assert said["starts"] == 2
    head, first, second = table.read_text().splitlines()
    assert head.startswith("start,found,problem,qed_start,qed_found") and "[Pt]" in second
    assert first.split(",")[3] != "nan"
    done = sartor("vae", "ascend", mine, "--want", "logp", "-o", table, "--model", untrained, expect=2)
    assert "PROPERTY=WEIGHT" in done.stderr


def test_finetuning_needs_enough_molecules(tmp_path):
    few = tmp_path / "few.smi"
    few.write_text("\n".join(TEXTS) + "\n")
    done = sartor("finetune", few, "-o", tmp_path / "out", "--model", "prior", expect=2)
    assert "at least 20" in done.stderr and not Path(tmp_path / "out").exists()


def test_training_on_anybodys_list_gives_weights_that_sample(tmp_path):
    mine = tmp_path / "mine.csv"
    names = [f"{'C' * (i % 7 + 1)}OC(=O)c1ccc({x})cc1" for i, x in enumerate(["F", "Cl", "N", "O", "C", "Br"] * 5)]
    mine.write_text("id,smiles\n" + "".join(f"{i},{s}\n" for i, s in enumerate(names)))
    run = tmp_path / "run"
    options = ("--minutes", 0.02, "--samples", 20, "--cores", 1)
    said = json.loads(sartor("train", "prior", "--data", mine, "-o", run, *options).stdout.splitlines()[-1])
    assert said["step"] > 0 and "validity" in said
    out = tmp_path / "x.smi"
    sartor("sample", "-n", 5, "--raw", "--model", run / "weights/transformer.safetensors", "-o", out)
    assert len(out.read_text().splitlines()) == 5
