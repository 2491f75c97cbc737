"""``sartor propose``, ``sartor learn`` and ``sartor ledger``: from a finished design to what to make next, and back."""

from __future__ import annotations

import csv
import math
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from sartor.core import OrderError, encode

from .console import answer, words

Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]
Target = Annotated[str, typer.Option(help="Gene of the protein, where no design's brief names it.")]
Variant = Annotated[str, typer.Option(help='The protein\'s variant, like "T790M"; wild type where empty.')]
_SMILES, _WORTH = 50, 12  # characters that a row of the ledger's table wants, and each column of worth
POLICIES = ("improvement", "goal", "optimistic", "greedy", "random")


def register(app: typer.Typer) -> None:
    """Add the commands of this file to ``sartor``."""
    app.command()(propose)
    app.command()(learn)
    app.command()(ledger)


def propose(
    folder: Annotated[Path, typer.Argument(help="A finished design's folder, or a campaign's.", metavar="OUT")],
    size: Annotated[int, typer.Option("--next", help="Molecules in the batch.", min=1, max=384)] = 24,
    campaign: Annotated[
        Path | None, typer.Option("--campaign", help="The campaign's folder; OUT/campaign where OUT is a design.")
    ] = None,
    pool: Annotated[Path | None, typer.Option("--pool", help="Also choose from this list of SMILES.")] = None,
    target: Target = "",
    variant: Variant = "",
    goal: Annotated[float | None, typer.Option(help="pIC50 that is enough; the brief's where it has one.")] = None,
    policy: Annotated[
        str, typer.Option(help="improvement, goal (chance to reach it), optimistic, greedy or random.")
    ] = "improvement",
    min_distance: Annotated[
        float, typer.Option(help="Least Tanimoto distance (counts) between two of the batch.", min=0, max=0.95)
    ] = 0.2,
    seed: Annotated[int, typer.Option(help="Seed of the choice.")] = 20261,
    as_json: Json = False,
) -> None:
    """Choose the next molecules to make: expected improvement times the chance to meet all else, each with its reason.

    Writes batch-001.csv, .sdf and .md into the campaign's folder. Fill value and unit into the CSV as results come and
    give it to `sartor learn`; then propose again. What was proposed and has no result yet is taken into account.

    Example: `sartor propose out/lung --next 24`
    """
    from sartor.app.campaign import Ask
    from sartor.app.campaign import propose as choose

    if policy not in POLICIES:
        raise OrderError(f"--policy is one of {', '.join(POLICIES)}, not {policy!r}")
    ask = Ask(size, min_distance, seed, policy, goal)  # type: ignore[arg-type]
    made = choose(folder, ask, pool=pool, campaign=campaign, target=target, variant=variant, say=_say)
    table = Table(title=f"batch {made['batch']}: to improve on pIC50 {made['incumbent']:.2f}")
    for head in ("id", "SMILES", "expected pIC50", "why"):
        table.add_column(head, overflow="fold")
    for m in made["molecules"]:
        interval = f"{m['expected_pIC50']:.2f} ({m['low']:.2f} to {m['high']:.2f})"
        table.add_row(m["id"], m["smiles"], interval, m["why"].split("; ", 1)[-1])
    words.print(table)
    words.print(f"written: {', '.join(made['files'])}", markup=False)
    if as_json:
        answer(made)


def learn(
    results: Annotated[Path, typer.Argument(help="CSV of assay results.", metavar="RESULTS.csv")],
    campaign: Annotated[Path, typer.Option("--campaign", help="The campaign's folder.")],
    target: Target = "",
    variant: Variant = "",
    as_json: Json = False,
) -> None:
    """Take assay results into the campaign: update its potency model and show what changed.

    Columns: `smiles` or `id`; `value` (a number, a bound like >10000, or failed); `unit` (M to pM, pIC50, % with a
    `concentration`). Repeats are averaged, bounds stay bounds, bad rows are listed and refused. The same file again
    changes nothing. A later `sartor design CASE.toml --campaign DIR` searches with what was learned.

    Example: `sartor learn batch-001.csv --campaign out/lung/campaign`
    """
    from sartor.app.learning import learn_results

    told = learn_results(results, campaign, target=target, variant=variant, say=_say)
    words.print(
        f"{told['new']} new rows ({told['failed_assays']} failed assays), {told['already_known']} known before, "
        f"{told['waiting']} without a result yet, {len(told['refused'])} refused; {told['measured']} measured in all",
        markup=False,
    )
    if told["not_from_this_campaign"]:
        words.print(f"{len(told['not_from_this_campaign'])} molecules are not from this campaign; learned from too")
    _show(told["changes"])
    if as_json:
        answer(told)


