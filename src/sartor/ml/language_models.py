"""Which models write molecules token by token, and how one is made again from its card and arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from sartor.core import PartError

from .sequence_model import SequenceModel, Shape
from .tokenizer import Tokenizer
from .transformer import Transformer, TransformerShape

LanguageModel = SequenceModel | Transformer


def build(description: dict[str, Any], arrays: dict[str, np.ndarray]) -> LanguageModel:
    """The model a card describes; PartError where the card is not of a language model."""
    if "tokenizer" not in description or "shape" not in description:
        raise PartError(f"{description.get('name', 'the card')!r} is not a language model: no tokenizer and shape")
    if description.get("kind") == Transformer.kind:
        return Transformer.build(description, arrays)
    return SequenceModel.build(description, arrays)


def empty(tokenizer: Tokenizer, shape: Shape | TransformerShape) -> LanguageModel:
    """An untrained model of a shape, from torch's random state."""
    return SequenceModel(tokenizer, shape) if isinstance(shape, Shape) else Transformer(tokenizer, shape)
