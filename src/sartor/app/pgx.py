"""Pharmacogenes of everybody in a VCF: calls from the file, outside calls over them, one profile per person.

Sample names stay inside. What is written carries a short stable hash of the name: the same name gives the same hash in
every file. That hides names from a reader; it is no anonymization, because a name that can be guessed can be hashed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sartor.core import GeneCall, OrderError
from sartor.facts.alleles import gene_definitions
from sartor.read.germline import Cohort, read_cohort
from sartor.read.outside import merge_outside, read_outside_people
from sartor.read.sexes import read_sexes

#: Genes that no short-read VCF tells; they come from outside calls or stay unknown.
OUTSIDE_ONLY = ("CYP2D6", "HLA-A", "HLA-B", "MT-RNR1")


@dataclass(frozen=True, slots=True)
class Profile:
    """One person's calls; ``sample`` is the hash, ``name`` never leaves this machine unless it is asked for."""

    sample: str
    name: str
    genes: dict[str, GeneCall]
    notes: tuple[str, ...] = ()


def sample_hash(name: str) -> str:
    """Twelve hexadecimal digits of SHA-256 over the sample's name: short, stable, the same on every machine."""
    return hashlib.sha256(f"sartor sample {name}".encode()).hexdigest()[:12]


def read_profiles(
    vcf: Path,
    assembly: str = "auto",
    outside: Path | None = None,
    sex: str | None = None,
    genes: tuple[str, ...] = (),
    sexes: Path | None = None,
) -> tuple[Cohort, Iterator[Profile]]:
    """Read a VCF of one or many people and yield a profile per person, in the file's order.

    Args:
        vcf: of either assembly, plain, gzip or bgzip; an index beside it is used.
        assembly: "auto", or what the file is declared to be on (checked).
        outside: calls of other tools; a file with several people is matched by sample name.
        sex: of everybody in the file, where it is known; decides the copies of G6PD.
        genes: only these; all by default.
        sexes: a table or PED file with the sex of single people; they go before ``sex``.

    Raises:
        IntakeError: a file that cannot be read, or outside calls that belong to nobody in the VCF.
        OrderError: an unknown gene or sex.
    """
    known = (*gene_definitions(), *OUTSIDE_ONLY)
    unknown = [g for g in genes if g not in known]
    if unknown:
        raise OrderError(f"no gene {', '.join(unknown)}; the genes are {', '.join(known)}")
    cohort = read_cohort(vcf, assembly, sex)
    if sexes is not None:
        cohort = replace(cohort, sexes=read_sexes(sexes, cohort.samples))
    return cohort, _profiles(cohort, _outside_by_name(outside, cohort), genes or known)


def _outside_by_name(path: Path | None, cohort: Cohort) -> dict[str, dict[str, GeneCall]]:
    if path is None:
        return {}
    people = read_outside_people(path)
    if len(cohort.samples) == 1 and len(people) == 1:
        return {cohort.samples[0]: next(iter(people.values()))}
    strangers = [name for name in people if name not in cohort.samples]
    if strangers and (len(strangers) == len(people) or "" in strangers):
        raise OrderError(
            f"{path.name}: its calls name no person of the VCF; give a file with sample names (a sample column) "
            "that are those of the VCF's header"
        )
    return {name: calls for name, calls in people.items() if name in cohort.samples}


def _profiles(cohort: Cohort, outside: dict[str, dict[str, GeneCall]], genes: tuple[str, ...]) -> Iterator[Profile]:
    for name, calls in cohort.people():
        merged, notes = merge_outside(calls, outside.get(name, {}))
        shown = {gene: merged.get(gene) or _never_read(gene) for gene in genes}
        yield Profile(sample_hash(name), name, shown, tuple(notes))


def _never_read(gene: str) -> GeneCall:
    why = f"{gene} is not called from a VCF; give the calls of a tool for it with --outside"
    return GeneCall(gene, "", "", "not covered", why=why)


def call_data(call: GeneCall) -> dict[str, Any]:
    """A call as JSON data: every alternative with its phenotype, and whether it fits as well as the one named."""
    alternatives: list[dict[str, Any]] = []
    left_out = ""
    for i, text in enumerate(call.alternatives):
        diplotype, colon, phenotype = text.partition(": ")
        if colon:
            alternatives.append({"diplotype": diplotype, "phenotype": phenotype, "tied": i < call.ties})
        else:  # a long list ends in words: how many more there are
            left_out = text
    return {
        "diplotype": call.diplotype,
        "alternatives": alternatives,
        "alternatives_left_out": left_out,
        "status": call.status,
        "phenotype": call.phenotype,
        "activity_score": call.activity_score,
        "missing": list(call.missing),
        "why": call.why,
        "definition_version": call.version,
        "source": call.source,
    }
