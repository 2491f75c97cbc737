"""What a chemist who asks a generator gets: molecules with values, and a count of everything that was turned away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sartor.chem import parse
from sartor.chem.marks import settled
from sartor.chem.stability import unstable
from sartor.core import OrderError, Refusal
from sartor.ml.partial_smiles import MAX_ATOMS

CANNOT_GO_ON = "the model could not go on"
NOT_A_MOLECULE = "not a molecule"
SEVERAL = "several fragments"
THE_INPUT = "the input itself"
DOUBLE = "double"
MOST_HEAVY = MAX_ATOMS - 2  # a beginning leaves the sampling grammar room for two heavy atoms at least

Neighbours = Callable[[str, int, np.random.Generator], list[str]]


class Writer(Protocol):
    """A model that writes molecules: sartor.generate.sampler.Sampler, or a toy in a test."""

    card: dict[str, Any]

    def texts(
        self,
        n: int,
        rng: np.random.Generator,
        prefixes: Sequence[str] = (),
        wishes: Mapping[str, float] | None = None,
        random: bool = False,
    ) -> list[str]:
        """``n`` texts in order, each going on from its prefix; "" where the model cannot."""
        ...

    def likelihood(self, texts: Sequence[str], random: bool = False) -> NDArray[np.float64]:
        """Natural log-likelihood ``(n,)`` of texts as written; NaN where a letter is unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """One molecule, canonical, and what there is to say of it (similarity, gain, likelihood, substituents ...).

    ``atoms``: where in the parsed SMILES the scaffold or the fragments lie, in one order for all rows of an answer.
    """

    smiles: str
    values: dict[str, float | str]
    atoms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer: rows best first, how many proposals were ``tried``, and how many were turned away for what.

    ``given`` is what was asked about, canonical. The first ``shared`` atoms of each row are one piece in all of them.
    """

    rows: tuple[Found, ...]
    counted: dict[str, int]
    tried: int
    note: str = ""
    given: str = ""
    shared: int = 0


class Sieve:
    """Lets each sound molecule through once, and counts what it turns away and why.

    Sound: RDKit reads it, it is of one piece, it is not what was given, and it holds no group that falls apart on its
    own (sartor.chem.stability) which the given molecules do not hold themselves.
    """

    def __init__(self, given: Iterable[str] = ()) -> None:
        self.counted: Counter[str] = Counter()
        self.tried = 0
        self._given = {s for s in map(settled, given) if s}
        self._borne = set(unstable(parse.batch(sorted(self._given))[0]))
        self._seen: set[str] = set()

    def sound(self, text: str) -> str:
        """The canonical SMILES of a sound molecule that was not seen before, else ""."""
        smiles = settled(text)
        if not smiles:
            return self.turn_away(NOT_A_MOLECULE)
        if "." in smiles:
            return self.turn_away(SEVERAL)
        if smiles in self._given:
            return self.turn_away(THE_INPUT)
        if smiles in self._seen:
            return self.turn_away(DOUBLE)
        self._seen.add(smiles)
        group = unstable(parse.strict_batch([smiles]))[0]
        if group and group not in self._borne:
            return self.turn_away(f"does not keep: {group}")
        return smiles

    def turn_away(self, reason: str, count: int = 1) -> str:
        """Count molecules turned away; always ""."""
        if count:
            self.counted[reason] += count
        return ""


def budget_for(n: int, budget: int) -> int:
    """How many proposals a question may cost: as asked, else 30 for each molecule and at least 1,000."""
    if n < 1 or budget < 0:
        raise OrderError(f"{n} molecules within {budget} proposals: ask for at least one molecule")
    return budget or max(1000, 30 * n)


def round_size(missing: int, sieve: Sieve, budget: int, found: int, most: int = 256) -> int:
    """How many proposals to ask for next: enough for what is missing at the rate so far, within the budget."""
    rate = found / sieve.tried if sieve.tried else 0.5
    wanted = int(1.2 * missing / max(rate, 0.02)) + 8
    return max(1, min(wanted, most, budget - sieve.tried))


def must_fit(heavy: int, what: str) -> None:
    """OrderError where a beginning is so large that the model could add nothing to it."""
    if heavy > MOST_HEAVY:
        raise OrderError(f"{what} has {heavy} heavy atoms: the models write at most {MAX_ATOMS}")


def answered(
    rows: Sequence[Found], n: int, sieve: Sieve, relax: str, note: str = "", given: str = "", shared: int = 0
) -> Asked:
    """The first ``n`` rows as an answer; where there is none a Refusal: what was tried, what to ``relax``."""
    counted = dict(sorted(sieve.counted.items(), key=lambda item: (-item[1], item[0])))
    if not rows:
        why = ", ".join(f"{count} {reason}" for reason, count in counted.items()) or "nothing was proposed"
        raise Refusal(f"nothing was found in {sieve.tried} proposals ({why})", remedy=relax)
    said = note
    if len(rows) < n:
        short = f"{len(rows)} of {n} were found in {sieve.tried} proposals; for more, {relax}"
        said = f"{note}; {short}" if note else short
    return Asked(tuple(rows[:n]), counted, sieve.tried, said, given, shared)


def by_likelihood(rows: Sequence[Found], sampler: Writer) -> list[Found]:
    """The rows with the model's log-likelihood of each canonical text, the likeliest first, unknown last."""
    values = sampler.likelihood([row.smiles for row in rows]) if rows else np.zeros(0)
    told = [
        Found(row.smiles, {"likelihood": round(float(value), 4), **row.values}, row.atoms)
        for row, value in zip(rows, values, strict=True)
    ]
    return sorted(told, key=lambda row: (-_or_lowest(row.values["likelihood"]), row.smiles))


def _or_lowest(value: float | str) -> float:
    return float(value) if np.isfinite(float(value)) else -np.inf
