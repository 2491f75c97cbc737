"""Terms from structure alone: alerts by set, cationic amphiphiles, the lipophilicity half of dose rules.

Each rule states its formula, source and doubt; none of them clears a molecule.
"""

from __future__ import annotations

import numpy as np

from sartor.chem.basicity import Base, strongest_bases
from sartor.chem.properties import logp, molecular_weight, tpsa
from sartor.chem.substructure import has_match
from sartor.core import Evidence, MolBatch
from sartor.facts.groups import oxidant_groups
from sartor.facts.safety_alerts import SafetyAlert, safety_alerts

from .nouns import Level, Term

LOGP_DOUBT = (
    0.7  # root mean square error of Crippen's log P on its own data (Wildman 1999, J Chem Inf Comput Sci 39:868)
)
_PLOEMEN = Evidence(
    "cationic amphiphiles with pKa^2 + logP^2 of 90 or more (pKa >= 8, logP >= 1) load lysosomes with phospholipid",
    "measured", "Ploemen 2004, Exp Toxicol Pathol 55:347", "doi:10.1078/0940-2993-00338",
)  # fmt: skip
_TWO = Evidence(
    "a daily dose of 100 mg or more with logP of 3 or more raises the odds of liver injury (rule of two)",
    "measured", "Chen 2013, Hepatology 58:388", "doi:10.1002/hep.26208",
)  # fmt: skip
_HUGHES = Evidence(
    "logP over 3 with a polar surface under 75 A^2 goes with more toxicity in animals at a given exposure (3/75 rule)",
    "measured", "Hughes 2008, Bioorg Med Chem Lett 18:4872", "doi:10.1016/j.bmcl.2008.07.071",
)  # fmt: skip
_PXR = Evidence(
    "large lipophilic molecules without a charged group fill the pocket of PXR",
    "measured", "Gao 2007, Xenobiotica 37:124; Ekins 2009, PLoS Comput Biol 5:e1000594",
)  # fmt: skip


def found_alerts(mols: MolBatch, name: str) -> list[tuple[SafetyAlert, ...]]:
    """The alerts of one set that each molecule holds, in the order of the table."""
    listed = safety_alerts(name)
    hit = has_match(mols, tuple(a.smarts for a in listed))
    return [tuple(a for a, h in zip(listed, row, strict=True) if h) for row in hit]


def alert_term(found: tuple[SafetyAlert, ...], name: str, level: Level, effects: tuple[str, ...] = ()) -> Term:
    """One term for all alerts of a set; silent where none was found."""
    if not found:
        return Term(name, "alert", "silent", "no listed pattern is there, which clears nothing", "count", 0.0)
    why = "; ".join(dict.fromkeys(f"{a.name} ({a.words})" for a in found))
    evidence = tuple(a.evidence for a in found)
    return Term(name, "alert", level, why, "count", float(len(found)), effects=effects, evidence=evidence)


def oxidant_terms(mols: MolBatch) -> list[Term]:
    """Groups that load red cells with oxidant (rule ``red_cells``); a danger in G6PD deficiency above all."""
    groups = oxidant_groups()
    hit = has_match(mols, tuple(g.smarts for g in groups))
    out = []
    for row in hit:
        found = [g for g, h in zip(groups, row, strict=True) if h]
        if not found:
            out.append(Term("oxidant_alerts", "alert", "silent", "no listed oxidant group, which clears nothing"))
            continue
        evidence = tuple(Evidence(g.name, "assumed", g.source, version=g.version) for g in found)
        why = "loads red cells with oxidant: " + ", ".join(g.name for g in found)
        out.append(
            Term("oxidant_alerts", "alert", "raised", why, "count", float(len(found)),
                 effects=("red_cell_oxidation",), evidence=evidence)
        )  # fmt: skip
    return out


