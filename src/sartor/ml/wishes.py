"""What kind of text a transformer is asked for: canonical or random form, and ranges of five properties.

Each wish is a number; the model adds the vectors of all wishes to its start position. 0 wishes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sartor.core import OrderError

RANDOM = 1  # the molecule written from a random atom in a random order, not canonically
PROPERTIES = ("qed", "logp", "molecular_weight", "tpsa", "sa_score")
BINS = 12  # ranges of each property, equally filled in the training corpus
NUMBERS = 2 + len(PROPERTIES) * BINS
COLUMNS = 1 + len(PROPERTIES)


def wish_row(values: Mapping[str, float], edges: Mapping[str, Sequence[float]], random: bool = False) -> list[int]:
    """One row ``(COLUMNS,)`` of wish numbers from wished property values; ``edges``: BINS - 1 inner limits each.

    OrderError names a property that cannot be asked for.
    """
    unknown = sorted(set(values) - set(PROPERTIES))
    if unknown:
        raise OrderError(f"a molecule cannot be asked for by {', '.join(unknown)}; known: {', '.join(PROPERTIES)}")
    row = [RANDOM if random else 0]
    for at, name in enumerate(PROPERTIES):
        wished = name in values
        row.append(2 + at * BINS + int(np.searchsorted(edges[name], values[name])) if wished else 0)
    return row
