"""Somatic VCF with the annotation of VEP (INFO/CSQ) or SnpEff (INFO/ANN), or without any.

The order of the annotation's fields is read from the header. Of several transcripts the MANE Select one is taken, then
the canonical or picked one, then the first. Sources: VEP documentation (VCF output), SnpEff ANN specification 1.0.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sartor.core import IntakeError, TumorVariant
from sartor.facts.hotspots import hotspot_at

from .assembly import assembly_of_header_line, chromosome
from .hgvs import parse
from .vcf import LIFT

_COLUMNS = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
_STRUCTURAL = {"amplification": "amplification", "gene_fusion": "fusion", "bidirectional_gene_fusion": "fusion"}


@dataclass(frozen=True, slots=True)
class _Head:
    """What the header says: annotation key and its fields, sample columns, the tumour's column, the assembly."""

    key: str
    fields: tuple[str, ...]
    width: int
    column: int | None
    assembly: str | None
    lines: int


def read_tumor_vcf(
    lines: list[str], path: Path, sample: str | None, declared: str | None
) -> tuple[list[TumorVariant], list[str]]:
    """Variants of the tumour sample and notes; see ``sartor.read.tumor.read_tumor``."""
    head = _header(lines, path, sample, declared)
    found: list[TumorVariant] = []
    count: Counter[str] = Counter()
    for number, line in enumerate(lines[head.lines :], head.lines + 1):
        if not line.strip():
            continue
        count["lines"] += 1
        cells = line.split("\t")
        if len(cells) != head.width:
            problem = f"{len(cells)} columns, {head.width} expected"
            raise IntakeError(
                problem, file=path, line=number, remedy="the line is cut or not tab-separated; export again"
            )
        if not cells[1].isdecimal():
            problem = f"POS is {cells[1]!r}, a number expected"
            raise IntakeError(problem, file=path, line=number, remedy="correct or export again")
        if cells[6] not in ("PASS", ".", ""):
            count["filtered"] += 1
            continue
        found += _variants(cells, head, path, number, count)
    if not count["lines"]:
        remedy = "export it with its variant lines, or leave the tumour file out of the order"
        raise IntakeError("the VCF has a header but no lines", file=path, remedy=remedy)
    return found, _notes(count, head, path)


def _header(lines: list[str], path: Path, sample: str | None, declared: str | None) -> _Head:
    key, tumor_name = "", ""
    fields: tuple[str, ...] = ()
    said: str | None = None
    for number, line in enumerate(lines, 1):
        if line.startswith("##"):
            annotation = re.match(r"##INFO=<ID=(CSQ|ANN|vep),.*?(?:Format: |')\s*([^\"']+)", line)
            if annotation and not key:
                key, fields = annotation[1], tuple(f.strip() for f in annotation[2].split("|"))
            if line.startswith("##tumor_sample="):
                tumor_name = line.partition("=")[2].strip()
            found = assembly_of_header_line(line)
            if found and declared and found[0] != declared:
                problem = f"{found[1]}, which is {found[0]}, but {declared} was declared"
                raise IntakeError(problem, file=path, line=number, remedy=LIFT)
            said = said or (found[0] if found else None)
            continue
        if not line.startswith("#CHROM"):
            break
        names = line.split("\t")
        if names[:8] != _COLUMNS:
            remedy = "the first eight columns are CHROM POS ID REF ALT QUAL FILTER INFO, separated by tabs"
            raise IntakeError("the #CHROM line is malformed", file=path, line=number, remedy=remedy)
        column = _column(names[9:], sample, tumor_name, path, number)
        return _Head(key, fields, len(names), None if column is None else 9 + column, said or declared, number)
    raise IntakeError("there is no #CHROM line", file=path, remedy="export it again with its header")


def _column(names: list[str], sample: str | None, tumor_name: str, path: Path, number: int) -> int | None:
    """Which sample is the tumour; None where the file has no sample columns."""
    if sample is not None and sample not in names:
        remedy = f"choose one of {', '.join(names)}" if names else "the file has no sample columns"
        raise IntakeError(f"there is no sample {sample!r}", file=path, line=number, remedy=remedy)
    if sample is not None:
        return names.index(sample)
    if len(names) < 2:
        return 0 if names else None
    if tumor_name in names:
        return names.index(tumor_name)
    likely = [n for n in names if re.search(r"tumou?r|(^|[_-])T\d*$", n, re.I) and not re.search("normal", n, re.I)]
    if len(likely) != 1 and len(names) == 2:
        likely = [n for n in names if not re.search(r"normal|germline|blood|(^|[_-])N\d*$", n, re.I)]
    if len(likely) == 1:
        return names.index(likely[0])
    remedy = "name the tumour with tumor_sample under [patient] in the order, or extract it: `bcftools view -s NAME`"
    raise IntakeError(
        f"{len(names)} samples ({', '.join(names[:5])}); which is the tumour is not clear",
        file=path,
        line=number,
        remedy=remedy,
    )


