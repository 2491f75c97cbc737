"""Outside calls: genes that other tools called (CYP2D6, HLA-A, HLA-B, MT-RNR1, or any other).

Two shapes of TSV are our own. One has a header ``gene diplotype phenotype activity_score source`` (the last three may
be left out or empty, ``sample`` may be added). The other, PharmCAT's outside-call file, has none: gene, diplotype,
phenotype, activity score. Lines that start with ``#`` are skipped. What callers write themselves (PharmCAT, Cyrius,
Aldy, PyPGx, StellarPGx) is recognized in ``outside_tools``. Where the phenotype is not given it is computed from the
diplotype; where it is given and contradicts the diplotype, the file is refused.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

from sartor.core import GeneCall, IntakeError
from sartor.facts.alleles import allele_functions
from sartor.facts.enzymes import SHORT_PHENOTYPES
from sartor.facts.phenotypes import (
    INDETERMINATE,
    Phenotype,
    phenotype_names,
    phenotype_of,
    phenotype_of_score,
    scored_by_activity,
)

from .outside_tools import OutsideRow, tool_rows

COLUMNS = ("gene", "diplotype", "phenotype", "activity_score", "source", "sample")
_GENE = re.compile(r"^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)?$")
_COPIES = re.compile(r"^(?P<allele>\*\w+?)(?:\.\d+)?(?:x(?P<count>N|≥?\d+|>=\d+))?$")


def read_outside(path: Path, sample: str | None = None) -> dict[str, GeneCall]:
    """Read outside calls of one person.

    Args:
        path: our TSV, PharmCAT's, or what PharmCAT, Cyrius, Aldy, PyPGx or StellarPGx wrote.
        sample: whose calls to take from a file with several people.

    Returns:
        Symbol -> call with status "outside", phenotype given or computed (CPIC names); "ambiguous" where the tool
        itself left several diplotypes with different phenotypes open.

    Raises:
        IntakeError: missing, empty or malformed file, a gene twice, an unknown phenotype word, a phenotype or score
            that contradicts the diplotype, several people and none chosen; with file, line and remedy.
    """
    people = read_outside_people(path)
    if len(people) == 1:
        return next(iter(people.values()))
    if sample in people:
        return people[sample or ""]
    shown = ", ".join(list(people)[:5])
    remedy = "name one of them as the sample, or give a file with one person"
    raise IntakeError(f"calls of {len(people)} people ({shown}), one expected", file=path, remedy=remedy)


def read_outside_people(path: Path) -> dict[str, dict[str, GeneCall]]:
    """Sample name -> gene -> call; the name is "" where the file names no sample. Raises as ``read_outside`` does."""
    path = Path(path)
    rows = tool_rows(path)
    people: dict[str, dict[str, GeneCall]] = {}
    for row in _own_rows(path) if rows is None else rows:
        call = _call(row, path)
        calls = people.setdefault(row.sample, {})
        if call.gene in calls:
            remedy = "keep one line per gene; if two diplotypes are possible, resolve them first"
            raise IntakeError(f"{call.gene} is called twice", file=path, line=row.line, remedy=remedy)
        calls[call.gene] = call
    if not people:
        raise IntakeError(
            "the file holds no calls", file=path, remedy="leave it out of the order, or add a line per gene"
        )
    return people


def merge_outside(genes: dict[str, GeneCall], outside: dict[str, GeneCall]) -> tuple[dict[str, GeneCall], list[str]]:
    """Outside calls laid over those from the VCF, and a note for each gene where the two disagree."""
    merged, notes = dict(genes), []
    for gene, call in outside.items():
        mine = genes.get(gene)
        if mine is not None and mine.known and mine.diplotype != call.diplotype:
            notes.append(
                f"{gene}: the outside call {call.diplotype} ({call.phenotype}) was kept; "
                f"the VCF reads {mine.diplotype} ({mine.phenotype})"
            )
        merged[gene] = call
    return merged, notes


def _own_rows(path: Path) -> list[OutsideRow]:
    rows: list[OutsideRow] = []
    columns: tuple[str, ...] = COLUMNS[:4]
    started = False
    for number, line in enumerate(_lines(path), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [c.strip() for c in line.split("\t")]
        if not started and cells[0].lower() in ("gene", "sample") and "diplotype" in line.lower():
            columns, started = _header(cells, path, number), True
            continue
        if not started and cells[0].lower() == "gene":
            _header(cells, path, number)
        started = True
        if len(cells) < 2 or len(cells) > len(columns):
            problem = f"{len(cells)} columns; {', '.join(columns)} expected, separated by tabs"
            raise IntakeError(problem, file=path, line=number, remedy="correct the line")
        row = dict(zip(columns, cells, strict=False))
        cells = [row.get(c, "") for c in ("gene", "diplotype", "phenotype", "activity_score", "source", "sample")]
        rows.append(OutsideRow(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], line=number))
    return rows


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise IntakeError("there is no such file", file=path, remedy="check the path in the order")
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise IntakeError("this is not a text file", file=path, remedy="give a tab-separated UTF-8 file") from None


def _header(cells: list[str], path: Path, number: int) -> tuple[str, ...]:
    names = tuple(c.lower() for c in cells)
    unknown = [c for c in names if c not in COLUMNS]
    if unknown or "diplotype" not in names or len(set(names)) < len(names):
        problem = (
            f"header {', '.join(cells)}; gene, diplotype and, if known, phenotype, activity_score, source expected"
        )
        raise IntakeError(problem, file=path, line=number, remedy="rename the columns")
    return names


def _call(row: OutsideRow, path: Path) -> GeneCall:
    gene, diplotype, number = row.gene, row.diplotype, row.line
    if not _GENE.match(gene):
        remedy = "write the HGNC symbol in capitals, such as CYP2D6 or HLA-B"
        raise IntakeError(f"{gene!r} is not a gene symbol", file=path, line=number, remedy=remedy)
    source = row.source or f"outside call in {path.name}"
    if row.no_call:
        return GeneCall(gene, "", "", "not covered", why=row.no_call, source=source)
    given = _given_phenotype(gene, row.phenotype, path, number)
    score = _given_score(gene, row.activity_score, path, number)
    if not diplotype and not given and score is None:
        remedy = "give a diplotype or a phenotype, or take the line out"
        raise IntakeError(f"{gene} has neither diplotype nor phenotype", file=path, line=number, remedy=remedy)
    found = (
        _computed(gene, diplotype, path, number) if diplotype else Phenotype(INDETERMINATE, None, "no diplotype given")
    )
    found = _reconciled(found, row, given, score, path)
    phenotype = given if given and found.name == INDETERMINATE else found.name
    why = found.why
    if given and found.name == INDETERMINATE:
        why = f"phenotype as given by the outside caller; not checked: {found.why}"
    rivals = {d: _computed(gene, d, path, number) for d in row.alternatives}
    sure = all(p.name == found.name for p in rivals.values())
    why = "; ".join(x for x in (why, row.note) if x)
    return GeneCall(
        gene,
        diplotype,
        phenotype,
        "outside" if sure else "ambiguous",
        found.activity_score,
        tuple(f"{d}: {p.name}" for d, p in rivals.items()),
        why=why,
        source=source,
        ties=len(rivals),
    )


def _reconciled(found: Phenotype, row: OutsideRow, given: str, score: float | None, path: Path) -> Phenotype:
    """The computed phenotype, completed by a given score; a given one that contradicts it is refused."""
    gene, diplotype, number = row.gene, row.diplotype, row.line
    if found.name == INDETERMINATE and score is not None:
        found = phenotype_of_score(gene, score)
    elif score is not None and found.activity_score is not None and not math.isclose(score, found.activity_score):
        problem = f"{gene} {diplotype} has activity score {found.activity_score:g}, the file says {score:g}"
        raise IntakeError(
            problem, file=path, line=number, remedy="correct the diplotype or the score; CPIC values are used"
        )
    same = set(re.split(r"[,;] *", given)) <= set(found.name.split(", "))
    if given and given != INDETERMINATE and found.name != INDETERMINATE and not same:
        problem = f"{gene} {diplotype} is a {found.name}, the file says {given}"
        remedy = "correct the diplotype or the phenotype, or give only the one that was measured"
        raise IntakeError(problem, file=path, line=number, remedy=remedy)
    return found


def _given_score(gene: str, text: str, path: Path, number: int | None) -> float | None:
    if text.lower() in ("", "n/a", "na", "."):
        return None
    try:
        value = float(text.lstrip("≥>="))
    except ValueError:
        value = math.nan
    if not 0 <= value < 99 or not scored_by_activity(gene):
        problem = f"activity score {text!r} of {gene}"
        remedy = "a number from 0 up, only for CYP2C9, CYP2D6 and DPYD; leave it empty otherwise"
        raise IntakeError(problem, file=path, line=number, remedy=remedy)
    return value


def _given_phenotype(gene: str, text: str, path: Path, number: int | None) -> str:
    """CPIC's spelling of the phenotype in the file; any words for a gene without rules; "" where none is given."""
    if text.lower() in ("", "n/a", "na", "."):
        return ""
    known = phenotype_names(gene)
    plain = text.lower().replace("metaboliser", "metabolizer").removeprefix(f"{gene.lower()} ")
    plain = SHORT_PHENOTYPES.get(plain, plain)
    for name in known:
        if name.lower() == plain:
            return name
    if known:
        problem = f"phenotype {text!r} of {gene}"
        raise IntakeError(problem, file=path, line=number, remedy=f"CPIC's names are {', '.join(known)}")
    return text


