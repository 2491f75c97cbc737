import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from sartor.core import (
    Candidate,
    DesignBrief,
    Desirability,
    Evidence,
    GeneCall,
    IntakeError,
    Ledger,
    LeftOut,
    Lineage,
    Medicine,
    Objective,
    Patient,
    Reading,
    Reason,
    Target,
)
from sartor.report.html import page, read_dossier, write_dossier
from sartor.report.person import Badge, Change, changes, conversions
from sartor.report.person import genes as gene_rows
from sartor.report.view import Illustrations, shape, sorted_limits

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Checker(HTMLParser):
    """Collects ids, links and words; complains where tags do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.attributes: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        self._note(attrs)

    def handle_startendtag(self, tag, attrs):
        self._note(attrs)

    def _note(self, attrs):
        for k, v in attrs:
            self.attributes.append(k)
            self.ids += [v] if k == "id" else []
            self.hrefs += [v] if k in ("href", "src") else []

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> does not close what is open"

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def text(made):
    dossier, patient, ledger, shown = made
    return page(dossier, patient, ledger, shown)


@pytest.fixture(scope="module")
def checked(text):
    checker = Checker()
    checker.feed(text)
    assert not checker.open
    return checker


def test_the_page_is_self_contained(text, checked):
    assert all(h.startswith("#") for h in checked.hrefs)
    assert "<script" not in text and "@import" not in text and "url(http" not in text
    assert not any(a.startswith("on") for a in checked.attributes)
    assert "default-src 'none'" in text


def test_ids_are_unique_and_every_link_and_gradient_finds_its_place(text, checked):
    assert len(checked.ids) == len(set(checked.ids))
    wanted = {h[1:] for h in checked.hrefs} | set(re.findall(r"url\(#(\w+)\)", text))
    assert wanted <= set(checked.ids)


def test_the_reader_finds_what_matters(made, checked):
    dossier = made[0]
    words = " ".join(" ".join(checked.words).split())
    for said in ("toy-person-7", "L858R + T790M", "Research use only", "Zyxol <forte>", "not recognized: not assessed",
                 "*4/*4", "*3B/*3C: Poor Metabolizer", "hERG patch clamp", "R² (scaffold split)", "0.61 [0.55, 0.66]",
                 "reads of the patient: genes.CYP2D6, medicines", "before learning", "seed 7"):  # fmt: skip
        assert said in words, said
    for c in dossier.shortlist:
        assert c.smiles in words


def test_atoms_are_coloured_with_a_legend(text, made):
    assert text.count("radialGradient id=") == 2 * len(made[0].shortlist)
    assert "raises" in text and "lowers potency on EGFR" in text


def test_without_illustrations_their_places_stay_out(made):
    dossier, patient, ledger, _ = made
    bare = page(dossier, patient, ledger, Illustrations())
    assert "radialGradient" not in bare and "Nearest measured" not in bare and "No card was handed in." in bare


def test_null_patient_unknown_readings_and_empty_ledger_do_not_break_the_page(made):
    dossier = made[0]
    nan = float("nan")
    names = [x.name for x in (*dossier.brief.objectives, *dossier.brief.constraints)]
    blank = Candidate(
        "CCO",
        {n: Reading(nan, nan, nan, False, "no model") for n in names},
        {},
        0.0,
        tuple(names),
        Lineage("x"),
        rank=1,
    )
    bleak = replace(dossier, shortlist=(blank,), figures={}, limits=(), provenance={})
    made_page = page(bleak, Patient(), Ledger([blank]), Illustrations())
    assert "unknown" in made_page and "does not meet" in made_page and "No gene was read." in made_page
    assert ">nan" not in made_page and "None" not in made_page


def test_same_nouns_same_bytes(made, text):
    dossier, patient, ledger, shown = made
    assert page(dossier, patient, ledger, shown) == text


def test_json_round_trip(made, tmp_path):
    dossier, patient, ledger, shown = made
    path = write_dossier(dossier, patient, ledger, tmp_path, shown)
    assert path.name == "5-dossier.html" and path.stat().st_size < 2_000_000
    again, beside = read_dossier(tmp_path / "5-dossier.json")
    assert again == dossier
    assert beside.cards == shown.cards and beside.changes == shown.changes
    assert beside.attributions == shown.attributions and beside.neighbours == shown.neighbours
    assert json.loads((tmp_path / "5-dossier.json").read_text())["schema"] == "sartor/dossier/1"


def test_a_foreign_json_is_refused(tmp_path):
    (tmp_path / "x.json").write_text('{"schema": "other"}')
    with pytest.raises(IntakeError, match="is not a dossier"):
        read_dossier(tmp_path / "x.json")


def test_facts_are_tied_to_what_they_changed(made):
    rows = {fact: c for c in changes(made[0].brief) for fact in c.facts}
    assert rows["QT is prolonged"].effects == ["Constraint cardiac channel: at most 0.35"]
    assert {e.kind for e in rows["QT is prolonged"].evidence} == {"guideline", "measured"}
    assert rows["kidney filtration 52 mL/min"].effects == []
    assert not any("generic" in fact for fact in rows)


def test_facts_of_one_effect_share_a_row_and_sources_are_named_once():
    source = ("guideline", "CPIC guideline CYP3A5 and tacrolimus (Birdwell 2015)", "doi:10.1002/cpt.113")
    facts = [Reason(f"{g} is normal", (Evidence(f"{g} is the reference", *source),)) for g in ("CYP3A4", "CYP3A5")]
    ask = Objective("spares CYP3A4", "cyp3a4_inhibition", "probability", Desirability((1.0, 0.2)), 1.0, tuple(facts),
                    personal=True)  # fmt: skip
    brief = DesignBrief("p", "psoriasis", Target("EGFR"), (ask,), (), facts=tuple(facts))
    (row,) = changes(brief)
    assert row.facts == ["CYP3A4 is normal", "CYP3A5 is normal"] and len(row.evidence) == 2
    (badge,) = row.badges
    assert "CYP3A4 is the reference" in badge.title and "CYP3A5 is the reference" in badge.title


def test_badges_of_different_kinds_stay_apart():
    both = [Evidence("a", "measured", "patient record"), Evidence("b", "assumed", "patient record")]
    assert [b.kind for b in Change(["x"], [], both).badges] == ["measured", "assumed"]
    assert isinstance(Change(["x"], [], both).badges[0], Badge)


def test_the_phenotype_is_shown_both_ways(made):
    dossier, patient, ledger, shown = made
    call = GeneCall("CYP2D6", "*1/*1", "Normal Metabolizer", "outside", 2.0)
    taking = replace(patient, genes={"CYP2D6": call}, medicines=(Medicine("Paxil", "paroxetine"),))
    (row,) = gene_rows(taking)
    assert row["converted"] == "Poor Metabolizer (score 0) with paroxetine"
    assert any("acts as Poor Metabolizer" in x["says"] and "of normal by genes" in x["activity"]
               for x in conversions(taking))  # fmt: skip
    text = page(dossier, taking, ledger, shown)
    assert "Normal Metabolizer" in text and "→ Poor Metabolizer (score 0) with paroxetine" in text
    assert gene_rows(replace(taking, medicines=()))[0]["converted"] == ""


def test_what_was_left_out_of_the_tumour_is_shown_with_its_reason(made):
    dossier, patient, ledger, shown = made
    left = (
        LeftOut("KRAS", "G12C", "allele fraction below 0.05", 0.012, 400, "t.vcf line 9"),
        LeftOut("", "", "the caller's filter", count=7),
        *(LeftOut(f"G{i}", "x", "why") for i in range(50)),
    )
    text = page(dossier, replace(patient, tumor_left_out=left), ledger, shown)
    for words in ("Left out of the tumour", "allele fraction below 0.05", "fraction 1.2 %", "7 lines", "12 more stand"):
        assert words in text
    assert "Left out of the tumour" not in page(dossier, replace(patient, tumor_left_out=()), ledger, shown)


def test_shapes_are_said_in_words(made):
    wishes = {o.name: shape(o) for o in made[0].brief.objectives}
    assert wishes["potency on EGFR"] == "8 pIC50 or more is enough, 5.5 or less is worth nothing"
    assert wishes["exposure in this patient"] == "1.3× or less is enough, 3 or more is worth nothing"
    assert wishes["lipophilicity"] == "2 to 4 is best, nothing under 0.5 or over 6"


def test_limits_are_sorted_by_their_first_words():
    found = sorted_limits(("Assay: hERG patch clamp", "Not assessed: dose", "Unknown: x", "bare: line"))
    assert found == {"Not assessed": ["Dose"], "Unknown": ["X", "Bare: line"], "Assay": ["hERG patch clamp"]}


def test_a_refused_rule_is_printed(made):
    dossier, patient, ledger, shown = made
    refused = (replace(dossier.brief.objectives[0].because[0], text="rule 'heart' was refused in the order"),)
    with_it = replace(dossier, brief=replace(dossier.brief, refused=refused))
    assert "Refused by the user" in page(with_it, patient, ledger, shown)
    assert "Refused by the user" not in page(dossier, patient, ledger, shown)


def test_side_effects_stand_on_the_card_and_come_back(made, tmp_path):
    from sartor.report.html import read_dossier, write_dossier
    from sartor.report.safety import OrganLine, Safety

    dossier, patient, ledger, shown = made
    first = dossier.shortlist[0].smiles
    organs = (
        OrganLine("heart", "raised", "high", ("herg: probability 0.6 <of block>",)),
        OrganLine("liver", "unknown", "unknown", ("no model",)),
    )
    told = Safety(organs, ("HRH1 7.2 (6.0 to 8.4)",), ("TDI: none",), ("patch clamp",), 22, 90)
    with_it = replace(shown, safety={first: told})
    text = page(dossier, patient, ledger, with_it)
    assert text.count("Side effects <span") == 1 and "22 of 90 proteins answered" in text and "patch clamp" in text
    assert "raised for the molecule, high for this person" in text and "&lt;of block&gt;" in text
    assert text.index(">high</b> <span") < text.index(">unknown</b> <span")
    write_dossier(dossier, patient, ledger, tmp_path, with_it)
    assert read_dossier(tmp_path / "5-dossier.json")[1].safety == {first: told}
