"""Star alleles: every diplotype of the tables, ambiguity, missing positions, chromosome X, DPYD, UGT1A1."""

import itertools
import random
from pathlib import Path

import pytest

from sartor.core import GeneCall
from sartor.facts.alleles import gene_definitions
from sartor.facts.phenotypes import phenotype_of
from sartor.read.dpyd import call_dpyd
from sartor.read.genotypes import GeneReading
from sartor.read.germline import call_gene, read_germline
from sartor.read.star_alleles import Genotype, fits, name_order

DEFINITIONS = gene_definitions()
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def reading(gene: str, changes: dict[str, str] | None = None, missing: tuple[str, ...] = ()) -> GeneReading:
    """A person who is reference everywhere but for ``{rsid: "A/G"}`` or ``"A|G"``; ``missing`` rsIDs are not read."""
    definition = DEFINITIONS[gene]
    made = GeneReading(definition)
    changes = dict(changes or {})
    for pos, place in definition.positions.items():
        text = changes.pop(place.rsid, f"{place.ref}/{place.ref}")
        if place.rsid in missing:
            made.missing.append(place)
            continue
        phased = "|" in text
        strands = tuple(text.split("|" if phased else "/"))
        made.genotypes[pos] = Genotype(pos, strands, "file" if phased else "")
    assert not changes, f"no such position: {changes}"
    return made


def call(gene: str, changes: dict[str, str] | None = None, missing: tuple[str, ...] = ()) -> GeneCall:
    return call_gene(reading(gene, changes, missing))


def diplotypes(found: GeneCall) -> set[str]:
    return {found.diplotype, *(a.split(": ")[0] for a in found.alternatives)}


def _one_of(rng, allowed):
    return rng.choice(sorted(allowed))


@pytest.mark.parametrize("gene", sorted(set(DEFINITIONS) - {"DPYD", "RYR1", "CACNA1S"}))
@pytest.mark.parametrize("phase", ["file", ""])
def test_every_diplotype_of_the_tables_comes_back(gene, phase):
    definition = DEFINITIONS[gene]
    order = name_order(definition)
    rng = random.Random(gene)
    pairs = list(itertools.combinations_with_replacement(definition.alleles, 2))
    for first, second in pairs if len(pairs) <= 200 else rng.sample(pairs, 200):
        genotypes = {}
        for pos, place in definition.positions.items():
            bases = tuple(_one_of(rng, a.defines.get(pos, {place.ref})) for a in (first, second))
            genotypes[pos] = Genotype(pos, bases, phase)
        names = tuple(sorted((first.name, second.name), key=lambda n: order[n]))
        found = {f.names: f for f in fits(definition, genotypes)}
        assert names in found
        made = GeneReading(definition, genotypes)
        named = call_gene(made)
        assert "/".join(names) in diplotypes(named)
        phenotypes = {(phenotype_of(gene, n).name, phenotype_of(gene, n).activity_score) for n in found}
        assert named.status == ("called" if len(phenotypes) == 1 else "ambiguous")


@pytest.mark.parametrize(
    ("gene", "alleles", "rival"),
    [
        ("TPMT", ("*1", "*3A"), "*3B/*3C"),
        ("NUDT15", ("*1", "*2"), "*3/*6"),
        ("UGT1A1", ("*1", "*80+*28"), "*28/*80"),
        ("CYP2B6", ("*1", "*36"), "*6/*22"),
        ("CYP2B6", ("*1", "*13"), "*6/*8"),
    ],
)
def test_known_ambiguities_are_told_unphased_and_settled_phased(gene, alleles, rival):
    definition = DEFINITIONS[gene]
    forms = {a.name: a for a in definition.alleles}
    for phase, status in (("", "ambiguous"), ("file", "called")):
        made = GeneReading(definition)
        for pos, place in definition.positions.items():
            bases = tuple(min(forms[a].defines.get(pos, {place.ref})) for a in alleles)
            made.genotypes[pos] = Genotype(pos, bases, phase)
        found = call_gene(made)
        assert found.diplotype == "/".join(alleles)
        assert found.status == status
        assert (rival in diplotypes(found)) == (phase == "")
        assert found.known == (phase == "file")


def test_two_diplotypes_with_one_phenotype_stay_usable():
    found = call("UGT1A1", {"rs3064744": "CATAT/CATAT"}, missing=("rs887829",))
    assert diplotypes(found) == {"*28/*28", "*28/*80+*28", "*80+*28/*80+*28"}
    assert (found.status, found.phenotype, found.missing) == ("called", "Poor Metabolizer", ("rs887829",))
    assert "same phenotype" in found.why


def test_a_missing_key_position_is_never_reference():
    found = call("CYP2C9", missing=("rs1057910",))
    assert found.diplotype == "*1/*1"
    assert found.status == "ambiguous"
    assert "*1/*3: Intermediate Metabolizer" in found.alternatives
    assert "*3/*3: Poor Metabolizer" in found.alternatives
    assert not found.known
    assert found.missing == ("rs1057910",)


def test_a_missing_rare_position_is_listed_and_the_call_stands():
    found = call("CYP2C9", missing=("rs868182778",))
    assert (found.diplotype, found.status, found.missing) == ("*1/*1", "called", ("rs868182778",))


def test_an_unread_rare_allele_of_unknown_function_does_not_take_the_call_back():
    """*42 is *37 and one more, unread, variant of unknown function: named, but no reason to doubt the phenotype."""
    found = call("SLCO1B1", {"rs2306283": "A/G"}, missing=("rs141467543",))
    assert (found.diplotype, found.status, found.phenotype) == ("*1/*37", "called", "Normal Function")
    assert any(a.endswith(": Indeterminate") for a in found.alternatives)


