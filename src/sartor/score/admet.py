"""Absorption, distribution, metabolism and toxicity from structure: trees and a network, with intervals and a domain.

One bank of questions on fingerprint counts and fast descriptors is answered once per batch and shared by every
endpoint, and so is one small network with a head for each. An endpoint is five forests (one per held-out scaffold
fold), each mixed with the network's member of the same fold, and averaged. The five together with what was observed
out of fold give the interval. Molecules that no model here can speak of, and endpoints whose measured quality is too
low, get NaN and the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from sartor.chem.descriptors import descriptors, unfit
from sartor.chem.fingerprints import morgan_counts
from sartor.core import Card, MolBatch, PatientView, Readout, ScorerPart
from sartor.core.card import Direction
from sartor.ml import weights
from sartor.ml.multitask import Multitask, ranked
from sartor.ml.trees import Forest, Questions, unpack_trees

CHUNK = 512  # molecules at a time: a multiple of 8, small enough that the working arrays stay in cache
NEAR = 128  # molecules at a time against the index, for the same reason
MEMBERS = 5
WEIGHTS = "admet"
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bands:
    """For each stratum of similarity ``(strata, grid)``: scores, and the low and high that belong to them.

    Of a probability they are low and high themselves; of a value, how far below and above the score they lie.
    ``cuts`` ``(strata - 1,)`` are the similarities between strata.
    """

    cuts: Array
    score: Array
    low: Array
    high: Array

    def at(self, score: Array, similarity: Array) -> tuple[Array, Array]:
        """Low and high ``(n,)`` for scores and similarities ``(n,)``."""
        stratum = np.searchsorted(self.cuts, similarity, side="right")
        low, high = np.empty(len(score)), np.empty(len(score))
        for s in range(len(self.score)):
            here = stratum == s
            low[here] = np.interp(score[here], self.score[s], self.low[s])
            high[here] = np.interp(score[here], self.score[s], self.high[s])
        return low, high


def sigmoid(z: Array) -> Array:
    """Log-odds -> probability."""
    return 1 / (1 + np.exp(-np.clip(z, -40, 40)))


def in_unit(score: Array, scale: str) -> Array:
    """A value's score in the endpoint's unit: "log10" raises ten to it, "percent" reads it as log-odds of a share."""
    if scale == "log10":
        return 10.0 ** np.clip(score, -6, 6)
    return 100 * sigmoid(score) if scale == "percent" else score


def fold_bits(counts: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Morgan counts ``(n, 2048)`` -> presence bits folded to ``(n, 1024)``, for the similarity index."""
    half = counts.shape[1] // 2
    return (counts[:, :half] | counts[:, half:]) > 0


