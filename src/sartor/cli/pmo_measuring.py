"""``sartor bench pmo | pmo-oracles | guacamol``: the search measured on published tasks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.table import Table

from sartor.core import OrderError

from .console import answer, words

Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]
Out = Annotated[
    Path | None, typer.Option("-o", "--out", help="Folder of finished runs; those in it are not run again.")
]
Start = Annotated[
    Path | None, typer.Option("--start", help="Molecules to start from, one SMILES a line, instead of our prior's.")
]
Calls = Annotated[int, typer.Option("--calls", help="Budget: scores of distinct molecules.", min=10)]
Seeds = Annotated[str, typer.Option("--seeds", help="Several seeds, as 0,1,2; instead of --seed.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the run.")]
Way = Annotated[str, typer.Option("--method", help="default, mol-ga, graph-ga, gp-bo, reinvent or random.")]
Threads = Annotated[int, typer.Option(help="Threads of linear algebra.", min=1)]


def register(bench_app: typer.Typer) -> None:
    """Add the commands of this file to ``sartor bench``."""
    bench_app.command("pmo")(pmo)
    bench_app.command("pmo-oracles")(pmo_oracles)
    bench_app.command("guacamol")(guacamol)


def pmo(
    task: Annotated[str, typer.Option("--task", help="A task, several with commas, or all (20) or tune (2).")] = "tune",
    track: Annotated[str, typer.Option("--track", help="a: every score counts; b: those of --start are free.")] = "a",
    calls: Calls = 10_000,
    seed: Seed = 0,
    seeds: Seeds = "",
    method: Way = "default",
    start: Start = None,
    out: Out = None,
    oracle_check: Annotated[bool, typer.Option("--oracle-check", help="Compare the oracles with --fixture.")] = False,
    fixture: Annotated[Path | None, typer.Option("--fixture", help="Folder: molecules .csv, scores .parquet.")] = None,
    rows: Annotated[int | None, typer.Option("--rows", help="Only the first rows of the fixture.", min=1)] = None,
    threads: Threads = 2,
    curves: Annotated[Path | None, typer.Option("--curves", help="Learning curves of all runs in -o, as SVG.")] = None,
    as_json: Json = False,
) -> None:
    """Practical molecular optimization (PMO): the best molecules for a budget of scores, beside published methods.

    AUC top-10 as mol_opt defines it, calls counted by unique canonical SMILES. With several tasks or seeds the answer
    holds every run and a summary; with -o an interrupted series goes on where it was.

    Example: `sartor bench pmo --task all --calls 1000 --seeds 0,1,2 -o pmo --json`
    """
    if oracle_check:
        _check(fixture, rows, as_json)
        return
    from sartor.bench.pmo import measure_many, summary
    from sartor.ml.sequence_model import threads as on_threads

    if curves is not None and out is None:
        raise OrderError("--curves draws the finished runs of a folder: name it with -o")
    chosen, drawn = _tasks(task), _seeds(seeds, seed)
    with on_threads(threads):
        found = measure_many(chosen, drawn, out, _say, track=track, calls=calls, method=method, start=start)
    total = summary(found)
    for table in _tables(total, track, calls, method):
        words.print(table)
    if curves is not None and out is not None:
        from sartor.bench.pmo_picture import curves_svg

        curves.write_text(curves_svg(out), encoding="utf-8")
    if as_json:
        one = found[0] if len(found) == 1 else {"runs": found}
        answer({**one, "summary": total} if len(found) > 1 else one)


def pmo_oracles(
    data: Annotated[Path, typer.Option("--data", help="Folder with gsk3.txt.gz, jnk3.txt.gz or drd2.txt.gz.")],
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Train the classifier oracles of PMO (DRD2, GSK3 beta, JNK3) into the user's cache; they are never shipped.

    Each file holds lines of a SMILES and 0 or 1. Needs the `train` extra.

    Example: `sartor bench pmo-oracles --data labels --json`
    """
    from sartor.train.pmo_oracles import train_oracles

    told = train_oracles(data, seed, _say)
    for name, row in told.items():
        words.print(f"{name}: {row.get('why_not') or 'trained on {labels} labels'.format(**row)}", markup=False)
    if as_json:
        answer(told)


