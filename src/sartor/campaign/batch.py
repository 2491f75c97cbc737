"""A batch to make: chosen, each with the reason why this one, and written for the people who make it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.parse import strict_batch
from sartor.chem.sdf import sd_text
from sartor.core import MolBatch, Refusal

from .acquire import Pick, Policy, Wish, fill
from .measured import Measured
from .model import NINETY, CampaignModel
from .pools import Pool

NO_INCUMBENT = 0.9  # quantile of the pool's predictions to improve on while nothing is measured


@dataclass(frozen=True, slots=True)
class Chosen:
    """One molecule of a batch: the pick, its nearest measured compound, and why it was chosen."""

    id: str
    smiles: str
    inchikey: str
    pick: Pick
    nearest: tuple[str, float, float] | None
    doubt: str
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch: what it improves on (pIC50 and whose it is), by which policy, from how many molecules."""

    number: int
    chosen: tuple[Chosen, ...]
    policy: Policy
    incumbent: float
    of: str
    goal: float | None
    pool: int
    pending: int


def choose(
    number: int,
    model: CampaignModel,
    pool: Pool,
    done: Mapping[str, str],
    n: int,
    *,
    goal: float | None,
    policy: Policy | None,
    apart: float,
    seed: int,
) -> Batch:
    """The next batch from a pool.

    ``done`` are molecules not to be proposed, by InChIKey: "measured", "failed" or "pending" (proposed, no result
    yet); a pending one is believed to come out as expected before anything is chosen. The policy is improvement unless
    another is given; "goal" wants a ``goal``. Refusal where nothing is left that may meet the rest.
    """
    free = np.array([k not in done for k in pool.keys], dtype=bool)
    if not (free & np.isfinite(pool.log_worth)).any():
        raise Refusal(
            f"of {len(pool)} molecules {int((~free).sum())} were proposed or measured before, and none of the others "
            "can meet the constraints",
            remedy="design further (`sartor design CASE.toml --campaign DIR`) or give another pool with --pool",
        )
    view = model.pool(pool.mols)
    for i in [i for i, k in enumerate(pool.keys) if done.get(k) == "pending"]:
        view = view.after(i)
    hopeless = {k for k, w in zip(pool.keys, pool.log_worth, strict=True) if not np.isfinite(w)}
    incumbent, of = _incumbent(model, view.mean, hopeless)
    rule: Policy = policy or "improvement"
    wish = Wish(rule, incumbent, goal, apart)
    picks = fill(view, pool.log_worth, free, n, wish, np.random.default_rng(seed))
    mols = pool.mols.take([p.index for p in picks])
    near = nearest(model.measured, mols)
    chosen = []
    for k, (pick, found) in enumerate(zip(picks, near, strict=True), 1):
        doubt = pool.doubts[pick.index]
        chosen.append(
            Chosen(
                f"B{number:03d}-{k:02d}",
                pool.mols.smiles[pick.index],
                pool.keys[pick.index],
                pick,
                found,
                doubt,
                reason(pick, found, incumbent, of, goal, model.noise_sd, doubt),
            )
        )
    pending = sum(v == "pending" for v in done.values())
    return Batch(number, tuple(chosen), rule, incumbent, of, goal, len(pool), pending)


def _incumbent(model: CampaignModel, means: np.ndarray, hopeless: set[str]) -> tuple[float, str]:
    """What is to be improved on: the best measured molecule that may meet the rest, by the model's noise-free mean."""
    exact = [m for m in model.measured if m.relation == "="]
    exact = [m for m in exact if m.inchikey not in hopeless] or exact
    if not exact:
        return float(np.quantile(means, NO_INCUMBENT)), ""
    mean, _ = model.predict(strict_batch(m.smiles for m in exact))
    best = int(np.argmax(mean))
    return float(mean[best]), exact[best].smiles


def nearest(measured: Sequence[Measured], mols: MolBatch) -> list[tuple[str, float, float] | None]:
    """For each molecule its nearest one measured with a number: (SMILES, pIC50, Tanimoto); None where there is none."""
    exact = [m for m in measured if m.relation == "="]
    if not exact or not len(mols):
        return [None] * len(mols)
    similar = tanimoto(morgan_bits(mols), morgan_bits(strict_batch(m.smiles for m in exact)))
    at = similar.argmax(axis=1)
    return [(exact[j].smiles, round(exact[j].value, 2), round(float(similar[i, j]), 2)) for i, j in enumerate(at)]


