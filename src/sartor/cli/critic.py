"""``sartor critic``: an independent model's second opinion on a shortlist."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from .console import answer, words

SHOWN = 20


def critic(
    molecules: Annotated[Path, typer.Argument(help="The shortlist: SMILES one a line, or CSV with a smiles column.")],
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Ask ADMET-AI, if it is installed (`pip install 'sartor[critic]'`), and show where it and the house disagree.

    It never takes part in the search. Its training data overlap with ours, so agreement proves little; a disagreement
    is a reason to look, or to measure.

    Example: `sartor critic out/lung/shortlist.smi --json`
    """
    from sartor.app.critic import criticize
    from sartor.app.score import read_list
    from sartor.chem.parse import batch
    from sartor.core import IntakeError, encode

    mols, bad = batch([line.text for line in read_list(molecules)])
    if not len(mols):
        raise IntakeError("no line is a molecule", file=molecules, remedy="write one SMILES a line")
    made = criticize(mols.smiles)
    table = Table(title=f"{made.critic} and the house disagree on {len(made.disagreements)} of {made.compared} answers")
    for name in ("molecule", "endpoint", "ours", "90 % interval", "critic"):
        table.add_column(name)
    for d in made.disagreements[:SHOWN]:
        table.add_row(d.smiles, d.endpoint, f"{d.ours:.3g}", f"{d.low:.3g} to {d.high:.3g}", f"{d.critic:.3g}")
    words.print(table)
    if as_json:
        answer({**encode(made), "refused": len(bad)})
