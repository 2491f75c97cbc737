"""Rule ``transporters``: carriers of the patient's medicines, and carriers that genes or medicines have slowed.

Formula: a medicine that P-gp or BCRP carries asks that the molecule spare the carrier, scored by the potency models of
ABCB1 and ABCG2 (worth 1 at pIC50 5, 0 at 9); graded life-threatening for a narrow index, else moderate. Everything
else is a stated limit with ICH M12's criterion: inhibition of OATP1B1, OATP1B3, OAT1, OAT3, OCT2, MATE1, MATE2-K; and
whether a carrier that a medicine inhibits, or that SLCO1B1 or ABCG2 makes slow, carries the molecule.
Source: ICH M12 (2024), criteria Igut/IC50 10, Iinlet,u/IC50 0.1, Cmax,u/IC50 0.1 and 0.02; CPIC guideline on statins
(Cooper-DeHoff 2022) for SLCO1B1 and ABCG2.
Doubt: published potencies on ABCB1 and ABCG2 come from resistant cells and dye efflux, not from the assay that ICH
M12 asks for; the models' R2 on held-out scaffolds is about 0.5 and 0.4. pIC50 5 and 9 are conventions, wide since
outside the models' domain the worse end of the interval is graded, and a worth of 0 would end a molecule for it.
"""

from __future__ import annotations

from sartor.core import Evidence, Objective, PatientView, Reason, Target
from sartor.facts import drugs

from . import mutant
from .change import NOTHING, Change, Limit, by, wish
from .consequence import LIFE_THREATENING, MODERATE, Graded
from .rule import Rule

#: Carrier -> the inhibition criterion of ICH M12 and the assay behind it.
ASSAYS = {
    "P-gp": "bidirectional transport of digoxin in MDCK-MDR1 cells; of concern where Igut/IC50 is 10 or more",
    "BCRP": "vesicles or cells that express BCRP; of concern where Igut/IC50 is 10 or more",
    "OATP1B1": "uptake into HEK-OATP1B1 cells; of concern where Iinlet,u/IC50 is 0.1 or more",
    "OATP1B3": "uptake into HEK-OATP1B3 cells; of concern where Iinlet,u/IC50 is 0.1 or more",
    "OAT1": "uptake into HEK-OAT1 cells; of concern where Cmax,u/IC50 is 0.1 or more",
    "OAT3": "uptake into HEK-OAT3 cells; of concern where Cmax,u/IC50 is 0.1 or more",
    "OCT2": "uptake of metformin into HEK-OCT2 cells; of concern where Cmax,u/IC50 is 0.1 or more",
    "MATE1": "uptake into HEK-MATE1 cells; of concern where Cmax,u/IC50 is 0.02 or more",
    "MATE2-K": "uptake into HEK-MATE2-K cells; of concern where Cmax,u/IC50 is 0.02 or more",
}
#: Carriers whose inhibition a potency model can speak of, by the gene of the model.
SCORED = {"P-gp": "ABCB1", "BCRP": "ABCG2"}
#: Genes that slow a carrier: which, and where.
GENES = {"SLCO1B1": ("OATP1B1", "uptake into the liver by OATP1B1"), "ABCG2": ("BCRP", "efflux by BCRP")}
READS = ("medicines", "genes.SLCO1B1", "genes.ABCG2")
_ORDINARY = ("normal", "indeterminate", "uncertain", "increased")
_M12 = Evidence("a new medicine is studied as inhibitor and substrate of transporters", "guideline", "ICH M12",
                version="2024")  # fmt: skip
_CPIC = Evidence(
    "decreased SLCO1B1 or ABCG2 function raises exposure to what they carry",
    "guideline", "CPIC guideline on statins (Cooper-DeHoff 2022)", "doi:10.1002/cpt.2557",
)  # fmt: skip


def transporters(view: PatientView, disease: str, target: Target) -> Change:
    """Wishes for carriers that can be scored; limits for all others."""
    objectives: list[Objective] = []
    limits: list[Limit] = []
    grades: dict[tuple[str, str], Graded] = {}
    for medicine in view.medicines:
        for role in drugs.roles(medicine.substance) if medicine.recognized else ():
            if role.enzyme not in ASSAYS:
                continue
            if role.role == "substrate" and _scorable(role.enzyme, target):
                narrow = drugs.narrow_index(medicine.substance)
                made, graded = _spare(medicine.substance, role, narrow)
                objectives.append(made)
                grades |= by(graded, made)
            elif role.role != "inducer":
                limits.append(_limit(medicine.substance, role))
    limits += [limit for gene in GENES if (limit := _by_gene(view, gene))]
    if not objectives and not limits:
        return NOTHING
    facts = tuple(dict.fromkeys(r for o in objectives for r in o.because))
    return Change(tuple(objectives), facts=facts, limits=tuple(limits), grades=grades)


def _scorable(carrier: str, target: Target) -> bool:
    """True where a usable model speaks of the carrier, and the carrier is not itself the target."""
    gene = SCORED.get(carrier, "")
    return bool(gene) and gene != target.gene and mutant.potency_models().get((gene, ""), (False, ""))[0]


def _spare(substance: str, role: drugs.Role, narrow: Evidence | None) -> tuple[Objective, Graded]:
    gene = SCORED[role.enzyme]
    tail = " and has a narrow therapeutic index" if narrow else ""
    proof = (role.evidence, _M12) + ((narrow,) if narrow else ())
    reason = Reason(f"{substance} is carried by {role.enzyme}{tail}: do not inhibit it", proof)
    why = f"inhibiting {role.enzyme} raises {substance} in blood"
    graded = Graded(LIFE_THREATENING if narrow else MODERATE, why, narrow or role.evidence)
    settings = {"target": gene}
    return wish(f"spares {role.enzyme}", "potency", "pIC50", (9.0, 5.0), graded, (reason,), settings), graded


def _limit(substance: str, role: drugs.Role) -> Limit:
    if role.role == "substrate":
        text = f"{substance} is carried by {role.enzyme}: whether the molecule inhibits it is not predicted here"
        return Limit(text, ASSAYS[role.enzyme], Reason(text, (role.evidence, _M12)))
    text = f"{substance} inhibits {role.enzyme}: whether it carries the molecule is not predicted here"
    return Limit(text, f"transport of the molecule with and without an inhibitor of {role.enzyme} (ICH M12)",
                 Reason(text, (role.evidence, _M12)))  # fmt: skip


def _by_gene(view: PatientView, gene: str) -> Limit | None:
    call = view.gene(gene)
    if not call.known or call.phenotype.lower().startswith(_ORDINARY):
        return None
    carrier, meaning = GENES[gene]
    carried = Evidence(f"{gene} {call.diplotype}: {call.phenotype}", "measured", call.source or "patient file")
    text = f"{gene} {call.diplotype}, {call.phenotype}: {meaning} is not predicted by any scorer here; not used"
    return Limit(text, f"transport of the molecule by {carrier} in cells that express it",
                 Reason(text, (carried, _CPIC)))  # fmt: skip


RULE = Rule("transporters", READS, transporters, "medicines that P-gp or BCRP carries; carriers nobody can score")
