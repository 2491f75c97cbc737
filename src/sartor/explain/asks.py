"""What a brief asks for, wishes and bounds in one row."""

from __future__ import annotations

from sartor.core import Constraint, DesignBrief, Objective


def asks(brief: DesignBrief) -> tuple[Objective | Constraint, ...]:
    """Objectives, then constraints."""
    return (*brief.objectives, *brief.constraints)
