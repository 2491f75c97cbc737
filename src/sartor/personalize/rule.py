"""What a rule is: a name that an order may refuse, the patient fields it reads, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sartor.core import Patient, PatientView, Target

from .change import Change


@dataclass(frozen=True, slots=True)
class Rule:
    """One personal rule.

    ``reads`` are patient fields as PatientView knows them: the rule sees nothing else of the patient, and looking at
    anything else raises PermissionError. ``summary`` says in one line what it guards against.
    """

    name: str
    reads: tuple[str, ...]
    ask: Callable[[PatientView, str, Target], Change]
    summary: str

    def __call__(self, patient: Patient, disease: str, target: Target) -> Change:
        """The rule's answer for this patient, disease and target."""
        return self.ask(patient.view(self.reads), disease, target)