@dataclass(frozen=True, slots=True)
class References:
    """The similarity index: bits ``(1024, m)`` as float32 for one matrix product, their sums, members by endpoint."""

    bits: NDArray[np.float32]
    size: NDArray[np.float32]
    members: tuple[NDArray[np.int64], ...]

    def nearest(self, counts: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Tanimoto similarity ``(n, endpoints)`` to the nearest reference of each endpoint."""
        mine = fold_bits(counts).astype(np.float32)
        common = mine @ self.bits
        either = mine.sum(axis=1)[:, None] + self.size
        either -= common
        np.divide(common, np.maximum(either, 1, out=either), out=common)
        return np.stack([common[:, m].max(axis=1) for m in self.members], axis=1)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all endpoints use: the question bank, the network with the edges by which it ranks descriptors ``(k, e)``,
    the index and the endpoints' column in both.
    """

    on_counts: Questions
    on_descriptors: Questions
    network: Multitask | None
    rank_edges: NDArray[np.float32]
    references: References
    column: dict[str, int]

    def second(self, counts: NDArray[np.uint8], values: NDArray[np.floating], columns: list[int]) -> Array:
        """What the network says without each fold ``(members, n, columns)``; zeros where the weights hold none.

        Of several networks blind to the same fold, which stand together, the mean.
        """
        if self.network is None:
            return np.zeros((MEMBERS, len(counts), len(columns)))
        said = self.network.members(counts, ranked(values, self.rank_edges))
        return said.reshape(MEMBERS, -1, *said.shape[1:]).mean(axis=1)[:, :, columns]  # every head: sums round alike

    def answers(self, counts: NDArray[np.uint8], values: NDArray[np.floating]) -> NDArray[np.uint8]:
        """Packed answers ``(q, ceil(n / 8))`` of the whole bank."""
        parts = []
        for i in range(0, max(len(counts), 1), CHUNK):
            c, v = counts[i : i + CHUNK], np.asarray(values[i : i + CHUNK], dtype=np.float32)
            parts.append(np.concatenate([self.on_counts.answer(c), self.on_descriptors.answer(v)]))
        return np.concatenate(parts, axis=1)

    def nearest(self, counts: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Similarity ``(n, endpoints)``; see References."""
        return np.concatenate(
            [self.references.nearest(counts[i : i + NEAR]) for i in range(0, max(len(counts), 1), NEAR)]
        )


@dataclass(frozen=True, slots=True)
class Head:
    """One endpoint: its forests, how they mix with the network (``mix``: weights of forest and network, and a
    constant), calibration, bands and the similarity that its domain begins at.
    """

    forest: Forest
    mix: tuple[float, float, float]
    bands: Bands
    is_probability: bool
    scale: str
    slope: float
    intercept: float
    domain_from: float

    def members(self, answers: NDArray[np.uint8], network: Array) -> Array:
        """Raw scores ``(members, n)``: log-odds, or the value on its learning scale.

        ``network (members, n)`` is what the network's members say of this endpoint.
        """
        bytes_each, n = CHUNK // 8, network.shape[1]
        trees = np.concatenate(
            [
                self.forest.scores(answers[:, i // 8 : i // 8 + bytes_each], min(CHUNK, n - i))
                for i in range(0, n, CHUNK)
            ]
            or [np.empty((MEMBERS, 0))],
            axis=1,
        )
        return self.mix[0] * trees + self.mix[1] * network + self.mix[2]

    def calibrated(self, raw: Array) -> Array:
        """Raw scores -> the card's unit."""
        return sigmoid(self.slope * raw + self.intercept) if self.is_probability else in_unit(raw, self.scale)

    def interval(self, raw: Array, similarity: Array) -> tuple[Array, Array, Array]:
        """Value, low and high ``(n,)`` from members' raw scores ``(members, n)`` and similarity ``(n,)``."""
        centre = raw.mean(axis=0)
        value = self.calibrated(centre)
        low, high = self.bands.at(centre, similarity)
        if not self.is_probability:
            return value, in_unit(centre + low, self.scale), in_unit(centre + high, self.scale)
        spread = self.calibrated(raw)
        return value, np.minimum(low, spread.min(axis=0)), np.maximum(high, spread.max(axis=0))


def shared_of(a: dict[str, NDArray[Any]], names: tuple[str, ...]) -> Shared:
    """The bank and the index from weight arrays; ``names`` are the endpoints in the order of the membership bits."""
    bits = np.unpackbits(a["index/bits"], axis=1).astype(np.float32)
    member = a["index/member"]
    network = {k.removeprefix("network/"): v for k, v in a.items() if k.startswith("network/")}
    return Shared(
        Questions(a["counts/column"], a["counts/edge"]),
        Questions(a["descriptors/column"], a["descriptors/edge"]),
        Multitask.unpack(network) if network else None,
        a["ranks/edge"] if network else np.zeros((0, 0), dtype=np.float32),
        References(
            np.ascontiguousarray(bits.T),
            bits.sum(axis=1),
            tuple(np.flatnonzero(member >> np.uint64(i) & np.uint64(1)) for i in range(len(names))),
        ),
        {name: i for i, name in enumerate(names)},
    )


def head_of(a: dict[str, NDArray[Any]], endpoint: str, entry: dict[str, Any]) -> Head:
    """One endpoint's model from weight arrays and its entry in the card."""

    def grid(name: str) -> Array:
        return a[f"{endpoint}/{name}"].astype(np.float64)

    return Head(
        unpack_trees({k: a[f"{endpoint}/{k}"] for k in ("depth", "split", "node", "leaf", "scale", "offset")}),
        (float(entry["mix"][0]), float(entry["mix"][1]), float(entry["mix"][2])),
        Bands(grid("cuts"), grid("score"), grid("low"), grid("high")),
        entry["kind"] == "probability",
        entry["scale"],
        float(entry["slope"]),
        float(entry["intercept"]),
        float(entry["domain_from"]),
    )


@lru_cache(maxsize=1)
def shared() -> Shared:
    """The shipped bank and index."""
    return shared_of(weights.load(WEIGHTS), tuple(weights.card(WEIGHTS)["order"]))


@lru_cache(maxsize=64)
def head(endpoint: str) -> Head:
    """The shipped model of one endpoint."""
    return head_of(weights.load(WEIGHTS), endpoint, weights.card(WEIGHTS)["endpoints"][endpoint])


class AdmetPart(ScorerPart):
    """A scorer of one ADMET endpoint; subclasses name it."""

    endpoint: ClassVar[str]
    direction: ClassVar[Direction] = "lower is better"

    class Config(BaseModel):
        """No settings: the endpoint is the part."""

        model_config = ConfigDict(extra="forbid")

    def __init__(self, config: Config) -> None:
        whole = weights.card(WEIGHTS)
        mine: dict[str, Any] = whole["endpoints"].get(self.endpoint, {})
        self._why_not: str = mine.get("not_predictable", "") or whole["left_out"].get(self.endpoint, "")
        self.card = Card(
            name=self.endpoint,
            unit=mine.get("unit", "probability"),
            direction=self.direction,
            summary=f"{self._why_not or mine['meaning']}. {mine.get('interval', '')}".strip(),
            domain=mine.get("domain", "none: the endpoint is not predicted"),
            licence=mine.get("licence", whole["licence"]),
            source=mine.get("source", "no open labels in sufficient number"),
            refuses="C",
            version=str(whole["version"]),
            metrics={k: str(v) for k, v in mine.get("metrics", {}).items()},
        )

    def predict(self, counts: NDArray[np.uint8], descriptors: NDArray[np.floating]) -> Array:
        """Values ``(n,)`` in the card's unit for Morgan counts ``(n, 2048)`` and descriptors ``(n, k)``.

        The same numbers as ``score(...).value`` (which also refuses unfit structures); NaN throughout where the
        endpoint is not predictable.
        """
        if self._why_not:
            return np.full(len(counts), np.nan)
        common, mine = shared(), head(self.endpoint)
        network = common.second(counts, descriptors, [common.column[self.endpoint]])[:, :, 0]
        return mine.calibrated(mine.members(common.answers(counts, descriptors), network).mean(axis=0))

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        if self._why_not:
            return Readout.unknown(len(mols), self._why_not)
        value, low, high, inside = self._evaluate(mols)
        why = unfit(mols)
        bad = np.array([bool(w) for w in why])
        value, low, high = (np.where(bad, np.nan, x) for x in (value, low, high))
        return Readout(value, low, high, inside & ~bad, why)

    def _evaluate(self, mols: MolBatch) -> tuple[Array, Array, Array, NDArray[np.bool_]]:
        key = f"admet/{self.endpoint}"
        if key not in mols.cache:
            common, mine = shared(), head(self.endpoint)
            counts = morgan_counts(mols)
            if "admet/answers" not in mols.cache:
                mols.cache["admet/answers"] = common.answers(counts, descriptors(mols))
                mols.cache["admet/nearest"] = common.nearest(counts)
                mols.cache["admet/network"] = common.second(counts, descriptors(mols), list(common.column.values()))
            column = common.column[self.endpoint]
            near = mols.cache["admet/nearest"][:, column].astype(np.float64)
            raw = mine.members(mols.cache["admet/answers"], mols.cache["admet/network"][:, :, column])
            mols.cache[key] = (*mine.interval(raw, near), near >= mine.domain_from)
        return cast("tuple[Array, Array, Array, NDArray[np.bool_]]", mols.cache[key])


class Cyp1a2Inhibition(AdmetPart):
    """Inhibits CYP1A2."""

    endpoint = "cyp1a2_inhibition"


class Cyp2c9Inhibition(AdmetPart):
    """Inhibits CYP2C9."""

    endpoint = "cyp2c9_inhibition"


class Cyp2c19Inhibition(AdmetPart):
    """Inhibits CYP2C19."""

    endpoint = "cyp2c19_inhibition"


class Cyp2d6Inhibition(AdmetPart):
    """Inhibits CYP2D6."""

    endpoint = "cyp2d6_inhibition"


class Cyp3a4Inhibition(AdmetPart):
    """Inhibits CYP3A4."""

    endpoint = "cyp3a4_inhibition"


class Cyp1a2Substrate(AdmetPart):
    """Is cleared by CYP1A2."""

    endpoint = "cyp1a2_substrate"
    direction = "depends"


class Cyp2c9Substrate(AdmetPart):
    """Is cleared by CYP2C9."""

    endpoint = "cyp2c9_substrate"
    direction = "depends"


class Cyp2c19Substrate(AdmetPart):
    """Is cleared by CYP2C19."""

    endpoint = "cyp2c19_substrate"
    direction = "depends"


class Cyp2d6Substrate(AdmetPart):
    """Is cleared by CYP2D6."""

    endpoint = "cyp2d6_substrate"
    direction = "depends"


class Cyp3a4Substrate(AdmetPart):
    """Is cleared by CYP3A4."""

    endpoint = "cyp3a4_substrate"
    direction = "depends"


class Herg(AdmetPart):
    """Blocks the hERG channel."""

    endpoint = "herg"


class Ames(AdmetPart):
    """Mutagenic in the Ames test."""

    endpoint = "ames"


class Bbb(AdmetPart):
    """Reaches the brain; whether that is wanted depends on the disease."""

    endpoint = "bbb"
    direction = "depends"


class Solubility(AdmetPart):
    """Aqueous solubility."""

    endpoint = "solubility"
    direction = "higher is better"


class HlmStability(AdmetPart):
    """Stable in human liver microsomes."""

    endpoint = "hlm_stability"
    direction = "higher is better"


class Caco2(AdmetPart):
    """Passes a Caco-2 cell layer."""

    endpoint = "caco2"
    direction = "higher is better"
