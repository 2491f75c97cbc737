"""Gene fusions of a tumour from a table: two gene columns, or one with both (``EML4--ALK``, ``ALK-EML4``)."""

from __future__ import annotations

import re
from pathlib import Path

from sartor.core import IntakeError

from .columns import read_table
from .gene_list import fused, structural
from .sieve import Sieve

FIRST = (
    "gene5",
    "5_gene",
    "five_prime_gene",
    "gene_5",
    "gene_a",
    "genea",
    "gene1",
    "left_gene",
    "leftgene",
    "site1_hugo_symbol",
)
SECOND = (
    "gene3",
    "3_gene",
    "three_prime_gene",
    "gene_3",
    "gene_b",
    "geneb",
    "gene2",
    "right_gene",
    "rightgene",
    "site2_hugo_symbol",
)
BOTH = ("fusion", "fusion_name", "fusionname", "fusion_gene", "name", "event")
KIND = ("sv_type", "svtype", "type", "sv_class", "class")
FRAME = ("frame", "reading_frame", "in_frame", "prot_fusion_type", "frame_status")
VERDICT = ("filter", "filters", "confidence")
_OUT = re.compile(r"^(out|frame-?shift|no$|false$)", re.IGNORECASE)


def read_fusions(lines: list[str], path: Path, sample: str | None, sieve: Sieve) -> None:
    """Put the table's fusions through ``sieve``; both partners are kept, the 5' one first where the columns say so.

    A rearrangement inside one gene, another kind of structural variant, a fusion out of frame and one that failed its
    caller's filter are left out with the reason.

    Raises:
        IntakeError: no column that names the genes, a cell that names no two genes, several samples.
    """
    table = read_table(lines, path).of_sample(sample)
    both = None if table.find(FIRST) and table.find(SECOND) else table.find(BOTH)
    first, second = ("", "") if both else (table.need("first gene", FIRST), table.need("second gene", SECOND))
    kind, frame, verdict = table.find(KIND), table.find(FRAME), table.find(VERDICT)
    for at, row in table.rows:
        where = f"line {at}"
        a, b = _pair(row[both], path, at) if both else (_bare(row[first]), _bare(row[second]))
        if not a or not b or a.upper() == b.upper():
            inside = f"a rearrangement inside {a or b}, or with no second gene: no fusion"
            sieve.leave(a or b, "rearrangement", inside, where)
        elif kind and not re.search(r"fusion|translocation|^(tra|bnd|ctx|inv|)$", row[kind], re.IGNORECASE):
            sieve.leave(f"{a}::{b}", row[kind].lower(), f"a structural variant called {row[kind]}, not a fusion", where)
        elif frame and _OUT.match(row[frame]):
            sieve.leave(f"{a}::{b}", "fusion", f"out of frame ({row[frame]}): no fusion protein is made", where)
        elif verdict and re.match(r"(fail|reject|low)", row[verdict], re.IGNORECASE):
            sieve.leave(f"{a}::{b}", "fusion", f"did not pass the caller's filter ({row[verdict]})", where)
        else:
            sieve.keep(f"{a}::{b}", structural("fusion"), None, None, where)


def _bare(text: str) -> str:
    """A symbol without the identifier that STAR-Fusion joins to it (``EML4^ENSG00000143924``)."""
    return text.partition("^")[0].strip()


def _pair(text: str, path: Path, at: int) -> tuple[str, str]:
    if re.search(r"-?intragenic", text, re.IGNORECASE):
        return re.split(r"-?intragenic", text, flags=re.IGNORECASE)[0].strip(), ""
    joined = fused(text if re.search(r"fusion", text, re.IGNORECASE) else f"{text} fusion")
    if joined is None:
        remedy = "write both genes, the 5' one first: EML4--ALK, EML4::ALK or EML4-ALK"
        raise IntakeError(f"{text!r} names no two genes", file=path, line=at, remedy=remedy)
    a, _, b = joined[0].partition("::")
    return a, b
