"""Nouns and promises. Standard library and numpy only; imports nothing else of the house."""

from .brief import Constraint, DesignBrief, Desirability, Link, Objective
from .candidate import Candidate, Dossier, Ledger, Lineage, Reading
from .card import Card, Readout
from .errors import IntakeError, OrderError, PartError, Refusal, SartorError
from .evidence import Evidence, Reason
from .interval import UNKNOWN, Interval
from .jsonable import decode, encode
from .molecules import MolBatch
from .patient import Body, GeneCall, LeftOut, Medicine, Patient, PatientView, TumorVariant
from .promises import Budget, Explainer, Generator, Judge, Optimizer, Scorer, ScorerPart
from .target import Target

__all__ = [
    "UNKNOWN",
    "Body",
    "Budget",
    "Candidate",
    "Card",
    "Constraint",
    "DesignBrief",
    "Desirability",
    "Dossier",
    "Evidence",
    "Explainer",
    "GeneCall",
    "Generator",
    "IntakeError",
    "Interval",
    "Judge",
    "Ledger",
    "LeftOut",
    "Lineage",
    "Link",
    "Medicine",
    "MolBatch",
    "Objective",
    "Optimizer",
    "OrderError",
    "PartError",
    "Patient",
    "PatientView",
    "Reading",
    "Readout",
    "Reason",
    "Refusal",
    "SartorError",
    "Scorer",
    "ScorerPart",
    "Target",
    "TumorVariant",
    "decode",
    "encode",
]
