"""The brief for anybody with this disease: what a good molecule must do before any patient is known.

Bounds are the customary ones of medicinal chemistry, kept wide enough that a decent share of sensible molecules meets
all of them. A rule may tighten them for a patient; an order may overrule them.
"""

from __future__ import annotations

from sartor.core import Constraint, DesignBrief, Desirability, Evidence, Objective, Patient, Reason, Target

from .brain import brain_disease, brain_wanted
from .unread import unread

#: Names in the generic brief that rules refer to.
POTENCY = "potency on the target"
HEART_OBJECTIVE = "cardiac safety"
HEART_CONSTRAINT = "cardiac channel"
MUTAGENICITY = "mutagenicity"
ALERTS = "structural alerts"


def _why(text: str, claim: str, source: str, source_id: str = "", kind: str = "assumed") -> tuple[Reason, ...]:
    return (Reason(text, (Evidence(claim, kind, source, source_id),)),)  # type: ignore[arg-type]


def potency(target: Target) -> Objective:
    """The wish for potency on the wild-type protein of ``target``."""
    because = _why(
        f"the molecule is to act on {target.gene}",
        f"{target.gene} is the target; below 10 uM there is little effect, 10 nM is potent enough",
        "convention of lead optimization",
    )
    if target.evidence:
        because = (Reason(because[0].text, target.evidence + because[0].evidence),)
    settings = {"target": target.gene}
    return Objective(POTENCY, "potency", "pIC50", Desirability((5.0, 8.0)), 3.0, because, settings)


def objectives(target: Target) -> tuple[Objective, ...]:
    """The soft part, the same for every patient."""
    return (
        potency(target),
        Objective(
            "drug-likeness",
            "qed",
            "score",
            Desirability((0.1, 0.7)),
            1.0,
            _why(
                "oral drugs are mostly drug-like",
                "QED of oral drugs",
                "Bickerton 2012, Nat Chem 4:90",
                "doi:10.1038/nchem.1243",
                "measured",
            ),
        ),
        Objective(
            "ease of synthesis",
            "sa_score",
            "score 1-10",
            Desirability((6.0, 2.5)),
            1.0,
            _why(
                "somebody has to make it",
                "synthetic accessibility from fragments and complexity",
                "Ertl & Schuffenhauer 2009, J Cheminform 1:8",
                "doi:10.1186/1758-2946-1-8",
                "measured",
            ),
        ),
        Objective(
            "solubility",
            "solubility",
            "log mol/L",
            Desirability((-7.5, -4.0)),
            1.0,
            _why(
                "an oral medicine has to dissolve",
                "most oral drugs dissolve to 10 uM or more; 100 uM is comfortable",
                "convention of lead optimization",
            ),
        ),
        Objective(
            "metabolic stability",
            "hlm_stability",
            "probability",
            Desirability((0.0, 0.7)),
            1.0,
            _why(
                "a molecule that liver microsomes eat at once needs high doses",
                "stability in human liver microsomes",
                "convention of lead optimization",
            ),
        ),
        Objective(
            "absorption",
            "caco2",
            "log cm/s",
            Desirability((-7.5, -5.0)),
            0.5,
            _why(
                "an oral medicine has to cross the gut wall",
                "Caco-2 permeability above about 10^-5 cm/s goes with full absorption",
                "Artursson & Karlsson 1991, Biochem Biophys Res Commun 175:880",
                "",
                "measured",
            ),
        ),
        Objective(
            HEART_OBJECTIVE,
            "herg",
            "probability",
            Desirability((0.8, 0.2)),
            1.0,
            _why(
                "hERG block prolongs the QT interval",
                "hERG block and delayed repolarization",
                "ICH S7B/E14",
                "",
                "guideline",
            ),
        ),
    )


def constraints() -> tuple[Constraint, ...]:
    """The hard part, the same for every patient."""
    return (
        Constraint(
            HEART_CONSTRAINT,
            "herg",
            "probability",
            "below",
            0.5,
            _why(
                "more likely a hERG blocker than not is not acceptable",
                "hERG block and delayed repolarization",
                "ICH S7B/E14",
                "",
                "guideline",
            ),
        ),
        Constraint(
            MUTAGENICITY,
            "ames",
            "probability",
            "below",
            0.5,
            _why(
                "more likely mutagenic than not is not acceptable",
                "bacterial mutagenicity",
                "ICH M7(R2)",
                "",
                "guideline",
            ),
        ),
        Constraint(
            ALERTS,
            "alerts",
            "count",
            "below",
            1.0,
            _why(
                "reactive and promiscuous groups mislead assays and harm; many drugs hold one, so one is let through",
                "structural alerts",
                "Brenk 2008, ChemMedChem 3:435; Baell & Holloway 2010, J Med Chem 53:2719",
                "",
                "measured",
            ),
        ),
        Constraint(
            "synthesizable",
            "sa_score",
            "score 1-10",
            "below",
            4.5,
            _why(
                "above this few molecules are made",
                "synthetic accessibility: catalogue molecules mostly lie below 4.5",
                "Ertl & Schuffenhauer 2009, J Cheminform 1:8",
                "doi:10.1186/1758-2946-1-8",
                "measured",
            ),
        ),
        Constraint(
            "size",
            "molecular_weight",
            "Da",
            "below",
            600.0,
            _why(
                "larger molecules are rarely absorbed by mouth",
                "oral drugs beyond 500 Da thin out; 600 Da leaves room for kinase inhibitors",
                "Lipinski 1997, Adv Drug Deliv Rev 23:3",
                "",
                "measured",
            ),
        ),
    )


def generic_brief(disease: str, target: Target, patient_id: str = "null-patient") -> DesignBrief:
    """The brief for a person of whom nothing was read: what ``write_brief`` gives the null patient."""
    soft, hard = objectives(target), constraints()
    if brain_disease(disease):
        wish, bound = brain_wanted(disease, personal=False)
        soft, hard = (*soft, wish), (*hard, bound)
    return DesignBrief(patient_id, disease, target, soft, hard, unknowns=unread(Patient()))
