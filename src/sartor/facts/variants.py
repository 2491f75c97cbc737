"""What is known of tumour variants: therapies they answer to, their effect on the protein, their coordinates.

Tables (built by ``python -m sartor.train.facts_variants``), from CIViC's January 2026 release (CC0):
``actionable.tsv`` (predictive evidence per gene and change), ``variant_effects.tsv`` (gain or loss of function,
oncogenic), ``hotspots.tsv`` (coordinates of substitutions in both assemblies) and ``tumor_suppressors.tsv``.
Changes are protein changes in one-letter HGVS without ``p.`` or words such as ``fusion``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sartor.core import Evidence

from .tsv import rows

Grade = Literal["exact", "codon", "region", "any", ""]
Direction = Literal["sensitivity", "resistance"]

#: First and last residue of regions that evidence is recorded for (canonical transcripts: EGFR P00533,
#: ERBB2 P04626, KIT P10721, PDGFRA P16234, FLT3 P36888, MET P08581, BRAF P15056, PIK3CA P42336; UniProt numbering).
REGIONS: dict[tuple[str, str], tuple[int, int]] = {
    ("EGFR", "exon 18"): (688, 728),
    ("EGFR", "exon 19"): (729, 761),
    ("EGFR", "exon 20"): (762, 823),
    ("EGFR", "exon 21"): (824, 875),
    ("ERBB2", "exon 20"): (770, 831),
    ("KIT", "exon 9"): (449, 514),
    ("KIT", "exon 11"): (550, 592),
    ("KIT", "exon 13"): (627, 664),
    ("KIT", "exon 17"): (788, 828),
    ("PDGFRA", "exon 18"): (814, 854),
    ("FLT3", "tkd"): (806, 847),
    ("BRAF", "exon 15"): (581, 620),
    ("JAK2", "exon 12"): (536, 547),
    ("ABL1", "p-loop"): (248, 256),
}


@dataclass(frozen=True, slots=True)
class Actionable:
    """One accepted CIViC evidence item about one gene change and a therapy.

    ``supports`` is False where the study contradicts the direction. ``level`` is CIViC's A (validated) to E
    (inferential). ``direct`` is True when one of the therapies acts on the changed gene itself. ``profile`` is the
    full molecular profile (several changes joined by AND), ``partners`` its other components.
    """

    gene: str
    change: str
    profile: str
    partners: int
    disease: str
    doid: str
    therapies: str
    direction: Direction
    supports: bool
    level: str
    rating: int
    direct: bool
    pmid: str
    evidence_id: str
    version: str

    @property
    def evidence(self) -> Evidence:
        """The row as a citable claim."""
        verb = "predicts" if self.supports else "does not predict"
        claim = f"{self.profile} {verb} {self.direction} to {self.therapies} in {self.disease} (level {self.level})"
        source = "CIViC" + (f", PMID {self.pmid}" if self.pmid else "")
        return Evidence(claim, "measured", source, f"EID{self.evidence_id}", self.version)


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A substitution with its coordinates; ``pos38`` is 0 where the GRCh38 position is not sure."""

    gene: str
    change: str
    chrom: str
    pos37: int
    pos38: int
    ref: str
    alt: str
    source: str


@lru_cache(maxsize=1)
def _actionable() -> dict[str, tuple[Actionable, ...]]:
    out: dict[str, list[Actionable]] = {}
    for r in rows("actionable"):
        direction: Direction = "sensitivity" if r["direction"] == "sensitivity" else "resistance"
        item = Actionable(
            r["gene"],
            r["change"],
            r["profile"],
            int(r["partners"]),
            r["disease"],
            r["doid"],
            r["therapies"],
            direction,
            r["supports"] == "yes",
            r["level"],
            int(r["rating"] or 0),
            r["direct"] == "yes",
            r["pmid"],
            r["evidence_id"],
            r["version"],
        )
        out.setdefault(item.gene, []).append(item)
    return {k: tuple(v) for k, v in out.items()}


def codons(change: str) -> tuple[int, ...]:
    """Residue numbers a change names: ``(858,)``, ``(746, 750)``, () for words."""
    return tuple(int(n) for n in re.findall(r"[A-Z*](\d+)", change.split("ins")[0]))


