"""``sartor propose``: the next batch to make, from a finished design, a campaign's folder or a list of molecules."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sartor.campaign import batch as batches
from sartor.campaign.acquire import Policy
from sartor.campaign.measured import gathered
from sartor.campaign.model import NINETY, Base, CampaignModel, learn
from sartor.campaign.notebook import ABOUT, Held, Notebook, Proposal, begun, opened
from sartor.campaign.pools import Pool, goal_of, joined, of_candidates, plain, potency_wish
from sartor.campaign.scorer import CampaignPotency
from sartor.campaign.units import RETRACTED
from sartor.chem.parse import batch
from sartor.core import DesignBrief, IntakeError, Ledger, Objective, OrderError, Patient, Refusal, Scorer
from sartor.report.files import read_brief, read_patient
from sartor.report.tables import read_ledger, write_ledger
from sartor.score.judge import PatientJudge

from . import parts
from .molecules import read_molecule_texts
from .provenance import sha256

Say = Callable[[str], None]
LEDGER, BRIEF, PATIENT = "3-ledger.parquet", "2-brief.json", "1-patient.json"


@dataclass(frozen=True, slots=True)
class Ask:
    """How a batch is asked for. ``goal`` None takes the brief's; ``policy`` None is expected improvement."""

    size: int = 24
    apart: float = 0.2
    seed: int = 20261
    policy: Policy | None = None
    goal: float | None = None


def propose(
    folder: Path,
    ask: Ask,
    *,
    pool: Path | None = None,
    campaign: Path | None = None,
    target: str = "",
    variant: str = "",
    say: Say = lambda _: None,
) -> dict[str, Any]:
    """Choose, write and record the next batch; returns what was written and why each molecule was chosen.

    ``folder`` is a finished design (its campaign then lies in ``folder/campaign`` unless ``campaign`` names another) or
    a campaign's folder. ``pool`` adds a list of molecules. OrderError where there is nothing to choose from.
    """
    place = _place(folder, campaign, pool, target, variant)
    with Held(place):
        book = opened(place)  # anew: another command may have written while this one waited for the lock
        book.refresh()
        if (folder / LEDGER).is_file():
            _take_design(book, folder, say)
        if pool is not None:
            _take_list(book, pool, say)
        model, _, why = model_of(book)
        if why:
            say(why)
        say(f"model: {model.why}")
        made = _choice(book, model, ask)
        if len(made.chosen) < ask.size:
            say(f"only {len(made.chosen)} of the {ask.size} asked for: no others are left that may meet the rest")
        files = batches.write(made, place, model.why)
        book.write(
            "proposed",
            batch=made.number,
            policy=made.policy,
            incumbent=made.incumbent,
            digest=book.digest(),
            model=model.why,
            molecules=[asdict(_proposal(c)) for c in made.chosen],
        )
    return {
        "campaign": str(place),
        "batch": made.number,
        "files": [str(f) for f in files],
        "pool": made.pool,
        "pending": made.pending,
        "policy": made.policy,
        "incumbent": round(made.incumbent, 3),
        "goal": made.goal,
        "model": model.why,
        "measured": len(model.measured),
        "molecules": [_told(c) for c in made.chosen],
    }


def _choice(book: Notebook, model: CampaignModel, ask: Ask) -> batches.Batch:
    whole, brief = pools_of(book)
    wish = None if brief is None else potency_wish(brief)
    goal = ask.goal if ask.goal is not None else goal_of(wish)
    number = book.batches() + 1
    if ask.policy == "goal" and goal is None:
        raise OrderError("the policy goal wants a goal (pIC50), and no brief of this campaign has one: give --goal")
    return batches.choose(
        number,
        model,
        whole,
        fates(book),
        ask.size,
        goal=goal,
        policy=ask.policy,
        apart=ask.apart,
        seed=ask.seed + number,
    )


def _proposal(c: batches.Chosen) -> Proposal:
    return Proposal(c.id, c.smiles, c.inchikey, c.pick.mean, c.pick.sd, c.pick.gain, c.why)