def computed(gene: str, diplotype: str) -> Phenotype:
    """The phenotype of a diplotype as an outside caller writes it: copies (``*1x2/*4``), tandems, HLA, one X.

    Raises:
        IntakeError: the diplotype is no diplotype of the gene.
    """
    return _computed(gene, diplotype, Path("diplotype"), None)


def _computed(gene: str, diplotype: str, path: Path, number: int | None) -> Phenotype:
    if gene == "CYP2D6":
        return _cyp2d6(diplotype, path, number)
    if gene.startswith("HLA-"):
        return _hla(gene, diplotype, path, number)
    if gene == "MT-RNR1":
        name = diplotype if diplotype == "Reference" or diplotype.startswith("m.") else f"m.{diplotype}"
        return phenotype_of(gene, (name,))
    known = allele_functions().get(gene, {})
    if not known:
        return Phenotype(INDETERMINATE, None, f"the tables hold no alleles of {gene}")
    for i, letter in enumerate(diplotype):
        pair = (diplotype[:i].strip(), diplotype[i + 1 :].strip())
        if letter == "/" and all(pair):
            return phenotype_of(gene, pair)
    return phenotype_of(gene, (diplotype,)) if gene == "G6PD" else _two_expected(gene, diplotype, path, number)


def _two_expected(gene: str, diplotype: str, path: Path, number: int | None) -> Phenotype:
    remedy = "write two alleles with a slash between, such as *1/*4, *1x2/*4 or *36+*10/*1"
    raise IntakeError(f"{gene} diplotype {diplotype!r}", file=path, line=number, remedy=remedy)


