from __future__ import annotations

import numpy as np
import pytest

from sartor.chem import parse
from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.frameworks import frameworks
from sartor.chem.pharmacophore import erg_similarity
from sartor.chem.scaffolds import murcko
from sartor.core import OrderError, Refusal
from sartor.generate.hop import hop
from sartor.generate.near import measured, near
from sartor.generate.sampler import Sampler

LEAD = "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1"
SMALL = "CC(=O)Nc1ccc(OCc2ccccc2)cc1"
CELECOXIB = "Cc1ccc(-c2cc(C(F)(F)F)nn2-c2ccc(S(N)(=O)=O)cc2)cc1"


def similarity(rows, lead):
    mols = parse.strict_batch([row.smiles for row in rows])
    return tanimoto(morgan_bits(mols), morgan_bits(parse.strict_batch([lead])))[:, 0]


def must_be_sound(answer, lead, n):
    smiles = [row.smiles for row in answer.rows]
    assert 0 < len(smiles) <= n and len(set(smiles)) == len(smiles) and parse.canonical(lead) not in smiles
    assert all(parse.canonical(s) == s and "." not in s for s in smiles)
    assert answer.given == parse.canonical(lead) and all(not row.atoms for row in answer.rows)


@pytest.mark.parametrize("lead", [LEAD, SMALL])
@pytest.mark.parametrize("bound", [0.4, 0.7])
def test_everything_is_as_near_as_asked_and_the_nearest_first(lead, bound, parrot):
    answer = near(lead, parrot(), 10, np.random.default_rng(0), 800, bound)
    must_be_sound(answer, lead, 10)
    alike = similarity(answer.rows, lead)
    assert (alike >= bound).all()
    told = [row.values["similarity"] for row in answer.rows]
    assert told == sorted(told, reverse=True) and told == pytest.approx(alike.tolist(), abs=1e-4)
    assert near(lead, parrot(), 10, np.random.default_rng(0), 800, bound) == answer


@pytest.mark.parametrize(
    ("name", "way", "sign"), [("qed", "", 1), ("logp", "down", -1), ("sa_score", "", -1), ("tpsa", "up", 1)]
)
def test_only_better_molecules_are_returned_the_greatest_gain_first(name, way, sign, parrot):
    answer = near(SMALL, parrot(), 8, np.random.default_rng(1), 500, 0.35, name, way)
    must_be_sound(answer, SMALL, 8)
    assert (similarity(answer.rows, SMALL) >= 0.35).all()
    before = measured(parse.strict_batch([SMALL]), name)[0]
    values = measured(parse.strict_batch([row.smiles for row in answer.rows]), name)
    gains = sign * (values - before)
    assert (gains > 0).all() and (np.diff(gains) <= 1e-9).all()
    assert [row.values["gain"] for row in answer.rows] == pytest.approx(gains.tolist(), abs=1e-3)
    assert answer.counted["not better than the lead"] and name in answer.note and answer.tried == 500


def test_another_models_neighbours_are_asked_for(parrot):
    asked = []

    def neighbours(smiles, n, rng):
        asked.append((smiles, n))
        return ["CC(=O)Nc1ccc(OCc2ccccc2F)cc1", "no molecule"]

    answer = near(SMALL, parrot(), 30, np.random.default_rng(0), 300, 0.5, neighbours=neighbours)
    assert asked and asked[0][1] > 0 and "CC(=O)Nc1ccc(OCc2ccccc2F)cc1" in [row.smiles for row in answer.rows]
    hop(CELECOXIB, parrot(), 30, np.random.default_rng(0), 200, 0.9, 0.1, neighbours=neighbours)
    assert CELECOXIB in [smiles for smiles, _ in asked]


@pytest.mark.parametrize("generic", [False, True])
def test_a_hop_keeps_the_pharmacophore_and_leaves_the_scaffold(generic, parrot):
    answer = hop(CELECOXIB, parrot(), 5, np.random.default_rng(0), 1500, 0.5, 0.5, generic)
    must_be_sound(answer, CELECOXIB, 5)
    lead, mols = parse.strict_batch([CELECOXIB]), parse.strict_batch([row.smiles for row in answer.rows])
    scaffold_of = frameworks if generic else murcko
    assert scaffold_of(lead)[0] not in scaffold_of(mols) and "" not in scaffold_of(mols)
    assert (similarity(answer.rows, CELECOXIB) <= 0.5).all()
    points = erg_similarity(mols, lead)
    assert (points >= 0.5).all() and (np.diff(points) <= 1e-9).all()
    assert [row.values["pharmacophore"] for row in answer.rows] == pytest.approx(points.tolist(), abs=1e-4)
    assert [row.values["scaffold"] for row in answer.rows] == list(murcko(mols))
    assert hop(CELECOXIB, parrot(), 5, np.random.default_rng(0), 1500, 0.5, 0.5, generic) == answer


def test_what_cannot_be_found_is_refused_with_what_to_relax(parrot):
    with pytest.raises(Refusal, match=r"nothing was found in 100 proposals.*less similar.*lower the similarity"):
        near(SMALL, parrot(), 5, np.random.default_rng(0), 100, 0.999)
    with pytest.raises(Refusal, match=r"nothing was found in 96 proposals.*allow more similarity"):
        hop(CELECOXIB, parrot(), 5, np.random.default_rng(0), 96, 0.05, 0.95)


@pytest.mark.parametrize(
    ("keywords", "said"),
    [
        ({"similarity": 1.5}, "between 0 and 1"),
        ({"similarity": 0.0}, "between 0 and 1"),
        ({"improve": "beauty"}, "cannot be improved"),
        ({"improve": "logp"}, "Say up or down"),
        ({"improve": "logp", "direction": "sideways"}, "goes up or down"),
        ({"direction": "up"}, "without a property"),
    ],
)
def test_questions_that_make_no_sense_are_order_errors(keywords, said, parrot):
    with pytest.raises(OrderError, match=said):
        near(SMALL, parrot(), 5, np.random.default_rng(0), **keywords)


@pytest.mark.parametrize(
    ("lead", "said"),
    [("CCO*", "has marks"), ("CCO.CCN", "several fragments"), ("C" * 90, "90 heavy atoms"), ("CC[Hg]C", "Hg")],
)
def test_leads_that_cannot_be_worked_on_are_order_errors(lead, said, parrot):
    for ask in (near, hop):
        with pytest.raises(OrderError, match=said):
            ask(lead, parrot(), 5, np.random.default_rng(0))


def test_a_hop_needs_a_ring_and_sensible_limits(parrot):
    with pytest.raises(OrderError, match="no ring"):
        hop("CCCCO", parrot(), 5, np.random.default_rng(0))
    with pytest.raises(OrderError, match="from 0 to 1"):
        hop(SMALL, parrot(), 5, np.random.default_rng(0), most=0.0)


def test_other_notations_are_leads_too(parrot):
    assert near("c13ccc(C)cc1.N3c1ccccc1", parrot(), 3, np.random.default_rng(0), 200).given == "Cc1ccc(Nc2ccccc2)cc1"


def test_the_shipped_model_finds_neighbours_and_hops():
    must_be_sound(near(LEAD, Sampler("prior"), 5, np.random.default_rng(0), 60, 0.4), LEAD, 5)
    answer = hop(CELECOXIB, Sampler("prior"), 2, np.random.default_rng(0), 200, 0.5, 0.5)
    must_be_sound(answer, CELECOXIB, 2)
