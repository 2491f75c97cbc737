"""Where the time of a search goes: proposing, scoring, learning, and what is left over for the loop itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Wall-clock seconds by name, and in all since it began. ``seconds`` may be carried over from an earlier run."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._before = 0.0
        self._began = time.monotonic()

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        """Count the time of this block under ``name``."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - began

    @property
    def total(self) -> float:
        """Seconds since the beginning, an earlier run's included."""
        return self._before + time.monotonic() - self._began

    def split(self) -> dict[str, float]:
        """Seconds by name, with ``total`` and what no name covers as ``loop``."""
        total = self.total
        return {**self.seconds, "loop": total - sum(self.seconds.values()), "total": total}

    def state(self) -> dict[str, object]:
        """What a continued run goes on from."""
        return {"total": self.total, "seconds": dict(self.seconds)}

    def restore(self, state: dict[str, object]) -> None:
        """Go on from an earlier run's time."""
        self._before = float(state["total"])  # type: ignore[arg-type]
        self._began = time.monotonic()
        self.seconds = dict(state["seconds"])  # type: ignore[call-overload]