def _cyp2d6(diplotype: str, path: Path, number: int | None) -> Phenotype:
    """Sum of CPIC activity values, copies multiplied, tandems added (consensus 2019, doi 10.1111/cts.12692).

    An unknown number of copies (``xN``) counts as at least two: the phenotype is given only where more copies could
    not change it.
    """
    sides = [s.strip() for s in diplotype.split("/")]
    if len(sides) != 2:
        return _two_expected("CYP2D6", diplotype, path, number)
    least, open_ended, unknown = 0.0, False, []
    for unit in (u.strip() for side in sides for u in side.split("+")):
        shape = _COPIES.match(unit)
        if not shape:
            return _two_expected("CYP2D6", diplotype, path, number)
        count = shape["count"] or "1"
        known = allele_functions()["CYP2D6"].get(shape["allele"])
        if known is None or known.activity is None:
            unknown.append(shape["allele"])
            continue
        least += known.activity * (2 if count == "N" else int(count.lstrip("≥>=")))
        open_ended = open_ended or (not count.isdecimal() and known.activity > 0)
    if unknown:
        return Phenotype(INDETERMINATE, None, f"CPIC gives no activity value to {', '.join(unknown)}")
    found = phenotype_of_score("CYP2D6", least)
    if open_ended and found.name != "Ultrarapid Metabolizer":
        return Phenotype(
            INDETERMINATE, None, f"the number of copies in {diplotype} is open; the score is at least {least:g}"
        )
    return found


def _hla(gene: str, diplotype: str, path: Path, number: int | None) -> Phenotype:
    """Which of the alleles that a CPIC guideline names are carried: ``*57:01 positive, *15:02 negative``."""
    carried = []
    for side in diplotype.split("/"):
        shape = re.match(r"^(?:HLA-)?[AB]?(\*\d+:\d+)(?::\d+)*[A-Z]?$", side.strip())
        if not shape:
            remedy = "write two-field names such as *15:02/*57:01"
            raise IntakeError(f"{gene} diplotype {diplotype!r}", file=path, line=number, remedy=remedy)
        carried.append("" if side.strip().endswith("N") else shape[1])  # N: a null allele, not on the cell's surface
    risk = allele_functions().get(gene, {})
    if not risk:
        return Phenotype(INDETERMINATE, None, f"no CPIC guideline names an allele of {gene}")
    # One typed allele of two says nothing about the other: only a positive finding stands.
    words = [f"{a} positive" for a in risk if a in carried]
    if len(carried) == 2:
        words += [f"{a} negative" for a in risk if a not in carried]
    source = next(iter(risk.values())).source
    return Phenotype(", ".join(words) or INDETERMINATE, None, "" if words else "only one allele was typed", source)
