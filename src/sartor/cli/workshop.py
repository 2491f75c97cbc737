"""``sartor train …`` and ``sartor bench …``: the recipes of what is shipped, and the measurements of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .console import answer, words

train_app = typer.Typer(
    no_args_is_help=True,
    help="The recipes that made every shipped model and table. They need the data folders named in each model's "
    "card and the `train` extra (`pip install sartor[train]`); every one is resumable.",
)
bench_app = typer.Typer(no_args_is_help=True, help="Measurements, run as commands; each ends with one JSON line.")

Data = Annotated[Path, typer.Option("--data", help="Folder with the training data (see each model's card).")]
Out = Annotated[Path, typer.Option("-o", "--out", help="Work folder: checkpoints, logs and the finished weights.")]
Seed = Annotated[int, typer.Option(help="Seed of the run.")]
Resume = Annotated[bool, typer.Option("--resume/--fresh", help="Go on from the last checkpoint in the work folder.")]
Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]


@train_app.command("prior")
def prior(
    data: Data,
    out: Out,
    minutes: Annotated[float, typer.Option(help="Wall-clock budget of the training.", min=0.1)] = 97.0,
    seed: Seed = 0,
    processes: Annotated[int, typer.Option(help="Processes that share every batch, one thread each.", min=1)] = 2,
    resume: Resume = True,
) -> None:
    """Train the language model of the shipped prior on a standardized corpus (standardized first where needed).

    The corpus is ``chembl_like.tsv.gz``, a table with a smiles column, or a folder made from one. The weights, with
    validity, uniqueness and novelty in their card, are written to the folder ``weights`` in the work folder.
    """
    from sartor.ml.sequence_model import Shape
    from sartor.train.prior import train_prior

    shape = Shape("gru", 2, 512, 128)
    answer(train_prior(data, out, minutes, seed, resume, shape=shape, processes=processes))


@train_app.command("potency")
def potency(data: Data, out: Out, seed: Seed = 20261, resume: Resume = True) -> None:
    """Train the multi-task potency models: five scaffold folds, cards with intervals, the mutant gate."""
    from sartor.train.potency import train_potency

    train_potency(data, out, seed=seed, resume=resume)


@train_app.command("admet")
def admet(data: Data, out: Out, seed: Seed = 20261, resume: Resume = True) -> None:
    """Train the ADMET models: five scaffold folds, calibration, intervals, domain."""
    from sartor.train.admet import train_admet

    train_admet(data, out, seed=seed, resume=resume)


@bench_app.command("loop")
def loop(
    molecules: Annotated[int, typer.Option(help="Molecules to sample and score.", min=64)] = 1000,
    seed: Seed = 20261,
    as_json: Json = False,
) -> None:
    """Molecules per second, per core: sampling, all in-loop scorers together, and the whole loop."""
    from sartor.bench.loop import measure_loop

    figures = measure_loop(molecules, seed)
    for name, value in figures.items():
        words.print(f"{name}: {value:.4g}" if isinstance(value, float) else f"{name}: {value}", markup=False)
    if as_json:
        answer(figures)


@bench_app.command("prior")
def prior_quality(
    samples: Annotated[int, typer.Option(help="Samples at temperature 1.", min=100)] = 10000,
    seed: Seed = 20261,
    as_json: Json = False,
) -> None:
    """Validity, uniqueness and novelty of the shipped prior."""
    from sartor.bench.prior import measure_prior

    figures = measure_prior(samples, seed)
    for name, value in figures.items():
        words.print(f"{name}: {value:.4g}" if isinstance(value, float) else f"{name}: {value}", markup=False)
    if as_json:
        answer(figures)
