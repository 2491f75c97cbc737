"""``sartor data …``: other people's molecules made into a corpus that the house can train on."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from .console import answer, words

data_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Make molecules of any source into a corpus to train on. Start with `sartor data standardize --help`.",
)


class Notation(StrEnum):
    """How the molecules are written; ``auto`` looks at each row."""

    auto = "auto"
    smiles = "smiles"
    selfies = "selfies"
    safe = "safe"


@data_app.command("standardize")
def standardize(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            help="Lists (.smi, .txt: the molecule first on the line, a name may follow) and tables (.csv, .tsv), each "
            "also with .gz after it.",
            metavar="INPUT...",
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for train.smi, holdout.smi and report.json.")],
    workers: Annotated[int, typer.Option(help="Processes; the result is the same for any number.", min=1)] = 2,
    max_heavy: Annotated[int, typer.Option(help="Most heavy atoms of a molecule.", min=1)] = 70,
    min_heavy: Annotated[int, typer.Option(help="Fewest heavy atoms of a molecule.", min=1)] = 6,
    column: Annotated[str, typer.Option(help="The molecules' column in tables.")] = "smiles",
    notation: Annotated[
        Notation, typer.Option(help="How molecules are written; auto looks at each row.")
    ] = Notation.auto,
    limit: Annotated[int, typer.Option(help="Read only the first so many rows; 0 reads all.", min=0)] = 0,
    resume: Annotated[
        bool, typer.Option("--resume/--fresh", help="Go on where a stopped run of this folder stands, or start anew.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Standardize molecules into a training part and a scaffold-disjoint hold-out; count everything that is dropped.

    Each molecule: largest organic fragment, neutralized, organic elements only, 6 to 70 heavy atoms, canonical SMILES
    with stereo; one of each compound (standard InChIKey) over all inputs. Molecules whose Murcko scaffold falls into a
    fixed 2 % go to holdout.smi and are never trained on, whatever the corpus. report.json counts what was dropped and
    why; dropped.tsv shows the first ten of each reason with file and line.

    A run that was stopped or killed goes on when you run the same command again. Reading SELFIES needs
    `pip install 'sartor[notations]'`; SAFE is read as it is.

    Example: `sartor data standardize chembl.smi.gz mine.csv --column structure -o out/corpus`

    Then: `sartor train prior --data out/corpus -o out/prior`
    """
    from sartor.train.corpus import standardize_corpus

    with Progress() as show:
        report = standardize_corpus(
            inputs,
            out,
            workers,
            max_heavy,
            limit,
            min_heavy=min_heavy,
            column=column,
            notation=notation.value,
            resume=resume,
            progress=show.show,
            say=lambda text: words.print(text, markup=False),
        )
    _summarize(out, report)
    if as_json:
        answer({"folder": str(out), **report})


def _summarize(out: Path, report: dict[str, Any]) -> None:
    kept = report["kept"]
    words.print(f"{report['read']} rows read", markup=False)
    for part, name in (("train", "train.smi"), ("holdout", "holdout.smi")):
        words.print(f"  {kept.get(part, 0):>9}  kept in {out / name}", markup=False)
    for reason, count in sorted(report["dropped"].items(), key=lambda item: (-item[1], item[0])):
        words.print(f"  {count:>9}  dropped: {reason}", markup=False)
    if report["dropped"]:
        words.print(f"The first of each reason, with file and line: {out / 'dropped.tsv'}", markup=False)
    if not kept:
        words.print("Nothing was kept: look at dropped.tsv, then at --column and --notation.", markup=False)


class Progress:
    """How far a corpus is: a bar on a terminal, a line every ten seconds elsewhere."""

    def __init__(self) -> None:
        self.start = self.last = time.monotonic()
        self.bar: Bar | None = None
        if words.is_terminal:
            self.bar = Bar(
                TextColumn("standardizing"), BarColumn(), TaskProgressColumn(),
                TextColumn("{task.fields[said]}"), TimeRemainingColumn(), console=words, transient=True,
            )  # fmt: skip
            self.task = self.bar.add_task("standardizing", total=1.0, said="")

    def __enter__(self) -> Progress:
        if self.bar:
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar:
            self.bar.stop()
        if kind is KeyboardInterrupt:
            words.print("stopped; what was done is kept: run the same command again to go on", markup=False)

    def show(self, row: dict[str, float]) -> None:
        """Show one chunk's figures: rows read, molecules kept, share of the input that is done."""
        now = time.monotonic()
        said = f"{row['read']:.0f} rows read, {row['kept']:.0f} molecules kept"
        if self.bar:
            self.bar.update(self.task, completed=row["share"], said=said)
        elif now - self.last > 10:
            self.last = now
            words.print(f"  {row['share']:.0%}: {said}, {(now - self.start) / 60:.1f} min", markup=False)


@data_app.command("zinc-split")
def zinc_split(
    data: Annotated[Path, typer.Argument(help="zinc250k.smi(.gz), or a folder that holds it.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for train, test and test_scaffolds.")],
    workers: Annotated[int, typer.Option(help="Processes.", min=1)] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Split ZINC250k once and for all for the MOSES measures: train, test, and a test of scaffolds never trained on.

    Example: `sartor data zinc-split zinc250k.smi.gz -o zinc`, then `sartor bench moses --data zinc --model …`
    """
    from sartor.train.zinc_split import split_zinc

    report = split_zinc(data, out, workers)
    words.print(f"the split is in {out}: {report}", markup=False)
    if as_json:
        answer(report)
