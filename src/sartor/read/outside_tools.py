"""What other callers write, read as it comes: PharmCAT, Cyrius, Aldy, PyPGx and StellarPGx.

Each format is known by its own first lines (as their documentation shows them), so nobody has to say which tool it was.
A tool that could not name a diplotype gives a "not covered" call with its words; one that left several open gives the
first and the others as alternatives.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sartor.core import IntakeError

_NOTHING = {"", "none", "n/a", "na", ".", "no call", "not called", "unknown/unknown", "indeterminate", "unknown"}
_STELLAR = re.compile(r"(CYP\w+|[A-Z]+\d\w*) Star Allele Calling with StellarPGx", re.I)


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """One gene of one person as a tool wrote it; cells are text, empty where nothing was said.

    ``no_call`` says in words why the tool named no diplotype; ``note`` is a doubt that the tool uttered.
    """

    gene: str
    diplotype: str = ""
    phenotype: str = ""
    activity_score: str = ""
    source: str = ""
    sample: str = ""
    alternatives: tuple[str, ...] = ()
    no_call: str = ""
    note: str = ""
    line: int | None = None


def tool_rows(path: Path) -> list[OutsideRow] | None:
    """The rows of a known tool's output, or None where the file is none of them (it is then read as our own TSV).

    Raises:
        IntakeError: a recognized format that is malformed.
    """
    path = Path(path)
    if not path.is_file():
        return None
    if zipfile.is_zipfile(path):
        return _pypgx_zip(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return None
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    cells = [c.strip().lower() for c in first.split("\t")]
    if first.startswith("{"):
        return _pharmcat_json(text, path)
    if first.startswith("PharmCAT") or cells[:2] == ["gene", "source diplotype"]:
        return _pharmcat_report(lines)
    if cells[:2] == ["sample", "genotype"]:
        return _cyrius(lines)
    if cells[:4] == ["#sample", "gene", "solutionid", "major"]:
        return _aldy(lines)
    if "genotype" in cells and "haplotype1" in cells:
        return _pypgx(lines, _gene_in(path), path)
    found = _STELLAR.search(text)
    if found:
        return _stellar(text, found[1].upper(), path)
    return None


def _row(gene: str, named: str, tool: str, rest: Iterable[str] = (), **more: object) -> OutsideRow:
    """A call, or a no-call where the tool's genotype is one of its words for nothing."""
    if named.strip().lower() in _NOTHING:
        return OutsideRow(gene, source=tool, no_call=f"{tool} named no diplotype ({named or 'empty'})", **_kept(more))  # type: ignore[arg-type]
    return OutsideRow(gene, named.strip(), source=tool, alternatives=tuple(rest), **more)  # type: ignore[arg-type]


def _kept(more: dict[str, object]) -> dict[str, object]:
    return {k: v for k, v in more.items() if k in ("sample", "line")}


def _table(lines: list[str], start: int) -> Iterable[tuple[int, dict[str, str]]]:
    """Rows after the header at ``start`` as dicts by lower-case column name, with their line numbers."""
    header = [c.strip().lower() for c in lines[start].split("\t")]
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if line.strip():
            yield number, dict(zip(header, (c.strip() for c in line.split("\t")), strict=False))


def _grouped(rows: Iterable[OutsideRow]) -> list[OutsideRow]:
    """Several rows of one gene and person become one call with alternatives."""
    made: dict[tuple[str, str], OutsideRow] = {}
    for row in rows:
        at = (row.sample, row.gene)
        first = made.get(at)
        if first is None or not first.diplotype:
            made[at] = row
        elif row.diplotype and row.diplotype not in (first.diplotype, *first.alternatives):
            others = (*first.alternatives, row.diplotype)
            made[at] = OutsideRow(
                first.gene,
                first.diplotype,
                source=first.source,
                sample=first.sample,
                alternatives=others,
                line=first.line,
            )
    return list(made.values())


def _pharmcat_report(lines: list[str]) -> list[OutsideRow]:
    start = next(i for i, line in enumerate(lines) if line.lower().startswith("gene\t"))
    tool = lines[0].strip() if start else "PharmCAT"
    rows = []
    for number, r in _table(lines, start):
        more = {"phenotype": _pharmcat_phenotype(r.get("phenotype", "")), "activity_score": r.get("activity score", "")}
        rows.append(
            _row(r["gene"], r.get("source diplotype", ""), tool, line=number, sample=r.get("sample", ""), **more)
        )
    return _grouped(rows)


def _pharmcat_phenotype(text: str) -> str:
    return "" if text.lower() in ("no result", "n/a", "null") else text


