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

    try:
        numbers = [int(x) for x in seeds.split(",") if x.strip()]
    except ValueError:
        raise OrderError(f"--seeds wants whole numbers between commas, like 0,1; got {seeds!r}") from None
    if not numbers:
        raise OrderError("--seeds is empty; give at least one, like 0")
    names = [v.strip() for v in variants.split(",") if v.strip()]
    found = measure_search(case, names, molecules, numbers, work, lambda text: words.print(text, markup=False), minutes)
    words.print(_table(found))
    if as_json:
        answer(found)


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
