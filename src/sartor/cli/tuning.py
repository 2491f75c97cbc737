"""``sartor finetune``: a model goes on learning from a chemist's own molecules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .console import answer, words


def finetune(
    molecules: Annotated[Path, typer.Argument(help="The chemist's set: SMILES, SELFIES or SAFE one a line, or a CSV.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the weights, their card and report.json.")],
    model: Annotated[
        str, typer.Option(help="Model to go on from: a shipped name or a path to weights.")
    ] = "transformer",
    name: Annotated[str, typer.Option(help="Name of the new weights.")] = "finetuned",
    epochs: Annotated[int, typer.Option(help="At most so many passes over the set.", min=1)] = 20,
    patience: Annotated[int, typer.Option(help="Stop after so many passes without a better held-out loss.")] = 3,
    rate: Annotated[float, typer.Option(help="Learning rate.", min=0)] = 3e-4,
    held: Annotated[float, typer.Option(help="Share held out for the curve.", min=0.05, max=0.5)] = 0.2,
    random: Annotated[int, typer.Option(help="Copies of each molecule in random atom order a pass.", min=0)] = 1,
    seed: Annotated[int, typer.Option(help="Seed of split, order and samples.")] = 20261,
    threads: Annotated[int, typer.Option(help="Processor threads.", min=1)] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Fine-tune a generator on a set of molecules (transfer learning), with early stopping.

    The held-out curve and, per epoch, validity, copies of the set and nearest similarity are shown and kept in
    report.json: copies that rise while the held-out loss stands still are overfitting. Use the result anywhere a model
    is asked for: `sartor sample --model out/finetuned.safetensors -o new.smi`.

    Example: `sartor finetune my-series.smi -o out/tuned`
    """
    from sartor.app.finetune import Tuning
    from sartor.app.finetune import finetune as run

    how = Tuning(epochs, patience, rate, random=random, held=held, seed=seed, threads=threads)
    report = run(molecules, out, model, name, how, say=lambda text: words.print(text, markup=False))
    words.print(f"kept epoch {report['kept_epoch']}; weights in {out / (name + '.safetensors')}", markup=False)
    if as_json:
        answer({**report, "weights": str(out / f"{name}.safetensors")})
