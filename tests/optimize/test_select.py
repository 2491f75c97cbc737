import math

import pytest

from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.parse import strict_batch
from sartor.core import Candidate, Ledger, Lineage, Reading, Refusal
from sartor.optimize.select import select, shortfall

SERIES = ("c1ccccc1CCN", "c1ccccc1CCCN", "c1ccncc1C(=O)NC1CC1", "O=C(O)C1CCCN1", "COc1ccc2[nH]ccc2c1", "CC(C)Cn1cnnn1")


def candidate(smiles: str, total: float, unmet: tuple[str, ...] = (), value: float = 0.2) -> Candidate:
    (smiles,) = strict_batch([smiles]).smiles
    found = "unknown (no model)" if math.isnan(value) else f"{value:.3g} probability"
    fate = f"turned away: cardiac channel: at most 0.5 probability; found {found}" if unmet else "kept"
    read = Reading(value, value, value, True, "no model" if math.isnan(value) else "")
    return Candidate(smiles, {"cardiac channel": read}, {"potency": total}, total, unmet, Lineage("toy"), fate)


def ledger(*candidates: Candidate) -> Ledger:
    return Ledger(candidates=list(candidates))


def test_best_first_and_far_apart() -> None:
    made = ledger(*(candidate(s, 0.9 - 0.1 * i) for i, s in enumerate(SERIES)))
    chosen = select(made, 4, 0.5)
    assert [c.rank for c in chosen] == [1, 2, 3, 4]
    assert [c.total for c in chosen] == sorted((c.total for c in chosen), reverse=True)
    bits = morgan_bits(strict_batch([c.smiles for c in chosen]))
    near = tanimoto(bits, bits) - (tanimoto(bits, bits) == 1)
    assert near.max() <= 0.5
    assert chosen[1].smiles != strict_batch([SERIES[1]]).smiles[0]


def test_never_padded_with_unmet_ones_and_it_says_so() -> None:
    made = ledger(candidate(SERIES[0], 0.5), candidate(SERIES[2], 0.9, ("cardiac channel",), 0.8))
    chosen = select(made, 20, 0.3)
    assert [c.total for c in chosen] == [0.5]
    assert shortfall(made, chosen, 20, 0.3).startswith("1 of the 20 molecules asked for: 1 of 2 tried")
    assert shortfall(made, chosen, 1, 0.3) == ""


def test_an_impossible_brief_is_refused_by_name_with_the_closest_value() -> None:
    made = ledger(*(candidate(s, 0.9, ("cardiac channel",), 0.9 - 0.05 * i) for i, s in enumerate(SERIES)))
    with pytest.raises(Refusal) as refusal:
        select(made, 20, 0.3)
    told = str(refusal.value)
    assert "none of 6" in told and "6 by 'cardiac channel' (at most 0.5 probability wanted, closest 0.65)" in told
    assert "relax" in told


def test_a_constraint_nobody_can_read_is_named_as_unknown() -> None:
    with pytest.raises(Refusal, match="unknown for every molecule \\(no model\\)"):
        select(ledger(candidate(SERIES[0], 0.9, ("cardiac channel",), math.nan)), 20, 0.3)


def test_worthless_molecules_are_no_answer() -> None:
    with pytest.raises(Refusal, match="worth nothing on 'potency' \\(1\\)"):
        select(ledger(candidate(SERIES[0], 0.0)), 20, 0.3)


def test_an_empty_ledger_is_refused() -> None:
    made = Ledger()
    made.turned_away["invalid"] = 7
    with pytest.raises(Refusal, match="no molecule was judged; proposals were turned away as invalid \\(7\\)"):
        select(made, 20, 0.3)
