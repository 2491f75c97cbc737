"""Distribution, metabolism and elimination: binding, volume, clearance, half-life, enzyme potency."""

from __future__ import annotations

import math

from .admet_kinds import Endpoint, Source, log10_of, percent_bound, unbound_log_percent, unbound_share

_BIOGEN = "admet/biogen/ADME_public_set_3521.csv.gz"
_PK = "admet/human_pk/Human_PK_data.csv.gz"
_PK_MORE = "admet/human_pk/External_test_315.csv.gz"
_LOMBARDO = "human intravenous pharmacokinetics, Lombardo et al. 2018"
_LOMBARDO_MORE = "human intravenous pharmacokinetics, later drugs"
_SMALL = {"min_child_samples": 8, "num_leaves": 15, "learning_rate": 0.04}
_HUMAN = ("intravenous data of marketed or studied drugs; errors of two- to threefold are usual",)


def _human(column: str) -> tuple[Source, Source]:
    return (
        Source(_PK, "smiles_r", column, _LOMBARDO, "open", log10_of),
        Source(_PK_MORE, "smiles_r", column, _LOMBARDO_MORE, "?", log10_of),
    )


def _biogen(name: str, column: str, unit: str, meaning: str) -> Endpoint:
    return Endpoint(
        name,
        "value",
        unit,
        meaning,
        (Source(_BIOGEN, "SMILES", column, "Biogen, Fang et al. 2023", "open"),),
        ("one laboratory; values at the assay's floor are common",),
        trees=130,
        options={"learning_rate": 0.1},
    )


def _pic50(isoform: str, more: tuple[Source, ...] = ()) -> Endpoint:
    return Endpoint(
        f"cyp{isoform.lower()}_pic50",
        "value",
        "log (mol/L)^-1",
        f"negative log10 of the concentration (mol/L) that halves CYP{isoform} activity, without preincubation",
        (
            Source(
                "admet/openadmet_cyp2026/cyp_train_pIC50.csv.gz",
                "SMILES",
                f"CYP{isoform}_pIC50_direct_inhibition",
                "OpenADMET CYP inhibition 2026",
                "confirm",
            ),
            *more,
        ),
        ("one laboratory's fragment-rich library; fits under 4 are extrapolated; not a Ki",),
        trees=90,
        options={"learning_rate": 0.1},
    )


