"""RYR1, CACNA1S, CFTR, CYP4F2, IFNL3, NAT2: what each needs of its own; indels wherever a file writes them."""

import pytest

from sartor.core import GeneCall
from sartor.facts.alleles import gene_definitions
from sartor.facts.phenotypes import phenotype_of
from sartor.read.genotypes import GeneReading
from sartor.read.germline import call_gene
from sartor.read.spelling import base_at
from sartor.read.star_alleles import Genotype

DEFINITIONS = gene_definitions()


def call(gene: str, changes: dict[str, str] | None = None, missing: tuple[str, ...] = ()) -> GeneCall:
    """A person who is reference but for ``{rsid: "A/G"}`` or ``"A|G"``."""
    definition = DEFINITIONS[gene]
    made, left = GeneReading(definition), dict(changes or {})
    for pos, p in definition.positions.items():
        text = left.pop(p.rsid, f"{p.ref}/{p.ref}")
        if p.rsid in missing:
            made.missing.append(p)
            continue
        sep = "|" if "|" in text else "/"
        made.genotypes[pos] = Genotype(pos, tuple(text.split(sep)), "file" if sep == "|" else "")
    assert not left
    return call_gene(made)


@pytest.mark.parametrize(
    ("gene", "changes", "diplotype", "phenotype"),
    [
        ("CACNA1S", {}, "Reference/Reference", "Uncertain Susceptibility"),
        ("CACNA1S", {"rs772226819": "G/A"}, "Reference/c.520C>T", "Malignant Hyperthermia Susceptibility"),
        ("RYR1", {}, "Reference/Reference", "Uncertain Susceptibility"),
        ("RYR1", {"rs118192178": "C/G"}, "Reference/c.7522C>G", "Malignant Hyperthermia Susceptibility"),
        ("IFNL3", {"rs12979860": "C/T"}, "rs12979860 reference (C)/rs12979860 variant (T)", "Unfavorable Response"),
        ("CYP4F2", {"rs2108622": "C/T"}, "*1/*3", "rs2108622 CT"),
        (
            "CFTR",
            {"rs11971167": "G/A"},
            "ivacaftor non-responsive CFTR sequence/D1270N",
            "ivacaftor responsive in CF patients",
        ),
        ("NAT2", {"rs1208": "A/A"}, "*4/*4", "Rapid Metabolizer"),
    ],
)
def test_calls_of_the_new_genes(gene, changes, diplotype, phenotype):
    found = call(gene, changes)
    assert (found.diplotype, found.phenotype, found.status) == (diplotype, phenotype, "called")
    assert found.version and found.source


def test_absence_of_a_risk_variant_is_never_normal():
    found = call("RYR1", missing=("rs118192178",))
    assert found.status == "ambiguous" and not found.known
    assert any("c.7522C>G" in a for a in found.alternatives)
    risk = call("RYR1", {"rs118192175": "C/T"}, missing=("rs118192178",))
    assert risk.status == "called" and risk.phenotype == "Malignant Hyperthermia Susceptibility"


def test_a_ryr1_variant_without_function_gives_no_phenotype():
    found = call("RYR1", {"rs34694816": "A/G"})
    assert (found.diplotype, found.phenotype) == ("Reference/c.4024A>G", "Indeterminate")
    assert "c.4024A>G" in found.why
    assert phenotype_of("RYR1", ("c.4024A>G", "c.7522C>G")).name == "Malignant Hyperthermia Susceptibility"


def test_several_ryr1_variants_are_all_named_on_their_strands():
    found = call("RYR1", {"rs193922746": "A/G", "rs142474192": "A/A"})
    assert found.diplotype == "c.418G>A/[c.97A>G + c.418G>A]"


def test_nat2_needs_its_five_positions():
    found = call("NAT2", missing=("rs1208",))
    assert found.status == "not covered" and "rs1208" in found.why and found.missing == ("rs1208",)
    assert call("NAT2", missing=("rs200893121",)).status != "not covered"


