"""Cards of what the organs use beside the installed scorers: the panel, the alerts, the rules, the resemblances."""

from __future__ import annotations

from sartor.core import Card
from sartor.core.card import Direction

from .panel import heads, not_measured
from .person import READS

_DOWN: Direction = "lower is better"


#: Cards that are the same whatever is shipped.
_FIXED: tuple[Card, ...] = (
    Card(
        "organ_risks",
        "low / raised / high / unknown",
        _DOWN,
        "the worst term decides; low only where every core term is answered and low; one step up where a fact of "
        "the person meets the effect",
        "abstains where a core term is out of domain, not predictable or not installed; low is not safe",
        "Apache-2.0",
        "stated combination; facts of persons: effect_factors.tsv, each row with its source",
        reads=READS,
    ),
    Card(
        "safety_alerts",
        "count",
        _DOWN,
        "patterns of enzyme inactivation, reactive metabolites, mutagens, skin, light and the unborn",
        "listed patterns only: no alert clears nothing; teratogen classes have no labels to be measured on",
        "Apache-2.0 (patterns ours)",
        "reviews named row by row in safety_alerts.tsv",
        metrics={
            "mutagen, Ames test": "recall 0.68, spared 0.82, precision 0.81 at a base rate of 0.52",
            "TDI, known inactivators": "recall 0.81, spared 0.81",
            "reactive, DILIst": "recall 0.22, spared 0.86, precision 0.73 at a base rate of 0.64",
            "sensitizer, lymph node assay": "recall 0.39, spared 0.85, precision 0.85 at a base rate of 0.68",
        },
    ),
    Card(
        "phospholipidosis_rule",
        "pKa^2 + logP^2",
        _DOWN,
        "cationic amphiphiles load lysosomes: 90 or more with pKa >= 8 and logP >= 1; pKa by additive rules",
        "macrolides and aminoglycosides are missed; pKa doubt 1 to 1.5 units, log P 0.7",
        "Apache-2.0",
        "Ploemen 2004, Exp Toxicol Pathol 55:347; Perrin 1981",
        metrics={"60 drugs": "recall 0.73 (0.56 to 0.86), spared 0.93 (0.79 to 0.98)"},
    ),
    Card(
        "pxr_rule",
        "level",
        _DOWN,
        "size and lipophilicity, where the part pxr is not installed or out of domain",
        "weak: half again the base rate where it says raised",
        "Apache-2.0",
        "Gao 2007; Ekins 2009",
        metrics={"EC50 of 3 uM or less": "recall 0.62, spared 0.59, precision 0.15 at a base rate of 0.10"},
    ),
    Card(
        "nearest_drugs",
        "Tanimoto",
        "depends",
        "the three nearest drugs, what they do to enzymes and what became of them",
        "analogy: under 0.35 nothing is said to resemble",
        "CC BY-SA 4.0 (drug tables); facts of Onakpoya 2016 (CC BY) and FDA (public domain)",
        "drug_roles.tsv, drug_harms.tsv",
    ),
)


def cards() -> tuple[Card, ...]:
    """One card per method, with figures measured by ``sartor bench side-effects`` (docs/side_effects.md)."""
    return (*_FIXED[:1], _panel(), *_FIXED[1:])


def _panel() -> Card:
    answered, lacking = len(heads()), len(not_measured())
    return Card(
        "off_target_panel",
        "pIC50",
        _DOWN,
        f"{answered} proteins that a medicine should leave alone, {lacking} more without a model; effects that follow",
        "each head's own domain; no direction (agonist or antagonist); a hit below high is weak evidence",
        "CC BY-SA 3.0 (heads), facts cited row by row",
        "potency card; Bowes 2012, Lynch 2017, Roth 2007, Force 2007, ICH S7B, labels",
        metrics={
            "annotated pairs of launched drugs flagged, in domain": "0.80 (95 % CI 0.76 to 0.83)",
            "other pairs flagged, in domain": "0.50 (0.48 to 0.52)",
            "annotated pairs with a high hit": "0.42 (0.37 to 0.47)",
            "other pairs with a high hit": "0.06 (0.06 to 0.07)",
        },
    )
