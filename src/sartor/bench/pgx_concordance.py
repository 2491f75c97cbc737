"""Star-allele calls against consensus truth (GeT-RM and long-read sets): per gene, with every discordance explained.

A person and gene agree where the named diplotype is one of the truth's readings. A discordance is explained from the
data: a structural allele, a site the file does not hold, a truth that names alleles of another era (or calls ``*1``
what its assay did not look at), a phase, or genotypes that contradict the truth outright (which of the two is wrong,
the data cannot tell). Alternatives are counted apart; the adjusted concordance leaves out what no caller could name,
the decidable one also what this file cannot tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sartor.core import GeneCall, IntakeError
from sartor.facts.alleles import GeneDefinition, gene_definitions
from sartor.facts.phenotypes import phenotype_of
from sartor.read.genotypes import read_gene
from sartor.read.germline import Cohort, read_cohort
from sartor.read.star_alleles import Genotype

from .pgx_truth import Pair, Truth, read_truth

#: Alleles that are structural variants: no VCF of small variants shows them.
STRUCTURAL = {
    "CYP2B6": {"*29", "*30"},
    "CYP2C19": {"*36", "*37"},
    "CYP4F2": {"*16"},
    "SLCO1B1": {"*48", "*49"},
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One comparison: ``outcome`` is agree, alternative, explained or unexplained; ``why`` in words."""

    truth: Truth
    call: GeneCall
    outcome: str
    why: str
    same_phenotype: bool


