"""``sartor bench patients``: the personal rules on synthetic people."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from .console import answer, words


def patients(
    n: Annotated[int, typer.Option("--n", help="How many people to draw.", min=1)] = 100,
    seed: Annotated[int, typer.Option(help="Seed of the draw.")] = 20261,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """How often each personal rule fires in synthetic people, and whether anything that must hold broke.

    Genes are drawn from allele frequencies counted in the five populations of the 1000 Genomes; medicines, organs and
    other facts by a stated design. Checked for every person: null identity, determinism, placebo genes, privacy of what
    each rule reads, and that a rule without its facts asks nothing. Exit code 4 where something broke.

    Example: `sartor bench patients --n 100 --json`
    """
    from sartor.bench.patients import measure_patients

    figures = measure_patients(n, seed)
    table = Table(title=f"{n} synthetic people, seed {seed}: of how many each rule says and asks something")
    for column in ("rule", "speaks", "asks", "states a limit", "worst consequence", "example"):
        table.add_column(column)
    for name, row in figures["rules"].items():
        classes = ", ".join(f"{k} {v}" for k, v in row["consequences"].items())
        told = row["example"].get("fact", "")
        table.add_row(name, str(row["speaks"]), str(row["asks"]), str(row["limits"]), classes, told[:60])
    words.print(table)
    for name, row in figures["invariants"].items():
        state = f"BROKEN for {', '.join(row['broken'][:5])}" if row["broken"] else "holds"
        words.print(f"{name}: {state} ({row['checked']} people)", markup=False)
    if as_json:
        answer(figures)
    if figures["broken"]:
        raise typer.Exit(4)
