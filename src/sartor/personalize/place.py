"""Where a disease sits, by the words of its name: in the brain, or a cancer."""

from __future__ import annotations

import re

_BRAIN = re.compile(
    r"schizo|psycho|bipolar|mania|depress|anxiety|panic|obsessive|autis|attention.deficit|adhd|tourette|epilep|seizure"
    r"|parkinson|alzheimer|dementia|huntington|migraine|insomnia|narcolep|multiple sclerosis|amyotrophic|ataxia"
    r"|glioma|glioblastoma|astrocytoma|medulloblastoma|ependymoma|oligodendroglioma|brain|intracranial|cns|neurodegener",
    re.IGNORECASE,
)
_CANCER = re.compile(
    r"cancer|carcinoma|leuk(a)?emia|lymphoma|sarcoma|melanoma|myeloma|tumou?r|neoplas|blastoma|glioma|mesothelioma"
    r"|malignan|metasta|myelodysplas|myeloproliferat|polycyth",
    re.IGNORECASE,
)


def brain_disease(disease: str) -> bool:
    """True when the disease sits in the brain, by the words of its name."""
    return bool(_BRAIN.search(disease))


def malignant(disease: str) -> bool:
    """True when the disease is a cancer, by the words of its name."""
    return bool(_CANCER.search(disease))
