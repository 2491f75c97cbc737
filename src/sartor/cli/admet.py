"""``sartor admet``: absorption, distribution, metabolism, excretion and toxicity of a list of molecules."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from sartor.core import OrderError

from .console import answer, words

EVERY = 5.0  # seconds between two lines of progress


def admet(
    molecules: Annotated[
        Path | None, typer.Argument(help="A .csv or .tsv with a column of SMILES, or SMILES one a line; .gz too.")
    ] = None,
    smiles_column: Annotated[
        str, typer.Option("--smiles-column", help="The column of the structures; without, the one called smiles.")
    ] = "",
    out: Annotated[Path | None, typer.Option("-o", "--out", help="The CSV to write.")] = None,
    endpoint: Annotated[
        list[str] | None, typer.Option("--endpoint", help="Only this endpoint; repeatable. Without, all.")
    ] = None,
    show: Annotated[
        bool, typer.Option("--list", help="List the endpoints instead, with unit, licence, figures.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Predict every ADMET endpoint of a list of molecules, with 90 % intervals and an applicability domain.

    Per endpoint the CSV has the value, `_low`, `_high`, `_in_domain` and, where there is no number, `_why_not`. A
    line that is no molecule keeps its row with the reason. Big files are streamed. **Research use only.**

    Example: `sartor admet molecules.csv --smiles-column S -o out.csv`, or `sartor admet --list`
    """
    from sartor.app.admet import listed, predict_file

    if show:
        rows = listed()
        words.print(_table(rows))
        if as_json:
            answer({"endpoints": rows})
        return
    if molecules is None or out is None:
        raise OrderError("give a file of molecules and where to write: sartor admet molecules.csv -o out.csv")
    begin = last = time.monotonic()

    def say(done: int, refused: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > EVERY:
            last = now
            words.print(f"  {done} lines, {refused} refused, {done / (now - begin):.0f} a second", markup=False)

    result = predict_file(molecules, out, smiles_column, endpoint or (), say)
    words.print(
        f"{result['predicted']} molecules predicted, {result['refused']} lines kept with a reason, "
        f"{result['endpoints']} endpoints; written to {out}",
        markup=False,
    )
    if as_json:
        answer({**result, "seconds": round(time.monotonic() - begin, 2)})


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(title="ADMET endpoints (figures on unseen scaffolds, 95 % interval)")
    for name in ("name", "unit", "TDC task", "licence", "n", "figure"):
        table.add_column(name, justify="right" if name == "n" else "left")
    for row in rows:
        found = row["figures"]
        main = "AUROC" if row["kind"] == "probability" else "R2"
        told = found.get(main) or []
        figure = f"{main} {told[0]:.2f} ({told[1]:.2f} to {told[2]:.2f})" if told else ""
        table.add_row(
            row["name"],
            row["unit"],
            row["tdc_task"] or "",
            row["licence_class"] or "",
            str(found.get("n", "")),
            "not predictable" if row["not_predictable"] else figure,
        )
    return table
