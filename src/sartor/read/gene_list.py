"""A plain list of tumour changes, one a line, as a person types them; or a table with a gene and a change column.

``EGFR p.L858R``, ``EGFR:L858R``, ``ABL1,T315I,0.32`` (allele fraction), ``EML4-ALK fusion``, ``ERBB2 amplification``,
``MET exon 14 skipping``.
"""

from __future__ import annotations

import re
from pathlib import Path

from sartor.core import IntakeError
from sartor.facts import targets, variants
from sartor.facts.genes import symbol
from sartor.facts.residues import contradiction

from .columns import plain, read_table
from .hgvs import ProteinChange, parse
from .reads import number
from .sieve import Sieve

REMEDY = (
    "write one variant a line (EGFR p.L858R, EML4-ALK fusion, ERBB2 amplification, MET exon 14 skipping), or give a "
    "VCF or MAF with its header"
)
GENE = ("gene", "hugo_symbol", "symbol", "gene_symbol", "gene_name")
CHANGE = ("change", "protein_change", "hgvsp_short", "hgvsp", "alteration", "variant", "mutation", "aa_change")
VAF = ("vaf", "af", "allele_fraction", "allele_frequency", "variant_allele_fraction", "t_vaf")
DEPTH = ("depth", "dp", "t_depth", "read_depth", "coverage")
#: Findings about the whole tumour, which no gene carries.
WHOLE = re.compile(
    r"^(other biomarkers\W+)?(msi|mss|tmb|hrd|microsatellite|tumou?r mutational burden|genomic instability|pd-?l1"
    r"|ki-?67|tps|cps|hpv|ebv)\b",
    re.IGNORECASE,
)
#: A gene that was looked at and not found changed, in the words of reports.
_ABSENT = re.compile(
    r"\b(wild[ -]?typ(e|us)?|wt|negativ(e|f)?|nicht nachgewiesen|kein(e)? (mutation|nachweis)|non mut[ée]e?"
    r"|unremarkable"
    r"|not (detected|found|mutated|amplified|rearranged)"
    r"|no (\w+ )?(mutations?|alterations?|variants?|rearrangements?|fusions?))\b",
    re.IGNORECASE,
)
_GERMLINE = re.compile(r"\bgerm[ -]?line\b|\bkeimbahn", re.IGNORECASE)
#: Words that add nothing to a change: "L858R mutation detected", "amplification (12 copies)", "(cis)".
_IDLE = re.compile(
    r"[\s,;]*(\((?!vaf)[^()]*\)|\b(?<!activating )(?<!exon \d)(?<!exon \d\d)(mutation|mutated|variant|detected|positive"
    r"|present|pathogenic|oncogenic))$",
    re.IGNORECASE,
)


def is_table(head: str) -> bool:
    """True for a header line that names a gene and a change column."""
    for mark in ("\t", ";", ","):
        names = {plain(x) for x in head.split(mark)}
        if mark in head and names & set(GENE) and names & set(CHANGE):
            return True
    return False


def read_list(lines: list[str], path: Path, sieve: Sieve) -> None:
    """Put every line of a plain list through ``sieve``; IntakeError names the first line that says nothing we know."""
    for at, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        where = f"line {at}"
        if WHOLE.match(text):
            sieve.leave("", text, "a finding about the whole tumour: it points to no gene", where)
            continue
        idle = _without_change(text)
        if idle:
            sieve.leave("", text, idle, where)
            continue
        gene, rest, vaf = _parts(text, path, at)
        for change in _changes(rest, path, at):
            must_agree(sieve.gene(gene), change, path, at)
            sieve.keep(gene, change, vaf, None, where)


def _without_change(text: str) -> str:
    """Why a line or cell is no somatic change; "" where it may be one."""
    if _GERMLINE.search(text):
        return "marked as germline: this is the list of the tumour's own changes"
    return "reported as not changed" if _ABSENT.search(text) else ""


def _changes(text: str, path: Path, at: int) -> list[ProteinChange]:
    """The changes of one gene on one line: ``L858R``, ``T790M + C797S (cis)``, ``H1047R, E545K``."""
    told = text.strip()
    while True:
        try:
            return [parse(told)]
        except ValueError as error:
            parts = [x for x in re.split(r"\s*(?:\+|&|,|;|/|\band\b)\s*", told) if x]
            if len(parts) > 1:
                try:
                    return [parse(p) for p in parts]
                except ValueError:
                    pass
            shorter = _IDLE.sub("", told)
            if shorter in (told, ""):
                raise IntakeError(str(error), file=path, line=at, remedy=REMEDY) from None
            told = shorter


def must_agree(gene: str, change: ProteinChange, path: Path, at: int) -> None:
    """IntakeError where a change replaces a residue that is not there by our tables of changes."""
    wrong = contradiction(gene, change.text)
    if wrong:
        raise IntakeError(
            f"{gene} {change.text}: {wrong} in the tables here", file=path, line=at,
            remedy="correct the residue or its number (that of the usual isoform), or leave the line out",
        )  # fmt: skip


