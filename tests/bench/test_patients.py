import json
from dataclasses import fields

import numpy as np
import pytest
from typer.testing import CliRunner

from sartor.bench import patients as bench
from sartor.bench.people import draw
from sartor.cli.commands import app
from sartor.core import Body, Patient
from sartor.facts.frequencies import UNNAMED, copies, frequencies, genes, populations
from sartor.facts.phenotypes import phenotype_of
from sartor.personalize.rules import NAMES


def test_the_figures_of_a_few_people():
    done = CliRunner().invoke(app, ["bench", "patients", "--n", "12", "--seed", "3", "--json"])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    assert figures["seed"] == 3 and sum(figures["populations"].values()) == 12
    assert set(figures["rules"]) == set(NAMES)
    assert set(figures["invariants"]) == {"null identity", "determinism", "placebo", "privacy", "no fact, no ask"}
    assert all(row["broken"] == [] and row["checked"] == 12 for row in figures["invariants"].values())
    for row in figures["rules"].values():
        assert row["asks"] <= row["speaks"] and (not row["speaks"] or row["example"]["fact"])
        assert sum(row["consequences"].values()) <= row["asks"]
    assert figures["frequencies"]["source"] and figures["design"]


def test_the_same_seed_draws_the_same_people():
    a, b = (draw(4, populations()[0], np.random.default_rng(9)) for _ in range(2))
    assert a == b and a != draw(4, populations()[0], np.random.default_rng(10))


def test_people_carry_alleles_as_often_as_they_were_counted():
    rng, where = np.random.default_rng(1), "1000 Genomes EUR"
    seen = [draw(i, where, rng).patient.genes["CYP2C19"].diplotype for i in range(400)]
    got = sum(d.split("/").count("*2") for d in seen) / 800
    row = next(f for f in frequencies("CYP2C19", where) if f.allele == "*2")
    assert got == pytest.approx(row.copies / row.of, abs=0.05)


def test_a_broken_invariant_is_reported(monkeypatch):
    monkeypatch.setitem(bench.INVARIANTS, "placebo", lambda person: person.patient.id != "synthetic-001")
    figures = bench.measure_patients(2, 1)
    assert figures["invariants"]["placebo"]["broken"] == ["synthetic-001"] and figures["broken"] == 1
    assert CliRunner().invoke(app, ["bench", "patients", "--n", "2", "--seed", "1"]).exit_code == 4


def test_every_row_of_the_frequencies_is_sourced_and_its_allele_known():
    assert len(populations()) == 5 and "CYP2D6" in genes()
    for gene in genes():
        for where in populations():
            rows = frequencies(gene, where)
            assert sum(r.copies for r in rows) == rows[0].of and all(r.source and r.version for r in rows)
            named = [r.allele for r in rows if r.allele != UNNAMED]
            assert all(phenotype_of(gene, (a, named[0])).name for a in named)


def test_frequencies_are_those_that_are_known():
    def share(gene, allele, where):
        row = next(f for f in frequencies(gene, f"1000 Genomes {where}") if f.allele == allele)
        return row.copies / row.of

    assert share("CYP2C19", "*2", "EUR") == pytest.approx(0.15, abs=0.03)  # CPIC's European figure: 0.147
    assert share("CYP3A5", "*3", "EUR") == pytest.approx(0.92, abs=0.04)
    assert share("CYP2D6", "*4", "EUR") == pytest.approx(0.185, abs=0.03)
    assert share("ABCG2", "rs2231142 variant (T)", "EAS") == pytest.approx(0.29, abs=0.03)


def test_copies_of_cyp2d6_and_acetylators_are_drawn():
    """Ultrarapid people come from published duplications, and NAT2 from counted alleles."""
    rng, where = np.random.default_rng(2), "1000 Genomes AFR"
    people = [draw(i, where, rng).patient.genes for i in range(600)]
    multiplied = sum(side.endswith("x2") for g in people for side in g["CYP2D6"].diplotype.split("/")) / 1200
    assert multiplied == pytest.approx(
        sum(f.copies / f.of for f in copies("CYP2D6", where) if "x" in f.allele), abs=0.015
    )
    fast = [g["CYP2D6"] for g in people if g["CYP2D6"].phenotype == "Ultrarapid Metabolizer"]
    assert fast and all("x2" in c.diplotype and c.activity_score >= 2.5 for c in fast)
    assert {"Poor Metabolizer", "Rapid Metabolizer"} <= {g["NAT2"].phenotype for g in people}
    assert all(f.source and f.of > 600 for w in populations() for f in copies("CYP2D6", w))
    assert all(copies("CYP2D6", w) for w in populations()) and copies("TPMT", where) == ()


def test_the_controls_cut_every_field_of_a_patient():
    """A field that the controls forget would pass unseen from person to person."""
    person = next(p for i in range(99) if (p := draw(i, populations()[3], np.random.default_rng(i))).patient.expression)
    full = person.patient
    gene = next(iter(full.expression))
    reads = (*(f"genes.{g}" for g in full.genes), "tumor", f"expression.{gene}", "medicines", "conditions")
    reads += tuple(f"body.{f.name}" for f in fields(Body))
    assert bench.cut_to(full, reads) == full
    assert bench.cut_to(full, ()) == bench.without(full, reads) == Patient(full.id)
    assert bench.without(full, ()) == full
    assert bench.cut_to(full, (f"expression.{gene}",)).expression == full.expression