def _variants(cells: list[str], head: _Head, path: Path, number: int, count: Counter[str]) -> list[TumorVariant]:
    """What one line says, one variant per ALT allele that the tumour carries."""
    alts = [] if cells[4] in (".", "") else cells[4].split(",")
    info = dict(x.partition("=")[::2] for x in cells[7].split(";"))
    entries = [e.split("|") for e in info.get(head.key, "").split(",") if e] if head.key else []
    values = {}
    if head.column is not None:
        values = dict(zip(cells[8].split(":"), cells[head.column].split(":"), strict=False))
    carried = set(re.findall(r"\d+", values.get("GT", "")))
    out = []
    for index, alt in enumerate(alts, 1):
        if carried and str(index) not in carried:
            count["not carried"] += 1
            continue
        vaf, depth = _fraction(values, index)
        where = f"{path.name}, line {number}"
        if entries:
            named = _annotated(entries, head, cells[3], alt, index, len(alts), count, path, number)
        else:
            named = _by_position(cells, alt, head, count)
        if named is not None:
            out.append(TumorVariant(named[0], named[1], vaf, depth, where))
    return out


def _annotated(
    entries: list[list[str]],
    head: _Head,
    ref: str,
    alt: str,
    index: int,
    alleles: int,
    count: Counter[str],
    path: Path,
    number: int,
) -> tuple[str, str] | None:
    """Gene and change by the best transcript's annotation; None where it changes no protein."""
    rows = [dict(zip(head.fields, e, strict=False)) for e in entries]
    if alleles > 1:
        # VEP writes an indel's allele without the shared first base, "-" for a deletion.
        trimmed = alt[1:] if alt[:1] == ref[:1] and len(alt) != len(ref) else alt
        rows = [r for r in rows if r.get("ALLELE_NUM") == str(index)] or [
            r for r in rows if r.get("Allele") in (alt, trimmed or "-")
        ]
    symbol, protein = ("SYMBOL", "HGVSp") if "HGVSp" in head.fields else ("Gene_Name", "HGVS.p")
    if protein not in head.fields:
        remedy = "annotate again with the protein change: VEP --hgvs --symbol, or SnpEff (HGVS.p)"
        raise IntakeError(f"the {head.key} annotation has no {protein} field", file=path, remedy=remedy)
    if symbol not in head.fields:
        symbol = "Gene"
    for row in rows:
        word = _STRUCTURAL.get((row.get("Consequence") or row.get("Annotation") or "").split("&")[0])
        if word and row.get(symbol):
            return row[symbol].replace("&", "::"), word
    named = [r for r in rows if r.get(protein) and r.get(symbol)]
    if not named:
        count["silent"] += 1
        return None
    best = min(named, key=_rank)
    try:
        change = parse(best[protein].replace("%3D", "="))
    except ValueError:
        count["unnamed"] += 1
        return None
    if change.silent:
        count["silent"] += 1
        return None
    return best[symbol], change.text


def _rank(row: dict[str, str]) -> int:
    if row.get("MANE_SELECT") or "MANE_Select" in row.get("MANE", ""):
        return 0
    if row.get("CANONICAL") == "YES" or row.get("PICK") == "1":
        return 1
    return 2


def _by_position(cells: list[str], alt: str, head: _Head, count: Counter[str]) -> tuple[str, str] | None:
    """Gene and change of a substitution of known position, where the file has no annotation for the line."""
    count["unannotated"] += 1
    chrom = chromosome(cells[0])
    if head.assembly not in ("GRCh37", "GRCh38") or chrom is None:
        return None
    spot = hotspot_at(head.assembly, chrom, int(cells[1]), cells[3].upper(), alt.upper())
    if spot is None:
        return None
    count["by position"] += 1
    return spot.gene, spot.change


def _fraction(values: dict[str, str], index: int) -> tuple[float | None, int | None]:
    """Allele fraction and depth of one ALT allele from FORMAT AF, AD, FREQ and DP; None where they are not there."""

    def number(text: str) -> float | None:
        try:
            return float(text)
        except ValueError:
            return None

    depths = [number(x) for x in values.get("AD", "").split(",")]
    total = number(values.get("DP", ""))
    whole = [d for d in depths if d is not None]
    if total is None and len(whole) == len(depths) > 1:
        total = sum(whole)
    fractions = values.get("AF", "").split(",")
    vaf = number(fractions[index - 1]) if len(fractions) >= index else None
    if vaf is None and values.get("FREQ", "").endswith("%"):
        percent = number(values["FREQ"][:-1])
        vaf = None if percent is None else percent / 100
    if vaf is None and len(depths) > index and len(whole) == len(depths) and sum(whole) > 0:
        vaf = whole[index] / sum(whole)
    if vaf is not None and not 0 <= vaf <= 1:
        vaf = None
    return vaf, None if total is None else int(total)


def _notes(count: Counter[str], head: _Head, path: Path) -> list[str]:
    notes = []
    if count["filtered"]:
        notes.append(f"{path.name}: {count['filtered']} lines did not pass the caller's filter and were left out")
    if count["silent"]:
        notes.append(f"{path.name}: {count['silent']} variants change no protein and were left out")
    if count["unnamed"]:
        notes.append(f"{path.name}: {count['unnamed']} protein changes are of unknown effect and were left out")
    if count["not carried"]:
        notes.append(f"{path.name}: {count['not carried']} alleles are not in the tumour sample and were left out")
    bare = count["unannotated"] - count["by position"]
    if count["unannotated"]:
        known = f"{count['by position']} were named by their position ({head.assembly})" if head.assembly else ""
        known = known or "the assembly is not stated, so that positions cannot be compared"
        notes.append(
            f"{path.name}: {count['unannotated']} variants carry no annotation; {known}, {bare} stay unread. Annotate "
            "with VEP (--hgvs --symbol) or SnpEff"
        )
    return notes
