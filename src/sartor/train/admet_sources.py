"""Which public files teach which ADMET endpoint, and how a cell becomes a label.

Within an endpoint the sources stand in order of trust: where two disagree about a molecule the earlier one wins.
"""

from __future__ import annotations

import math

from .admet_kinds import Endpoint, Source, at_least, below
from .admet_kinetics import KINETICS
from .admet_toxicity import TOXICITY
from .admet_transport import TRANSPORT


def _positive(cell: str) -> float:
    """1 for a positive number, 0 for a negative one (classes written 1 and -1)."""
    return float(float(cell) > 0)


def _only_negative(cell: str) -> float:
    return 0.0 if float(cell) == 0 else math.nan


def _crosses(cell: str) -> float:
    return {"BBB+": 1.0, "BBB-": 0.0}[cell]


_VEITH = "Veith et al. 2009, PubChem AID 1851"
_OPENADMET = "OpenADMET CYP inhibition 2026"


def _inhibition(isoform: str, tdc: str, more: tuple[Source, ...] = ()) -> Endpoint:
    return Endpoint(
        f"cyp{isoform}_inhibition",
        "probability",
        "probability",
        f"probability that the molecule reads as an inhibitor of CYP{isoform.upper()} in the Veith 2009 screen "
        "(active, AC50 at or under about 30 uM)",
        (Source(tdc, "Drug", "Y", f"{_VEITH} through TDC", "open"), *more),
        ("a screening label at micromolar concentration: no strength class, no time dependence",),
        tdc=f"CYP{isoform.upper()}_Veith",
        family="inhibition",
    )


def _hint(isoform: str) -> Source:
    path = f"admet/hint_admet__metabolism__CYP{isoform}.csv.gz"
    return Source(path, "SMILES", "Label", _VEITH, "open")


def _openadmet(isoform: str) -> Source:
    column = f"CYP{isoform}_pIC50_direct_inhibition"
    path = "admet/openadmet_cyp2026/cyp_train_pIC50.csv.gz"
    return Source(path, "SMILES", column, _OPENADMET, "confirm", at_least(5.0))


def _substrate(isoform: str, limits: tuple[str, ...]) -> Endpoint:
    path = f"admet/tdc/cyp{isoform}_substrate_carbonmangels.train_val.csv.gz"
    return Endpoint(
        f"cyp{isoform}_substrate",
        "probability",
        "probability",
        f"probability that the molecule is a substrate of CYP{isoform.upper()} by literature annotation",
        (Source(path, "Drug", "Y", "Carbon-Mangels & Hutter 2011 through TDC", "open"),),
        ("a few hundred marketed drugs; 'non-substrate' means not reported as one", *limits),
        tdc=f"CYP{isoform.upper()}_Substrate_CarbonMangels",
        family="substrate",
        trees=120,
        options={"min_child_samples": 8, "num_leaves": 12, "learning_rate": 0.03},
    )


