"""Germline VCF -> one GeneCall per pharmacogene that CPIC lets us read from a VCF, for one person or a cohort.

A position that the file does not hold is not covered; it is never taken as reference. CYP2D6, HLA and MT-RNR1 are not
read here: short-read VCFs do not carry them reliably (PharmCAT documentation); see ``sartor.read.outside``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sartor.core import GeneCall, OrderError
from sartor.facts.alleles import GeneDefinition, gene_definitions, preferred_diplotypes
from sartor.facts.phenotypes import INDETERMINATE, Phenotype, phenotype_of

from .assembly_check import READ, settle_assembly
from .blocks import pieces
from .dpyd import call_dpyd
from .genotypes import GeneReading, Spot, places, places_before, read_gene, with_sites
from .sites import read_sites
from .star_alleles import Fit, fits
from .susceptibility import GENES as SUSCEPTIBILITY
from .susceptibility import call_susceptibility
from .vcf import choose_sample, read_header

MOST_ALTERNATIVES = 24
_RS4149056 = 21178615


def read_germline(
    path: Path, assembly: str = "GRCh38", sex: str | None = None, sample: str | None = None
) -> dict[str, GeneCall]:
    """Call every gene of the allele tables from a germline VCF.

    Args:
        path: VCF, plain, gzip or bgzip, with genotypes; an index beside it is used.
        assembly: what is declared, "GRCh38", "GRCh37" or "auto"; lengths and bases of the file must agree.
        sex: "female", "male" or None; decides the copies of chromosome X (G6PD).
        sample: which sample of a multi-sample file.

    Returns:
        Symbol -> call, one for every gene of the tables, "not covered" where the file is silent.

    Raises:
        IntakeError: missing, empty, damaged, malformed, multi-sample, other assembly; with file, line and remedy.
        OrderError: ``sex`` is none of the three.
    """
    path = Path(path)
    text = pieces(path)
    header, _ = read_header(text, path)
    column = choose_sample(header, path, sample)
    return next(read_cohort(path, assembly, sex, column).people())[1]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everybody in a file: names in column order, the assembly found, and each gene's positions with their lines.

    ``sexes`` holds those of single people by name; whoever is not in it has ``sex``, which may be unknown.
    """

    path: Path
    samples: tuple[str, ...]
    assembly: str
    sex: str | None
    genes: dict[str, tuple[Spot, ...]]
    told: dict[tuple[object, ...], GeneCall] = field(default_factory=dict, repr=False)
    sexes: Mapping[str, str] = field(default_factory=dict)

    def call(self, person: int, gene: str) -> GeneCall:
        """One person's call of one gene; people with the same genotypes there share it."""
        spots = self.genes[gene]
        sex = self.sexes.get(self.samples[person], self.sex) if self.sexes else self.sex
        key = (gene, sex, tuple(site.genotypes[person] for spot in spots for site in spot.sites))
        if key not in self.told:
            reading = read_gene(gene_definitions()[gene], spots, person, self.path, sex)
            self.told[key] = call_gene(reading)
        return self.told[key]

    def people(self) -> Iterator[tuple[str, dict[str, GeneCall]]]:
        """Each person's name and calls, in the file's order."""
        for person, name in enumerate(self.samples):
            yield name, {gene: self.call(person, gene) for gene in self.genes}


def read_cohort(path: Path, assembly: str = "auto", sex: str | None = None, column: int | None = None) -> Cohort:
    """Read a VCF once for all its people, or for the one in ``column``; raises as ``read_germline`` does."""
    if sex not in (None, "female", "male"):
        raise OrderError(f"sex is {sex!r}; write 'female' or 'male', or leave it out")
    path = Path(path)
    definitions = gene_definitions()
    wanted = {place for d in definitions.values() for a in READ for place in places(d, a)}
    beside = {place for d in definitions.values() for a in READ for place in places_before(d, a)} - wanted
    header, sites = read_sites(path, wanted, column, beside=beside)
    found = settle_assembly(header, definitions, sites, path, assembly)
    names = header.samples if column is None else (header.samples[column],)
    return Cohort(path, names, found, sex, {g: with_sites(d, found, sites) for g, d in definitions.items()})


