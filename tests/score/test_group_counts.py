import pytest

from sartor.chem.parse import strict_batch
from sartor.core import OrderError, Patient
from sartor.facts.groups import allergen, allergen_groups, oxidant_groups
from sartor.score.allergy import AllergenGroups
from sartor.score.oxidant import OxidantAlerts
from sartor.train import facts_groups

VIEW = Patient().view(())
OXIDANTS = {
    "dapsone": "Nc1ccc(S(=O)(=O)c2ccc(N)cc2)cc1",
    "primaquine": "COc1cc(NC(C)CCCN)c2ncccc2c1",
    "nitrofurantoin": "O=C1CN(N=Cc2ccc([N+](=O)[O-])o2)C(=O)N1",
    "methylene blue": "CN(C)c1ccc2nc3ccc(=[N+](C)C)cc-3sc2c1",
    "methylene blue as drawn with S+": "CN(C)c1ccc2nc3ccc(N(C)C)cc3[s+]c2c1",
    "phenylhydrazine": "NNc1ccccc1",
    "menadione": "CC1=CC(=O)c2ccccc2C1=O",
    "phenazopyridine": "Nc1ccc(N=Nc2ccccc2)c(N)n1",
    "isoniazid": "NNC(=O)c1ccncc1",
    "sulfamethoxazole": "Cc1cc(NS(=O)(=O)c2ccc(N)cc2)no1",
}
CLEAN = {
    "ibuprofen": "CC(C)Cc1ccc(C(C)C(=O)O)cc1",
    "gefitinib": "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "paracetamol": "CC(=O)Nc1ccc(O)cc1",
    "imatinib": "Cc1ccc(NC(=O)c2ccc(CN3CCN(C)CC3)cc2)cc1Nc1nccc(-c2cccnc2)n1",
    "caffeine": "Cn1c(=O)c2c(ncn2C)n(C)c1=O",
}


@pytest.mark.parametrize("name", OXIDANTS)
def test_known_oxidants_are_seen(name):
    assert OxidantAlerts(OxidantAlerts.Config()).score(strict_batch([OXIDANTS[name]]), VIEW).value[0] >= 1


@pytest.mark.parametrize("name", CLEAN)
def test_drugs_without_such_groups_are_clean(name):
    assert OxidantAlerts(OxidantAlerts.Config()).score(strict_batch([CLEAN[name]]), VIEW).value[0] == 0


def test_counts_and_names():
    part = OxidantAlerts(OxidantAlerts.Config())
    mols = strict_batch([OXIDANTS["dapsone"], CLEAN["caffeine"]])
    assert part.score(mols, VIEW).value.tolist() == [2.0, 0.0]
    assert part.found(mols) == [{"primary arylamine": 2}, {}]


MEMBERS = {
    "sulfa": "Cc1cc(NS(=O)(=O)c2ccc(N)cc2)no1",
    "penicillin": "CC1(C)SC2C(NC(=O)Cc3ccccc3)C(=O)N2C1C(=O)O",
    "cephalosporin": "CC1=C(C(=O)O)N2C(=O)C(NC(=O)C(N)c3ccccc3)C2SC1",
    "beta-lactam": "CC1(C)SC2C(NC(=O)Cc3ccccc3)C(=O)N2C1C(=O)O",
    "aspirin": "CC(=O)Oc1ccccc1C(=O)O",
    "procaine": "CCN(CC)CCOC(=O)c1ccc(N)cc1",
    "carbamazepine": "NC(=O)N1c2ccccc2C=Cc2ccccc21",
    "phenytoin": "O=C1NC(=O)C(c2ccccc2)(c2ccccc2)N1",
    "tetracycline": "CN(C)C1C(O)=C(C(N)=O)C(=O)C2(O)C(O)=C3C(=O)c4c(O)cccc4C(C)(O)C3CC12",
    "ciprofloxacin": "O=C(O)c1cn(C2CC2)c2cc(N3CCNCC3)c(F)cc2c1=O",
    "erythromycin": "CCC1OC(=O)C(C)C(O)C(C)C(O)C(C)(O)CC(C)C(=O)C(C)C(O)C1(C)O",
}


@pytest.mark.parametrize("word", MEMBERS)
def test_an_allergy_word_finds_its_class_in_a_member(word):
    mols = strict_batch([MEMBERS[word], "CCO"])
    part = AllergenGroups(AllergenGroups.Config(classes=word))
    assert part.score(mols, VIEW).value.tolist() == [1.0, 0.0]


def test_unknown_allergies_are_refused_by_the_scorer():
    assert allergen("latex") is None
    with pytest.raises(OrderError, match="latex"):
        AllergenGroups(AllergenGroups.Config(classes="latex"))


def test_no_classes_means_all():
    part = AllergenGroups(AllergenGroups.Config())
    assert len(part.groups) == len(allergen_groups())


def test_the_shipped_table_is_what_the_builder_writes():
    assert (facts_groups.TABLES / "alert_groups.tsv").read_text(encoding="utf-8") == facts_groups.table()
    assert all(g.source for g in oxidant_groups())
