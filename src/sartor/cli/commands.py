"""The commands. Each teaches by its help, does one thing and says what it made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .admet import admet
from .admet_measuring import admet_bench
from .briefing import brief
from .campaigns import register as register_campaigns
from .console import Progress, answer, words
from .critic import critic
from .data import data_app
from .generating import generate_app
from .interacting import ddi, interactions
from .medicines import conversion_table, medicines
from .patients import patients
from .pgx import pgx
from .sampling import sample, vae_app
from .searching import search, surrogate
from .side_effects import side_effects
from .side_effects_measuring import register as register_side_effects
from .tumor import tumor
from .tuning import finetune
from .workshop import bench_app, train_app

app = typer.Typer(
    name="sartor",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="Design small molecules for one patient: genome, medicines, record and disease in; ranked, explained, "
    "novel molecules out. **Research use only: never a clinical decision.**\n\n"
    "Start with `sartor demo`, then copy `examples/lung-egfr/case.toml` and edit it. "
    "A chemist with a list of molecules starts with `sartor score`.",
)

app.add_typer(train_app, name="train")
app.add_typer(bench_app, name="bench")
app.add_typer(data_app, name="data")
app.add_typer(vae_app, name="vae")
app.add_typer(generate_app, name="generate")
app.command()(admet)
app.command()(critic)
app.command()(pgx)
app.command()(sample)
app.command()(finetune)
app.command()(medicines)
app.command()(side_effects)
app.command()(tumor)
app.command()(interactions)
app.command()(brief)
bench_app.command("patients")(patients)
bench_app.command("admet")(admet_bench)
bench_app.command("search")(search)
bench_app.command("surrogate")(surrogate)
register_campaigns(app)
register_side_effects(train_app, bench_app)
bench_app.command("ddi")(ddi)

Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]
Case = Annotated[Path, typer.Argument(help="The order: a case.toml (see examples/).", metavar="CASE.toml")]


@app.callback(invoke_without_command=True)
def _version(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        from sartor import __version__

        typer.echo(__version__)
        raise typer.Exit()


def _summarize(folder: Path, result: Any, as_json: bool) -> None:
    from sartor.core import encode

    words.print(f"\n[bold]{len(result.shortlist)} candidates[/] in {folder}", highlight=False)
    for c in result.shortlist[:5]:
        words.print(f"  {c.rank:2d}  {c.total:.3f}  {c.smiles}", markup=False)
    words.print(f"Open {folder / '5-dossier.html'} in a browser.", markup=False)
    if as_json:
        answer({"folder": str(folder), "shortlist": len(result.shortlist), **encode(result.figures)})


def _design(
    case: Path,
    out: Path,
    start: Path | None,
    molecules: int | None,
    minutes: float | None,
    campaign: Path | None = None,
    resume: bool = False,
) -> Any:
    from sartor.app.design import design
    from sartor.app.order import read_order

    order = read_order(case)
    budget = order.optimize.budget
    if molecules or minutes:
        new = {"molecules": molecules or budget.molecules, "minutes": minutes or budget.minutes}
        budget = budget.model_copy(update=new)
        order = order.model_copy(update={"optimize": order.optimize.model_copy(update={"budget": budget})})
    if campaign:
        new_optimize = order.optimize.model_copy(update={"campaign": str(campaign.resolve())})
        order = order.model_copy(update={"optimize": new_optimize})
    with Progress(budget.molecules, budget.minutes) as show:
        return design(
            order, out, start=start, resume=resume, progress=show, say=lambda text: words.print(text, markup=False)
        )


@app.command()
def design(
    case: Case,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the artefacts 1-patient … 5-dossier.")],
    start: Annotated[
        Path | None,
        typer.Option("--from", help="Start from this 2-brief.json (edited by hand, say) instead of writing a brief."),
    ] = None,
    molecules: Annotated[int | None, typer.Option(min=1, help="Override the order's budget of molecules.")] = None,
    minutes: Annotated[float | None, typer.Option(min=0.05, help="Override the order's budget of minutes.")] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on with this folder's run; also with a search that Ctrl-C broke off."),
    ] = False,
    campaign: Annotated[
        Path | None, typer.Option("--campaign", help="Search with what this campaign's folder has learned.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Design molecules for one case: read, brief, search, select, explain, report.

    A run that was killed at any moment goes on when you run the same command again, and ends with the same ledger as
    without the break. Ctrl-C during the search ends its round (a second Ctrl-C ends it at once), keeps what was found
    and goes on to the report; `--resume` then takes up the search where it was.

    Example: `sartor design examples/lung-egfr/case.toml -o out/lung`, and after Ctrl-C the same with `--resume`
    """
    _summarize(out, _design(case, out, start, molecules, minutes, campaign, resume), as_json)