FIRST: tuple[Endpoint, ...] = (
    _inhibition("1a2", "admet/tdc/extra_cyp1a2_veith.csv.gz", (_openadmet("1A2"),)),
    _inhibition("2c9", "admet/tdc/cyp2c9_veith.train_val.csv.gz", (_openadmet("2C9"),)),
    _inhibition("2c19", "admet/tdc/extra_cyp2c19_veith.csv.gz", (_hint("2C19"),)),
    _inhibition("2d6", "admet/tdc/cyp2d6_veith.train_val.csv.gz", (_hint("2D6"), _openadmet("2D6"))),
    _inhibition("3a4", "admet/tdc/cyp3a4_veith.train_val.csv.gz", (_hint("3A4"), _openadmet("3A4"))),
    _substrate("2c9", ()),
    _substrate("2d6", ()),
    _substrate("3a4", ()),
    Endpoint(
        "herg",
        "probability",
        "probability",
        "probability of blocking the hERG channel at 10 uM (pIC50 at or above 5)",
        (
            Source(
                "admet/cardiac/raw_train_val_hERG.csv.gz",
                "SMILES",
                "pIC50",
                "hERG pIC50 collection of ChEMBL, PubChem and patents (CardioTox)",
                "sa",
                at_least(5.0),
            ),
            Source(
                "admet/bench2025__hERG.csv.gz", "smiles", "hERG", "hERG blockers at 10 uM, PubChem and literature", "?"
            ),
            Source(
                "admet/tdc/herg.train_val.csv.gz",
                "Drug",
                "Y",
                "Wang et al. 2016 through TDC: negatives only (its threshold is higher)",
                "open",
                _only_negative,
            ),
        ),
        (
            "mixed assays and laboratories; not a prediction of QT prolongation, which depends on exposure",
            "six of ten training molecules are blockers, more than in an ordinary collection, where the probability "
            "reads too high; rank by it, and read the external figures",
        ),
        trees=400,
        tdc="hERG",
    ),
    Endpoint(
        "ames",
        "probability",
        "probability",
        "probability of a mutagenic (positive) Ames test",
        (
            Source("admet/tdc/ames.train_val.csv.gz", "Drug", "Y", "Xu et al. 2012 through TDC", "open"),
            Source(
                "admet/bench2025__Mutagenicity.csv.gz",
                "smiles",
                "Mutagenicity",
                "Ames collections, PubChem and literature",
                "?",
            ),
        ),
        ("ICH M7 asks for an expert rule beside a statistical model: read the alerts too",),
        tdc="AMES",
    ),
    Endpoint(
        "bbb",
        "probability",
        "probability",
        "probability of reaching the brain (BBB+: log BB at or above -1, or reported as brain penetrant)",
        (
            Source("admet/tdc/bbb_martins.train_val.csv.gz", "Drug", "Y", "Martins et al. 2012, TDC", "open"),
            Source(
                "admet/b3db/B3DB_classification.tsv.gz",
                "SMILES",
                "BBB+/BBB-",
                "B3DB, Meng et al. 2021",
                "open",
                _crosses,
            ),
            Source("admet/bench2025__BBBP.csv.gz", "smiles", "BBBP", "BBB collections, PubChem and literature", "?"),
            Source(
                "admet/hint_admet__distribution__BBB.csv.gz", "Structure", "Class", "BBB literature", "?", _positive
            ),
        ),
        ("a class label from many assays; says nothing of unbound brain concentration or efflux ratio",),
        tdc="BBB_Martins",
    ),
    Endpoint(
        "solubility",
        "value",
        "log mol/L",
        "log10 of aqueous solubility in mol/L",
        (
            Source("admet/tdc/solubility_aqsoldb.train_val.csv.gz", "Drug", "Y", "AqSolDB (CC0), TDC", "open"),
            Source("admet/solubility_aqsoldb.csv.gz", "Drug", "Y", "AqSolDB (CC0)", "open"),
            Source("admet/netknowledge/solubility_EPA-sol.csv.gz", "canonical_smiles", "logS", "US EPA", "open"),
            Source(
                "admet/netknowledge/solubility_AZ-sol.csv.gz",
                "canonical_smiles",
                "logS",
                "AstraZeneca, ChEMBL CHEMBL3301364",
                "sa",
            ),
        ),
        ("mixes pure water with buffer at pH 7.4; solid form and ionization are not modelled",),
        trees=400,
        tdc="Solubility_AqSolDB",
    ),
    Endpoint(
        "hlm_stability",
        "probability",
        "probability stable",
        "probability of being stable in human liver microsomes: half-life above 30 min, as intrinsic clearance "
        "under about 46 uL/min/mg (0.5 mg protein/mL)",
        (
            Source(
                "admet/bench2025__HLM_metabolic_stability.csv.gz",
                "smiles",
                "HLM_metabolic_stability",
                "HLM stability classes, ChEMBL literature",
                "sa",
            ),
            Source(
                "admet/netknowledge/microsomal_AZ-hLM.csv.gz",
                "canonical_smiles",
                "LOG HLM_CLint (mL/min/g)",
                "AstraZeneca, ChEMBL CHEMBL3301370",
                "sa",
                below(math.log10(46.2)),
            ),
        ),
        ("the class file states no threshold; 30 min agrees with its overlap with measured clearances",),
    ),
    Endpoint(
        "caco2",
        "value",
        "log cm/s",
        "log10 of the apparent Caco-2 permeability (apical to basal) in cm/s",
        (
            Source("admet/tdc/caco2_wang.train_val.csv.gz", "Drug", "Y", "Wang et al. 2016, TDC", "open"),
            Source(
                "admet/netknowledge/permeability_CSU-Caco2.csv.gz",
                "canonical_smiles",
                "logPapp",
                "Caco-2 literature (CSU)",
                "open",
            ),
            Source(
                "admet/netknowledge/permeability_USTL-Caco2.csv.gz",
                "canonical_smiles",
                "logPapp",
                "Caco-2 literature (USTL)",
                "open",
            ),
            Source("admet/bench2025__Caco2.csv.gz", "smiles", "Caco2", "Caco-2 literature", "?"),
            Source("admet/hint_admet__absorption__caco-2.csv.gz", "smi", "logPapp", "Caco-2 literature", "?"),
        ),
        ("laboratories differ by about 0.3 log units on the same compound",),
        tdc="Caco2_Wang",
    ),
)

