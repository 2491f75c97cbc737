"""Toxicity: organs, genes, acute poisoning, heart channels and the Tox21 receptor and stress panels."""

from __future__ import annotations

from .admet_kinds import Endpoint, Source, at_least

_SMALL = {"min_child_samples": 8, "num_leaves": 12, "learning_rate": 0.04}
_TOX21 = "admet/moleculenet_tox21.csv.gz"
_PANEL: tuple[tuple[str, str, str], ...] = (
    ("nr_ar", "NR-AR", "activating or disturbing the androgen receptor"),
    ("nr_ar_lbd", "NR-AR-LBD", "acting on the ligand binding domain of the androgen receptor"),
    ("nr_ahr", "NR-AhR", "activating the aryl hydrocarbon receptor"),
    ("nr_aromatase", "NR-Aromatase", "inhibiting aromatase (CYP19A1)"),
    ("nr_er", "NR-ER", "acting on the oestrogen receptor alpha"),
    ("nr_er_lbd", "NR-ER-LBD", "acting on the ligand binding domain of the oestrogen receptor alpha"),
    ("nr_ppar_gamma", "NR-PPAR-gamma", "activating the receptor PPAR gamma"),
    ("sr_are", "SR-ARE", "switching on the antioxidant response"),
    ("sr_atad5", "SR-ATAD5", "raising ATAD5, a sign of damage to DNA"),
    ("sr_hse", "SR-HSE", "switching on the heat shock response"),
    ("sr_mmp", "SR-MMP", "lowering the mitochondrial membrane potential"),
    ("sr_p53", "SR-p53", "switching on the p53 response"),
)


def _tox21(name: str, assay: str, act: str) -> Endpoint:
    return Endpoint(
        name,
        "probability",
        "probability",
        f"probability of {act} in the Tox21 screen {assay}",
        (Source(_TOX21, "smiles", assay, "Tox21 2014, NIH and EPA, through MoleculeNet", "open"),),
        ("cell lines, up to about 100 uM; industrial chemicals more than drugs; few positives",),
        trees=70,
        options={"learning_rate": 0.08, "min_child_samples": 8},
        tdc=assay,
        family="tox21",
    )


def _channel(name: str, channel: str, file: str) -> Endpoint:
    return Endpoint(
        name,
        "probability",
        "probability",
        f"probability of blocking the heart's channel {channel} at 10 uM (pIC50 at or above 5)",
        (
            Source(
                f"admet/cardiac/raw_train_val_{file}.csv.gz",
                "SMILES",
                "pIC50",
                f"{channel} pIC50 collection of ChEMBL and PubChem (CardioTox)",
                "sa",
                at_least(5.0),
            ),
        ),
        ("two of three training molecules are blockers: medicinal chemistry of blockers; rank by it",),
        trees=100,
        options={"min_child_samples": 8, "num_leaves": 20, "learning_rate": 0.06},
    )


TOXICITY: tuple[Endpoint, ...] = (
    Endpoint(
        "dili",
        "probability",
        "probability",
        "probability of a drug that is known to injure the liver (label or literature)",
        (
            Source("admet/tdc/dili.train_val.csv.gz", "Drug", "Y", "Xu et al. 2015 (FDA) through TDC", "open"),
            Source(
                "admet/dili/DILIst_with_smiles.csv.gz",
                "SMILES",
                "DILIst Classification",
                "DILIst, Thakkar et al. 2020 (FDA)",
                "open",
            ),
        ),
        ("about a thousand marketed drugs; dose, the strongest factor, is not an input",),
        trees=90,
        options=_SMALL,
        tdc="DILI",
    ),
    Endpoint(
        "ld50",
        "value",
        "log (mol/kg)^-1",
        "negative log10 of the rat's acute oral lethal dose in mol/kg (higher is more toxic)",
        (Source("admet/tdc/ld50_zhu.train_val.csv.gz", "Drug", "Y", "Zhu et al. 2009 through TDC", "open"),),
        ("rats, one oral dose, many laboratories; industrial chemicals more than drugs",),
        trees=180,
        options={"learning_rate": 0.1},
        tdc="LD50_Zhu",
    ),
    Endpoint(
        "skin_reaction",
        "probability",
        "probability",
        "probability of sensitizing the skin (mouse lymph node assay)",
        (Source("admet/tdc/extra_skin_reaction.csv.gz", "Drug", "Y", "Alves et al. 2015 through TDC", "open"),),
        ("a few hundred cosmetic and industrial chemicals",),
        trees=90,
        options=_SMALL,
        tdc="Skin_Reaction",
    ),
    Endpoint(
        "carcinogenicity",
        "probability",
        "probability",
        "probability of a carcinogen in rodents",
        (Source("admet/tdc/extra_carcinogens_lagunin.csv.gz", "Drug", "Y", "Lagunin et al. 2009, TDC", "open"),),
        ("under three hundred chemicals; rodents at high dose",),
        trees=90,
        options=_SMALL,
        tdc="Carcinogens_Lagunin",
    ),
    Endpoint(
        "clintox",
        "probability",
        "probability",
        "probability of a drug that failed in trials for toxicity rather than being approved",
        (Source("admet/tdc/extra_clintox.csv.gz", "Drug", "Y", "Gayvert et al. 2016 through TDC", "open"),),
        ("approved drugs against failed ones: the label partly tells the two collections apart",),
        trees=90,
        options=_SMALL,
        tdc="ClinTox",
    ),
    *(_tox21(*row) for row in _PANEL),
    _channel("nav15", "Nav1.5", "Nav"),
    _channel("cav12", "Cav1.2", "Cav"),
)
