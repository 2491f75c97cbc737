"""``sartor bench campaign``: how many compounds a project has to make, ours against the usual ways to choose."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from .console import answer, words


def register(bench_app: typer.Typer) -> None:
    """Add the command of this file to ``sartor bench``."""
    bench_app.command("campaign")(campaign)


def campaign(
    series: Annotated[list[Path], typer.Option("--series", help="CSV of a measured series; repeat for several.")],
    repeats: Annotated[int, typer.Option(help="Campaigns of each policy, from different starts.", min=1)] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the first campaign; each further takes the next.")] = 20261,
    batch: Annotated[int, typer.Option(help="Compounds a batch.", min=1, max=384)] = 10,
    start: Annotated[int, typer.Option(help="Measured compounds to begin with, of the weaker half.", min=2)] = 10,
    wanted: Annotated[int, typer.Option(help="Compounds that have to meet the goal.", min=1)] = 5,
    top: Annotated[float, typer.Option(help="Share of the pool inside the windows that is potent enough.")] = 0.01,
    logp: Annotated[tuple[float, float], typer.Option(help="Window of Crippen log P.")] = (1.0, 5.0),
    weight: Annotated[float, typer.Option(help="Highest molecular weight (Da).")] = 500.0,
    smiles_column: Annotated[str, typer.Option(help="Column of structures; found by name where empty.")] = "",
    value_column: Annotated[str, typer.Option(help="Column of potencies; found by name where empty.")] = "",
    unit: Annotated[str, typer.Option(help="pIC50, pM, nM, uM, mM or M; read from the heading where empty.")] = "",
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Folder for the learning curves (SVG).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Replay make-and-test campaigns on a measured series: compounds made until five meet the goal.

    The goal: potency among the best hundredth inside two windows (log P, weight), five compounds of it. Rivals: random,
    greedy and expected improvement on potency alone, and random and greedy told the windows as ours is. One thread.

    Example: `sartor bench campaign --series CHEMBL262_Ki.csv.gz --repeats 20 --json`
    """
    from sartor.bench.campaign import Goal, measure
    from sartor.bench.series import read_series
    from sartor.ml.sequence_model import threads
    from sartor.report.curve import save_curve

    goal = Goal(wanted, top, logp, weight, batch, start)
    pools = [read_series(path, smiles_column, value_column, unit) for path in series]
    for s in pools:
        words.print(f"{s.name}: {len(s)} molecules; read {s.read_as}; left out {s.dropped or 'nothing'}", markup=False)
    with threads(1):
        figures = measure(pools, goal, repeats, seed, say=lambda text: words.print(text, markup=False))
    words.print(_table(figures))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, told in figures["series"].items():
            lines = {
                rival: [(batch * (k + 1.0), y) for k, y in enumerate(points)][:60]
                for rival, points in told["curves"].items()
                if rival in ("ours", "random", "greedy", "expected_improvement")
            }
            save_curve(out / f"campaign-{name}.svg", lines, "compounds made", "goal compounds found", name)
    if as_json:
        answer(
            {"read_as": {s.name: s.read_as for s in pools}, "dropped": {s.name: s.dropped for s in pools}, **figures}
        )


def _table(figures: dict[str, Any]) -> Table:
    table = Table(title="compounds made until the goal is met: median (5 to 95 %)")
    rivals = list(next(iter(figures["series"].values()))["made"])
    for head in ("series", *rivals):
        table.add_column(head.replace("_", " "))
    for name, told in figures["series"].items():
        cells = [f"{m['median']:.0f} ({m['low']:.0f} to {m['high']:.0f})" for m in told["made"].values()]
        table.add_row(name, *cells)
    shown = [f"{r['value']:.2f} ({r['low']:.2f} to {r['high']:.2f})" for r in figures["ratios"].values()]
    table.add_row("ours over it", "", *shown)
    return table
