"""The small tree of diseases: names, everyday synonyms and parents, written down by us.

One entry (an indented line goes on) is ``name < parent | synonym, synonym, ... | OncoTree code``. Identifiers (DOID,
MONDO) are looked up by name when the table is built. Names follow the Disease Ontology, so that CIViC's diseases
meet them.
"""

from __future__ import annotations

import re

TREE = """
cancer | malignancy, neoplasm, malignant tumor |
solid tumor < cancer | solid tumour |
hematologic cancer < cancer | blood cancer, haematological malignancy |
lung cancer < solid tumor | lung carcinoma |
lung non-small cell carcinoma < lung cancer | non-small cell lung cancer, non-small cell lung carcinoma, non
    small cell lung cancer, nsclc | NSCLC
lung adenocarcinoma < lung non-small cell carcinoma | adenocarcinoma of the lung, pulmonary adenocarcinoma | LUAD
lung squamous cell carcinoma < lung non-small cell carcinoma | squamous cell lung cancer, squamous non-small
    cell lung cancer, squamous cell lung carcinoma | LUSC
lung small cell carcinoma < lung cancer | small cell lung cancer, small cell lung carcinoma, sclc | SCLC
malignant mesothelioma < solid tumor | mesothelioma | MESO
malignant pleural mesothelioma < malignant mesothelioma | pleural mesothelioma | PLMESO
breast cancer < solid tumor | breast carcinoma, mammary carcinoma | BRCA
her2-receptor positive breast cancer < breast cancer | her2-positive breast cancer, her2 positive breast cancer |
estrogen-receptor positive breast cancer < breast cancer | er-positive breast cancer, hormone receptor positive
    breast cancer |
triple-receptor negative breast cancer < breast cancer | triple-negative breast cancer, tnbc |
her2-receptor negative breast cancer < breast cancer | her2-negative breast cancer |
colorectal cancer < solid tumor | colorectal carcinoma, bowel cancer, crc | COADREAD
colorectal adenocarcinoma < colorectal cancer | |
colon cancer < colorectal cancer | colon carcinoma |
colon adenocarcinoma < colon cancer | | COAD
rectal cancer < colorectal cancer | rectum cancer |
melanoma < solid tumor | malignant melanoma | MEL
skin melanoma < melanoma | cutaneous melanoma | SKCM
uveal melanoma < melanoma | ocular melanoma | UM
gastrointestinal stromal tumor < sarcoma | gist, gastrointestinal stromal tumour | GIST
sarcoma < solid tumor | |
congenital fibrosarcoma < sarcoma | infantile fibrosarcoma | IFS
inflammatory myofibroblastic tumor < sarcoma | imt |
dermatofibrosarcoma protuberans < sarcoma | dfsp |
ovarian cancer < solid tumor | |
ovarian carcinoma < ovarian cancer | |
epithelial ovarian cancer < ovarian cancer | |
ovarian serous carcinoma < ovarian carcinoma | high-grade serous ovarian cancer | HGSOC
pancreatic cancer < solid tumor | pancreatic carcinoma |
pancreatic adenocarcinoma < pancreatic cancer | | PAAD
pancreatic ductal adenocarcinoma < pancreatic adenocarcinoma | pdac |
central nervous system cancer < solid tumor | brain cancer, brain tumor, central nervous system tumor |
brain glioma < central nervous system cancer | glioma, malignant astrocytoma, astrocytoma, diffuse glioma | DIFG
high grade glioma < brain glioma | malignant glioma |
glioblastoma < high grade glioma | glioblastoma multiforme, gbm | GBM
low grade glioma < brain glioma | |
pilocytic astrocytoma < low grade glioma | | PAST
prostate cancer < solid tumor | prostate carcinoma, prostate adenocarcinoma | PRAD
castration-resistant prostate carcinoma < prostate cancer | crpc |
neuroblastoma < solid tumor | | NBL
esophageal cancer < solid tumor | esophagus cancer, oesophageal cancer | 
esophageal carcinoma < esophageal cancer | |
cervical cancer < solid tumor | cervix cancer, cervix carcinoma, cancer of the cervix | CERVIX
biliary tract cancer < solid tumor | biliary cancer, biliary tract carcinoma | BILIARY_TRACT
gallbladder cancer < biliary tract cancer | gallbladder carcinoma | GBC
neuroendocrine tumor < solid tumor | neuroendocrine neoplasm, net |
salivary gland cancer < solid tumor | salivary gland carcinoma, salivary cancer | SACA
thymic carcinoma < solid tumor | | THYC
adrenocortical carcinoma < solid tumor | adrenal cancer, adrenal carcinoma | ACC
germ cell tumor < solid tumor | testicular cancer |
merkel cell carcinoma < solid tumor | | MCC
skin squamous cell carcinoma < solid tumor | cutaneous squamous cell carcinoma, cscc | CSCC
soft tissue sarcoma < sarcoma | |
rhabdomyosarcoma < soft tissue sarcoma | | RMS
liposarcoma < soft tissue sarcoma | | LIPO
leiomyosarcoma < soft tissue sarcoma | | LMS
synovial sarcoma < soft tissue sarcoma | | SYNS
ewing sarcoma < sarcoma | ewing's sarcoma | ES
osteosarcoma < sarcoma | | OS
desmoid tumor < soft tissue sarcoma | desmoid fibromatosis | DES
cholangiocarcinoma < biliary tract cancer | bile duct cancer, bile duct adenocarcinoma, bile duct carcinoma | CHOL
intrahepatic cholangiocarcinoma < cholangiocarcinoma | cholangiolocellular carcinoma | IHCH
hepatocellular carcinoma < solid tumor | liver cancer, hcc | HCC
stomach cancer < solid tumor | gastric cancer |
stomach carcinoma < stomach cancer | |
gastric adenocarcinoma < stomach carcinoma | stomach adenocarcinoma | STAD
renal cell carcinoma < solid tumor | kidney cancer, rcc, renal carcinoma, renal cancer | RCC
clear cell renal cell carcinoma < renal cell carcinoma | ccrcc | CCRCC
endometrial cancer < solid tumor | uterine cancer, endometrial carcinoma, uterine corpus endometrial carcinoma | UCEC
transitional cell carcinoma < solid tumor | urothelial carcinoma, urothelial cancer | UCU
bladder carcinoma < transitional cell carcinoma | bladder cancer, bladder urothelial carcinoma, urinary bladder
    cancer | BLCA
head and neck cancer < solid tumor | head and neck carcinoma |
head and neck squamous cell carcinoma < head and neck cancer | hnscc | HNSC
thyroid cancer < solid tumor | thyroid carcinoma, thyroid gland carcinoma |
medullary thyroid carcinoma < thyroid cancer | medullary thyroid cancer, mtc | THME
papillary thyroid carcinoma < thyroid cancer | papillary thyroid cancer, thyroid gland papillary carcinoma, ptc | THPA
anaplastic thyroid carcinoma < thyroid cancer | anaplastic thyroid cancer, thyroid gland anaplastic carcinoma | THAP
basal cell carcinoma < solid tumor | bcc | BCC
systemic mastocytosis < hematologic cancer | mastocytosis | SM
leukemia < hematologic cancer | leukaemia |
chronic myeloid leukemia < leukemia | chronic myelogenous leukemia, chronic myeloid leukaemia, cml | CML
acute myeloid leukemia < leukemia | acute myeloid leukaemia, acute myelogenous leukemia, aml | AML
acute promyelocytic leukemia < acute myeloid leukemia | apl |
acute lymphoblastic leukemia < leukemia | acute lymphocytic leukemia, all |
b-lymphoblastic leukemia/lymphoma < acute lymphoblastic leukemia | b-cell acute lymphoblastic leukemia, b-all,
    philadelphia-positive acute lymphoblastic leukemia | BLL
t-cell acute lymphoblastic leukemia < acute lymphoblastic leukemia | t-all |
chronic lymphocytic leukemia < leukemia | cll, chronic lymphocytic leukemia/small lymphocytic lymphoma | CLLSLL
lymphoid leukemia < leukemia | lymphocytic leukemia |
lymphoma < hematologic cancer | non-hodgkin lymphoma |
b-cell lymphoma < lymphoma | |
myeloid neoplasm < hematologic cancer | |
myelodysplastic syndrome < myeloid neoplasm | mds | MDS
chronic myelomonocytic leukemia < myeloid neoplasm | cmml | CMML
juvenile myelomonocytic leukemia < myeloid neoplasm | jmml | JMML
histiocytic and dendritic cell cancer < hematologic cancer | histiocytosis |
langerhans-cell histiocytosis < histiocytic and dendritic cell cancer | langerhans cell histiocytosis, lch | LCH
erdheim-chester disease < histiocytic and dendritic cell cancer | ecd | ECD
hairy cell leukemia < leukemia | | HCL
mantle cell lymphoma < b-cell lymphoma | mcl | MCL
diffuse large b-cell lymphoma < b-cell lymphoma | dlbcl | DLBCL
lymphoplasmacytic lymphoma < b-cell lymphoma | waldenstrom macroglobulinemia, waldenstrom | LPL
peripheral t-cell lymphoma < lymphoma | ptcl |
follicular lymphoma < b-cell lymphoma | | FL
anaplastic large cell lymphoma < lymphoma | alcl | ALCL
multiple myeloma < hematologic cancer | myeloma | MM
myeloproliferative neoplasm < myeloid neoplasm | mpn | MPN
polycythemia vera < myeloproliferative neoplasm | polycythaemia vera | PV
essential thrombocythemia < myeloproliferative neoplasm | | ET
myelofibrosis < myeloproliferative neoplasm | primary myelofibrosis | PMF
schizophrenia | schizophrenic disorder |
bipolar disorder | bipolar disease, manic depression |
depression | major depressive disorder, major depression, mdd, unipolar depression |
anxiety | anxiety disorder, generalized anxiety disorder |
psychosis | psychotic disorder |
attention-deficit/hyperactivity disorder | adhd, attention deficit hyperactivity disorder |
obsessive compulsive disorder | ocd |
parkinson's disease | parkinson disease, parkinsonism |
senile dementia | alzheimer's disease, alzheimer disease, dementia |
seizures | epilepsy, seizure disorder |
migraine headache | migraine |
insomnia | sleeplessness |
hypertension | high blood pressure, arterial hypertension |
congestive heart failure | heart failure |
atrial fibrillation | |
angina pectoris | angina |
hyperlipidemia | |
hypercholesterolemia | high cholesterol |
diabetes mellitus | type 2 diabetes, diabetes, type 2 diabetes mellitus |
asthma | bronchial asthma |
chronic obstructive pulmonary disease | copd |
rheumatoid arthritis | |
psoriasis | |
ulcerative colitis | |
crohn's disease | crohn disease |
osteoporosis | |
gout | |
peptic ulcer disease | gastric ulcer |
gastroesophageal reflux disease | gerd, reflux disease |
"""


