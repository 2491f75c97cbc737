"""What every command shares: where words go, how errors end, how a search shows that it lives."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from sartor.core import SartorError

words = Console(stderr=True, highlight=False)


def answer(data: Any) -> None:
    """One JSON line on standard output: the last line of every ``--json`` command."""
    sys.stdout.write(json.dumps(data, sort_keys=True) + "\n")
    sys.stdout.flush()


def guarded(app: typer.Typer) -> int:
    """Run a typer app; returns the exit code. Errors of the house are one message, not a traceback."""
    try:
        result = app(standalone_mode=False)
    except SartorError as error:
        words.print(f"[bold red]{type(error).__name__}[/]: ", end="")
        words.print(str(error), markup=False)
        return error.exit_code
    except typer.Exit as stop:
        return stop.exit_code
    except typer.Abort:
        return 130
    except Exception as error:
        # typer's own usage errors carry their exit code and know how to print themselves
        if hasattr(error, "show") and hasattr(error, "exit_code"):
            error.show()
            return int(error.exit_code)
        raise
    return int(result) if isinstance(result, int) else 0


class Progress:
    """The live display of a search: a table on a terminal, a line every few seconds elsewhere."""

    def __init__(self, molecules: int, minutes: float) -> None:
        self.molecules, self.minutes = molecules, minutes
        self.start = self.last = time.monotonic()
        self.live = Live(console=words, refresh_per_second=4, transient=True) if words.is_terminal else None

    def __enter__(self) -> Callable[[dict[str, float]], None]:
        if self.live:
            self.live.__enter__()
        return self.show

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live:
            self.live.__exit__(kind, error, trace)

    def show(self, row: dict[str, float]) -> None:
        """Show one round's figures."""
        now = time.monotonic()
        if self.live:
            self.live.update(self._table(row, now))
        elif now - self.last > 10:
            self.last = now
            words.print(
                f"  {row.get('judged', 0):.0f}/{self.molecules} molecules, {(now - self.start) / 60:.1f} min: "
                f"best {row.get('best', 0):.3f}, mean {row.get('mean', 0):.3f}, valid {row.get('valid', 0):.0%}",
                markup=False,
            )

    def _table(self, row: dict[str, float], now: float) -> Table:
        table = Table(
            title=f"searching: {(now - self.start) / 60:.1f} of at most {self.minutes:g} min; Ctrl-C keeps what it has"
        )
        table.add_column("figure")
        table.add_column("value", justify="right")
        for key, value in row.items():
            shown = f"{value:.0f}" if float(value).is_integer() and abs(value) >= 1 else f"{value:.3f}"
            table.add_row(key.replace("_", " "), shown)
        return table
