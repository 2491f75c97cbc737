"""Nouns to plain JSON data and back, by their type hints. NaN travels as null; tuples as lists."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections import Counter
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


def encode(value: Any) -> Any:
    """A noun (or nested tuples, dicts, numbers) as JSON-ready data."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict | Counter):
        return {str(k): encode(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [encode(v) for v in value]
    if isinstance(value, np.ndarray):
        return [encode(v) for v in value.tolist()]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else ("inf" if value > 0 else "-inf")
    return value


def decode(cls: type[T], data: Any) -> T:
    """The noun ``cls`` from what ``encode`` made of it; raises ValueError naming the field that does not fit."""
    return typing.cast(T, _decode(cls, data, cls.__name__ if isinstance(cls, type) else str(cls)))


def _decode(hint: Any, data: Any, where: str) -> Any:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any or hint is object:
        return data
    if origin is typing.Literal:
        if data not in args:
            raise ValueError(f"{where}: {data!r} is none of {', '.join(map(repr, args))}")
        return data
    if origin in (typing.Union, types.UnionType):
        if data is None and type(None) in args:
            return None
        return _decode(next(a for a in args if a is not type(None)), data, where)
    if origin is tuple:
        inner = args[0] if len(args) == 2 and args[1] is Ellipsis else None
        if not isinstance(data, list):
            raise ValueError(f"{where}: expected a list, got {data!r}")
        return tuple(_decode(inner or args[i], v, f"{where}[{i}]") for i, v in enumerate(data))
    if origin is list:
        return [_decode(args[0], v, f"{where}[{i}]") for i, v in enumerate(data)]
    if origin in (dict, Counter):
        made = {k: _decode(args[-1] if origin is dict else int, v, f"{where}.{k}") for k, v in data.items()}
        return made if origin is dict else Counter(made)
    if dataclasses.is_dataclass(hint):
        return _decode_noun(hint, data, where)
    if hint is float:
        if data is None:
            return math.nan
        if isinstance(data, bool) or not isinstance(data, int | float | str):
            raise ValueError(f"{where}: expected a number, got {data!r}")
        return float(data)
    if isinstance(hint, type) and not isinstance(data, hint):
        raise ValueError(f"{where}: expected {hint.__name__}, got {data!r}")
    return data


def _decode_noun(hint: Any, data: Any, where: str) -> Any:
    if not isinstance(data, dict):
        raise ValueError(f"{where}: expected an object, got {data!r}")
    hints = typing.get_type_hints(hint)
    known = {f.name for f in dataclasses.fields(hint)}
    unknown = sorted(set(data) - known)
    if unknown:
        raise ValueError(f"{where}: unknown field {unknown[0]!r}; known: {', '.join(sorted(known))}")
    made = {k: _decode(hints[k], v, f"{where}.{k}") for k, v in data.items()}
    try:
        return hint(**made)
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from None
