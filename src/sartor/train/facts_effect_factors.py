# ruff: noqa: E501  (one table row a line reads better than wrapped ones)
"""Writes facts/tables/effect_factors.tsv: what in a person makes a side effect likelier or worse.

Run as ``python -m sartor.train.facts_effect_factors``. Kinds of factor: ``age_from``/``age_under`` (years), ``sex``,
``atc`` (a medicine whose ATC code begins so), ``qt_medicine`` (a medicine of the drug table with a QT warning),
``condition`` (a regular expression on the record's conditions, any case), ``potassium_under`` (mmol/L), ``qtc_from``
(ms), ``egfr_under`` (mL/min/1.73 m2), ``child_pugh`` (classes), ``pregnant``, ``allergy`` (a word), ``gene``
(gene: phenotype words). A factor of a person that is not recorded counts as unknown, never as absent.
"""

from __future__ import annotations

from .compiled import write_compiled

VERSION = "compiled 2026-11"
BEERS = "AGS Beers criteria 2023 (doi:10.1111/jgs.18372)"
TISDALE = "Tisdale 2013, Circ Cardiovasc Qual Outcomes 6:479 (doi:10.1161/CIRCOUTCOMES.113.000152)"
DREW = "Drew 2010, AHA/ACCF on torsade in hospital (doi:10.1161/CIRCULATIONAHA.109.192704)"
ESH = "ESC 2018 guideline on syncope (doi:10.1093/eurheartj/ehy037)"
BOYER = "Boyer 2005, N Engl J Med 352:1112 (doi:10.1056/NEJMra041867)"
LABEL = "class warnings in FDA prescribing information"
CPIC = "CPIC guideline G6PD (Gammal 2023, doi:10.1002/cpt.2735)"
GINA = "Global Initiative for Asthma 2024"
KDIGO = "KDIGO 2024 guideline on chronic kidney disease"
E2A = "ICH S5(R3), ICH E2A"
EASL = "EASL 2019 guideline on drug-induced liver injury (doi:10.1016/j.jhep.2019.02.014)"

HYPOTENSIVE = "C02|C03|C07|C08|C09|C01DA|G04CA|G04BE"
ANTICHOLINERGIC = "N04A|G04BD|A03A|A03B|N06AA|R06AA|R06AB|R06AD|N05AA|N05AH|A04AD01|R03BB|S01FA"
SEDATIVE = "N05B|N05C|N02A|N03AA|N03AE|N05A|R06AA|R06AB|R06AD|N06AA|N06AX11"
SEROTONERGIC = "N06AB|N06AX16|N06AX21|N06AF|N06AG|N02CC|N02AX02|N02AX06|J01XX08|N06AX11|N06AA04|A08AA"
BLOOD = "B01A|M01A|N06AB|N02BA"