def guacamol(
    task: Annotated[str, typer.Option("--task", help="A task, several with commas, or all (20).")] = "all",
    calls: Calls = 10_000,
    seed: Seed = 0,
    seeds: Seeds = "",
    method: Way = "default",
    start: Start = None,
    out: Out = None,
    threads: Threads = 2,
    as_json: Json = False,
) -> None:
    """The twenty goal-directed tasks of GuacaMol, scored as it defines them; it sets no budget, so ours is stated.

    Example: `sartor bench guacamol --task median1,median2 --calls 5000 --json`
    """
    from sartor.bench.guacamol import GRAPH_GA, measure_guacamol
    from sartor.bench.pmo_tasks import GUACAMOL
    from sartor.ml.sequence_model import threads as on_threads

    chosen = list(GUACAMOL) if task == "all" else [t.strip() for t in task.split(",")]
    with on_threads(threads):
        found = measure_guacamol(chosen, _seeds(seeds, seed), out, _say, calls=calls, method=method, start=start)
    table = Table(title=f"GuacaMol goal-directed, {method}, {calls} calls: sum {found['sum']:.3f} of {len(chosen)}")
    for column in ("task", "score", "Graph GA (published)"):
        table.add_column(column, justify="left" if column == "task" else "right")
    for name, row in found["tasks"].items():
        table.add_row(name, f"{row['score']:.3f}", f"{GRAPH_GA[name]:.3f}")
    words.print(table)
    if as_json:
        answer(found)


def _say(text: str) -> None:
    words.print(text, markup=False)


def _tasks(text: str) -> list[str]:
    from sartor.bench.pmo_tasks import CLASSIFIERS, PMO

    if text in ("all", "tune"):
        return list(PMO) if text == "all" else ["zaleplon_mpo", "perindopril_mpo"]
    chosen = [t.strip() for t in text.split(",") if t.strip()]
    unknown = [t for t in chosen if t not in (*PMO, *CLASSIFIERS)]
    if unknown or not chosen:
        raise OrderError(f"no task {', '.join(unknown) or text!r}; there are {', '.join((*PMO, *CLASSIFIERS))}")
    return chosen


def _seeds(text: str, seed: int) -> list[int]:
    try:
        return [int(s) for s in text.split(",")] if text else [seed]
    except ValueError as error:
        raise OrderError(f"--seeds wants whole numbers with commas, as 0,1,2; not {text!r}") from error


def _check(fixture: Path | None, rows: int | None, as_json: bool) -> None:
    from sartor.bench.pmo_check import check

    if fixture is None:
        raise OrderError("--oracle-check wants --fixture FOLDER, with the molecules as .csv and the scores as .parquet")
    found = check(fixture, rows, _say)
    for task, row in found["tasks"].items():
        if "note" in row:
            words.print(f"{task}: {row['note']}; as defined {row['as_defined']:.3g}", markup=False)
    if as_json:
        answer(found)
    if found["failed"]:
        raise typer.Exit(1)


def _tables(total: dict[str, Any], track: str, calls: int, method: str) -> list[Table]:
    """Ours beside the best published figure, then what else was measured; each fits eighty columns."""
    from sartor.facts.pmo import published

    others = published(track)
    note = "" if calls == 10_000 else f" (ours at {calls} calls: not comparable)"
    told = Table(title=f"PMO, track {track}, {method}: AUC top 10, beside figures published for 10,000 calls{note}")
    more = Table(title="the same runs", box=SIMPLE, padding=(0, 0, 0, 1))
    for table, columns in (
        (told, ("task", "ours", "sd", "best published", "of")),
        (more, ("task", "top 1", "top 100", "diverse", "rules", "SA", "s", "oracle")),
    ):
        for column in columns:
            table.add_column(column, justify="left" if column in ("task", "of") else "right", no_wrap=column == "task")
    for task, row in total["tasks"].items():
        sd = "" if row["auc_top10_sd"] is None else f"{row['auc_top10_sd']:.3f}"
        name, best = max(others.get(task, {"": float("nan")}).items(), key=lambda item: item[1])
        told.add_row(task, f"{row['auc_top10']:.3f}", sd, f"{best:.3f}" if name else "", name)
        own = [f"{row[k]:.3f}" for k in ("auc_top1", "auc_top100")]
        own += [f"{row[k]:.2f}" for k in ("diversity", "rule_filter")] + [f"{row['sa']:.1f}"]
        more.add_row(task, *own, *(f"{row[k]:.0f}" for k in ("seconds_total", "seconds_oracle")))
    if total["complete"]:
        plain = [t for t in total["tasks"] if t in others and t not in total["retrained_tasks"]]
        names = set.intersection(*(set(others[t]) for t in plain))
        name, best = max(((n, sum(others[t][n] for t in plain)) for n in names), key=lambda item: item[1])
        told.add_row("sum of 20", f"{total['sum_auc_top10_rdkit']:.2f}", "", f"{best:.2f}", name)
    return [told, more]
