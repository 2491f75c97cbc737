"""The one error tree. Foreign errors are translated into these at the door where they enter."""

from __future__ import annotations

from pathlib import Path


class SartorError(Exception):
    """Root of every error the house raises on purpose. ``exit_code`` is what the command line returns."""

    exit_code = 1


class OrderError(SartorError):
    """The order (case.toml) asks for something unknown, contradictory or of the wrong shape."""

    exit_code = 2


class IntakeError(SartorError):
    """A patient file is missing, malformed or contradicts what was declared about it.

    Says what came, what was expected and what to do; names the file and, where there is one, the line.
    """

    exit_code = 3

    def __init__(self, problem: str, *, file: str | Path, line: int | None = None, remedy: str) -> None:
        self.problem = problem
        self.file = str(file)
        self.line = line
        self.remedy = remedy
        where = self.file if line is None else f"{self.file}, line {line}"
        super().__init__(f"{where}: {problem}. What to do: {remedy}")


class PartError(SartorError):
    """A chosen part is missing, double, unloadable, of the wrong shape, or broke its promise."""

    exit_code = 4


class Refusal(SartorError):
    """The house declines to answer, and says why. A refusal is an answer, never a crash."""

    exit_code = 5

    def __init__(self, reason: str, *, remedy: str = "") -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(reason if not remedy else f"{reason}. What would help: {remedy}")
