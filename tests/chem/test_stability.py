import pytest

from sartor.chem.parse import strict_batch
from sartor.chem.stability import unstable


@pytest.mark.parametrize(
    ("smiles", "group"),
    [
        ("CC[C](C)O", "radical"),
        ("CCN(C)C(=O)O", "carbamic acid"),
        ("CCOC(=O)O", "carbonic acid"),
        ("CCC(O)O", "geminal diol"),
        ("CCC(O)NC", "hemiaminal"),
        ("CC=C(C)O", "enol"),
        ("CC=C(C)N", "primary enamine"),
        ("CC(C)=N", "unsubstituted imine"),
        ("CC(O)=NC", "imidic acid"),
        ("CNCl", "aminohalide"),
        ("CCOO", "peroxide"),
        ("CSO", "sulfenic acid"),
        ("CCC(O)F", "gem-halohydrin"),
    ],
)
def test_what_does_not_keep_is_named(smiles: str, group: str) -> None:
    assert unstable(strict_batch([smiles])) == (group,)


# Phenol, a beta-diketone's enol, amidine, guanidine, carbamate, carbonate, nucleoside, fluoral hydrate,
# hydroxamic acid, gefitinib, an N-hydroxymethyl lactam, imino ether, stabilized enamine.
KEPT = (
    "Oc1ccccc1",
    "CC(O)=CC(C)=O",
    "CC(N)=N",
    "NC(N)=N",
    "CNC(=O)OC",
    "COC(=O)OC",
    "Nc1ncnc2c1ncn2C1OC(CO)C(O)C1O",
    "OC(O)C(F)(F)F",
    "CC(=O)NO",
    "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "O=C1CCCN1CO",
    "CC(=N)OC",
    "NC(C)=CC#N",
)


def test_what_keeps_passes() -> None:
    assert dict(zip(KEPT, unstable(strict_batch(KEPT)), strict=True)) == dict.fromkeys(KEPT, "")
