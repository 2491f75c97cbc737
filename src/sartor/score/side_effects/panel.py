"""The secondary-pharmacology panel: potency at proteins that a medicine should leave alone.

Every protein of ``off_target_effects.tsv`` that has a usable potency head is read (90, of them 31 of the 44 that
industry screens first); the others are named as not measured. Formula: a potency with its 90 % interval, taken as
Gaussian, gives the chance of 1 uM (pIC50 6) or better; a hit is at least *raised* (the value reaches 6) and *high*
where the low end does. Only a head in whose domain the molecule lies counts.
Source: Bowes 2012, Nat Rev Drug Discov 11:909 (panel and cut at 10 uM in the assay; 1 uM here since published potencies
run high); heads and intervals: the potency card.
Doubt: heads were learned on molecules made for the target, of which most are potent: the base rate stands beside each
chance. A potency does not tell an agonist from an antagonist: what follows is listed for each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from sartor.core import MolBatch, Readout
from sartor.facts.off_targets import Effect, panel
from sartor.score.potency import Potency, available, together

from .nouns import HARMFUL, Hit, Level, Panel, Term
from .terms import ACTIVE, potency_level

#: Of launched drugs' pairs in domain, this keeps 64 % of the annotated and 17 % of the others (a hit at all: 80 and 45;
#: a high one: 44 and 5); chosen on 397 drugs of the Repurposing Hub, see docs/side_effects.md.
COUNTS_FROM = 0.8
Z90 = 1.6449  # half a 90 % interval in standard deviations
_MAY_BE_HIGH = frozenset({"blocker", "inhibitor", "antagonist"})


@lru_cache(maxsize=1)
def heads() -> tuple[Potency, ...]:
    """The panel's usable potency heads, in the order of the table."""
    return tuple(Potency(Potency.Config(target=g)) for g in panel() if available(g)[0])


@lru_cache(maxsize=1)
def not_measured() -> tuple[tuple[str, str], ...]:
    """(gene, why) of the panel's proteins that no shipped model speaks of."""
    return tuple((g, available(g)[1]) for g in panel() if not available(g)[0])


def read_panel(mols: MolBatch, target: str = "", variant: str = "") -> list[Panel]:
    """The panel of each molecule; with a ``target`` (HGNC symbol) that has a model, each hit's window to it.

    The intended target itself is left out. Refusal where ``target`` is given and has no usable model.
    """
    wanted = [Potency(Potency.Config(target=target, variant=variant))] if target else []
    shown = [h for h in heads() if h.config.target != target]
    reads = together([*shown, *wanted], mols)
    aim = reads.pop() if wanted else None
    missing = tuple(m for m in not_measured() if m[0] != target)
    bases = [h.share_from(ACTIVE) for h in shown]
    return [_one([(h, r, b) for h, r, b in zip(shown, reads, bases, strict=True)], aim, i, missing)
            for i in range(len(mols))]  # fmt: skip


def _one(
    reads: Sequence[tuple[Potency, Readout, float]], aim: Readout | None, i: int, missing: tuple[tuple[str, str], ...]
) -> Panel:
    found = [_hit(h.config.target, r, b, aim, i) for h, r, b in reads]
    hits = sorted((h for h in found if h.level in HARMFUL), key=lambda h: (-h.value, h.gene))
    clear = tuple(h for h in found if h.level == "low")
    return Panel(tuple(hits), clear, tuple(h for h in found if h.level == "unknown"), missing)


def _hit(gene: str, read: Readout, base: float, aim: Readout | None, i: int) -> Hit:
    first = panel()[gene][0]
    value, low, high = (float(x[i]) for x in (read.value, read.low, read.high))
    inside = bool(read.in_domain[i])
    if math.isnan(value):
        return Hit(gene, first.protein, "unknown", value, low, high, False, None, base, first.first_panel,
                   why_not=read.why_not[i])  # fmt: skip
    level: Level = potency_level(value, low, high) if inside else "unknown"
    spread = max((high - low) / (2 * Z90), 1e-6)
    chance = 0.5 * math.erfc((ACTIVE - value) / (spread * math.sqrt(2))) if inside else None
    why = "" if inside else "out of the domain: no measured molecule of this target is near"
    return Hit(gene, first.protein, level, value, low, high, inside, chance, base, first.first_panel,
               window(aim, read, i), why)  # fmt: skip


def window(aim: Readout | None, off: Readout, i: int) -> tuple[float, float, float] | None:
    """Potency at the target minus potency at the off-target (log units), with 90 % bounds; None without a target.

    The errors of the two are taken as independent, so half widths add in squares; they share a network, so where both
    err together the truth is narrower.
    """
    if aim is None or math.isnan(aim.value[i]) or math.isnan(off.value[i]):
        return None
    gap = float(aim.value[i] - off.value[i])
    half = math.hypot(float(aim.high[i] - aim.low[i]) / 2, float(off.high[i] - off.low[i]) / 2)
    return gap, gap - half, gap + half


def effect_terms(made: Panel) -> dict[str, list[Term]]:
    """Organ -> terms that follow from the hits.

    An effect counts from a chance of 0.8 of 1 uM on, below it is *silent*: listed, and no alarm. A serious effect then
    has the hit's level, a moderate one at most *raised*, a minor one is *silent*. Where the protein has effects in two
    directions none is more than *raised*. What only an agonist (or modulator) does counts from a *high* hit on: a
    molecule made for another protein blocks more often than it activates (assumed).
    """
    out: dict[str, list[Term]] = {}
    for hit in made.hits:
        rows = panel()[hit.gene]
        two = len({e.action for e in rows}) > 1
        for e in rows:
            out.setdefault(e.organ, []).append(_effect_term(hit, e, two))
    return out


def _effect_term(hit: Hit, e: Effect, two: bool) -> Term:
    blocks = e.action in _MAY_BE_HIGH
    sure = hit.level == "high" or (blocks and (hit.chance or 0.0) >= COUNTS_FROM)
    level: Level = "raised" if e.severity != "minor" and sure else "silent"
    if e.severity == "serious" and hit.level == "high" and blocks and not two:
        level = "high"
    if_ = "" if e.action in ("blocker", "inhibitor") else f"; if it is a {e.action}".replace("a a", "an a")
    why = f"{hit.gene} pIC50 {hit.value:.1f} ({hit.low:.1f} to {hit.high:.1f}){if_}: {e.words} ({e.severity})"
    if hit.window is not None:
        gap, a, b = hit.window
        why += f"; {gap:+.1f} log units to the intended target ({a:+.1f} to {b:+.1f})"
    return Term(f"{hit.gene} {e.action}", "panel", level, why, "pIC50", hit.value, hit.low, hit.high, hit.in_domain,
                hit.base_rate, effects=(e.effect,), evidence=(e.evidence,))  # fmt: skip