#: effect | kind | value | what it means | source
ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("qt_prolongation", "qt_medicine", "", "a medicine that prolongs the QT interval", DREW),
    ("qt_prolongation", "potassium_under", "3.5", "low potassium", DREW),
    ("qt_prolongation", "qtc_from", "450/460", "a prolonged QTc (450 ms in men, 460 ms in women)", "Rautaharju 2009 (doi:10.1161/CIRCULATIONAHA.108.191096)"),
    ("qt_prolongation", "qt_recorded", "", "a prolonged QT interval on record", DREW),
    ("qt_prolongation", "sex", "female", "female sex", TISDALE),
    ("qt_prolongation", "age_from", "68", "age", TISDALE),
    ("qt_prolongation", "condition", "long.qt|torsade|heart failure|bradycardia|myocardial infarct", "a heart condition that favours torsade", TISDALE),
    ("qt_prolongation", "atc", "C03C|C03A|C03B", "a diuretic that wastes potassium", TISDALE),
    ("conduction_slowing", "condition", "heart block|av block|brugada|infarct|heart failure|cardiomyopathy|bundle branch", "diseased conduction or muscle", "CAST 1991, N Engl J Med 324:781"),
    ("conduction_slowing", "atc", "C01B", "an antiarrhythmic", LABEL),
    ("ventricular_arrhythmia", "condition", "infarct|heart failure|cardiomyopathy|coronary|arrhythmia|fibrillation", "a heart disease", LABEL),
    ("ventricular_arrhythmia", "atc", "C01B|C01A", "an antiarrhythmic or digitalis", LABEL),
    ("cardiac_depression", "condition", "heart failure|cardiomyopathy|reduced ejection", "heart failure", "ESC 2021 guideline on heart failure (doi:10.1093/eurheartj/ehab368)"),
    ("cardiac_depression", "atc", "C07|C08D", "a beta blocker or a calcium channel blocker that depresses the heart", LABEL),
    ("cardiomyopathy", "condition", "heart failure|cardiomyopathy|reduced ejection|anthracycline", "a heart muscle disease", LABEL),
    ("bradycardia", "atc", "C07|C08D|C01AA|C01B|C02AC|N06DA", "a medicine that slows the heart", LABEL),
    ("bradycardia", "condition", "bradycardia|sick sinus|av block|heart block", "slow conduction", LABEL),
    ("tachycardia", "condition", "angina|coronary|infarct|fibrillation|tachycardia|hyperthyroid", "a heart that bears a fast rate badly", LABEL),
    ("valvulopathy", "condition", "valv|pulmonary hypertension|pulmonary arterial", "diseased valves or pulmonary hypertension", "Roth 2007, N Engl J Med 356:6"),
    ("valvulopathy", "atc", "N04BC|A08AA|N02CA", "another ergot, dopamine agonist or appetite suppressant", "Roth 2007, N Engl J Med 356:6"),
    ("orthostatic_hypotension", "age_from", "65", "age", BEERS),
    ("orthostatic_hypotension", "atc", HYPOTENSIVE, "a medicine that lowers blood pressure", ESH),
    ("orthostatic_hypotension", "atc", "N05A|N06AA|N04B", "a neuroleptic, tricyclic or dopaminergic medicine", ESH),
    ("orthostatic_hypotension", "condition", "parkinson|syncope|autonomic|diabet|orthostatic|fall", "a condition that favours it", ESH),
    ("hypotension", "atc", HYPOTENSIVE, "a medicine that lowers blood pressure (nitrates above all)", LABEL),
    ("hypotension", "condition", "aortic stenosis|syncope|hypotension", "a condition that bears low pressure badly", LABEL),
    ("hypertension", "condition", "hypertension|stroke|aneurysm|high blood pressure", "high blood pressure or its harm", LABEL),
    ("hypertension", "atc", "N06AF|N06AG|N04BD", "a monoamine oxidase inhibitor", LABEL),
    ("hypertension", "atc", "C02|C03|C07|C08|C09", "treated high blood pressure", LABEL),
    ("thrombosis", "condition", "infarct|stroke|thrombo|embol|coronary|angina|peripheral arter", "an arterial or venous event", LABEL),
    ("thrombosis", "atc", "B01A", "treatment against clotting, which tells of a risk", LABEL),
    ("vasoconstriction", "condition", "angina|coronary|infarct|stroke|raynaud|peripheral arter", "narrow arteries", LABEL),
    ("vasoconstriction", "atc", "N02C", "another triptan or ergot", LABEL),
    ("oedema", "condition", "heart failure|cirrhosis|nephrotic|oedema|edema", "a condition that retains fluid", LABEL),
    ("bleeding", "atc", BLOOD, "a medicine that favours bleeding", LABEL),
    ("bleeding", "condition", "bleed|haemorrh|hemorrh|ulcer|haemophil|hemophil|thrombocytop|von willebrand", "a bleeding tendency", LABEL),
    ("bleeding", "age_from", "75", "age", BEERS),
    ("cytopenia", "atc", "L01|L04AX|J05AF01|P01BA|N05AH02|H03B", "a medicine that lowers blood counts", LABEL),
    ("cytopenia", "condition", "neutropeni|thrombocytop|anaemia|anemia|leuk|myelodys", "low counts", LABEL),
    ("folate_lack", "atc", "L01BA|L04AX03|J01E|N03A", "another folate antagonist", LABEL),
    ("red_cell_oxidation", "gene", "G6PD: deficient", "G6PD deficiency", CPIC),
    ("red_cell_oxidation", "gene", "G6PD: variable", "G6PD of unsure activity (heterozygous)", CPIC),
    ("bronchoconstriction", "condition", "asthma|copd|bronch|nasal polyp|aspirin.exacerbated", "asthma or obstructed airways", GINA),
    ("bronchoconstriction", "atc", "R03", "treatment of obstructed airways", GINA),
    ("bronchoconstriction", "allergy", "aspirin|nsaid|salicylate", "intolerance of aspirin", GINA),
    ("respiratory_depression", "atc", SEDATIVE, "a sedating medicine or opioid", LABEL),
    ("respiratory_depression", "condition", "copd|sleep apn|respiratory failure|obesity hypovent", "weak breathing", LABEL),
    ("respiratory_depression", "age_from", "65", "age", BEERS),
    ("sedation", "age_from", "65", "age: falls", BEERS),
    ("sedation", "atc", SEDATIVE, "another sedating medicine", BEERS),
    ("sedation", "condition", "fall|dementia|fracture|sleep apn|parkinson", "a condition in which sedation harms", BEERS),
    ("confusion", "age_from", "65", "age", BEERS),
    ("confusion", "condition", "dementia|alzheimer|delirium|cognitive", "impaired cognition", BEERS),
    ("confusion", "atc", ANTICHOLINERGIC, "an anticholinergic medicine", BEERS),
    ("seizure", "condition", "epilep|seizure|head injury|stroke|alcohol", "a lowered seizure threshold", LABEL),
    ("seizure", "atc", "N03A|N06AX12|N02AX02|N05AH02|J01MA|R03DA", "epilepsy treatment or a medicine that lowers the threshold", LABEL),
    ("extrapyramidal", "condition", "parkinson|lewy", "Parkinson's disease", BEERS),
    ("extrapyramidal", "atc", "N05A|A03FA|N04B", "a dopamine antagonist, or treatment of Parkinson's disease", BEERS),
    ("psychosis", "condition", "schizo|psychos|bipolar|dementia|parkinson", "a condition prone to psychosis", LABEL),
    ("dependence", "condition", "addict|dependence|abuse|alcohol", "a history of dependence", LABEL),
    ("depression", "condition", "depress|suicid|bipolar", "depression", LABEL),
    ("serotonin_toxicity", "atc", SEROTONERGIC, "another serotonergic medicine", BOYER),
    ("insomnia", "condition", "insomnia|anxiety|panic", "insomnia or anxiety", LABEL),
    ("anticholinergic", "age_from", "65", "age", BEERS),
    ("anticholinergic", "atc", ANTICHOLINERGIC, "another anticholinergic medicine: the burdens add", BEERS),
    ("anticholinergic", "condition", "dementia|alzheimer|prostat|urinary retention|constipation|glaucoma|myasthenia", "a condition that anticholinergics worsen", BEERS),
    ("glaucoma", "condition", "glaucoma", "glaucoma", LABEL),
    ("cholinergic", "condition", "asthma|copd|bradycardia|ulcer|incontinence", "a condition that cholinergics worsen", LABEL),
    ("cholinergic", "atc", "N06DA|N07A", "another cholinesterase inhibitor or cholinergic", LABEL),
    ("neuromuscular_block", "condition", "myasthenia|lambert", "myasthenia", LABEL),
    ("constipation", "atc", "N02A|" + ANTICHOLINERGIC, "an opioid or anticholinergic medicine", BEERS),
    ("constipation", "condition", "constipation|ileus|bowel obstruct|colitis", "a slow bowel", LABEL),
    ("gi_bleeding", "age_from", "65", "age", BEERS),
    ("gi_bleeding", "atc", "B01A|H02A|N06AB|M01A", "an anticoagulant, steroid, SSRI or NSAID", BEERS),
    ("gi_bleeding", "condition", "ulcer|gastrointestinal bleed|gastric bleed|gastritis", "ulcer disease", BEERS),
    ("colitis", "condition", "crohn|colitis|inflammatory bowel", "inflammatory bowel disease", LABEL),
    ("gallstones", "condition", "gallstone|cholelith", "gallstones", LABEL),
    ("kidney_injury", "egfr_under", "60", "reduced kidney function", KDIGO),
    ("kidney_injury", "atc", "C09|C03|M01A|L04AD", "a renin-angiotensin blocker, diuretic, NSAID or calcineurin inhibitor", KDIGO),
    ("kidney_injury", "condition", "kidney|renal|heart failure|cirrhosis", "a kidney that depends on prostaglandins", KDIGO),
    ("water_balance", "age_from", "65", "age: hyponatraemia", BEERS),
    ("water_balance", "atc", "C03A|C03B|N06AB|N03AF", "a thiazide, SSRI or carbamazepine", BEERS),
    ("acidosis", "egfr_under", "45", "reduced kidney function", KDIGO),
    ("acidosis", "atc", "A10BA|S01EC|N03AX11", "metformin or another carbonic anhydrase inhibitor", LABEL),
    ("hyperprolactinaemia", "atc", "N05A|A03FA", "another dopamine antagonist", LABEL),
    ("hyperprolactinaemia", "condition", "breast cancer|prolactin|osteopor", "a condition that prolactin worsens", LABEL),
    ("oestrogen_effect", "condition", "breast cancer|endometri|thrombo|embol", "a condition that oestrogens worsen", LABEL),
    ("oestrogen_loss", "condition", "osteopor|fracture", "osteoporosis", LABEL),
    ("androgen_effect", "condition", "prostat", "prostate disease", LABEL),
    ("androgen_effect", "pregnant", "", "pregnancy: virilization of a female fetus", E2A),
    ("androgen_block", "pregnant", "", "pregnancy: feminization of a male fetus", E2A),
    ("glucocorticoid_effect", "atc", "H02A", "another glucocorticoid", LABEL),
    ("glucocorticoid_effect", "condition", "diabet|osteopor|infection|tubercul", "a condition that glucocorticoids worsen", LABEL),
    ("adrenal_insufficiency", "condition", "addison|adrenal", "adrenal disease", LABEL),
    ("adrenal_insufficiency", "atc", "H02A", "a glucocorticoid (suppressed adrenals)", LABEL),
    ("hyperglycaemia", "condition", "diabet|hyperglyc|obes", "diabetes", LABEL),
    ("hyperglycaemia", "atc", "A10|H02A", "diabetes treatment or a glucocorticoid", LABEL),
    ("hypoglycaemia", "atc", "A10A|A10BB", "insulin or a sulfonylurea", LABEL),
    ("weight_gain", "condition", "obes|diabet|metabolic syndrome", "obesity or diabetes", LABEL),
    ("weight_gain", "atc", "N05AH|N06AX11|N03AG01|A10A", "another medicine that raises weight", LABEL),
    ("hyperlipidaemia", "atc", "C10", "treated lipids", LABEL),
    ("hypercalcaemia", "condition", "hypercalc|sarcoid|kidney stone|hyperparathyr", "a calcium disorder", LABEL),
    ("liver_injury", "condition", "hepat|liver|cirrhosis|alcohol|steato|nash|nafld", "a liver disease", EASL),
    ("liver_injury", "child_pugh", "B|C", "impaired liver function", EASL),
    ("liver_injury", "liver_medicine", "", "a medicine that FDA ranks of most concern for the liver", EASL),
    ("rash", "condition", "psoria|eczema|dermatitis|stevens", "a skin disease", LABEL),
    ("vision", "condition", "retin|macular|glaucoma", "an eye disease", LABEL),
    ("infection", "atc", "L04|H02A|L01", "an immunosuppressant", LABEL),
    ("infection", "condition", "hiv|immunodef|tubercul|hepatitis b|transplant", "weakened defence or a latent infection", LABEL),
    ("embryofetal_harm", "pregnant", "", "pregnancy", E2A),
    ("embryofetal_harm", "childbearing", "12-50", "a woman of childbearing age whose record says nothing of pregnancy", E2A),
    ("ductus", "pregnant", "", "pregnancy", "FDA drug safety communication on NSAIDs, 2020-10-15"),
    ("phospholipidosis", "atc", "C01BD|P01BA|N05AA|N06AA", "another cationic amphiphilic medicine: they add", "Ploemen 2004, Exp Toxicol Pathol 55:347"),
    ("skin_sensitization", "condition", "psoria|eczema|dermatitis|stevens", "a skin disease", LABEL),
)  # fmt: skip

HEADER = """# What in a person makes a side effect likelier or worse; written by python -m sartor.train.facts_effect_factors.
# kind: see sartor.facts.effect_factors. A fact that is not recorded is unknown, never absent.
"""
COLUMNS = ("effect", "kind", "value", "words", "source", "version")


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    write_compiled("effect_factors.tsv", __doc__, HEADER, COLUMNS, [(*r, VERSION) for r in ROWS])


if __name__ == "__main__":
    main()
