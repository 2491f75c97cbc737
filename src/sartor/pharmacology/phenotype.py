"""What medicines make of a genotype: the effective phenotype of one enzyme in one person.

**CYP2D6** (guideline): effective activity score = genotype score x 0 beside a strong inhibitor, x 0.5 beside a moderate
one, x 1 beside a weak one; the phenotype follows from the score (poor 0, intermediate below 1.25, normal to 2.25,
ultrarapid above). CPIC uses this in its guidelines on opioids (Crews 2021, doi:10.1002/cpt.2149) and serotonin reuptake
inhibitors (Bousman 2023, doi:10.1002/cpt.2903); the score is that of Caudle 2020 (PMC6951851).

**CYP2C9, CYP2C19, CYP2B6** (convention): no guideline grades it. A strong inhibitor makes everyone a poor metabolizer,
a moderate one takes one step down the ladder poor - intermediate - normal - rapid - ultrarapid (rapid and ultrarapid
end as normal); a strong or moderate inducer takes one step up the ladder that CPIC names for the gene, and a
poor metabolizer has nothing to induce.

Of several inhibitors the strongest counts, as they compete for one site; likewise inducers. An inhibitor beside an
inducer, or one whose strength no source grades, leaves the phenotype open: then the range is said. An unknown genotype
stays unknown, and what bounds it is said. Doubts: doses, timing and the days that induction or mechanism-based
inhibition take to come and go are not modelled; an AUC class in normal metabolizers is taken to hold in others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sartor.core import Evidence, GeneCall, Medicine, Reason
from sartor.facts import drugs, enzymes

#: Factor on the CYP2D6 activity score by the inhibitor's strength (CPIC).
SCORE_FACTOR = {"strong": 0.0, "moderate": 0.5, "weak": 1.0}
POOR, INTERMEDIATE, NORMAL = "Poor Metabolizer", "Intermediate Metabolizer", "Normal Metabolizer"
RAPID, ULTRARAPID = "Rapid Metabolizer", "Ultrarapid Metabolizer"
#: The phenotypes of each gene, slowest first.
LADDERS: dict[str, tuple[str, ...]] = {
    "CYP2D6": (POOR, INTERMEDIATE, NORMAL, ULTRARAPID),
    "CYP2C19": (POOR, INTERMEDIATE, NORMAL, RAPID, ULTRARAPID),
    "CYP2C9": (POOR, INTERMEDIATE, NORMAL),
    "CYP2B6": (POOR, INTERMEDIATE, NORMAL, RAPID, ULTRARAPID),
}
#: Lowest and highest CYP2D6 activity score of a phenotype; three active copies of two are the highest taken.
_SCORES = {POOR: (0.0, 0.0), INTERMEDIATE: (0.25, 1.0), NORMAL: (1.25, 2.25), ULTRARAPID: (2.5, 4.0)}
_ORDER = {"": 0, "weak": 1, "moderate": 2, "strong": 3}
CPIC_SCORE = Evidence(
    "CYP2D6 activity score x 0 beside a strong, x 0.5 beside a moderate inhibitor", "guideline",
    "CPIC guidelines on opioids (Crews 2021) and serotonin reuptake inhibitors (Bousman 2023)",
    "doi:10.1002/cpt.2149, doi:10.1002/cpt.2903",
)  # fmt: skip
STEP_RULE = Evidence(
    "strong inhibitor: poor metabolizer; moderate inhibitor: one step down; strong or moderate inducer: one step up",
    "assumed", "convention, no guideline grades phenoconversion of this enzyme",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """One medicine that moves the enzyme: its role, how strong, whether it decides, and the row it rests on."""

    substance: str
    role: str
    strength: str
    counts: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Shift:
    """The phenotype of one enzyme by genotype, and by genotype and medicines.

    ``phenotype`` and ``effective`` are "" where they are not known; ``bound`` then says what can be said. Scores are
    CYP2D6's, None elsewhere. ``mechanism`` is one sentence that names every responsible medicine.
    """

    enzyme: str
    phenotype: str
    score: float | None
    effective: str
    effective_score: float | None
    bound: str
    actors: tuple[Actor, ...]
    mechanism: str

    @property
    def converted(self) -> bool:
        """True where the medicines turn one known phenotype into another."""
        return bool(self.effective) and self.effective != self.phenotype

    @property
    def rule(self) -> Evidence | None:
        """The rule that the effective phenotype rests on; None where no medicine acts."""
        return None if not self.actors else CPIC_SCORE if self.enzyme == "CYP2D6" else STEP_RULE

    def reason(self) -> Reason | None:
        """The conversion as a reason, both ways in one sentence; None where no medicine acts, no rule speaks, or the
        phenotype stays what it is."""
        if self.rule is None or self.enzyme not in LADDERS or not (self.converted or self.bound):
            return None
        open_ = not self.effective and "see the activity" not in self.bound and "whatever" not in self.mechanism
        tail = f": {self.bound}" if open_ else ""
        return Reason(self.mechanism + tail, (self.rule, *(a.evidence for a in self.actors if a.counts)))


def shift(enzyme: str, call: GeneCall | None, medicines: Iterable[Medicine]) -> Shift:
    """What ``medicines`` make of the phenotype of ``call`` (None for an enzyme without a genotype here)."""
    actors = acting(medicines, enzyme)
    before = phenotypes(call) if call is not None else ()
    strengths = {k: _strongest(actors, k) for k in ("inhibitor", "inducer")}
    after, effective_score = _after(enzyme, call, before, strengths)
    known = len(before) == 1
    effective = after[0] if len(after) == 1 and known else ""
    score = call.activity_score if call and call.known else None
    return Shift(
        enzyme,
        before[0] if known else "",
        score,
        effective,
        effective_score,
        _bound(enzyme, before, after, strengths),
        actors,
        _mechanism(enzyme, actors, before, after, (score, effective_score)),
    )


def pool(enzyme: str) -> str:
    """The enzyme a role speaks of in our terms: every CYP3A is one pool, named CYP3A4."""
    return "CYP3A4" if enzyme.startswith("CYP3A") else enzyme


def acting(medicines: Iterable[Medicine], enzyme: str) -> tuple[Actor, ...]:
    """The inhibitors and inducers of an enzyme among the medicines; ``counts`` marks the strongest of each kind."""
    found: dict[tuple[str, str], drugs.Role] = {}
    for medicine in medicines:
        for role in drugs.roles(medicine.substance) if medicine.recognized else ():
            key = (role.substance, role.role)
            if role.role == "substrate" or pool(role.enzyme) != enzyme:
                continue
            if key not in found or _ORDER[role.strength] > _ORDER[found[key].strength]:
                found[key] = role
    made = []
    for (substance, kind), role in found.items():
        top = max(_ORDER[r.strength] for (_, k), r in found.items() if k == kind)
        made.append(Actor(substance, kind, role.strength, _ORDER[role.strength] == top, role.evidence))
    return tuple(sorted(made, key=lambda a: (a.role, -_ORDER[a.strength], a.substance)))


def _strongest(actors: Sequence[Actor], kind: str) -> tuple[str, ...]:
    """The strengths that may count, weakest first: one, or a range where an ungraded agent could be stronger."""
    mine = [a.strength for a in actors if a.role == kind]
    if not mine:
        return ()
    graded = max((s for s in mine if s), key=_ORDER.__getitem__, default="")
    if "" not in mine or graded == "strong":
        return (graded,)
    return tuple(s for s in ("weak", "moderate", "strong") if _ORDER[s] >= max(1, _ORDER[graded]))


def phenotypes(call: GeneCall) -> tuple[str, ...]:
    """The phenotypes a call allows, slowest first; () where it was not read, is indeterminate or cannot be placed."""
    ladder = LADDERS.get(call.gene, (POOR, INTERMEDIATE, NORMAL))
    names = [call.phenotype] if call.status != "not covered" else []
    if call.status == "ambiguous":
        names += [a.rpartition(":")[2] for a in call.alternatives]
    places = {enzymes.standard_phenotype(n).removeprefix("likely ").removeprefix("possible ") for n in names if n}
    known = tuple(p for p in ladder if p.lower() in places)
    return known if len(known) == len(places) else ()


def score_phenotype(score: float) -> str:
    """The CYP2D6 phenotype of an activity score (Caudle 2020); ValueError below 0."""
    if score < 0:
        raise ValueError(f"an activity score is at least 0, not {score:g}")
    return POOR if score == 0 else INTERMEDIATE if score < 1.25 else NORMAL if score <= 2.25 else ULTRARAPID


def converted(gene: str, phenotype: str, inhibitor: str = "", inducer: str = "") -> str:
    """The phenotype after a graded inhibitor or inducer, by the step rule; "" where both act and oppose each other."""
    ladder = LADDERS[gene]
    at = ladder.index(phenotype)
    down, up = inhibitor in ("strong", "moderate"), inducer in ("strong", "moderate")
    if at == 0 or not (down or up):
        return phenotype
    if inhibitor == "strong":
        return POOR if not up else ""
    if down and up:
        return ""
    if up:
        return ladder[min(at + 1, len(ladder) - 1)]
    return ladder[max(0, min(at, ladder.index(NORMAL) + 1) - 1)]


def _after(
    enzyme: str, call: GeneCall | None, before: tuple[str, ...], strengths: dict[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], float | None]:
    """Phenotypes that the medicines may leave, slowest first, and CYP2D6's effective score where it is one number."""
    ladder = LADDERS.get(enzyme)
    if ladder is None or call is None:
        moved = [s for kind in strengths.values() for s in kind if s != "weak"]
        return (before if not moved else ()), None
    start = before or ladder
    inhibitors, inducers = strengths["inhibitor"] or ("",), strengths["inducer"] or ("",)
    if enzyme != "CYP2D6":
        made = {converted(enzyme, p, i, j) for p in start for i in inhibitors for j in inducers}
        if "" in made:
            # They oppose each other: anything from inhibited alone to induced alone.
            made = {converted(enzyme, p, i, "") for p in start for i in inhibitors}
            made |= {converted(enzyme, p, "", j) for p in start for j in inducers}
        span = [ladder.index(p) for p in made]
        return ladder[min(span) : max(span) + 1], None
    exact = call.activity_score if call.known else None
    reached, scores = set(), set()
    for factor in {SCORE_FACTOR.get(i, 1.0) for i in inhibitors}:
        spans = [(exact, exact)] if exact is not None else [_SCORES[p] for p in start]
        for low, high in spans:
            reached |= {score_phenotype(low * factor), score_phenotype(high * factor)}
            scores |= {low * factor, high * factor}
    span = [ladder.index(p) for p in reached]
    return ladder[min(span) : max(span) + 1], scores.pop() if len(scores) == 1 and before else None


