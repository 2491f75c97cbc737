"""A batch of molecules that every scorer and generator passes around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


class MolBatch:
    """Valid molecules in order: canonical SMILES and their parsed form. An invalid one never enters.

    Built by ``sartor.chem.batch``; ``mols`` are opaque outside ``sartor.chem``. ``cache`` keeps what was computed
    from the structures (fingerprints, descriptors) so that it is computed once, whoever asks; it never changes
    what the batch means.
    """

    __slots__ = ("cache", "mols", "smiles")

    def __init__(self, smiles: Sequence[str], mols: Sequence[Any]) -> None:
        if len(smiles) != len(mols):
            raise ValueError(f"{len(smiles)} SMILES but {len(mols)} molecules")
        self.smiles: tuple[str, ...] = tuple(smiles)
        self.mols: tuple[Any, ...] = tuple(mols)
        self.cache: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self.smiles)

    def __iter__(self) -> Iterator[str]:
        return iter(self.smiles)

    def take(self, indices: Sequence[int]) -> MolBatch:
        """The molecules at these positions, in this order, with an empty cache."""
        return MolBatch([self.smiles[i] for i in indices], [self.mols[i] for i in indices])