ENDPOINTS: tuple[Endpoint, ...] = (*FIRST, *TRANSPORT, *KINETICS, *TOXICITY)

EXTERNAL: tuple[tuple[str, Source], ...] = (
    (
        "herg",
        Source("admet/cardiac/raw_test_hERG.csv.gz", "SMILES", "pIC50", "hERG patent set", "?", at_least(5.0)),
    ),
    (
        "herg",
        Source(
            "admet/cardiac/CardioTox_external_test_set_new.csv.gz",
            "smiles",
            "ACTIVITY",
            "CardioTox external set (its own classes)",
            "?",
        ),
    ),
    (
        "nav15",
        Source(
            "admet/cardiac/raw_test_Nav.csv.gz", "SMILES", "pIC50", "CardioTox Nav1.5 test part", "?", at_least(5.0)
        ),
    ),
    (
        "cav12",
        Source(
            "admet/cardiac/raw_test_Cav.csv.gz", "SMILES", "pIC50", "CardioTox Cav1.2 test part", "?", at_least(5.0)
        ),
    ),
    (
        "hlm_stability",
        Source(
            "admet/netknowledge/microsomal_Biogen-hLM.csv.gz",
            "canonical_smiles",
            "LOG HLM_CLint (mL/min/kg)",
            "Biogen HLM clearance, under 41.6 mL/min/kg counted as stable",
            "open",
            below(math.log10(41.6)),
        ),
    ),
    (
        "solubility",
        Source(
            "admet/netknowledge/solubility_Biogen-sol.csv.gz",
            "canonical_smiles",
            "logS",
            "Biogen kinetic solubility at pH 6.8",
            "open",
        ),
    ),
)

LICENCES = {
    "open": "CC0, CC BY or public facts",
    "sa": "CC BY-SA 3.0 (ChEMBL)",
    "?": "no licence stated where it was found; upstream named in the source",
    "confirm": "open by its publisher, to be confirmed",
}

LEFT_OUT: dict[str, str] = {
    "cyp1a2_substrate": "not predictable: the open data name 43 substrates of CYP1A2, fewer than 100, and no "
    "non-substrates; look the enzyme up in the drug tables or measure it",
    "cyp2c19_substrate": "not predictable: the open data name 33 substrates of CYP2C19, fewer than 100, and no "
    "non-substrates; look the enzyme up in the drug tables or measure it",
}
