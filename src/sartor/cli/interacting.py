"""``sartor interactions`` and ``sartor bench ddi``: what medicines do to each other, and how well it is met."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from .console import answer, words

Json = Annotated[bool, typer.Option("--json", help="End with one JSON line on standard output.")]


def interactions(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV with a header (name, dose), .txt with one medicine a line, FHIR R4 bundle or Phenopacket v2.",
            metavar="FILE",
        ),
    ],
    patient: Annotated[
        Path | None,
        typer.Option("--patient", help="A case.toml: its genotypes and kidneys join in.", metavar="CASE.toml"),
    ] = None,
    ki: Annotated[
        list[str] | None,
        typer.Option(
            "--ki",
            help="A novel molecule's Ki or IC50 (uM, unbound) as TARGET=VALUE; repeatable.",
            metavar="CYP3A4=0.5",
        ),
    ] = None,
    smiles: Annotated[
        str, typer.Option("--smiles", help="A novel molecule: what its structure alone lets us say beside them.")
    ] = "",
    as_json: Json = False,
) -> None:
    """What the medicines of FILE do to each other's exposure, all together, and what the patient's genes do to them.

    For each medicine: the AUC ratio with all the others at once (reversible and time-dependent inhibition and
    induction in liver, gut wall and kidney), with an interval, through whom, and how severe that is. Then pairs: the
    known contraindicated ones, shared warnings (QT), and each pair's own ratio. Doses are read from the dose column
    ("200 mg twice daily"); without one the usual dose is taken, and said. What cannot be computed says which input is
    missing; a medicine that nobody knows is named, never taken for harmless. Research use only.

    Example: `sartor interactions examples/lung-egfr/medicines.csv`

    A novel molecule beside them: `sartor interactions my.csv --ki CYP3A4=0.5 --ki CYP2D6=12` tells how much of it may
    be in plasma, unbound, before each medicine's pathway needs a study (ICH M12), and which assays are missing. With
    --smiles potencies that were not measured are predicted where the models may speak; inactivating groups, PXR, who
    clears it, its exposure in this person and the nearest drugs stand beside them.

    With a person: `sartor interactions my.csv --patient examples/lung-egfr/case.toml --json`
    """
    from sartor.app.interactions import interactions_of

    made = interactions_of(file, patient, potencies(ki) if ki else None, smiles)
    words.print(victim_table(made["medicines"]))
    words.print(pair_table(made["pairs"]))
    if made["molecule"]:
        words.print(molecule_table(made["molecule"]))
    if made["margins"]:
        words.print(margin_table(made["margins"]))
        for assay in made["margins"]["assays"]:
            words.print(f"needs an assay: {assay}", markup=False)
    for row in made["unknown"]:
        near = ", ".join(n["name"] for n in row["nearest"][:3])
        words.print(f"not known: {row['name']}" + (f" (nearest: {near})" if near else ""), markup=False)
    for note in made["notes"]:
        words.print(f"note: {note}", markup=False)
    if as_json:
        answer(made)


def potencies(entries: list[str]) -> dict[str, float]:
    """``TARGET=VALUE`` entries as numbers; OrderError names a wrong one and the known targets."""
    from sartor.core import OrderError
    from sartor.pharmacology.screening import LIMITS

    out = {}
    for entry in entries:
        target, _, value = entry.partition("=")
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if target not in LIMITS or not 0 < number < float("inf"):
            raise OrderError(f"--ki wants TARGET=VALUE in uM above 0, not {entry!r}; targets: {', '.join(LIMITS)}")
        out[target] = number
    return out


def molecule_table(said: dict[str, Any]) -> Table:
    """What the structure of a novel molecule lets us say."""
    table = Table(title=f"a novel molecule: {escape(said['smiles'])}")
    for column in ("question", "answer"):
        table.add_column(column)
    rows = [
        (f"inhibits {e}, Ki (uM)", _ratio(r["ki_um"]) if r["ki_um"] else r["answer"])
        for e, r in said["inhibits"].items()
    ]
    rows.append(("groups that inactivate enzymes", "; ".join(said["inactivation_alerts"]) or "none of those listed"))
    rows.append(("induces by PXR", said["induction"]["answer"]))
    rows += [(f"share cleared by {e}", _ratio(r)) for e, r in said["cleared_by"]["fractions"].items()]
    rows += [(f"share cleared by {e}", f"unknown ({why})") for e, why in said["cleared_by"]["unknown"].items()]
    exposure = said["exposure_in_this_person"]
    rows.append(("AUC ratio in this person", exposure.get("answer") or _ratio(exposure["auc_ratio"])))
    rows += [
        (f"near {r['substance']} ({r['similarity']:.2f})", "; ".join(r["roles"]) or "too far, or no role known")
        for r in said["nearest_drugs"]
    ]
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def margin_table(margins: dict[str, Any]) -> Table:
    """How much of a novel molecule may be there beside each medicine."""
    table = Table(title="a novel molecule beside them: unbound amounts (uM) that pass ICH M12 screening")
    for column in ("medicine", "pathway", "passes up to", "AUC of the medicine x 1.25 at"):
        table.add_column(column)
    for r in margins["known"]:
        passes = ", ".join(f"{k} {i['value']:.3g}" for k, i in r["passes_um"].items())
        weak = r["auc_1_25_at_um"]
        weakens = f"{weak['value']:.3g}" if weak else "never"
        table.add_row(*map(escape, (r["medicine"], f"{r['target']} ({r['potency']})", passes, weakens)))
    for r in margins["unknown"]:
        table.add_row(*map(escape, (r["medicine"], r["target"], r["answer"], "")))
    return table


def victim_table(rows: list[dict[str, Any]]) -> Table:
    """Each medicine with what all the others and the genes make of its exposure."""
    table = Table(title="each medicine beside all the others, in this person")
    for column in ("medicine", "AUC ratio by the others", "by genes", "together", "severity", "why"):
        table.add_column(column)
    for r in rows:
        together = _ratio(r["together"])
        why = r["why_not"] or _short(r["mechanism"])
        table.add_row(
            *map(
                escape, (r["substance"], _ratio(r["by_medicines"]), _ratio(r["by_genes"]), together, r["severity"], why)
            )
        )
    return table


def pair_table(rows: list[dict[str, Any]]) -> Table:
    """Pairs that matter, the worst first."""
    table = Table(title="pairs")
    for column in ("severity", "acts", "on", "AUC ratio", "why"):
        table.add_column(column)
    for r in rows:
        if r["severity"] not in ("none", "unknown") or r["why_not"]:
            table.add_row(
                *map(
                    escape,
                    (
                        r["severity"],
                        r["perpetrator"],
                        r["victim"],
                        _ratio(r["auc_ratio"]),
                        r["why_not"] or _short(r["mechanism"].split("; ")),
                    ),
                )
            )
    return table


def _short(mechanism: list[str]) -> str:
    """Who moves which enzyme, without the constants: those are in the JSON."""
    out = []
    for told in mechanism:
        where, _, how = told.partition(" of normal: ")
        names = dict.fromkeys(part.split(": ")[0].split(", ")[-1] for part in how.split(", ") if ": " in part)
        out.append(f"{where}: {', '.join(names)}" if names else told)
    return "; ".join(out)


def _ratio(value: dict[str, float] | None) -> str:
    return "not known" if value is None else f"{value['value']:.2g} [{value['low']:.2g}, {value['high']:.2g}]"


def ddi(
    table: Annotated[
        Path, typer.Option("--table", help="Tab-separated rows of observed AUC ratios.", metavar="ROWS.tsv")
    ],
    genes: Annotated[
        Path | None, typer.Option("--genes", help="Observed gene-drug AUC ratios: CYP2D6 rows are compared too.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Write the scatter with two-fold lines (SVG).")
    ] = None,
    cross_validate: Annotated[
        bool, typer.Option("--cross-validate/--shipped-choice", help="Also try the global choices over leak groups.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Predict observed interaction ratios from literature inputs, and say how far off, beside PK-Sim and "no change".

    The table wants the columns perpetrator, perpetrator_dose (free text), victim, victim_route and observed_aucr; if
    there: enzyme, observed_aucr_dosenorm (then the value compared with), pksim_aucr_dosenorm, record_type,
    is_metabolite, auc_window_h, arm_grouping, comment, reference, leak_group. A row whose inputs are missing is not
    predicted, and says which; a row that an input was derived from is left out of the figures, and counted.

    Example: `sartor bench ddi --table observed_aucr.tsv --genes pgx_observed_auc_ratio.tsv --json`
    """
    from sartor.bench.ddi import measure_ddi
    from sartor.bench.ddi_picture import scatter_svg

    figures = measure_ddi(table, genes, cross_validate)
    words.print(_figure_table(figures))
    for row in figures["worst"]:
        words.print(
            f"{row['perpetrator']} on {row['victim']} ({row['data_id']}): observed {row['observed']:g}, predicted "
            f"{row['predicted']:g}: {row['why']}",
            markup=False,
        )
    if picture is not None:
        picture.write_text(scatter_svg(figures["points"]), encoding="utf-8")
        words.print(f"scatter written to {picture}", markup=False)
    if as_json:
        answer(figures)


