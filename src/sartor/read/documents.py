"""JSON records, recognized by what they hold: a FHIR bundle or a phenopacket."""

from __future__ import annotations

import json
from pathlib import Path

from sartor.core import IntakeError

from .body import Record
from .fhir import read_bundle
from .phenopacket import is_phenopacket, read_phenopacket


def looks_like_document(text: str) -> bool:
    """True for what begins as JSON or XML does: such a file is never read as a table or a list."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[", "<")


def read_document(text: str, path: Path) -> Record:
    """The record in a JSON text.

    Raises:
        IntakeError: XML, broken JSON, or JSON of another kind; nothing of its content is repeated.
    """
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        raise IntakeError("this is XML; JSON was expected", file=path, remedy="export the FHIR bundle as JSON")
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise IntakeError("this is not whole JSON", file=path, line=line, remedy="export the record again") from None
    if isinstance(data, dict) and data.get("resourceType") == "Bundle":
        return read_bundle(data, path)
    if isinstance(data, dict) and "resourceType" in data:
        problem = "this is a single FHIR resource; a Bundle was expected"
        raise IntakeError(problem, file=path, remedy="export a Bundle that holds the person and what belongs to it")
    if isinstance(data, dict) and (is_phenopacket(data) or "proband" in data or "members" in data):
        return read_phenopacket(data, path)
    problem = "this JSON is neither a FHIR bundle (resourceType Bundle) nor a phenopacket (subject, metaData …)"
    raise IntakeError(problem, file=path, remedy="give a FHIR R4 bundle, a phenopacket v2 or our own record.toml")
