"""``sartor train …`` and ``sartor bench …``: the recipes of what is shipped, and the measurements of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .campaign_measuring import register as register_campaign
from .console import answer, words
from .measuring import register
from .pgx_measuring import register as register_pgx
from .pmo_measuring import register as register_pmo

train_app = typer.Typer(
    no_args_is_help=True,
    help="The recipes that made every shipped model and table. They need the data folders named in each model's "
    "card and the `train` extra (`pip install sartor[train]`); every one is resumable.",
)
bench_app = typer.Typer(no_args_is_help=True, help="Measurements, run as commands; each ends with one JSON line.")

register(bench_app)
register_pgx(bench_app)
register_pmo(bench_app)
register_campaign(bench_app)

Data = Annotated[Path, typer.Option("--data", help="File or folder with the training data (see each model's card).")]
Out = Annotated[Path, typer.Option("-o", "--out", help="Work folder: checkpoints, logs and the finished weights.")]
Seed = Annotated[int, typer.Option(help="Seed of the run.")]
Resume = Annotated[bool, typer.Option("--resume/--fresh", help="Go on from the last checkpoint in the work folder.")]
Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]


@train_app.command("prior")
def prior(
    data: Data,
    out: Out = Path("prior-run"),
    kind: Annotated[str, typer.Option(help="transformer, gru or lstm.")] = "transformer",
    minutes: Annotated[float, typer.Option(help="Wall-clock budget of the training.", min=0.01)] = 97.0,
    start: Annotated[str, typer.Option("--from", help="Model to go on from: a shipped name or a path.")] = "",
    seed: Seed = 0,
    cores: Annotated[int, typer.Option(help="Threads of each process.", min=1)] = 2,
    processes: Annotated[int, typer.Option(help="Processes that share every batch.", min=1)] = 1,
    batch: Annotated[int, typer.Option(help="Texts a step, over all processes.", min=1)] = 192,
    accumulate: Annotated[int, typer.Option(help="Parts each step is cut into, where memory is short.", min=1)] = 1,
    peak: Annotated[
        float, typer.Option(help="Highest learning rate; 0 takes the kind's own, a quarter of it with --from.", min=0)
    ] = 0.0,
    told: Annotated[int, typer.Option(help="Molecules shown with their properties (transformer).", min=0)] = 120_000,
    random: Annotated[
        float, typer.Option(help="Share of the corpus also shown in random order (transformer).", min=0, max=1)
    ] = 0.15,
    device: Annotated[str, typer.Option(help="cpu or cuda (bfloat16).")] = "cpu",
    samples: Annotated[int, typer.Option(help="Samples for the card's figures; 0 writes no weights.", min=0)] = 10_000,
    resume: Resume = True,
) -> None:
    """Train a language model of molecules on anybody's list of them, standardized first where needed.

    DATA is a .smi, .csv or .tsv (gzipped or not), or a folder that `sartor data standardize` made. A run that was
    killed goes on from its last checkpoint when the same command is run again. The weights, with validity, uniqueness,
    novelty and held-out loss in their card, are written to the folder `weights` in the work folder. Several processes:
    --processes here, or start the command under torchrun with one device each.

    Example: `sartor train prior --data my.smi -o run --minutes 60`
    """
    from sartor.core import OrderError
    from sartor.ml.sequence_model import Shape
    from sartor.ml.transformer import TransformerShape
    from sartor.train.prior import Recipe, train_prior

    if kind not in ("transformer", "gru", "lstm"):
        raise OrderError(f"--kind is transformer, gru or lstm, not {kind!r}")
    shape = TransformerShape() if kind == "transformer" else Shape(kind, 2, 512, 128)
    own = 4e-3 if kind == "transformer" else 2e-3
    recipe = Recipe(shape, start, minutes, batch=batch, peak=peak or (own / 4 if start else own),
                    told=told, random=random, seed=seed, processes=processes, cores=cores, accumulate=accumulate,
                    device=device)  # fmt: skip
    answer(train_prior(data, out, recipe, resume, samples))


@train_app.command("vae")
def vae(
    data: Data,
    out: Out = Path("vae-run"),
    minutes: Annotated[float, typer.Option(help="Wall-clock budget of the training.", min=0.01)] = 45.0,
    start: Annotated[str, typer.Option("--from", help="Model to go on from: a shipped name or a path.")] = "",
    seed: Seed = 0,
    cores: Annotated[int, typer.Option(help="Threads.", min=1)] = 2,
    peak: Annotated[float, typer.Option(help="Highest learning rate.", min=1e-6)] = 4e-3,
    told: Annotated[int, typer.Option(help="Molecules shown with their properties.", min=2)] = 200_000,
    samples: Annotated[int, typer.Option(help="Molecules and samples for the card's figures.", min=2)] = 10_000,
    rest: Annotated[
        float, typer.Option(help="Further minutes for the prior alone, the latents at rest.", min=0)
    ] = 10.0,
    resume: Resume = True,
) -> None:
    """Train the autoencoder on anybody's list of molecules; weights and card go to the folder `weights`."""
    from sartor.train.vae import train_vae

    answer(train_vae(data, out, minutes, seed, resume, cores=cores, peak=peak, told=told, start=start, rest=rest,
                     samples=samples))  # fmt: skip


@train_app.command("peer")
def peer(
    data: Data,
    out: Out = Path("peer-run"),
    kind: Annotated[str, typer.Option(help="char-rnn, vae (both of the MOSES kind) or reinvent.")] = "char-rnn",
    minutes: Annotated[float, typer.Option(help="Wall-clock budget of the training.", min=0.01)] = 60.0,
    seed: Seed = 0,
    batch: Annotated[int, typer.Option(help="Texts a step.", min=1)] = 512,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
    resume: Resume = True,
) -> None:
    """Train a peer to compare with, on a file of SMILES (the train.smi of `sartor data zinc-split`, say)."""
    from sartor.train.peers import train_peer

    answer(train_peer(kind, data, out, minutes, seed, resume=resume, batch=batch, device=device))


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
