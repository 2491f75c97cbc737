"""The shipped cases: synthetic people, written by us."""

from __future__ import annotations

from pathlib import Path

from sartor.core import OrderError

NAMES = ("lung-egfr", "cml-abl1", "psychiatry-drd2")


def folder() -> Path:
    """Where the examples are: inside an installed package, or in the repository."""
    here = Path(__file__).resolve()
    for place in (here.parents[1] / "examples", here.parents[3] / "examples"):
        if (place / NAMES[0] / "case.toml").exists():
            return place
    raise OrderError("the shipped examples are missing; reinstall sartor")


def demo_case() -> Path:
    """The order of the demonstration case."""
    return folder() / NAMES[0] / "case.toml"
