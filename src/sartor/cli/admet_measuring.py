"""``sartor bench admet``: every ADMET endpoint on unseen scaffolds beside ADMET-AI, and molecules per second."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from sartor.core import OrderError

from .console import answer, words


def admet_bench(
    data: Annotated[
        Path | None, typer.Option("--data", help="The data folder: recompute from the shipped weights.")
    ] = None,
    random: Annotated[
        Path | None,
        typer.Option("--random-split", help="With --data: train the recipe on random folds too; steps kept here."),
    ] = None,
    speed: Annotated[bool, typer.Option("--speed/--no-speed", help="Also time prediction on one core.")] = True,
    molecules: Annotated[int, typer.Option(help="Molecules to time.", min=64)] = 1024,
    report: Annotated[
        Path | None, typer.Option("--report", help="Folder for the table (Markdown) and the two pictures (SVG).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Accuracy, coverage and calibration of every endpoint on five scaffold splits, and molecules per second.

    Without --data the figures are those training wrote into the card. With it, the five shipped members answer again
    for the scaffolds that each never saw (minutes; needs the `train` extra). ADMET-AI's published figures are of
    random splits: --random-split FOLDER trains the same recipe on random folds, so that like stands beside like.

    Example: `sartor bench admet --json`
    """
    from sartor.bench.admet import measure_admet

    figures = measure_admet(data)
    words.print(_table(figures))
    words.print(
        f"{figures['shared']} tasks shared with ADMET-AI: better on {figures['better']}, equal within our interval on "
        f"{figures['equal']}, worse on {figures['worse']}. {figures['split']}",
        markup=False,
    )
    if random is not None:
        if data is None:
            raise OrderError("--random-split trains anew: name the data folder with --data")
        from sartor.bench.admet_random import measure_random

        figures["random_split"] = alike = measure_random(data, random, lambda text: words.print(text, markup=False))
        words.print(
            f"The same recipe on random folds, as ADMET-AI's figures are: better on {alike['better']}, equal on "
            f"{alike['equal']}, worse on {alike['worse']} of {alike['shared']}",
            markup=False,
        )
    if speed:
        from sartor.bench.admet_speed import measure_speed

        figures |= measure_speed(molecules)
        for name in ("molecules_per_s", "inference_molecules_per_s", "load_s", "times_admet_ai"):
            words.print(f"{name}: {figures[name]}", markup=False)
    if report is not None:
        from sartor.bench.admet_report import write_report

        for path in write_report(figures, report):
            words.print(f"wrote {path}", markup=False)
    if as_json:
        answer(figures)


def _told(figure: list[float]) -> str:
    return f"{figure[0]:.3f} ({figure[1]:.3f} to {figure[2]:.3f})" if figure else ""


def _table(figures: dict[str, Any]) -> Table:
    table = Table(title="ADMET endpoints on unseen scaffolds (95 % interval)")
    for name in ("endpoint", "n", "figure", "coverage", "ECE", "ADMET-AI", "on TDC's molecules", ""):
        table.add_column(name, justify="right" if name in ("n", "coverage", "ECE", "ADMET-AI") else "left")
    for name, e in figures["endpoints"].items():
        main = "AUROC" if e["kind"] == "probability" else "R2"
        there = e.get("admet_ai")
        table.add_row(
            name,
            str(e["n"]),
            f"{main} {_told(e[main])}",
            f"{e['coverage']:.3f}",
            f"{e['ece']:.3f}" if "ece" in e else "",
            f"{there['published']:.3f}" if there else "",
            _told(there["ours"]) if there else "",
            "not predictable" if e["not_predictable"] else there["verdict"] if there else "",
        )
    return table
