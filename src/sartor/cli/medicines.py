"""``sartor medicines``: what the house knows of a list of medicines, and what they do to a patient's enzymes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from .console import answer, words


def medicines(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV with a header (name, dose, atc, rxnorm), .txt with one medicine a line, FHIR R4 bundle or "
            "Phenopacket v2 (JSON).",
            metavar="FILE",
        ),
    ],
    patient: Annotated[
        Path | None,
        typer.Option("--patient", help="A case.toml: shows what its genotypes become under the medicines of FILE."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")] = False,
) -> None:
    """Show what each medicine was taken for, its roles at enzymes and transporters, narrow index and QT warning.

    Names, brands, salts, mixtures, ATC and RxNorm codes are read; a misspelling is taken only where nothing else is
    near, and said with its distance. What nobody knows is listed with the nearest names, and is not taken for harmless.

    Example: `sartor medicines examples/lung-egfr/medicines.csv`

    With a person: `sartor medicines my.csv --patient examples/lung-egfr/case.toml --json`
    """
    from sartor.app.medicines import conversion_rows, conversions, describe_file

    made, _ = describe_file(file)
    words.print(medicine_table(made["medicines"]))
    result: dict[str, Any] = {"file": file.name, **made}
    if patient is not None:
        from sartor.app.intake import read_patient
        from sartor.app.order import read_order

        files = read_order(patient).patient
        # The medicines of FILE stand in for those of the case; its record may still hold more.
        person = read_patient(files.model_copy(update={"medicines": str(file.resolve())}))
        result["patient"] = person.id
        result["phenoconversion"] = conversion_rows(person)
        words.print(conversion_table(conversions(person)))
        result["notes"] += [n for n in person.notes if n not in result["notes"]]
    for note in result["notes"]:
        words.print(f"note: {note}", markup=False)
    if as_json:
        answer(result)


def medicine_table(rows: Iterable[dict[str, Any]]) -> Table:
    """Medicines with what they were taken for and what they do."""
    table = Table(title="medicines")
    for column in ("as written", "substance", "taken as", "roles", "narrow index", "QT"):
        table.add_column(column)
    for row in rows:
        roles = ", ".join(f"{r['enzyme']} {r['strength']} {r['role']}".replace("  ", " ") for r in row["roles"])
        how = row["how"] + (f", {row['distance']} off" if row["distance"] else "")
        qt = row["qt"]["level"] if row["qt"] else ""
        substance = row["substance"] or "not known to the house"
        table.add_row(*map(escape, (row["name"], substance, how, roles, "yes" if row["narrow_index"] else "", qt)))
    return table


def conversion_table(rows: Iterable[Any]) -> Table:
    """Phenotype by genotype, and by genotype and medicines."""
    table = Table(title="phenoconversion: genotype x medicines")
    for column in ("enzyme", "by genotype", "with medicines", "activity", "why"):
        table.add_column(column)
    for r in rows:
        score = "" if r.score is None else f" (score {r.score:g})"
        after = "" if r.effective_score is None else f" (score {r.effective_score:g})"
        open_ = r.bound or "unknown"
        activity = "" if r.activity is None else f"{r.activity} -> {r.effective_activity}"
        cells = (r.enzyme, (r.phenotype or "unknown") + score, (r.effective or open_) + after, activity, r.mechanism)
        table.add_row(*map(escape, cells))
    return table