def _told(c: batches.Chosen) -> dict[str, Any]:
    p, half = c.pick, NINETY * c.pick.sd
    near = None if c.nearest is None else dict(zip(("smiles", "pIC50", "similarity"), c.nearest, strict=True))
    return {
        "id": c.id,
        "smiles": c.smiles,
        "expected_pIC50": round(p.mean, 3),
        "low": round(p.mean - half, 3),
        "high": round(p.mean + half, 3),
        "expected_improvement": round(p.gain, 4),
        "chance_of_the_rest": round(p.chance, 4),
        "exploration": round(p.exploration, 3),
        "narrows": p.narrows,
        "nearest": near,
        "why": c.why,
    }


def _place(folder: Path, campaign: Path | None, pool: Path | None, target: str, variant: str) -> Path:
    """The campaign's folder, begun where there was none."""
    design = (folder / LEDGER).is_file() and (folder / BRIEF).is_file()
    if (folder / ABOUT).exists() and campaign is None:
        return folder
    if not design and pool is None:
        raise OrderError(
            f"{folder} is neither a finished design (no {LEDGER} with {BRIEF}) nor a campaign (no {ABOUT}); "
            "give one of them, or a list of molecules with --pool"
        )
    place = campaign or (folder / "campaign" if design else folder)
    if design and not target:
        wish = potency_wish(read_brief(folder / BRIEF))
        settings = wish.settings if wish else {}
        target, variant = settings.get("target", ""), settings.get("variant", "")
    begun(place, target, variant, {})
    return place


def _take_design(book: Notebook, folder: Path, say: Say) -> None:
    """Copy a design's ledger and brief into the campaign, once."""
    mark = sha256(folder / LEDGER)
    if any(e["event"] == "pool" and e["sha256"] == mark for e in book.events):
        return
    brief = read_brief(folder / BRIEF)
    wish = potency_wish(brief)
    asked = (wish.settings.get("target", ""), wish.settings.get("variant", "")) if wish else ("", "")
    if wish and book.target and asked != (book.target, book.about.get("variant", "")):
        raise OrderError(
            f"{folder} was designed for {' '.join(asked).strip()}, the campaign is on {book.target}; "
            "give another folder with --campaign"
        )
    ledger = read_ledger(folder / LEDGER)
    number = _store(book, lambda at: shutil.copyfile(folder / LEDGER, at / LEDGER), folder)
    say(f"pool {number}: {len(ledger)} molecules of the design in {folder}")
    book.write("pool", number=number, source=str(folder), sha256=mark, molecules=len(ledger), brief=True)


def _take_list(book: Notebook, path: Path, say: Say) -> None:
    """Judge a list by the campaign's latest brief (where there is one) and keep it as a pool, once."""
    texts = read_molecule_texts(path)
    mark = sha256(path)
    if any(e["event"] == "pool" and e["sha256"] == mark for e in book.events):
        return
    mols, bad = batch(texts)
    for b in bad[:20]:
        say(f"{path}: {b.text!r} is {b.why}; left out")
    if not len(mols):
        raise IntakeError(
            "holds no molecule", file=path, remedy="give SMILES, one a line, or a CSV with a smiles column"
        )
    briefed = [e for e in book.events if e["event"] == "pool" and e["brief"]]
    if briefed:
        old = book.folder / "pools" / f"{briefed[-1]['number']:03d}"
        patient = read_patient(old / PATIENT) if (old / PATIENT).exists() else Patient()
        brief = read_brief(old / BRIEF)
        ledger = Ledger(PatientJudge(brief, parts.scorers(brief), patient).judge(mols))
        number = _store(book, lambda at: write_ledger(ledger, at), old)
    else:
        number = _store(book, lambda at: (at / "pool.smi").write_text("".join(f"{s}\n" for s in mols.smiles)), None)
        say("no brief: potency alone decides; begin from a design folder to weigh the other objectives")
    say(f"pool {number}: {len(mols)} molecules of {path}, {len(bad)} lines left out")
    book.write("pool", number=number, source=str(path), sha256=mark, molecules=len(mols), brief=bool(briefed))


