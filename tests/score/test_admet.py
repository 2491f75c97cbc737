import inspect
import tomllib
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from sartor.chem.descriptors import descriptors
from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import strict_batch
from sartor.core import Patient
from sartor.ml import weights
from sartor.score import admet, admet_kinetics, admet_toxicity

PARTS = [
    part
    for room in (admet, admet_kinetics, admet_toxicity)
    for _, part in inspect.getmembers(room, inspect.isclass)
    if issubclass(part, admet.AdmetPart) and part is not admet.AdmetPart
]
IDS = [part.endpoint for part in PARTS]
POTENCIES = {f"cyp{i}_pic50" for i in ("1a2", "2c9", "2d6", "3a4")} | {"pxr"}
UNITS = {
    "solubility": "log mol/L",
    "caco2": "log cm/s",
    "hlm_stability": "probability stable",
    "rlm_stability": "probability stable",
    "lipophilicity": "log ratio",
    "mdck_efflux": "log ratio",
    "hydration_free_energy": "kcal/mol",
    "ppb": "%",
    "vdss": "L/kg",
    "half_life": "h",
    "human_clearance": "mL/min/kg",
    "hepatocyte_clearance": "uL/min/10^6 cells",
    "microsome_clearance": "mL/min/g",
    "hlm_clearance": "log mL/min/kg",
    "rlm_clearance": "log mL/min/kg",
    "kinetic_solubility": "log ug/mL",
    "ld50": "log (mol/kg)^-1",
    **dict.fromkeys(POTENCIES, "log (mol/L)^-1"),
}

ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"
CAFFEINE = "Cn1c(=O)c2c(ncn2C)n(C)c1=O"
TERFENADINE = "CC(C)(C)c1ccc(C(O)CCCN2CCC(C(O)(c3ccccc3)c3ccccc3)CC2)cc1"
KETOCONAZOLE = "CC(=O)N1CCN(c2ccc(OCC3COC(Cn4ccnc4)(c4ccc(Cl)cc4Cl)O3)cc2)CC1"
GEFITINIB = "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1"
MANNITOL = "OC[C@@H](O)[C@@H](O)[C@H](O)[C@H](O)CO"
HEXACHLOROBIPHENYL = "Clc1ccc(-c2cc(Cl)c(Cl)cc2Cl)c(Cl)c1Cl"
NITROPYRENE = "O=[N+]([O-])c1ccc2ccc3cccc4ccc1c2c34"
DIAZEPAM = "CN1C(=O)CN=C(c2ccccc2)c2cc(Cl)ccc21"
MOLECULES = (ASPIRIN, CAFFEINE, TERFENADINE, KETOCONAZOLE, GEFITINIB, MANNITOL, NITROPYRENE, DIAZEPAM)


def part(name: str) -> admet.AdmetPart:
    made = next(p for p in PARTS if p.endpoint == name)
    return made(made.Config())


def read(name: str, *smiles: str):
    return part(name).score(strict_batch(smiles), Patient().view(()))


def predicted(name: str) -> bool:
    entry = weights.card("admet")["endpoints"].get(name, {})
    return bool(entry) and not entry["not_predictable"]


def test_every_promised_endpoint_has_a_part():
    inhibition = {f"cyp{i}_inhibition" for i in ("1a2", "2c9", "2c19", "2d6", "3a4")}
    substrate = {f"cyp{i}_substrate" for i in ("1a2", "2c9", "2c19", "2d6", "3a4")}
    rest = {"herg", "ames", "bbb", "solubility", "hlm_stability", "caco2"}
    gut = {"hia", "bioavailability", "pampa", "lipophilicity", "hydration_free_energy", "kinetic_solubility"}
    carried = {"pgp_inhibition", "pgp_substrate", "mdck_efflux", "bcrp_inhibition", "bsep"}
    carried |= {"oatp1b1_inhibition", "oatp1b3_inhibition"}
    kinetics = {"ppb", "vdss", "half_life", "human_clearance", "hepatocyte_clearance", "microsome_clearance"}
    kinetics |= {"hlm_clearance", "rlm_clearance", "rlm_stability"} | POTENCIES
    harm = {"dili", "ld50", "skin_reaction", "carcinogenicity", "clintox", "nav15", "cav12"}
    nuclear = {f"nr_{x}" for x in ("ar", "ar_lbd", "ahr", "aromatase", "er", "er_lbd", "ppar_gamma")}
    stress = {f"sr_{x}" for x in ("are", "atad5", "hse", "mmp", "p53")}
    assert set(IDS) == inhibition | substrate | rest | gut | carried | kinetics | harm | nuclear | stress
    assert len(IDS) == len(set(IDS))


