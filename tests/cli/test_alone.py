"""A command loaded alone is the command that the whole application has."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from sartor.cli import ALONE, alone
from sartor.cli.commands import app


@pytest.mark.parametrize("name", ALONE)
def test_a_command_alone_is_the_same(name: str) -> None:
    run = CliRunner()
    whole, single = (run.invoke(a, [name, "--help"], prog_name="sartor") for a in (app, alone(name)))
    assert whole.exit_code == single.exit_code == 0
    assert single.output == whole.output and f"sartor {name}" in single.output
