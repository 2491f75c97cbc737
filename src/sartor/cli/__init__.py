"""Thin: every command is one call into app, train or bench. Progress goes to standard error, answers to output."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; errors of the house end in one plain message and their exit code."""
    from .commands import app
    from .console import guarded

    sys.exit(guarded(app))


__all__ = ["main"]
