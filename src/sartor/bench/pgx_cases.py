"""Star-allele calls against another caller's test cases: the user's own copy of PharmCAT's, say.

A case either names a VCF of the folder or lists genotypes by gene and rsID; the latter is written as a VCF with every
other position of its genes at the reference, and goes through the same reader as any file. A gene of a case agrees
where our named diplotype is among the expected ones and every expected one is the named or an alternative that fits.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sartor.core import GeneCall, IntakeError
from sartor.facts.alleles import GeneDefinition, gene_definitions
from sartor.read.by_variants import REFERENCE
from sartor.read.germline import Cohort, read_cohort

CASES = "cases*.json"
_EXPECTED = ("diplotype_pairs", "testSourceDiplotypes", "testPrintCpicCalls", "testPrintCalls")
_ALLELES = "testRecommendedDiplotypes"  # allele names alone; read only where a gene has nothing else
_HETEROZYGOUS, _HOMOZYGOUS = " (heterozygous)", " (homozygous)"


@dataclass(frozen=True, slots=True)
class Case:
    """One test: where its genotypes come from and what must come out per gene.

    ``variation`` holds (gene, rsID, bases); ``obstacle`` says why the case cannot be rebuilt from its description.
    """

    name: str
    vcf: str
    phased: bool
    variation: tuple[tuple[str, str, tuple[str, ...]], ...]
    reference: frozenset[str]
    missing: frozenset[tuple[str, str]]
    expected: dict[str, frozenset[str]]
    called: frozenset[str]
    uncalled: frozenset[str]
    obstacle: str = ""


@dataclass(slots=True)
class _Tally:
    verdicts: Counter[str] = field(default_factory=Counter)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, case: Case, verdict: str, **more: Any) -> None:
        self.verdicts[verdict] += 1
        self.rows.append({"case": case.name, "verdict": verdict, **more})


def measure_cases(folder: Path, say: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Run every case of a folder.

    Args:
        folder: holds ``cases*.json`` (a list of cases) and the VCFs that they name.

    Returns:
        Cases, how many agree (and of these to the letter: what ties with the named diplotype is exactly what was
        expected), differ, are refused or cannot be run; every one that does not agree to the letter, with what was
        expected, what was called, every alternative and the call's own remarks.

    Raises:
        IntakeError: no case file, or one that is malformed.
    """
    folder = Path(folder)
    tally = _Tally()
    for case in read_cases(folder):
        _run(case, folder, tally)
        if tally.rows[-1]["verdict"] != "agree":
            say(f"{case.name}: {tally.rows[-1]['verdict']}")
    run = sum(tally.verdicts[v] for v in ("agree", "differ", "refused"))
    return {
        "cases": len(tally.rows),
        "run": run,
        "agree": tally.verdicts["agree"],
        "exact": sum(bool(row.get("exact")) for row in tally.rows),
        "differ": tally.verdicts["differ"],
        "refused": tally.verdicts["refused"],
        "not_run": tally.verdicts["not run"],
        "agreement": round(tally.verdicts["agree"] / run, 4) if run else None,
        "rest": [row for row in tally.rows if not row.get("exact")],
        "definition_version": next(iter(gene_definitions().values())).version,
    }


def read_cases(folder: Path) -> list[Case]:
    """The cases of every ``cases*.json`` in the folder, in the files' order; raises as ``measure_cases`` does."""
    files = sorted(Path(folder).glob(CASES))
    if not files:
        remedy = f"give a folder with {CASES} and the VCFs that it names"
        raise IntakeError(f"no {CASES} in this folder", file=folder, remedy=remedy)
    made = []
    for path in files:
        try:
            made += [_case(row) for row in json.loads(path.read_text(encoding="utf-8"))]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            problem = f"not a list of cases ({type(error).__name__}: {error})"
            remedy = "each case needs file, test, variation, reference, missing, vcf, expected"
            raise IntakeError(problem, file=path, remedy=remedy) from None
    return made


def _case(row: dict[str, Any]) -> Case:
    variation = tuple((g, rs, tuple(bases)) for g, rs, bases in (*row["variation"], *row.get("phased_variation", ())))
    expected: dict[str, frozenset[str]] = {}
    for kind in _EXPECTED:
        for gene, named in row["expected"].get(kind, ()):
            if gene in gene_definitions():
                expected.setdefault(gene, frozenset(_plain(gene, named)))
    for gene, names in row["expected"].get(_ALLELES, ()):
        if gene in gene_definitions() and len(names) == 2:
            expected.setdefault(gene, frozenset(("/".join(names),)))
    return Case(
        f"{row['file'].removesuffix('.java')}.{row['test']}",
        row["vcf"][0] if row["vcf"] else "",
        bool(row.get("phased")),
        variation,
        frozenset(row["reference"]) & frozenset(gene_definitions()),
        frozenset((g, rs) for g, rs in row["missing"]),
        expected,
        frozenset(row.get("called", ())) & {*frozenset(row["reference"]), *(g for g, _, _ in variation)},
        frozenset(row.get("not_called", ())) & frozenset(gene_definitions()),
        _obstacle(row, variation),
    )


def _obstacle(row: dict[str, Any], variation: Iterable[tuple[str, str, tuple[str, ...]]]) -> str:
    if row["vcf"]:
        return ""
    places = [(g, rs) for g, rs, _ in variation]
    if any(not bases for _, _, bases in variation):
        return "the case file does not hold the bases of one of its genotypes"
    if len(set(places)) < len(places):
        return "the case describes several samples at once"
    mentioned = {g for g, _ in places} | set(row["reference"])
    told = {g for kind in (*_EXPECTED, _ALLELES) for g, _ in row["expected"].get(kind, ())}
    if not mentioned & {*told, *row.get("called", ()), *row.get("not_called", ())}:
        return "what it expects comes from an outside call, which the case file does not hold"
    return ""


