"""An invented dossier with invented numbers, for tests of the page only: it must never be shown as a result."""

# ruff: noqa: E501 -- a table of test data reads better in long rows
from __future__ import annotations

import itertools

import numpy as np

from sartor.chem.parse import canonical
from sartor.core import (
    Body,
    Candidate,
    Card,
    Constraint,
    DesignBrief,
    Desirability,
    Dossier,
    Evidence,
    GeneCall,
    Ledger,
    Lineage,
    Medicine,
    Objective,
    Patient,
    Reading,
    Reason,
    Target,
    TumorVariant,
)
from sartor.report.view import Illustrations

TOY = "invented for a test"
TAILS = ["C", "CC", "C(C)C", "CCC", "FC", "C1CC1", "COCC", "CNC(=O)C", "CS(=O)(=O)C", "OCC", "CN(C)CC", "FC(F)C"]
HEADS = ["n1cc(-c2ccnc(N{})n2)c2ccccc21", "Oc1cc2ncnc(N{})c2cc1OC", "Oc1cnc(N{})nc1Nc1ccccc1", "c1ccc2c(c1)nc(N{})s2"]
LINKS = ["", "C", "C(=O)", "CC", "C(C)", "S(=O)(=O)", "C(=O)C"]
RINGS = ["c3ccc(F)c(Cl)c3", "c3ccc(N4CCN(C)CC4)cc3OC", "c3cccc(NC(=O)C=C)c3", "c3ccc(OCCN4CCCC4)cc3", "c3ccc(C#N)cc3F"]


def why(
    text: str, kind: str = "guideline", source: str = "CPIC", ident: str = "guideline", version: str = "2024"
) -> Reason:
    return Reason(text, (Evidence(f"{text} ({TOY})", kind, source, ident, version),))  # type: ignore[arg-type]


PATIENT = Patient(
    "toy-person-7",
    {
        "CYP2D6": GeneCall("CYP2D6", "*4/*4", "Poor Metabolizer", "outside", 0.0, source=TOY),
        "CYP2C19": GeneCall("CYP2C19", "*1/*2", "Intermediate Metabolizer", "called", 1.0),
        "DPYD": GeneCall(
            "DPYD", "", "", "not covered", missing=("chr1:97515787", "chr1:97450058"), why="positions absent"
        ),
        "TPMT": GeneCall(
            "TPMT", "*3A/*1", "Intermediate Metabolizer", "ambiguous", alternatives=("*3B/*3C: Poor Metabolizer",)
        ),
    },
    (TumorVariant("EGFR", "L858R", 0.41, 312), TumorVariant("EGFR", "T790M", 0.18, 290), TumorVariant("TP53", "R273H")),
    (
        Medicine("Seroxat", "paroxetine", "20 mg/d"),
        Medicine("Zyxol <forte>", "", "1 tablet"),
        Medicine("Zocor", "simvastatin"),
    ),
    ("hypertension",),
    Body(age_years=63, sex="female", weight_kg=58, egfr_ml_min=52, qt_prolonged=True),
)

BRIEF = DesignBrief(
    PATIENT.id,
    "lung adenocarcinoma (invented case)",
    Target("EGFR", ("L858R", "T790M"), (Evidence("driver in this tumour", "measured", "tumour file", "EGFR L858R"),)),
    (
        Objective("potency on EGFR", "potency", "pIC50", Desirability((5.5, 8.0)), 2.0, (why("the tumour is driven by EGFR L858R + T790M", "measured", "tumour file", "", ""),), {"target": "EGFR"}, True),
        Objective("exposure in this patient", "exposure_ratio", "AUC ratio", Desirability((3.0, 1.3)), 1.0, (why("CYP2D6 *4/*4 and paroxetine leave no CYP2D6 clearance"),), {}, True),
        Objective("drug-likeness", "qed", "score", Desirability((0.2, 0.7)), 1.0, (why("generic: oral small molecule", "assumed", "house", "", ""),)),
        Objective("lipophilicity", "logp", "log P", Desirability((0.5, 2.0, 4.0, 6.0)), 0.7, (why("generic: permeability against clearance", "assumed", "house", "", ""),)),
        Objective("solubility", "solubility", "log mol/L", Desirability((-6.0, -4.0)), 0.5, (why("generic: oral absorption", "assumed", "house", "", ""),)),
    ),
    (
        Constraint("cardiac channel", "herg", "probability", "below", 0.35, (why("QT is prolonged", "guideline", "ICH", "S7B", "2005"),), {}, True),
        Constraint("CYP3A4 inhibition", "cyp3a4_inhibition", "probability", "below", 0.5, (why("simvastatin is cleared by CYP3A4"),), {}, True),
        Constraint("structural alerts", "alerts", "count", "below", 0, (why("generic: PAINS and reactive groups", "assumed", "house", "", ""),)),
        Constraint("size", "molecular_weight", "Da", "below", 550, (why("generic: oral absorption", "assumed", "house", "", ""),)),
    ),
    ("selectivity over wild-type EGFR cannot be predicted (invented)",),
    (why("QT is prolonged", "measured", "record", "", ""), why("kidney filtration 52 mL/min", "measured", "record", "", "")),
)  # fmt: skip

SPREAD = {"pIC50": 0.7, "AUC ratio": 0.4, "log mol/L": 0.6, "probability": 0.12}


