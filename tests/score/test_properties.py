import sys
from pathlib import Path

import numpy as np
import pytest
from rdkit import RDConfig
from rdkit.Chem import QED, MolFromSmiles

from sartor.chem.parse import strict_batch
from sartor.chem.properties import aromatic_cycles, qed, sa_score
from sartor.core import Patient
from sartor.score import properties as parts

MOLECULES = (
    "CC(=O)Oc1ccccc1C(=O)O",
    "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "Cc1ccc(NC(=O)c2ccc(CN3CCN(C)CC3)cc2)cc1Nc1nccc(-c2cccnc2)n1",
    "C[C@]12CC[C@H]3[C@@H](CCc4cc(O)ccc43)[C@@H]1CC[C@@H]2O",
    "O=C1c2ccccc2C(=O)c2ccccc21",
    "N1C2=CC=CC=C2SC3=C1C=CC4=C3C=CC=C4",
    "O=C(O)CN(CC(=O)O)CC(=O)O",
    "CCCCCCCCCCCCCCCCCC(=O)O",
    "C[N+](C)(C)CCO",
    "O=S(=O)(c1ccc(Cl)cc1)N1CC2CC1C2",
    "CC1CCCCCCCCCCCCC(=O)C1",
    "c1ccc2c(c1)Cc1ccccc1-2",
    "O=C1NC(=O)C(=Cc2ccc(O)c(O)c2)S1",
    "[2H]C([2H])([2H])Oc1ccccc1",
    "[H][C@@](C)(N)C(=O)O",
    "C",
)


def test_qed_equals_rdkit() -> None:
    ours = qed(strict_batch(MOLECULES))
    theirs = [QED.qed(MolFromSmiles(s)) for s in MOLECULES]
    assert np.allclose(ours, theirs, atol=1e-9)


def test_aromatic_cycles_equal_the_definition_of_qed() -> None:
    for s in MOLECULES:
        assert aromatic_cycles(MolFromSmiles(s)) == QED.properties(MolFromSmiles(s)).AROM, s


def test_sa_score_equals_rdkits_contrib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(RDConfig.RDContribDir) / "SA_Score")])
    import sascorer

    ours = sa_score(strict_batch(MOLECULES))
    assert np.allclose(ours, [sascorer.calculateScore(MolFromSmiles(s)) for s in MOLECULES], atol=1e-5)


def test_deuterium_counts_as_rdkit_counts_it() -> None:
    labelled = "[2H]C([2H])([2H])c1ccccc1"
    assert qed(strict_batch([labelled]))[0] == pytest.approx(QED.qed(MolFromSmiles(labelled)))


@pytest.mark.parametrize(
    ("part", "low", "high"),
    [
        (parts.Qed, 0.51, 0.53),
        (parts.SaScore, 2.2, 2.4),
        (parts.MolecularWeight, 446.8, 447.0),
        (parts.LogP, 4.2, 4.4),
        (parts.Tpsa, 68.7, 68.8),
    ],
)
def test_gefitinib_reads_as_published(part: type, low: float, high: float) -> None:
    scorer = part(part.Config())
    out = scorer.score(strict_batch([MOLECULES[1]]), Patient().view(scorer.card.reads))
    assert low <= out.value[0] <= high
    assert out.low[0] <= out.value[0] <= out.high[0]


def test_log_p_carries_its_published_error() -> None:
    scorer = parts.LogP(parts.LogP.Config())
    out = scorer.score(strict_batch(MOLECULES), Patient().view(()))
    assert np.allclose(out.high - out.low, 2 * 1.645 * 0.677)
