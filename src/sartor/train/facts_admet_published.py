"""Writes facts/tables/admet_published.tsv: the figures ADMET-AI publishes for its own endpoints, to compare with.

Run as ``python -m sartor.train.facts_admet_published --data ../shared/data``. Plain published numbers, from the table
of endpoints in its repository; that table names neither the split nor the model version its figures describe.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

TABLES = Path(__file__).parents[1] / "facts" / "tables"
COLUMNS = ("task", "endpoint", "kind", "molecules", "auroc", "auprc", "r2", "mae", "unit", "source", "version")
SOURCE = "ADMET-AI, Swanson et al. 2024, doi:10.1093/bioinformatics/btae416, its table of endpoints"
VERSION = "as of 2026-11"
NAMES = {
    "HIA_Hou": "hia",
    "Bioavailability_Ma": "bioavailability",
    "Solubility_AqSolDB": "solubility",
    "Lipophilicity_AstraZeneca": "lipophilicity",
    "HydrationFreeEnergy_FreeSolv": "hydration_free_energy",
    "Caco2_Wang": "caco2",
    "PAMPA_NCATS": "pampa",
    "Pgp_Broccatelli": "pgp_inhibition",
    "BBB_Martins": "bbb",
    "PPBR_AZ": "ppb",
    "VDss_Lombardo": "vdss",
    "Half_Life_Obach": "half_life",
    "Clearance_Hepatocyte_AZ": "hepatocyte_clearance",
    "Clearance_Microsome_AZ": "microsome_clearance",
    "CYP1A2_Veith": "cyp1a2_inhibition",
    "CYP2C19_Veith": "cyp2c19_inhibition",
    "CYP2C9_Veith": "cyp2c9_inhibition",
    "CYP2D6_Veith": "cyp2d6_inhibition",
    "CYP3A4_Veith": "cyp3a4_inhibition",
    "CYP2C9_Substrate_CarbonMangels": "cyp2c9_substrate",
    "CYP2D6_Substrate_CarbonMangels": "cyp2d6_substrate",
    "CYP3A4_Substrate_CarbonMangels": "cyp3a4_substrate",
    "hERG": "herg",
    "ClinTox": "clintox",
    "AMES": "ames",
    "DILI": "dili",
    "Carcinogens_Lagunin": "carcinogenicity",
    "LD50_Zhu": "ld50",
    "Skin_Reaction": "skin_reaction",
    **{t: t.lower().replace("-", "_") for t in ("NR-AR", "NR-AR-LBD", "NR-AhR", "NR-Aromatase", "NR-ER", "NR-ER-LBD")},
    **{t: t.lower().replace("-", "_") for t in ("NR-PPAR-gamma", "SR-ARE", "SR-ATAD5", "SR-HSE", "SR-MMP", "SR-p53")},
}
HEADER = """# What ADMET-AI publishes of its own accuracy, by TDC task; our endpoint of the same task beside it.
# Written by python -m sartor.train.facts_admet_published.
"""


def table(path: Path) -> str:
    """The whole table as text, from the published table of endpoints at ``path``."""
    lines = ["\t".join(COLUMNS)]
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["id"] not in NAMES:
                continue  # physicochemical numbers are computed, not predicted
            figures = [f"{float(row[c]):.4f}" if row[c] else "" for c in ("AUROC", "AUPRC", "R^2", "MAE")]
            kind = "probability" if row["task_type"] == "classification" else "value"
            cells = [row["id"], NAMES[row["id"]], kind, row["size"], *figures, row["units"], SOURCE, VERSION]
            lines.append("\t".join(cells))
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TABLES / "admet_published.tsv")
    args = parser.parse_args()
    args.out.write_text(table(args.data / "admet" / "admet_ai_endpoints.csv"), encoding="utf-8")


if __name__ == "__main__":
    main()
