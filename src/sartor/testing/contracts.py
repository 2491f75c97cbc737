"""The contract every part must keep, as checks a plug-in author can run too (``sartor check NAME``).

Each check raises AssertionError with a plain sentence. ``batch`` is how the caller parses SMILES into a MolBatch
(``sartor.chem.parse.strict_batch``), so that this module needs nothing but the core.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from sartor.core import Body, Card, GeneCall, Generator, Medicine, MolBatch, Patient, Readout, Scorer

Batch = Callable[[Sequence[str]], MolBatch]

# Aspirin, caffeine, dextromethorphan (CYP2D6), omeprazole (CYP2C19), gefitinib, dapsone (oxidant), midazolam (CYP3A4).
MOLECULES = (
    "CC(=O)Oc1ccccc1C(=O)O",
    "Cn1c(=O)c2c(ncn2C)n(C)c1=O",
    "COc1ccc2c(c1)C13CCCCC1C(C2)N(C)CC3",
    "COc1ccc2[nH]c(S(=O)Cc3ncc(C)c(OC)c3C)nc2c1",
    "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "Nc1ccc(S(=O)(=O)c2ccc(N)cc2)cc1",
    "Cc1ncc2n1-c1ccc(Cl)cc1C(c1ccccc1F)=NC2",
)


def same(a: Readout, b: Readout) -> bool:
    """True when two readouts agree to the last digit that storage keeps (1e-6), reasons included."""
    close = all(
        np.allclose(x, y, rtol=1e-6, atol=1e-9, equal_nan=True)
        for x, y in ((a.value, b.value), (a.low, b.low), (a.high, b.high))
    )
    return close and bool(np.array_equal(a.in_domain, b.in_domain)) and a.why_not == b.why_not


def variations() -> dict[str, tuple[Patient, ...]]:
    """For each patient field, patients that differ exactly there (the first is the plain one)."""
    plain = Patient(id="plain", body=Body(age_years=50, sex="male", egfr_ml_min=90, child_pugh="A"))
    out: dict[str, tuple[Patient, ...]] = {}
    genes = {
        "CYP1A2": ("*1/*1", "Normal Metabolizer", "*30/*30", "Ultrarapid Metabolizer"),
        "CYP2B6": ("*1/*1", "Normal Metabolizer", "*6/*6", "Poor Metabolizer"),
        "CYP2C9": ("*1/*1", "Normal Metabolizer", "*3/*3", "Poor Metabolizer"),
        "CYP2C19": ("*1/*1", "Normal Metabolizer", "*2/*2", "Poor Metabolizer"),
        "CYP2D6": ("*1/*1", "Normal Metabolizer", "*4/*4", "Poor Metabolizer"),
        "CYP3A4": ("*1/*1", "Normal Metabolizer", "*22/*22", "Poor Metabolizer"),
        "CYP3A5": ("*3/*3", "Poor Metabolizer", "*1/*1", "Normal Metabolizer"),
    }
    for gene, (d0, p0, d1, p1) in genes.items():
        score = {"*4/*4": 0.0, "*3/*3": 0.0}.get(d1)
        a = GeneCall(gene, d0, p0, "called", 2.0 if gene in ("CYP2D6", "CYP2C9") else None)
        b = GeneCall(gene, d1, p1, "called", score if gene in ("CYP2D6", "CYP2C9") else None)
        out[f"genes.{gene}"] = (replace(plain, genes={gene: a}), replace(plain, genes={gene: b}))
    takes = [
        ("fluconazole", "fluconazole"),
        ("paroxetine", "paroxetine"),
        ("clarithromycin", "clarithromycin"),
        ("rifampicin", "rifampicin"),
    ]
    out["medicines"] = (plain, *(replace(plain, medicines=(Medicine(n, s),)) for n, s in takes))
    out |= _bodies(plain)
    return out


def _bodies(plain: Patient) -> dict[str, tuple[Patient, ...]]:
    """Persons who differ in one field of the body; where a field tells only beside others, beside those."""
    kidneys = Body(age_years=50, sex="male", creatinine_mg_dl=3.0)
    child = Body(age_years=9, creatinine_mg_dl=1.5)
    nine = Body(bilirubin_mg_dl=2.5, albumin_g_dl=3.0, inr=1.2, ascites="slight", encephalopathy="grade 1-2")
    beside = {
        "crcl_ml_min": (Body(), Body(crcl_ml_min=20.0)),
        "creatinine_mg_dl": (kidneys, replace(kidneys, creatinine_mg_dl=6.0)),
        "age_years": (kidneys, replace(kidneys, age_years=85.0)),
        "sex": (kidneys, replace(kidneys, sex="female")),
        "height_cm": (child, replace(child, height_cm=120.0)),
        "bilirubin_mg_dl": (nine, replace(nine, bilirubin_mg_dl=4.0)),
        "albumin_g_dl": (nine, replace(nine, albumin_g_dl=2.5)),
        "inr": (nine, replace(nine, inr=3.0)),
        "ascites": (nine, replace(nine, ascites="moderate")),
        "encephalopathy": (nine, replace(nine, encephalopathy="grade 3-4")),
    }
    out = {f"body.{name}": tuple(replace(plain, body=b) for b in pair) for name, pair in beside.items()}
    bodies = {
        "child_pugh": [replace(plain.body, child_pugh="C")],
        "egfr_ml_min": [replace(plain.body, egfr_ml_min=15.0)],
    }
    for name, changed in bodies.items():
        out[f"body.{name}"] = (plain, *(replace(plain, body=b) for b in changed))
    return out


def order_kept(part: Scorer, batch: Batch) -> None:
    """Reversed input gives reversed output."""
    view = Patient().view(part.card.reads)
    forward = part.score(batch(MOLECULES), view)
    backward = part.score(batch(MOLECULES[::-1]), view)
    n = len(MOLECULES)
    assert same(forward, backward.take(list(range(n - 1, -1, -1)))), "the order of molecules changes their readings"


def neighbours_do_not_matter(part: Scorer, batch: Batch) -> None:
    """A molecule alone reads as it does in company."""
    view = Patient().view(part.card.reads)
    together = part.score(batch(MOLECULES), view)
    for i, smiles in enumerate(MOLECULES[:4]):
        alone = part.score(batch([smiles]), view)
        assert same(alone, together.take([i])), f"{smiles} reads differently alone"


def empty_gives_empty(part: Scorer, batch: Batch) -> None:
    """No molecules, no readings, no crash."""
    assert len(part.score(batch([]), Patient().view(part.card.reads))) == 0, "an empty batch gave readings"


def asked_twice_answers_the_same(part: Scorer, batch: Batch) -> None:
    """The same question has one answer, duplicates included."""
    view = Patient().view(part.card.reads)
    twice = part.score(batch([*MOLECULES, *MOLECULES]), view)
    n = len(MOLECULES)
    assert same(twice.take(list(range(n))), twice.take(list(range(n, 2 * n)))), "a duplicate reads differently"
    assert same(part.score(batch(MOLECULES), view), twice.take(list(range(n)))), "asked twice, answered differently"


def data_untouched(part: Scorer, batch: Batch) -> None:
    """The caller's batch means the same afterwards."""
    mols = batch(MOLECULES)
    before, objects = mols.smiles, mols.mols
    part.score(mols, Patient().view(part.card.reads))
    assert mols.smiles == before and mols.mols is objects, "the caller's batch was changed"


