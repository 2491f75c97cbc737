"""Where an answer came from: versions, hashes, seed; and the audit trail of a run."""

from __future__ import annotations

import hashlib
import json
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from sartor.campaign.notebook import opened

from . import shelf
from .order import Order

PACKAGES = ("sartor", "numpy", "rdkit", "torch", "polars", "pydantic", "safetensors")


def sha256(path: Path) -> str:
    """Hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fingerprint(order: Order) -> dict[str, str]:
    """All that decides an answer: the resolved order, its input files, packages, tables and models.

    Equal fingerprints on one machine give equal bytes; a run resumes only where the fingerprint is unchanged.
    """
    marks = {"order": _hash(order.model_dump(mode="json", by_alias=True)), "seed": str(order.seed)}
    for name in ("germline", "tumor", "cnv", "fusions", "expression", "outside", "medicines", "record"):
        path = order.patient.path(getattr(order.patient, name))
        if path is not None:
            marks[f"input.{name}"] = sha256(path) if path.is_file() else "missing"
    campaign = order.campaign()
    if campaign is not None:
        marks["input.campaign"] = opened(campaign).digest()
    for package in PACKAGES:
        try:
            marks[f"version.{package}"] = version(package)
        except PackageNotFoundError:
            marks[f"version.{package}"] = "not installed"
    marks["version.python"] = platform.python_version()
    for table in sorted(Path(str(files("sartor"))).glob("facts/tables/*.tsv")):
        marks[f"table.{table.stem}"] = sha256(table)[:16]
    for model in shelf.models():
        marks[f"model.{model.name}"] = model.sha256[:16]
    return marks


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


class Audit:
    """``audit.jsonl``: one event a line, each carrying the hash of the line before, so that an edit shows."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "audit.jsonl"

    def write(self, event: str, **what: object) -> None:
        """Append one event."""
        line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "event": event, **what}
        line["previous"] = self._last()
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, sort_keys=True) + "\n")

    def _last(self) -> str:
        if not self.path.exists():
            return ""
        lines = self.path.read_bytes().splitlines()
        return hashlib.sha256(lines[-1]).hexdigest() if lines else ""

    def intact(self) -> bool:
        """True when every line carries the hash of the one before it."""
        previous = ""
        for raw in self.path.read_bytes().splitlines():
            if json.loads(raw)["previous"] != previous:
                return False
            previous = hashlib.sha256(raw).hexdigest()
        return True