def read_list_table(lines: list[str], path: Path, sample: str | None, sieve: Sieve) -> None:
    """Put every row of a table with a gene and a change column through ``sieve``."""
    table = read_table(lines, path).of_sample(sample)
    gene, change = table.need("gene", GENE), table.need("change", CHANGE)
    vaf, depth = table.find(VAF), table.find(DEPTH)
    for at, row in table.rows:
        where = f"line {at}"
        if WHOLE.match(f"{row[gene]} {row[change]}") or WHOLE.match(row[change]):
            sieve.leave("", row[change], "a finding about the whole tumour: it points to no gene", where)
            continue
        idle = _without_change(row[change])
        if idle:
            sieve.leave(row[gene], row[change], idle, where)
            continue
        name, told = fused(f"{row[gene]} {row[change]}") or (row[gene], row[change])
        share = _share(row[vaf], path, at) if vaf else None
        reads = _reads(row[depth], path, at) if depth else None
        for parsed in _changes(told, path, at):
            must_agree(sieve.gene(name), parsed, path, at)
            sieve.keep(name, parsed, share, reads, where)


def _parts(text: str, path: Path, at: int) -> tuple[str, str, float | None]:
    """Gene, change and allele fraction of one line."""
    tail = re.search(
        r"[\s,;]+\(?(?:(?:vaf|af)\s*[=:]?\s*)?(0?[.,]\d+|[01]|\d+(?:[.,]\d+)?\s?%)\)?$", text, re.IGNORECASE
    )
    vaf = None
    if tail:
        text = text[: tail.start()]
        vaf = number(tail[1].replace(" ", "").replace(",", "."))
        if vaf is not None and not 0 <= vaf <= 1:
            problem = f"the allele fraction {tail[1]} is not between 0 and 1 (or 0 % and 100 %)"
            raise IntakeError(problem, file=path, line=at, remedy="correct it or leave it out")
    joined = fused(text)
    if joined:
        return *joined, vaf
    near = re.fullmatch(r"([A-Za-z0-9]+?)[ -]?(ITD|vIII|ex14|ex\d+del|ex\d+ins)", text.strip())
    found = re.match(r"^([A-Za-z0-9-]+)(?:[\s,;]+|:)(.+)$", text.strip())
    if near and (found is None or found[2] != near[2]):
        return near[1], {"ex14": "exon 14 skipping"}.get(near[2], near[2]), vaf
    if found is None:
        raise IntakeError(f"{text!r} is no gene with a change", file=path, line=at, remedy=REMEDY)
    return found[1], found[2].strip(), vaf


def fused(text: str) -> tuple[str, str] | None:
    """``("EML4::ALK", "fusion")`` of ``EML4-ALK fusion``, ``EML4::ALK``, ``EML4/ALK rearrangement``; None for others.

    A symbol with a hyphen of its own (NKX2-1, HLA-A) is parted where both sides are genes that our tables know.
    """
    found = re.fullmatch(
        r"([A-Za-z0-9-]+)\s*(::|--|-|/|_)\s*([A-Za-z0-9-]+)"
        r"(?:[\s,;:]+(?:gene )?(fusion|rearrangement|rearranged|translocation)s?)?",
        text.strip(),
        re.IGNORECASE,
    )
    if found is None:
        return None
    if found[2] not in ("::", "--") and found[4] is None:
        # Without the word a pair of genes that we know is a fusion all the same: KIF5B-RET.
        pair = found[2] == "-" and _known(found[1]) and _known(found[3])
        return (f"{found[1]}::{found[3]}", "fusion") if pair else None
    if found[2] in ("::", "--"):
        return f"{found[1]}::{found[3]}", "fusion"
    if found[2] != "-":
        return f"{found[1]}::{found[3]}", "fusion"
    pieces = re.split(r"-", f"{found[1]}-{found[3]}")
    cuts = [("-".join(pieces[:i]), "-".join(pieces[i:])) for i in range(1, len(pieces))]
    if _known("-".join(pieces)):
        return None
    best = max(cuts, key=lambda c: (_known(c[0]) + _known(c[1]), -len(c[0])))
    return f"{best[0]}::{best[1]}", "fusion"


def _known(name: str) -> bool:
    gene = symbol(name)
    return variants.known_gene(gene) or targets.known_gene(gene)


def _share(text: str, path: Path, at: int) -> float | None:
    if text in ("", ".", "NA", "-"):
        return None
    vaf = number(re.sub(r"^(\d+),(\d+)", r"\1.\2", text).replace(" ", ""))
    if vaf is None or not 0 <= vaf <= 1:
        remedy = "write 0.31 or 31%, or leave the cell empty"
        raise IntakeError(f"the allele fraction is {text!r}", file=path, line=at, remedy=remedy)
    return vaf


def _reads(text: str, path: Path, at: int) -> int | None:
    if text in ("", ".", "NA", "-"):
        return None
    if not text.isdecimal():
        remedy = "write whole reads, or leave the cell empty"
        raise IntakeError(f"the depth is {text!r}, a count expected", file=path, line=at, remedy=remedy)
    return int(text)


def structural(word: str) -> ProteinChange:
    """The change that one of our own words stands for."""
    return ProteinChange(word, "structural", 0, 0)