def refuses_what_it_says(part: Scorer, batch: Batch) -> None:
    """The molecule named in ``card.refuses`` is NaN with a reason."""
    if part.card.refuses:
        out = part.score(batch([part.card.refuses]), Patient().view(part.card.reads))
        assert np.isnan(out.value[0]) and out.why_not[0], (
            f"{part.card.refuses} was to be refused but read {out.value[0]}"
        )


def reads_exactly_what_it_declares(part: Scorer, batch: Batch) -> None:
    """Every declared patient field matters, and nothing undeclared does."""
    mols = batch(MOLECULES)
    varied = variations()
    for entry in part.card.reads:
        assert entry in varied, f"the kit has no patients that differ in {entry}; add them to testing.contracts"
        readings = [part.score(mols, p.view(part.card.reads)) for p in varied[entry]]
        assert any(not same(readings[0], r) for r in readings[1:]), f"{entry} is declared but changes nothing"
    for entry, patients in varied.items():
        if entry not in part.card.reads:
            readings = [part.score(mols, p.view(part.card.reads)) for p in patients]
            assert all(same(readings[0], r) for r in readings[1:]), f"{entry} is not declared but changes the reading"


SCORER_CHECKS: tuple[Callable[[Scorer, Batch], None], ...] = (
    order_kept,
    neighbours_do_not_matter,
    empty_gives_empty,
    asked_twice_answers_the_same,
    data_untouched,
    refuses_what_it_says,
    reads_exactly_what_it_declares,
)


def proposes_repeatably(part: Generator, fresh: Callable[[], Generator]) -> None:
    """The same seed proposes the same molecules."""
    a = fresh().propose(16, np.random.default_rng(7))
    b = fresh().propose(16, np.random.default_rng(7))
    assert a == b, "the same seed proposed different molecules"
    assert len(a) <= 64, f"asked for 16, proposed {len(a)}"


def learns_without_touching(part: Generator, fresh: Callable[[], Generator]) -> None:
    """``learn`` takes any valid SMILES with rewards in 0..1, changes neither, and returns figures."""
    smiles, rewards = list(MOLECULES), np.linspace(0.0, 1.0, len(MOLECULES))
    kept, worth = list(smiles), rewards.copy()
    figures = fresh().learn(smiles, rewards)
    assert smiles == kept and np.array_equal(rewards, worth), "learn changed the caller's data"
    assert all(isinstance(v, float) for v in figures.values()), "learn returns figures for the log"


GENERATOR_CHECKS: tuple[Callable[[Generator, Callable[[], Generator]], None], ...] = (
    proposes_repeatably,
    learns_without_touching,
)


def card_is_complete(card: Card) -> None:
    """A card says name, unit, summary, domain, licence and source."""
    for field in ("name", "unit", "summary", "domain", "licence", "source"):
        assert getattr(card, field), f"the card has no {field}"
