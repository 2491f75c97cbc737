"""Allele fraction and depth of one ALT allele, from the columns that somatic callers write.

FORMAT: AF, VAF, FREQ, FA (MuTect 1), AD with RD (VarScan 2), AD and DP (GATK), DP4, BCOUNT (SomaticSniper), AU CU
GU TU and TAR TIR (Strelka 2), ADT and DPT; INFO fields TVAF and TDP where a file states the tumour's there (PCGR).
"""

from __future__ import annotations

_BCOUNT = "ACGT"


def number(text: str) -> float | None:
    """A number, a percentage as a fraction; None for anything else."""
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return None


def fraction(
    values: dict[str, str], info: dict[str, str], ref: str, alt: str, index: int, alleles: int
) -> tuple[float | None, int | None]:
    """(allele fraction 0..1, depth) of the ``index``-th of ``alleles`` ALTs; None where the file does not say.

    ``values`` are the tumour sample's FORMAT fields by name. A stated fraction comes before one computed from counts.
    """
    mine, counted = _counts(values, ref, alt, index)
    total = next((n for k in ("DP", "DPT") if (n := number(values.get(k, ""))) is not None), None)
    total = total if total is not None else counted
    vaf = _stated(values, index, alleles)
    if vaf is None and mine is not None:
        whole = counted or total
        vaf = mine / whole if whole else None
    if vaf is None:
        vaf = number(info.get("TVAF", "").split(",")[0])
    if total is None:
        total = number(info.get("TDP", ""))
    if vaf is not None and not 0 <= vaf <= 1:
        vaf = None
    return vaf, None if total is None else int(total)


def _stated(values: dict[str, str], index: int, alleles: int) -> float | None:
    for key in ("AF", "VAF", "FREQ", "FA"):
        parts = values.get(key, "").split(",")
        at = index if len(parts) == alleles + 1 and alleles + 1 > 1 else index - 1  # RADIA lists the reference first
        found = number(parts[at]) if len(parts) > at else None
        if found is not None:
            return found
    return None


def _counts(values: dict[str, str], ref: str, alt: str, index: int) -> tuple[float | None, float | None]:
    """(reads of the allele, reads of all alleles counted)."""
    for key in ("AD", "ADT"):
        parts = [number(x) for x in values.get(key, "").split(",")]
        if len(parts) > index and parts[index] is not None:
            known = [x for x in parts if x is not None]
            return parts[index], sum(known) if len(known) == len(parts) else None
        lone = number(values.get("RD", ""))
        if len(parts) == 1 and parts[0] is not None and lone is not None:
            return parts[0], parts[0] + lone
    letters = {b: number(values.get(f"{b}U", "").split(",")[0]) for b in "ACGT"}
    if ref in letters and alt in letters and letters[ref] is not None and letters[alt] is not None:
        known = [x for x in letters.values() if x is not None]
        return letters[alt], sum(known)
    away, here = (number(values.get(k, "").split(",")[0]) for k in ("TAR", "TIR"))
    if away is not None and here is not None:
        return here, away + here
    bases = [number(x) for x in values.get("BCOUNT", "").split(",")]
    if len(bases) == 4 and alt in _BCOUNT and None not in bases:
        known = [x for x in bases if x is not None]
        return bases[_BCOUNT.index(alt)], sum(known)
    four = [number(x) for x in values.get("DP4", "").split(",")]
    if len(four) == 4 and None not in four and index == 1:
        known = [x for x in four if x is not None]
        return known[2] + known[3], sum(known)
    return None, None
