"""The tumour: somatic VCF, MAF or a list, with tables of copy numbers and fusions -> TumorVariants.

Protein changes are taken from the file's own annotation (VEP, SnpEff, MAF columns); no transcript is translated here.
Lines without annotation are compared with the changes of known place (``facts.hotspots``).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sartor.core import IntakeError, LeftOut, TumorVariant
from sartor.facts import targets, variants

from .copy_numbers import read_copy_numbers
from .fusions import read_fusions
from .gene_list import is_table, read_list, read_list_table
from .maf import read_maf
from .sieve import OPEN, Limits, Sieve, some
from .tumor_vcf import read_tumor_vcf
from .vcf import opened

#: Unknown genes for which the nearest known ones are named.
NAMED = 5


@dataclass(frozen=True, slots=True)
class TumorRead:
    """What the files of one tumour say: variants, what was left out and why, notes.

    ``kind`` is VCF, MAF or list; ``sample`` the chosen sample's name ("" where the file names none); ``assembly`` what
    the file states or its known places tell, None where neither does or none is needed.
    """

    variants: tuple[TumorVariant, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    kind: str
    sample: str = ""
    assembly: str | None = None

    @property
    def sample_hash(self) -> str:
        """The sample's name as outputs may show it: the beginning of its SHA-256; "" where there is none."""
        return hashlib.sha256(self.sample.encode()).hexdigest()[:12] if self.sample else ""


def read_tumor(
    path: Path, sample: str | None = None, *, assembly: str | None = None
) -> tuple[tuple[TumorVariant, ...], tuple[str, ...]]:
    """Variants and notes of one file, with no limit on allele fraction or depth; see ``read_tumor_file``."""
    read = read_tumor_file(path, sample, assembly=assembly, limits=OPEN)
    return read.variants, read.notes


def read_tumor_file(
    path: Path,
    sample: str | None = None,
    *,
    assembly: str | None = None,
    limits: Limits = OPEN,
    cnv: Path | None = None,
    fusions: Path | None = None,
) -> TumorRead:
    """Somatic variants of one tumour sample, what was left out, and what was noticed while reading.

    Args:
        path: VCF (plain, gzip, bgzip), MAF, or a list with one ``GENE change`` a line.
        sample: which sample of several; without it the tumour column is found by the header or by its name.
        assembly: what is declared (a VCF that says otherwise is refused); "auto" takes what the file states, or what
            its known places tell; None takes only what it states.
        limits: what falls below is left out.
        cnv, fusions: tables of copy numbers and fusions of the same tumour.

    Returns:
        Variants that change a protein, each once (the highest allele fraction), in file order.

    Raises:
        IntakeError: missing, empty, damaged or malformed file, several samples, other assembly; with file, line and
            remedy.
    """
    path = Path(path)
    lines = _lines(path)
    sieve = Sieve(path.name, limits)
    head = next((x for x in lines if x.strip() and (not x.startswith("#") or x.startswith(("##file", "#CHROM")))), "")
    kind, name, build = "list", "", None
    if head.startswith(("##fileformat=VCF", "#CHROM")):
        infer = assembly == "auto"
        read = read_tumor_vcf(lines, path, sample, None if infer else assembly, sieve, infer=infer)
        kind, name, build = "VCF", read.sample, read.assembly
    elif "Hugo_Symbol" in head.split("\t") or {"Chromosome", "Tumor_Seq_Allele2"} <= set(head.split("\t")):
        kind, name = "MAF", read_maf(lines, path, sample, sieve, assembly)
    elif is_table(head):
        read_list_table(lines, path, sample, sieve)
    else:
        read_list(lines, path, sieve)
    sieve.close()
    sieves = [sieve]
    for table, reader in ((cnv, read_copy_numbers), (fusions, read_fusions)):
        if table is not None:
            more = Sieve(Path(table).name, limits)
            reader(_lines(Path(table)), Path(table), sample, more)
            more.close()
            sieves.append(more)
    once = _once([v for s in sieves for v in s.found])
    notes = [n for s in sieves for n in s.notes]
    if not once:
        notes.append(f"{path.name}: no somatic variant that changes a protein was read")
    left = tuple(x for s in sieves for x in s.left)
    return TumorRead(once, left, (*notes, *_strangers(once)), kind, name, build)


def _lines(path: Path) -> list[str]:
    with opened(path) as stream:
        lines = [line.rstrip("\r\n") for line in stream]
    if lines:
        lines[0] = lines[0].lstrip("\ufeff")
    if lines and lines[0].startswith("BCF"):
        remedy = "convert it with `bcftools view -O z`"
        raise IntakeError("this is a BCF file", file=path, line=1, remedy=remedy)
    return lines


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
    near = [f"{g} may mean {' or '.join(close)}" for g in list(names)[:NAMED] if (close := variants.nearest_genes(g))]
    tail = f"; {', '.join(near)}: correct it if so" if near else ""
    return (f"no table of ours knows {some(names)}: kept, but nothing is concluded from variants there{tail}",)
