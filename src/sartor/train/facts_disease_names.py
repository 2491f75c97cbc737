"""The small tree of diseases: names, everyday synonyms and parents, written down by us.

One entry (an indented line goes on) is ``name < parent | synonym, synonym, ... | OncoTree code``. Identifiers (DOID,
MONDO) are looked up by name when the table is built. Names follow the Disease Ontology, so that CIViC's diseases
meet them.
"""

from __future__ import annotations

TREE = """
cancer | malignancy, neoplasm, malignant tumor |
solid tumor < cancer | solid tumour |
hematologic cancer < cancer | blood cancer, haematological malignancy |
lung cancer < solid tumor | lung carcinoma |
lung non-small cell carcinoma < lung cancer | non-small cell lung cancer, non-small cell lung carcinoma, non
    small cell lung cancer, nsclc | NSCLC
lung adenocarcinoma < lung non-small cell carcinoma | adenocarcinoma of the lung, pulmonary adenocarcinoma | LUAD
lung squamous cell carcinoma < lung non-small cell carcinoma | squamous cell lung cancer, squamous non-small
    cell lung cancer | LUSC
lung small cell carcinoma < lung cancer | small cell lung cancer, small cell lung carcinoma, sclc | SCLC
malignant pleural mesothelioma < solid tumor | mesothelioma |
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
high grade glioma < solid tumor | malignant glioma, brain cancer |
glioblastoma < high grade glioma | glioblastoma multiforme, gbm | GBM
low grade glioma < solid tumor | |
pilocytic astrocytoma < low grade glioma | | PAST
prostate cancer < solid tumor | prostate carcinoma, prostate adenocarcinoma | PRAD
castration-resistant prostate carcinoma < prostate cancer | crpc |
neuroblastoma < solid tumor | | NBL
cholangiocarcinoma < solid tumor | bile duct cancer | CHOL
intrahepatic cholangiocarcinoma < cholangiocarcinoma | | IHCH
hepatocellular carcinoma < solid tumor | liver cancer, hcc | HCC
stomach cancer < solid tumor | gastric cancer |
stomach carcinoma < stomach cancer | |
gastric adenocarcinoma < stomach carcinoma | stomach adenocarcinoma | STAD
renal cell carcinoma < solid tumor | kidney cancer, rcc | RCC
clear cell renal cell carcinoma < renal cell carcinoma | ccrcc | CCRCC
endometrial cancer < solid tumor | uterine cancer | UCEC
transitional cell carcinoma < solid tumor | urothelial carcinoma | UCU
bladder carcinoma < transitional cell carcinoma | bladder cancer, bladder urothelial carcinoma | BLCA
head and neck cancer < solid tumor | |
head and neck squamous cell carcinoma < head and neck cancer | hnscc | HNSC
thyroid cancer < solid tumor | thyroid carcinoma |
medullary thyroid carcinoma < thyroid cancer | medullary thyroid cancer, mtc | THME
papillary thyroid carcinoma < thyroid cancer | | THPA
anaplastic thyroid carcinoma < thyroid cancer | | THAP
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
chronic lymphocytic leukemia < leukemia | cll | CLLSLL
lymphoma < hematologic cancer | |
mantle cell lymphoma < lymphoma | mcl | MCL
diffuse large b-cell lymphoma < lymphoma | dlbcl | DLBCL
follicular lymphoma < lymphoma | | FL
anaplastic large cell lymphoma < lymphoma | alcl | ALCL
multiple myeloma < hematologic cancer | myeloma | MM
myeloproliferative neoplasm < hematologic cancer | mpn | MPN
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


def parsed() -> list[tuple[str, str, tuple[str, ...], str]]:
    """``(name, parent, synonyms, OncoTree code)`` of every line."""
    out = []
    for line in TREE.strip().replace("\n    ", " ").splitlines():
        head, synonyms, *code = (x.strip() for x in line.split("|"))
        name, _, parent = (x.strip() for x in head.partition(" < "))
        names = tuple(s.strip() for s in synonyms.split(",") if s.strip())
        out.append((name, parent, names, code[0] if code else ""))
    return out
