"""A person's list of molecules in whatever notation, and a list of ours as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sartor.chem.notations import read_notation
from sartor.chem.parse import batch
from sartor.chem.sdf import sd_text
from sartor.core import OrderError

from .score import read_list


def read_molecule_texts(path: Path) -> list[str]:
    """The molecules of a list (see ``score.read_list``) as SMILES; SELFIES and SAFE are read too.

    A line that is in no notation stays as it is, to be refused where it is used.
    """
    return [read_notation(line.text)[0] or line.text for line in read_list(path)]


def write_molecules(out: Path, smiles: Sequence[str], values: Sequence[Mapping[str, str]] = ()) -> None:
    """Write ``.sdf`` with ``values`` as data fields, or one SMILES a line for any other suffix."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.suffix == ".sdf":
            mols, _ = batch(smiles)
            names = [f"sartor-{i + 1}" for i in range(len(mols))]
            out.write_text(sd_text(mols, names, list(values) or [{} for _ in names]))
        else:
            out.write_text("".join(f"{s}\n" for s in smiles))
    except OSError as error:
        raise OrderError(f"{out} cannot be written: {error}") from None