KINETICS: tuple[Endpoint, ...] = (
    Endpoint(
        "ppb",
        "value",
        "%",
        "share of the drug in plasma that is bound to protein",
        (
            Source(
                "admet/tdc/ppbr_az.train_val.csv.gz",
                "Drug",
                "Y",
                "AstraZeneca, ChEMBL CHEMBL3301365 (human and animal plasma), TDC",
                "sa",
                percent_bound,
            ),
            Source(
                "admet/netknowledge/PPB_Biogen-hPPB.csv.gz",
                "canonical_smiles",
                "LOG PLASMA PROTEIN BINDING (HUMAN) (% unbound)",
                "Biogen human plasma, Fang et al. 2023",
                "open",
                unbound_log_percent,
            ),
            Source(_PK, "smiles_r", "human_fup", _LOMBARDO, "open", unbound_share),
        ),
        ("the largest source mixes human, rat, dog, mouse and guinea pig plasma; over 99 % the assay is blunt",),
        trees=130,
        options={"learning_rate": 0.08},
        scale="percent",
        tolerance=2.5,
        tdc="PPBR_AZ",
    ),
    Endpoint(
        "vdss",
        "value",
        "L/kg",
        "human volume of distribution at steady state",
        (
            Source(
                "admet/tdc/vdss_lombardo.train_val.csv.gz", "Drug", "Y", "Lombardo & Jing 2016, TDC", "open", log10_of
            ),
            *_human("human_VDss_L_kg"),
            Source("admet/bench2025__VDss.csv.gz", "smiles", "VDss", "human volumes from the literature", "?"),
        ),
        _HUMAN,
        trees=100,
        options=_SMALL,
        scale="log10",
        tdc="VDss_Lombardo",
    ),
    Endpoint(
        "half_life",
        "value",
        "h",
        "human terminal half-life",
        (
            Source(
                "admet/tdc/half_life_obach.train_val.csv.gz", "Drug", "Y", "Obach et al. 2008, TDC", "open", log10_of
            ),
            *_human("human_thalf"),
            Source(
                "admet/bench2025__HalfLife.csv.gz", "smiles", "HalfLife", "human half-lives from the literature", "?"
            ),
        ),
        _HUMAN,
        trees=100,
        options=_SMALL,
        scale="log10",
        tdc="Half_Life_Obach",
    ),
    Endpoint(
        "human_clearance",
        "value",
        "mL/min/kg",
        "total human plasma clearance after an intravenous dose",
        _human("human_CL_mL_min_kg"),
        _HUMAN,
        trees=100,
        options=_SMALL,
        scale="log10",
    ),
    Endpoint(
        "hepatocyte_clearance",
        "value",
        "uL/min/10^6 cells",
        "intrinsic clearance in hepatocytes",
        (
            Source(
                "admet/tdc/clearance_hepatocyte_az.train_val.csv.gz",
                "Drug",
                "Y",
                "AstraZeneca, ChEMBL CHEMBL3301372, TDC",
                "sa",
                log10_of,
            ),
        ),
        ("human and rat cells together; cut off at 3 and at 150",),
        trees=100,
        options=_SMALL,
        scale="log10",
        tolerance=1.8,
        tdc="Clearance_Hepatocyte_AZ",
    ),
    Endpoint(
        "microsome_clearance",
        "value",
        "mL/min/g",
        "intrinsic clearance in human liver microsomes (the same number in uL/min/mg)",
        (
            Source(
                "admet/tdc/clearance_microsome_az.train_val.csv.gz",
                "Drug",
                "Y",
                "AstraZeneca, ChEMBL CHEMBL3301370, TDC",
                "sa",
                log10_of,
            ),
        ),
        ("cut off at 3 and at 150",),
        trees=100,
        options=_SMALL,
        scale="log10",
        tolerance=1.8,
        tdc="Clearance_Microsome_AZ",
    ),
    _biogen(
        "hlm_clearance",
        "LOG HLM_CLint (mL/min/kg)",
        "log mL/min/kg",
        "log10 of the intrinsic clearance in human liver microsomes, scaled to body weight",
    ),
    _biogen(
        "rlm_clearance",
        "LOG RLM_CLint (mL/min/kg)",
        "log mL/min/kg",
        "log10 of the intrinsic clearance in rat liver microsomes, scaled to body weight",
    ),
    _biogen(
        "kinetic_solubility",
        "LOG SOLUBILITY PH 6.8 (ug/mL)",
        "log ug/mL",
        "log10 of the kinetic solubility at pH 6.8 from a solution in DMSO",
    ),
    Endpoint(
        "rlm_stability",
        "probability",
        "probability stable",
        "probability of a half-life above 30 min in rat liver microsomes",
        (
            Source(
                "admet/netknowledge/microsomal_NCATS-rLM.csv.gz",
                "canonical_smiles",
                "unstable",
                "NCATS rat liver microsomes, PubChem AID 1508591",
                "open",
                lambda cell: 1.0 - float(cell),
            ),
        ),
        ("rat, not human",),
        trees=100,
        options={"learning_rate": 0.06},
    ),
    _pic50("1A2"),
    _pic50("2C9"),
    _pic50("2D6"),
    _pic50("3A4"),
    Endpoint(
        "pxr",
        "value",
        "log (mol/L)^-1",
        "negative log10 of the half-maximal concentration (mol/L) of activating the human pregnane X receptor",
        (
            Source(
                "admet/pxr/pxr-challenge_TRAIN.csv.gz",
                "SMILES",
                "pEC50",
                "OpenADMET PXR challenge",
                "confirm",
                lambda cell: float(cell) if float(cell) >= 3.0 else math.nan,
            ),
        ),
        ("fits under 3 (1 mM) left out as inactive or uncertain; induction of CYP3A4 follows only at exposure",),
        trees=150,
        options={"learning_rate": 0.1},
    ),
)