def _store(book: Notebook, write: Callable[[Path], object], source: Path | None) -> int:
    """Make ``pools/NNN`` under another name and rename it; the event that follows makes it count."""
    number = 1 + sum(e["event"] == "pool" for e in book.events)
    at = book.folder / "pools" / f"{number:03d}"
    half = at.with_name(f".writing-{number:03d}")
    try:
        for old in (half, at):  # left over from a killed command: its event was never written
            shutil.rmtree(old, ignore_errors=True)
        half.mkdir(parents=True)
        write(half)
        for name in (BRIEF, PATIENT):
            if source is not None and (source / name).exists():
                shutil.copyfile(source / name, half / name)
        os.replace(half, at)
    except OSError as error:
        raise OrderError(f"cannot write into {book.folder}: {error.strerror or error}; free some space") from error
    return number


def pools_of(book: Notebook) -> tuple[Pool, DesignBrief | None]:
    """Every pool of a campaign as one, and the latest brief; OrderError where there is none."""
    pools, brief = [], None
    for e in book.events:
        if e["event"] != "pool":
            continue
        at = book.folder / "pools" / f"{e['number']:03d}"
        if e["brief"]:
            brief = read_brief(at / BRIEF)
            pools.append(of_candidates(read_ledger(at / LEDGER).candidates, brief, potency_wish(brief)))
        else:
            pools.append(plain(batch((at / "pool.smi").read_text().split())[0]))
    if not pools:
        raise OrderError(f"{book.folder} has no molecules to choose from; give a design folder or --pool")
    return joined(pools), brief


def fates(book: Notebook) -> dict[str, str]:
    """InChIKey -> "pending", "failed" or "measured" of everything proposed or tested."""
    done = {p.inchikey: "pending" for p in book.proposals()}
    for r in book.results():
        if r.failed == RETRACTED:
            done.pop(r.inchikey, None)
        elif r.failed:
            if done.get(r.inchikey) != "measured":
                done[r.inchikey] = "failed"
        else:
            done[r.inchikey] = "measured"
    return done


def shipped_base(book: Notebook) -> tuple[Base | None, str]:
    """The shipped potency model of the campaign's target, or None and why not."""
    if not book.target:
        return None, "the campaign names no target: its model starts from nothing but its own results"
    settings = {"target": book.target}
    if book.about.get("variant"):
        settings["variant"] = str(book.about["variant"])
    try:
        return parts.make("scorers", "potency", settings), ""
    except Refusal as error:
        return None, f"no shipped model to start from: {error.reason}"


def model_of(book: Notebook) -> tuple[CampaignModel, Base | None, str]:
    """The campaign's model after all it learned, the shipped model, and why there is none of the latter."""
    base, why = shipped_base(book)
    return learn(gathered(book.results())[0], base), base, why


def with_campaign(folder: Path | None, brief: DesignBrief, scorers: dict[str, Scorer]) -> dict[str, Scorer]:
    """The scorers of a brief, with the campaign's model in place of the shipped one for the campaign's target.

    OrderError where the brief asks nothing of that target.
    """
    if folder is None:
        return scorers
    book = opened(folder)
    model, _, _ = model_of(book)
    mine = (book.target, str(book.about.get("variant", "")))
    asks: list[Any] = [*brief.objectives, *brief.constraints]
    made: dict[int, Scorer] = {}
    out = dict(scorers)
    for ask in asks:
        if ask.scorer != "potency" or (ask.settings.get("target", ""), ask.settings.get("variant", "")) != mine:
            continue
        shipped = scorers[ask.name]
        out[ask.name] = made.setdefault(id(shipped), CampaignPotency(shipped, model, book.digest()))  # type: ignore[arg-type]
    if not made:
        raise OrderError(
            f"the campaign {folder} is on {' '.join(mine).strip() or 'no named target'}, but the brief asks for no "
            f"potency on it ({', '.join(_potencies(brief)) or 'no potency at all'}); give another campaign"
        )
    return out


def _potencies(brief: DesignBrief) -> list[str]:
    asks: list[Objective] = [o for o in brief.objectives if o.scorer == "potency"]
    return [" ".join(filter(None, (o.settings.get("target"), o.settings.get("variant")))) for o in asks]