def _show(c: dict[str, Any]) -> None:
    if not c:
        return
    table = Table(title="what changed")
    table.add_column("figure")
    table.add_column("value", justify="right")
    for name, key in (
        ("numbers that came in", "numbers"),
        ("of them foretold by a proposal", "foretold"),
        ("inside the 90 % interval stated before", "coverage"),
        ("mean miss (measured minus expected)", "bias"),
        ("mean absolute error before", "mae_before"),
        ("mean absolute error now, each left out", "mae_after"),
        ("best pIC50 before", "best_before"),
        ("best pIC50 now", "best_after"),
    ):
        table.add_row(name, "not known" if c[key] is None else f"{c[key]:.3g}")
    words.print(table)
    for s in c["surprises"]:
        words.print(f"surprise: {s['value']} for {s['expected']} ({s['z']:+.1f} sd)  {s['smiles']}", markup=False)
    for k in c["contradictions"]:
        words.print(f"contradiction: {', '.join(k['says'])} ({k['apart']} apart)  {k['smiles']}", markup=False)
    words.print(f"model: {c['model']}", markup=False)


def ledger(
    out: Annotated[Path, typer.Argument(help="A finished design's folder, or its 3-ledger.parquet.", metavar="OUT")],
    front: Annotated[bool, typer.Option("--front", help="Only the Pareto front of the objectives' worth.")] = False,
    where: Annotated[
        list[str] | None, typer.Option("--where", help='A condition like "logp<3"; repeat it for more.')
    ] = None,
    sort: Annotated[str, typer.Option(help="Column to sort by; -column turns it round.")] = "total",
    top: Annotated[int, typer.Option(help="At most so many rows; 0 for all.", min=0)] = 20,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write the rows as CSV to standard output.")] = False,
    as_json: Json = False,
) -> None:
    """Ask everything a design tried: the front, conditions, the best by any column; with the front's hypervolume.

    Example: `sartor ledger out/lung --front --where "logp<3" --sort total --top 10`
    """
    from sartor.app.ledger import query

    if as_csv and as_json:
        raise OrderError("--csv and --json both write to standard output; give one of them")
    found = query(out, front=front, where=where or (), sort=sort, top=top)
    if as_csv:
        heads = list(found.rows[0]) if found.rows else ["smiles"]
        writer = csv.DictWriter(sys.stdout, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: "" if _absent(v) else v for k, v in row.items()} for row in found.rows)
        return
    table = Table(title=f"{found.fit} of {found.tried} tried fit; {found.front} on the front")
    fits = len(found.objectives) <= max((words.width - _SMILES) // _WORTH, 0)  # else a column is one letter wide
    heads = [f"worth: {o}" for o in found.objectives] if fits else ["least worth"]
    for head in ("total", "SMILES", *heads):
        table.add_column(head, overflow="fold")
    for row in found.rows:
        worth = {o: row.get(f"{o}_worth") for o in found.objectives}
        cells = ["?" if w is None else f"{w:.2f}" for w in worth.values()] if fits else [_least(worth)]
        table.add_row(f"{row['total']:.3f}", row["smiles"], *cells)
    words.print(table)
    error = f" (standard error {found.hypervolume_error:.2g})" if found.hypervolume_error else ""
    words.print(f"hypervolume of the front: {found.hypervolume:.4f} of 1{error}", markup=False)
    if as_json:
        answer(encode(found))


def _least(worth: dict[str, float | None]) -> str:
    """The three objectives that a molecule serves worst."""
    told = sorted((w, o) for o, w in worth.items() if w is not None and not math.isnan(w))
    return ", ".join(f"{o} {w:.2f}" for w, o in told[:3])


def _absent(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _say(text: str) -> None:
    words.print(text, markup=False)
