"""The one way to write a fact table whose facts are compiled in its builder."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

TABLES = Path(__file__).parents[1] / "facts" / "tables"


def write_compiled(
    name: str, about: str | None, header: str, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """The builder's command line: writes ``name`` (header, columns, rows) beside the other tables, or to ``--out``."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--out", type=Path, default=TABLES)
    parser.add_argument("--data", type=Path, help="not needed: the facts are compiled here")
    args = parser.parse_args()
    text = header + "\n".join("\t".join(r) for r in (columns, *rows)) + "\n"
    (args.out / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(rows)} rows")
