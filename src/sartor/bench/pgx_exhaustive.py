"""Every diplotype of every gene, made from the definitions and called again: phased and unphased, complete data.

The yardstick is independent of the caller: diplotypes are grouped by the genotypes they give, and for each case the
caller must name exactly the diplotypes of its group (phased data: usually one; unphased: the documented ambiguous set),
and must call itself ambiguous if and only if their phenotypes differ.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sartor.core import GeneCall, OrderError
from sartor.facts.alleles import Allele, GeneDefinition, gene_definitions
from sartor.facts.phenotypes import SUSCEPTIBILITY, phenotype_of
from sartor.read.dpyd import HAPB3, INTRON_ALONE
from sartor.read.genotypes import GeneReading
from sartor.read.germline import call_gene
from sartor.read.star_alleles import Genotype, fits, name_order

BY_VARIANTS = ("DPYD", *SUSCEPTIBILITY)
_MOST_SHOWN = 20
Names = tuple[str, ...]
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """An allele with its wobble bases settled: position -> base, where it is not the reference."""

    name: str
    bases: dict[int, str]
    plain: bool


@dataclass(slots=True)
class _Tally:
    cases: int = 0
    wrong: list[str] = field(default_factory=list)
    groups: dict[Key, set[Names]] = field(default_factory=dict)


def _forms(definition: GeneDefinition) -> list[_Form]:
    made = []
    for allele in definition.alleles:
        places = list(allele.defines)
        for bases in itertools.product(*(sorted(allele.defines[p]) for p in places)):
            differs = {p: b for p, b in zip(places, bases, strict=True) if b != definition.positions[p].ref}
            made.append(_Form(allele.name, differs, _is_plain(allele)))
    return made


def _is_plain(allele: Allele) -> bool:
    return all(len(bases) == 1 for bases in allele.defines.values())


def _key(first: _Form, second: _Form, definition: GeneDefinition, phased: bool) -> Key:
    """What a file shows of the pair: both strands as sets, or the unordered genotype at each position."""
    if phased:
        return tuple(sorted(tuple(sorted(f.bases.items())) for f in (first, second)))
    cells = []
    for pos in sorted({*first.bases, *second.bases}):
        ref = definition.positions[pos].ref
        cells.append((pos, *sorted((first.bases.get(pos, ref), second.bases.get(pos, ref)))))
    return tuple(cells)


def measure_exhaustive(genes: Iterable[str] = (), say: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Run every case.

    Returns:
        Totals and, per gene: alleles, cases, wrong (with the first few in words), and for unphased data the numbers of
        diplotypes, distinct genotype patterns, diplotypes in ambiguous groups, groups tied by score, and groups whose
        members differ in phenotype; the same over alleles without wobble bases ("plain"), as the literature counts.

    Raises:
        OrderError: an unknown gene.
    """
    definitions = gene_definitions()
    chosen = tuple(genes) or tuple(definitions)
    unknown = [g for g in chosen if g not in definitions]
    if unknown:
        raise OrderError(f"no gene {', '.join(unknown)}; the genes are {', '.join(definitions)}")
    rows: dict[str, Any] = {}
    for gene in chosen:
        definition = definitions[gene]
        rows[gene] = _variant_gene(definition) if gene in BY_VARIANTS else _star_gene(definition)
        say(f"{gene}: {rows[gene]['cases']} cases, {rows[gene]['wrong']} wrong")
    return {
        "cases": sum(r["cases"] for r in rows.values()),
        "wrong": sum(r["wrong"] for r in rows.values()),
        "phenotype_ambiguous_groups": sum(r.get("phenotype_ambiguous_groups", 0) for r in rows.values()),
        "genes": rows,
        "definition_version": next(iter(definitions.values())).version,
    }


def _star_gene(definition: GeneDefinition) -> dict[str, Any]:
    forms = _forms(definition)
    order = name_order(definition)
    pairs = list(itertools.combinations_with_replacement(forms, 2))
    tallies = {phased: _Tally() for phased in (True, False)}
    plain: dict[Key, set[Names]] = {}
    keys: list[Key] = []
    for phased, tally in tallies.items():
        keys = [_key(a, b, definition, phased) for a, b in pairs]
        for (a, b), key in zip(pairs, keys, strict=True):
            names = _named(order, a, b)
            tally.groups.setdefault(key, set()).add(names)
            if not phased and a.plain and b.plain:
                plain.setdefault(key, set()).add(names)
        answers: dict[Key, GeneCall] = {}
        for (a, b), key in zip(pairs, keys, strict=True):
            tally.cases += 1
            if key not in answers:
                answers[key] = call_gene(_reading(definition, (a, b), phased))
            _judge(definition.gene, _named(order, a, b), tally, key, answers[key])
    cases = sum(t.cases for t in tallies.values())
    wrong = tallies[True].wrong + tallies[False].wrong
    if definition.chrom == "chrX":
        extra = _single_copies(definition, forms)
        cases, wrong = cases + extra.cases, wrong + extra.wrong
    row = {"alleles": len({f.name for f in forms}), "cases": cases, "wrong": len(wrong), "faults": wrong[:_MOST_SHOWN]}
    shown = _ambiguity(definition.gene, tallies[False].groups)
    usual = {k: v for k, v in _ambiguity(definition.gene, plain).items() if k != "patterns"}
    tied = sum(len(group) > 1 and _tied(definition, pairs, keys, key) for key, group in plain.items())
    return {**row, **shown, "plain": {**usual, "tied_groups": tied}}


