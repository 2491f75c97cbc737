"""``sartor learn``: assay results into the campaign, and what they changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sartor.campaign.changes import compare
from sartor.campaign.measured import gathered
from sartor.campaign.model import learn
from sartor.campaign.notebook import ABOUT, Held, Notebook, begun, opened, rows_of
from sartor.campaign.results import Result, Table, read_results
from sartor.campaign.units import RETRACTED
from sartor.core import IntakeError, OrderError, encode

from .campaign import pools_of, shipped_base

Say = Callable[[str], None]


def learn_results(
    results: Path,
    campaign: Path,
    *,
    target: str = "",
    variant: str = "",
    say: Say = lambda _: None,
) -> dict[str, Any]:
    """Read an assay table, keep what is new of it, fit the campaign's model anew; returns what that changed.

    Bad rows are listed (``refused``) and never enter; a file or row that was learned before changes nothing. A folder
    that is no campaign yet becomes one where ``target`` names its protein. IntakeError where not one row is usable.
    """
    if not (campaign / ABOUT).exists() and not target:
        raise OrderError(
            f"{campaign} is no campaign yet; begin one with `sartor propose OUT`, or name the protein with --target"
        )
    if target:
        begun(campaign, target, variant, {})
    with Held(campaign):
        book = opened(campaign)
        book.refresh()
        table = read_results(results, {p.id: p.smiles for p in book.proposals()})
        _say_refused(table, say)
        if not table.results and not table.waiting:
            first = table.bad[0]
            raise IntakeError(
                f"none of {len(table.bad)} rows can be used; the first: {first.came}",
                file=results,
                line=first.row,
                remedy=f"give {first.expected}",
            )
        known = {r.key for r in book.results()}
        fresh = [r for r in table.results if r.key not in known]
        figures, measured = _update(book, fresh, say)
        if fresh:
            book.write(
                "learned",
                source=results.name,
                sha256=table.sha256,
                results=rows_of(fresh),
                refused=[asdict(b) for b in table.bad],
                notes=table.notes,
                figures=figures,
            )
    return {
        "campaign": str(campaign),
        "rows": len(table.results) + len(table.bad) + table.waiting,
        "new": len(fresh),
        "already_known": len(table.results) - len(fresh),
        "waiting": table.waiting,
        "refused": [asdict(b) for b in table.bad],
        "failed_assays": sum(bool(r.failed) and r.failed != RETRACTED for r in fresh),
        "retracted": [r.smiles for r in fresh if r.failed == RETRACTED],
        "not_from_this_campaign": _strangers(book, fresh),
        "notes": table.notes + [f"row {r.row}: {r.rule}" for r in fresh if r.rule],
        "measured": measured,
        "changes": figures,
        "digest": book.digest(),
    }


def _update(book: Notebook, fresh: list[Result], say: Say) -> tuple[dict[str, Any], int]:
    """What the fresh rows change, as figures ({} where there is no model to compare), and how much is measured now."""
    base, why = shipped_base(book)
    if why:
        say(why)
    earlier = gathered(book.results())[0]
    everything, contradictions = gathered([*book.results(), *fresh])
    if not everything and base is None:
        return {}, 0
    before = learn(earlier, base) if earlier or base is not None else None
    after = learn(everything, base)
    keys = {r.inchikey for r in fresh}
    against = [c for c in contradictions if c.inchikey in keys]
    proposals = {p.inchikey: p for p in book.proposals()}
    figures: dict[str, Any] = encode(asdict(compare(before, after, gathered(fresh)[0], proposals, against)))
    return figures | {"model": after.why, "noise_sd": round(after.noise_sd, 3)}, len(everything)


def _say_refused(table: Table, say: Say) -> None:
    for b in table.bad:
        say(f"row {b.row} refused: {b.came}; expected {b.expected}")
    for note in table.notes:
        say(note)


def _strangers(book: Notebook, fresh: list[Result]) -> list[str]:
    """New molecules that neither a batch nor a pool of the campaign holds; learned from all the same."""
    ours = {p.inchikey for p in book.proposals()}
    if any(e["event"] == "pool" for e in book.events) and any(r.inchikey not in ours for r in fresh):
        ours |= set(pools_of(book)[0].keys)
    return list(dict.fromkeys(r.smiles for r in fresh if r.inchikey not in ours))
