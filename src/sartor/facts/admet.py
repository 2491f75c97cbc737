"""What ADMET-AI publishes of its own accuracy, from ``admet_published.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .tsv import rows


@dataclass(frozen=True, slots=True)
class Published:
    """The published figures of one TDC task; None where it gives none. ``molecules``: the size it states."""

    task: str
    endpoint: str
    molecules: int
    auroc: float | None
    auprc: float | None
    r2: float | None
    mae: float | None
    source: str
    version: str


@lru_cache(maxsize=1)
def published() -> dict[str, Published]:
    """By our endpoint's name."""

    def number(cell: str) -> float | None:
        return float(cell) if cell else None

    return {
        r["endpoint"]: Published(
            r["task"],
            r["endpoint"],
            int(r["molecules"]),
            number(r["auroc"]),
            number(r["auprc"]),
            number(r["r2"]),
            number(r["mae"]),
            r["source"],
            r["version"],
        )
        for r in rows("admet_published")
    }
