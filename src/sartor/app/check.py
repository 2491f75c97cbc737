"""Run the contract kit on one registered part."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

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
        _run(results, "card_is_complete", partial(contracts.card_is_complete, part.card))
        if kind == "scorers":
            for scorer_check in contracts.SCORER_CHECKS:
                _run(results, scorer_check.__name__, partial(scorer_check, part, strict_batch))
        if kind == "generators":
            fresh = partial(parts.make, kind, name, settings)
            for generator_check in contracts.GENERATOR_CHECKS:
                _run(results, generator_check.__name__, partial(generator_check, part, fresh))
    return results


def _run(results: dict[str, str], promise: str, check: Callable[[], None]) -> None:
    try:
        check()
        results[promise] = ""
    except AssertionError as broken:
        results[promise] = str(broken) or "broken"