def _bound(enzyme: str, before: tuple[str, ...], after: tuple[str, ...], strengths: dict[str, tuple[str, ...]]) -> str:
    """What can be said where the effective phenotype is not one known word; "" where it is."""
    if len(before) == 1 and len(after) == 1:
        return ""
    if not any(strengths.values()):
        return (
            "" if len(before) == 1 else "unknown, not normal: " + (" or ".join(before) or "the genotype was not read")
        )
    if enzyme not in LADDERS:
        return "no rule turns this into a phenotype: see the activity" if not after else ""
    if strengths["inhibitor"] and strengths["inducer"] and len(after) != 1:
        return "an inhibitor and an inducer oppose each other: no rule gives a phenotype; see the activity"
    said = after[0] if len(after) == 1 else f"{after[0]} to {after[-1]}"
    whose = "whatever the genotype" if not before else "by what the genotype allows"
    return f"{said}, {whose}"


def _mechanism(
    enzyme: str,
    actors: Sequence[Actor],
    before: tuple[str, ...],
    after: tuple[str, ...],
    scores: tuple[float | None, float | None],
) -> str:
    """One sentence: who does what to the enzyme, and what comes of it."""
    if not actors:
        return f"no medicine listed is known to inhibit or induce {enzyme}"
    told = []
    for a in actors:
        degree = f"{a.strength} " if a.strength else "ungraded "
        told.append(f"{a.substance} ({degree}{a.role}{'' if a.counts else ', a stronger one counts'})")
    own, left = (f" (score {s:g})" if enzyme == "CYP2D6" and s is not None else "" for s in scores)
    if enzyme not in LADDERS:
        tail = "its activity changes; no rule makes a phenotype of that"
    elif len(before) != 1 and len(after) == 1:
        tail = f"acts as {after[0]}, whatever the genotype"
    elif len(before) != 1:
        tail = "the genotype is not known, so the effective phenotype is not"
    elif before[0] == POOR:
        tail = "a poor metabolizer has nothing to convert"
    elif len(after) != 1:
        tail = f"{before[0]}{own} by genotype, open with these medicines"
    elif after == before:
        tail = f"{before[0]}{own} by genotype, and still with these medicines"
    else:
        tail = f"{before[0]}{own} by genotype acts as {after[0]}{left}"
    return f"{enzyme}: {', '.join(told)}: {tail}"
