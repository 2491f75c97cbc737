"""Synthetic people for measuring the rules: genes by counted allele frequencies, everything else by a stated design.

Genes are drawn as two independent chromosome copies (Hardy-Weinberg; G6PD of a man one) from one named population of
``allele_frequencies.tsv``. CYP2D6 is first drawn for deletion and duplication (``copy_frequencies.tsv``), then by its
bases; the published shares of copies replace none of the counted ones, so the latter sink a little. Nothing else is
epidemiology: medicines, organs, pregnancy, HLA and the rest are drawn with the shares of ``DESIGN``, chosen so that
every rule is met within a hundred people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sartor.core import Body, GeneCall, LeftOut, Medicine, Patient, Target, TumorVariant
from sartor.facts.frequencies import UNNAMED, Frequency, copies, frequencies, genes
from sartor.facts.phenotypes import phenotype_of
from sartor.read.outside import computed

#: Share of the people who have each fact; ours, not a prevalence.
DESIGN = {
    "hla typed": 0.3,
    "liver impaired": 0.2,
    "kidney impaired": 0.3,
    "pregnant or breast feeding (women of 18 to 45)": 0.4,
    "qt prolonged": 0.15,
    "potassium low": 0.15,
    "allergy": 0.25,
    "condition": 0.35,
    "tumour variant (lung cancer)": 0.5,
    "tumour expression measured": 0.5,
}
MEDICINES = ("metoprolol", "warfarin", "clopidogrel", "tacrolimus", "digoxin", "rosuvastatin", "paroxetine",
             "rifampicin", "codeine", "omeprazole", "metformin", "sotalol", "clarithromycin", "tamoxifen")  # fmt: skip
HLA = (("HLA-B", "*57:01/*07:02"), ("HLA-B", "*15:02/*40:01"), ("HLA-A", "*31:01/*02:01"), ("HLA-B", "*07:02/*08:01"))
ALLERGIES = ("penicillin", "sulfa", "latex")
CONDITIONS = ("brain metastases", "epilepsy", "history of falls", "congenital long QT syndrome", "asthma")
#: Disease, target and the protein change that half of the people with it carry.
CASES = (
    ("lung adenocarcinoma", "EGFR", "L858R"),
    ("schizophrenia", "DRD2", ""),
    ("psoriasis", "JAK2", ""),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One synthetic person with the population of the genes, and what is to be treated."""

    patient: Patient
    population: str
    disease: str
    target: Target


def draw(number: int, population: str, rng: np.random.Generator) -> Person:
    """The ``number``-th person; the same generator state gives the same person."""
    sex = "female" if rng.random() < 0.5 else "male"
    calls = {g: call for g in genes() if (call := _call(g, population, sex, rng)) is not None}
    if rng.random() < DESIGN["hla typed"]:
        gene, diplotype = HLA[int(rng.integers(len(HLA)))]
        calls[gene] = GeneCall(gene, diplotype, computed(gene, diplotype).name, "outside", source="bench design")
    age = float(rng.integers(2, 95))
    body, conditions = _body(age, sex, rng), _some(CONDITIONS, DESIGN["condition"], rng)
    taken = [MEDICINES[i] for i in sorted(rng.choice(len(MEDICINES), int(rng.integers(0, 4)), replace=False))]
    disease, gene, change = CASES[number % len(CASES)]
    left = (LeftOut(gene, change, "below the limit", source="bench design"),) if change else ()
    carries = bool(change) and rng.random() < DESIGN["tumour variant (lung cancer)"]
    tumor = (TumorVariant(gene, change, 0.3, 200, "bench design"),) if carries else ()
    medicines = tuple(Medicine(m, m) for m in taken)
    levels = {gene: float(rng.integers(0, 200))} if rng.random() < DESIGN["tumour expression measured"] else {}
    patient = Patient(
        f"synthetic-{number:03d}", calls, tumor, medicines, conditions, body, tumor_left_out=left, expression=levels
    )
    return Person(patient, population, disease, Target(gene, (change,) if carries else ()))


def _call(gene: str, population: str, sex: str, rng: np.random.Generator) -> GeneCall | None:
    """Two copies of a gene (one of chromosome X in a man); None where the population was not counted."""
    seen = frequencies(gene, population)
    if not seen:
        return None
    size = 1 if gene == "G6PD" and sex == "male" else 2
    other = copies(gene, population)
    alleles = tuple(sorted(_copy(other, rng) or _allele(seen, rng) for _ in range(size)))
    source = f"drawn from {population}"
    if UNNAMED in alleles:
        return GeneCall(gene, "", "", "not covered", why="drawn with an allele that no table names", source=source)
    diplotype = "/".join(alleles)
    made = computed(gene, diplotype) if other else phenotype_of(gene, alleles)
    return GeneCall(gene, diplotype, made.name, "called", made.activity_score, source=source)


def _copy(forms: tuple[Frequency, ...], rng: np.random.Generator) -> str:
    """A deleted or multiplied form, as often as it was published; "" where the copy is an ordinary one."""
    left = rng.random() if forms else 1.0
    for form in forms:
        left -= form.copies / form.of
        if left < 0:
            return form.allele
    return ""


def _allele(seen: tuple[Frequency, ...], rng: np.random.Generator) -> str:
    share = np.array([f.copies for f in seen], dtype=float)
    return seen[int(rng.choice(len(seen), p=share / share.sum()))].allele


def _some(words: tuple[str, ...], share: float, rng: np.random.Generator) -> tuple[str, ...]:
    return (words[int(rng.integers(len(words)))],) if rng.random() < share else ()


def _body(age: float, sex: str, rng: np.random.Generator) -> Body:
    """Body facts by design; what was not drawn is not given."""
    fertile = sex == "female" and 18 <= age <= 45
    expecting = fertile and rng.random() < DESIGN["pregnant or breast feeding (women of 18 to 45)"]
    pregnant = expecting and rng.random() < 0.5
    return Body(
        age_years=age,
        sex="female" if sex == "female" else "male",
        weight_kg=float(rng.integers(12, 130)),
        egfr_ml_min=(egfr := float(rng.integers(10, 60)) if rng.random() < DESIGN["kidney impaired"] else None),
        egfr_method="bench design" if egfr is not None else None,
        child_pugh=("B", "C")[int(rng.integers(2))] if rng.random() < DESIGN["liver impaired"] else None,
        pregnancy=pregnant if expecting else None,
        lactation=not pregnant if expecting else None,
        qtc_ms=480.0 if rng.random() < DESIGN["qt prolonged"] else None,
        potassium_mmol_l=3.1 if rng.random() < DESIGN["potassium low"] else None,
        allergies=_some(ALLERGIES, DESIGN["allergy"], rng) or None,
    )
