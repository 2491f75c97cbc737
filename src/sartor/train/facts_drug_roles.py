"""What drugs do to enzymes and transporters: facts written down by us, block by block, each block with its source.

One entry is ``enzyme | role | strength | drug, drug, ...`` (an indented line goes on). Strengths follow FDA's
definitions (see ``sartor.facts.drugs.Role``). FDA is a public authority; only the facts are taken, none of its text.
"""

from __future__ import annotations

FDA = "FDA Drug Development and Drug Interactions: Table of Substrates, Inhibitors and Inducers"
LABEL = "FDA prescribing information (sections 7, 12.3) or EU summary of product characteristics (4.5, 5.2)"
ICH = "ICH M12 Drug Interaction Studies (2024), index drugs and examples"
FDA_VERSION = "table of 2020-2023, compiled 2026-11"

FDA_TABLE = """
CYP1A2 | substrate | sensitive | alosetron, caffeine, duloxetine, melatonin, ramelteon, tasimelteon, tizanidine
CYP1A2 | substrate | moderate | clozapine, pirfenidone, theophylline
CYP2B6 | substrate | sensitive | bupropion
CYP2B6 | substrate | moderate | efavirenz
CYP2C8 | substrate | sensitive | repaglinide
CYP2C8 | substrate | moderate | montelukast, pioglitazone, rosiglitazone
CYP2C9 | substrate | sensitive | celecoxib
CYP2C9 | substrate | moderate | glimepiride, phenytoin, tolbutamide, warfarin
CYP2C19 | substrate | sensitive | mephenytoin, omeprazole
CYP2C19 | substrate | moderate | diazepam, lansoprazole, rabeprazole, voriconazole
CYP2D6 | substrate | sensitive | atomoxetine, desipramine, dextromethorphan, eliglustat, nebivolol,
    nortriptyline, perphenazine, tolterodine, venlafaxine
CYP2D6 | substrate | moderate | encainide, imipramine, metoprolol, propafenone, propranolol, tramadol,
    trimipramine
CYP3A4 | substrate | sensitive | alfentanil, avanafil, buspirone, conivaptan, darifenacin, darunavir, ebastine,
    everolimus, ibrutinib, lomitapide, lovastatin, midazolam, naloxegol, nisoldipine, saquinavir, simvastatin,
    sirolimus, tacrolimus, tipranavir, triazolam, vardenafil
CYP3A4 | substrate | sensitive | budesonide, dasatinib, dronedarone, eletriptan, eplerenone, felodipine,
    indinavir, lurasidone, maraviroc, quetiapine, sildenafil, ticagrelor, tolvaptan
CYP3A4 | substrate | moderate | alprazolam, aprepitant, atorvastatin, colchicine, eliglustat, pimozide,
    rilpivirine, rivaroxaban, tadalafil
CYP1A2 | inhibitor | strong | ciprofloxacin, enoxacin, fluvoxamine
CYP1A2 | inhibitor | moderate | methoxsalen, mexiletine
CYP1A2 | inhibitor | weak | acyclovir, allopurinol, cimetidine, zileuton
CYP2B6 | inhibitor | weak | clopidogrel, tenofovir, ticlopidine, voriconazole
CYP2C8 | inhibitor | strong | gemfibrozil
CYP2C8 | inhibitor | moderate | clopidogrel, deferasirox, teriflunomide
CYP2C8 | inhibitor | weak | trimethoprim
CYP2C9 | inhibitor | moderate | amiodarone, felbamate, fluconazole, miconazole
CYP2C9 | inhibitor | weak | disulfiram, fluvastatin, fluvoxamine, voriconazole
CYP2C19 | inhibitor | strong | fluconazole, fluoxetine, fluvoxamine, ticlopidine
CYP2C19 | inhibitor | moderate | felbamate
CYP2C19 | inhibitor | weak | omeprazole, voriconazole
CYP2D6 | inhibitor | strong | bupropion, fluoxetine, paroxetine, quinidine, terbinafine
CYP2D6 | inhibitor | moderate | abiraterone, cinacalcet, duloxetine, lorcaserin, mirabegron, rolapitant
CYP2D6 | inhibitor | weak | amiodarone, celecoxib, cimetidine, clobazam, cobicistat, desvenlafaxine, diltiazem,
    diphenhydramine, escitalopram, febuxostat, fluvoxamine, gefitinib, hydralazine, hydroxychloroquine,
    imatinib, labetalol, pazopanib, propafenone, ranitidine, ritonavir, sertraline, telithromycin, verapamil,
    vemurafenib
CYP3A4 | inhibitor | strong | boceprevir, cobicistat, itraconazole, ketoconazole, posaconazole, ritonavir,
    telaprevir, troleandomycin, voriconazole, clarithromycin, idelalisib, nefazodone, nelfinavir, indinavir,
    lopinavir, saquinavir, ceritinib, mibefradil, telithromycin, tucatinib, conivaptan, ribociclib
CYP3A4 | inhibitor | moderate | grapefruit juice, aprepitant, ciprofloxacin, crizotinib, cyclosporine,
    diltiazem, dronedarone, erythromycin, fluconazole, fluvoxamine, imatinib, tofisopam, verapamil
CYP3A4 | inhibitor | weak | chlorzoxazone, cilostazol, cimetidine, clotrimazole, fosaprepitant, istradefylline,
    ivacaftor, lomitapide, ranitidine, ranolazine, ticagrelor
CYP1A2 | inducer | moderate | tobacco smoking, phenytoin, rifampicin, ritonavir, teriflunomide
CYP2B6 | inducer | strong | carbamazepine
CYP2B6 | inducer | moderate | efavirenz, rifampicin
CYP2B6 | inducer | weak | nevirapine, ritonavir
CYP2C8 | inducer | moderate | rifampicin
CYP2C9 | inducer | moderate | enzalutamide, rifampicin
CYP2C9 | inducer | weak | apalutamide, aprepitant, carbamazepine, ritonavir
CYP2C19 | inducer | strong | apalutamide, rifampicin
CYP2C19 | inducer | moderate | efavirenz, enzalutamide, phenytoin
CYP2C19 | inducer | weak | ritonavir
CYP3A4 | inducer | strong | apalutamide, carbamazepine, enzalutamide, mitotane, phenytoin, rifampicin, st john's
    wort
CYP3A4 | inducer | moderate | bosentan, efavirenz, etravirine, phenobarbital, primidone
CYP3A4 | inducer | weak | armodafinil, modafinil, rufinamide
P-gp | substrate |  | dabigatran etexilate, digoxin, fexofenadine, loperamide, quinidine, talinolol, vinblastine
P-gp | inhibitor |  | amiodarone, carvedilol, clarithromycin, dronedarone, itraconazole, lapatinib, lopinavir,
    propafenone, quinidine, ranolazine, ritonavir, saquinavir, telaprevir, tipranavir, verapamil
BCRP | substrate |  | dantrolene, prazosin, rosuvastatin, sulfasalazine
BCRP | inhibitor |  | cyclosporine, eltrombopag
OATP1B1 | substrate |  | atorvastatin, bosentan, cerivastatin, docetaxel, fexofenadine, glibenclamide,
    nateglinide, paclitaxel, pitavastatin, pravastatin, repaglinide, rosuvastatin, simvastatin
OATP1B1 | inhibitor |  | atazanavir, clarithromycin, cyclosporine, erythromycin, gemfibrozil, lopinavir,
    rifampicin, simeprevir
OAT1 | substrate |  | adefovir, cefaclor, ceftizoxime, famotidine, furosemide, ganciclovir, methotrexate
OAT1 | inhibitor |  | probenecid, teriflunomide
OAT3 | substrate |  | cefaclor, ceftizoxime, famotidine, furosemide, methotrexate
OAT3 | inhibitor |  | probenecid, teriflunomide
OCT2 | substrate |  | metformin
MATE1 | substrate |  | metformin
OCT2 | inhibitor |  | cimetidine, dolutegravir, isavuconazole, ranolazine, trimethoprim, vandetanib
MATE1 | inhibitor |  | cimetidine, dolutegravir, isavuconazole, pyrimethamine, ranolazine, trimethoprim,
    vandetanib
"""

