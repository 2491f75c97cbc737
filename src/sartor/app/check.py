"""Run the contract kit on one registered part."""

from __future__ import annotations

from collections.abc import Callable

from sartor.chem.parse import strict_batch
from sartor.core import PartError
from sartor.testing import contracts

from . import parts


def check_part(name: str, settings: dict[str, str] | None = None) -> dict[str, str]:
    """Each promise of the part called ``name`` and "" where it is kept, else what is wrong."""
    kinds = [k for k in parts.KINDS if name in parts.known(k)]
    if not kinds:
        every = ", ".join(n for k in parts.KINDS for n in parts.known(k))
        raise PartError(f"no part is called {name!r}. Known: {every}")
    results: dict[str, str] = {}
    for kind in kinds:
        settings = settings or parts.sample_settings(name)
        part = parts.make(kind, name, settings)
        _run(results, "card_is_complete", lambda p=part: contracts.card_is_complete(p.card))
        if kind == "scorers":
            for scorer_check in contracts.SCORER_CHECKS:
                _run(results, scorer_check.__name__, lambda c=scorer_check, p=part: c(p, strict_batch))
        if kind == "generators":
            for generator_check in contracts.GENERATOR_CHECKS:
                fresh = lambda k=kind, s=settings: parts.make(k, name, s)  # noqa: E731
                _run(results, generator_check.__name__, lambda c=generator_check, p=part, f=fresh: c(p, f))
    return results


def _run(results: dict[str, str], promise: str, check: Callable[[], None]) -> None:
    try:
        check()
        results[promise] = ""
    except AssertionError as broken:
        results[promise] = str(broken) or "broken"
