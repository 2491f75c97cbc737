"""What each tumour variant means: evidence that fits it, its AMP/ASCO/CAP tier in this disease, resistance, hotspot.

Tiers as in Li et al., J. Mol. Diagn. 2017, 19, 4 (PMID 27993330), from CIViC's levels; see ``facts.variants.tier``. An
entry counts where it is supported, where everything its profile asks for is in the tumour, and where it names the
change, its residue or its region; an entry that says only "mutation" counts for changes that are known to drive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sartor.core import Evidence, TumorVariant
from sartor.facts import diseases, hotspots, variants
from sartor.facts.variants import Actionable, Grade

Match = Literal["exact", "ancestor", "descendant", "other"]

#: Names so broad that evidence of any tumour would be "a kind of" them.
BROAD = frozenset({"cancer", "solid tumor", "hematologic cancer"})
UNKNOWN_TIER = "III"
ORDER = ("I-A", "I-B", "II-C", "II-D", "III")


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of evidence about one variant of this tumour.

    ``match`` says how the evidence's disease stands to the patient's; ``missing`` what the profile asks for and the
    tumour does not show (the row then counts for nothing); ``counts`` whether it enters tier and target.
    """

    item: Actionable
    fit: Grade
    match: Match
    tier: str
    missing: tuple[str, ...]
    counts: bool

    @property
    def on_target(self) -> bool:
        """True when the therapy acts on the changed gene itself."""
        return self.item.direct


@dataclass(frozen=True, slots=True)
class Finding:
    """One variant of one gene and what is known of it. A fusion gives one finding for each partner."""

    gene: str
    variant: TumorVariant
    tier: str
    rows: tuple[Row, ...]
    hotspot: str
    function: str
    function_evidence: Evidence | None
    resistance: tuple[Row, ...]
    resists: bool
    loss: str

    @property
    def drives(self) -> bool:
        """True for a recurrent residue or a change recorded as oncogenic or gain of function."""
        return bool(self.hotspot) or self.function in ("gain of function", "oncogenic")


def match(mine: str, other: str) -> Match:
    """How evidence about ``other`` fits the patient's disease ``mine``."""
    how: dict[str, Match] = {"same": "exact", "broader": "ancestor", "narrower": "descendant"}
    return how.get(diseases.relation(mine, other), "other")


def same_disease(mine: str, other: str) -> bool:
    """True when evidence about ``other`` speaks of the patient's disease: the same, a broader one, or a kind of it.

    "cancer" in general does not count, a tumour-agnostic "solid tumor" does; where the patient's own disease is that
    broad, evidence about one kind of it does not.
    """
    how = match(mine, other)
    if how == "ancestor":
        known = diseases.resolve(other)
        return known is not None and known.name != "cancer"
    if how == "descendant":
        known = diseases.resolve(mine)
        return known is not None and known.name not in BROAD
    return how == "exact" and diseases.normal(other) != "cancer"


def findings(tumor: Sequence[TumorVariant], disease: str) -> tuple[Finding, ...]:
    """Every variant's finding, in the tumour's order."""
    carried = {(g, v.change) for v in tumor for g in v.gene.split("::")}
    return tuple(_finding(g, v, disease, carried) for v in tumor for g in v.gene.split("::"))


def _finding(gene: str, v: TumorVariant, disease: str, carried: set[tuple[str, str]]) -> Finding:
    recurrent = hotspots.recurrent(gene, v.change)
    effect = variants.effect(gene, v.change)
    word = effect[0] if effect else ""
    lost = variants.truncates(v.change) and variants.tumor_suppressor(gene) is not None
    drives = recurrent is not None or word in ("gain of function", "oncogenic") or lost
    pair = v.gene if "::" in v.gene else ""
    rows = tuple(_row(a, fit, disease, carried, drives) for a, fit in variants.about(gene, v.change, pair))
    counted = [r.tier for r in rows if r.counts]
    return Finding(
        gene=gene,
        variant=v,
        tier=min(counted, key=ORDER.index, default=UNKNOWN_TIER),
        rows=tuple(sorted(rows, key=_importance)),
        hotspot="" if recurrent is None else f"{recurrent.residue}, changed in {recurrent.tumors} tumours",
        function=word,
        function_evidence=effect[1] if effect else None,
        resistance=tuple(r for r in rows if r.counts and r.item.direction == "resistance" and r.fit != "any"),
        resists=variants.resists(gene, v.change),
        loss=_loss(gene, v.change, word),
    )


def _row(item: Actionable, fit: Grade, disease: str, carried: set[tuple[str, str]], drives: bool) -> Row:
    missing = variants.carries(item, carried)
    counts = item.supports and not missing and (fit != "any" or drives)
    tier = variants.tier(item.level, same_disease(disease, item.disease))
    return Row(item, fit, match(disease, item.disease), tier, missing, counts)


def _importance(row: Row) -> tuple[object, ...]:
    fits = ("exact", "codon", "region", "any", "")
    return (not row.counts, ORDER.index(row.tier), fits.index(row.fit), -row.item.rating, row.item.source_id)


def _loss(gene: str, change: str, word: str) -> str:
    """Why no inhibitor of the gene can help against this change; "" where one might."""
    if variants.tumor_suppressor(gene) is not None:
        return f"{gene} is a tumour suppressor: it drives by loss of function"
    if variants.truncates(change) and not (gene == "MET" and variants.skips_exon_14(change)):
        return f"{change} cuts {gene} short or loses it: an inhibitor cannot restore what is lost"
    return f"{gene} {change} is recorded as loss of function" if word == "loss of function" else ""