def grade(gene: str, known: str, change: str) -> Grade:
    """How a patient's ``change`` fits a ``known`` entry of the table, "" where it does not.

    "exact" the same change; "codon" the entry names the residue only (``V600``); "region" the entry names an exon or
    a domain that holds the change; "any" the entry says only "mutation".
    """
    if known.lower() == change.lower():
        return "exact"
    mine = codons(change)
    if not mine:
        return ""
    if re.fullmatch(r"[A-Z]\d+", known) and known[0] == change[0] and codons(known) == mine[:1] and "fs" not in change:
        return "codon"
    word = known.lower()
    for (owner, region), (first, last) in REGIONS.items():
        if owner == gene and word.startswith(region):
            wants = next((w for w in ("deletion", "insertion") if w in word), "")
            fits = {"deletion": "del" in change, "insertion": "ins" in change or "dup" in change}.get(wants, True)
            truncates = "fs" in change or change.endswith("*")
            return "region" if fits and not truncates and first <= mine[0] <= last else ""
    return "any" if word in ("mutation", "activating mutation") else ""


def about(gene: str, change: str) -> tuple[tuple[Actionable, Grade], ...]:
    """Predictive evidence that fits this change, best fit and level first."""
    order = {"exact": 0, "codon": 1, "region": 2, "any": 3}
    fits = [(a, g) for a in _actionable().get(gene, ()) if (g := grade(gene, a.change, change))]
    return tuple(sorted(fits, key=lambda x: (order[x[1]], x[0].level, -x[0].rating, x[0].evidence_id)))


def resistance(gene: str, change: str) -> tuple[Actionable, ...]:
    """Supported resistance of this very change to therapies that act on the gene itself.

    In a profile of several changes the one that resists is not known, unless all others are fusions (the driver).
    """

    def to_blame(item: Actionable) -> bool:
        others = [p for p in item.profile.split(" AND ") if not p.endswith(change)]
        return not item.partners or (change != "fusion" and all("::" in p for p in others))

    return tuple(
        a
        for a, g in about(gene, change)
        if g == "exact" and a.direction == "resistance" and a.supports and a.direct and to_blame(a)
    )


def tier(level: str, same_disease: bool) -> str:
    """AMP/ASCO/CAP 2017 tier of one CIViC level (Li et al., J. Mol. Diagn. 2017, 19, 4, PMID 27993330).

    A and B are I-A and I-B in the patient's disease, II-C in another one; C is II-C or II-D; D is II-D; E is III.
    """
    if level in ("A", "B"):
        return f"I-{level}" if same_disease else "II-C"
    if level == "C":
        return "II-C" if same_disease else "II-D"
    return "II-D" if level == "D" else "III"


@lru_cache(maxsize=1)
def _effects() -> dict[tuple[str, str], tuple[str, Evidence]]:
    out: dict[tuple[str, str], tuple[str, Evidence]] = {}
    for r in rows("variant_effects"):
        claim = f"{r['gene']} {r['change']}: {r['effect']}"
        source = "CIViC" + (f", PMID {r['pmid']}" if r["pmid"] else "")
        found = (r["effect"], Evidence(claim, "measured", source, f"EID{r['evidence_id']}", r["version"]))
        out.setdefault((r["gene"], r["change"]), found)
    return out


def effect(gene: str, change: str) -> tuple[str, Evidence] | None:
    """("gain of function", "loss of function" or "oncogenic", evidence) of one change; None: nothing is recorded."""
    return _effects().get((gene, change))


@lru_cache(maxsize=1)
def _suppressors() -> dict[str, str]:
    return {r["gene"]: r["source"] for r in rows("tumor_suppressors")}


def tumor_suppressor(gene: str) -> Evidence | None:
    """Evidence that the gene drives tumours by its loss: no inhibitor of it can help; None where it is not listed."""
    source = _suppressors().get(gene)
    return (
        None
        if source is None
        else Evidence(f"{gene} is a tumour suppressor: it drives by loss of function", "measured", source)
    )


@lru_cache(maxsize=1)
def hotspots() -> tuple[Hotspot, ...]:
    """Every substitution with coordinates."""
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


def hotspot_at(assembly: str, chrom: str, pos: int, ref: str, alt: str) -> Hotspot | None:
    """The hotspot at a VCF position of GRCh37 or GRCh38 ("chr" or not); None where the table holds none."""
    return _at(assembly).get((chrom.removeprefix("chr"), pos, ref, alt))


def known_gene(gene: str) -> bool:
    """True when the variant tables speak of this gene."""
    return gene in _actionable() or gene in _suppressors()
