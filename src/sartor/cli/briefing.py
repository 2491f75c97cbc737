"""``sartor brief``: the design brief of a case, and why it is what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .console import answer, words

Case = Annotated[Path, typer.Argument(help="The order: a case.toml (see examples/).", metavar="CASE.toml")]


def brief(
    case: Case,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the chain fact -> rule -> objective -> evidence.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Write the design brief of a case: every objective and constraint with its because and its evidence.

    With --explain: which fact of the patient made which rule ask what, the clinical consequence that its weight follows
    from, and the evidence it ends in. A rule you disagree with is overruled in the order, `refuse = ["brain"]` above
    the first table, and shows as refused here and in the dossier.

    Example: `sartor brief examples/lung-egfr/case.toml --explain`
    """
    from sartor.app.intake import read_patient, write_brief
    from sartor.app.order import read_order
    from sartor.core import encode
    from sartor.report.chain import chain_text

    order = read_order(case)
    made = write_brief(order, read_patient(order.patient))
    text = chain_text(made) if explain else str(made)
    if as_json:
        words.print(text, markup=False)
        answer(encode(made))
    else:
        typer.echo(text)
