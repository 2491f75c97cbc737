"""``sartor bench search``: the search against itself with one thing changed, and against published loops."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from sartor.core import OrderError

from .console import answer, words

_FEW = "default,no-surrogate,no-genetic,no-replay,no-randomization,reinvent,graph-ga"


def search(
    case: Annotated[str, typer.Option("--case", help="A case.toml, or qed-similarity:SMILES.")],
    variants: Annotated[str, typer.Option(help="Comma-separated; an unknown one names the known.")] = _FEW,
    molecules: Annotated[int, typer.Option(help="Molecules measured by each run.", min=100)] = 1000,
    seeds: Annotated[str, typer.Option(help="Comma-separated seeds; two or more show a spread.")] = "0,1",
    work: Annotated[Path, typer.Option("--work", help="Folder for finished and broken-off runs.")] = Path(
        "bench-search"
    ),
    minutes: Annotated[float | None, typer.Option(help="Also end each run after so much wall-clock time.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Hypervolume, shortlist and best of the search, with one thing changed at a time, over seeds.

    Every run has the same brief and the same number of molecules. Finished runs are kept in the work folder: the same
    command given again goes on where it stopped.

    Example: `sartor bench search --case examples/lung-egfr/case.toml --molecules 1000 --seeds 0,1 --json`
    """
    from sartor.bench.search import measure_search

    numbers = _whole(seeds, "--seeds")
    names = [v.strip() for v in variants.split(",") if v.strip()]
    found = measure_search(case, names, molecules, numbers, work, lambda text: words.print(text, markup=False), minutes)
    words.print(_table(found))
    if as_json:
        answer(found)


def surrogate(
    folders: Annotated[list[Path], typer.Argument(help="Finished designs.", metavar="OUT...")],
    after: Annotated[str, typer.Option(help="Measurements learned before predicting, comma-separated.")] = "320,1024",
    seeds: Annotated[str, typer.Option(help="Comma-separated seeds of the models' own chance.")] = "0,1,2",
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """How well each surrogate foresees the next 256 molecules of a search: rank correlation, and what its picks gain.

    Example: `sartor bench surrogate out/lung --after 320,1024 --json`
    """
    from sartor.bench.surrogate import measure_surrogates

    found = measure_surrogates(folders, _whole(after, "--after"), _whole(seeds, "--seeds"))
    table = Table(title="the next 256 molecules, foreseen (mean ± sd over seeds)")
    for head in ("design", "after", "model", "rank correlation", "64 picked gain", "of at most", "CPU s"):
        table.add_column(head)
    for folder, numbers in found.items():
        for n, kinds in numbers.items():
            for kind, row in kinds.items():
                told = [f"{row[f]['mean']:.3f} ± {row[f]['sd']:.3f}" for f in ("rank", "picked")]
                table.add_row(folder, n, kind, *told, f"{row['best']['mean']:.3f}", f"{row['seconds']['mean']:.1f}")
    words.print(table)
    if as_json:
        answer(found)


def _whole(text: str, option: str) -> list[int]:
    """Whole numbers between commas, at least one; OrderError."""
    try:
        numbers = [int(x) for x in text.split(",") if x.strip()]
    except ValueError:
        raise OrderError(f"{option} wants whole numbers between commas, like 0,1; got {text!r}") from None
    if not numbers:
        raise OrderError(f"{option} is empty; give at least one, like 0")
    return numbers


def _table(found: dict[str, Any]) -> Table:
    table = Table(title=f"{found['case']}: {found['molecules']} molecules, seeds {found['seeds']} (mean ± sd)")
    table.add_column("variant")
    for name in ("hypervolume", "shortlist median", "best", "top-10 AUC", "CPU s", "loop share"):
        table.add_column(name, justify="right")
    for name, row in found["variants"].items():
        told = [_spread(row[f]) for f in ("hypervolume", "shortlist_median", "best", "top10_auc")]
        table.add_row(name, *told, f"{row['cpu_seconds']:.0f}", f"{row['loop_share']:.0%}")
    return table


def _spread(figure: dict[str, Any]) -> str:
    return f"{figure['mean']:.3f}" + ("" if figure["sd"] is None else f" ± {figure['sd']:.3f}")
