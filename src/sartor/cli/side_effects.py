"""``sartor side-effects``: what a molecule may do to organs, and to this person above others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from .console import answer, words


def side_effects(
    molecules: Annotated[
        Path, typer.Argument(help="SMILES, one a line (name may follow), or CSV with a smiles column.", metavar="FILE")
    ],
    patient: Annotated[
        Path | None, typer.Option("--patient", help="A case.toml: its person's risk factors are met with each effect.")
    ] = None,
    target: Annotated[
        str, typer.Option(help="Intended target (HGNC symbol), for windows; the case's own by default.")
    ] = "",
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write the answer as .json or .csv too.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Organ-level risks of molecules: heart, liver, genes, hormones, lysosomes, skin, unborn child, brain, blood.

    Each risk is low, raised, high or unknown, with its terms (value, interval, domain, base rate, source). Beside them:
    a panel of 90 off-targets with the effects that follow, alerts of enzyme inactivation (TDI) and of PXR,
    and the nearest known drugs with what became of them. Unknown names the assay that would answer; low is not safe.

    Example: `sartor side-effects my.smi --patient examples/lung-egfr/case.toml --json`
    """
    from sartor.app.side_effects import side_effects_file, write

    made = side_effects_file(molecules, patient, target)
    for row in made["molecules"]:
        if row["problem"]:
            words.print(f"{molecules}, line {row['line']}: {row['text']!r} is {row['problem']}", markup=False)
        else:
            words.print(organ_table(row))
            for line in _beside(row):
                words.print(line, markup=False)
    for note in (*made["notes"], made["notice"]):
        words.print(f"note: {note}", markup=False)
    if out is not None:
        write(made, out)
        words.print(f"written to {out}", markup=False)
    if as_json:
        answer(made)


def organ_table(row: dict[str, Any]) -> Table:
    """One molecule's organs with the first reasons."""
    table = Table(title=escape(row["name"] or row["smiles"]))
    for column in ("organ", "risk", "for this person", "why"):
        table.add_column(column)
    for o in row["organs"]:
        own = o["level_for_patient"] if o["level_for_patient"] != o["level"] else ""
        table.add_row(*map(escape, (o["organ"], o["level"], own, "\n".join(o["why"][:3]))))
    return table


def _beside(row: dict[str, Any]) -> list[str]:
    hits = ", ".join(f"{h['gene']} {h['value']:.1f} ({h['level']})" for h in row["panel"]["hits"]) or "none"
    return [
        f"  panel: {row['panel']['answered']} proteins answered; hits: {hits}",
        f"  TDI: {row['tdi']['why']}{_meets(row['tdi'])}",
        f"  PXR: {row['pxr']['level']}, {row['pxr']['why']}{_meets(row['pxr'])}",
        *(f"  {n['words']}" for n in row["nearest_drugs"]),
        f"  measure first: {'; '.join(row['assays'][:4])}",
    ]


def _meets(term: dict[str, Any]) -> str:
    return f"; would move {', '.join(term['medicines'])}" if term["medicines"] else ""
