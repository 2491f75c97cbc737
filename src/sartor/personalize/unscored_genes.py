"""Rule: genes that are known to be out of the ordinary and that no scorer can use. They are said, not hidden.

They would bear on a new molecule if its transport or conjugation could be predicted. Genes that bear only on named
medicines (VKORC1, IFNL3, HLA, RYR1 ...) say nothing of a new molecule and change nothing here.
"""

from __future__ import annotations

from sartor.core import Patient, Target

from .change import NOTHING, Change

MEANING = {
    "SLCO1B1": "uptake into the liver by OATP1B1",
    "ABCG2": "efflux by BCRP",
    "UGT1A1": "conjugation by UGT1A1",
    "CYP2B6": "clearance by CYP2B6",
    "NAT2": "acetylation by NAT2 (arylamines, hydrazines)",
    "TPMT": "methylation of thiopurines",
    "NUDT15": "breakdown of thiopurine nucleotides",
    "DPYD": "breakdown of fluoropyrimidines",
}
_ORDINARY = ("normal", "indeterminate", "uncertain")


def unscored_genes(patient: Patient, disease: str, target: Target) -> Change:
    """A line for each such gene with a phenotype out of the ordinary."""
    lines = []
    for gene, meaning in MEANING.items():
        call = patient.genes.get(gene)
        if call is None or not call.known or call.phenotype.lower().startswith(_ORDINARY):
            continue
        lines.append(
            f"{gene} {call.diplotype}, {call.phenotype}: {meaning} is not predicted by any scorer here; not used"
        )
    return Change(unknowns=tuple(lines)) if lines else NOTHING
