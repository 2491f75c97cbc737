"""Reading the fact tables: TSV files with a header, shipped inside the package."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=64)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """All rows of ``tables/<name>.tsv`` as dicts of text; lines that start with ``#`` are comments.

    The dicts are shared between callers: do not write into them. FileNotFoundError where there is no such table
    (a broken installation).
    """
    text = resources.files("sartor.facts").joinpath("tables", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return tuple(dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:])


def listed(cell: str) -> tuple[str, ...]:
    """The entries of a ``|``-separated cell; an empty cell is an empty tuple."""
    return tuple(cell.split("|")) if cell else ()
