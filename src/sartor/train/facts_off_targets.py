# ruff: noqa: E501  (one table row a line reads better than wrapped ones)
"""Writes facts/tables/off_target_effects.tsv: what follows where a medicine hits a protein it was not made for.

Run as ``python -m sartor.train.facts_off_targets``. The facts are of the published panels of secondary pharmacology and
of labels, in our own words: gene, action, effect, severity. ``bowes44`` marks the 44 proteins that four companies
screen first (Bowes 2012); the rest are extensions for which measurements are open. Severity is of the effect at its
worst where it is common enough to be warned of: minor, moderate, serious (ICH E2A's meaning of serious).
"""

from __future__ import annotations

from .compiled import write_compiled

VERSION = "compiled 2026-11"
BOWES = "Bowes 2012, Nat Rev Drug Discov 11:909 (doi:10.1038/nrd3845)"
LYNCH = "Lynch 2017, J Pharmacol Toxicol Methods 87:108 (doi:10.1016/j.vascn.2017.02.020)"
ROTH = "Roth 2007, N Engl J Med 356:6 (doi:10.1056/NEJMp068265)"
S7B = "ICH S7B and E14/S7B questions and answers (2022)"
FORCE = "Force 2007, Nat Rev Cancer 7:332 (doi:10.1038/nrc2106)"
LABEL = "class warnings in FDA prescribing information"

#: effect -> organ, what a person would notice
EFFECTS: dict[str, tuple[str, str]] = {
    "qt_prolongation": ("heart", "QT prolongation, torsade de pointes"),
    "conduction_slowing": ("heart", "slowed conduction (PR, QRS), arrhythmia"),
    "cardiac_depression": ("heart", "weaker contraction, heart failure"),
    "bradycardia": ("heart", "slow heart rate, heart block"),
    "tachycardia": ("heart", "fast heart rate, palpitations"),
    "valvulopathy": ("heart", "thickened heart valves, pulmonary hypertension"),
    "ventricular_arrhythmia": ("heart", "ventricular arrhythmia"),
    "cardiomyopathy": ("heart", "cardiomyopathy, fall of ejection fraction"),
    "orthostatic_hypotension": ("vessels", "blood pressure falls on standing, syncope"),
    "hypotension": ("vessels", "low blood pressure, flushing, headache"),
    "hypertension": ("vessels", "high blood pressure"),
    "thrombosis": ("vessels", "arterial thrombosis, myocardial infarction, stroke"),
    "vasoconstriction": ("vessels", "vasoconstriction, ischaemia"),
    "oedema": ("vessels", "fluid retention, oedema"),
    "bleeding": ("blood", "bleeding"),
    "cytopenia": ("blood", "neutropenia, thrombocytopenia, anaemia"),
    "bronchoconstriction": ("lungs", "bronchoconstriction, asthma attack"),
    "respiratory_depression": ("lungs", "respiratory depression"),
    "sedation": ("brain", "sedation, falls, slowed driving"),
    "confusion": ("brain", "impaired memory, confusion"),
    "seizure": ("brain", "seizures"),
    "extrapyramidal": ("brain", "parkinsonism, dystonia, tardive dyskinesia"),
    "psychosis": ("brain", "hallucination, psychosis, agitation"),
    "dependence": ("brain", "abuse and dependence"),
    "depression": ("brain", "depression, suicidal thoughts"),
    "dysphoria": ("brain", "dysphoria, altered perception"),
    "serotonin_toxicity": ("brain", "serotonin toxicity with other serotonergic medicines"),
    "insomnia": ("brain", "insomnia, anxiety, tremor"),
    "hyperthermia": ("brain", "raised body temperature, blunted heat sense"),
    "anticholinergic": ("nerves", "dry mouth, constipation, urinary retention, blurred vision"),
    "cholinergic": ("nerves", "nausea, diarrhoea, sweating, slow pulse, bronchial secretion"),
    "neuromuscular_block": ("nerves", "muscle weakness"),
    "nausea": ("gut", "nausea, vomiting, diarrhoea"),
    "constipation": ("gut", "constipation, ileus, ischaemic colitis"),
    "gi_bleeding": ("gut", "gastric ulcer, gastrointestinal bleeding"),
    "gallstones": ("gut", "gallbladder stasis, gallstones"),
    "pancreas_trophic": ("gut", "trophic change of the pancreas"),
    "colitis": ("gut", "diarrhoea, colitis"),
    "kidney_injury": ("kidney", "acute kidney injury, hyperkalaemia"),
    "water_balance": ("kidney", "hyponatraemia or water loss"),
    "acidosis": ("kidney", "metabolic acidosis, kidney stones"),
    "hyperprolactinaemia": ("hormones", "raised prolactin, galactorrhoea"),
    "androgen_block": ("hormones", "gynaecomastia, impotence, feminization of a male fetus"),
    "androgen_effect": ("hormones", "virilization, prostate growth"),
    "oestrogen_effect": ("hormones", "endometrial growth, thromboembolism"),
    "oestrogen_loss": ("hormones", "hot flushes, bone loss"),
    "glucocorticoid_effect": ("hormones", "adrenal suppression, hyperglycaemia, immune suppression"),
    "adrenal_insufficiency": ("hormones", "adrenal insufficiency"),
    "hyperglycaemia": ("metabolism", "hyperglycaemia"),
    "hyperlipidaemia": ("metabolism", "raised lipids"),
    "weight_gain": ("metabolism", "weight gain"),
    "hypercalcaemia": ("metabolism", "hypercalcaemia"),
    "hypoglycaemia": ("metabolism", "hypoglycaemia"),
    "liver_injury": ("liver", "raised transaminases, liver injury"),
    "rash": ("skin", "acneiform rash, hand-foot reaction"),
    "vision": ("eye", "visual disturbance, retinal change"),
    "glaucoma": ("eye", "acute angle-closure glaucoma"),
    "infection": ("immune system", "serious infection"),
    "folate_lack": ("blood", "megaloblastic anaemia, mucositis"),
    "embryofetal_harm": ("unborn child", "malformation or loss of the fetus"),
    "ductus": ("unborn child", "closure of the ductus arteriosus late in pregnancy"),
}  # fmt: skip

