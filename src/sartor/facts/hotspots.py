"""Known places of tumour variants: coordinates, recurrent residues, exons and loops.

Tables (built by ``python -m sartor.train.facts_hotspots``): ``hotspots.tsv`` (changes by coordinates in GRCh37 and
GRCh38: CIViC, CC0, and Chang et al. 2016), ``recurrent.tsv`` (residues hit more often than chance, Chang et al.) and
``regions.tsv`` (first and last residue of exons and loops that evidence is recorded for).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sartor.core import Evidence

from .tsv import listed, rows


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A change with its coordinates: ``pos37`` and ``pos38`` are those of the first changed base, 0 where not sure.

    ``ref`` is empty for an insertion (before the base at the position), ``alt`` for a deletion.
    """

    gene: str
    change: str
    chrom: str
    pos37: int
    pos38: int
    ref: str
    alt: str
    source: str


@dataclass(frozen=True, slots=True)
class Recurrent:
    """A residue that is mutated in more tumours than chance explains, and the amino acids seen there."""

    gene: str
    residue: str
    tumors: int
    amino_acids: tuple[str, ...]
    source: str
    version: str

    @property
    def evidence(self) -> Evidence:
        """The row as a citable claim."""
        claim = f"{self.gene} {self.residue} is a recurrent residue: changed in {self.tumors} tumours of the survey"
        return Evidence(claim, "measured", self.source, version=self.version)


@lru_cache(maxsize=1)
def hotspots() -> tuple[Hotspot, ...]:
    """Every change with coordinates."""
    return tuple(
        Hotspot(
            r["gene"],
            r["change"],
            r["chrom"],
            int(r["pos37"] or 0),
            int(r["pos38"] or 0),
            r["ref"],
            r["alt"],
            r["source"],
        )
        for r in rows("hotspots")
    )


@lru_cache(maxsize=2)
def _at(assembly: str) -> dict[tuple[str, int, str, str], Hotspot]:
    out = {}
    for h in hotspots():
        pos = h.pos38 if assembly == "GRCh38" else h.pos37
        if pos:
            out[(h.chrom, pos, h.ref, h.alt)] = h
    return out


def trimmed(pos: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Position, REF and ALT of a VCF line without the bases both share: a deletion has no ALT, an insertion no REF."""
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        pos, ref, alt = pos + 1, ref[1:], alt[1:]
    return pos, ref, alt


def hotspot_at(assembly: str, chrom: str, pos: int, ref: str, alt: str) -> Hotspot | None:
    """The hotspot of a VCF position, REF and ALT in GRCh37 or GRCh38 ("chr" or not); None where the table holds none.

    A deletion or insertion counts wherever a caller put it along a repeat: the table's place may lie up to its length
    further right, with its bases turned by as much.
    """
    table = _at(assembly)
    bare = chrom.removeprefix("chr")
    pos, ref, alt = trimmed(pos, ref.upper(), alt.upper())
    if ref and alt:
        return table.get((bare, pos, ref, alt))
    bases = ref or alt
    for turn in range(len(bases)):
        turned = bases[turn:] + bases[:turn]
        key = (bare, pos + turn, turned, "") if ref else (bare, pos + turn, "", turned)
        if key in table:
            return table[key]
    return None


@lru_cache(maxsize=1)
def _recurrent() -> dict[tuple[str, str], Recurrent]:
    out = {}
    for r in rows("recurrent"):
        found = Recurrent(
            r["gene"], r["residue"], int(r["tumors"]), listed(r["amino_acids"]), r["source"], r["version"]
        )
        out[(r["gene"], r["residue"])] = found
        if r["also"]:  # histone residues, counted with and without the first methionine
            out[(r["gene"], r["also"])] = found
    return out


def recurrent(gene: str, change: str) -> Recurrent | None:
    """The recurrent residue that a substitution changes; None for other residues and other kinds of change."""
    found = re.fullmatch(r"([A-Z]\d+)[A-Z*]", change)
    return _recurrent().get((gene, found[1])) if found else None


@lru_cache(maxsize=1)
def regions() -> dict[tuple[str, str], tuple[int, int]]:
    """``(gene, region)`` -> first and last residue."""
    return {(r["gene"], r["region"]): (int(r["first"]), int(r["last"])) for r in rows("regions")}
