"""Copy numbers of a tumour's genes from a table: named calls, copies, or log2 ratios.

Amplification: called so (``amplification``, GISTIC 2) or at least ``Limits.min_copies`` copies; gene deletion: called
so (``homdel``, GISTIC -2) or fewer than 0.5 copies. A log2 ratio is read as 2 * 2^ratio copies, that is for a pure
diploid tumour. Everything between is left out with its reason: one copy more or less points to no target.
"""

from __future__ import annotations

from pathlib import Path

from sartor.core import IntakeError

from .columns import SAMPLE, Table, plain, read_table
from .gene_list import GENE, structural
from .reads import number
from .sieve import Sieve

CALL = ("copy_number_alteration", "cna", "call", "gistic", "status", "alteration", "event", "type", "cnv")
COPIES = ("copies", "copy_number", "cn", "total_cn", "tcn", "total_copy_number")
RATIO = ("log2", "log2_ratio", "log2ratio", "seg_mean", "log_ratio", "logr")
WORDS = {
    "2": "amplification",
    "amp": "amplification",
    "amplification": "amplification",
    "amplified": "amplification",
    "high level amplification": "amplification",
    "-2": "gene deletion",
    "homdel": "gene deletion",
    "deep deletion": "gene deletion",
    "homozygous deletion": "gene deletion",
    "deletion": "gene deletion",
    "loss of both copies": "gene deletion",
    "1": "gain",
    "gain": "gain",
    "-1": "loss",
    "-1.5": "loss",
    "loss": "loss",
    "hetloss": "loss",
    "shallow deletion": "loss",
    "heterozygous deletion": "loss",
    "0": "",
    "neutral": "",
    "diploid": "",
    "normal": "",
}
FEWEST = 0.5
#: Columns that describe a gene in a wide table (genes by samples).
_DESCRIBE = ("locus_id", "cytoband", "entrez_gene_id", "entrez_id", "chromosome", "start", "end", "description")


def read_copy_numbers(lines: list[str], path: Path, sample: str | None, sieve: Sieve) -> None:
    """Put the table's genes through ``sieve``.

    Raises:
        IntakeError: no gene column, no column that tells copies, a cell that says nothing known, several samples.
    """
    table = read_table(lines, path)
    gene = table.need("gene", GENE)
    kind, column, table = _told_by(table, gene, sample)
    for at, row in table.rows:
        text, where = row[column], f"line {at}"
        if not row[gene]:
            sieve.tally("no gene is named", where)
        elif text in ("", ".", "NA", "-"):
            sieve.tally("the copy number is not given", where)
        else:
            _one(row[gene], text, kind, at, path, sieve)


def _told_by(table: Table, gene: str, sample: str | None) -> tuple[str, str, Table]:
    """What the numbers are (call, copies, ratio), in which column, of which rows."""
    for kind, names in (("copies", COPIES), ("ratio", RATIO), ("call", CALL)):
        column = table.find(names)
        if column is not None:
            return kind, column, table.of_sample(sample)
    others = [c for c in table.columns if c not in (gene, *_DESCRIBE, *SAMPLE) and c]
    chosen = next((c for c in others if sample is not None and c == plain(sample)), None)
    if chosen is None and len(others) == 1 and sample is None:
        chosen = others[0]
    if chosen is not None:
        return "call", chosen, table
    problem = f"no column tells the copies; there are {', '.join(table.columns)}"
    remedy = f"name one {COPIES[0]} (a number), {RATIO[0]} or {CALL[2]} (amplification, homdel, or -2 to 2)"
    if len(others) > 1:
        remedy += "; in a table with one column for each sample, name the sample (tumor_sample, --sample)"
    raise IntakeError(problem, file=table.path, line=1, remedy=remedy)


def _one(gene: str, text: str, kind: str, at: int, path: Path, sieve: Sieve) -> None:
    where = f"line {at}"
    copies = None
    if kind == "call":
        word = WORDS.get(" ".join(text.lower().replace("_", " ").split()))
        if word is None:
            remedy = "write amplification, gain, neutral, loss or homdel, or GISTIC's -2 to 2"
            raise IntakeError(f"{text!r} is no call of a copy number", file=path, line=at, remedy=remedy)
    else:
        value = number(text)
        if value is None or (kind == "copies" and value < 0):
            raise IntakeError(f"{text!r} is no {kind}", file=path, line=at, remedy="write a number, or leave it empty")
        copies = value if kind == "copies" else round(2 * 2**value, 2)
        word = "amplification" if copies >= sieve.limits.min_copies else "gene deletion" if copies < FEWEST else ""
        word = word or ("gain" if copies >= 2.5 else "loss" if copies < 1.5 else "")
    if word in ("amplification", "gene deletion"):
        sieve.keep(gene, structural(word), None, None, where, copies=copies)
    elif word:
        said = f"{copies:g} copies" if copies is not None else f"called {text}"
        reason = f"a {word} of copies ({said}) is no amplification and no deletion of both copies"
        sieve.leave(gene, f"copy number {word}", reason, where)
    else:
        sieve.tally("the copy number is normal", where)
