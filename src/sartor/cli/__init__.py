"""Thin: every command is one call into app, train or bench. Progress goes to standard error, answers to output."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

#: Commands that answer in a second and are called in loops: each is its module's function of the same name, and is
#: loaded without the others, whose options take longer to set up than such a command takes to run.
ALONE = ("admet", "interactions", "medicines", "pgx", "tumor")
_MODULES = {"interactions": "interacting"}


def alone(name: str) -> Any:
    """An application that knows one of the commands in ``ALONE`` only."""
    import typer

    app = typer.Typer(name="sartor", add_completion=False, rich_markup_mode="markdown")
    app.callback()(lambda: None)
    app.command()(getattr(import_module(f".{_MODULES.get(name, name)}", __name__), name))
    return app


def main() -> None:
    """Run the command line; errors of the house end in one plain message and their exit code."""
    from .console import guarded

    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in ALONE:
        app = alone(name)
    else:
        from .commands import app
    sys.exit(guarded(app))


__all__ = ["main"]