def measure_concordance(folder: Path, truth: Path, say: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Compare every VCF in a folder with a truth table; samples are matched by name.

    Returns:
        Per gene: compared people, agreeing ones, agreement of the named diplotype and of it or a fitting alternative,
        agreement of phenotype, reasons of the discordances and each discordance in words.

    Raises:
        IntakeError: no VCF in the folder, or a file that cannot be read.
    """
    files = sorted(p for p in Path(folder).glob("*") if p.name.endswith((".vcf", ".vcf.gz", ".vcf.bgz")))
    if not files:
        raise IntakeError("no VCF in this folder", file=folder, remedy="give a folder with .vcf or .vcf.gz files")
    rows = read_truth(truth)
    verdicts: list[Verdict] = []
    assemblies: set[str] = set()
    for path in files:
        cohort = read_cohort(path, "auto")
        found = _compared(cohort, rows)
        if found:
            assemblies.add(cohort.assembly)
            say(f"{path.name}: {len(found)} comparisons")
        verdicts += found
    genes = {gene: _gene_row([v for v in verdicts if v.truth.gene == gene]) for gene in _order(verdicts)}
    return {
        "assembly": sorted(assemblies),
        "compared": len(verdicts),
        "agree": sum(v.outcome == "agree" for v in verdicts),
        "unexplained": sum(v.outcome == "unexplained" for v in verdicts),
        "genes": genes,
        "definition_version": next(iter(gene_definitions().values())).version,
    }


def _order(verdicts: list[Verdict]) -> list[str]:
    return sorted({v.truth.gene for v in verdicts})


def _compared(cohort: Cohort, rows: list[Truth]) -> list[Verdict]:
    columns = {name: i for i, name in enumerate(cohort.samples)}
    held = {gene for gene, spots in cohort.genes.items() if any(spot.sites for spot in spots)}
    made = []
    for row in rows:
        if row.gene in held and row.sample in columns:
            person = columns[row.sample]
            call = cohort.call(person, row.gene)
            if call.status != "not covered" or not call.why.startswith("none of"):
                made.append(_judged(row, call, cohort, person))
    return made


def _pair(diplotype: str, gene: str) -> set[Pair]:
    """The diplotype as sorted names; DPYD's ``[a + b]`` counts as each of the two."""
    sides = diplotype.split("/")
    if len(sides) != 2:
        return set()
    options = [side.strip("[]").split(" + ") for side in sides]
    pairs = {(min(a, b), max(a, b)) for a in options[0] for b in options[1]}
    return pairs if gene == "DPYD" else {(min(sides), max(sides))}


def _judged(truth: Truth, call: GeneCall, cohort: Cohort, person: int) -> Verdict:
    others = {p for a in call.alternatives for p in _pair(a.partition(": ")[0], truth.gene)}
    same = any(phenotype_of(truth.gene, pair).name == call.phenotype for pair in truth.pairs)
    if _pair(call.diplotype, truth.gene) & truth.pairs:
        return Verdict(truth, call, "agree", "", True)
    why = _explained(truth, call, cohort, person)
    if others & truth.pairs:
        return Verdict(truth, call, "alternative", why or "the truth is among the alternatives that fit", same)
    return Verdict(truth, call, "explained" if why else "unexplained", why, same)


def _explained(truth: Truth, call: GeneCall, cohort: Cohort, person: int) -> str:
    """Why the truth's diplotype is not the one named, from the positions that define its alleles."""
    definition = gene_definitions()[truth.gene]
    names = {n for pair in truth.pairs for n in pair}
    structural = names & STRUCTURAL.get(truth.gene, set())
    if structural:
        return f"structural variant: {', '.join(sorted(structural))}"
    gone = sorted(n for n in names if n not in {a.name for a in definition.alleles})
    if gone:
        return f"not defined: {', '.join(gone)} is not in the definitions"
    reading = read_gene(definition, cohort.genes[truth.gene], person, cohort.path, cohort.sex)
    unread = {p.pos for p in reading.missing}
    absent = {pos for a in definition.alleles if a.name in names for pos in a.defines if pos in unread}
    clash = _contradicted(definition, truth, reading.genotypes)
    if clash:
        seen = _default_only(truth, call) or _beyond(definition, truth, reading.genotypes)
        kind = "outdated truth" if seen else "contradicted by the file"
        return f"{kind}: {clash}"
    if absent:
        return f"absent site: {', '.join(definition.positions[p].label for p in sorted(absent))}"
    named = call.diplotype.split("/")
    extra = {pos for a in definition.alleles if a.name in named for pos in a.defines if pos in unread}
    if extra:
        return f"absent site: {', '.join(definition.positions[p].label for p in sorted(extra))}"
    phased = any(g.group and len(set(g.strands)) > 1 for g in reading.genotypes.values())
    return "phase: the genotypes fit both; the file says which variants lie together" if phased else ""


def _default_only(truth: Truth, call: GeneCall) -> bool:
    """True when the call differs from the truth only where that says ``*1``: the name of what nobody looked at."""
    for pair in truth.pairs:
        left = Counter(pair) - Counter(call.diplotype.split("/"))
        if left and set(left) == {"*1"}:
            return True
    return False


def _patterns(definition: GeneDefinition, pair: Pair) -> list[dict[int, list[frozenset[str]]]]:
    """For each combination of the alleles' forms: position -> what the two copies must carry."""
    forms = {n: [a for a in definition.alleles if a.name == n] for n in pair}
    made = []
    for a in forms[pair[0]]:
        for b in forms[pair[1]]:
            made.append(
                {
                    pos: [x.defines.get(pos, frozenset((place.ref,))) for x in (a, b)]
                    for pos, place in definition.positions.items()
                }
            )
    return made


def _fits(needed: list[frozenset[str]], g: Genotype) -> bool:
    a, b = (g.strands * 2)[:2]
    return (a in needed[0] and b in needed[1]) or (b in needed[0] and a in needed[1])


def _contradicted(definition: GeneDefinition, truth: Truth, genotypes: dict[int, Genotype]) -> str:
    """The positions whose genotypes exclude the truth, in words; "" where some reading fits them all."""
    best: list[str] | None = None
    for pair in truth.pairs:
        for pattern in _patterns(definition, pair):
            bad = [
                f"{definition.positions[pos].label} is {'/'.join(g.strands)}"
                for pos, g in genotypes.items()
                if not _fits(pattern[pos], g)
            ]
            if best is None or len(bad) < len(best):
                best = bad
    return ", ".join(best or [])


def _beyond(definition: GeneDefinition, truth: Truth, genotypes: dict[int, Genotype]) -> bool:
    """True when all that excludes the truth are variants outside its alleles: its assay did not look for them."""
    for pair in truth.pairs:
        own = {pos for a in definition.alleles if a.name in pair for pos in a.defines}
        for pattern in _patterns(definition, pair):
            bad = [pos for pos, g in genotypes.items() if not _fits(pattern[pos], g)]
            if bad and not set(bad) & own:
                return True
    return False


def _class(verdict: Verdict) -> str:
    """The class of a discordance: the first words of its explanation."""
    return verdict.why.partition(":")[0] or "unexplained"


def _decidable(verdicts: list[Verdict], agree: int) -> float | None:
    """Agreement over the comparisons that this file could decide: neither adjusted away, nor resting on a site that
    the file lacks, nor contradicted by the bases it holds."""
    apart = ("outdated truth", "not defined", "structural variant", "absent site", "contradicted by the file")
    left = sum(v.outcome == "agree" or _class(v) not in apart for v in verdicts)
    return round(agree / left, 4) if left else None


def _adjusted(verdicts: list[Verdict], agree: int) -> float | None:
    """Agreement over the comparisons whose truth the current definitions and small variants can express at all."""
    apart = ("outdated truth", "not defined", "structural variant")
    left = sum(v.outcome == "agree" or not v.why.startswith(apart) for v in verdicts)
    return round(agree / left, 4) if left else None


def _gene_row(verdicts: list[Verdict]) -> dict[str, Any]:
    n = len(verdicts)
    agree = sum(v.outcome == "agree" for v in verdicts)
    within = agree + sum(v.outcome == "alternative" for v in verdicts)
    reasons = Counter(_class(v) for v in verdicts if v.outcome != "agree")
    return {
        "compared": n,
        "agree": agree,
        "concordance": round(agree / n, 4),
        "adjusted_concordance": _adjusted(verdicts, agree),
        "decidable_concordance": _decidable(verdicts, agree),
        "with_alternatives": round(within / n, 4),
        "same_phenotype": round(sum(v.same_phenotype for v in verdicts) / n, 4),
        "explained": sum(v.outcome == "explained" for v in verdicts),
        "unexplained": sum(v.outcome == "unexplained" for v in verdicts),
        "reasons": dict(reasons),
        "discordances": [
            {
                "sample": v.truth.sample,
                "set": v.truth.kind,
                "truth": v.truth.text,
                "call": v.call.diplotype or v.call.why,
                "outcome": v.outcome,
                "class": _class(v),
                "same_phenotype": v.same_phenotype,
                "why": v.why,
            }
            for v in verdicts
            if v.outcome != "agree"
        ],
    }