def reason(
    pick: Pick,
    near: tuple[str, float, float] | None,
    incumbent: float,
    of: str,
    goal: float | None,
    noise_sd: float,
    doubt: str,
) -> str:
    """Why this one, in one or two sentences with their numbers."""
    half = NINETY * pick.sd
    told = [f"expected pIC50 {pick.mean:.2f} (90 %: {pick.mean - half:.2f} to {pick.mean + half:.2f})"]
    best = "the best measured" if of else "the pool's upper tenth"
    told.append(f"improves on {best} ({incumbent:.2f}) by {pick.gain:.2f} on average")
    if pick.exploration > 0.5:
        told.append(f"chosen more to learn than to win: {pick.exploration:.0%} of that comes from not knowing")
    else:
        told.append(f"chosen for what is known: {1 - pick.exploration:.0%} of that is already in its mean")
    if near:
        told.append(f"nearest measured has {near[1]:.2f} at Tanimoto {near[2]:.2f}")
    else:
        told.append("nothing comparable was measured here yet")
    if pick.narrows:
        told.append(f"its result narrows the intervals of {pick.narrows} further molecules by a tenth or more")
    if goal is not None and pick.mean + half < goal:
        told.append(f"the goal of {goal:g} lies above its interval")
    if doubt:
        told.append(doubt)
    if pick.sd < 0.5 * noise_sd:
        told.append("the assay's own noise is larger than what is left to learn of it")
    return "; ".join(told) + "."


HEADINGS = (
    "id",
    "smiles",
    "expected_pIC50",
    "low",
    "high",
    "expected_improvement",
    "chance_of_the_rest",
    "exploration",
    "narrows",
    "nearest_measured",
    "nearest_pIC50",
    "nearest_similarity",
    "why",
    "value",
    "unit",
    "status",
)


def rows(batch: Batch) -> list[dict[str, str]]:
    """One row per molecule under ``HEADINGS``; value, unit and status are left empty for the laboratory to fill in."""
    out = []
    for c in batch.chosen:
        p, half = c.pick, NINETY * c.pick.sd
        near = c.nearest or ("", "", "")
        numbers = (p.mean, p.mean - half, p.mean + half, p.gain, p.chance, p.exploration)
        cells = [c.id, c.smiles, *(f"{x:.3g}" for x in numbers), str(p.narrows), *map(str, near), c.why, "", "", ""]
        out.append(dict(zip(HEADINGS, cells, strict=True)))
    return out


def write(batch: Batch, folder: Path, about: str) -> list[Path]:
    """Write batch-NNN.csv, .sdf and .md (the log of the choice); each appears whole or not at all."""
    stem = f"batch-{batch.number:03d}"
    table = io.StringIO()
    writer = csv.DictWriter(table, HEADINGS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(batch))
    fields = [{k: v for k, v in r.items() if k not in ("value", "unit", "status")} for r in rows(batch)]
    mols = strict_batch(c.smiles for c in batch.chosen)
    texts = {
        f"{stem}.sdf": sd_text(mols, [c.id for c in batch.chosen], fields),
        f"{stem}.md": _log(batch, about),
        f"{stem}.csv": table.getvalue(),
    }
    for name, text in texts.items():
        half = folder / f".writing-{name}"
        half.write_text(text, encoding="utf-8")
        os.replace(half, folder / name)
    return [folder / f"{stem}.csv", folder / f"{stem}.sdf", folder / f"{stem}.md"]


def _log(batch: Batch, about: str) -> str:
    lines = [
        f"# Batch {batch.number}",
        "",
        f"{len(batch.chosen)} molecules from {batch.pool}; {batch.pending} proposed before are without a result.",
        f"Rule: {batch.policy}; to improve on: pIC50 {batch.incumbent:.2f}"
        + (f" ({batch.of})" if batch.of else " (the pool's upper tenth: nothing was measured yet)")
        + (f"; goal: pIC50 {batch.goal:g}" if batch.goal is not None else ""),
        f"Model: {about}.",
        "",
        "Research use only. Fill in value, unit and status (failed …) in the CSV and give it to `sartor learn`.",
        "",
    ]
    lines += [f"{i}. **{c.id}** `{c.smiles}`: {c.why}" for i, c in enumerate(batch.chosen, 1)]
    return "\n".join(lines) + "\n"
