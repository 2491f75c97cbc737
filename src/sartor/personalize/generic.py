"""The brief for anybody with this disease: what a good molecule must do before any patient is known.

Bounds are the customary ones of medicinal chemistry, kept wide enough that a decent share of sensible molecules meets
all of them. A rule may tighten them for a patient; an order may overrule them.
"""

from __future__ import annotations

from sartor.core import Constraint, DesignBrief, Desirability, Evidence, Objective, Patient, Reason, Target

from .brain import brain_wanted, kept_out_for_all
from .place import brain_disease, malignant
from .unread import unread

#: Names in the generic brief that rules refer to.
POTENCY = "potency on the target"
HEART_OBJECTIVE = "cardiac safety"
HEART_CONSTRAINT = "cardiac channel"
MUTAGENICITY = "mutagenicity"
ALERTS = "structural alerts"


ERTL = ("Ertl & Schuffenhauer 2009, J Cheminform 1:8", "doi:10.1186/1758-2946-1-8", "measured")
USAGE = ("convention of lead optimization", "", "assumed")
ICH_QT = ("ICH S7B/E14", "", "guideline")

#: name, scorer, unit, worth 0 and worth 1 at, weight, why, claim, source. Worth 0 lies where no molecule should be
#: given up for this alone: the total is a geometric mean, and a zero would end it.
_SOFT: tuple[tuple[str, str, str, tuple[float, float], float, str, str, tuple[str, str, str]], ...] = (
    ("drug-likeness", "qed", "score", (0.1, 0.7), 1.0,
     "oral drugs are mostly drug-like", "QED of oral drugs",
     ("Bickerton 2012, Nat Chem 4:90", "doi:10.1038/nchem.1243", "measured")),
    ("ease of synthesis", "sa_score", "score 1-10", (6.0, 2.5), 1.0,
     "somebody has to make it", "synthetic accessibility from fragments and complexity", ERTL),
    ("solubility", "solubility", "log mol/L", (-7.5, -4.0), 1.0,
     "an oral medicine has to dissolve", "most oral drugs dissolve to 10 uM or more; 100 uM is comfortable", USAGE),
    ("metabolic stability", "hlm_stability", "probability stable", (0.0, 0.7), 1.0,
     "a molecule that liver microsomes eat at once needs high doses", "stability in human liver microsomes", USAGE),
    ("absorption", "caco2", "log cm/s", (-6.5, -5.0), 1.0,
     "an oral medicine has to cross the gut wall", "Caco-2 permeability above about 10^-5 cm/s goes with absorption",
     ("Artursson & Karlsson 1991, Biochem Biophys Res Commun 175:880", "", "measured")),
    (HEART_OBJECTIVE, "herg", "probability", (0.8, 0.2), 1.0,
     "hERG block prolongs the QT interval", "hERG block and delayed repolarization", ICH_QT),
)  # fmt: skip

#: name, scorer, unit, at most, why, claim, source.
_HARD: tuple[tuple[str, str, str, float, str, str, tuple[str, str, str]], ...] = (
    (HEART_CONSTRAINT, "herg", "probability", 0.5,
     "more likely a hERG blocker than not is not acceptable", "hERG block and delayed repolarization", ICH_QT),
    (MUTAGENICITY, "ames", "probability", 0.5,
     "more likely mutagenic than not is not acceptable", "bacterial mutagenicity", ("ICH M7(R2)", "", "guideline")),
    (ALERTS, "alerts", "count", 1.0,
     "reactive and promiscuous groups mislead assays and harm; many drugs hold one, so one is let through",
     "structural alerts", ("Brenk 2008, ChemMedChem 3:435; Baell & Holloway 2010, J Med Chem 53:2719", "", "measured")),
    ("synthesizable", "sa_score", "score 1-10", 4.5,
     "above this few molecules are made", "catalogue molecules mostly lie below 4.5", ERTL),
    ("size", "molecular_weight", "Da", 600.0,
     "larger molecules are rarely absorbed by mouth",
     "oral drugs beyond 500 Da thin out; 600 Da leaves room for kinase inhibitors",
     ("Lipinski 1997, Adv Drug Deliv Rev 23:3", "", "measured")),
)  # fmt: skip


def _why(text: str, claim: str, source: tuple[str, str, str]) -> tuple[Reason, ...]:
    name, source_id, kind = source
    return (Reason(text, (Evidence(claim, kind, name, source_id),)),)  # type: ignore[arg-type]


def potency(target: Target) -> Objective:
    """The wish for potency on the wild-type protein of ``target``."""
    claim = f"{target.gene} is the target; weaker than 1 uM is not a lead, 10 nM is potent enough"
    (reason,) = _why(f"the molecule is to act on {target.gene}", claim, USAGE)
    because = (Reason(reason.text, (*target.evidence, *reason.evidence)),)
    settings = {"target": target.gene}
    return Objective(POTENCY, "potency", "pIC50", Desirability((6.0, 8.0)), 4.0, because, settings)


def objectives(target: Target) -> tuple[Objective, ...]:
    """The soft part, the same for every patient."""
    rest = (
        Objective(name, scorer, unit, Desirability(points), weight, _why(text, claim, source))
        for name, scorer, unit, points, weight, text, claim, source in _SOFT
    )
    return (potency(target), *rest)


def constraints() -> tuple[Constraint, ...]:
    """The hard part, the same for every patient."""
    return tuple(
        Constraint(name, scorer, unit, "below", limit, _why(text, claim, source))
        for name, scorer, unit, limit, text, claim, source in _HARD
    )


def generic_brief(disease: str, target: Target, patient_id: str = "null-patient") -> DesignBrief:
    """The brief for a person of whom nothing was read: what ``write_brief`` gives the null patient."""
    soft, hard = objectives(target), constraints()
    if brain_disease(disease):
        wish, bound = brain_wanted(disease, personal=False)
        soft, hard = (*soft, wish), (*hard, bound)
    elif not malignant(disease):
        soft = (*soft, kept_out_for_all(disease))
    return DesignBrief(patient_id, disease, target, soft, hard, unknowns=unread(Patient()))
