"""``sartor generate …``: decorate, link, grow, near, conditioned, hop. What a chemist asks of a generator."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from .console import answer, words

generate_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Ask a model for molecules: around a scaffold, between fragments, near a lead, with wished properties. "
    "Molecules in any notation (SMILES, SELFIES, SAFE); put them in quotes, for the shell reads `*` and `(` too. "
    "Everything that is turned away is counted.",
)

N = Annotated[int, typer.Option("-n", help="How many molecules.", min=1)]
Model = Annotated[str, typer.Option("--model", help="A shipped model's name, or the path of a model's weights.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same molecules.", min=0)]
Budget = Annotated[int, typer.Option(help="Most proposals to try; 0: 30 for each molecule, at least 1000.", min=0)]
Out = Annotated[
    Path | None, typer.Option("-o", "--out", help="File to write: .smi, .csv or .sdf. Without it: standard output.")
]
Picture = Annotated[Path | None, typer.Option(help="Draw the best as a grid into this .svg.")]
Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]
FEW = 5


class Property(StrEnum):
    """A property that molecules near a lead can be asked to improve."""

    qed = "qed"
    logp = "logp"
    tpsa = "tpsa"
    molecular_weight = "molecular_weight"
    sa_score = "sa_score"


class Direction(StrEnum):
    """Which way a property gets better."""

    up = "up"
    down = "down"


@generate_app.command()
def decorate(
    scaffold: Annotated[str, typer.Argument(help="A scaffold with marks: `*`, `[*]`, or `[*:1]`, `[*:2]` …")],
    n: N = 100,
    model: Model = "transformer",
    seed: Seed = 0,
    budget: Budget = 0,
    out: Out = None,
    picture: Picture = None,
    as_json: Json = False,
) -> None:
    """Put substituents on the marked atoms of a scaffold, and nowhere else.

    Every molecule is checked: with the substituents cut off again it is the scaffold you gave, every hydrogen, charge,
    ring and stereocentre of it. Marks of one number get the same substituent; `=*` asks for a double bond.

    Example: `sartor generate decorate "O=C1N([*:1])C(=O)C2(CCN([*:2])CC2)c2ccccc12" -n 50 -o decorated.csv`
    """
    from sartor.app import asking

    _answer("decorate", lambda: asking.decorate(scaffold, n, model, seed, budget), out, picture, as_json)


@generate_app.command()
def link(
    first: Annotated[str, typer.Argument(help="A fragment with one mark, `*`; or both fragments with a dot between.")],
    second: Annotated[str, typer.Argument(help="The other fragment with one mark.")] = "",
    n: N = 100,
    model: Model = "transformer",
    seed: Seed = 0,
    budget: Budget = 0,
    least: Annotated[int, typer.Option(help="Fewest heavy atoms of the linker.", min=1)] = 1,
    most: Annotated[int, typer.Option(help="Most heavy atoms of the linker; 0: no limit.", min=0)] = 0,
    out: Out = None,
    picture: Picture = None,
    as_json: Json = False,
) -> None:
    """Join two fragments at their marked atoms by one linker, the model's likeliest first.

    Every molecule is checked: both fragments are in it, apart, each changed nowhere but at its mark.

    Example: `sartor generate link "OC(=O)c1ccc(*)cc1" "*c1ccncc1" --most 6 -n 20 --picture linked.svg`
    """
    from sartor.app import asking

    _answer("link", lambda: asking.link(first, second, n, model, seed, budget, least, most), out, picture, as_json)


@generate_app.command()
def grow(
    fragment: Annotated[str, typer.Argument(help="A fragment; with marks, `*`, it grows only there.")],
    n: N = 100,
    model: Model = "transformer",
    seed: Seed = 0,
    budget: Budget = 0,
    at_once: Annotated[int, typer.Option(help="Places where each molecule is grown.", min=1)] = 1,
    out: Out = None,
    picture: Picture = None,
    as_json: Json = False,
) -> None:
    """Grow molecules from a fragment, at any atom that has a hydrogen, or at marked atoms.

    Every molecule is checked: the fragment is in it, changed nowhere but where it was grown.

    Example: `sartor generate grow "c1ccc2[nH]ccc2c1" -n 50 -o grown.smi`
    """
    from sartor.app import asking

    _answer("grow", lambda: asking.grow(fragment, n, model, seed, budget, at_once), out, picture, as_json)


@generate_app.command()
def near(
    lead: Annotated[str, typer.Argument(help="The lead.")],
    n: N = 100,
    model: Model = "transformer",
    seed: Seed = 0,
    budget: Budget = 0,
    similarity: Annotated[float, typer.Option(help="Least ECFP4 Tanimoto similarity to the lead.")] = 0.5,
    improve: Annotated[Property | None, typer.Option(help="Return only what is better than the lead in this.")] = None,
    direction: Annotated[
        Direction | None, typer.Option(help="Which way is better; qed goes up and sa_score down by themselves.")
    ] = None,
    out: Out = None,
    picture: Picture = None,
    as_json: Json = False,
) -> None:
    """Find molecules near a lead; with --improve those that are better, the greatest gain first.

    Every molecule is at least as similar as asked. The lead is partly rewritten by the model, mutated and crossed; with
    --improve the whole budget is spent.

    Example: `sartor generate near "CC(=O)Nc1ccc(O)cc1" --similarity 0.4 --improve logp --direction down -n 20`
    """
    from sartor.app import asking

    wish, way = improve.value if improve else "", direction.value if direction else ""
    _answer("near", lambda: asking.near(lead, n, model, seed, budget, similarity, wish, way), out, picture, as_json)


@generate_app.command()
def conditioned(
    wishes: Annotated[
        list[str],
        typer.Argument(
            help="Properties (qed, logp, molecular_weight, tpsa, sa_score), each a range or a value: "
            "logp=2:3 tpsa=:90 qed=0.8",
            metavar="WISH...",
        ),
    ],
    n: N = 100,
    model: Model = "transformer",
    seed: Seed = 0,
    budget: Budget = 0,
    out: Out = None,
    picture: Picture = None,
    as_json: Json = False,
) -> None:
    """Write new molecules with wished properties; every one is measured and within the ranges.

    A value stands for a range around it: qed 0.05, logp 0.5, molecular_weight 25 Da, tpsa 10 square angstrom, sa_score
    0.5. The transformer takes wishes; of other models plain samples are filtered, and the answer says so.

    Example: `sartor generate conditioned logp=2:3 tpsa=40:90 qed=0.7: -n 50 -o wished.csv`
    """
    from sartor.app import asking

    _answer("conditioned", lambda: asking.conditioned(wishes, n, model, seed, budget), out, picture, as_json)


@generate_app.command()
def hop(
    lead: Annotated[str, typer.Argument(help="The lead; it must have a ring.")],
    n: N = 100,
    model: Model = "transformer",
    seed: Seed = 0,
    budget: Budget = 0,
    most: Annotated[float, typer.Option(help="Highest ECFP4 Tanimoto similarity to the lead.")] = 0.4,
    least: Annotated[float, typer.Option(help="Lowest ErG pharmacophore similarity to the lead.")] = 0.6,
    generic: Annotated[bool, typer.Option("--generic", help="The bare graph of rings must differ too.")] = False,
    out: Out = None,
    picture: Picture = None,
    as_json: Json = False,
) -> None:
    """Keep a lead's pharmacophore on another scaffold.

    Every molecule has another Murcko scaffold, is less similar by fingerprint than --most and has the same interaction
    points at the same distances to at least --least (celecoxib and valdecoxib: 0.70; drugs of two classes: 0.1 to 0.6).

    Example: `sartor generate hop "Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F" -n 20 --picture hops.svg`
    """
    from sartor.app import asking

    _answer("hop", lambda: asking.hop(lead, n, model, seed, budget, most, least, generic), out, picture, as_json)


def _answer(mode: str, ask: Any, out: Path | None, picture: Path | None, as_json: bool) -> None:
    """Ask, write what was asked for, and say how it went."""
    from sartor.app import asking
    from sartor.core import encode

    asking.must_be_writable(out, picture)
    asked = ask()
    if out:
        asking.save(asked, out)
    if picture:
        asking.picture(asked, picture, f"sartor generate {mode} {asked.given}".strip())
    words.print(f"{len(asked.rows)} molecules from {asked.tried} proposals", markup=False)
    for reason, count in asked.counted.items():
        words.print(f"  {count:>6}  turned away: {reason}", markup=False)
    if asked.note:
        words.print(asked.note, markup=False)
    for row in asked.rows[: FEW if out or as_json else 0]:
        words.print(f"  {row.smiles}  {asking.legend(row)}", markup=False, soft_wrap=True)
    for path in (out, picture):
        if path:
            words.print(f"written to {path}", markup=False, soft_wrap=True)
    if as_json:
        answer({"mode": mode, **encode(asked)})
    elif not out:
        for row in asked.rows:
            typer.echo(row.smiles)
