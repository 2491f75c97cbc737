"""Medicines by name, and what they do to enzymes."""

import math

import pytest

from sartor.facts import drugs

EXAMPLES = (
    "metoprolol", "apixaban", "simvastatin", "omeprazole", "tacrolimus", "mycophenolate mofetil", "prednisolone",
    "amlodipine", "escitalopram", "citalopram", "valproic acid", "lorazepam",
)  # fmt: skip
NARROW = (
    "warfarin", "digoxin", "tacrolimus", "cyclosporine", "sirolimus", "everolimus", "phenytoin", "carbamazepine",
    "lithium", "theophylline", "levothyroxine",
)  # fmt: skip


def test_table_is_large_and_well_formed() -> None:
    known = drugs.known_drugs()
    assert len(known) >= 1500
    assert len({name for name, _ in known}) == len(known)
    for name in EXAMPLES:
        found = drugs.lookup(name)
        assert found is not None and found.substance == name and found.smiles and found.source and found.version


@pytest.mark.parametrize(
    ("written", "substance"),
    [
        ("Metoprolol succinate 95 mg", "metoprolol"),
        ("LOPRESSOR", "metoprolol"),
        ("Eliquis", "apixaban"),
        ("Prograf", "tacrolimus"),
        ("N06AB04", "citalopram"),
        ("escitalopram oxalate", "escitalopram"),
        ("Valproate sodium", "valproic acid"),
        ("acetaminophen", "paracetamol"),
        ("rifampin", "rifampicin"),
        ("St. John's Wort", "st john's wort"),
        ("lithium carbonate", "lithium"),
        ("Glyburide 5mg tablets", "glibenclamide"),
    ],
)
def test_brands_salts_codes_and_forms(written: str, substance: str) -> None:
    found = drugs.find(written)
    assert found is not None and [d.substance for d in found.drugs] == [substance] and not found.read_as


def test_misspelling_is_read_and_said() -> None:
    found = drugs.find("apixabn")
    assert found is not None and found.drugs[0].substance == "apixaban" and found.read_as == "apixaban"


@pytest.mark.parametrize("name", ["Zorblaxin", "", "  ", "x", "vitamin vital drops"])
def test_unknown_is_none(name: str) -> None:
    assert drugs.find(name) is None and drugs.lookup(name) is None and drugs.smiles_of(name) == ""


def test_look_alikes_stay_apart() -> None:
    assert drugs.lookup("hydroxyzine") != drugs.lookup("hydralazine")
    assert drugs.lookup("prednisone") != drugs.lookup("prednisolone")
    citalopram, escitalopram = drugs.lookup("citalopram"), drugs.lookup("escitalopram")
    assert citalopram is not None and escitalopram is not None and citalopram.smiles != escitalopram.smiles


@pytest.mark.parametrize("name", ["Tylenol 3", "Co-codamol", "codeine 8 mg / paracetamol 500 mg"])
def test_a_number_in_a_name_is_not_a_strength(name: str) -> None:
    assert {d.substance for d in drugs.match(name).drugs} == {"codeine", "paracetamol"}


def test_a_brand_with_a_diuretic_is_both_parts() -> None:
    assert {d.substance for d in drugs.match("Lopressor HCT").drugs} == {"metoprolol", "hydrochlorothiazide"}


def test_a_mixture_is_all_its_parts() -> None:
    found = drugs.find("Vytorin")
    assert found is not None and {d.substance for d in found.drugs} == {"simvastatin", "ezetimibe"}
    assert drugs.lookup("Vytorin") is None


@pytest.mark.parametrize("name", NARROW)
def test_narrow_index_drugs_are_flagged_with_a_source(name: str) -> None:
    evidence = drugs.narrow_index(name)
    assert evidence is not None and evidence.source and evidence.version
    assert drugs.narrow_index("metoprolol") is None


def test_qt_flags_have_a_source() -> None:
    for name in ("escitalopram", "citalopram", "methadone", "sotalol", "ondansetron", "osimertinib"):
        evidence = drugs.qt_risk(name)
        assert evidence is not None and "QT" in evidence.claim and evidence.source
    assert drugs.qt_risk("paracetamol") is None
    assert drugs.qt_risk("nobody knows this") is None


@pytest.mark.parametrize(
    ("name", "enzyme", "kind", "strength"),
    [
        ("metoprolol", "CYP2D6", "substrate", "moderate"),
        ("simvastatin", "CYP3A4", "substrate", "sensitive"),
        ("tacrolimus", "CYP3A4", "substrate", "sensitive"),
        ("omeprazole", "CYP2C19", "substrate", "sensitive"),
        ("warfarin", "CYP2C9", "substrate", "moderate"),
        ("paroxetine", "CYP2D6", "inhibitor", "strong"),
        ("itraconazole", "CYP3A4", "inhibitor", "strong"),
        ("fluvoxamine", "CYP1A2", "inhibitor", "strong"),
        ("gemfibrozil", "CYP2C8", "inhibitor", "strong"),
        ("fluconazole", "CYP2C9", "inhibitor", "moderate"),
        ("rifampicin", "CYP3A4", "inducer", "strong"),
        ("carbamazepine", "CYP2B6", "inducer", "strong"),
        ("digoxin", "P-gp", "substrate", ""),
        ("cyclosporine", "OATP1B1", "inhibitor", ""),
        ("atazanavir", "UGT1A1", "inhibitor", ""),
    ],
)
def test_roles_that_everyone_knows(name: str, enzyme: str, kind: str, strength: str) -> None:
    assert any((r.enzyme, r.role, r.strength) == (enzyme, kind, strength) for r in drugs.roles(name))


