"""Proposer ``language-model``: samples a language model of drug-like molecules and teaches it what was rewarded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from sartor.chem import parse
from sartor.chem.randomize import randomized
from sartor.core import Card, MolBatch
from sartor.ml import weights

from .sieve import gather


class LanguageModel:
    """A SMILES model, recurrent ("prior") or a transformer.

    ``learn`` moves it towards rewarded molecules, its own or other proposers'.

    Learning has four selectable losses (formulas and sources: sartor.ml.losses): "dap", which pulls hard towards high
    reward relative to the prior, "ahc", the same on the better half only, "reinforce", the plain policy gradient, and
    "tb", which makes probability follow reward and so keeps variety.
    With ``grammar`` (the default) a token is not drawn where no continuation could be a molecule (sartor.ml.grammar).
    The card's metrics say how many texts are molecules, with grammar and without; only those are proposed.
    """

    class Config(BaseModel):
        """Settings; ``randomized`` also teaches that many random SMILES of each molecule beside its own text, and
        ``replay_random`` is the share of replayed molecules that are written anew, from a random atom.

        ``floor``: tokens of a lower probability are a last resort when sampling (see sartor.ml.sampling).
        """

        model_config = ConfigDict(extra="forbid")

        weights: str = "prior"
        loss: Literal["dap", "ahc", "reinforce", "tb"] = "dap"
        rate: float = Field(5e-4, gt=0, le=0.1)
        sigma: float = Field(500.0, gt=0)
        confidence_penalty: float = Field(5000.0, ge=0)
        top: float = Field(0.5, gt=0, le=1)
        beta: float = Field(50.0, gt=0)
        log_z: float = 5.0
        log_z_rate: float = Field(0.1, gt=0)
        prior_kl: float = Field(0.01, ge=0)
        batch: int = Field(64, ge=1, le=1024)
        randomized: int = Field(0, ge=0, le=10)
        replay_random: float = Field(0.0, ge=0, le=1)
        temperature: float = Field(1.0, gt=0, le=5)
        grammar: bool = True
        floor: float = Field(0.002, ge=0, lt=1)
        threads: int = Field(1, ge=1, le=64)
        half: bool | None = None

    def __init__(self, config: Config, model: tuple[dict[str, Any], dict[str, np.ndarray]] | None = None) -> None:
        """With ``model`` (a description and its arrays, see sartor.ml.language_models) no shipped weights are read."""
        from sartor.ml.language_models import build
        from sartor.ml.policy import Policy, PolicySettings
        from sartor.ml.sampling import Manner

        self.config = config
        described, arrays = model or weights.find(config.weights)
        names = (
            "loss",
            "rate",
            "sigma",
            "confidence_penalty",
            "top",
            "beta",
            "log_z",
            "log_z_rate",
            "prior_kl",
            "threads",
            "half",
        )
        settings = PolicySettings(**{name: getattr(config, name) for name in names})
        self._policy = Policy(build(described, arrays), settings)
        self._manner = Manner(config.temperature, config.grammar, config.floor)
        self._warmth = 1.0
        self._learned = 0
        self.turned_away: Counter[str] = Counter()
        self.parsed = MolBatch([], [])
        self.card = Card(
            name="language-model",
            unit="SMILES",
            direction="depends",
            summary="proposes molecules from a language model that learns from what was rewarded",
            domain="drug-like organic molecules of up to 50 heavy atoms, as in its training set",
            licence=str(described.get("licence", "")),
            source=str(described.get("data", "a model given by the caller")),
            metrics={k: str(v) for k, v in described.get("metrics", {}).items()},
        )

    def propose(self, n: int, rng: np.random.Generator) -> list[str]:
        """Up to ``n`` distinct molecules from the agent that are neither training molecules nor known drugs.

        What else was drawn is counted in ``turned_away``. The same for the same rng state, agent and machine; fewer
        than ``n`` where the agent says little that is new (see sieve.MOST).
        """
        self.turned_away = Counter()
        self.parsed = gather(n, lambda more: self.raw(more, rng), self.turned_away)
        return list(self.parsed.smiles)

    def raw(self, n: int, rng: np.random.Generator) -> list[str]:
        """``n`` texts from the agent, unchecked."""
        made: list[str] = []
        while len(made) < n:
            seed = int(rng.integers(2**62))
            made += self._policy.sample(min(256, n - len(made)), seed, self._manner)
        return made

    def learn(self, smiles: Sequence[str], rewards: np.ndarray) -> dict[str, float]:
        """One step per ``batch`` molecules; returns means over the steps, and how many were learned and left out.

        Takes any valid SMILES, also of other proposers; a molecule with a letter the model has never seen, or with
        an unknown (NaN) reward, is left out and counted.
        """
        texts, values = list(smiles), np.asarray(rewards, dtype=float)
        if self.config.randomized:
            copies = [randomized(s, self.config.randomized, self._learned + i) for i, s in enumerate(smiles)]
            values = np.concatenate([values, *(np.full(len(c), v) for c, v in zip(copies, values, strict=True))])
            texts += [text for each in copies for text in each]
        self._learned += len(smiles)
        steps = [
            self._policy.learn(texts[i : i + self.config.batch], values[i : i + self.config.batch])
            for i in range(0, len(texts), self.config.batch)
        ]
        figures: dict[str, float] = {}
        for name in sorted(set().union(*steps)) if steps else ():
            seen = [s[name] for s in steps if name in s]
            figures[name] = float(np.sum(seen) if name in ("learned", "left_out") else np.mean(seen))
        return figures

    def replay(self, smiles: Sequence[str], rewards: np.ndarray) -> dict[str, float]:
        """``learn`` from molecules that were learned before, a share ``replay_random`` of them written another way.

        Another text of the same molecule is a new lesson, where the same text again is soon known by heart (augmented
        memory; Guo & Schwaller 2024, JACS Au 4, 2160).
        """
        texts = list(smiles)
        if self.config.replay_random > 0:
            chosen = np.random.default_rng([self._learned, len(texts)]).random(len(texts)) < self.config.replay_random
            for i in np.flatnonzero(chosen).tolist():
                other = randomized(texts[i], 1, self._learned + i)
                texts[i] = other[0] if other else texts[i]
        return self.learn(texts, rewards)

    def warm(self, factor: float) -> None:
        """Draw at the configured temperature times ``factor`` from now on: 1 is as ordered, above 1 is bolder."""
        self._warmth = factor
        self._manner = replace(self._manner, temperature=self.config.temperature * factor)

    def likelihood(self, smiles: Sequence[str], prior: bool = False) -> NDArray[np.float64]:
        """Natural log-likelihood ``(n,)`` of canonical forms under the agent (or the prior it started from).

        NaN where a text is not a molecule or holds a letter the model has never seen.
        """
        own = frozenset(self.parsed.smiles)  # canonical already
        return self._policy.likelihood([s if s in own else parse.canonical(s) or "" for s in smiles], prior)

    def state(self) -> dict[str, Any]:
        """A copy of what was learned, for ``restore``."""
        return {**self._policy.state(), "learned": self._learned, "warmth": self._warmth}

    def restore(self, state: dict[str, Any]) -> None:
        """Back to what ``state`` copied."""
        self._policy.restore({k: v for k, v in state.items() if k not in ("learned", "warmth")})
        self._learned = int(state["learned"])
        self.warm(float(state["warmth"]))

    def reset(self) -> None:
        """Forget everything learned from rewards: the agent is the prior again."""
        self._policy.reset()
        self._learned = 0
        self.warm(1.0)
