"""Sartor designs small molecules for one patient. Research use only: never a clinical decision.

The public face. Everything is imported when first used, so that ``import sartor`` and ``sartor --help`` are quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "read_order": "sartor.app.order",
    "read_patient": "sartor.app.intake",
    "write_brief": "sartor.app.intake",
    "design": "sartor.app.design",
    "read_brief": "sartor.report.files",
    **dict.fromkeys(
        (
            "Candidate",
            "Constraint",
            "DesignBrief",
            "Desirability",
            "Dossier",
            "Evidence",
            "IntakeError",
            "Objective",
            "OrderError",
            "PartError",
            "Patient",
            "Refusal",
            "SartorError",
        ),
        "sartor.core",
    ),
}

__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sartor' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