def test_missing_promoter_of_cyp2c19_leaves_17_open():
    found = call("CYP2C19", {"rs3758581": "G/G"}, missing=("rs12248560",))
    assert {"*1/*1", "*1/*17", "*17/*17"} <= diplotypes(found)
    assert found.status == "ambiguous"


def test_nothing_read_and_nothing_telling_read_are_not_covered():
    definition = DEFINITIONS["CYP2C9"]
    nothing = call_gene(GeneReading(definition, missing=list(definition.positions.values())))
    assert (nothing.status, nothing.diplotype, nothing.phenotype) == ("not covered", "", "")
    assert len(nothing.missing) == len(definition.positions)
    rare = next(p for p in definition.positions.values() if not p.key)
    idle = GeneReading(definition, {rare.pos: Genotype(rare.pos, (rare.ref, rare.ref))})
    assert call_gene(idle).status == "not covered"


def test_an_unexplained_combination_is_not_covered():
    found = call("CYP2C9", {"rs1799853": "C|T", "rs1057910": "A|C"})
    assert found.status == "not covered"
    assert "rs1799853 C/T, rs1057910 A/C" in found.why


def test_phase_sets_turn_freely_against_each_other():
    made = reading("CYP2C9", {"rs1799853": "C|T", "rs1057910": "A|C"})
    by_name = {p.rsid: p.pos for p in made.definition.positions.values()}
    for rsid in ("rs1799853", "rs1057910"):
        pos = by_name[rsid]
        made.genotypes[pos] = Genotype(pos, made.genotypes[pos].strands, f"set {rsid}")
    assert call_gene(made).diplotype == "*2/*3"


def test_slco1b1_falls_back_to_its_one_decisive_variant():
    found = call("SLCO1B1", {"rs2306283": "G/G", "rs4149056": "T/C", "rs11045853": "A/A", "rs72559748": "G/G"})
    assert (found.diplotype, found.phenotype) == ("rs4149056 C/rs4149056 T", "Decreased Function")
    assert found.status == "ambiguous"


DPYD_CASES = [
    ({}, "Reference/Reference", 2.0, "called"),
    ({"rs3918290": "C/T"}, "Reference/c.1905+1G>A (*2A)", 1.0, "called"),
    ({"rs3918290": "C/T", "rs67376798": "T/A"}, "c.1905+1G>A (*2A)/c.2846A>T", 0.5, "ambiguous"),
    ({"rs3918290": "C|T", "rs67376798": "T|A"}, "Reference/[c.1905+1G>A (*2A) + c.2846A>T]", 1.0, "called"),
    ({"rs3918290": "C|T", "rs67376798": "A|T"}, "c.1905+1G>A (*2A)/c.2846A>T", 0.5, "called"),
    ({"rs75017182": "G/C", "rs56038477": "C/T"}, "Reference/c.1129-5923C>G, c.1236G>A (HapB3)", 1.5, "called"),
    ({"rs75017182": "G/C"}, "Reference/c.1129-5923C>G", 1.5, "called"),
    ({"rs56038477": "C/T"}, "Reference/Reference", 2.0, "called"),
]


@pytest.mark.parametrize(("changes", "diplotype", "score", "status"), DPYD_CASES)
def test_dpyd_counts_the_worst_variant_of_each_chromosome(changes, diplotype, score, status):
    found = call_dpyd(reading("DPYD", changes))
    names = {frozenset(found.diplotype.split("/")), frozenset(reversed(found.diplotype.split("/")))}
    assert frozenset(diplotype.split("/")) in names
    assert (found.activity_score, found.status) == (score, status)


def test_dpyd_hapb3_from_its_proxy_when_the_cause_was_not_read():
    found = call_dpyd(reading("DPYD", {"rs56038477": "C/T"}, missing=("rs75017182",)))
    assert found.activity_score == 1.5
    assert "rs56038477" in found.why
    assert found.status == "called"


def test_dpyd_unread_key_variant_is_an_alternative():
    found = call_dpyd(reading("DPYD", missing=("rs3918290",)))
    assert found.status == "ambiguous"
    assert any("*2A" in a for a in found.alternatives)


def test_every_dpyd_variant_alone_gives_its_own_score():
    for allele in DEFINITIONS["DPYD"].alleles:
        if allele.complete:
            continue
        made = reading("DPYD")
        for pos, bases in allele.defines.items():
            made.genotypes[pos] = Genotype(pos, (made.definition.positions[pos].ref, min(bases)))
        assert call_gene(made).activity_score == phenotype_of("DPYD", ("Reference", allele.name)).activity_score


def test_the_shipped_people_are_who_they_should_be():
    lung = read_germline(EXAMPLES / "lung-egfr" / "germline.vcf", sex="female")
    assert {g: c.diplotype for g, c in lung.items() if g in ("CYP2C19", "CYP3A5", "UGT1A1", "TPMT")} == {
        "CYP2C19": "*1/*1",
        "CYP3A5": "*3/*3",
        "UGT1A1": "*1/*28",
        "TPMT": "*1/*1",
    }
    cml = read_germline(EXAMPLES / "cml-abl1" / "germline.vcf")
    assert (cml["CYP2C19"].phenotype, cml["SLCO1B1"].phenotype) == ("Intermediate Metabolizer", "Decreased Function")
    mind = read_germline(EXAMPLES / "psychiatry-drd2" / "germline.vcf", sex="male")
    assert (mind["CYP2C19"].phenotype, mind["CYP2C9"].activity_score) == ("Poor Metabolizer", 1.0)
    assert (mind["G6PD"].diplotype, mind["G6PD"].phenotype) == ("A- 202A_376G", "Deficient")
    for person in (lung, cml, mind):
        assert all(c.status == "called" and not c.missing for c in person.values())
