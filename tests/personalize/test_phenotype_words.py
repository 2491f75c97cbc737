"""Every phenotype that a reader can give to a gene is one that the rules know as ordinary or as out of the ordinary."""

import re

import pytest

from sartor.facts.alleles import allele_functions
from sartor.facts.phenotypes import phenotype_names
from sartor.personalize import hla, transporters, unscored_genes
from sartor.read.outside import computed

#: Words that say something is slower or faster; a new one in the tables must be put on one side or the other.
OUT = ("poor", "intermediate", "possible intermediate", "decreased", "possible decreased", "rapid", "ultrarapid")
READ = [(g, transporters._ORDINARY) for g in transporters.GENES]
READ += [(g, unscored_genes._ORDINARY) for g in unscored_genes.MEANING]


@pytest.mark.parametrize(("gene", "ordinary"), READ, ids=[g for g, _ in READ])
def test_each_word_is_on_exactly_one_side(gene, ordinary):
    words = phenotype_names(gene)
    assert "Indeterminate" in words and len(words) > 2
    for word in words:
        told = word.lower()
        assert told.startswith(ordinary) != told.startswith(OUT), f"{gene} {word}: the rules do not know this word"
    assert any(w.lower().startswith(OUT) for w in words)


@pytest.mark.parametrize(
    ("gene", "typed", "positive", "seen"),
    [
        ("HLA-B", "*57:01/*07:02", {"*57:01"}, ("57:01", "07:02")),
        ("HLA-B", "HLA-B*15:02:01:01/HLA-B*58:01", {"*15:02", "*58:01"}, ("15:02", "58:01")),
        ("HLA-A", "A*31:01:02/A*02:01P", {"*31:01"}, ("31:01", "02:01")),
        ("HLA-B", "*57:01N/*07:02", set(), ("07:02",)),
    ],
)
def test_hla_typing_gives_a_word_for_each_allele_of_a_guideline(gene, typed, positive, seen):
    words = computed(gene, typed).name.split(", ")
    assert all(re.fullmatch(r"\*\d+:\d+ (positive|negative)", w) for w in words)
    assert {w.split()[0] for w in words} == set(allele_functions()[gene])
    assert {w.split()[0] for w in words if w.endswith("positive")} == positive
    assert hla.alleles(typed) == seen
