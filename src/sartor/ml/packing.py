"""Nested state (dicts, lists, numbers, arrays, tensors) as one file, written atomically and without pickle."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import torch

_PLAIN = (str, bool, int, float, type(None))


def save(state: Any, path: Path) -> None:
    """Write ``state`` to ``path``: a killed process leaves the file before or the file after, never half of one.

    Takes None, bool, int (any size), float, str, list, tuple, set, dict (keys too), Counter, numpy arrays and numbers,
    torch tensors. TypeError names what it cannot take.
    """
    arrays: dict[str, np.ndarray] = {}
    text = json.dumps(_pack(state, arrays, "state"))
    scratch = path.with_name(f".{path.name}.writing")
    with scratch.open("wb") as file:
        np.savez(file, structure=np.frombuffer(text.encode(), dtype=np.uint8), **arrays)  # type: ignore[arg-type]
        file.flush()
        os.fsync(file.fileno())
    os.replace(scratch, path)


def load(path: Path) -> Any:
    """What ``save`` wrote; ValueError where the file is not such a one."""
    try:
        with np.load(path, allow_pickle=False) as found:
            arrays = {name: found[name] for name in found.files}
        return _unpack(json.loads(arrays["structure"].tobytes()), arrays)
    except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
        raise ValueError(f"{path.name} is not a saved state: {error}") from error


def _pack(value: Any, arrays: dict[str, np.ndarray], where: str) -> Any:
    """JSON-ready structure; whatever is not plain becomes [tag, content], arrays go into ``arrays``."""
    if isinstance(value, np.generic | np.ndarray | torch.Tensor):
        tag = "tensor" if isinstance(value, torch.Tensor) else "array" if isinstance(value, np.ndarray) else "number"
        made = value.detach().cpu().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        if made.dtype.hasobject:
            raise TypeError(f"{where} is an array of objects")
        name = f"a{len(arrays)}"
        arrays[name] = made
        return [tag, name]
    if type(value) in _PLAIN:
        return value
    if isinstance(value, dict):
        pairs = [[_pack(k, arrays, where), _pack(v, arrays, f"{where}.{k}")] for k, v in value.items()]
        return ["counter" if isinstance(value, Counter) else "dict", pairs]
    if isinstance(value, list | tuple):
        tag = "list" if isinstance(value, list) else "tuple"
        return [tag, [_pack(v, arrays, f"{where}[{i}]") for i, v in enumerate(value)]]
    if isinstance(value, set | frozenset):
        return ["set", [_pack(v, arrays, where) for v in sorted(value)]]
    raise TypeError(f"{where} is a {type(value).__name__}, which cannot be kept")


def _unpack(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    if not isinstance(value, list):
        return value
    tag, content = value
    if tag in ("array", "tensor", "number"):
        made = arrays[content]
        return made if tag == "array" else torch.from_numpy(made) if tag == "tensor" else made[()]
    if tag in ("dict", "counter"):
        pairs = {_unpack(k, arrays): _unpack(v, arrays) for k, v in content}
        return Counter(pairs) if tag == "counter" else pairs
    inner = [_unpack(v, arrays) for v in content]
    return inner if tag == "list" else tuple(inner) if tag == "tuple" else set(inner)
