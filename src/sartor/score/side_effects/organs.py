"""From terms to an organ's risk, in one stated way, and one step up for a person whose facts meet it.

Formula: *high* where a model, a rule or the panel says high, or an alert of a known human teratogen is there; *raised*
where any term that counts says raised; *low* only where every core term is answered and low, and then with what was
not judged; else *unknown*, with the assays that would answer. Alerts alone reach *raised*. For this person *raised*
becomes *high* where a fact of it makes one of the effects likelier or worse. Unknown stays unknown: no fact of a
person makes an unanswered question an answer. Where model and alert contradict each other both are shown and it is
said (ICH M7's two methods).
Doubt: the worst term decides; terms are not combined into a probability, since nothing here measures how they depend.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sartor.core import PatientView

from .nouns import HARMFUL, Level, OrganRisk, Personal, Term
from .person import not_recorded, personal


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ: parts by name -> (core, effects that follow), and assays by core term or "" for all."""

    parts: Mapping[str, tuple[bool, tuple[str, ...]]]
    assays: tuple[str, ...]


ORGANS: dict[str, Organ] = {
    "heart": Organ(
        {
            "herg": (True, ("qt_prolongation",)),
            "nav15": (False, ("conduction_slowing",)),
            "cav12": (False, ("cardiac_depression",)),
        },
        ("patch clamp on hERG, Nav1.5 and Cav1.2 (ICH S7B)",),
    ),
    "liver": Organ(
        {
            "dili": (True, ("liver_injury",)),
            "bsep": (True, ("liver_injury",)),
            "sr_mmp": (False, ("liver_injury",)),
            "sr_are": (False, ("liver_injury",)),
        },
        (
            "BSEP vesicle assay",
            "hepatocyte spheroids with glutathione trapping",
            "mitochondrial glucose/galactose assay",
        ),
    ),
    "genes": Organ(
        {
            "ames": (True, ("mutagenicity",)),
            "sr_p53": (False, ("mutagenicity",)),
            "sr_atad5": (False, ("mutagenicity",)),
            "carcinogenicity": (False, ("cancer",)),
        },
        ("Ames test, five strains with and without S9 (OECD 471)", "in vitro micronucleus (OECD 487)"),
    ),
    "hormones": Organ(
        {
            "nr_ar": (True, ("androgen_block",)),
            "nr_ar_lbd": (False, ("androgen_block",)),
            "nr_er": (True, ("oestrogen_effect",)),
            "nr_er_lbd": (False, ("oestrogen_effect",)),
            "nr_aromatase": (True, ("oestrogen_loss",)),
            "nr_ppar_gamma": (False, ("oedema",)),
        },
        ("transactivation of AR and ER, aromatase assay (OECD 455, 458)",),
    ),
    "lysosomes": Organ({}, ("LipidTOX or NBD-PE accumulation in HepG2 or macrophages",)),
    "skin": Organ(
        {"skin_reaction": (True, ("skin_sensitization",))},
        ("DPRA and KeratinoSens (OECD 442)", "3T3 neutral red phototoxicity (OECD 432)"),
    ),
    "unborn child": Organ({}, ("embryo-fetal development studies (ICH S5(R3))", "zebrafish or stem-cell embryo assay")),
    "brain": Organ({"bbb": (True, ())}, ("brain to plasma ratio, MDCK-MDR1", "receptor binding panel")),
    "blood": Organ({}, ("G6PD-deficient red cell assay", "CFU-GM colony assay")),
    "whole body": Organ({"clintox": (False, ()), "ld50": (False, ())}, ("acute oral toxicity (OECD 423)",)),
}
PANEL_ASSAY = "secondary pharmacology panel: binding and function at 44 to 80 proteins (Bowes 2012)"


def organ_risk(organ: str, terms: Sequence[Term], view: PatientView) -> OrganRisk:
    """The risk of one organ from its terms, for the molecule and for this person."""
    level = combined(organ, terms)
    counted = [t for t in terms if t.level in HARMFUL]
    open_ = [t for t in terms if t.level == "unknown" and t.core]
    effects = dict.fromkeys(e for t in (counted or open_) for e in t.effects)
    facts = tuple(p for e in effects for p in personal(e, view))
    mine: Level = "high" if level == "raised" and any(not p.minor for p in facts) else level
    missing = tuple(dict.fromkeys(x for e in effects for x in not_recorded(e, view)))
    assays = ORGANS[organ].assays if organ in ORGANS else (PANEL_ASSAY,)
    return OrganRisk(
        organ, level, mine, reasons(organ, level, terms, facts), tuple(terms), facts, missing,
        assays if level != "low" or unjudged(terms) else (),
    )  # fmt: skip


def combined(organ: str, terms: Sequence[Term]) -> Level:
    """See the module's formula. ``bbb`` is exposure of the brain, not harm: it can only lower."""
    counted = [t for t in terms if t.name != "bbb"]
    for level in reversed(HARMFUL):
        if any(t.level == level for t in counted):
            return level
    core = [t for t in terms if t.core]
    if organ == "brain":
        # A molecule that stays out of the brain has few ways to harm it, so this alone may say low.
        return "low" if any(t.name == "bbb" and t.level == "low" for t in terms) else "unknown"
    return "low" if core and all(t.level == "low" for t in core) else "unknown"


def unjudged(terms: Sequence[Term]) -> list[str]:
    """Models of the organ that gave no answer: what a *low* does not speak of."""
    return [t.name for t in terms if t.kind == "model" and t.level == "unknown"]


def reasons(organ: str, level: Level, terms: Sequence[Term], facts: tuple[Personal, ...]) -> tuple[str, ...]:
    """Why the level is what it is: the terms that decided, contradictions, and the person's facts."""
    said = [f"{t.name}: {t.why}" for t in terms if t.level == level or (t.level in HARMFUL and level in HARMFUL)]
    if level == "unknown":
        core = [t for t in terms if t.core]
        said = [f"{t.name}: {t.why}" for t in core if t.level == "unknown"]
        said = said or [f"no model of the {organ} answers; what is listed here can only raise an alarm"]
    if level == "low" and (open_ := unjudged(terms)):
        judged = [t.name for t in terms if t.core]
        said.append(f"low speaks of {', '.join(judged)} alone; not judged: {', '.join(open_)}")
    models = {t.level for t in terms if t.kind == "model" and t.core}
    if "low" in models and any(t.kind == "alert" and t.level in HARMFUL for t in terms):
        said.append("model and alert disagree: the model reads low, a structural alert is there; expert review")
    said += [f"this person: {p.text}" for p in facts]
    return tuple(said)
