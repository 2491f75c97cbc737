"""The header of a tumour VCF: annotation, assembly, and which sample column is the tumour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sartor.core import IntakeError

from .annotation import Format, format_of
from .assembly import assembly_of_header_line
from .vcf import LIFT

_COLUMNS = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
_NORMAL = re.compile(r"normal|germline|blood|(^|[_-])N\d*$|-1[0-9][A-Z]-", re.I)
_TUMOR = re.compile(r"tumou?r|(^|[_-])T\d*$|-0[1-9][A-Z]-", re.I)  # the last: sample type in a TCGA barcode


@dataclass(frozen=True, slots=True)
class Head:
    """What the header says; ``column`` is the tumour's (None without samples), ``lines`` those up to the data."""

    form: Format | None
    width: int
    column: int | None
    sample: str
    assembly: str | None
    lines: int


def header(lines: list[str], path: Path, sample: str | None, declared: str | None) -> Head:
    """Read the header.

    Raises:
        IntakeError: no or a malformed #CHROM line, another assembly than ``declared``, several samples of which none is
            clearly the tumour.
    """
    tumor_name, form, said = "", None, None
    for number, line in enumerate(lines, 1):
        if line.startswith("##"):
            form = form or format_of(line)
            if line.startswith("##tumor_sample="):
                tumor_name = line.partition("=")[2].strip()
            found = assembly_of_header_line(line)
            if found and declared and found[0] != declared:
                problem = f"{found[1]}, which is {found[0]}, but {declared} was declared"
                raise IntakeError(problem, file=path, line=number, remedy=LIFT)
            said = said or (found[0] if found else None)
            continue
        if not line.startswith("#CHROM"):
            break
        names = line.split("\t")
        if names[:8] != _COLUMNS:
            remedy = "the first eight columns are CHROM POS ID REF ALT QUAL FILTER INFO, separated by tabs"
            raise IntakeError("the #CHROM line is malformed", file=path, line=number, remedy=remedy)
        at = _column(names[9:], sample, tumor_name, path, number)
        chosen = "" if at is None else names[9 + at]
        return Head(form, len(names), None if at is None else 9 + at, chosen, said or declared, number)
    raise IntakeError("there is no #CHROM line", file=path, remedy="export it again with its header")


def _column(names: list[str], sample: str | None, tumor_name: str, path: Path, number: int) -> int | None:
    """Which sample is the tumour; None where the file has no sample columns."""
    if sample is not None and sample not in names:
        remedy = f"choose one of {', '.join(names)}" if names else "the file has no sample columns"
        raise IntakeError(f"there is no sample {sample!r}", file=path, line=number, remedy=remedy)
    if sample is not None:
        return names.index(sample)
    if len(names) < 2:
        return 0 if names else None
    if tumor_name in names:
        return names.index(tumor_name)
    likely = [n for n in names if _TUMOR.search(n) and not _NORMAL.search(n)]
    if len(likely) > 1:
        likely = [n for n in likely if "rna" not in n.lower()] or likely
    if len(likely) != 1 and len(names) == 2:
        likely = [n for n in names if not _NORMAL.search(n)]
    if len(likely) == 1:
        return names.index(likely[0])
    remedy = "name the tumour with tumor_sample under [patient] in the order, or extract it: `bcftools view -s NAME`"
    raise IntakeError(
        f"{len(names)} samples ({', '.join(names[:5])}); which is the tumour is not clear",
        file=path,
        line=number,
        remedy=remedy,
    )
