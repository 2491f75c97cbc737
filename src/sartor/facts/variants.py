"""What is known of tumour variants: therapies they answer to, their effect on the protein, their coordinates.

Tables (built by ``python -m sartor.train.facts_variants``), from CIViC's January 2026 release (CC0):
``actionable.tsv`` (predictive evidence per gene and change, with a few resistance changes from the literature),
``variant_effects.tsv`` (gain or loss of function, oncogenic) and ``tumor_suppressors.tsv``. Places: ``facts.hotspots``.
Changes are protein changes in one-letter HGVS without ``p.`` or words such as ``fusion``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sartor.core import Evidence

from .hotspots import regions
from .tsv import listed, rows

Grade = Literal["exact", "codon", "region", "any", ""]
Direction = Literal["sensitivity", "resistance"]


@dataclass(frozen=True, slots=True)
class Actionable:
    """One accepted CIViC evidence item about one gene change and a therapy.

    ``supports`` is False where the study contradicts the direction. ``level`` is CIViC's A (validated) to E
    (inferential). ``direct`` is True when one of the therapies acts on the changed gene itself. ``profile`` is the
    full molecular profile (several changes joined by AND), ``partners`` its other components, ``needs`` those that the
    tumour must carry too. ``acts_on`` names the genes that the therapies act on. ``evidence_id`` is empty for a row
    from the literature.
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
    needs: tuple[str, ...] = ()
    acts_on: tuple[str, ...] = ()

    @property
    def source_id(self) -> str:
        """``EID1234`` of CIViC, else the PubMed id."""
        return f"EID{self.evidence_id}" if self.evidence_id else f"PMID{self.pmid}"

    @property
    def evidence(self) -> Evidence:
        """The row as a citable claim."""
        verb = "predicts" if self.supports else "does not predict"
        claim = f"{self.profile} {verb} {self.direction} to {self.therapies} in {self.disease} (level {self.level})"
        source = ("CIViC" if self.evidence_id else "literature") + (f", PMID {self.pmid}" if self.pmid else "")
        return Evidence(claim, "measured", source, self.source_id, self.version)


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
            listed(r["needs"]),
            listed(r["acts_on"]),
        )
        out.setdefault(item.gene, []).append(item)
    return {k: tuple(v) for k, v in out.items()}


def codons(change: str) -> tuple[int, ...]:
    """Residue numbers a change names: ``(858,)``, ``(746, 750)``, () for words."""
    return tuple(int(n) for n in re.findall(r"[A-Z*](\d+)", change.split("ins")[0]))


def truncates(change: str) -> bool:
    """True for changes that cut the protein short or lose the gene."""
    return "fs" in change or change.endswith(("*", "?", "_splice")) or change in ("gene deletion", "loss of function")


def doubled(change: str) -> str:
    """An insertion that repeats the residues before it, as HGVS names it: ``A775_G776insYVMA`` is ``Y772_A775dup``.

    Told by the ends alone: the inserted text must end in the residue it follows. Other changes come back as they are.
    """
    found = re.fullmatch(r"([A-Z])(\d+)_[A-Z]\d+ins([A-Z]+)", change)
    if found is None or found[3][-1] != found[1]:
        return change
    last, text = int(found[2]), found[3]
    first = last - len(text) + 1
    return f"{text[0]}{first}dup" if len(text) == 1 else f"{text[0]}{first}_{text[-1]}{last}dup"


def grade(gene: str, known: str, change: str) -> Grade:
    """How a patient's ``change`` fits a ``known`` entry of the table, "" where it does not.

    "exact" the same change; "codon" the entry names the residue only (``V600``); "region" the entry names an exon, a
    domain or a loss of function that the change falls under; "any" the entry says only "mutation".
    """
    if known.lower() == change.lower() or doubled(known) == doubled(change):
        return "exact"
    word = known.lower()
    if gene == "MET" and word == "exon 14 skipping":
        return "exact" if skips_exon_14(change) else ""
    if word in ("loss of function", "gene deletion"):
        return "region" if truncates(change) and (word == "loss of function" or change == "gene deletion") else ""
    mine = codons(change)
    if not mine:
        return ""
    if re.fullmatch(r"[A-Z]\d+", known):
        return "codon" if known[0] == change[0] and codons(known) == mine[:1] and "fs" not in change else ""
    for (owner, region), (first, last) in regions().items():
        if owner == gene and word.startswith(region):
            wants = next((w for w in ("deletion", "insertion") if w in word), "")
            fits = {"deletion": "del" in change, "insertion": "ins" in change or "dup" in change}.get(wants, True)
            return "region" if fits and not truncates(change) and first <= mine[0] <= last else ""
    if word == "non-v600":
        return "region" if mine[0] != 600 and re.fullmatch(r"[A-Z]\d+[A-Z]", change) else ""
    return "any" if word in ("mutation", "activating mutation") else ""


#: Residues at the ends of MET exon 14 in the two isoforms in use (NM_000245: 963 to 1010; NM_001127500: 18 more).
EXON_14_ENDS = frozenset({962, 963, 964, 980, 981, 982, 1009, 1010, 1011, 1027, 1028, 1029})


