"""A model that writes molecules, used as it stands: raw texts, texts that go on from a beginning, likelihoods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sartor.core import Refusal
from sartor.ml import weights

BATCH = 256


class Sampler:
    """Draws from a shipped model (``"transformer"``, ``"prior"``) or one at a path, on ``threads`` threads.

    ``grammar`` and ``floor`` as in sartor.ml.sampling.Manner. The same rng state gives the same texts.
    """

    def __init__(
        self,
        model: str = "transformer",
        threads: int = 1,
        temperature: float = 1.0,
        grammar: bool = True,
        floor: float | None = None,
    ) -> None:
        """``floor`` None takes the house's own, sartor.ml.sampling.FLOOR."""
        from sartor.ml.language_models import build
        from sartor.ml.sampling import FLOOR, Manner

        self.card, arrays = weights.find(model)
        self._model = build(self.card, arrays).eval()
        self._manner = Manner(temperature, grammar, FLOOR if floor is None else floor)
        self._threads = threads

    def texts(
        self,
        n: int,
        rng: np.random.Generator,
        prefixes: Sequence[str] = (),
        wishes: Mapping[str, float] | None = None,
        random: bool = False,
    ) -> list[str]:
        """``n`` texts in order, unchecked.

        ``prefixes`` (none, or n): each text goes on from its own, first with an atom or a bond; "" where the model can
        not go on from it. ``random`` asks for texts written in any atom order, which fits prefixes that are not the
        beginning of a canonical SMILES. ``wishes``: property name (sartor.ml.wishes.PROPERTIES) to wished value.
        """
        from sartor.ml.sequence_model import threads
        from sartor.ml.writer import write

        asked = self._wishes(wishes or {}, random)
        made: list[str] = []
        with threads(self._threads):
            for at in range(0, n, BATCH):
                size = min(BATCH, n - at)
                seed = int(rng.integers(2**62))
                made += write(self._model, size, seed, self._manner, prefixes[at : at + size], asked)
        return made

    def likelihood(self, texts: Sequence[str], random: bool = False) -> NDArray[np.float64]:
        """Natural log-likelihood ``(n,)`` of texts as they are written; NaN where a letter is unknown."""
        from sartor.ml.sequence_model import threads
        from sartor.ml.writer import likelihoods

        with threads(self._threads):
            return likelihoods(self._model, texts, self._wishes({}, random))

    def _wishes(self, values: Mapping[str, float], random: bool) -> list[int]:
        from sartor.ml.wishes import wish_row

        if not values and not random:
            return []
        if "property_edges" not in self.card:
            if values:
                raise Refusal("this model was not taught properties; use the transformer for property wishes")
            return []
        return wish_row(values, self.card["property_edges"], random)
