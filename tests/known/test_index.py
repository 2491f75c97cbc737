import numpy as np
import pytest

from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.identity import connectivity_keys, graph_keys
from sartor.chem.parse import strict_batch
from sartor.core import Patient
from sartor.known import index
from sartor.known.index import known, nearest_drug
from sartor.score.novelty import SimilarityToKnown
from sartor.train.novelty import pack

TRAINED = ("CCOc1ccccc1C(=O)NC", "O=C1NC=CC=C1CCN", "C[C@H](N)C(=O)NCC1CC1", "CC(=O)CCc1ccncc1")
DRUGS = {"aspirin": "CC(=O)Oc1ccccc1C(=O)O", "gefitinib": "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1"}


@pytest.fixture
def small_index(monkeypatch: pytest.MonkeyPatch) -> None:
    trained, drugs = strict_batch(TRAINED), strict_batch(DRUGS.values())
    arrays = dict(pack(graph_keys(trained), connectivity_keys(trained, range(len(trained)))))
    arrays["drug_keys"] = connectivity_keys(drugs, range(len(drugs)))
    arrays["drug_graphs"] = graph_keys(drugs)
    arrays["drug_bits"] = morgan_bits(drugs)
    arrays["drug_names"] = np.frombuffer("\n".join(DRUGS).encode(), dtype=np.uint8)
    monkeypatch.setattr(index.weights, "load", lambda name: arrays)
    index._index.cache_clear()
    yield
    index._index.cache_clear()


@pytest.mark.usefixtures("small_index")
def test_training_molecules_and_drugs_are_known() -> None:
    assert known(TRAINED) == ["training molecule"] * len(TRAINED)
    assert known(list(DRUGS.values())) == ["known drug: aspirin", "known drug: gefitinib"]


@pytest.mark.usefixtures("small_index")
@pytest.mark.parametrize(
    "variant",
    ["C[C@@H](N)C(=O)NCC1CC1", "Oc1ncccc1CCN", "CC(=O)CCc1cc[nH+]cc1", "[2H]C([2H])([2H])NC(=O)c1ccccc1OCC"],
    ids=["stereoisomer", "tautomer", "protonated", "isotopes"],
)
def test_forms_of_a_known_molecule_are_known(variant: str) -> None:
    answer = known([variant])[0]
    assert answer == "training molecule"


@pytest.mark.usefixtures("small_index")
def test_neighbours_are_novel() -> None:
    assert known(["CCOc1ccccc1C(=O)NCC", "CCOc1cccc(C(=O)NC)c1", "CC(=O)Oc1ccccc1C(=O)N", "CCCc1ccncc1"]) == [""] * 4
    assert known([]) == []


@pytest.mark.usefixtures("small_index")
def test_an_isomer_with_the_same_element_graph_is_decided_by_the_dear_key() -> None:
    ketone, enol_ether = strict_batch(["CC(=O)CCc1ccncc1"]), strict_batch(["CC(O)C=Cc1ccncc1"])
    assert graph_keys(ketone)[0] == graph_keys(enol_ether)[0]
    assert known(list(enol_ether.smiles)) == [""]


@pytest.mark.usefixtures("small_index")
def test_similarity_is_the_tanimoto_to_the_nearest_drug() -> None:
    mols = strict_batch([*DRUGS.values(), "CCOC(=O)c1ccccc1OC(C)=O", "C1CCCCC1"])
    value, names = nearest_drug(mols)
    expected = tanimoto(morgan_bits(mols), morgan_bits(strict_batch(DRUGS.values())))
    assert np.allclose(value, expected.max(axis=1), atol=1e-6)
    assert names[:3] == ["aspirin", "gefitinib", "aspirin"]
    scorer = SimilarityToKnown(SimilarityToKnown.Config())
    out = scorer.score(mols, Patient().view(()))
    assert out.value[0] == 1.0 and np.array_equal(out.value, value)


def test_the_shipped_index_knows_the_drugs() -> None:
    index._index.cache_clear()
    answers = known([*DRUGS.values(), "C=CC(=O)Nc1cc(Nc2nccc(-c3cn(C)c4ccccc34)n2)c(OC)cc1N(C)CCN(C)C"])
    assert answers[1:] == ["known drug: gefitinib", "known drug: osimertinib"]
    assert answers[0].startswith("known drug: ")
    assert known(["CN1CCN(C2CC2C(=O)Nc2cc3c(cn2)OC(F)C3)CC1"]) == [""]
