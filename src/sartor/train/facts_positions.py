"""Where a defining position lies: GRCh37 beside GRCh38, and the stretch over which an indel can be written.

Used by ``facts_alleles``. Coordinates of both assemblies come from the PyPGx variant table (MIT).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def offsets_of(variants: list[dict[str, str]], genes: Iterable[str]) -> dict[str, int]:
    """GRCh37 minus GRCh38 position per gene; each gene here lies in one unbroken block of the alignment."""
    offsets: dict[str, int] = {}
    for gene in genes:
        seen = {int(r["GRCh37Position"]) - int(r["GRCh38Position"]) for r in variants if r["Gene"] == gene}
        if len(seen) != 1:
            raise SystemExit(f"{gene}: the two assemblies do not differ by one offset: {sorted(seen)}")
        offsets[gene] = seen.pop()
    return offsets


def old_bases(variants: list[dict[str, str]]) -> dict[tuple[str, int], str]:
    """(gene, GRCh38 position) -> GRCh37 base, where the two assemblies carry different reference bases."""
    return {
        (r["Gene"], int(r["GRCh38Position"])): r["GRCh37Allele"]
        for r in variants
        if r["GRCh37Allele"] != r["GRCh38Allele"]
    }


def _repeat(name: str) -> tuple[str, int]:
    """``TA(7)`` -> ("TA", 7); ("", 0) where the allele is not written as a repeat."""
    unit, _, count = name.partition("(")
    return (unit, int(count.rstrip(")"))) if count else ("", 0)


def span_of(place: Any) -> str:
    """The reference bases from an insertion's or deletion's position to the last base at which it can be written.

    A VCF names the leftmost place of an indel, HGVS the rightmost; between the two the reference repeats the changed
    unit, so the bases follow from the definition itself. Empty for a substitution.
    """
    ref: str = place["ref"]
    if all(len(a) == len(ref) for a in place["alts"]):
        return ""
    longest = max((ref, *place["alts"]), key=len)
    shortest = min((ref, *place["alts"]), key=len)
    unit = longest[len(shortest) :] if longest.startswith(shortest) else longest[1:]
    right = place["cpicPosition"]
    spelled = {place["cpicToVcfAlleleMap"][v]: _repeat(v) for v in place["cpicAlleles"]}
    repeated, copies = spelled[ref]
    if copies:
        last = right + len(repeated) * copies - 1
        unit = ref[1 : 1 + len(repeated)]
    elif len(ref) > 1:
        last = right + len(ref) - 2
        unit = ref[1:]
    else:
        last = right
    length = last - place["position"]
    bases: str = ref[0] + (unit * (length // len(unit) + 1))[:length]
    if not bases.startswith(ref):
        raise SystemExit(f"{place['rsid'] or place['position']}: the repeat {bases} does not start with {ref}")
    return bases