@app.command()
def demo(
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the result.")] = Path("out/demo"),
    as_json: Json = False,
) -> None:
    """Run the shipped lung-cancer case (a synthetic person) end to end, in about five minutes on two cores."""
    from sartor.app.examples import demo_case

    _summarize(out, _design(demo_case(), out, None, None, None), as_json)


@app.command()
def read(case: Case, as_json: Json = False) -> None:
    """Read a case's files and show what was understood of the patient, and what was missing."""
    from sartor.app.intake import not_used, read_patient
    from sartor.app.medicines import conversion_rows, conversions
    from sartor.app.order import read_order
    from sartor.core import encode

    from .tables import patient_tables

    patient = read_patient(read_order(case).patient)
    for table in (*patient_tables(patient), conversion_table(conversions(patient))):
        words.print(table)
    idle = not_used(patient)
    for note in (*patient.notes, *idle):
        words.print(f"note: {note}", markup=False)
    if as_json:
        answer({**encode(patient), "phenoconversion": conversion_rows(patient), "not_used": list(idle)})


@app.command()
def score(
    molecules: Annotated[
        Path, typer.Argument(help="SMILES, one a line (name may follow), or CSV with a smiles column.")
    ],
    brief: Annotated[Path, typer.Option("--brief", help="A 2-brief.json of a design or of `sartor design`.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The CSV to write.")],
    patient: Annotated[
        Path | None,
        typer.Option("--patient", help="A 1-patient.json; the one beside the brief is used by default."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Score your own molecules against a brief: a column per scorer with interval and domain, total, constraints met.

    Bad lines are kept in the CSV with their line number and the reason; nothing is dropped silently.

    Example: `sartor score my.smi --brief out/lung/2-brief.json -o my.csv`
    """
    from sartor.app.score import score_file

    result = score_file(molecules, brief, out, patient, say=lambda text: words.print(text, markup=False))
    words.print(
        f"{result['scored']} molecules scored, {result['rejected']} lines turned away, "
        f"{result['meet_all']} meet every constraint; written to {out}",
        markup=False,
    )
    if as_json:
        answer(result)


@app.command()
def parts(as_json: Json = False) -> None:
    """List every part (scorers, generators, optimizers, explainers) with its card, and the shipped models."""
    from sartor.app.parts import catalogue
    from sartor.app.shelf import damaged, models
    from sartor.core import encode

    from .tables import model_table, part_tables

    listed, shelf = catalogue(), models()
    for table in (*part_tables(listed), model_table(shelf, damaged())):
        words.print(table)
    if as_json:
        answer({"parts": [encode(p) for p in listed], "models": [encode(m) for m in shelf]})


@app.command()
def check(
    name: Annotated[str, typer.Argument(help="Name of a part, as `sartor parts` lists it.")],
    as_json: Json = False,
) -> None:
    """Run the contract kit on one part, ours or a stranger's: order kept, neighbours don't matter, refuses, reads."""
    from sartor.app.check import check_part

    results = check_part(name)
    for promise, problem in results.items():
        words.print(
            f"{'ok    ' if not problem else 'BROKEN'} {promise}{': ' + problem if problem else ''}",
            markup=False,
        )
    broken = sum(bool(p) for p in results.values())
    if as_json:
        answer({"part": name, "promises": results, "broken": broken})
    if broken:
        raise typer.Exit(4)
