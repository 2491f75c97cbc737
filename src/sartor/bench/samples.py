"""Texts of a generator as the measurements take them: from a model of ours, or from somebody else's file.

Also what every figure needs: the Wilson interval of a share, and the spread of a figure over sampling seeds.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sartor.chem.parse import batch
from sartor.core import IntakeError, MolBatch

Draw = Callable[[int, int], list[str]]  # (how many, seed) -> raw texts, one per sample, in order


def read_texts(path: Path) -> list[str]:
    """The lines of a (gzipped) text file, one sample each; an empty line inside the file is an (invalid) sample."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            lines = [line.strip() for line in file]
    except (OSError, UnicodeDecodeError) as error:
        remedy = "give a text file with one SMILES a line, plain or gzipped"
        raise IntakeError(f"cannot be read ({error})", file=path, remedy=remedy) from error
    if not lines:
        raise IntakeError("holds no line", file=path, remedy="give a text file with one SMILES a line")
    return lines


def read_molecules(path: Path) -> MolBatch:
    """A file of SMILES that must all be valid, as a reference must; IntakeError names the first line that is not."""
    lines = read_texts(path)
    return molecules([line for line in lines if line], lines, path)


def molecules(texts: Sequence[str], lines: Sequence[str], path: Path | str) -> MolBatch:
    """Texts that were taken from the ``lines`` of a reference, as molecules; IntakeError where one is not valid."""
    mols, bad = batch(texts)
    if bad:
        remedy = "a reference holds one valid SMILES a line and nothing else; take the line out"
        line = lines.index(bad[0].text) + 1
        raise IntakeError(f"{bad[0].text[:80]!r} is {bad[0].why}", file=path, line=line, remedy=remedy)
    return mols


def model_draw(model: str, threads: int = 1) -> Draw:
    """Raw texts of a model: nothing repaired, nothing sorted out."""

    def draw(n: int, seed: int) -> list[str]:
        from sartor.app.sampling import sample_texts

        return sample_texts(model, n, seed, raw=True, threads=threads)

    return draw


def is_shipped(model: str) -> bool:
    """True where ``model`` is the name of a model that comes with the house, not a path."""
    from sartor.ml.weights import folder

    return bool(model) and Path(model).name == model and (folder() / f"{model}.card.json").exists()


def cut(files: Sequence[list[str]], samples: int, draws: int) -> list[list[str]]:
    """The draws in these files: one a file, or ``draws`` of a single file that holds that many times ``samples``."""
    if len(files) == 1 and len(files[0]) >= draws * samples:
        return [files[0][i * samples : (i + 1) * samples] for i in range(draws)]
    return list(files)


def wilson(count: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share seen ``count`` times in ``n`` (Wilson 1927, J. Am. Stat. Assoc. 22, 209)."""
    if n <= 0:
        return math.nan, math.nan
    z = 1.959963984540054
    share, shrink = count / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / shrink
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / shrink
    return max(middle - half, 0.0), min(middle + half, 1.0)


def spread(values: Sequence[float]) -> dict[str, float]:
    """Lowest, highest and standard deviation (n - 1; NaN for one value) of a figure over seeds."""
    deviation = float(np.std(values, ddof=1)) if len(values) > 1 else math.nan
    return {"min": float(min(values)), "max": float(max(values)), "sd": deviation}


def share(count: int, n: int) -> float:
    """``count`` of ``n``, NaN where there is nothing to count."""
    return count / n if n else math.nan


def show(figures: Any, digits: int = 4) -> str:
    """A figure for the terminal: "unknown" where it is NaN."""
    if figures is None or (isinstance(figures, float) and math.isnan(figures)):
        return "unknown"
    return f"{figures:.{digits}g}" if isinstance(figures, float) else str(figures)
