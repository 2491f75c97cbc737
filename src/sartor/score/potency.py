"""Potency on a named protein, from the shared network over published measurements (recipe: sartor train potency)."""

from __future__ import annotations

import difflib
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from sartor.core import Card, MolBatch, PatientView, Readout, Refusal, ScorerPart
from sartor.ml import weights
from sartor.ml.multitask import Multitask

from .domain import decode_bits, fold_bits, local_mean, similarity, unfit

VALUE_STEPS = 20  # measured values of the index are whole twentieths of a log unit
MUTANT_REFUSAL = "mutation known, selectivity not predictable"


def canonical_variant(text: str) -> str:
    """One spelling: changes without ``p.``, sorted as text, joined by "/" ("p.T790M + L858R" -> "L858R/T790M")."""
    parts = [p.removeprefix("p.") for p in re.split(r"[\s/+,;]+", text) if p]
    return "/".join(sorted(parts))


def targets() -> tuple[str, ...]:
    """Gene symbols with a wild-type model that may be used, sorted."""
    return tuple(sorted(k for k, v in weights.card("potency")["targets"].items() if "/" not in k and v["usable"]))


def available(target: str, variant: str = "") -> tuple[bool, str]:
    """Whether potency can be scored, and "" or why not. Reads the model card only, no weights."""
    made = weights.card("potency")
    change = canonical_variant(variant)
    entry = made["targets"].get(f"{target}/{change}" if change else target)
    if entry is not None:
        return bool(entry["usable"]), str(entry["why"])
    if change:
        return False, MUTANT_REFUSAL
    measured = made["too_few"].get(target, 0)
    return (
        False,
        f"no potency model for {target!r}: {measured} measurements in the training data, too few to learn from",
    )


def _remedy(target: str, variant: str) -> str:
    if variant:
        change = canonical_variant(variant)
        result = weights.card("potency")["mutant_gate"]["results"].get(f"{target}/{change}")
        why = result["why"] if result else f"no measurements of {target} {change}"
        return f"score wild-type {target} and say so, or dock into the mutant structure ({why})"
    known = targets()
    upper = {k.upper(): k for k in known}
    near = [upper[n] for n in difflib.get_close_matches(target.upper(), upper, n=5, cutoff=0.5)]
    tail = f"nearest names: {', '.join(near)}" if near else f"{len(known)} genes have one; HGNC symbols"
    return f"check the gene symbol ({tail}), or dock into its structure"


@lru_cache(maxsize=1)
def _network() -> Multitask:
    return Multitask.unpack(weights.load("potency"))


