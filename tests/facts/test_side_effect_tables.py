"""Off-target effects, what makes them worse, safety alerts and drugs known for harm."""

import re

import pytest

from sartor.chem.parse import strict_batch
from sartor.chem.substructure import has_match
from sartor.facts import drug_harms, off_targets, safety_alerts
from sartor.facts.drugs import drug_table
from sartor.facts.tsv import rows
from sartor.train import facts_effect_factors, facts_off_targets, facts_safety_alerts

EXTRA = {
    "furafylline": "Cn1c(=O)c2[nH]cnc2n(Cc2ccco2)c1=O",
    "benzo[a]pyrene": "c1ccc2c(c1)cc1ccc3cccc4ccc2c1c34",
    "tienilic acid": "O=C(O)COc1ccc(C(=O)c2cccs2)c(Cl)c1Cl",
    "4-aminobiphenyl": "Nc1ccc(cc1)-c1ccccc1",
    "acrolein": "C=CC=O",
    "cinnamaldehyde": "O=CC=Cc1ccccc1",
    "dinitrochlorobenzene": "O=[N+]([O-])c1ccc(Cl)c([N+](=O)[O-])c1",
    "p-phenylenediamine": "Nc1ccc(N)cc1",
    "phenyl isothiocyanate": "S=C=Nc1ccccc1",
    "methylisothiazolinone": "Cn1sccc1=O",
}


def test_the_44_are_there_and_every_row_is_sourced():
    found = off_targets.panel()
    first = [g for g, rows_ in found.items() if rows_[0].first_panel]
    assert len(first) == 44 and len(found) >= 100
    assert list(found)[:44] == first
    for effects in found.values():
        for e in effects:
            assert e.source and e.version and e.words and e.organ and e.severity in ("minor", "moderate", "serious")
    valve = [e for e in found["HTR2B"] if e.effect == "valvulopathy"]
    assert valve[0].action == "agonist" and valve[0].severity == "serious" and "Roth" in valve[0].source


def test_the_tables_are_what_their_builders_write():
    assert [tuple(r.values()) for r in rows("off_target_effects")] == facts_off_targets.rows()
    assert [tuple(r.values())[:-1] for r in rows("effect_factors")] == list(facts_effect_factors.ROWS)
    assert [tuple(r.values())[:-1] for r in rows("safety_alerts")] == list(facts_safety_alerts.ROWS)


def test_factors_speak_of_known_effects_in_known_kinds():
    effects = {e.effect for found in off_targets.panel().values() for e in found}
    beside = {"red_cell_oxidation", "phospholipidosis", "skin_sensitization"}  # follow from alerts and rules
    for r in rows("effect_factors"):
        assert r["effect"] in effects | beside, r["effect"]
        if r["kind"] in ("condition", "allergy"):
            re.compile(r["value"])
        if r["kind"] == "atc":
            assert all(re.fullmatch(r"[A-Z](\d\d([A-Z]{1,2}(\d\d)?)?)?", code) for code in r["value"].split("|")), r


@pytest.mark.parametrize("name", safety_alerts.SETS)
def test_every_alert_parses_and_finds_the_examples_that_have_a_structure(name):
    checked = 0
    for alert in safety_alerts.safety_alerts(name):
        for example in alert.examples:
            drug = drug_table().get(example)
            smiles = EXTRA.get(example) or (drug.smiles if drug else "")
            if smiles:
                checked += 1
                assert has_match(strict_batch([smiles]), (alert.smarts,)).all(), f"{alert.name}: {example}"
    assert checked >= 3


def test_ordinary_molecules_hold_few_alerts():
    plain = strict_batch(["CC(C)Cc1ccc(C(=O)N2CCCC2)cc1", "COc1ccccc1C(=O)NC1CCCCC1", "Cc1ccccc1"])
    for name in safety_alerts.SETS:
        assert not has_match(plain, tuple(a.smarts for a in safety_alerts.safety_alerts(name))).any(), name


def test_harms_name_organs_places_and_sources():
    told = drug_harms.harms("troglitazone")
    assert told[0].kind == "withdrawn" and "liver" in told[0].organs and told[0].places and told[0].source
    assert told[-1].detail == "reason not given"  # a source without a reason comes last
    assert "for liver" in told[0].words
    assert drug_harms.liver_concern("ketoconazole").detail == "boxed warning"
    assert drug_harms.harms("no such drug") == () and drug_harms.liver_concern("metformin") is None
    assert any(n == "troglitazone" for n, _ in drug_harms.structures()) or drug_table()["troglitazone"].smiles