ICH_M12 = """
CYP2C9 | inhibitor | strong | sulfaphenazole
P-gp | inhibitor |  | cyclosporine
BCRP | inhibitor |  | fostamatinib, rolapitant
OATP1B3 | inhibitor |  | cyclosporine, rifampicin
OATP1B3 | substrate |  | pitavastatin, rosuvastatin, pravastatin
UGT1A1 | substrate |  | dolutegravir, raltegravir
"""

LABELS = """
CYP1A2 | substrate |  | olanzapine, ropivacaine, zolmitriptan, agomelatine, asenapine, riluzole, erlotinib
CYP1A2 | inhibitor | moderate | vemurafenib
CYP2B6 | substrate |  | methadone, cyclophosphamide, ketamine, nevirapine
CYP2C8 | substrate |  | paclitaxel, enzalutamide, dabrafenib, imatinib, loperamide, treprostinil, selexipag,
    tucatinib
CYP2C8 | inhibitor | weak | lapatinib
CYP2C9 | substrate |  | flurbiprofen, ibuprofen, losartan, meloxicam, piroxicam, siponimod, fluvastatin,
    glipizide, gliclazide, glibenclamide, acenocoumarol, phenprocoumon, ruxolitinib, diclofenac, naproxen,
    nateglinide, torasemide, bosentan
CYP2C9 | inhibitor | weak | valproic acid, capecitabine, fluorouracil
CYP2C19 | substrate |  | citalopram, escitalopram, sertraline, clopidogrel, esomeprazole, pantoprazole,
    dexlansoprazole, clobazam, brivaracetam, mavacamten, amitriptyline, clomipramine, imipramine, doxepin,
    trimipramine, proguanil, phenytoin, phenobarbital, moclobemide, nelfinavir
CYP2C19 | inhibitor | weak | esomeprazole, cimetidine, modafinil
CYP2C19 | inhibitor | moderate | cenobamate, moclobemide
CYP2D6 | substrate |  | amitriptyline, aripiprazole, brexpiprazole, carvedilol, clomipramine, clozapine,
    codeine, cariprazine, deutetrabenazine, donepezil, doxepin, fluoxetine, fluvoxamine, flecainide,
    galantamine, haloperidol, hydrocodone, iloperidone, mexiletine, mirtazapine, oliceridine, ondansetron,
    oxycodone, paroxetine, pimozide, pitolisant, risperidone, tamoxifen, tamsulosin, tetrabenazine,
    thioridazine, timolol, tropisetron, valbenazine, vortioxetine, zuclopenthixol, metoclopramide, gefitinib,
    eliglustat, fesoterodine, lofexidine
CYP2D6 | inhibitor | moderate | dronedarone
CYP2D6 | inhibitor | weak | asenapine, haloperidol, methadone, panobinostat
CYP2D6 | inhibitor | strong | dacomitinib
CYP3A4 | substrate |  | abemaciclib, acalabrutinib, afatinib, alectinib, almotriptan, amiodarone, amlodipine,
    apixaban, apremilast, aripiprazole, armodafinil, axitinib, bedaquiline, bosutinib, brexpiprazole,
    brigatinib, bromocriptine, buprenorphine, cabazitaxel, cabozantinib, carbamazepine, cariprazine, ceritinib,
    cilostazol, citalopram, clarithromycin, clonazepam, cobimetinib, copanlisib, crizotinib, cyclosporine,
    dabrafenib, dapsone, dexamethasone, diltiazem, disopyramide, docetaxel, dolutegravir, domperidone,
    donepezil, duvelisib, efavirenz, elagolix, encorafenib, entrectinib, erlotinib, erythromycin, escitalopram,
    estradiol, eszopiclone, ethinylestradiol, etoposide, fentanyl, finasteride, gefitinib, gilteritinib,
    glasdegib, guanfacine, haloperidol, hydrocodone, idelalisib, iloperidone, imatinib, irinotecan,
    isavuconazole, itraconazole, ivabradine, ivacaftor, ivosidenib, ixabepilone, ketoconazole, lapatinib,
    larotrectinib, lercanidipine, levonorgestrel, linagliptin, loratadine, lorlatinib, lumateperone, macitentan,
    methadone, methylprednisolone, mifepristone, mirtazapine, mobocertinib, modafinil, nateglinide, neratinib,
    nicardipine, nifedipine, nilotinib, nimodipine, olaparib, osimertinib, oxybutynin, oxycodone, paclitaxel,
    palbociclib, panobinostat, pazopanib, pemigatinib, pimavanserin, ponatinib, pralsetinib, prednisolone,
    prednisone, quinidine, ranolazine, regorafenib, ribociclib, ritonavir, ruxolitinib, saxagliptin,
    selpercatinib, solifenacin, sonidegib, sorafenib, sotorasib, sunitinib, suvorexant, tamoxifen, tamsulosin,
    temsirolimus, tofacitinib, toremifene, trazodone, ulipristal, vandetanib, vemurafenib, venetoclax,
    verapamil, vilazodone, vinblastine, vincristine, vinorelbine, vorapaxar, voriconazole, zanubrutinib,
    ziprasidone, zolpidem, zopiclone, capmatinib
CYP3A4 | inhibitor | strong | adagrasib, levoketoconazole, lonafarnib, mifepristone
CYP3A4 | inhibitor | moderate | atazanavir, berotralstat, duvelisib, fedratinib, fosamprenavir, isavuconazole,
    lefamulin, letermovir, netupitant, nilotinib, voxelotor, avacopan
CYP3A4 | inhibitor | weak | lapatinib, pazopanib, everolimus, bicalutamide, fostamatinib, linagliptin,
    palbociclib, amlodipine
CYP3A4 | inducer | strong | ivosidenib, lumacaftor, rifapentine, fosphenytoin
CYP3A4 | inducer | moderate | bexarotene, cenobamate, dabrafenib, dexamethasone, eslicarbazepine, lorlatinib,
    metamizole, nafcillin, pexidartinib, rifabutin, sotorasib, mavacamten
CYP3A4 | inducer | weak | oxcarbazepine, topiramate, clobazam, vemurafenib, brigatinib, flucloxacillin,
    nevirapine
CYP2B6 | inducer |  | phenobarbital, phenytoin, lumacaftor, artemether
CYP2C9 | inducer |  | phenobarbital, st john's wort, bosentan, dabrafenib
CYP2C19 | inducer |  | phenobarbital, carbamazepine, st john's wort
CYP1A2 | inducer | weak | carbamazepine, omeprazole, lansoprazole
UGT1A1 | substrate |  | irinotecan, belinostat, ezetimibe, cabotegravir, bictegravir, sacituzumab govitecan
UGT1A1 | inhibitor |  | atazanavir, indinavir, nilotinib, pazopanib, regorafenib, sorafenib, erlotinib
UGT1A1 | inducer |  | rifampicin, carbamazepine, phenytoin, phenobarbital, efavirenz, ritonavir, tipranavir
UGT1A9 | substrate |  | mycophenolate mofetil, mycophenolic acid, propofol, dapagliflozin, canagliflozin
UGT2B15 | substrate |  | lorazepam, oxazepam
UGT1A4 | substrate |  | lamotrigine
UGT1A4 | inhibitor |  | valproic acid
UGT2B7 | substrate |  | morphine, zidovudine, codeine, valproic acid
P-gp | substrate |  | dabigatran, apixaban, edoxaban, rivaroxaban, colchicine, cyclosporine, tacrolimus,
    sirolimus, everolimus, ticagrelor, afatinib, nintedanib, topotecan, doxorubicin, paclitaxel, vincristine,
    sofosbuvir, ledipasvir, aliskiren, ambrisentan, maraviroc, posaconazole, saxagliptin, sitagliptin,
    ranolazine, lapatinib, imatinib, nilotinib, venetoclax, dasatinib, osimertinib, simvastatin, atorvastatin
P-gp | inhibitor |  | azithromycin, erythromycin, ketoconazole, cobicistat, nilotinib, ticagrelor, daclatasvir,
    simeprevir, sofosbuvir, velpatasvir, glecaprevir, pibrentasvir, ivacaftor, osimertinib, neratinib,
    tucatinib, sotorasib, adagrasib, diltiazem, captopril, felodipine
P-gp | inducer |  | rifampicin, carbamazepine, phenytoin, st john's wort, apalutamide, tipranavir, lorlatinib,
    phenobarbital
BCRP | substrate |  | methotrexate, topotecan, imatinib, lapatinib, irinotecan, mitoxantrone, gefitinib,
    dolutegravir, apixaban
BCRP | inhibitor |  | lapatinib, osimertinib, ritonavir, velpatasvir, febuxostat, darolutamide, capmatinib,
    regorafenib, leflunomide, teriflunomide, tucatinib
OATP1B1 | substrate |  | lovastatin, fluvastatin, valsartan, olmesartan, ezetimibe, enalapril, grazoprevir,
    letermovir, glecaprevir, elagolix, methotrexate
OATP1B1 | inhibitor |  | eltrombopag, glecaprevir, pibrentasvir, voxilaprevir, velpatasvir, letermovir,
    ritonavir, darolutamide, leflunomide, teriflunomide, boceprevir, telaprevir, sacubitril
TPMT | substrate |  | azathioprine, mercaptopurine, tioguanine
NUDT15 | substrate |  | azathioprine, mercaptopurine, tioguanine
DPYD | substrate |  | fluorouracil, capecitabine, tegafur
NAT2 | substrate |  | isoniazid, hydralazine, procainamide, sulfasalazine, amifampridine
CYP3A5 | substrate |  | tacrolimus
"""