def test_every_part_is_an_entry_point():
    with (Path(__file__).parents[2] / "pyproject.toml").open("rb") as handle:
        named = tomllib.load(handle)["project"]["entry-points"]["sartor.scorers"]
    for made in PARTS:
        assert named[made.endpoint] == f"{made.__module__}:{made.__name__}"


@pytest.mark.parametrize("name", IDS)
def test_a_number_with_its_interval_or_a_reason(name: str):
    out = read(name, *MOLECULES)
    if not predicted(name):
        assert np.isnan(out.value).all() and all("not predictable" in w for w in out.why_not)
        return
    assert (out.low < out.high).all() and out.why_not == ("",) * len(MOLECULES)
    assert (out.low <= out.value).all() and (out.value <= out.high).all()
    if part(name).card.unit.startswith("probability"):
        assert (out.low >= 0).all() and (out.high <= 1).all()
    assert part(name).card.unit == UNITS.get(name, "probability")
    assert part(name).card.metrics


@pytest.mark.parametrize("name", IDS)
def test_predict_gives_the_scored_value(name: str):
    mols = strict_batch(MOLECULES)
    values = part(name).predict(morgan_counts(mols), descriptors(mols))
    assert values.shape == (len(MOLECULES),) and values.dtype == np.float64
    assert np.array_equal(values, part(name).score(mols, Patient().view(())).value, equal_nan=True)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("smiles", ["C", "[Na+].[Cl-]", "CCCC[Hg]CCCC", "CC(=O)[O-].CCCCCC[NH3+]"])
def test_strange_molecules_are_refused_with_a_reason(name: str, smiles: str):
    out = read(name, smiles, ASPIRIN)
    assert np.isnan(out.value[0]) and out.why_not[0] and not out.in_domain[0]


def test_the_card_names_a_molecule_it_refuses():
    for made in PARTS:
        card = made(made.Config()).card
        assert np.isnan(read(card.name, card.refuses).value[0])
        assert card.reads == () and card.source and card.licence and card.domain


def test_company_and_chunks_do_not_matter():
    many = strict_batch([*(f"{'C' * i}c1ccccc1{'N' * (j % 2)}" for i in range(1, 30) for j in range(2)), GEFITINIB])
    alone = read("herg", GEFITINIB)
    together = part("herg").score(many, Patient().view(()))
    for a, b in ((alone.value, together.value), (alone.low, together.low), (alone.high, together.high)):
        assert a[0] == pytest.approx(b[-1], rel=1e-9)


def test_chunks_join_without_a_seam(monkeypatch: pytest.MonkeyPatch):
    whole = read("solubility", *MOLECULES, *(f"{'C' * i}O" for i in range(6, 22)))
    monkeypatch.setattr(admet, "CHUNK", 8)
    parts = read("solubility", *MOLECULES, *(f"{'C' * i}O" for i in range(6, 22)))
    assert np.allclose(whole.value, parts.value, rtol=1e-9) and np.array_equal(whole.in_domain, parts.in_domain)


def test_work_is_shared_through_the_batch(monkeypatch: pytest.MonkeyPatch):
    mols = strict_batch(MOLECULES)
    part("herg").score(mols, Patient().view(()))
    monkeypatch.setattr(admet.Shared, "answers", lambda *a: pytest.fail("the bank was asked twice"))
    monkeypatch.setattr(admet.Shared, "nearest", lambda *a: pytest.fail("the index was searched twice"))
    monkeypatch.setattr(admet.Shared, "second", lambda *a: pytest.fail("the network was run twice"))
    part("herg").score(mols, Patient().view(()))
    part("ames").score(mols, Patient().view(()))


