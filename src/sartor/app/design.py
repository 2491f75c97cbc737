"""The story: from an order to a dossier, one sentence a stage; it knows none of the rooms' insides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from sartor.core import Dossier
from sartor.optimize.select import select
from sartor.report import files, tables

from . import parts
from .answer import Answer, explain, figures, limits, publish
from .campaign import with_campaign
from .desk import Desk
from .intake import read_patient, write_brief
from .order import Order
from .search import LEDGER, reopen, search, tidy

Progress = Callable[[dict[str, float]], None]


def design(
    order: Order,
    out: str | Path,
    *,
    start: Path | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Answer:
    """Design molecules for one patient; every stage leaves its artefact in ``out``.

    ``start`` is a 2-brief.json to use instead of writing one. A killed run goes on from where it was. With ``resume``
    a search that was broken off by Ctrl-C goes on too, and a folder that holds no run of this order is an OrderError.
    """
    desk = Desk(Path(out), order, start, must_go_on=resume)
    if resume:
        reopen(desk)
    say("reading the patient")
    patient = desk.stage("1-patient.json", lambda: read_patient(order.patient), files.write_patient, files.read_patient)
    brief = desk.stage(
        "2-brief.json",
        lambda: files.read_brief(start) if start else write_brief(order, patient),
        files.write_brief,
        files.read_brief,
    )
    say(f"brief: {len(brief.objectives)} objectives, {len(brief.constraints)} constraints for {brief.target}")
    scorers = with_campaign(order.campaign(), brief, parts.scorers(brief))
    rng = np.random.default_rng(order.seed)
    ledger = desk.stage(
        LEDGER,
        lambda: search(order, brief, patient, scorers, rng, desk, progress, say),
        tables.write_ledger,
        tables.read_ledger,
    )
    tidy(ledger, desk)
    say(f"tried {len(ledger)} molecules; choosing and explaining")
    chosen = select(ledger, order.shortlist.size, order.shortlist.min_distance)
    shortlist = explain(chosen, brief, patient, scorers)
    dossier = Dossier(
        brief, shortlist, limits(order, ledger, shortlist, brief, patient), desk.marks, figures(ledger, shortlist)
    )
    publish(dossier, order, patient, ledger, scorers, desk)
    desk.audit.write("finished", shortlist=len(shortlist))
    return Answer.of(dossier, desk.folder)