#: gene | protein | action | effect severity, effect severity ... ("*" before the gene: of the 44)
BLOCKS: tuple[tuple[str, str], ...] = (
    (BOWES, """
*ADORA2A | adenosine A2A receptor | agonist | hypotension moderate, tachycardia moderate
*ADORA2A | adenosine A2A receptor | antagonist | insomnia minor, tachycardia minor
*ADRA1A | alpha-1A adrenoceptor | antagonist | orthostatic_hypotension serious, tachycardia minor
*ADRA1A | alpha-1A adrenoceptor | agonist | hypertension moderate, vasoconstriction moderate
*ADRA2A | alpha-2A adrenoceptor | agonist | hypotension moderate, bradycardia moderate, sedation moderate
*ADRA2A | alpha-2A adrenoceptor | antagonist | hypertension moderate, tachycardia moderate, insomnia minor
*ADRB1 | beta-1 adrenoceptor | agonist | tachycardia moderate, ventricular_arrhythmia serious
*ADRB1 | beta-1 adrenoceptor | antagonist | bradycardia serious, cardiac_depression serious, hypotension moderate
*ADRB2 | beta-2 adrenoceptor | antagonist | bronchoconstriction serious, hypoglycaemia moderate
*ADRB2 | beta-2 adrenoceptor | agonist | tachycardia moderate, hyperglycaemia minor
*CNR1 | cannabinoid CB1 receptor | agonist | sedation moderate, psychosis moderate, hypotension moderate, dependence moderate
*CNR1 | cannabinoid CB1 receptor | antagonist | depression serious, insomnia minor, nausea minor
*CNR2 | cannabinoid CB2 receptor | agonist | infection minor
*CCKAR | cholecystokinin 1 receptor | agonist | nausea minor, pancreas_trophic moderate
*CCKAR | cholecystokinin 1 receptor | antagonist | gallstones moderate
*DRD1 | dopamine D1 receptor | agonist | hypotension moderate, nausea minor
*DRD1 | dopamine D1 receptor | antagonist | extrapyramidal moderate, depression minor
*DRD2 | dopamine D2 receptor | antagonist | extrapyramidal serious, hyperprolactinaemia moderate, sedation minor
*DRD2 | dopamine D2 receptor | agonist | nausea minor, psychosis moderate, hypotension moderate
*EDNRA | endothelin A receptor | antagonist | embryofetal_harm serious, oedema moderate, liver_injury moderate, hypotension minor
*HRH1 | histamine H1 receptor | antagonist | sedation moderate, weight_gain minor
*HRH2 | histamine H2 receptor | antagonist | confusion minor
*OPRD1 | delta opioid receptor | agonist | seizure moderate, dependence moderate, hypotension minor
*OPRK1 | kappa opioid receptor | agonist | dysphoria moderate, sedation moderate, water_balance minor
*OPRM1 | mu opioid receptor | agonist | respiratory_depression serious, dependence serious, constipation moderate, sedation moderate
*OPRM1 | mu opioid receptor | antagonist | nausea minor, insomnia minor
*CHRM1 | muscarinic M1 receptor | antagonist | confusion moderate, anticholinergic moderate, glaucoma serious
*CHRM1 | muscarinic M1 receptor | agonist | cholinergic moderate, seizure moderate
*CHRM2 | muscarinic M2 receptor | antagonist | tachycardia moderate
*CHRM2 | muscarinic M2 receptor | agonist | bradycardia serious, bronchoconstriction moderate
*CHRM3 | muscarinic M3 receptor | antagonist | anticholinergic moderate, constipation moderate, glaucoma serious
*CHRM3 | muscarinic M3 receptor | agonist | cholinergic moderate, bronchoconstriction serious
*HTR1A | serotonin 5-HT1A receptor | agonist | serotonin_toxicity moderate, nausea minor, hypotension minor
*HTR1B | serotonin 5-HT1B receptor | agonist | vasoconstriction serious
*HTR2A | serotonin 5-HT2A receptor | agonist | psychosis serious, vasoconstriction moderate, serotonin_toxicity moderate
*HTR2A | serotonin 5-HT2A receptor | antagonist | sedation minor, weight_gain minor
*AVPR1A | vasopressin V1a receptor | agonist | hypertension moderate, vasoconstriction serious, water_balance moderate
*CHRNA4 | nicotinic alpha-4 receptor | agonist | nausea minor, dependence moderate, tachycardia minor
*CHRNA4 | nicotinic alpha-4 receptor | antagonist | neuromuscular_block moderate, constipation minor
*CACNA1C | L-type calcium channel Cav1.2 | blocker | hypotension moderate, bradycardia moderate, cardiac_depression moderate, constipation minor
*GABRA1 | GABA-A receptor, benzodiazepine site | positive modulator | sedation moderate, dependence moderate, confusion moderate
*GABRA1 | GABA-A receptor | negative modulator | seizure serious, insomnia minor
*KCNQ1 | potassium channel Kv7.1 (minK) | blocker | qt_prolongation serious
*HTR3A | serotonin 5-HT3 receptor | antagonist | constipation moderate
*HTR3A | serotonin 5-HT3 receptor | agonist | nausea moderate
*GRIN1 | NMDA receptor | blocker | psychosis serious, sedation moderate
*ACHE | acetylcholinesterase | inhibitor | cholinergic moderate, bradycardia moderate, bronchoconstriction moderate
*PTGS1 | cyclooxygenase 1 | inhibitor | gi_bleeding serious, bleeding moderate, kidney_injury serious, bronchoconstriction serious, ductus serious
*PTGS2 | cyclooxygenase 2 | inhibitor | thrombosis serious, kidney_injury moderate, hypertension moderate, ductus serious
*MAOA | monoamine oxidase A | inhibitor | hypertension serious, serotonin_toxicity serious
*PDE3A | phosphodiesterase 3A | inhibitor | ventricular_arrhythmia serious, tachycardia moderate, hypotension moderate, bleeding minor
*PDE4D | phosphodiesterase 4D | inhibitor | nausea moderate, depression moderate
*LCK | lymphocyte kinase LCK | inhibitor | infection moderate
*SLC6A3 | dopamine transporter | inhibitor | dependence serious, insomnia moderate, psychosis moderate, hypertension minor
*SLC6A2 | noradrenaline transporter | inhibitor | hypertension moderate, tachycardia moderate, insomnia minor, anticholinergic minor
*SLC6A4 | serotonin transporter | inhibitor | serotonin_toxicity serious, nausea minor, bleeding moderate, water_balance moderate
*AR | androgen receptor | antagonist | androgen_block moderate
*AR | androgen receptor | agonist | androgen_effect moderate
*NR3C1 | glucocorticoid receptor | agonist | glucocorticoid_effect serious
*NR3C1 | glucocorticoid receptor | antagonist | adrenal_insufficiency serious
"""),
    (S7B, """
*KCNH2 | potassium channel hERG | blocker | qt_prolongation serious
*SCN5A | sodium channel Nav1.5 | blocker | conduction_slowing serious, ventricular_arrhythmia serious
"""),
    (ROTH, """
*HTR2B | serotonin 5-HT2B receptor | agonist | valvulopathy serious
"""),
    (LYNCH, """
ADORA1 | adenosine A1 receptor | agonist | bradycardia serious, hypotension moderate, sedation minor
ADORA1 | adenosine A1 receptor | antagonist | seizure moderate, insomnia minor
ADORA3 | adenosine A3 receptor | agonist | bronchoconstriction moderate
ADRA1B | alpha-1B adrenoceptor | antagonist | orthostatic_hypotension serious
ADRA1D | alpha-1D adrenoceptor | antagonist | orthostatic_hypotension moderate
AGTR1 | angiotensin AT1 receptor | antagonist | hypotension moderate, kidney_injury moderate, embryofetal_harm serious
EDNRB | endothelin B receptor | antagonist | embryofetal_harm serious, oedema minor
DRD3 | dopamine D3 receptor | agonist | nausea minor, psychosis moderate
DRD4 | dopamine D4 receptor | agonist | hypotension minor
HRH3 | histamine H3 receptor | antagonist | insomnia minor
HTR2C | serotonin 5-HT2C receptor | antagonist | weight_gain moderate
HTR2C | serotonin 5-HT2C receptor | agonist | nausea minor, psychosis minor
HTR6 | serotonin 5-HT6 receptor | antagonist | sedation minor
HTR7 | serotonin 5-HT7 receptor | antagonist | sedation minor
CHRM4 | muscarinic M4 receptor | antagonist | anticholinergic minor
CHRM5 | muscarinic M5 receptor | antagonist | anticholinergic minor
CHRNA7 | nicotinic alpha-7 receptor | agonist | nausea minor
SIGMAR1 | sigma-1 receptor | ligand | dysphoria minor
SCN9A | sodium channel Nav1.7 | blocker | orthostatic_hypotension minor
KCNA5 | potassium channel Kv1.5 | blocker | ventricular_arrhythmia moderate
GABRA5 | GABA-A receptor alpha-5 | negative modulator | seizure moderate
MAOB | monoamine oxidase B | inhibitor | serotonin_toxicity moderate, orthostatic_hypotension moderate
PDE5A | phosphodiesterase 5 | inhibitor | hypotension serious, vision minor
PDE10A | phosphodiesterase 10A | inhibitor | extrapyramidal moderate, sedation minor
TRPV1 | vanilloid receptor TRPV1 | antagonist | hyperthermia moderate
GHSR | ghrelin receptor | agonist | weight_gain minor, hyperglycaemia minor
PPARG | peroxisome proliferator receptor gamma | agonist | oedema serious, cardiac_depression serious, weight_gain moderate
PPARA | peroxisome proliferator receptor alpha | agonist | liver_injury minor, gallstones minor
VDR | vitamin D receptor | agonist | hypercalcaemia serious
NR1H4 | bile acid receptor FXR | agonist | hyperlipidaemia moderate
ESR1 | oestrogen receptor alpha | agonist | oestrogen_effect serious
ESR1 | oestrogen receptor alpha | antagonist | oestrogen_loss moderate
CYP19A1 | aromatase | inhibitor | oestrogen_loss moderate, embryofetal_harm serious
CYP11B1 | 11-beta-hydroxylase | inhibitor | adrenal_insufficiency serious
HSD11B1 | 11-beta-hydroxysteroid dehydrogenase 1 | inhibitor | adrenal_insufficiency minor
TBXA2R | thromboxane receptor | antagonist | bleeding moderate
P2RY12 | platelet receptor P2Y12 | antagonist | bleeding serious
F2 | thrombin | inhibitor | bleeding serious
F10 | factor Xa | inhibitor | bleeding serious
CA2 | carbonic anhydrase II | inhibitor | acidosis moderate
"""),
    (LABEL, """
DHFR | dihydrofolate reductase | inhibitor | folate_lack serious, embryofetal_harm serious
TYMS | thymidylate synthase | inhibitor | cytopenia serious, embryofetal_harm serious
PARP1 | PARP1 | inhibitor | cytopenia serious, embryofetal_harm serious
HDAC1 | histone deacetylase 1 | inhibitor | cytopenia serious, qt_prolongation moderate, embryofetal_harm serious
MTOR | mTOR | inhibitor | hyperglycaemia moderate, hyperlipidaemia moderate, infection serious, embryofetal_harm serious
PIK3CD | PI3-kinase delta | inhibitor | colitis serious, liver_injury serious, infection serious
PIK3CA | PI3-kinase alpha | inhibitor | hyperglycaemia serious, colitis moderate
JAK2 | janus kinase 2 | inhibitor | cytopenia serious, infection serious, thrombosis moderate
JAK3 | janus kinase 3 | inhibitor | infection serious, cytopenia moderate
EGFR | EGF receptor | inhibitor | rash moderate, colitis moderate, embryofetal_harm serious
ERBB2 | HER2 receptor | inhibitor | cardiomyopathy serious, colitis moderate, embryofetal_harm serious
INSR | insulin receptor | inhibitor | hyperglycaemia serious
IGF1R | IGF-1 receptor | inhibitor | hyperglycaemia serious
AURKB | aurora kinase B | inhibitor | cytopenia serious, embryofetal_harm serious
MAP2K1 | MEK1 | inhibitor | vision serious, cardiomyopathy serious, rash moderate
BRAF | BRAF | inhibitor | rash moderate, hyperthermia moderate, vision moderate
"""),
    (FORCE, """
KDR | VEGF receptor 2 | inhibitor | hypertension serious, bleeding serious, thrombosis serious, embryofetal_harm serious
FLT1 | VEGF receptor 1 | inhibitor | hypertension serious, embryofetal_harm serious
PDGFRA | PDGF receptor alpha | inhibitor | oedema moderate, embryofetal_harm serious
PDGFRB | PDGF receptor beta | inhibitor | oedema moderate, cardiomyopathy moderate
KIT | stem cell factor receptor | inhibitor | cytopenia moderate, oedema minor
ABL1 | ABL1 | inhibitor | cardiomyopathy moderate, cytopenia serious, oedema moderate
"""),
)  # fmt: skip

HEADER = """# What follows where a medicine hits a protein; written by python -m sartor.train.facts_off_targets.
# bowes44: of the panel of Bowes 2012. severity: minor, moderate, serious (ICH E2A). Facts in our own words.
"""
COLUMNS = ("gene", "protein", "bowes44", "action", "effect", "words", "organ", "severity", "source", "version")


def rows() -> list[tuple[str, ...]]:
    """Every row: one gene, one action, one effect."""
    out = []
    for source, block in BLOCKS:
        for line in block.strip().split("\n"):
            gene, protein, action, effects = (x.strip() for x in line.split("|"))
            for effect in effects.split(","):
                name, severity = effect.split()
                organ, words = EFFECTS[name]
                marked = "yes" if gene.startswith("*") else ""
                out.append(
                    (gene.lstrip("*"), protein, marked, action, name, words, organ, severity, source, VERSION)
                )  # fmt: skip
    return sorted(out, key=lambda r: (not r[2], r[0], r[3], r[4]))


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    write_compiled("off_target_effects.tsv", __doc__, HEADER, COLUMNS, rows())


if __name__ == "__main__":
    main()
