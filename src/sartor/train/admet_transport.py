"""Absorption and transport: gut, membranes, efflux and uptake proteins, and the physics behind them."""

from __future__ import annotations

from .admet_kinds import Endpoint, Source, at_least

_MONSTROUS = "admet/transporters_monstrous/gcnn__"
_AMPL = "admet/ampl/"
_SMALL = {"min_child_samples": 8, "num_leaves": 12, "learning_rate": 0.04}


def _monstrous(name: str, upstream: str) -> Source:
    return Source(f"{_MONSTROUS}{name}.csv.gz", "SMILES", "CLASS", upstream, "?")


def _transporter(name: str, protein: str, file: str, trees: int = 100) -> Endpoint:
    return Endpoint(
        name,
        "probability",
        "probability",
        f"probability of inhibiting the transporter {protein} in published cell or vesicle assays",
        (_monstrous(file, f"{protein} inhibitor classes from the literature and ChEMBL (MONSTROUS)"),),
        ("classes of many laboratories and concentrations; no inhibition constant",),
        trees=trees,
        options={"min_child_samples": 8, "num_leaves": 20, "learning_rate": 0.06},
    )


TRANSPORT: tuple[Endpoint, ...] = (
    Endpoint(
        "hia",
        "probability",
        "probability",
        "probability that at least 30 % of an oral dose is absorbed from the human gut",
        (Source("admet/tdc/hia_hou.train_val.csv.gz", "Drug", "Y", "Hou et al. 2007 through TDC", "open"),),
        ("six of seven molecules are absorbed; only marketed or studied drugs",),
        trees=90,
        options=_SMALL,
        tdc="HIA_Hou",
    ),
    Endpoint(
        "bioavailability",
        "probability",
        "probability",
        "probability of an oral bioavailability of at least 20 % in humans",
        (
            Source("admet/tdc/bioavailability_ma.train_val.csv.gz", "Drug", "Y", "Ma et al. 2008 through TDC", "open"),
            Source(
                "admet/hint_admet__absorption__bioavailability_eDrug3D.csv.gz",
                "SMILES",
                "F(percentage)",
                "drug labels (e-Drug3D), 20 % or more",
                "?",
                at_least(20.0),
            ),
        ),
        ("a few hundred drugs: dose, form and first pass decide as much as structure",),
        trees=90,
        options=_SMALL,
        tdc="Bioavailability_Ma",
    ),
    Endpoint(
        "pampa",
        "probability",
        "probability",
        "probability of high permeability through an artificial membrane at pH 7.4 (PAMPA)",
        (
            Source(
                "admet/netknowledge/permeability_NCATS-PAMPA-pH7.4.csv.gz",
                "canonical_smiles",
                "low_moderate_permeability",
                "NCATS PAMPA, PubChem AID 1508612",
                "open",
                lambda cell: 1.0 - float(cell),
            ),
        ),
        ("passive diffusion only",),
        trees=100,
        options=_SMALL,
        tdc="PAMPA_NCATS",
    ),
    Endpoint(
        "lipophilicity",
        "value",
        "log ratio",
        "log10 of the octanol/water distribution ratio at pH 7.4 (log D)",
        (
            Source(
                "admet/tdc/lipophilicity_astrazeneca.train_val.csv.gz",
                "Drug",
                "Y",
                "AstraZeneca, ChEMBL CHEMBL3301361, through TDC",
                "sa",
            ),
        ),
        ("one company's chemistry; between -1.5 and 4.5",),
        trees=220,
        options={"learning_rate": 0.1},
        tdc="Lipophilicity_AstraZeneca",
    ),
    Endpoint(
        "hydration_free_energy",
        "value",
        "kcal/mol",
        "free energy of moving the molecule from gas to water",
        (Source("admet/chemprop_moleculenet__freesolv.csv.gz", "smiles", "freesolv", "FreeSolv, Mobley 2014", "open"),),
        ("small rigid molecules; for chemists, not for medicine",),
        trees=150,
        options={"min_child_samples": 4, "num_leaves": 12, "learning_rate": 0.06},
        tdc="HydrationFreeEnergy_FreeSolv",
    ),
    Endpoint(
        "pgp_inhibition",
        "probability",
        "probability",
        "probability of inhibiting P-glycoprotein (MDR1) in cells",
        (
            Source("admet/tdc/pgp_broccatelli.train_val.csv.gz", "Drug", "Y", "Broccatelli et al. 2011, TDC", "open"),
            _monstrous("PGP_inhibitor", "P-gp inhibitor classes from the literature (MONSTROUS)"),
        ),
        ("classes of many assays; no inhibition constant",),
        trees=120,
        options={"min_child_samples": 8, "num_leaves": 20, "learning_rate": 0.06},
        tdc="Pgp_Broccatelli",
    ),
    Endpoint(
        "pgp_substrate",
        "probability",
        "probability",
        "probability of being carried by P-glycoprotein (MDR1)",
        (_monstrous("PGP_substrate", "P-gp substrate classes from the literature (MONSTROUS)"),),
        ("a few hundred molecules; passive permeability hides weak efflux",),
        trees=90,
        options=_SMALL,
    ),
    Endpoint(
        "mdck_efflux",
        "value",
        "log ratio",
        "log10 of the efflux ratio (B to A over A to B) in MDCK cells with human P-glycoprotein",
        (
            Source(
                "admet/biogen/ADME_public_set_3521.csv.gz",
                "SMILES",
                "LOG MDR1-MDCK ER (B-A/A-B)",
                "Biogen, Fang et al. 2023",
                "open",
            ),
            Source(
                f"{_AMPL}pGP_MDCK_efflux_ratio_chembl29.csv.gz",
                "base_rdkit_smiles",
                "log_efflux_ratio",
                "MDCK-MDR1 efflux, ChEMBL 29 (AMPL)",
                "sa",
            ),
        ),
        ("a ratio near 1 also comes of high passive permeability",),
        trees=130,
        options={"learning_rate": 0.1},
    ),
    _transporter("bcrp_inhibition", "BCRP (ABCG2)", "BCRP_inhibitor"),
    _transporter("oatp1b1_inhibition", "OATP1B1 (SLCO1B1)", "OATP1B1_inhibitor"),
    _transporter("oatp1b3_inhibition", "OATP1B3 (SLCO1B3)", "OATP1B3_inhibitor"),
    Endpoint(
        "bsep",
        "probability",
        "probability",
        "probability of inhibiting the bile salt export pump (IC50 at or under about 100 uM)",
        (
            Source(
                f"{_AMPL}ChEMBL25_BSEP_curated_data.csv.gz",
                "base_rdkit_smiles",
                "active",
                "BSEP IC50, ChEMBL 25 (AMPL)",
                "sa",
            ),
            Source(
                f"{_AMPL}morgan_warner_combined_bsep_data.csv.gz",
                "base_rdkit_smiles",
                "active",
                "Morgan et al. 2010 and Warner et al. 2012 (AMPL)",
                "open",
            ),
        ),
        ("vesicle assays; one of several roads to cholestasis",),
        trees=100,
        options={"min_child_samples": 8, "num_leaves": 20, "learning_rate": 0.06},
    ),
)