def test_every_role_names_a_known_drug_and_a_source() -> None:
    for enzyme in drugs.enzymes():
        for kind in ("substrate", "inhibitor", "inducer"):
            for role in drugs.actors(enzyme, kind):  # type: ignore[arg-type]
                assert drugs.lookup(role.substance) is not None and role.source and role.version
                assert role.strength in ("", "sensitive", "strong", "moderate", "weak")
                assert math.isnan(role.fm) or 0 < role.fm <= 1
                assert role.evidence.claim.startswith(role.substance)


def test_fraction_from_poor_metabolizers() -> None:
    fm = {r.enzyme: r.fm for r in drugs.roles("metoprolol") if r.role == "substrate"}
    assert 0.6 < fm["CYP2D6"] < 0.85


def test_unknown_drug_has_no_roles() -> None:
    assert drugs.roles("Zorblaxin") == ()


def test_counts_that_the_table_promises() -> None:
    table = drugs.drug_table()
    whole = [d for d in table.values() if d.approved and d.smiles and (d.names or d.brands)]
    assert len(whole) >= 1500
    assert sum(bool(d.rxnorm) for d in table.values()) >= 1000 and sum(bool(d.atc) for d in table.values()) >= 1500


@pytest.mark.parametrize(
    ("written", "how", "substance"),
    [
        ("metoprolol", "exact", "metoprolol"),
        ("Metoprolol tartrate 25mg", "salt", "metoprolol"),
        ("Seroxat", "brand", "paroxetine"),
        ("rifampin", "synonym", "rifampicin"),
        ("C07AB02", "ATC", "metoprolol"),
        ("RxNorm:6918", "RxNorm", "metoprolol"),
        ("24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet", "salt", "metformin"),
        ("apixabn", "misspelling", "apixaban"),
        ("Jardiance", "brand", "empagliflozin"),
        ("3 ML liraglutide 6 MG/ML Pen Injector", "exact", "liraglutide"),
        ("Insulin human-like 100 UNT/ML Injectable Solution [Lantus]", "brand", "insulin glargine"),
        ("Escitalopram 10 mg Filmtabletten", "exact", "escitalopram"),
        ("ferrous sulfate", "exact", "ferrous sulfate"),
    ],
)
def test_how_a_name_was_matched(written: str, how: str, substance: str) -> None:
    found = drugs.match(written)
    assert (found.how, [d.substance for d in found.drugs]) == (how, [substance])
    assert (found.distance == 1) is (how == "misspelling")


@pytest.mark.parametrize(
    ("written", "never"),
    [
        ("hydroxyzine", "hydralazine"), ("hydralazine", "hydroxyzine"), ("celexa", "celecoxib"),
        ("celebrex", "citalopram"), ("hydralizine", "hydroxyzine"), ("celexia", "celecoxib"),
        ("predisone", "prednisolone"), ("lamictal", "terbinafine"), ("lamisil", "lamotrigine"),
        ("henagliflozin", "canagliflozin"), ("zyprexa", "cetirizine"), ("6918", "metoprolol"),
        ("clonidine", "clonazepam"), ("losec", "furosemide"), ("tramadol", "trazodone"),
        ("vinblastine", "vincristine"),
    ],
)  # fmt: skip
def test_a_look_alike_is_never_taken(written: str, never: str) -> None:
    assert never not in [d.substance for d in drugs.match(written).drugs]


def test_what_is_not_taken_is_proposed() -> None:
    found = drugs.match("henagliflozin")
    assert found.drugs == () and found.proposals[0].name == "canagliflozin" and found.proposals[0].distance == 2
    assert drugs.match("6918").proposals[0].substances == ("metoprolol",)
    assert drugs.match("Ringelwurz Tropfen").proposals == ()


@pytest.mark.parametrize(
    ("a", "b", "edits"), [("ab", "ba", 1), ("hydroxyzine", "hydralazine", 3), ("abc", "abc", 0), ("", "ab", 2)]
)
def test_distance(a: str, b: str, edits: int) -> None:
    assert drugs.distance(a, b) == edits


@pytest.mark.parametrize(
    "enzyme",
    ["CYP1A2", "CYP2B6", "CYP2C8", "CYP2C9", "CYP2C19", "CYP2D6", "CYP3A4", "UGT1A1", "P-gp", "BCRP", "OATP1B1",
     "OATP1B3", "OCT2", "MATE1", "MATE2-K"],
)  # fmt: skip
def test_every_enzyme_and_transporter_has_roles(enzyme: str) -> None:
    assert drugs.actors(enzyme, "substrate") and drugs.actors(enzyme, "inhibitor")
    if enzyme.startswith("CYP"):
        assert {"sensitive", "moderate"} <= {r.strength for r in drugs.actors(enzyme, "substrate")}
        assert drugs.actors(enzyme, "inducer") or enzyme == "CYP2D6"
    else:
        assert {r.strength for r in drugs.actors(enzyme, "inhibitor")} == {""}
