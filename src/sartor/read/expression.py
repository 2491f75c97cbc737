"""Expression of a tumour's genes from a table of transcripts per million (TPM)."""

from __future__ import annotations

import math
from pathlib import Path

from sartor.core import IntakeError
from sartor.facts import targets, variants
from sartor.facts.genes import symbol

from .columns import read_table
from .gene_list import GENE
from .reads import number
from .vcf import opened

NAME = (*GENE, "targetid", "target_id", "gene_id")
TPM = ("tpm", "tpm_value", "tpm_unstranded", "expression_tpm")


def read_expression(path: Path, sample: str | None = None) -> tuple[dict[str, float], tuple[str, ...]]:
    """TPM of the genes that our tables speak of, and what was noticed.

    Raises:
        IntakeError: missing or damaged file, no gene or TPM column (FPKM and counts are other measures), a value that
            is no number of 0 or more, identifiers instead of symbols.
    """
    path = Path(path)
    with opened(path) as stream:
        lines = [line.rstrip("\r\n") for line in stream]
    table = read_table(lines, path).of_sample(sample)
    gene, tpm = table.need("gene", NAME), table.need("expression in TPM", TPM)
    out: dict[str, float] = {}
    double = 0
    identifiers = 0
    for at, row in table.rows:
        text = row[tpm]
        if text in ("", ".", "NA"):
            continue
        value = number(text)
        if value is None or value < 0 or not math.isfinite(value) or text.endswith("%"):
            remedy = "give transcripts per million, 0 or more; leave what was not measured empty"
            raise IntakeError(f"TPM is {text!r}, a number expected", file=path, line=at, remedy=remedy)
        identifiers += row[gene].startswith("ENSG")
        name = symbol(row[gene])
        if not (targets.known_gene(name) or variants.known_gene(name)):
            continue
        double += name in out
        out[name] = max(value, out.get(name, 0.0))
    if identifiers and not out:
        problem = f"genes are named by identifiers ({identifiers} of ENSG…), not by symbols"
        raise IntakeError(problem, file=path, remedy="add a column with HGNC symbols and name it gene")
    notes = [f"{path.name}: expression of {len(out)} genes of our tables was read, of {len(table.rows)} in the file"]
    if double:
        notes.append(f"{path.name}: {double} genes are there more than once; the highest TPM was taken")
    return out, tuple(notes)