def _figure_table(figures: dict[str, Any]) -> Table:
    table = Table(title=f"{figures['predicted']} of {figures['n']} rows predicted, {figures['abstained']} abstained")
    for column in ("rows of", "rows", "GMFE", "within 2-fold", "PK-Sim, same rows", "ours, same rows", "guess of 1"):
        table.add_column(column, justify="left" if column == "rows of" else "right")
    named = {"all": figures, "CYP3A4 and CYP2D6": figures["bar"], **figures["per_enzyme"]}
    for name, f in named.items():
        if not f["rows"]:
            continue
        same = f.get("same_rows_as_pksim", {})
        cells = [_fold(same.get(k)) for k in ("pksim", "ours")]
        table.add_row(
            name, str(f["rows"]), str(f["gmfe"]), f"{f['within_2fold']:.0%}", *cells, _fold(f["no_interaction_guess"])
        )
    if figures.get("genes"):
        g = figures["genes"]
        table.add_row(
            "CYP2D6 genes",
            str(g["predicted"] - g.get("in_sample", 0)),
            str(g["gmfe"]),
            f"{g['within_2fold'] or 0:.0%}",
            "",
            "",
            _fold(g.get("no_interaction_guess")),
        )
    return table


def _fold(figure: dict[str, float] | None) -> str:
    return f"{figure['gmfe']:.2f}, {figure['within_2fold']:.0%}" if figure else ""
