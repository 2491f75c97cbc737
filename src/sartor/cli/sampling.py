"""``sartor sample`` and ``sartor vae …``: molecules straight from a model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sartor.core import OrderError

from .console import answer, words

vae_app = typer.Typer(
    no_args_is_help=True,
    help="The autoencoder as a tool: molecules to points of a latent space and back, paths between them, "
    "neighbourhoods, and ascent on a property.",
)

Model = Annotated[str, typer.Option("--model", help="A shipped model (see `sartor parts`) or a path to weights.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same molecules on the same machine.")]
Threads = Annotated[int, typer.Option(help="Processor threads.", min=1)]
Out = Annotated[Path, typer.Option("-o", "--out", help="File to write.")]
Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]
Molecules = Annotated[Path, typer.Argument(help="SMILES, SELFIES or SAFE, one a line (a name may follow).")]


def sample(
    out: Out,
    n: Annotated[int, typer.Option("-n", help="How many.", min=1)] = 1000,
    model: Model = "transformer",
    seed: Seed = 20261,
    raw: Annotated[
        bool, typer.Option("--raw", help="Every text as the model wrote it, one line per sample, nothing sorted out.")
    ] = False,
    grammar: Annotated[
        bool,
        typer.Option("--grammar/--no-grammar", help="With --raw: draw within the grammar of molecules, or freely."),
    ] = True,
    threads: Threads = 2,
    as_json: Json = False,
) -> None:
    """Sample a generator: valid, distinct molecules that are neither training molecules nor known drugs.

    What was turned away is counted. The output is .smi (one SMILES a line) or, by its suffix, .sdf.

    Examples: `sartor sample -n 1000 -o new.smi`, `sartor sample -n 10000 --model vae --raw -o raw.smi`
    """
    from rich.progress import Progress as Bar

    from sartor.app.sampling import BATCH, sample_molecules, sample_texts

    if raw:
        texts: list[str] = []
        with Bar(console=words, transient=True) as bar:
            task = bar.add_task("sampling", total=n)
            for k, at in enumerate(range(0, n, 4 * BATCH)):
                texts += sample_texts(model, min(4 * BATCH, n - at), seed + 1_000_003 * k, True, threads, grammar)
                bar.update(task, completed=len(texts))
        _write(out, texts)
        words.print(f"{len(texts)} raw texts in {out}", markup=False)
        if as_json:
            answer({"written": len(texts), "raw": True, "model": model, "seed": seed, "out": str(out)})
        return
    with Bar(console=words, transient=True) as bar:
        task = bar.add_task("sampling", total=n)
        got = sample_molecules(model, n, seed, threads, progress=lambda k: bar.update(task, completed=k))
    _write(out, got.smiles)
    away = ", ".join(f"{count} {reason}" for reason, count in got.turned_away.most_common() if count)
    words.print(f"{len(got.smiles)} molecules in {out}; {got.drawn} drawn, turned away: {away or 'none'}", markup=False)
    if as_json:
        answer({"written": len(got.smiles), "drawn": got.drawn, "turned_away": dict(got.turned_away), "model": model,
                "raw": False, "seed": seed, "out": str(out)})  # fmt: skip


@vae_app.command("encode")
def encode(molecules: Molecules, out: Out, model: Model = "vae", threads: Threads = 2, as_json: Json = False) -> None:
    """Write the latents of molecules: a .npz with `latents` (n, 256), `smiles` and `problem` (why a row is NaN)."""
    import numpy as np

    latent, texts = _open(model, threads), _read(molecules)
    found = latent.encode(texts)
    problems = ["" if np.isfinite(row).all() else latent.why_not(t) for t, row in zip(texts, found, strict=True)]
    if out.suffix != ".npz":
        raise OrderError(f"latents are written as .npz, not {out.suffix or 'without suffix'}")
    np.savez(out, latents=found, smiles=np.array(texts), problem=np.array(problems))
    bad = sum(bool(p) for p in problems)
    words.print(f"{len(texts) - bad} latents in {out}, {bad} molecules without one", markup=False)
    for text, problem in [(t, p) for t, p in zip(texts, problems, strict=True) if p][:5]:
        words.print(f"  {text}: {problem}", markup=False)
    if as_json:
        answer({"encoded": len(texts) - bad, "without": bad, "dimensions": latent.dimensions, "out": str(out)})


@vae_app.command("decode")
def decode(
    latents: Annotated[Path, typer.Argument(help="A .npz with `latents` (n, 256), as `sartor vae encode` writes.")],
    out: Out,
    model: Model = "vae",
    temperature: Annotated[float, typer.Option(help="0: the most likely text of each latent.", min=0)] = 0.0,
    seed: Seed = 20261,
    threads: Threads = 2,
    as_json: Json = False,
) -> None:
    """Write the molecules of latents, one line each; a line is empty where a latent gives no molecule."""
    import numpy as np

    from sartor.chem.parse import canonical

    try:
        given = np.load(latents)["latents"]
    except (OSError, KeyError, ValueError) as error:
        raise OrderError(f"{latents} holds no array `latents` ({error}); write one with sartor vae encode") from None
    made = [canonical(t) or "" for t in _open(model, threads).decode(given, temperature, seed)]
    _write(out, made)
    good = sum(map(bool, made))
    words.print(f"{good} molecules of {len(made)} latents in {out}", markup=False)
    if as_json:
        answer({"latents": len(made), "valid": good, "out": str(out)})


@vae_app.command("interpolate")
def interpolate(
    first: Annotated[str, typer.Argument(help="SMILES of one end.")],
    second: Annotated[str, typer.Argument(help="SMILES of the other end.")],
    steps: Annotated[int, typer.Option(help="Points on the way, both ends included.", min=2)] = 9,
    model: Model = "vae",
    as_json: Json = False,
) -> None:
    """Show the molecules on the way from one to another.

    Example: `sartor vae interpolate "CC(=O)Oc1ccccc1C(=O)O" "CC(C)Cc1ccc(C(C)C(=O)O)cc1"`
    """
    from sartor.chem.parse import canonical

    way = _open(model, 1).interpolate(first, second, steps)
    made = [canonical(t) or "" for t in way]
    for k, smiles in enumerate(made):
        typer.echo(f"{k / (steps - 1):.2f}\t{smiles}") if not as_json else words.print(smiles, markup=False)
    if as_json:
        answer({"path": made, "valid": sum(map(bool, made)), "distinct": len(set(filter(None, made)))})


@vae_app.command("perturb")
def perturb(
    smiles: Annotated[str, typer.Argument(help="The molecule in the middle.")],
    n: Annotated[int, typer.Option("-n", help="Texts to draw.", min=1)] = 50,
    size: Annotated[float, typer.Option(help="Noise in standard deviations of the latents.", min=0)] = 0.5,
    model: Model = "vae",
    seed: Seed = 20261,
    as_json: Json = False,
) -> None:
    """Show the distinct molecules in a neighbourhood, the most frequent first."""
    from collections import Counter

    import numpy as np

    from sartor.chem.parse import canonical

    made = [canonical(t) for t in _open(model, 1).perturb(smiles, n, np.random.default_rng(seed), size)]
    counts = Counter(m for m in made if m)
    for text, count in counts.most_common():
        typer.echo(f"{count}\t{text}") if not as_json else words.print(text, markup=False)
    if as_json:
        answer({"molecules": dict(counts), "drawn": n, "valid": sum(counts.values())})


@vae_app.command("ascend")
def ascend(
    molecules: Molecules,
    out: Out,
    want: Annotated[
        list[str], typer.Option("--want", help="Property and weight: `qed=1`, `logp=-0.5`; may be repeated.")
    ],
    model: Model = "vae",
    threads: Threads = 2,
    as_json: Json = False,
) -> None:
    """Climb a property head from each molecule; writes a CSV: start, found, and the true properties of both.

    Example: `sartor vae ascend leads.smi --want qed=1 -o better.csv`
    """
    from sartor.app.latent import climb_table, write_table

    rows = climb_table(_open(model, threads), _read(molecules), dict(map(_wish, want)))
    write_table(rows, out)
    words.print(f"{len(rows)} starts in {out}", markup=False)
    if as_json:
        answer({"starts": len(rows), "found": sum(bool(r["found"]) for r in rows), "out": str(out)})


def _wish(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        raise OrderError(f"--want takes PROPERTY=WEIGHT such as qed=1, not {text!r}") from None


def _open(model: str, threads: int) -> Any:
    from sartor.generate.latent import Latent

    return Latent(model, threads)


def _read(path: Path) -> list[str]:
    from sartor.app.molecules import read_molecule_texts

    return read_molecule_texts(path)


def _write(out: Path, smiles: list[str]) -> None:
    from sartor.app.molecules import write_molecules

    write_molecules(out, smiles)
