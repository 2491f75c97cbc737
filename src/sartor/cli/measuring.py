"""``sartor bench guacamol-dist | moses | sampling``: generators measured, ours and other people's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from sartor.core import OrderError

from .console import answer, words

Model = Annotated[str, typer.Option("--model", help="A shipped model's name, or the path of a model's weights.")]
Threads = Annotated[int, typer.Option(help="Threads for sampling and for ChemNet.", min=1)]
Seed = Annotated[int, typer.Option(help="Seed of the first draw; each further draw takes the next.")]
Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]


def register(bench_app: typer.Typer) -> None:
    """Add the commands of this file to ``sartor bench``."""
    bench_app.command("guacamol-dist")(guacamol_dist)
    bench_app.command("moses")(moses)
    bench_app.command("sampling")(sampling)


def guacamol_dist(
    model: Model = "",
    samples: Annotated[int, typer.Option(help="Texts a draw.", min=2)] = 10_000,
    seeds: Annotated[int, typer.Option(help="Draws; three or more show a spread.", min=1)] = 3,
    reference: Annotated[Path | None, typer.Option(help="Molecules to compare with: one SMILES a line.")] = None,
    train: Annotated[Path | None, typer.Option(help="The generator's training file, for novelty.")] = None,
    from_: Annotated[
        list[Path] | None,
        typer.Option("--from", help="Samples somebody else's generator wrote, one a line; a file is a draw."),
    ] = None,
    seed: Seed = 20261,
    threads: Threads = 1,
    as_json: Json = False,
) -> None:
    """Validity, uniqueness, novelty, KL score and Fréchet ChemNet distance, as GuacaMol defines them.

    Without --train, novelty is known only for a shipped model, by the shipped index of what it was trained on. A
    single --from file with enough lines for several draws is cut into that many.
    """
    from sartor.bench.distribution import Reference, ShippedReference, measure_distribution
    from sartor.bench.samples import cut, is_shipped, model_draw, read_texts
    from sartor.bench.training_set import known_by_file, known_by_index
    from sartor.ml.sequence_model import threads as on_threads

    _one_of(model, from_)
    known = known_by_file(train) if train else known_by_index() if is_shipped(model) else None
    against = Reference(read_texts(reference), 30_000, reference.name, reference) if reference else ShippedReference()
    draws: Any = cut([read_texts(path) for path in from_], samples, seeds) if from_ else model_draw(model, threads)
    name = model or ", ".join(path.name for path in from_ or ())
    with on_threads(threads):
        figures = measure_distribution(
            draws, against, known, samples=samples, seeds=range(seed, seed + seeds), model=name
        )
    words.print(_distribution_table(figures))
    if as_json:
        answer(figures)


def moses(
    data: Annotated[Path, typer.Option("--data", help="Folder with train.smi, test.smi and test_scaffolds.smi.")],
    model: Model = "",
    from_: Annotated[
        list[str] | None, typer.Option("--from", help="Another generator's samples, as name=samples.smi; repeatable.")
    ] = None,
    samples: Annotated[int, typer.Option(help="Texts of each generator.", min=2)] = 30_000,
    train_row: Annotated[bool, typer.Option("--train-row", help="Also measure training molecules.")] = False,
    seed: Seed = 20261,
    threads: Threads = 1,
    as_json: Annotated[bool, typer.Option("--json/--no-json", help="End with one JSON line.")] = True,
) -> None:
    """The MOSES measures of one or several generators against a split's two test sets, side by side."""
    from sartor.bench.moses import measure_moses
    from sartor.bench.samples import model_draw, read_texts
    from sartor.ml.sequence_model import threads as on_threads

    contenders: dict[str, list[str]] = {}
    for entry in from_ or []:
        name, equals, path = entry.partition("=")
        if not (name and equals and path):
            raise OrderError(f"--from wants name=samples.smi, not {entry!r}")
        contenders[name] = read_texts(Path(path))
    if model:
        contenders[Path(model).stem] = model_draw(model, threads)(samples, seed)
    with on_threads(threads):
        figures = measure_moses(contenders, data, samples=samples, with_train=train_row)
    words.print(_moses_table(figures))
    if as_json:
        answer(figures)


def sampling(
    model: Annotated[str, typer.Option("--model", help="A shipped model's name, or a path.")] = "prior",
    threads: Threads = 1,
    batch: Annotated[int, typer.Option(help="Rows of a batch of the peer.", min=1)] = 256,
    samples: Annotated[int, typer.Option(help="Texts to time.", min=1)] = 2000,
    peer: Annotated[bool, typer.Option("--peer", help="Also time a loop of the REINVENT kind, in this run.")] = False,
    peer_weights: Annotated[
        Path | None, typer.Option(help="Weights of a trained peer (see sartor.train.peers); random without.")
    ] = None,
    seed: Seed = 20261,
    as_json: Json = False,
) -> None:
    """Molecules per second (wall clock and CPU), start-up and memory of sampling, each contender in its own process."""
    from sartor.bench.sampling import measure_sampling

    wanted = peer or peer_weights is not None
    figures = measure_sampling(
        model, samples=samples, batch=batch, threads=threads, seed=seed, peer=wanted, peer_weights=peer_weights
    )
    words.print(_sampling_table(figures))
    if as_json:
        answer(figures)


def _one_of(model: str, files: list[Path] | None) -> None:
    if bool(model) == bool(files):
        raise OrderError("give either --model or --from (samples that were written before)")


def _distribution_table(figures: dict[str, Any]) -> Table:
    from sartor.bench.distribution import FIGURES
    from sartor.bench.samples import show

    draws = len(figures["seeds"])
    table = Table(
        title=f"{figures['model']}: {figures['samples']} texts, {draws} draw(s), against "
        f"{figures['reference_molecules']} of {figures['reference']}"
    )
    for column in ("figure", "mean", "lowest", "highest", "sd", "95 % interval of the share"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for name in FIGURES:
        spread, interval = figures["spread"][name], figures["intervals"].get(name)
        shown = f"{show(interval[0])} to {show(interval[1])}" if interval else ""
        table.add_row(name, show(figures[name]), *(show(spread[k]) for k in ("min", "max", "sd")), shown)
    return table


def _moses_table(figures: dict[str, Any]) -> Table:
    from sartor.bench.samples import show

    rows = figures["models"]
    table = Table(title=f"MOSES measures, split {figures['split']}: {figures['samples']} texts each")
    table.add_column("measure")
    for name in rows:
        table.add_column(name, justify="right")
    for measure in next(iter(rows.values())):
        table.add_row(measure, *(show(row[measure]) for row in rows.values()))
    return table


def _sampling_table(figures: dict[str, Any]) -> Table:
    from sartor.bench.samples import show

    peer = figures.get("peer")
    table = Table(title=f"{figures['samples']} texts on {figures['threads']} thread(s)")
    table.add_column("figure")
    table.add_column(str(figures["model"]), justify="right")
    if peer:
        table.add_column(peer["label"], justify="right")
    for name in (
        "molecules_per_s",
        "molecules_per_cpu_s",
        "valid_per_s",
        "valid_per_cpu_s",
        "validity",
        "startup_s",
        "peak_mb",
    ):
        table.add_row(name, show(figures[name]), *([show(peer[name])] if peer else []))
    return table
