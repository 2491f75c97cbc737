# ruff: noqa: E501  (one pair a line reads better than wrapped ones)
"""Writes facts/tables/known_pairs.tsv: pairs of medicines that labels contraindicate or advise against.

Run as ``python -m sartor.train.facts_pairs``. Written down by us from prescribing information (sections 4, 5 and 7),
from memory: labels change, read the current one. ``partner`` is a substance or a class in words of the role table:
"strong CYP3A4 inhibitor", "CYP2D6 inhibitor" (any strength known as strong or moderate).
"""

from __future__ import annotations

import argparse
from pathlib import Path

TABLES = Path(__file__).parents[1] / "facts" / "tables"
VERSION = "labels as of 2026-11, from memory: read the current one"

PAIRS = """
simvastatin | strong CYP3A4 inhibitor | contraindicated | exposure rises many-fold: myopathy, rhabdomyolysis
simvastatin | erythromycin, gemfibrozil, cyclosporine, danazol | contraindicated | exposure rises: myopathy, rhabdomyolysis
simvastatin | amlodipine, diltiazem, verapamil, amiodarone, ranolazine, dronedarone | limit the dose | exposure rises: myopathy
lovastatin | strong CYP3A4 inhibitor | contraindicated | exposure rises many-fold: myopathy, rhabdomyolysis
lovastatin | erythromycin, gemfibrozil, cyclosporine | contraindicated | exposure rises: myopathy, rhabdomyolysis
atorvastatin | cyclosporine, gemfibrozil | avoid | hepatic uptake and metabolism are blocked: myopathy
rosuvastatin | cyclosporine | contraindicated | hepatic uptake and efflux are blocked
pitavastatin | cyclosporine | contraindicated | hepatic uptake is blocked
pimozide | strong CYP3A4 inhibitor, strong CYP2D6 inhibitor, citalopram, escitalopram, sertraline, moderate CYP3A4 inhibitor | contraindicated | exposure rises: QT prolongation
triazolam | strong CYP3A4 inhibitor, nefazodone | contraindicated | exposure rises many-fold: deep sedation
midazolam | strong CYP3A4 inhibitor | contraindicated by mouth | exposure rises many-fold: deep sedation
ergotamine | strong CYP3A4 inhibitor, erythromycin | contraindicated | ergotism
dihydroergotamine | strong CYP3A4 inhibitor, erythromycin | contraindicated | ergotism
cisapride | strong CYP3A4 inhibitor, moderate CYP3A4 inhibitor | contraindicated | QT prolongation
domperidone | strong CYP3A4 inhibitor | contraindicated | QT prolongation
ivabradine | strong CYP3A4 inhibitor, diltiazem, verapamil | contraindicated | bradycardia
ranolazine | strong CYP3A4 inhibitor, strong CYP3A4 inducer | contraindicated | QT prolongation, or loss of effect
eplerenone | strong CYP3A4 inhibitor | contraindicated | hyperkalaemia
dronedarone | strong CYP3A4 inhibitor | contraindicated | QT prolongation
lurasidone | strong CYP3A4 inhibitor, strong CYP3A4 inducer | contraindicated | exposure many-fold up or down
lomitapide | strong CYP3A4 inhibitor, moderate CYP3A4 inhibitor | contraindicated | liver toxicity
flibanserin | strong CYP3A4 inhibitor, moderate CYP3A4 inhibitor | contraindicated | hypotension, syncope
avanafil | strong CYP3A4 inhibitor | avoid | hypotension
alfuzosin | strong CYP3A4 inhibitor | contraindicated | hypotension
silodosin | strong CYP3A4 inhibitor | contraindicated | hypotension
ticagrelor | strong CYP3A4 inhibitor, strong CYP3A4 inducer | avoid | bleeding, or loss of effect
rivaroxaban | ketoconazole, itraconazole, ritonavir, strong CYP3A4 inducer | avoid | CYP3A4 and P-gp together: bleeding, or loss of effect
apixaban | strong CYP3A4 inducer | avoid | loss of effect
dabigatran | rifampicin, dronedarone, ketoconazole | avoid | P-gp in the gut: loss of effect, or bleeding
colchicine | strong CYP3A4 inhibitor, cyclosporine | contraindicated in renal or hepatic impairment | fatal toxicity
everolimus | strong CYP3A4 inhibitor, strong CYP3A4 inducer | avoid | exposure many-fold up or down
sirolimus | strong CYP3A4 inhibitor, strong CYP3A4 inducer | avoid | exposure many-fold up or down
tacrolimus | strong CYP3A4 inhibitor, strong CYP3A4 inducer | monitor levels, change the dose | exposure many-fold up or down
cyclosporine | strong CYP3A4 inhibitor, strong CYP3A4 inducer | monitor levels, change the dose | exposure up or down
eletriptan | strong CYP3A4 inhibitor | contraindicated within 72 h | exposure about six-fold up
voriconazole | rifampicin, carbamazepine, phenobarbital, efavirenz | contraindicated | loss of antifungal effect
ketoconazole | rifampicin | avoid | loss of antifungal effect
ethinylestradiol | strong CYP3A4 inducer | other contraception | contraception fails
repaglinide | gemfibrozil | contraindicated | CYP2C8 and uptake blocked: severe hypoglycaemia
selexipag | gemfibrozil | contraindicated | CYP2C8 blocked
dasabuvir | gemfibrozil | contraindicated | CYP2C8 blocked
tizanidine | strong CYP1A2 inhibitor, ciprofloxacin | contraindicated | exposure ten-fold and more: hypotension
ramelteon | fluvoxamine | contraindicated | exposure many-fold up
agomelatine | strong CYP1A2 inhibitor | contraindicated | exposure many-fold up: liver toxicity
theophylline | ciprofloxacin, fluvoxamine, enoxacin | monitor levels, change the dose | seizures, arrhythmia
thioridazine | strong CYP2D6 inhibitor, moderate CYP2D6 inhibitor | contraindicated | QT prolongation
tamoxifen | strong CYP2D6 inhibitor | avoid | less of the active metabolite
codeine | strong CYP2D6 inhibitor | avoid | less morphine: no pain relief
tramadol | strong CYP2D6 inhibitor | avoid | less of the active metabolite; serotonin syndrome with SSRI
clopidogrel | omeprazole, esomeprazole | avoid | less of the active metabolite (CYP2C19)
warfarin | fluconazole, miconazole, amiodarone, metronidazole, sulfamethoxazole | monitor INR, change the dose | CYP2C9 blocked: bleeding
warfarin | rifampicin, carbamazepine, phenobarbital | monitor INR, change the dose | CYP2C9 induced: loss of effect
phenytoin | fluconazole, amiodarone | monitor levels | CYP2C9 blocked: toxicity
digoxin | amiodarone, quinidine, verapamil, dronedarone, clarithromycin, cyclosporine | halve the dose, monitor levels | P-gp blocked: arrhythmia
dofetilide | cimetidine, trimethoprim, verapamil, ketoconazole, dolutegravir | contraindicated | renal secretion blocked: QT prolongation
methotrexate | trimethoprim, probenecid | avoid | renal secretion blocked, or antifolate effect added: marrow toxicity
azathioprine | allopurinol, febuxostat | avoid, or a quarter of the dose | xanthine oxidase blocked: marrow toxicity
mercaptopurine | allopurinol, febuxostat | avoid, or a quarter of the dose | xanthine oxidase blocked: marrow toxicity
sildenafil | nitroglycerin, isosorbide mononitrate, isosorbide dinitrate, riociguat | contraindicated | hypotension (effects add up)
tadalafil | nitroglycerin, isosorbide mononitrate, isosorbide dinitrate, riociguat | contraindicated | hypotension (effects add up)
linezolid | fluoxetine, paroxetine, sertraline, citalopram, escitalopram, venlafaxine, duloxetine, fluvoxamine | contraindicated | serotonin syndrome
moclobemide | fluoxetine, paroxetine, sertraline, citalopram, escitalopram, venlafaxine, duloxetine, fluvoxamine, dextromethorphan, tramadol | contraindicated | serotonin syndrome
selegiline | fluoxetine, paroxetine, sertraline, citalopram, escitalopram, venlafaxine, duloxetine, fluvoxamine, dextromethorphan, tramadol | contraindicated | serotonin syndrome
eliglustat | strong CYP2D6 inhibitor, strong CYP3A4 inhibitor | limit the dose; contraindicated with both | heart conduction
metformin | dolutegravir, cimetidine | limit the dose | renal secretion blocked
lamotrigine | valproic acid | halve the dose | glucuronidation blocked: rash
valproic acid | meropenem, imipenem, ertapenem | avoid | valproate falls: seizures
lithium | ibuprofen, naproxen, diclofenac, hydrochlorothiazide, lisinopril, enalapril, ramipril | monitor levels | renal clearance of lithium falls
"""

HEADER = """# Pairs of medicines that labels contraindicate or advise against; partner: a substance, or a class of the role table.
# Written by python -m sartor.train.facts_pairs.
"""


def table() -> str:
    """The whole table as text."""
    lines = ["substance\tpartner\tverdict\twhy\tsource\tversion"]
    for line in PAIRS.strip().splitlines():
        substance, partners, verdict, why = (c.strip() for c in line.split("|"))
        for partner in partners.split(","):
            cells = (substance, partner.strip(), verdict, why, "prescribing information (FDA or EU), sections 4, 5, 7")
            lines.append("\t".join((*cells, VERSION)))
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TABLES / "known_pairs.tsv")
    parser.add_argument("--data", type=Path, help="not needed: written down from labels")
    args = parser.parse_args()
    args.out.write_text(table(), encoding="utf-8")
    print(f"{args.out.name}: {table().count(chr(10)) - 3} rows")


if __name__ == "__main__":
    main()
