"""Every personal rule, in the order in which the brief reads, and how an order refuses some of them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from sartor.core import OrderError

from . import (
    age,
    allergy,
    brain,
    clearance,
    comedication,
    heart,
    hla,
    mutant_target,
    organs,
    pregnancy,
    prodrug,
    red_cells,
    transporters,
    unscored_genes,
)
from .rule import Rule

#: Target, heart, brain, exposure, interactions, the rest.
RULES: tuple[Rule, ...] = (
    mutant_target.MUTANT,
    mutant_target.WILD_TYPE,
    heart.RULE,
    brain.RULE,
    clearance.RULE,
    organs.LIVER,
    organs.KIDNEY,
    comedication.RULE,
    prodrug.RULE,
    transporters.RULE,
    red_cells.RULE,
    hla.RULE,
    pregnancy.RULE,
    allergy.RULE,
    age.RULE,
    unscored_genes.RULE,
)
NAMES = tuple(rule.name for rule in RULES)


def must_be_rules(refused: Sequence[str]) -> None:
    """OrderError for the first name that is no rule, naming the nearest, and for a name given twice."""
    for name in refused:
        if name not in NAMES:
            near = difflib.get_close_matches(name.strip().lower().replace("_", "-"), NAMES, n=1, cutoff=0.0)
            raise OrderError(f"refuse: no rule is called {name!r}; did you mean {near[0]!r}? Known: {', '.join(NAMES)}")
    double = sorted({n for n in refused if list(refused).count(n) > 1})
    if double:
        raise OrderError(f"refuse: {double[0]!r} is named twice; once is enough")
