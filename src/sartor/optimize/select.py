"""Choose the shortlist: the best that meet every constraint, far apart from each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.parse import strict_batch
from sartor.core import Candidate, Ledger, Refusal

_AT_A_TIME = 256


def select(ledger: Ledger, size: int, min_distance: float) -> list[Candidate]:
    """The shortlist: at most ``size`` candidates, ranked 1.. by total desirability.

    Only candidates that meet every constraint and are worth something on every objective; from the best down, each is
    taken unless its Tanimoto distance (Morgan radius 2, 2048 bits) to one already taken is below ``min_distance``.
    Fewer than asked is never padded: ``shortfall`` says why. Refusal where nothing qualifies, naming the constraints
    that turned most molecules away with their counts and the closest values.
    """
    fit = [c for c in ledger.best(len(ledger)) if c.total > 0]
    if not fit:
        raise _refusal(ledger)
    chosen: list[Candidate] = []
    bits = np.zeros((0, 256), dtype=np.uint8)
    for start in range(0, len(fit), _AT_A_TIME):
        part = fit[start : start + _AT_A_TIME]
        their = morgan_bits(strict_batch([c.smiles for c in part]))
        for i, candidate in enumerate(part):
            if len(bits) and 1.0 - float(tanimoto(their[i : i + 1], bits).max()) < min_distance:
                continue
            bits = np.concatenate([bits, their[i : i + 1]])
            chosen.append(replace(candidate, rank=len(chosen) + 1))
            if len(chosen) == size:
                return chosen
    return chosen


def shortfall(ledger: Ledger, chosen: Sequence[Candidate], size: int, min_distance: float) -> str:
    """Why the shortlist is shorter than asked, "" where it is not."""
    if len(chosen) >= size:
        return ""
    fit = sum(c.meets_all and c.total > 0 for c in ledger.candidates)
    return (
        f"{len(chosen)} of the {size} molecules asked for: {fit} of {len(ledger)} tried meet every constraint and are "
        f"worth something on every objective, and the others of these are nearer than {min_distance:g} to one listed"
    )


def _refusal(ledger: Ledger) -> Refusal:
    """Names what stood in the way most often."""
    if not len(ledger):
        reasons = ", ".join(f"{why} ({n})" for why, n in ledger.turned_away.most_common(3))
        return Refusal(
            f"no molecule was judged{f'; proposals were turned away as {reasons}' if reasons else ''}",
            remedy="give the search a larger budget",
        )
    unmet = Counter(name for c in ledger.candidates for name in c.unmet)
    if any(c.meets_all for c in ledger.candidates):
        worthless = Counter(name for c in ledger.candidates if c.meets_all for name, w in c.worth.items() if w <= 0)
        told = ", ".join(f"{name!r} ({n})" for name, n in worthless.most_common(3))
        return Refusal(
            f"of {len(ledger)} molecules tried, those that meet every constraint are worth nothing on {told}",
            remedy="begin that objective's desirability lower, or give the search a larger budget",
        )
    told = "; ".join(f"{n} by {_closest(ledger, name)}" for name, n in unmet.most_common(3))
    return Refusal(
        f"none of {len(ledger)} molecules tried meets every constraint; turned away: {told}",
        remedy="relax that constraint in the brief, or give the search a larger budget",
    )


def _closest(ledger: Ledger, name: str) -> str:
    """The constraint with its bound and the nearest value seen, as far as the fates tell it."""
    values = [c.readings[name].value for c in ledger.candidates if name in c.readings]
    known = [v for v in values if not np.isnan(v)]
    if not known:
        why = Counter(c.readings[name].why_not for c in ledger.candidates if name in c.readings)
        return f"{name!r}, which is unknown for every molecule ({why.most_common(1)[0][0]})"
    found = (re.search(re.escape(name) + r": at (most|least) (\S+) ([^;]*)", c.fate) for c in ledger.candidates)
    bound = next((f for f in found if f), None)
    if bound is None:
        return f"{name!r} (values seen {min(known):.3g} to {max(known):.3g})"
    best = min(known) if bound[1] == "most" else max(known)
    return f"{name!r} (at {bound[1]} {bound[2]} {bound[3]} wanted, closest {best:.3g})"