def _plain(gene: str, named: list[str]) -> list[str]:
    """Expected diplotypes in our words; variants alone become a diplotype."""
    wild = next((a.name for a in gene_definitions()[gene].alleles if a.complete), REFERENCE)
    if gene in ("DPYD", "RYR1", "CACNA1S") and len(named) > 1 and not any("/" in n for n in named):
        return [" + ".join(sorted(named))]  # unphased variants, each on a copy that nothing tells
    made = []
    for text in named:
        if text.endswith(_HETEROZYGOUS):
            made.append(f"{wild}/{text.removesuffix(_HETEROZYGOUS)}")
        elif text.endswith(_HOMOZYGOUS):
            made.append("/".join([text.removesuffix(_HOMOZYGOUS)] * 2))
        else:
            made.append(text)
    return made


def _run(case: Case, folder: Path, tally: _Tally) -> None:
    if case.obstacle:
        tally.add(case, "not run", why=case.obstacle)
        return
    try:
        cohort = _read(case, folder)
    except IntakeError as error:
        tally.add(case, "refused", why=str(error))
        return
    held = {g for g, spots in cohort.genes.items() if any(spot.sites for spot in spots)}
    calls = {g: cohort.call(0, g) for g in (*case.expected, *case.called, *case.uncalled)}
    due = {g: wanted for g, wanted in case.expected.items() if g in held and g not in case.uncalled}
    wrong = [g for g, wanted in due.items() if not agrees(calls[g], wanted)]
    wrong += [g for g in case.called - due.keys() if not calls[g].diplotype]
    wrong += [g for g in case.uncalled if calls[g].diplotype and not calls[g].diplotype.startswith("rs")]
    wider = [g for g, wanted in due.items() if g not in wrong and not _to_the_letter(calls[g], wanted)]
    if not wrong and not wider:
        tally.add(case, "agree", exact=True)
        return
    gene = (*wrong, *wider)[0]
    call = calls[gene]
    tally.add(
        case,
        "differ" if wrong else "agree",
        exact=False,
        gene=gene,
        expected=sorted(case.expected.get(gene, ())) or ["not called" if gene in case.uncalled else "called"],
        call=call.diplotype or "not covered",
        alternatives=[a.partition(": ")[0] for a in call.alternatives],
        status=call.status,
        why=call.why or "no remark",
    )


def _sides(diplotype: str) -> tuple[str, ...]:
    """A diplotype for comparison: order of the copies and brackets do not matter."""
    return tuple(sorted(" + ".join(sorted(side.strip("[]").split(" + "))) for side in diplotype.split("/")))


def agrees(call: GeneCall, wanted: frozenset[str]) -> bool:
    """True where the named diplotype is wanted, and every wanted one is the named or an alternative."""
    named = _sides(call.diplotype)
    fitting = {named, *(_sides(a.partition(": ")[0]) for a in call.alternatives)}
    if any("/" not in w for w in wanted):  # variants of unknown phase: compared as a set
        carried = {v for side in named for v in side.split(" + ")} - {REFERENCE}
        return any(carried == set(w.split(" + ")) for w in wanted)
    expected = {_sides(w) for w in wanted}
    return named in expected and expected <= fitting


def _to_the_letter(call: GeneCall, wanted: frozenset[str]) -> bool:
    """True where the named diplotype and those tied with it are exactly the wanted ones."""
    if any("/" not in w for w in wanted):
        return True
    tied = {_sides(a.partition(": ")[0]) for a in call.alternatives[: call.ties]}
    return {_sides(call.diplotype), *tied} == {_sides(w) for w in wanted}


def _read(case: Case, folder: Path) -> Cohort:
    if case.vcf:
        parts = Path(case.vcf).parts
        path = next((p for i in range(len(parts)) if (p := folder.joinpath(*parts[i:])).is_file()), folder / case.vcf)
        return read_cohort(path)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "case.vcf"
        path.write_text(as_vcf(case), encoding="utf-8")
        return read_cohort(path, "GRCh38")


def as_vcf(case: Case) -> str:
    """The case as a VCF of one sample on GRCh38: what it does not mention of its genes is reference."""
    lines = ["##fileformat=VCFv4.2", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tcase"]
    varied = {(gene, rs): bases for gene, rs, bases in case.variation}
    definitions = gene_definitions()
    for gene in dict.fromkeys((*(g for g, _, _ in case.variation), *sorted(case.reference))):
        if gene in definitions:
            lines += _lines(definitions[gene], varied, case)
    return "\n".join(lines) + "\n"


def _lines(definition: GeneDefinition, varied: dict[tuple[str, str], tuple[str, ...]], case: Case) -> list[str]:
    made = []
    for p in definition.positions.values():
        at = (definition.gene, p.rsid)
        if at in case.missing:
            continue
        bases = varied.get(at, (p.ref, p.ref))
        alts = [*p.alts, *(b for b in dict.fromkeys(bases) if b not in (p.ref, *p.alts))]
        order = (p.ref, *alts)
        genotype = ("|" if case.phased else "/").join(str(order.index(b)) for b in bases)
        made.append(f"{p.chrom}\t{p.pos}\t{p.rsid or '.'}\t{p.ref}\t{','.join(alts)}\t.\tPASS\t.\tGT\t{genotype}")
    return made
