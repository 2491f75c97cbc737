"""``sartor bench side-effects`` and ``sartor train side-effects``: how good alerts, panel and a learned model are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from .console import answer, words

Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]


def bench_side_effects(
    data: Annotated[Path, typer.Option("--data", help="Folder with admet/ and knowledge/ (labels).")],
    panel: Annotated[
        bool, typer.Option("--panel/--no-panel", help="The off-target panel on launched drugs too.")
    ] = True,
    most: Annotated[
        int, typer.Option(help="At most so many rows a set of labels, and drugs for the panel.", min=1)
    ] = 2000,
    as_json: Json = False,
) -> None:
    """Recall, harmless spared and precision beside the base rate, for each set of alerts, each rule and the panel.

    Example: `sartor bench side-effects --data ../shared/data --json`
    """
    from sartor.bench.side_effects import alert_figures, panel_figures

    found = alert_figures(data, most)
    table = Table(title="alerts and rules, against labels")
    for column in ("set and labels", "n", "recall", "spared", "precision", "base rate", "lift"):
        table.add_column(column)
    for name, f in found.items():
        table.add_row(name, str(f["n"]), _rate(f["recall"]), _rate(f["spared"]), _rate(f["precision"]),
                      f"{f['base_rate']:.2f}", str(f["lift"]))  # fmt: skip
    words.print(table)
    made: dict[str, Any] = {"alerts": found}
    if panel:
        hub = data / "knowledge" / "Repurposing_Hub_2024-03-05.tsv.gz"
        made["panel"] = panel_figures(hub, most)
        for key, value in made["panel"].items():
            if key != "per_protein":
                words.print(f"panel, {key.replace('_', ' ')}: {value}", markup=False)
    if as_json:
        answer(made)


def train_side_effects(
    data: Annotated[
        Path, typer.Option("--data", help="CSV (.gz): a smiles column, then one 0/1 column per organ class.")
    ],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write the figures as JSON here.")] = None,
    splits: Annotated[int, typer.Option(help="Scaffold folds.", min=2, max=10)] = 5,
    seed: Annotated[int, typer.Option(help="Seed of folds and bootstrap.")] = 20261,
    as_json: Json = False,
) -> None:
    """A research recipe, never shipped: side effects by organ class learned from your own table, with abstention.

    Per class: AUROC on held-out scaffolds with a bootstrap interval, AUPRC beside the base rate, and whether the class
    is answered at all: it abstains where the interval's low end does not clear 0.55. Molecules whose score does not
    leave the base rate behind are left unanswered as well. SIDER-like tables are non-commercial: no weights are
    written. Needs the `train` extra.

    Example: `sartor train side-effects --data sider.csv.gz -o figures.json`
    """
    from sartor.train.side_effects import train_side_effects as train

    made = train(data, splits, seed, say=lambda text: words.print(text, markup=False))
    table = Table(title=f"side effects by organ class, {made['molecules']} molecules, scaffold-held-out")
    for column in ("class", "base rate", "AUROC", "AUPRC", "answered", "verdict"):
        table.add_column(column)
    for r in made["classes"]:
        table.add_row(r["class"], f"{r['base_rate']:.2f}", _rate(r["auroc"]), _rate(r["auprc"]),
                      f"{r['answered']:.2f}", r["verdict"])  # fmt: skip
    words.print(table)
    if out is not None:
        from sartor.train.side_effects import write_figures

        write_figures(made, out)
    if as_json:
        answer(made)


def register(train_app: typer.Typer, bench_app: typer.Typer) -> None:
    """Add the commands of this file."""
    bench_app.command("side-effects")(bench_side_effects)
    train_app.command("side-effects")(train_side_effects)


def _rate(found: list[float] | None) -> str:
    return "" if found is None else f"{found[0]:.2f} ({found[1]:.2f} to {found[2]:.2f})"