def _tied(definition: GeneDefinition, pairs: list[tuple[_Form, _Form]], keys: list[Key], key: Key) -> bool:
    """True when the score does not settle the group: the two best fits have the same."""
    best = fits(definition, _reading(definition, pairs[keys.index(key)], False).genotypes)
    return best[0].score == best[1].score


def _named(order: dict[str, tuple[object, ...]], *forms: _Form) -> Names:
    return tuple(sorted((f.name for f in forms), key=lambda n: order[n]))


@lru_cache(maxsize=8)
def _all_reference(gene: str, copies: int, group: str) -> dict[int, Genotype]:
    places = gene_definitions()[gene].positions.values()
    return {p.pos: Genotype(p.pos, (p.ref,) * copies, group) for p in places}


def _reading(definition: GeneDefinition, forms: tuple[_Form, ...], phased: bool) -> GeneReading:
    """A person with complete data who carries these alleles."""
    group = "file" if phased else ""
    made = dict(_all_reference(definition.gene, len(forms), group))
    for pos in {p for f in forms for p in f.bases}:
        ref = definition.positions[pos].ref
        made[pos] = Genotype(pos, tuple(f.bases.get(pos, ref) for f in forms), group)
    return GeneReading(definition, made)


def _judge(gene: str, names: Names, tally: _Tally, key: Key, answer: GeneCall) -> None:
    reported = {answer.diplotype, *(a.partition(": ")[0] for a in answer.alternatives)}
    expected = {"/".join(n) for n in tally.groups[key]}
    phenotypes = {_phenotype(gene, n) for n in tally.groups[key]}
    status = "called" if len(phenotypes) == 1 else "ambiguous"
    if reported != expected or answer.status != status:
        shown = f"{'/'.join(names)}: {answer.status} {sorted(reported)}, expected {status} {sorted(expected)}"
        tally.wrong.append(shown)


def _phenotype(gene: str, names: Names) -> tuple[str, float | None]:
    found = phenotype_of(gene, names)
    return found.name, found.activity_score


def _single_copies(definition: GeneDefinition, forms: list[_Form]) -> _Tally:
    """One X chromosome: every allele alone."""
    tally = _Tally()
    for form in forms:
        tally.groups.setdefault(tuple(sorted(form.bases.items())), set()).add((form.name,))
    for form in forms:
        tally.cases += 1
        answer = call_gene(_reading(definition, (form,), True))
        _judge(definition.gene, (form.name,), tally, tuple(sorted(form.bases.items())), answer)
    return tally


def _ambiguity(gene: str, groups: dict[Key, set[Names]]) -> dict[str, Any]:
    several = [sorted(g) for g in groups.values() if len(g) > 1]
    differing = [g for g in several if len({_phenotype(gene, n) for n in g}) > 1]
    return {
        "diplotypes": len({n for g in groups.values() for n in g}),
        "genotype_patterns": len(groups),
        "ambiguous_groups": len(several),
        "diplotypes_in_ambiguous_groups": sum(len(g) for g in several),
        "phenotype_ambiguous_groups": len(differing),
        "patterns": [{"/".join(n): _phenotype(gene, n)[0] for n in g} for g in differing],
    }


def _variant_gene(definition: GeneDefinition) -> dict[str, Any]:
    """Genes called by variants: the variants shown must be those carried, score and phenotype those of the pair."""
    gene = definition.gene
    forms = _forms(definition)
    cases, wrong, ambiguous = 0, [], 0
    for a, b in itertools.combinations_with_replacement(forms, 2):
        expected = _phenotype(gene, (a.name, b.name))
        for phased in (True, False):
            cases += 1
            answer = call_gene(_reading(definition, (a, b), phased))
            ambiguous += answer.status == "ambiguous"
            named = set(answer.diplotype.split("/")) if gene != "DPYD" else _split_dpyd(answer.diplotype)
            found = (answer.phenotype, answer.activity_score)
            if not _same_variants(named, {a.name, b.name}) or found != expected:
                wrong.append(
                    f"{a.name} with {b.name} ({'phased' if phased else 'unphased'}): {answer.diplotype} {found}"
                )
    return {
        "alleles": len(forms),
        "cases": cases,
        "wrong": len(wrong),
        "faults": wrong[:_MOST_SHOWN],
        "diplotypes": cases // 2,
        "ambiguous_cases": ambiguous,
    }


def _split_dpyd(diplotype: str) -> set[str]:
    return set(diplotype.split("/"))


def _same_variants(named: set[str], carried: set[str]) -> bool:
    """HapB3 and its causal variant alone share that variant and its value; with both, one name stands for both."""
    hap = {HAPB3, INTRON_ALONE}
    return named == carried or (bool(carried & hap) and bool(named & hap) and named - hap == carried - hap)