def call_gene(reading: GeneReading) -> GeneCall:
    """Name the diplotype of one gene, with every other one that fits, or say why it cannot be named."""
    definition = reading.definition
    missing = tuple(p.label for p in reading.missing)
    if reading.obstacle:
        return _not_covered(reading, reading.obstacle)
    if not reading.genotypes:
        return _not_covered(reading, f"none of the {len(definition.positions)} defining positions was read")
    if definition.gene == "DPYD":
        return call_dpyd(reading)
    if definition.gene in SUSCEPTIBILITY:
        return call_susceptibility(reading)
    required = [p.label for p in reading.missing if p.key == "required"]
    if required:
        return _not_covered(reading, f"required positions were not read: {', '.join(required)}")
    found = fits(definition, reading.genotypes)
    best = [f for f in found if f.kept]
    if not best:
        return _not_covered(reading, f"no pair of defined alleles explains {_carried(reading)}")
    top = _preferred(definition.gene, best)
    if _says_nothing(reading):
        return _not_covered(reading, f"none of the key positions was read ({_key_labels(definition)})")
    others = [f for f in found if f is not top and _must_be_named(f, top)]
    others.sort(key=lambda f: not (f.kept and f.score == top.score))
    phenotype = phenotype_of(definition.gene, top.names)
    rivals = {f.diplotype: phenotype_of(definition.gene, f.names) for f in others}
    sure = not any(_unsettles(f, rivals[f.diplotype], phenotype) for f in others)
    alternatives = [f"{d}: {p.name}" for d, p in rivals.items()]
    if len(alternatives) > MOST_ALTERNATIVES:
        rest = len(alternatives) - MOST_ALTERNATIVES
        alternatives = [*alternatives[:MOST_ALTERNATIVES], f"{rest} more, all with alleles at positions not read"]
    return GeneCall(
        definition.gene,
        top.diplotype,
        phenotype.name,
        "called" if sure else "ambiguous",
        phenotype.activity_score,
        tuple(alternatives),
        missing,
        "; ".join([*_doubts(reading, top, others, sure), *([phenotype.why] if phenotype.why else [])]),
        definition.source,
        definition.version,
        sum(f.kept and f.score == top.score for f in others),
    )


def _preferred(gene: str, best: list[Fit]) -> Fit:
    """The fit with the best score, unless ClinPGx names another first where the phase is unknown (NAT2)."""
    names = {f.diplotype for f in best if f.observed}
    for fit in best:
        rivals = preferred_diplotypes().get(gene, {}).get(fit.diplotype)
        if rivals and fit.observed and rivals & names:
            return fit
    return best[0]


def _must_be_named(fit: Fit, top: Fit) -> bool:
    """A rival is named when its bases were all read, when only key bases were not, or when it ties with the best."""
    tied = fit.kept and fit.score == top.score
    return fit.observed or fit.key_only or tied


def _unsettles(rival: Fit, its: Phenotype, ours: Phenotype) -> bool:
    """True when the rival would change the phenotype.

    A rival that rests on an unread rare position and whose phenotype is Indeterminate is listed, but does not take
    the call back: what is missing there is a rare allele of unknown function, as for any position not read.
    """
    rare = not rival.observed and not rival.key_only
    if rare and its.name == INDETERMINATE:
        return False
    return (its.name, its.activity_score) != (ours.name, ours.activity_score)


def _doubts(reading: GeneReading, top: Fit, others: list[Fit], sure: bool) -> list[str]:
    said = list(reading.notes)
    keys = [p.label for p in reading.missing if p.key]
    if any(f.observed for f in others) and top.observed:
        said.append("several diplotypes fit what was read, because phase is not known everywhere")
    if keys and others:
        said.append(f"key positions were not read: {', '.join(keys)}")
    if others and sure:
        rare = any(not f.observed and not f.key_only for f in others)
        kept = "no diplotype that fits has another known phenotype" if rare else "all that fit have the same phenotype"
        said.append(kept)
    return said


def _says_nothing(reading: GeneReading) -> bool:
    """True when no key position was read and no variant was seen: reference there is worth nothing."""
    positions = reading.definition.positions
    keyed = any(positions[pos].key for pos in reading.genotypes)
    varied = any(s != positions[g.pos].ref for g in reading.genotypes.values() for s in g.strands)
    return not keyed and not varied and any(p.key for p in positions.values())


def _key_labels(definition: GeneDefinition) -> str:
    return ", ".join(p.label for p in definition.positions.values() if p.key)


def _carried(reading: GeneReading) -> str:
    """The variants seen, as ``rs1057910 A/C``."""
    positions = reading.definition.positions
    seen = [g for g in reading.genotypes.values() if any(s != positions[g.pos].ref for s in g.strands)]
    return ", ".join(f"{positions[g.pos].label} {'/'.join(g.strands)}" for g in seen) or "the reference bases"


def _not_covered(reading: GeneReading, why: str) -> GeneCall:
    definition = reading.definition
    missing = tuple(p.label for p in reading.missing)
    why = "; ".join([why, *reading.notes])
    single = reading.genotypes.get(_RS4149056)
    if definition.gene == "SLCO1B1" and single:
        # CPIC reads the statin phenotype from rs4149056 alone where no diplotype can be named (guideline 2022,
        # Cooper-DeHoff et al., Clin Pharmacol Ther 111, 1007). Other functional variants stay unknown: ambiguous.
        names = tuple(sorted("*5" if s == "C" else "*1" for s in single.strands))
        diplotype = "/".join(f"rs4149056 {s}" for s in sorted(single.strands))
        phenotype = phenotype_of("SLCO1B1", names)
        told = f"{why}; the phenotype is that of rs4149056 alone (as {'/'.join(names)}), after CPIC"
        return GeneCall(
            "SLCO1B1",
            diplotype,
            phenotype.name,
            "ambiguous",
            None,
            (),
            missing,
            told,
            definition.source,
            definition.version,
        )
    return reading.not_covered(why)
