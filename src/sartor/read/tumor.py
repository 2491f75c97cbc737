"""The tumour: somatic VCF, MAF, or a plain list of protein changes -> TumorVariants.

Protein changes are taken from the file's own annotation (VEP, SnpEff, MAF columns); no transcript is translated here.
Lines without annotation are compared with the substitutions of known position (``facts.variants.hotspots``).
"""

from __future__ import annotations

import re
from pathlib import Path

from sartor.core import IntakeError, TumorVariant
from sartor.facts import targets, variants

from .hgvs import parse
from .maf import read_maf
from .tumor_vcf import read_tumor_vcf
from .vcf import opened

_SHOWN = 6


def read_tumor(
    path: Path, sample: str | None = None, *, assembly: str | None = None
) -> tuple[tuple[TumorVariant, ...], tuple[str, ...]]:
    """Somatic variants of one tumour sample, and what was noticed while reading.

    Args:
        path: VCF (plain, gzip, bgzip), MAF, or a list with one ``GENE change`` a line.
        sample: which sample of several; without it the tumour column is found by the header or by its name.
        assembly: what the order declares; a VCF that says otherwise is refused.

    Returns:
        Variants that change a protein, each once (the highest allele fraction), in file order; notes.

    Raises:
        IntakeError: missing, empty, damaged or malformed file, several samples, other assembly; with file, line and
            remedy.
    """
    path = Path(path)
    with opened(path) as stream:
        lines = [line.rstrip("\r\n") for line in stream]
    if lines:
        lines[0] = lines[0].lstrip("\ufeff")
    head = next((x for x in lines if x.strip() and (not x.startswith("#") or x.startswith(("##file", "#CHROM")))), "")
    if lines and lines[0].startswith("BCF"):
        remedy = "convert it with `bcftools view -O z`"
        raise IntakeError("this is a BCF file", file=path, line=1, remedy=remedy)
    if head.startswith(("##fileformat=VCF", "#CHROM")):
        found, notes = read_tumor_vcf(lines, path, sample, assembly)
    elif "Hugo_Symbol" in head.split("\t"):
        found, notes = read_maf(lines, path, sample)
    else:
        found, notes = read_list(lines, path)
    once = _once(found)
    if not once:
        notes.append(f"{path.name}: no somatic variant that changes a protein was read")
    return once, (*notes, *_strangers(once))


def read_list(lines: list[str], path: Path) -> tuple[list[TumorVariant], list[str]]:
    """A plain list: ``EGFR p.L858R``, ``EGFR:L858R``, ``ABL1,T315I,0.32`` (allele fraction optional)."""
    out = []
    remedy = "write one variant a line: EGFR p.L858R, or give a VCF or MAF with its header"
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        found = re.match(r"^([A-Za-z0-9-]+(?:::[A-Za-z0-9-]+)?)(?:[\s,;]+|:)(.+)$", text)
        if found is None:
            raise IntakeError(f"{text!r} is no gene with a change", file=path, line=number, remedy=remedy)
        gene, rest = found[1].upper(), found[2].strip()
        tail = re.search(r"[\s,;]+(0?\.\d+|[01]|\d+(?:\.\d+)?%)$", rest)
        vaf = None
        if tail:
            rest = rest[: tail.start()]
            vaf = float(tail[1][:-1]) / 100 if tail[1].endswith("%") else float(tail[1])
        try:
            change = parse(rest)
        except ValueError as error:
            raise IntakeError(str(error), file=path, line=number, remedy=remedy) from None
        if not change.silent:
            out.append(TumorVariant(gene, change.text, vaf, None, f"{path.name}, line {number}"))
    return out, []


def _once(found: list[TumorVariant]) -> tuple[TumorVariant, ...]:
    """Each gene and change once: the highest allele fraction."""
    best: dict[tuple[str, str], TumorVariant] = {}
    for v in found:
        key = (v.gene, v.change)
        if key not in best or (v.vaf or 0.0) > (best[key].vaf or 0.0):
            best[key] = v
    return tuple(best.values())


def _strangers(found: tuple[TumorVariant, ...]) -> tuple[str, ...]:
    """One note about genes that no table of ours speaks of: kept, but nothing can be concluded from them."""
    names = dict.fromkeys(
        g for v in found for g in v.gene.split("::") if not variants.known_gene(g) and not targets.known_gene(g)
    )
    if not names:
        return ()
    shown = ", ".join(list(names)[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    return (f"no table of ours knows {shown}: kept, but nothing is concluded from variants there",)
