"""``sartor tumor``: what a tumour's variants mean in a disease, and which target they point to."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from .console import answer, words


class Assembly(StrEnum):
    """The reference genome of a VCF; auto takes what the file states, or what its known places tell."""

    auto = "auto"
    GRCh38 = "GRCh38"
    GRCh37 = "GRCh37"


def tumor(
    file: Annotated[Path, typer.Argument(help="Somatic VCF (also .gz), MAF, or a list: EGFR p.L858R, one a line.")],
    disease: Annotated[str, typer.Option("--disease", help="What the patient has: a name, DOID or OncoTree code.")],
    assembly: Annotated[Assembly, typer.Option(help="Reference genome of a VCF without annotation.")] = Assembly.auto,
    sample: Annotated[str | None, typer.Option(help="Which sample, where the file holds several.")] = None,
    cnv: Annotated[Path | None, typer.Option(help="Table of copy numbers: gene and call, copies or log2.")] = None,
    fusions: Annotated[Path | None, typer.Option(help="Table of fusions: gene5 and gene3, or fusion.")] = None,
    expression: Annotated[Path | None, typer.Option(help="Table of expression: gene and TPM.")] = None,
    min_vaf: Annotated[float, typer.Option(help="Lowest allele fraction that counts.", min=0, max=1)] = 0.05,
    min_depth: Annotated[int, typer.Option(help="Fewest reads that count.", min=0)] = 20,
    min_copies: Annotated[float, typer.Option(help="Copies from which a gene is amplified.", min=2)] = 6.0,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Read a tumour, tier its variants and rank the targets they point to, each with its evidence.

    Tiers follow AMP/ASCO/CAP 2017 from CIViC's evidence. What falls below a limit, fails the caller's filter or cannot
    be read is listed as left out, with the reason. Research use only.

    Example: `sartor tumor examples/lung-egfr/tumor.vcf --disease "lung adenocarcinoma"`
    """
    from sartor.app.tumor import TumorFiles, tumor_report
    from sartor.read.sieve import Limits

    limits = Limits(min_vaf, min_depth, min_copies)
    report = tumor_report(TumorFiles(file, sample, assembly.value, cnv, fusions, expression, limits), disease)
    for table in (_variants(report), _targets(report), _left_out(report)):
        if table.row_count:
            words.print(table)
    _say(report)
    if as_json:
        answer(report)


def _variants(report: dict[str, Any]) -> Table:
    known = report["disease"]["known"] or f"{report['disease']['given']} (not known)"
    table = Table(title=f"tumour variants in {known}")
    for column in ("gene", "change", "VAF", "depth", "tier", "what is known", "best evidence"):
        table.add_column(column)
    for v in report["variants"]:
        said = [v["function"], f"hotspot {v['hotspot']}" if v["hotspot"] else "", v["loss"]]
        if v["resistance_mutation"]:
            drugs = dict.fromkeys(r["therapy"] for r in v["resistance"] if r["on_target"])
            said.append(f"resistance mutation: {', '.join(list(drugs)[:4])}")
        best = next((r for r in v["evidence"] if r["counts"]), None)
        shown = (
            "" if best is None else f"{best['level']} {best['direction']} to {best['therapy']} ({best['source_id']})"
        )
        vaf = "?" if v["vaf"] is None else f"{v['vaf']:.2f}"
        depth = "?" if v["depth"] is None else str(v["depth"])
        table.add_row(v["gene"], v["change"], vaf, depth, v["tier"], "; ".join(x for x in said if x), shown)
    return table


def _targets(report: dict[str, Any]) -> Table:
    table = Table(title="targets: the score is the product of its terms")
    for column in ("gene", "score", "terms"):
        table.add_column(column)
    for t in report["targets"]:
        table.add_row(
            t["gene"], f"{t['score']:.2f}", "\n".join(f"{x['name']} {x['value']:.2f}: {x['says']}" for x in t["terms"])
        )
    for t in report["not_targets"]:
        table.add_row(t["gene"], "-", t["reason"])
    return table


def _left_out(report: dict[str, Any]) -> Table:
    table = Table(title="left out")
    for column in ("gene", "change", "lines", "why", "where"):
        table.add_column(column)
    for x in report["left_out"]:
        table.add_row(x["gene"], x["change"], str(x["count"]), x["reason"], x["source"])
    return table


def _say(report: dict[str, Any]) -> None:
    proposed = report["proposed"]
    if proposed["gene"]:
        where = "the tumour" if proposed["from_tumor"] else "launched drugs for the disease: the tumour points to none"
        words.print(f"proposed target: {proposed['mutant_form']}, from {where}; {proposed['model']}", markup=False)
    else:
        words.print(f"no target is proposed: {proposed['refused']}", markup=False)
    for note in report["notes"]:
        words.print(f"note: {note}", markup=False)
