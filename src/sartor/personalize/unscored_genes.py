"""Rule ``unscored-genes``: genes out of the ordinary that no scorer can use. They are said, not hidden.

Formula: one stated limit for each such gene with a phenotype out of the ordinary, with the assay or scorer it needs;
for CYP2B6 by genotype or by genotype and medicines (``pharmacology.phenotype``).
Source: CPIC's meaning of each gene (guidelines and allele tables, CC0).
Doubt: they would bear on a new molecule if its conjugation could be predicted. Genes that bear only on named medicines
(VKORC1, IFNL3, RYR1, CACNA1S, MT-RNR1 ...) say nothing of a new molecule and change nothing here. SLCO1B1 and ABCG2
belong to rule ``transporters``.
"""

from __future__ import annotations

from sartor.core import Evidence, PatientView, Reason, Target
from sartor.pharmacology.phenotype import LADDERS, shift

from .change import NOTHING, Change, Limit
from .rule import Rule

#: Gene -> what it does, and what would let a brief use it.
MEANING = {
    "UGT1A1": ("conjugation by UGT1A1", "glucuronidation in recombinant UGT1A1, and a scorer of UGT1A1 substrates"),
    "CYP2B6": ("clearance by CYP2B6", "reaction phenotyping in recombinant CYP2B6, and a scorer of its substrates"),
    "NAT2": ("acetylation by NAT2 (arylamines, hydrazines)", "acetylation in hepatocytes of slow and rapid donors"),
    "TPMT": ("methylation of thiopurines", "methylation by TPMT, where the molecule holds a free thiol"),
    "NUDT15": ("breakdown of thiopurine nucleotides", "hydrolysis by NUDT15, where the molecule is a thiopurine"),
    "DPYD": ("breakdown of fluoropyrimidines", "breakdown by DPD, where the molecule is a pyrimidine"),
}
_ORDINARY = ("normal", "indeterminate", "uncertain")


def unscored_genes(view: PatientView, disease: str, target: Target) -> Change:
    """A limit for each such gene with a phenotype out of the ordinary."""
    limits = []
    for gene, (meaning, needs) in MEANING.items():
        call = view.gene(gene)
        moved = shift(gene, call, view.medicines) if gene in LADDERS else None
        if moved is not None and moved.converted and (told := moved.reason()) is not None:
            limits.append(Limit(f"{told.text}; {meaning} is not predicted by any scorer here; not used", needs, told))
            continue
        if not call.known or call.phenotype.lower().startswith(_ORDINARY):
            continue
        carried = Evidence(f"{gene} {call.diplotype}: {call.phenotype}", "measured", call.source or "patient file")
        text = f"{gene} {call.diplotype}, {call.phenotype}: {meaning} is not predicted by any scorer here; not used"
        limits.append(Limit(text, needs, Reason(text, (carried,))))
    return Change(limits=tuple(limits)) if limits else NOTHING


READS = (*(f"genes.{g}" for g in MEANING), "medicines")
RULE = Rule("unscored-genes", READS, unscored_genes, "genes nobody can score yet, said")