def skips_exon_14(change: str) -> bool:
    """True for MET changes that take out exon 14: its splice sites, its last residue (D1010, D1028), or the word."""
    if change in ("exon 14 skipping", "exon 14 deletion"):
        return True
    at = codons(change)
    if not at:
        return False
    return (change.endswith("_splice") and at[0] in EXON_14_ENDS) or bool(re.fullmatch(r"D(1010|1028)[A-Z]", change))


def about(gene: str, change: str, pair: str = "") -> tuple[tuple[Actionable, Grade], ...]:
    """Predictive evidence that fits this change, best fit and level first.

    ``pair`` is the fusion that the patient carries (``EML4::ALK``): evidence about the gene's fusions in general or
    about this very one is exact; about one with another partner, it fits as a region does.
    """
    order = {"exact": 0, "codon": 1, "region": 2, "any": 3}
    fits = []
    for a in _actionable().get(gene, ()):
        fit = grade(gene, a.change, change)
        if fit == "exact" and change == "fusion" and not _same_fusion(a.profile, gene, pair):
            fit = "region"
        if fit:
            fits.append((a, fit))
    return tuple(sorted(fits, key=lambda x: (order[x[1]], x[0].level, -x[0].rating, x[0].evidence_id)))


def _same_fusion(profile: str, gene: str, pair: str) -> bool:
    named = re.findall(r"([A-Za-z0-9?-]+)::([A-Za-z0-9?-]+)", profile)
    mine = set(pair.split("::"))
    return not pair or any(gene in n and ({"v", "?"} & set(n) or set(n) == mine) for n in named)


def carries(item: Actionable, carried: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """What the profile of ``item`` asks for beyond its own change and the tumour does not show; () where all is there.

    ``carried`` holds (gene, change) of the tumour. A fusion of the changed gene counts as there: it is the driver
    without which a resistance change of that gene would mean nothing, and small panels do not report it.
    """
    missing = []
    for need in item.needs:
        if need.startswith("unread "):
            missing.append(need.removeprefix("unread "))
            continue
        wanted = [tuple(n.split(" ", 1)) for n in need.removeprefix("not ").split("/") if " " in n]
        there = any(g == w[0] and grade(g, w[1], c) for g, c in carried for w in wanted)
        implied = any(w == (item.gene, "fusion") for w in wanted)
        if need.startswith("not "):
            missing += [need] if there else []
        elif not there and not implied:
            missing.append(need)
    return tuple(missing)


def _answers(gene: str, change: str = "") -> bool:
    own = [a for a in _actionable().get(gene, ()) if a.change == change and a.direct and a.supports and not a.needs]
    return any(a.direction == "sensitivity" for a in own) and all(a.direction == "sensitivity" for a in own)


def resistance(gene: str, change: str) -> tuple[Actionable, ...]:
    """Supported resistance of this very change to therapies that act on the gene itself.

    In a profile of several changes the one that resists is not known, unless all others are fusions (the driver) or
    answer to such therapies when they are alone.
    """

    def to_blame(item: Actionable) -> bool:
        others = [tuple(n.split(" ", 1)) for need in item.needs for n in need.split("/")]
        return not others or (change != "fusion" and all(o[1:] == ("fusion",) or _answers(*o) for o in others))

    return tuple(
        a
        for a, g in about(gene, change)
        if g == "exact" and a.direction == "resistance" and a.supports and a.direct and to_blame(a)
    )


#: What one item weighs when resistance and response are held against each other, by CIViC level.
_WEIGHT = {"A": 10, "B": 5, "C": 3, "D": 1, "E": 0}


def resists(gene: str, change: str) -> bool:
    """True for a substitution that is to be called a resistance mutation (T790M, T315I, G1202R, D816V …).

    It is one where the evidence that it (or its codon) resists therapies on its own gene weighs at least half of the
    evidence that it, its codon or its exon answers to such: T790M resists erlotinib and answers to osimertinib, while
    L858R or V600E answer and only now and then are reported not to.
    """
    if not re.fullmatch(r"[A-Z]\d+[A-Z]", change):
        return False
    against = sum(_WEIGHT[a.level] for a in resistance(gene, change))
    answers = 0
    for a, fit in about(gene, change):
        if not a.direct or not a.supports or fit == "any" or any("fusion" not in n for n in a.needs):
            continue
        if a.direction == "sensitivity":
            answers += _WEIGHT[a.level]
        elif fit == "codon":
            against += _WEIGHT[a.level]
    return against > 0 and 2 * against >= answers


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


def known_gene(gene: str) -> bool:
    """True when the variant tables speak of this gene."""
    return gene in _actionable() or gene in _suppressors()


def nearest_genes(gene: str) -> tuple[str, ...]:
    """At most two symbols of the variant tables that are spelled nearly like an unknown one; for a hint, not taken.

    Short symbols differ by one letter as a rule (MYC, MYCN): there only letters in another order count.
    """
    known = sorted({*_actionable(), *_suppressors()})
    swapped = [g for g in known if sorted(g) == sorted(gene)]
    near = difflib.get_close_matches(gene, known, n=2, cutoff=0.8) if len(gene) >= 5 else []
    return tuple(dict.fromkeys((*swapped, *near)))[:2]
