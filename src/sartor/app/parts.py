"""The one door for parts: scorers, generators, optimizers and explainers, ours and a stranger's, by entry point.

Nothing is imported until an order chooses it. A chosen part that is missing, double, unloadable or of the wrong
shape raises PartError with the cause and the known names; an unchosen broken one only shows in ``sartor parts``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal, cast

from pydantic import ValidationError

from sartor.core import (
    Card,
    Constraint,
    DesignBrief,
    Generator,
    Objective,
    Optimizer,
    OrderError,
    PartError,
    SartorError,
    Scorer,
)

Kind = Literal["scorers", "generators", "optimizers", "explainers"]
KINDS: tuple[Kind, ...] = ("scorers", "generators", "optimizers", "explainers")
_METHODS: dict[Kind, tuple[str, ...]] = {
    "scorers": ("score",),
    "generators": ("propose", "learn"),
    "optimizers": ("search",),
    "explainers": ("explain",),
}


@dataclass(frozen=True, slots=True)
class PartInfo:
    """One registered part as ``sartor parts`` lists it. ``problem`` is "" for a part that loads."""

    kind: Kind
    name: str
    origin: str
    card: Card | None
    settings: tuple[str, ...]
    problem: str = ""


@lru_cache(maxsize=4)
def _registered(kind: Kind) -> tuple[EntryPoint, ...]:
    return tuple(sorted(entry_points(group=f"sartor.{kind}"), key=lambda e: (e.name, e.value)))


def known(kind: Kind) -> tuple[str, ...]:
    """Names registered for a kind, sorted."""
    return tuple(dict.fromkeys(e.name for e in _registered(kind)))


def load(kind: Kind, name: str) -> type[Any]:
    """The class of a part; PartError where it is missing, double, unloadable or of the wrong shape."""
    found = [e for e in _registered(kind) if e.name == name]
    if not found:
        near = difflib.get_close_matches(name, known(kind), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise PartError(f"no {kind[:-1]} is called {name!r}{hint} Known: {', '.join(known(kind))}")
    if len({e.value for e in found}) > 1:
        raise PartError(f"{kind[:-1]} {name!r} is registered twice: {', '.join(e.value for e in found)}")
    try:
        part = found[0].load()
    except Exception as error:  # a stranger's module may fail in any way; the cause is passed on
        raise PartError(f"{kind[:-1]} {name!r} ({found[0].value}) cannot be loaded: {error!r}") from error
    missing = [m for m in _METHODS[kind] if not callable(getattr(part, m, None))]
    if missing:
        raise PartError(f"{kind[:-1]} {name!r} ({found[0].value}) has no method {missing[0]!r}")
    return cast("type[Any]", part)


def make(kind: Kind, name: str, settings: Mapping[str, Any] | None = None) -> Any:
    """A part, built from its closed settings."""
    part = load(kind, name)
    try:
        config = part.Config(**dict(settings or {}))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(x) for x in first["loc"])
        accepts = ", ".join(part.Config.model_fields) or "no settings"
        raise OrderError(f"{kind[:-1]} {name!r}: setting {key!r}: {first['msg']}; it takes {accepts}") from None
    try:
        made = part(config)
    except SartorError:
        raise
    except Exception as error:  # a stranger's constructor may fail in any way; the cause is passed on
        raise PartError(f"{kind[:-1]} {name!r} cannot be built: {error!r}") from error
    if not isinstance(getattr(made, "card", None), Card):
        raise PartError(f"{kind[:-1]} {name!r} has no card")
    return made


def generators(names: Iterable[str], settings: Mapping[str, Mapping[str, Any]] | None = None) -> list[Generator]:
    """The chosen generators, in order, each with its own settings (by name)."""
    return [make("generators", n, (settings or {}).get(n)) for n in names]


def optimizer(name: str, settings: Mapping[str, Any] | None = None) -> Optimizer:
    """The chosen search."""
    return cast(Optimizer, make("optimizers", name, settings))


def scorers(brief: DesignBrief) -> dict[str, Scorer]:
    """One scorer per objective or constraint name; equal scorer and settings share one instance.

    Units are checked against the scorer's card: an objective in another unit is an OrderError, not a wrong number.
    """
    shared: dict[tuple[str, tuple[tuple[str, str], ...]], Scorer] = {}
    chosen: dict[str, Scorer] = {}
    asks: tuple[Objective | Constraint, ...] = (*brief.objectives, *brief.constraints)
    for ask in asks:
        key = (ask.scorer, tuple(sorted(ask.settings.items())))
        if key not in shared:
            shared[key] = make("scorers", ask.scorer, ask.settings)
        card = shared[key].card
        if card.unit != ask.unit:
            raise OrderError(
                f"{ask.name!r} is given in {ask.unit!r}, but scorer {ask.scorer!r} measures {card.unit!r} "
                f"({card.direction}); write unit = {card.unit!r} and limits in that unit"
            )
        chosen[ask.name] = shared[key]
    return chosen


_SAMPLE_SETTINGS: dict[str, dict[str, str]] = {"potency": {"target": "EGFR"}}


def sample_settings(name: str) -> dict[str, str]:
    """Settings with which a part that needs some can be shown and checked."""
    return dict(_SAMPLE_SETTINGS.get(name, {}))


def catalogue() -> list[PartInfo]:
    """Every registered part with its card or its problem. Parts that need settings are shown with a sample."""
    listed = []
    for kind in KINDS:
        for entry in _registered(kind):
            try:
                part = load(kind, entry.name)
                made = make(kind, entry.name, sample_settings(entry.name))
                info = PartInfo(kind, entry.name, entry.value, made.card, tuple(part.Config.model_fields))
            except SartorError as error:
                info = PartInfo(kind, entry.name, entry.value, None, (), str(error))
            listed.append(info)
    return listed
