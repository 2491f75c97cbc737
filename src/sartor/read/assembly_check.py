"""Which assembly a germline VCF is really on: from its contig lengths and its bases; what is declared is only checked.

A header can be stale (a file that was lifted over keeps its ``##reference``), so words count least. Lengths settle
the matter; the bases at the defining positions must then agree. Where neither speaks, a declaration is all there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sartor.core import IntakeError
from sartor.facts.alleles import GeneDefinition

from .genotypes import Spot, with_sites
from .sites import Place, Site
from .vcf import LIFT, Header

READ = ("GRCh38", "GRCh37")
ASSEMBLIES = ("auto", *READ)
_SPEAKS = 2  # documented variants in place that prove an assembly; one may be there by chance


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the bases say for one assembly: lines with a documented variant in place, lines that agree or disagree."""

    known: int
    agree: int
    wrong: tuple[tuple[Site, Spot], ...]

    @property
    def weight(self) -> tuple[int, int]:
        """Documented variants first, then agreement over disagreement (a base agrees by chance one time in four)."""
        return self.known, self.agree - 3 * len(self.wrong)


def evidence(definitions: Mapping[str, GeneDefinition], sites: dict[Place, list[Site]], assembly: str) -> Evidence:
    """Compare every line at a defining position with what the assembly has there."""
    known = agree = 0
    wrong: list[tuple[Site, Spot]] = []
    for definition in definitions.values():
        for spot in with_sites(definition, assembly, sites):
            for site in spot.sites:
                if site.block or site.pos != spot.place:
                    continue
                if not spot.agrees(site):
                    wrong.append((site, spot))
                    continue
                agree += 1
                documented = set(spot.position.alts) | {spot.position.ref}
                known += any(spot.base(site, a) in documented - {spot.ref} for a in site.alts)
    return Evidence(known, agree, tuple(wrong))


def settle_assembly(
    header: Header,
    definitions: Mapping[str, GeneDefinition],
    sites: dict[Place, list[Site]],
    path: Path,
    declared: str = "GRCh38",
) -> str:
    """The assembly that the file is on, "GRCh38" or "GRCh37".

    Raises:
        IntakeError: another assembly than declared, one that is not read, contradictory evidence, or (with "auto")
            lines at defining positions whose assembly nothing tells.
    """
    if declared not in ASSEMBLIES:
        problem = f"assembly {declared!r} was declared; {', '.join(ASSEMBLIES)} are read"
        raise IntakeError(problem, file=path, remedy="correct the declaration, or write auto")
    found = {a: evidence(definitions, sites, a) for a in READ}
    if declared == "auto":
        chosen = _by_lengths(header, path) or _by_bases(found)
        _check_words(header, path, 0 if chosen is None else found[chosen].known)
        chosen = chosen or _by_words(header)
        if chosen is None:
            if any(sites.values()):
                remedy = "declare it: assembly = GRCh38 or GRCh37"
                problem = "the assembly cannot be told: no contig lengths and no telling bases"
                raise IntakeError(problem, file=path, remedy=remedy)
            return "GRCh38"  # nothing lies at any position of either assembly, so nothing depends on it
        _check_bases(found, chosen, f"contig lengths or bases say {chosen}", path)
        return chosen
    for said, words, line in header.assemblies:
        if said != declared:
            problem = f"{words}, which is {said}, but {declared} was declared"
            raise IntakeError(problem, file=path, line=line, remedy=_remedy(said))
    _check_bases(found, declared, f"{declared} was declared", path)
    return declared


def _check_words(header: Header, path: Path, known: int) -> None:
    """Refuse a file that names an assembly which is not read, unless lengths or ``known`` variants say more."""
    if known >= _SPEAKS or any(words.startswith("contig") for _, words, _ in header.assemblies):
        return
    for said, words, line in header.assemblies:
        if said not in READ:
            problem = f"{words}, which is {said}; GRCh38 and GRCh37 are read"
            raise IntakeError(problem, file=path, line=line, remedy=LIFT)


def _remedy(said: str) -> str:
    return f"declare {said}, or auto" if said in READ else LIFT


def _by_lengths(header: Header, path: Path) -> str | None:
    said = [(a, words, line) for a, words, line in header.assemblies if words.startswith("contig")]
    if not said:
        return None
    for assembly, words, line in said:
        if assembly not in READ:
            raise IntakeError(
                f"{words}, which is {assembly}; GRCh38 and GRCh37 are read", file=path, line=line, remedy=LIFT
            )
    if len({a for a, _, _ in said}) > 1:
        first, other = said[0], next(s for s in said if s[0] != said[0][0])
        problem = f"the header contradicts itself: {first[1]} ({first[0]}), {other[1]} ({other[0]})"
        raise IntakeError(problem, file=path, line=other[2], remedy="export it again with one reference genome")
    return said[0][0]


def _by_bases(found: Mapping[str, Evidence]) -> str | None:
    ranked = sorted(READ, key=lambda a: found[a].weight, reverse=True)
    best, other = (found[a] for a in ranked)
    return ranked[0] if best.weight != other.weight and best.agree > len(best.wrong) else None


def _by_words(header: Header) -> str | None:
    said = {a for a, _, _ in header.assemblies}
    return said.pop() if len(said) == 1 and said <= set(READ) else None


def _check_bases(found: Mapping[str, Evidence], chosen: str, because: str, path: Path) -> None:
    """Refuse a file whose reference bases, or whose variants' places, are not those of the assembly.

    In a file on this assembly REF never disagrees with the genome. One on the other is recognized by documented
    variants that lie at its places: at least two, and more than at the places of this one.
    """
    other = next(a for a in READ if a != chosen)
    here, there = found[chosen], found[other]
    old = there.known >= _SPEAKS and there.known > here.known
    hint = ""
    if old:
        hint = f"; {there.known} known variants lie at their {other} places, {here.known} at their {chosen} places"
    if here.wrong:
        site, spot = min(here.wrong, key=lambda pair: pair[0].line)
        p = spot.position
        problem = (
            f"REF is {site.ref} at {p.chrom}:{spot.place} ({p.label}), {chosen} has {spot.ref}; "
            f"{len(here.wrong)} positions disagree in all{hint}"
        )
        raise IntakeError(problem, file=path, line=site.line or None, remedy=_remedy(other) if old else LIFT)
    if old:
        raise IntakeError(f"this looks like a {other} file, but {because}{hint}", file=path, remedy=_remedy(other))
