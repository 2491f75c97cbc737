"""What a chemist asks of a generator, by the model's name: decorate, link, grow, near, conditioned, hop; and its files.

Each question gives an ``Asked`` (sartor.generate.asked): molecules best first and a count of what was turned away. The
same question, model, seed and machine give the same answer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from sartor.chem.grid import grid
from sartor.chem.parse import strict_batch
from sartor.chem.sdf import sd_text
from sartor.core import OrderError, Refusal
from sartor.generate import conditioned as conditioning
from sartor.generate import decorate as decorating
from sartor.generate import grow as growing
from sartor.generate import hop as hopping
from sartor.generate import link as linking
from sartor.generate import near as nearness
from sartor.generate.asked import Asked, Found, Neighbours, Writer
from sartor.generate.latent import Latent
from sartor.ml import weights

MODEL = "transformer"
SUFFIXES = (".smi", ".csv", ".sdf")
PANELS = 24
Draw = Callable[[Writer, np.random.Generator], Asked]


def decorate(scaffold: str, n: int = 100, model: str = MODEL, seed: int = 0, budget: int = 0) -> Asked:
    """Substituents at the marked atoms of a scaffold, and nowhere else (see sartor.generate.decorate)."""
    return _ask(lambda sampler, rng: decorating.decorate(scaffold, sampler, n, rng, budget), model, seed)


def link(
    first: str,
    second: str = "",
    n: int = 100,
    model: str = MODEL,
    seed: int = 0,
    budget: int = 0,
    least: int = 1,
    most: int = 0,
) -> Asked:
    """Linkers between two fragments of one mark each (see sartor.generate.link)."""
    return _ask(lambda sampler, rng: linking.link(first, second, sampler, n, rng, budget, least, most), model, seed)


def grow(fragment: str, n: int = 100, model: str = MODEL, seed: int = 0, budget: int = 0, at_once: int = 1) -> Asked:
    """Molecules grown from a fragment (see sartor.generate.grow)."""
    return _ask(lambda sampler, rng: growing.grow(fragment, sampler, n, rng, budget, at_once), model, seed)


def near(
    lead: str,
    n: int = 100,
    model: str = MODEL,
    seed: int = 0,
    budget: int = 0,
    similarity: float = 0.5,
    improve: str = "",
    direction: str = "",
    neighbours: Neighbours | None = None,
) -> Asked:
    """Molecules near a lead, better ones first where a property is named (see sartor.generate.near).

    ``neighbours`` proposes beside the model; without it the shipped autoencoder does.
    """
    around = neighbours or latent_neighbours()

    def draw(sampler: Writer, rng: np.random.Generator) -> Asked:
        return nearness.near(lead, sampler, n, rng, budget, similarity, improve, direction, around)

    return _ask(draw, model, seed)


def conditioned(wishes: Sequence[str], n: int = 100, model: str = MODEL, seed: int = 0, budget: int = 0) -> Asked:
    """Molecules with wished properties (see sartor.generate.conditioned)."""
    return _ask(lambda sampler, rng: conditioning.conditioned(wishes, sampler, n, rng, budget), model, seed)


def hop(
    lead: str,
    n: int = 100,
    model: str = MODEL,
    seed: int = 0,
    budget: int = 0,
    most: float = 0.4,
    least: float = 0.6,
    generic: bool = False,
    neighbours: Neighbours | None = None,
) -> Asked:
    """Another scaffold with the lead's pharmacophore (see sartor.generate.hop); ``neighbours`` as in ``near``."""
    around = neighbours or latent_neighbours()

    def draw(sampler: Writer, rng: np.random.Generator) -> Asked:
        return hopping.hop(lead, sampler, n, rng, budget, most, least, generic, around)

    return _ask(draw, model, seed)


def latent_neighbours(model: str = "vae") -> Neighbours | None:
    """Molecules around one in an autoencoder's latent space; none of a molecule without a latent.

    None where the autoencoder is not installed: the other proposers do without it.
    """
    if not (weights.folder() / f"{model}.card.json").exists():
        return None
    latent = Latent(model)

    def around(smiles: str, n: int, rng: np.random.Generator) -> list[str]:
        try:
            return latent.perturb(smiles, n, rng)
        except Refusal:
            return []

    return around


def _ask(draw: Draw, model: str, seed: int) -> Asked:
    from sartor.generate.sampler import Sampler

    return draw(Sampler(model), np.random.default_rng(seed))


def must_be_writable(path: Path | None, image: Path | None = None) -> None:
    """OrderError, before any work is done, where a file of answers or a picture has a suffix that is not written."""
    if path is not None and path.suffix.lower() not in SUFFIXES:
        raise OrderError(f"{path.name}: molecules are written as {', '.join(SUFFIXES)}, not as {path.suffix or 'that'}")
    if image is not None and image.suffix.lower() != ".svg":
        raise OrderError(f"{image.name}: a picture is written as .svg")


def save(asked: Asked, path: Path) -> None:
    """Write the rows by the file's suffix: .smi (SMILES and rank), .csv (a column for each value), .sdf (2D)."""
    must_be_writable(path)
    kind = path.suffix.lower()
    if kind == ".smi":
        text = "".join(f"{row.smiles} {rank}\n" for rank, row in enumerate(asked.rows, 1))
    elif kind == ".csv":
        text = _table(asked.rows)
    else:
        mols = strict_batch([row.smiles for row in asked.rows])
        names = [str(rank) for rank in range(1, len(mols) + 1)]
        fields = [{"smiles": r.smiles, **{k: str(v) for k, v in r.values.items()}} for r in asked.rows]
        text = sd_text(mols, names, fields)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def picture(asked: Asked, path: Path, title: str = "") -> None:
    """Draw what was given and the first rows as an SVG grid, the scaffold or the fragments tinted."""
    must_be_writable(None, path)
    rows = asked.rows[: PANELS - bool(asked.given)]
    smiles = [row.smiles for row in rows]
    legends = [legend(row) for row in rows]
    tinted = [row.atoms for row in rows]
    if asked.given:
        given = strict_batch([asked.given])
        atoms = given.mols[0].GetAtoms()
        smiles.insert(0, asked.given)
        legends.insert(0, "given")
        tinted.insert(0, tuple(a.GetIdx() for a in atoms if a.GetAtomicNum()) if rows[0].atoms else ())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(grid(smiles, legends, tinted, asked.shared, title=title), encoding="utf-8")


def legend(row: Found) -> str:
    """The numbers of a row in a few words, substituents and scaffolds left away."""
    return ", ".join(
        f"{name.replace('_', ' ')} {value:.4g}" for name, value in row.values.items() if not isinstance(value, str)
    )


def _table(rows: Sequence[Found]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row.values))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["rank", "smiles", *columns])
    for rank, row in enumerate(rows, 1):
        writer.writerow([rank, row.smiles, *(row.values.get(name, "") for name in columns)])
    return out.getvalue()
