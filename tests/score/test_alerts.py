import numpy as np
import pytest
from pydantic import ValidationError
from rdkit import Chem
from rdkit.Chem import QED

from sartor.chem.alerts import SETS, entries, pattern_of
from sartor.chem.alerts import alerts as alerts_of
from sartor.chem.parse import strict_batch
from sartor.chem.screen import Sieve, relaxed
from sartor.core import Patient
from sartor.score.alerts import Alerts

MOLECULES = (
    "CC(=O)Oc1ccccc1C(=O)O",
    "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "C=CC(=O)Nc1cc(Nc2nccc(-c3cn(C)c4ccccc34)n2)c(OC)cc1N(C)CCN(C)C",
    "O=C1NC(=O)C(=Cc2ccc(O)c(O)c2)S1",
    "O=C1c2ccccc2C(=O)c2c1ccc(O)c2O",
    "O=[N+]([O-])c1ccc(N=Nc2ccc(N(C)C)cc2)cc1",
    "CC(=O)CC(=O)C(Cl)Cl",
    "ClCCN(CCCl)CCCl",
    "CN1CCC[C@H]1c1cccnc1",
    "O=C(Cl)c1ccccc1",
    "N#CC(C#N)=Cc1ccccc1",
    "SCCS",
    "C1CCC1[Si](C)(C)F",
    "[13CH3]c1ccccc1",
    "CCCCCCCCCC",
    "OO",
    "S=C(NN)NC1CC1",
    "C[n+]1ccccc1C=NO",
    "I",
    "CC12CC3CC(CC(C3)C1)C2",
)


def test_alerts_equal_rdkits_catalogs() -> None:
    catalogs = [(name, e) for name in SETS for e in entries(name)]
    for mol, found in zip(MOLECULES, alerts_of(strict_batch(MOLECULES)), strict=True):
        m = Chem.MolFromSmiles(mol)
        expected = sorted((n, e.GetDescription()) for n, e in catalogs if e.HasFilterMatch(m))
        assert sorted((a.set, a.name) for a in found) == expected, mol


def test_the_sieve_never_loses_a_match() -> None:
    patterns = [*QED.StructuralAlerts, *QED.Acceptors]
    sieve = Sieve(patterns)
    for text in MOLECULES:
        mol = Chem.MolFromSmiles(text)
        matched = {i for i, p in enumerate(patterns) if mol.HasSubstructMatch(p)}
        assert matched <= set(sieve.survivors(mol)), text


def test_the_sieve_sorts_most_out() -> None:
    patterns = list(QED.StructuralAlerts)
    sieve = Sieve(patterns)
    left = [len(sieve.survivors(Chem.MolFromSmiles(s))) for s in MOLECULES]
    assert np.mean(left) < len(patterns) / 4


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("[C&R2]", "[C&R]"),
        ("[C&!R2]", "[C]"),
        ("[$(C=O),$(S=O)]", "[C,S]"),
        ("[#6&!$(c-N)]", "[#6]"),
        ("[r9,r10]", "[R]"),
        ("[se]", "[se]"),
        ("[C&13*]", "[C&13*]"),
        ("[$(*~[N]),C]", "*"),
        ("C", "C"),
    ],
)
def test_relaxing_keeps_only_what_the_neighbourhood_decides(given: str, kept: str) -> None:
    assert relaxed(given) == kept


def test_counts_names_and_sets_agree() -> None:
    every, brenk = Alerts(Alerts.Config()), Alerts(Alerts.Config(sets="BRENK"))
    mols = strict_batch(MOLECULES)
    counts = every.score(mols, Patient().view(())).value
    names = every.names(mols)
    assert counts.tolist() == [len(n) for n in names]
    assert all(":" in x and x.split(":")[0] in SETS for row in names for x in row)
    assert np.all(brenk.score(mols, Patient().view(())).value <= counts)
    assert counts[MOLECULES.index("CN1CCC[C@H]1c1cccnc1")] == 0
    assert counts[MOLECULES.index("O=C(Cl)c1ccccc1")] >= 1


def test_an_alert_can_be_drawn() -> None:
    mols = strict_batch(["O=C(Cl)c1ccccc1"])
    alert = alerts_of(mols)[0][0]
    assert mols.mols[0].GetSubstructMatch(pattern_of(alert))


def test_an_unknown_set_is_refused() -> None:
    with pytest.raises(ValidationError):
        Alerts.Config(sets="BRENK,MINE")
