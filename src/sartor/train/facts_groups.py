# ruff: noqa: E501  (one table row a line reads better than wrapped ones)
"""Writes facts/tables/alert_groups.tsv: groups that matter to some patients, as SMARTS of our own.

Run as ``python -m sartor.train.facts_groups``. ``oxidant`` rows are groups that load red cells with oxidant, as such or
through a metabolite; ``allergen`` rows define the classes that allergy lists name, with the words they use.
"""

from __future__ import annotations

import argparse
from pathlib import Path

TABLES = Path(__file__).parents[1] / "facts" / "tables"
VERSION = "2026-11"
CPIC = "CPIC guideline G6PD (Gammal 2023, doi:10.1002/cpt.2735); pattern ours"
YOUNGSTER = "Youngster 2010, Drug Saf 33:713 (drugs in G6PD deficiency); pattern ours"
CLASS = "the class's defining ring or group; pattern ours"

# set, name, SMARTS, words or examples, source
ROWS = [
    ("oxidant", "primary arylamine", "[NX3;H2]-c1ccccc1", "dapsone|sulfamethoxazole", CPIC),
    ("oxidant", "8-aminoquinoline", "[NX3;H1,H2]-c1cccc2cccnc12", "primaquine|tafenoquine", CPIC),
    ("oxidant", "nitroarene or nitrofuran", "[c]-[$([NX3+](=O)[O-]),$([NX3](=O)=O)]", "nitrofurantoin|chloramphenicol", CPIC),
    ("oxidant", "aryl hydroxylamine", "[c]-[NX3;H1]-[OX2;H1]", "dapsone hydroxylamine", YOUNGSTER),
    ("oxidant", "nitrosoarene", "[c]-[NX2]=[OX1]", "nitrosobenzene", YOUNGSTER),
    ("oxidant", "arylhydrazine", "[c]-[NX3]-[NX3;H1,H2;!$(N-C=O)]", "phenylhydrazine", YOUNGSTER),
    ("oxidant", "free hydrazine", "[NX3;H1]-[NX3;H2]", "isoniazid|hydralazine", YOUNGSTER),
    ("oxidant", "para-quinone", "[#6]1(=[OX1])[#6]~[#6][#6](=[OX1])[#6]~[#6]1", "menadione", YOUNGSTER),
    ("oxidant", "ortho-quinone", "[#6]1(=[OX1])[#6](=[OX1])[#6]~[#6]~[#6]~[#6]1", "beta-lapachone", YOUNGSTER),
    ("oxidant", "quinone imine or aminophenol", "[$([NX3;H1,H2;!$(N-[C,S]=O)]-c1ccc([OX2;H1])cc1),$([NX2]=C1C=CC(=O)C=C1)]", "para-aminophenol", YOUNGSTER),
    ("oxidant", "hydroquinone or catechol", "[$([OX2;H1]-c1ccc(-[OX2;H1])cc1),$([OX2;H1]-c1c(-[OX2;H1])cccc1)]", "hydroquinone", YOUNGSTER),
    ("oxidant", "aryl azo", "[c]-[NX2]=[NX2]-[c]", "phenazopyridine|sulfasalazine", YOUNGSTER),
    ("oxidant", "phenothiazinium dye", "[#7;X2]1~[#6]2~[#6]~[#6]~[#6]~[#6]~[#6]2~[#16]~[#6]3~[#6]~1~[#6]~[#6]~[#6]~[#6]~3", "methylene blue|toluidine blue", CPIC),
    ("allergen", "sulfonamide antibiotic", "[NX3;H2]-c1ccc(cc1)-S(=O)(=O)-[NX3]", "sulfa|sulfonamide|sulphonamide|sulfonamides|sulfamethoxazole|cotrimoxazole|co-trimoxazole|sulfadiazine|trimethoprim-sulfamethoxazole", CLASS),
    ("allergen", "penicillin", "O=C1N2C(SCC2)C1", "penicillin|penicillins|amoxicillin|ampicillin|flucloxacillin|piperacillin", CLASS),
    ("allergen", "cephalosporin", "O=C1N2C([S,O]CC=C2)C1", "cephalosporin|cephalosporins|cefuroxime|ceftriaxone|cefalexin", CLASS),
    ("allergen", "beta-lactam", "O=C1[NX3][CX4][CX4]1", "beta-lactam|beta lactam|betalactam|beta-lactams", CLASS),
    ("allergen", "salicylate", "[OX2]-c1ccccc1-C(=O)[OX2,OX1-]", "aspirin|salicylate|salicylates|acetylsalicylic acid", CLASS),
    ("allergen", "aminobenzoate ester", "[NX3]-c1ccc(cc1)-C(=O)-O-[CX4]", "procaine|benzocaine|tetracaine|ester anaesthetic|ester anesthetic", CLASS),
    ("allergen", "aromatic anticonvulsant", "[$(O=C1NC(=O)C(c2ccccc2)N1),$(NC(=O)N1c2ccccc2C=Cc2ccccc21)]", "carbamazepine|phenytoin|oxcarbazepine|aromatic anticonvulsant", CLASS),
    ("allergen", "tetracycline", "NC(=O)C1=C(O)CCCC1=O", "tetracycline|doxycycline|minocycline", CLASS),
    ("allergen", "fluoroquinolone", "O=C(O)-c1cn(*)c2cc(*)c(F)cc2c1=O", "fluoroquinolone|quinolone|ciprofloxacin|levofloxacin|moxifloxacin", CLASS),
    ("allergen", "macrolide", "O=C1O[#6]~[#6]~[#6]~[#6]~[#6]~[#6]~[#6]~[#6]~[#6]~[#6]~[#6]~[#6]1", "macrolide|erythromycin|clarithromycin", CLASS),
]  # fmt: skip

HEADER = """# Groups that matter to some patients, as SMARTS; written by python -m sartor.train.facts_groups.
# oxidant: examples that hold the group. allergen: the words by which a record names the class.
"""


def table() -> str:
    """The whole table as text."""
    lines = ["\t".join(("set", "name", "smarts", "words", "source", "version"))]
    lines += ["\t".join((*row, VERSION)) for row in ROWS]
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TABLES / "alert_groups.tsv")
    parser.add_argument("--data", type=Path, help="not needed: the patterns are ours")
    args = parser.parse_args()
    args.out.write_text(table(), encoding="utf-8")
    print(f"{args.out.name}: {len(ROWS)} rows")


if __name__ == "__main__":
    main()
