"""``sartor bench pgx-exhaustive | pgx-concordance | pgx-cases``: the star-allele caller measured."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from .console import answer, words

Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]


def register(bench_app: typer.Typer) -> None:
    """Add the commands of this file to ``sartor bench``."""
    bench_app.command("pgx-exhaustive")(pgx_exhaustive)
    bench_app.command("pgx-concordance")(pgx_concordance)
    bench_app.command("pgx-cases")(pgx_cases)


def pgx_exhaustive(
    gene: Annotated[list[str] | None, typer.Option("--gene", help="Only this gene; repeatable.")] = None,
    as_json: Json = False,
) -> None:
    """Call every diplotype that the definitions allow, phased and unphased, and compare with what must come out.

    Unphased, several diplotypes can give the same genotypes: then exactly those must be named, and the call is
    ambiguous if their phenotypes differ.

    Example: `sartor bench pgx-exhaustive --gene TPMT --json`
    """
    from sartor.bench.pgx_exhaustive import measure_exhaustive

    figures = measure_exhaustive(gene or (), say=lambda text: words.print(text, markup=False))
    words.print(_exhaustive_table(figures))
    if as_json:
        answer(figures)
    if figures["wrong"]:
        raise typer.Exit(1)


def pgx_concordance(
    vcf: Annotated[Path, typer.Option("--vcf", help="Folder of VCFs, each with the people of the truth table.")],
    truth: Annotated[Path, typer.Option("--truth", help="TSV: sample, gene, validated, updated_call.")],
    as_json: Json = False,
) -> None:
    """Compare calls with consensus star alleles (GeT-RM, say) per gene; every discordance is explained or says so.

    Example: `sartor bench pgx-concordance --vcf 1kgp_GRCh38 --truth getrm.tsv --json`
    """
    from sartor.bench.pgx_concordance import measure_concordance

    figures = measure_concordance(vcf, truth, say=lambda text: words.print(text, markup=False))
    words.print(_concordance_table(figures))
    if as_json:
        answer(figures)


def pgx_cases(
    cases: Annotated[Path, typer.Option("--cases", help="Folder with cases*.json and the VCFs that it names.")],
    as_json: Json = False,
) -> None:
    """Run another caller's test cases (your own copy of PharmCAT's, say) and list every one that comes out otherwise.

    A case names a VCF, or lists genotypes by gene and rsID with everything else of those genes at the reference.

    Example: `sartor bench pgx-cases --cases pharmcat_tests --json`
    """
    from sartor.bench.pgx_cases import measure_cases

    figures = measure_cases(cases, say=lambda text: words.print(text, markup=False))
    title = f"{figures['agree']} of {figures['run']} agree, {figures['exact']} to the letter"
    table = Table(title=f"{title}; {figures['not_run']} of {figures['cases']} cannot be run")
    for column in ("case", "verdict", "gene", "expected", "call", "why"):
        table.add_column(column)
    for row in figures["rest"]:
        cells = ("gene", "call", "why")
        gene, call, why = (str(row.get(c, "")) for c in cells)
        table.add_row(row["case"], row["verdict"], gene, ", ".join(row.get("expected", ())), call, why)
    words.print(table)
    if as_json:
        answer(figures)


def _exhaustive_table(figures: dict[str, Any]) -> Table:
    title = f"{figures['cases']} cases, {figures['wrong']} wrong (definitions {figures['definition_version']})"
    table = Table(title=title)
    columns = ("alleles", "cases", "wrong", "genotype_patterns", "ambiguous_groups", "phenotype_ambiguous_groups")
    table.add_column("gene")
    for column in columns:
        table.add_column(column.replace("_", " "), justify="right")
    for gene, row in figures["genes"].items():
        table.add_row(gene, *(str(row.get(c, "")) for c in columns))
    return table


def _concordance_table(figures: dict[str, Any]) -> Table:
    table = Table(title=f"{figures['agree']} of {figures['compared']} agree; {figures['unexplained']} unexplained")
    columns = ("compared", "agree", "concordance", "adjusted_concordance", "decidable_concordance", "same_phenotype",
               "unexplained")  # fmt: skip
    table.add_column("gene")
    for column in columns:
        table.add_column(column.replace("_", " "), justify="right")
    for gene, row in figures["genes"].items():
        table.add_row(gene, *(str(row[c]) for c in columns))
    return table
