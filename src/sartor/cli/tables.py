"""Tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from sartor.app.parts import PartInfo
from sartor.app.shelf import Model
from sartor.core import Patient


def patient_tables(patient: Patient) -> list[Table]:
    """Genes, tumour, medicines and body of one patient."""
    genes = Table(title=f"{patient.id}: genes")
    for column in ("gene", "diplotype", "phenotype", "status", "why, alternatives, missing"):
        genes.add_column(column)
    for g in patient.genes.values():
        more = [g.why, *g.alternatives]
        if g.missing:
            more.append(f"missing {len(g.missing)}: {', '.join(g.missing[:4])}{' …' if len(g.missing) > 4 else ''}")
        genes.add_row(g.gene, g.diplotype, g.phenotype, g.status, "; ".join(x for x in more if x))
    tumor = Table(title="tumour")
    for column in ("gene", "change", "VAF", "depth"):
        tumor.add_column(column)
    for v in patient.tumor:
        tumor.add_row(
            v.gene,
            v.change,
            "?" if v.vaf is None else f"{v.vaf:.2f}",
            "?" if v.depth is None else str(v.depth),
        )
    medicines = Table(title="medicines")
    for column in ("as written", "substance", "dose"):
        medicines.add_column(column)
    for m in patient.medicines:
        medicines.add_row(m.name, m.substance or "[red]not known to the house[/]", m.dose)
    body = Table(title="body")
    body.add_column("fact")
    body.add_column("value")
    for name in patient.body.__dataclass_fields__:
        value = getattr(patient.body, name)
        body.add_row(name, "not given" if value is None else str(value))
    return [genes, tumor, medicines, body]


def part_tables(parts: Iterable[PartInfo]) -> list[Table]:
    """One table per kind of part."""
    kinds: dict[str, Table] = {}
    for p in parts:
        table = kinds.get(p.kind)
        if table is None:
            table = kinds[p.kind] = Table(title=p.kind)
            for column in ("name", "unit", "direction", "reads", "summary"):
                table.add_column(column)
        if p.card is None:
            table.add_row(p.name, "", "", "", f"[red]{p.problem}[/]")
        else:
            table.add_row(p.name, p.card.unit, p.card.direction, ", ".join(p.card.reads), p.card.summary)
    return list(kinds.values())


def model_table(models: Iterable[Model], damaged: Iterable[str]) -> Table:
    """The shipped models."""
    bad = set(damaged)
    table = Table(title="shipped models")
    for column in ("name", "MB", "licence", "intact"):
        table.add_column(column)
    for m in models:
        table.add_row(m.name, f"{m.bytes / 1e6:.1f}", m.licence[:60], "[red]no[/]" if m.name in bad else "yes")
    return table