BLOCKS: tuple[tuple[str, str, str], ...] = (
    (FDA_TABLE, FDA, FDA_VERSION),
    (ICH_M12, ICH, "2024, compiled 2026-11"),
    (LABELS, LABEL, "labels as of 2026-11, compiled by us; ungraded where the label gives no fold"),
)

# Fractions of clearance that a published study or model states; PM ratios are computed in facts_drugs.
FRACTIONS: tuple[tuple[str, str, float, str], ...] = (
    ("citalopram", "CYP2C19", 0.52, "1 - 1/2.07: FDA label, AUC up 107 % in poor metabolizers"),
    ("tizanidine", "CYP1A2", 0.95, "rstrotmann/ddir reference table (MIT): index substrate"),
    ("repaglinide", "CYP2C8", 0.61, "rstrotmann/ddir reference table (MIT): index substrate"),
    ("omeprazole", "CYP2C19", 0.87, "rstrotmann/ddir reference table (MIT): index substrate"),
    ("midazolam", "CYP3A4", 0.96, "rstrotmann/ddir reference table (MIT): index substrate"),
    ("desipramine", "CYP2D6", 0.85, "rstrotmann/ddir reference table (MIT): index substrate"),
)

# Narrow therapeutic index: FDA product-specific guidances and the list in its interaction guidance of 2012.
NARROW = (
    "FDA product-specific guidances and Drug Interaction Studies guidance: narrow therapeutic index drugs",
    "aminophylline, alfentanil, busulfan, carbamazepine, cisapride, cyclosporine, digitoxin, digoxin, "
    "dihydroergotamine, disopyramide, ergotamine, ethosuximide, everolimus, fentanyl, flecainide, fosphenytoin, "
    "levothyroxine, liothyronine, lithium, mercaptopurine, phenobarbital, phenytoin, pimozide, primidone, "
    "procainamide, quinidine, sirolimus, tacrolimus, theophylline, valproic acid, warfarin",
)