class Potency(ScorerPart):
    """pIC50-like potency on one gene's product, with a 90 % interval that widens away from the training molecules.

    The value is seven tenths the network's answer and three tenths that of the nearest measured molecules (the card's
    ``blend``): on held-out scaffolds the two together beat either.

    A target without a usable model, or a mutant that failed the gate (see the card's ``mutant_gate``), raises Refusal
    here, before anything is scored. Intervals are cross-conformal (Vovk 2015, Ann. Math. Artif. Intell. 74, 9) on
    scaffolds held out, scaled by the Tanimoto similarity to the target's nearest training molecules.
    """

    class Config(BaseModel):
        """``target`` is an HGNC symbol; ``variant`` "" is wild type, else "T315I" or "L858R/T790M"."""

        model_config = ConfigDict(extra="forbid")
        target: str
        variant: str = ""

    def __init__(self, config: Potency.Config) -> None:
        self.config = config
        ok, why = available(config.target, config.variant)
        if not ok:
            raise Refusal(why, remedy=_remedy(config.target, config.variant))
        made = weights.card("potency")
        change = canonical_variant(config.variant)
        self._name = f"{config.target}/{change}" if change else config.target
        self._head = sorted(made["targets"]).index(self._name)
        self._interval = made["interval"]
        self._half = float(made["targets"][self._name]["half_width"])
        self._threshold = float(made["domain"]["threshold"])
        self.card = self._card(made)
        index = weights.load("potency_index")
        part = slice(index["start"][self._head], index["start"][self._head + 1])
        self._bits = decode_bits(index["steps"], index["lengths"], index["rows"][part])
        self._values = index["values"][part].astype(np.float64) / VALUE_STEPS
        self._blend = made["blend"]

    def _card(self, made: dict[str, Any]) -> Card:
        e = made["targets"][self._name]
        return Card(
            name="potency",
            unit="pIC50",
            direction="higher is better",
            summary=f"Potency on {self._name.replace('/', ' ')}, -log10 of the molar IC50, Ki, Kd or EC50, predicted "
            f"from {e['measurements']} published measurements of {e['molecules']} molecules",
            domain=f"organic molecules of 8 to 70 heavy atoms; in domain from Tanimoto {self._threshold:g} to the "
            "target's training molecules; stereochemistry is not seen",
            licence=made["licence"],
            source=made["data"]["sources"],
            reads=(),  # the patient's variant arrives as a setting, chosen by the brief; nothing is read here
            refuses="N[Pt](N)(Cl)Cl",
            version=made["version"],
            metrics={
                "R2, scaffolds held out": f"{e['r2']:.2f} ({e['r2_low']:.2f} to {e['r2_high']:.2f})",
                "RMSE, scaffolds held out": f"{e['rmse']:.2f} ({e['rmse_low']:.2f} to {e['rmse_high']:.2f})",
                "Spearman, scaffolds held out": f"{e['spearman']:.2f}",
                "coverage of the 90 % interval": f"{e['coverage']:.2f}",
                "measurements": str(e["measurements"]),
            },
        )

    def predict_counts(self, counts: NDArray[np.uint8]) -> NDArray[np.float64]:
        """The value ``(n,)`` that score() gives for Morgan counts ``(n, 2048)`` (radius 2, clipped at 255)."""
        if counts.shape[1:] != (2048,):
            raise ValueError(f"expected Morgan counts (n, 2048), got {counts.shape}")
        return self._answer(counts)[0]

    def _answer(
        self, counts: NDArray[np.uint8], network: NDArray[np.float64] | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Values ``(n,)`` and the similarity ``(n,)`` to the nearest training molecule."""
        if network is None:
            network = _network().only([self._head]).predict(counts)[:, 0]
        near = similarity(fold_bits(counts), self._bits)
        local = local_mean(near, self._values, int(self._blend["neighbours"]), float(self._blend["power"]))
        share = float(self._blend["network"])
        return share * network + (1.0 - share) * local, near.max(axis=1, initial=0.0)

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        from sartor.chem.fingerprints import morgan_counts  # here, so that available() needs no RDKit

        return self._read(mols.smiles, morgan_counts(mols))

    def _read(
        self, smiles: Sequence[str], counts: NDArray[np.uint8], network: NDArray[np.float64] | None = None
    ) -> Readout:
        reasons = unfit(smiles)
        refused = np.array([bool(r) for r in reasons], dtype=bool)
        value, near = self._answer(counts, network)
        value = np.where(refused, np.nan, value)
        half = self._half * np.interp(near, self._interval["middles"], self._interval["factor"])
        return Readout(value, value - half, value + half, (near >= self._threshold) & ~refused, reasons)

    def neighbours(self, mols: MolBatch, k: int = 3) -> list[list[tuple[str, float, float]]]:
        """Per molecule, its ``k`` nearest measured compounds: (SMILES, measured pvalue, Tanimoto), nearest first.

        Lists are empty for targets whose compounds are not shipped. Measured on the wild type.
        """
        from sartor.chem.fingerprints import morgan_counts

        gene = self.config.target
        if f"neighbours/{gene}/value" not in weights.load("potency_index"):
            return [[] for _ in range(len(mols))]
        lines, values, bits = _measured(gene)
        near = similarity(fold_bits(morgan_counts(mols)), bits)
        best = np.argsort(-near, axis=1, kind="stable")[:, :k]
        return [[(lines[j], round(float(values[j]), 2), float(near[i, j])) for j in best[i]] for i in range(len(mols))]

    def ligands(self, n: int) -> tuple[str, ...]:
        """The ``n`` most potent measured compounds kept for this gene, best first: known chemistry to start from."""
        gene = self.config.target
        if f"neighbours/{gene}/value" not in weights.load("potency_index"):
            return ()
        lines, values, _ = _measured(gene)
        return tuple(lines[i] for i in np.argsort(-values, kind="stable")[:n])

    def share_from(self, pvalue: float) -> float:
        """The share of this target's kept training molecules of at least this potency: a base rate, not a chance."""
        return float((self._values >= pvalue).mean())


def together(parts: Sequence[Potency], mols: MolBatch) -> list[Readout]:
    """What ``score`` says for each part, the network's shared layers computed once for all of them."""
    from sartor.chem.fingerprints import morgan_counts  # here, so that available() needs no RDKit

    if not parts:
        return []
    counts = morgan_counts(mols)
    network = _network().only([p._head for p in parts]).predict(counts)
    return [p._read(mols.smiles, counts, network[:, i]) for i, p in enumerate(parts)]


@lru_cache(maxsize=8)
def _measured(gene: str) -> tuple[tuple[str, ...], NDArray[np.floating], NDArray[np.uint8]]:
    """SMILES, values and packed bits of the measured compounds kept for a gene."""
    index = weights.load("potency_index")
    own = {k: index[f"neighbours/{gene}/{k}"] for k in ("smiles", "value", "steps", "lengths")}
    lines = zlib.decompress(own["smiles"].tobytes()).decode().split("\n")
    bits = decode_bits(own["steps"], own["lengths"], np.arange(len(lines)))
    return tuple(lines), own["value"], bits