def _pharmcat_json(text: str, path: Path) -> list[OutsideRow]:
    """``*.phenotype.json`` and ``*.report.json`` of PharmCAT 2 and 3."""
    try:
        reports = json.loads(text)["geneReports"]
        if any("sourceDiplotypes" not in r for r in reports.values()):
            reports = {g: r for by_source in reports.values() for g, r in by_source.items()}
        rows = []
        for gene, report in reports.items():
            for d in report["sourceDiplotypes"]:
                phenotypes = [p for p in d.get("phenotypes") or [] if p.lower() not in ("n/a", "no result")]
                more = {"phenotype": ", ".join(phenotypes), "activity_score": str(d.get("activityScore") or "")}
                rows.append(_row(gene, d.get("label") or "", "PharmCAT", **more))
        return _grouped(rows)
    except (ValueError, KeyError, TypeError, AttributeError):
        problem = "a JSON file, but not a PharmCAT phenotype or report file"
        raise IntakeError(problem, file=path, remedy="give PharmCAT's *.phenotype.json, or a TSV") from None


def _cyrius(lines: list[str]) -> list[OutsideRow]:
    start = next(i for i, line in enumerate(lines) if line.strip())
    rows = []
    for number, r in _table(lines, start):
        named, *rest = r.get("genotype", "").split(";")
        doubt = r.get("filter", "PASS")
        note = "" if doubt in ("PASS", "", "None") else f"Cyrius filter: {doubt.replace('_', ' ')}"
        rows.append(_row("CYP2D6", named, "Cyrius", rest, sample=r["sample"], line=number, note=note))
    return rows


def _aldy(lines: list[str]) -> list[OutsideRow]:
    start = next(i for i, line in enumerate(lines) if line.lower().startswith("#sample"))
    rows, seen = [], set()
    for number, r in _table(lines, start):
        if r["#sample"].startswith("#"):
            continue
        at = (r["#sample"], r["gene"], r["solutionid"])
        if at not in seen:
            seen.add(at)
            rows.append(_row(r["gene"].upper(), r["major"], "Aldy", sample=r["#sample"], line=number))
    return _grouped(rows)


def _gene_in(path: Path) -> str:
    found = re.search(
        r"(?:^|[^A-Za-z])((?:CYP|UGT|SLC|NAT|HLA-)\w+|DPYD|TPMT|NUDT15|G6PD|VKORC1|ABCG2|CFTR|RYR1)", path.name
    )
    return found[1].split("_")[0] if found else ""


def _pypgx(lines: list[str], gene: str, path: Path) -> list[OutsideRow]:
    if not gene:
        problem = "a PyPGx table that does not say its gene"
        remedy = "give the results archive (results.zip), or put the gene into the file's name: CYP2D6-results.tsv"
        raise IntakeError(problem, file=path, remedy=remedy)
    start = next(i for i, line in enumerate(lines) if line.strip())
    rows = []
    for number, r in _table(lines, start):
        phenotype = r.get("phenotype", "")
        phenotype = "" if phenotype.lower() in _NOTHING else phenotype
        rows.append(_row(gene, r["genotype"], "PyPGx", sample=r.get("", ""), line=number, phenotype=phenotype))
    return rows


def _pypgx_zip(path: Path) -> list[OutsideRow]:
    try:
        with zipfile.ZipFile(path) as pack:
            names = pack.namelist()
            meta = next(n for n in names if n.endswith("metadata.txt"))
            data = next(n for n in names if n.endswith("data.tsv"))
            said = dict(line.split("=", 1) for line in pack.read(meta).decode("utf-8").splitlines() if "=" in line)
            lines = io.StringIO(pack.read(data).decode("utf-8")).read().splitlines()
        return _pypgx(lines, said["Gene"], path)
    except (StopIteration, KeyError, UnicodeDecodeError, zipfile.BadZipFile):
        problem = "a zip archive, but not PyPGx results (metadata.txt with Gene=, data.tsv)"
        raise IntakeError(problem, file=path, remedy="give the results.zip that PyPGx wrote, or a TSV") from None


def _stellar(text: str, gene: str, path: Path) -> list[OutsideRow]:
    """The ``.alleles`` file of one person; its name starts with the sample's."""

    def after(heading: str) -> str:
        found = re.search(rf"^{heading}:?[ \t]*\n?([^\n]*)", text, re.M | re.I)
        return found[1].strip() if found else ""

    sample = re.sub(rf"_{gene}$", "", path.name.split(".")[0], flags=re.I)
    named = re.split(r"\s+or\s+|;", after("Result"))
    phenotype = re.sub(r"\s*\(.*\)", "", after("Metaboliser status"))
    phenotype = "" if phenotype.lower() in _NOTHING else phenotype
    score = after("Activity score")
    score = "" if score.lower() in _NOTHING else score
    note = "StellarPGx: possible novel allele or suballele" if "novel" in text.lower() else ""
    more = {"sample": sample, "phenotype": phenotype, "activity_score": score, "note": note}
    return [_row(gene, named[0], "StellarPGx", named[1:], **more)]
