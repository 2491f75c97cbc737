"""``sartor pgx``: the pharmacogenes of everybody in a VCF."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from .console import words

_SHOWN = 3


def pgx(
    vcf: Annotated[Path, typer.Argument(help="Germline VCF with genotypes; .vcf, .vcf.gz, one person or many.")],
    assembly: Annotated[
        str, typer.Option(help="auto, GRCh38 or GRCh37; always checked against contig lengths and bases.")
    ] = "auto",
    outside: Annotated[
        Path | None,
        typer.Option("--outside", help="Calls of PharmCAT, Cyrius, Aldy, PyPGx or StellarPGx (CYP2D6, HLA …)."),
    ] = None,
    sex: Annotated[str | None, typer.Option(help="female or male, of everybody in the file; for G6PD.")] = None,
    sexes: Annotated[
        Path | None, typer.Option("--sexes", help="Table (sample, female or male) or PED file; goes before --sex.")
    ] = None,
    gene: Annotated[list[str] | None, typer.Option("--gene", help="Only this gene; repeatable.")] = None,
    names: Annotated[
        Path | None,
        typer.Option("--names", help="Also write this local TSV: hash and sample name. Keep it to yourself."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Call pharmacogenes from a VCF: diplotype, every other one that fits, phenotype, positions missing, and why.

    19 genes are called from the VCF, GRCh38 or GRCh37; CYP2D6, HLA-A, HLA-B and MT-RNR1 come from --outside. A position
    that the file does not hold is a no-call, never reference. Samples appear as short hashes of their names. An index
    beside the file (.tbi, .csi) is used. In a cohort --sexes says who has one X chromosome (G6PD).

    Example: `sartor pgx genome.vcf.gz --outside cyrius.tsv --json`
    """
    from sartor.app.pgx import call_data, read_profiles

    cohort, profiles = read_profiles(vcf, assembly, outside, sex, tuple(gene or ()), sexes)
    words.print(f"{len(cohort.samples)} sample(s) on {cohort.assembly}", markup=False)
    mapping, told = [], []
    for i, profile in enumerate(profiles):
        mapping.append(f"{profile.sample}\t{profile.name}\n")
        if i < _SHOWN:
            words.print(_table(profile))
        for note in profile.notes:
            words.print(f"{profile.sample}: {note}", markup=False)
        if as_json:
            data = {g: call_data(c) for g, c in profile.genes.items()}
            told.append(f"{json.dumps(profile.sample)}: {json.dumps(data, sort_keys=True)}")
    if as_json:  # a cohort is long: each person is turned into text as they come, and the one line is put together here
        head = json.dumps({"assembly": cohort.assembly, "n_samples": len(cohort.samples)}, sort_keys=True)
        sys.stdout.write(f'{head[:-1]}, "samples": {{')
        sys.stdout.writelines(f"{', ' if i else ''}{text}" for i, text in enumerate(told))
        sys.stdout.write("}}\n")
        sys.stdout.flush()
    if names is not None:
        names.write_text("sample\tname\n" + "".join(mapping), encoding="utf-8")
        words.print(f"the names behind the hashes were written to {names}", markup=False)


def _table(profile: Any) -> Table:
    table = Table(title=profile.sample)
    for column in ("gene", "diplotype", "phenotype", "score", "status", "alternatives", "missing"):
        table.add_column(column)
    for call in profile.genes.values():
        score = "" if call.activity_score is None else f"{call.activity_score:g}"
        others = "; ".join(call.alternatives[:2]) + (" …" if len(call.alternatives) > 2 else "")
        cells = (call.gene, call.diplotype, call.phenotype, score, call.status, others, str(len(call.missing) or ""))
        table.add_row(*cells)
    return table