QT_LABEL = "FDA prescribing information: QT prolongation in the boxed warning or in warnings and precautions"
QT_BOXED = (
    "arsenic trioxide, cisapride, dofetilide, droperidol, ibutilide, levacetylmethadol, mesoridazine, "
    "methadone, nilotinib, quizartinib, sotalol, thioridazine, toremifene, vandetanib, mobocertinib"
)
QT_WARNING = (
    "adagrasib, dolasetron, alfuzosin, amiodarone, anagrelide, apomorphine, asenapine, astemizole, atazanavir, "
    "azithromycin, bedaquiline, buprenorphine, ceritinib, chloroquine, ciprofloxacin, citalopram, "
    "clarithromycin, clofazimine, crizotinib, dasatinib, degarelix, deutetrabenazine, disopyramide, donepezil, "
    "dronedarone, efavirenz, encorafenib, entrectinib, eribulin, erythromycin, escitalopram, fexinidazole, "
    "fingolimod, fluconazole, fluoxetine, gemifloxacin, gilteritinib, glasdegib, granisetron, halofantrine, "
    "haloperidol, hydroxychloroquine, hydroxyzine, iloperidone, inotuzumab ozogamicin, ivosidenib, "
    "ketoconazole, lapatinib, lefamulin, lenvatinib, leuprolide, levofloxacin, lofexidine, lopinavir, "
    "macimorelin, mifepristone, mirtazapine, moxifloxacin, norfloxacin, ofloxacin, ondansetron, osilodrostat, "
    "osimertinib, oxaliplatin, ozanimod, paliperidone, panobinostat, pasireotide, pazopanib, pentamidine, "
    "pimavanserin, pimozide, pitolisant, posaconazole, procainamide, propafenone, quetiapine, quinidine, "
    "quinine, ranolazine, ribociclib, rilpivirine, romidepsin, saquinavir, selpercatinib, siponimod, "
    "solifenacin, sorafenib, sunitinib, telavancin, telithromycin, terfenadine, tetrabenazine, trazodone, "
    "triclabendazole, valbenazine, vardenafil, vemurafenib, voriconazole, ziprasidone, amisulpride, flecainide, "
    "ivabradine, levoketoconazole, oliceridine, ponesimod, relugolix, pacritinib, tolterodine, vorinostat"
)

QT_EU_LABEL = "EU summary of product characteristics, section 4.4: QT prolongation"
QT_EU = "domperidone, vernakalant, sertindole"


def parsed(block: str) -> list[tuple[str, str, str, str]]:
    """``(drug, enzyme, role, strength)`` of every fact in a block."""
    out = []
    for line in block.strip().replace("\n    ", " ").splitlines():
        enzyme, role, strength, drugs = (x.strip() for x in line.split("|"))
        out += [(d.strip(), enzyme, role, strength) for d in drugs.split(",")]
    return out