#: Parents of further names (CIViC's, OncoTree's), by their words: the first rule that fits counts. All are our reading
#: of the names, checked against the list of what they caught; a name that no rule fits stays under "cancer".
RULES: tuple[tuple[str, str], ...] = (
    (r"lynch syndrome|hippel-lindau disease|tuberous sclerosis|peutz|polyposis|hamartoma tumor syndrome|chuvash", ""),
    (r"paraganglioma|pheochromocytoma|adrenal", "solid tumor"),
    (r"parathyroid|extramammary", "solid tumor"),
    (r"acute promyelocytic", "acute promyelocytic leukemia"),
    (r"acute myeloid|\baml\b|erythroid leukemia", "acute myeloid leukemia"),
    (r"t-cell (acute )?lympho(blast|cyt)", "t-cell acute lymphoblastic leukemia"),
    (r"b-(cell (adult )?acute )?lympho|b-cell acute", "b-lymphoblastic leukemia/lymphoma"),
    (r"acute lympho", "acute lymphoblastic leukemia"),
    (r"chronic myel(oid|ogenous) leukemia(?!.*negative)", "chronic myeloid leukemia"),
    (r"chronic lymphocytic", "chronic lymphocytic leukemia"),
    (r"chronic (neutrophilic|eosinophilic)|bcr-abl1 negative|myeloproliferative", "myeloproliferative neoplasm"),
    (r"myelodysplas", "myelodysplastic syndrome"),
    (r"mastocyt|mast cell", "systemic mastocytosis"),
    (r"diffuse large b-cell", "diffuse large b-cell lymphoma"),
    (r"large b.cell", "b-cell lymphoma"),
    (r"hodgkin", "lymphoma"),
    (r"histiocyt|langerhans|dendritic", "histiocytic and dendritic cell cancer"),
    (r"leukemia", "leukemia"),
    (r"(b-cell|follicular|mantle|marginal|burkitt|plasmacytic).*lymphoma", "b-cell lymphoma"),
    (r"lymphoma|sezary|mycosis fungoides", "lymphoma"),
    (r"myeloid", "myeloid neoplasm"),
    (r"myeloma|plasma cell", "multiple myeloma"),
    (r"bone marrow cancer", "hematologic cancer"),
    (r"melanoma(?!cyt)", "melanoma"),
    (r"non-small cell.*lung|lung.*non-small", "lung non-small cell carcinoma"),
    (r"(lung|bronch).*adenocarcinoma", "lung adenocarcinoma"),
    (r"adenosquamous lung|lung adenosquamous|sarcomatoid.*lung|large cell lung", "lung non-small cell carcinoma"),
    (r"\blung\b|bronch", "lung cancer"),
    (r"mesothelioma", "malignant mesothelioma"),
    (r"breast|mammary(?! analog)", "breast cancer"),
    (r"(cecum|colon|colorectal).*adenocarcinoma", "colorectal adenocarcinoma"),
    (r"colon|cecum|colorectal|rect(um|al)\b", "colorectal cancer"),
    (r"esoph|barrett", "esophageal carcinoma"),
    (r"gastrointestinal stromal", "gastrointestinal stromal tumor"),
    (r"gastric|stomach", "stomach carcinoma"),
    (r"fibrolamellar|hepatocellular", "hepatocellular carcinoma"),
    (r"cholangio", "cholangiocarcinoma"),
    (r"bile duct|biliary|gallbladder|ampull", "biliary tract cancer"),
    (r"neuroendocrine|pancreatic endocrine|carcinoid|islet", "neuroendocrine tumor"),
    (r"pancrea", "pancreatic cancer"),
    (r"ovar|gynandroblastoma|granulosa|sertoli", "ovarian cancer"),
    (r"cervi(x|cal)", "cervical cancer"),
    (r"endometri|uter(us|ine)", "endometrial cancer"),
    (r"prostat", "prostate cancer"),
    (r"bladder|urothel|transitional cell", "transitional cell carcinoma"),
    (r"renal cell|renal (medullary|carcinoma)|kidney.*carcinoma", "renal cell carcinoma"),
    (r"medullary thyroid", "medullary thyroid carcinoma"),
    (r"thyroid.*anaplastic", "anaplastic thyroid carcinoma"),
    (r"thyroid", "thyroid cancer"),
    (r"basal cell", "basal cell carcinoma"),
    (r"secretory carcinoma|salivary|acinic cell|adenoid cystic", "salivary gland cancer"),
    (r"oral|orophar|pharyn|laryn|tongue|tonsil|nasal|head and neck", "head and neck cancer"),
    (r"glioblastoma|gliosarcoma", "glioblastoma"),
    (r"midline glioma|h3 g34|h3 k27", "high grade glioma"),
    (r"low.grade glioma|low grade neuroepithelial|pilocytic|angiocentric glioma|ganglioglioma", "low grade glioma"),
    (r"glioma|astrocytoma|oligodendro", "brain glioma"),
    (
        r"\bcns\b|central nervous|ependymoma|medulloblastoma|meningioma|rhabdoid tumor|multilayered|astroblastoma|"
        r"neuroepithelial|brain|pituitary|craniopharyng",
        "central nervous system cancer",
    ),
    (r"neuroblastoma", "neuroblastoma"),
    (r"rhabdomyosarcoma", "rhabdomyosarcoma"),
    (r"liposarcoma", "liposarcoma"),
    (r"ewing", "ewing sarcoma"),
    (r"inflammatory myofibroblastic", "inflammatory myofibroblastic tumor"),
    (r"bone|chondro|chordoma|osteo", "sarcoma"),
    (
        r"sarcoma|desmo|fibromat|myofibroma|nerve sheath|perivascular epithelioid|hemangioendothelioma|round cell",
        "soft tissue sarcoma",
    ),
    (r"germ cell|germinoma|seminoma|yolk sac|teratoma|embryonal carcinoma|choriocarcinoma", "germ cell tumor"),
    (r"adreno|pheochromocytoma|paraganglioma", "solid tumor"),
    (
        r"carcinoma|solid tumor|blastoma|tumou?r\b|adenoma|wilms|rhabdoid|cancer|pseudomyxoma|neurofibroma|paget",
        "solid tumor",
    ),
)


def parent_of(name: str) -> str:
    """The parent of a disease that the tree does not name; "cancer" where no rule fits, "" for a syndrome."""
    text = name.lower().replace("leukaemia", "leukemia").replace("tumour", "tumor")
    return next((parent for rule, parent in RULES if re.search(rule, text)), "cancer")


def parsed() -> list[tuple[str, str, tuple[str, ...], str]]:
    """``(name, parent, synonyms, OncoTree code)`` of every line."""
    out = []
    for line in TREE.strip().replace("\n    ", " ").splitlines():
        head, synonyms, *code = (x.strip() for x in line.split("|"))
        name, _, parent = (x.strip() for x in head.partition(" < "))
        names = tuple(s.strip() for s in synonyms.split(",") if s.strip())
        out.append((name, parent, names, code[0] if code else ""))
    return out
