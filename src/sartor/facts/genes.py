"""Gene symbols: the other names that people write for the genes our tables speak of.

Table ``gene_aliases.tsv`` (built by ``python -m sartor.train.facts_variants``) from CIViC's features (CC0): only names
that stand for one gene and are no gene's own symbol.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .tsv import rows


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    return {r["alias"]: r["gene"] for r in rows("gene_aliases")}


def symbol(text: str) -> str:
    """The symbol our tables use for a name (``HER2`` -> ``ERBB2``); a name nobody knows comes back in capitals."""
    name = text.strip().upper()
    # HGNC writes open reading frames in small letters: C19orf70.
    return _aliases().get(name) or re.sub(r"^(C(?:\d+|X))ORF(?=\d)", r"\1orf", name)