def phospholipidosis_terms(mols: MolBatch) -> list[Term]:
    """Ploemen's rule with the doubt of both inputs.

    Formula: pKa >= 8, logP >= 1 and pKa^2 + logP^2 >= 90. *high* where it holds at the unfavourable end of both
    intervals, *raised* where it holds at the values, *unknown* where only at the favourable end, else *low*.
    Doubt: pKa by additive rules (about 1 unit), log P by atoms (0.7); published accuracy of the rule with measured or
    commercial inputs is 0.7 to 0.8 on some hundred drugs; it misses macrolides and aminoglycosides.
    """
    return [_ploemen(base, float(c)) for base, c in zip(strongest_bases(mols), logp(mols), strict=True)]


def ploemen(pka: float, log_p: float) -> bool:
    """Whether the rule holds for a pKa and a log P."""
    return pka >= 8.0 and log_p >= 1.0 and pka**2 + log_p**2 >= 90.0


def _ploemen(base: Base, c: float) -> Term:
    p, d = base.pka, base.doubt
    ends = [ploemen(p - d, c - LOGP_DOUBT), ploemen(p, c), ploemen(p + d, c + LOGP_DOUBT)]
    level: Level = "high" if ends[0] else "raised" if ends[1] else "unknown" if ends[2] else "low"
    if base.atom < 0:
        level, why = "low", f"no basic centre by rule (logP {c:.1f})"
    else:
        score = p**2 + c**2
        why = f"{base.kind}, pKa {p:.1f} ± {d:.1f} by rule, logP {c:.1f} ± {LOGP_DOUBT}: {score:.0f} against 90"
    return Term("phospholipidosis_rule", "rule", level, why, "pKa^2 + logP^2",
                None if base.atom < 0 else round(p**2 + c**2, 1),
                core=True, effects=("phospholipidosis",), evidence=(_PLOEMEN,))  # fmt: skip


def dose_rule_terms(mols: MolBatch) -> list[Term]:
    """The halves of the rule of two and of the 3/75 rule that a structure without a dose can meet; never more than a
    remark (silent), since the dose decides."""
    out = []
    for c, surface in zip(logp(mols), tpsa(mols), strict=True):
        if c < 3.0:
            why = f"logP {c:.1f}: under 3, so the rule of two is not met at any dose"
        else:
            why = f"logP {c:.1f}: the rule of two is met from a daily dose of 100 mg (the dose is not known)"
            why += f"; 3/75 rule met as well (polar surface {surface:.0f})" if surface < 75 else ""
        out.append(Term("dose_rules", "rule", "silent", why, "logP", round(float(c), 2), evidence=(_TWO, _HUGHES)))
    return out


def pxr_rule_terms(mols: MolBatch) -> list[Term]:
    """PXR activation by size and lipophilicity, for use where no model is installed.

    Formula: *raised* where logP is 3 or more and the weight 300 to 600 Da, *low* where logP is under 1 or the weight
    under 250 Da, else *unknown*. Doubt: large; its measured precision stands in docs/side_effects.md.
    """
    out = []
    for c, w in zip(logp(mols), molecular_weight(mols), strict=True):
        level: Level = "raised" if c >= 3.0 and 300 <= w <= 600 else "low" if c < 1.0 or w < 250 else "unknown"
        why = f"by rule: logP {c:.1f}, {w:.0f} Da"
        out.append(Term("pxr_rule", "rule", level, why, "", effects=("induction",), evidence=(_PXR,)))
    return out


def all_sets(mols: MolBatch) -> dict[str, list[tuple[SafetyAlert, ...]]]:
    """Every set's alerts, computed once for a batch."""
    return {name: found_alerts(mols, name) for name in ("tdi", "reactive", "mutagen", "sensitizer", "phototoxic",
                                                        "teratogen")}  # fmt: skip


def counts(found: list[tuple[SafetyAlert, ...]]) -> np.ndarray:
    """How many alerts each molecule holds ``(n,)``."""
    return np.array([len(f) for f in found], dtype=int)