def test_nat2_names_the_commoner_pair_first_and_the_other_beside_it():
    """*4/*5 and *1/*16 give the same unphased genotypes; phase settles which it is."""
    found = call("NAT2", {"rs1208": "G/A", "rs1801280": "T/C"})
    assert found.diplotype == "*4/*5"
    assert any(a.startswith("*1/*16: ") for a in found.alternatives)
    assert call("NAT2", {"rs1208": "A|G", "rs1801280": "C|T"}).diplotype == "*1/*16"
    assert call("NAT2", {"rs1208": "G|A", "rs1801280": "C|T"}).diplotype == "*4/*5"


def _position(gene: str, rsid: str):
    return next(p for p in DEFINITIONS[gene].positions.values() if p.rsid == rsid)


def test_an_indel_is_known_wherever_it_is_written():
    """UGT1A1's repeat, C(AT)7A: one more TA, put in anywhere in the repeat, is *28; two less is none of the alleles."""
    p = _position("UGT1A1", "rs3064744")
    assert p.span == "C" + "AT" * 7 + "A"
    for shift in range(0, len(p.span), 2):
        pos, anchor = p.pos + shift, p.span[shift]
        unit = "AT" if shift == 0 else "TA" if anchor == "A" else "AT"
        assert base_at(p, p.pos, p.ref, pos, anchor, anchor + unit) == "CATAT", shift
    last = p.pos + len(p.span) - 1
    assert base_at(p, p.pos, p.ref, last, "A", "ATA") == "CATAT"
    assert base_at(p, p.pos, p.ref, last - 2, "ATA", "A") == "C"
    assert base_at(p, p.pos, p.ref, p.pos, "CATAT", "C") is None


def test_every_indel_of_the_tables_is_found_at_both_ends_of_its_span():
    checked = 0
    for definition in DEFINITIONS.values():
        for p in definition.positions.values():
            for alt in p.alts if p.span else ():
                whole = alt + p.span[len(p.ref) :]
                assert base_at(p, p.pos, p.ref, p.pos, p.span, whole) == alt
                assert base_at(p, p.pos, p.ref, p.pos, p.ref, alt) == alt
                width = abs(len(alt) - len(p.ref))
                if len(alt) < len(p.ref):
                    tail = p.span[-width - 1 :]
                    found = base_at(p, p.pos, p.ref, p.pos + len(p.span) - len(tail), tail, tail[0])
                else:
                    tail = p.span[-1] + whole[len(p.span) :]
                    found = base_at(p, p.pos, p.ref, p.pos + len(p.span) - 1, p.span[-1], tail)
                assert found == alt, (p.label, alt)
                checked += 1
    assert checked >= 30


@pytest.mark.parametrize(
    ("ref", "alt", "said"),
    [("T", "C", "C"), ("TG", "CG", "C"), ("TG", "T", "T"), ("TGA", "CGT", "C"), ("T", "G", None), ("T", "*", None)],
)
def test_spellings_of_a_substitution(ref, alt, said):
    p = _position("SLCO1B1", "rs4149056")
    assert base_at(p, p.pos, p.ref, p.pos, ref, alt) == said
    assert base_at(p, p.pos, p.ref, p.pos, "T", "<NON_REF>") is None


@pytest.mark.parametrize(
    ("alt", "said"),
    [
        ("TA(8)", "CATAT"),
        ("<TA8>", "CATAT"),
        ("(TA)7TAA", "CATAT"),
        ("(TA)6TAA", "CAT"),
        ("<STR6>", "C"),
        ("TA(9)", "CATATAT"),
        ("TA(12)", None),
        ("<DUP>", None),
    ],
)
def test_repeat_notation_of_ugt1a1(alt, said):
    p = _position("UGT1A1", "rs3064744")
    assert base_at(p, p.pos, p.ref, p.pos, "CAT", alt) == said


def test_among_equals_an_allele_that_rests_on_an_unread_rare_variant_comes_last():
    """*29 is *37 and one rare variant more; with that unread both fit alike, and *37 is named, *29 beside it."""
    found = call("SLCO1B1", {"rs2306283": "G/G"}, missing=("rs140790673",))
    assert found.diplotype == "*37/*37"
    assert found.ties and "*29/*37" in {a.partition(": ")[0] for a in found.alternatives[: found.ties]}