def test_known_pharmacology_is_on_the_right_side():
    herg = read("herg", TERFENADINE, ASPIRIN).value
    assert herg[0] > 0.5 > herg[1]
    cyp3a4 = read("cyp3a4_inhibition", KETOCONAZOLE, CAFFEINE).value
    assert cyp3a4[0] > 0.5 > cyp3a4[1]
    ames = read("ames", NITROPYRENE, ASPIRIN).value
    assert ames[0] > 0.5 > ames[1]
    bbb = read("bbb", DIAZEPAM, MANNITOL).value
    assert bbb[0] > 0.5 > bbb[1]
    solubility = read("solubility", MANNITOL, HEXACHLOROBIPHENYL).value
    assert solubility[0] > -2 and solubility[1] < -6
    caco2 = read("caco2", CAFFEINE, MANNITOL).value
    assert caco2[0] > caco2[1] + 0.5
    logd = read("lipophilicity", HEXACHLOROBIPHENYL, CAFFEINE).value
    assert logd[0] > 3 > 1 > logd[1]
    bound = read("ppb", TERFENADINE, CAFFEINE).value
    assert bound[0] > 90 > bound[1] > 0
    volume = read("vdss", TERFENADINE, MANNITOL).value
    assert volume[0] > 1 > volume[1] > 0
    hia = read("hia", CAFFEINE, MANNITOL).value
    assert hia[0] > 0.8 > hia[1]


def test_scales_turn_scores_into_units():
    score = np.array([-1.0, 0.0, 2.0])
    assert np.allclose(admet.in_unit(score, "log10"), [0.1, 1, 100])
    assert np.allclose(admet.in_unit(score, "percent"), 100 / (1 + np.exp(-score)))
    assert admet.in_unit(score, "plain") is score


def test_a_share_in_percent_and_a_volume_stay_in_their_range():
    for name, top in (("ppb", 100.0), ("vdss", np.inf), ("half_life", np.inf), ("microsome_clearance", np.inf)):
        out = read(name, *MOLECULES)
        if predicted(name):
            assert (out.low > 0).all() and (out.high < top).all() and (out.low < out.value).all()


def test_domain_knows_the_strange_from_the_common():
    carborane_like = "B1(CCCC2)CC2CB(CCSSSSCC1)CCSSSSCC"
    out = read("herg", GEFITINIB, carborane_like)
    assert out.in_domain[0] and not out.in_domain[1]


def test_each_endpoint_searches_its_own_references():
    common, entries = admet.shared(), weights.card("admet")["endpoints"]
    assert set(common.column) == set(entries)
    found = {name: len(common.references.members[i]) for name, i in common.column.items()}
    assert found == {name: entry["references"] for name, entry in entries.items()}


def test_an_unknown_setting_is_an_error():
    with pytest.raises(ValidationError):
        admet.Herg.Config(threshold=5)


def test_the_card_tells_what_a_reviewer_asks():
    card = weights.card("admet")
    assert card["bytes"] < 12_000_000 and card["seed"] and card["split"] and card["left_out"]
    for name, entry in card["endpoints"].items():
        metrics = entry["metrics"]
        assert entry["source"] and entry["limits"] and "NC" not in entry["licence"], name
        if entry["kind"] == "probability":
            assert "95 % CI" in metrics["AUROC"] and "95 % CI" in metrics["AUPRC"]
            assert float(metrics["ECE"]) < 0.1
            assert entry["not_predictable"] or 0.85 < entry["record"]["all"]["coverage"] < 0.95
        else:
            coverage = float(metrics["coverage of the 90 % interval"].split()[0])
            assert "95 % CI" in metrics["R2"] and 0.85 < coverage < 0.95
        assert len(entry["record"]["splits"]) == 5 and entry["licence_class"] in ("open", "sa", "confirm", "?")
        assert sum(split["n"] for split in entry["record"]["splits"]) == entry["record"]["all"]["n"]