def smiles(n: int) -> list[str]:
    """Up to n distinct valid molecules; every combination of four toy sets."""
    out: dict[str, None] = {}
    for link, ring, head, tail in itertools.product(LINKS, RINGS, HEADS, TAILS):
        text = canonical(tail + head.format(link + ring))
        assert text
        out[text] = None
        if len(out) == n:
            break
    return list(out)


def readings(rng: np.random.Generator, luck: float, poor: bool = False) -> dict[str, Reading]:
    means = {"potency on EGFR": (5.6 + 2.3 * luck, 0.6), "exposure in this patient": (2.6 - 1.1 * luck, 0.35),
             "drug-likeness": (0.45 + 0.3 * luck, 0.1), "lipophilicity": (4.2 - 0.9 * luck, 0.7),
             "solubility": (-5.2 + 0.8 * luck, 0.5), "cardiac channel": (0.5 - 0.25 * luck, 0.1),
             "CYP3A4 inhibition": (0.5 - 0.2 * luck, 0.12), "structural alerts": (0.9 - luck, 0.5),
             "size": (470 - 30 * luck, 35)}  # fmt: skip
    out = {}
    for ask in (*BRIEF.objectives, *BRIEF.constraints):
        mean, sd = means[ask.name]
        v = float(rng.normal(mean, sd * (0.5 if poor else 1.0)))
        v = (
            float(np.clip(v, 0, 1))
            if ask.unit in ("probability", "score")
            else max(round(v), 0)
            if ask.unit == "count"
            else v
        )
        v = max(v, 1.0) if ask.unit == "AUC ratio" else v
        half = SPREAD.get(ask.unit, 0.0)
        low, high = v - half, v + half
        if ask.unit == "probability":
            low, high = max(low, 0.0), min(high, 1.0)
        out[ask.name] = Reading(float(v), float(low), float(high), bool(rng.random() > 0.12))
    return out


def candidate(text: str, got: dict[str, Reading], round_: int) -> Candidate:
    worth = {o.name: float(o.desirability(np.asarray(got[o.name].value))) for o in BRIEF.objectives}
    weight = sum(o.weight for o in BRIEF.objectives)
    total = float(np.prod([worth[o.name] ** (o.weight / weight) for o in BRIEF.objectives]))
    unmet = tuple(c.name for c in BRIEF.constraints if not bool(c.met(np.asarray(got[c.name].value))))
    return Candidate(
        text, got, worth, total, unmet, Lineage("language-model", (), round_), "kept" if not unmet else "constraint"
    )


def build(tried: int = 60, listed: int = 4) -> tuple[Dossier, Patient, Ledger, Illustrations]:
    """A dossier, its patient, ledger and illustrations, all invented."""
    rng = np.random.default_rng(7)
    texts = smiles(tried)
    ledger = Ledger([candidate(t, readings(rng, i / tried), i * 20 // tried) for i, t in enumerate(texts)])
    ledger.turned_away.update({"does not parse": 41, "seen before": 120, "known drug": 2})
    ledger.history = [{"round": 0.0, "best": 0.2}, {"round": 1.0, "best": float("nan")}]
    ledger.stopped = "the budget of molecules is spent"
    picked = []
    for rank, c in enumerate(ledger.best(listed), 1):
        said = (
            why("For it: potency on EGFR 8.1 pIC50 [7.4, 8.8], 100% of what is wanted.", "predicted", "scorer potency", "", "toy"),
            why("In this patient: exposure 1.9 AUC ratio against 1 in a person of whom nothing is known, because of CYP2D6 *4/*4.", "predicted", "scorer exposure_ratio", "", "toy"),
        )  # fmt: skip
        picked.append(Candidate(c.smiles, c.readings, c.worth, c.total, c.unmet, c.lineage, c.fate, rank, said))
    limits = (
        "Not assessed: dose & <formulation>",
        "Unknown: DPYD was not covered",
        "Assay: hERG patch clamp",
        "a bare line",
    )
    provenance = {"date": "2026-01-01", "version.sartor": "0.0-test", "seed": "7", "order": "ab12" * 16, "note": TOY}
    dossier = Dossier(BRIEF, tuple(picked), limits, provenance, {"prior_median_total": 0.11})
    weights = {c.smiles: {a: float(w) for a, w in enumerate(rng.normal(0, 0.3, 24))} for c in picked}
    near = {c.smiles: [(texts[0], 7.7, 0.61), (texts[5], 6.2, 0.55), (texts[11], 8.0, 0.41)] for c in picked}
    cards = (
        Card("potency", "pIC50", "higher is better", "EGFR potency, " + TOY, "near its training data", "CC BY-SA", "toy set",
             metrics={"R² (scaffold split)": "0.61 [0.55, 0.66]", "RMSE": "0.71 [0.66, 0.76]"}),
        Card("exposure_ratio", "AUC ratio", "lower is better", "exposure against a reference person", "all", "Apache-2.0", "toy",
             reads=("genes.CYP2D6", "medicines")),
    )  # fmt: skip
    changes = (
        why(
            "Were it not for taking paroxetine: 3 fewer candidates would break a constraint.",
            "predicted",
            "toy",
            "",
            "",
        ),
    )
    shown = Illustrations(cards, weights, "potency on EGFR", 0.6, near, changes)
    return dossier, PATIENT, ledger, shown
