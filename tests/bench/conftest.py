import pytest

from sartor.ml.sequence_model import threads


@pytest.fixture(autouse=True)
def one_thread():
    with threads(1):
        yield


TAILS = ("C", "CC", "CCC", "C(C)C", "N", "O", "F", "Cl", "OC", "N(C)C", "C#N", "S(C)(=O)=O")
CORES = ("c1ccc(cc1){}", "c1ccnc(c1){}", "C1CCN(CC1){}", "c1ccc2c(c1)cccc2{}", "O=C(Nc1ccc(cc1)c1ccccc1){}")


@pytest.fixture(scope="session")
def drugs():
    """Sixty distinct small drug-like molecules, canonical."""
    from sartor.chem.parse import strict_batch

    return list(strict_batch([core.format(tail) for core in CORES for tail in TAILS]).smiles)


@pytest.fixture(scope="session")
def chains():
    """Forty chains, canonical: nothing like the drugs."""
    from sartor.chem.parse import strict_batch

    return list(strict_batch(["C" * n + end for n in range(4, 14) for end in ("", "O", "N", "C(=O)O")]).smiles)
