"""Transporter and UGT1A1 roles, later labels, older grades: written down by us, in the form of facts_drug_roles.

FDA grades substrates, inhibitors and inducers of CYP enzymes only: a transporter's or UGT1A1's row has no strength, and
none is made up. FDA lists OATP1B1 and OATP1B3, and MATE1 and MATE2-K, together; the rows here stand under each name.
"""

from __future__ import annotations

from .facts_drug_roles import FDA, FDA_VERSION, LABEL

TOGETHER = f"{FDA} (OATP1B1/1B3 and MATE1/MATE2-K listed together)"
GUIDANCE = "FDA draft guidance Drug Interaction Studies, table of CYP3A inhibitors by strength"
LABEL_VERSION = "labels as of 2026-11, compiled by us; ungraded where the label gives no fold"
FOLD = "FDA prescribing information (12.3): graded by us from the AUC change that the label gives with an index drug"

FDA_PAIRS = """
OATP1B3 | substrate |  | atorvastatin, bosentan, cerivastatin, docetaxel, fexofenadine, glibenclamide, nateglinide,
    paclitaxel, pitavastatin, pravastatin, repaglinide, rosuvastatin, simvastatin
OATP1B3 | inhibitor |  | atazanavir, clarithromycin, cyclosporine, erythromycin, gemfibrozil, lopinavir, rifampicin,
    simeprevir
MATE1 | substrate |  | dofetilide, metformin
MATE2-K | substrate |  | dofetilide, metformin
OCT2 | substrate |  | dofetilide
MATE2-K | inhibitor |  | cimetidine, dolutegravir, isavuconazole, pyrimethamine, ranolazine, trimethoprim, vandetanib
CYP1A2 | inhibitor | moderate | ethinylestradiol
"""

#: Graded by the AUC change that a label gives: inhibitors and inducers with an index substrate, substrates with a
#: strong index inhibitor (FDA's definitions: 5-fold, 2-fold, 1.25-fold; down by 80, 50, 20 %).
LABEL_FOLDS = """
CYP1A2 | inhibitor | strong | viloxazine
CYP1A2 | inhibitor | moderate | capmatinib, osilodrostat, rucaparib
CYP2C8 | inhibitor | moderate | selpercatinib, pirtobrutinib
CYP2C9 | inhibitor | moderate | nitisinone, oxandrolone
CYP2C9 | inhibitor | weak | ceritinib, rucaparib
CYP2C19 | inhibitor | weak | osilodrostat, pirtobrutinib, rucaparib
CYP2D6 | inhibitor | moderate | berotralstat
CYP2D6 | inhibitor | weak | osilodrostat, viloxazine
CYP3A4 | inhibitor | weak | osilodrostat, pirtobrutinib, selpercatinib, viloxazine
CYP2B6 | inducer | weak | isavuconazole
CYP3A4 | inducer | weak | belzutifan, lesinurad
CYP3A4 | substrate | sensitive | acalabrutinib, bosutinib, cobimetinib, entrectinib, ivabradine, ivacaftor, lonafarnib,
    ubrogepant, venetoclax
CYP3A4 | substrate | moderate | alfuzosin, axitinib, brexpiprazole, cariprazine, ceritinib, crizotinib, duvelisib,
    elagolix, eszopiclone, fedratinib, fesoterodine, gilteritinib, glasdegib, ivosidenib, lapatinib, larotrectinib,
    lemborexant, macitentan, neratinib, nilotinib, pimavanserin, ranolazine, ribociclib, rimegepant, silodosin,
    solifenacin, sonidegib, suvorexant, tofacitinib, zanubrutinib
"""

WEAK_3A = """
CYP3A4 | inhibitor | weak | alprazolam, amiodarone, atorvastatin, fluoxetine, isoniazid, zileuton
"""

MORE_LABELS = """
UGT1A1 | substrate |  | deferasirox, febuxostat, fostemsavir
UGT1A1 | inhibitor |  | ketoconazole, belumosudil
CYP2C9 | inhibitor |  | sulfamethoxazole, metronidazole, etravirine
CYP2C19 | inhibitor |  | etravirine, stiripentol
CYP2D6 | inhibitor |  | eliglustat, darifenacin, moclobemide, halofantrine
CYP3A4 | inducer |  | encorafenib, elagolix, mitapivat
P-gp | substrate |  | silodosin, betrixaban, linagliptin, naloxegol, relugolix, talazoparib, rimegepant, ubrogepant,
    berotralstat, lefamulin, paliperidone, glecaprevir, pibrentasvir
P-gp | inhibitor |  | eliglustat, flibanserin, vemurafenib, isavuconazole, rolapitant, fostamatinib, elagolix,
    conivaptan, vandetanib, capmatinib, pirtobrutinib, berotralstat
BCRP | substrate |  | talazoparib, rimegepant, ubrogepant, pazopanib, teriflunomide, atorvastatin, glecaprevir,
    pibrentasvir
BCRP | inhibitor |  | pirtobrutinib, momelotinib, fostemsavir, daclatasvir, ledipasvir, sofosbuvir,
    voxilaprevir, glecaprevir, pibrentasvir, elbasvir, grazoprevir, tafamidis
OATP1B1 | substrate |  | voxilaprevir
OATP1B3 | substrate |  | valsartan, olmesartan, telmisartan, glecaprevir, grazoprevir, voxilaprevir, methotrexate,
    letermovir
OATP1B3 | inhibitor |  | glecaprevir, pibrentasvir, voxilaprevir, velpatasvir, letermovir, darolutamide, leflunomide,
    teriflunomide
OCT2 | substrate |  | fampridine, varenicline
OCT2 | inhibitor |  | abemaciclib, bictegravir, fedratinib, rucaparib, trilaciclib
MATE1 | inhibitor |  | abemaciclib, bictegravir, capmatinib, cobicistat, fedratinib, risdiplam, rucaparib, trilaciclib,
    tucatinib
MATE2-K | inhibitor |  | abemaciclib, capmatinib, fedratinib, risdiplam, rucaparib, trilaciclib, tucatinib
"""

BLOCKS: tuple[tuple[str, str, str], ...] = (
    (FDA_PAIRS, TOGETHER, FDA_VERSION),
    (LABEL_FOLDS, FOLD, "labels as of 2026-11, compiled by us"),
    (WEAK_3A, GUIDANCE, "draft of 2012, compiled 2026-11"),
    (MORE_LABELS, LABEL, LABEL_VERSION),
)
