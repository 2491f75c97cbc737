"""A small streaming VCF reader: plain, gzip or bgzip; looks closely only at the positions it is asked for.

Every line is counted and checked for its number of columns; only wanted lines are parsed. Every fault is an
``IntakeError`` with file, line and remedy. VCF 4.1 to 4.5 (samtools/hts-specs).
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sartor.core import IntakeError

from .assembly import assembly_of_header_line, chromosome

LIFT = "give a GRCh38 file (re-align, or lift over with Picard LiftoverVcf), then run again"
_END = re.compile(r"(?:^|;)END=(\d+)")
_GENOTYPE = re.compile(r"^(\d+|\.)(?:[/|](\d+|\.))?$")
_NOT_A_BASE = re.compile(r"[^ACGTNacgtnRYSWKMBDHVryswkmbdhv]")
_NO_ALLELE = {"<NON_REF>", "<*>", "."}


@dataclass(frozen=True, slots=True)
class Record:
    """One line at a wanted position, for one sample.

    ``strands`` holds one allele index per chromosome copy (0 is REF), None where the genotype is missing.
    ``block`` is True for a line that covers the position as part of a longer reference block (gVCF).
    """

    chrom: str
    pos: int
    ref: str
    alts: tuple[str, ...]
    strands: tuple[int | None, ...]
    phased: bool
    phase_set: str
    line: int
    block: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Sample names in column order, and every statement about the assembly: (assembly, words, line)."""

    samples: tuple[str, ...]
    assemblies: tuple[tuple[str, str, int], ...]
    columns_line: int
    blocks: bool


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The file as text, whatever its compression; refuses what is missing, empty or not text."""
    path = Path(path)
    if not path.exists():
        raise IntakeError("there is no such file", file=path, remedy="check the path in the order")
    if path.is_dir():
        raise IntakeError("this is a folder, not a file", file=path, remedy="name the VCF inside it")
    if path.stat().st_size == 0:
        raise IntakeError("the file is empty", file=path, remedy="export it again; a VCF has a header and lines")
    try:
        raw = path.open("rb")
    except OSError as error:
        raise IntakeError(f"cannot be read: {error.strerror}", file=path, remedy="check its permissions") from None
    with raw:
        zipped = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream = gzip.GzipFile(fileobj=raw) if zipped else raw
        try:
            with io.TextIOWrapper(stream, encoding="utf-8", errors="replace") as text:
                yield text
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            remedy = "copy or export it again; `gzip -t FILE` checks it"
            raise IntakeError(
                f"the compressed file is cut short or damaged ({error})", file=path, remedy=remedy
            ) from None


def read_header(stream: TextIO, path: Path) -> Header:
    """Consume the header up to and with ``#CHROM``."""
    said: list[tuple[str, str, int]] = []
    blocks = False
    for number, line in enumerate(stream, 1):
        if line.startswith("##"):
            found = assembly_of_header_line(line)
            if found:
                said.append((*found, number))
            blocks = blocks or "ID=END," in line or "NON_REF" in line or "gvcf" in line.lower()
            continue
        if line.startswith("#CHROM"):
            return Header(_samples(line, path, number), tuple(said), number, blocks)
        what = "a BCF file" if line.startswith("BCF") else "not a VCF: no #CHROM line before the first data"
        remedy = "convert it with `bcftools view -O z`" if line.startswith("BCF") else "give a VCF with its header"
        raise IntakeError(f"this is {what}", file=path, line=number, remedy=remedy)
    raise IntakeError(
        "this is not a VCF: the file ends without a #CHROM line", file=path, remedy="export it again with its header"
    )


def _samples(line: str, path: Path, number: int) -> tuple[str, ...]:
    names = line.rstrip("\r\n").split("\t")
    if names[:8] != ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]:
        remedy = "the first eight columns are CHROM POS ID REF ALT QUAL FILTER INFO, separated by tabs"
        raise IntakeError("the #CHROM line is malformed", file=path, line=number, remedy=remedy)
    if len(names) < 10:
        remedy = "export it with FORMAT and a sample column; a sites-only file says nothing about a person"
        raise IntakeError("there is no genotype column", file=path, line=number, remedy=remedy)
    if len(set(names[9:])) < len(names[9:]):
        raise IntakeError("a sample name occurs twice", file=path, line=number, remedy="rename the samples")
    return tuple(names[9:])


def choose_sample(header: Header, path: Path, sample: str | None) -> int:
    """Index of the sample to read; refuses to guess among several."""
    names = header.samples
    shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
    if sample is not None:
        if sample in names:
            return names.index(sample)
        raise IntakeError(
            f"there is no sample {sample!r}", file=path, line=header.columns_line, remedy=f"choose one of {shown}"
        )
    if len(names) > 1:
        remedy = "name one with sample under [patient] in the order, or extract one: `bcftools view -s NAME`"
        problem = f"{len(names)} samples ({shown}), one expected"
        raise IntakeError(problem, file=path, line=header.columns_line, remedy=remedy)
    return 0


def check_assembly(header: Header, path: Path, declared: str = "GRCh38") -> None:
    """Refuse a header that contradicts the declared assembly."""
    if declared != "GRCh38":
        raise IntakeError(f"assembly {declared!r} was declared; GRCh38 is read", file=path, remedy=LIFT)
    for found, words, line in header.assemblies:
        if found != declared:
            problem = f"{words}, which is {found}, but {declared} was declared"
            raise IntakeError(problem, file=path, line=line, remedy=LIFT)


def read_records(
    stream: TextIO, header: Header, path: Path, wanted: Collection[tuple[str, int]], column: int
) -> Iterator[Record]:
    """The records at wanted ``(chromosome without chr, position)``, in file order, after ``read_header``.

    A gVCF reference block yields one record per wanted position that it covers beyond its first base.
    """
    places = set(wanted)
    tabs = 8 + len(header.samples)
    names: dict[str, str | None] = {}
    number = header.columns_line
    lines = 0
    by_chrom: dict[str, list[int]] = {}
    for chrom, at in sorted(places):
        by_chrom.setdefault(chrom, []).append(at)
    for line in stream:
        number += 1
        if line.count("\t") != tabs:
            if not line.strip():
                continue
            problem = f"{line.count(chr(9)) + 1} columns, {tabs + 1} expected"
            raise IntakeError(
                problem, file=path, line=number, remedy="the line is cut or not tab-separated; export again"
            )
        lines += 1
        name, text, rest = line.split("\t", 2)
        if name not in names:
            names[name] = chromosome(name)
        known = names[name]
        if not text.isdecimal():
            raise IntakeError(
                f"POS is {text!r}, a number expected", file=path, line=number, remedy="correct or export again"
            )
        if known not in by_chrom:
            continue
        pos = int(text)
        if (known, pos) in places:
            yield _record(rest, known, pos, path, number, column)
        if header.blocks and "END=" in rest:
            yield from _block(rest, known, pos, by_chrom[known], path, number, column)
    if not lines:
        remedy = "export it with its variant lines; nothing can be read from a header"
        raise IntakeError("the VCF has a header but no lines", file=path, remedy=remedy)


def _record(rest: str, chrom: str, pos: int, path: Path, number: int, column: int) -> Record:
    fields = rest.rstrip("\r\n").split("\t")
    ref, alt, form = fields[1], fields[2], fields[6]
    if not ref or _NOT_A_BASE.search(ref):
        raise IntakeError(f"REF is {ref!r}, bases expected", file=path, line=number, remedy="correct or export again")
    alts = () if alt == "." else tuple(a.upper() if a[:1] != "<" else a for a in alt.split(","))
    keys = form.split(":")
    if "GT" not in keys:
        remedy = "export genotypes (GT); likelihoods or depths alone are not read"
        raise IntakeError("FORMAT has no GT", file=path, line=number, remedy=remedy)
    values = fields[7 + column].split(":")
    genotype = values[keys.index("GT")] if keys.index("GT") < len(values) else "."
    shape = _GENOTYPE.match(genotype)
    if not shape:
        problem = f"genotype {genotype!r}; one or two alleles such as 0/1, 0|1 or 1 expected"
        raise IntakeError(problem, file=path, line=number, remedy="correct or export again")
    strands = tuple(None if s == "." else int(s) for s in shape.groups() if s is not None)
    worst = max((s for s in strands if s is not None), default=0)
    if worst > len(alts):
        problem = f"genotype {genotype!r} names allele {worst}, but the line has {len(alts)} ALT"
        raise IntakeError(problem, file=path, line=number, remedy="correct or export again")
    phase = ""
    if "PS" in keys and keys.index("PS") < len(values) and values[keys.index("PS")] != ".":
        phase = values[keys.index("PS")]
    return Record(chrom, pos, ref.upper(), alts, strands, "|" in genotype, phase, number)


def _block(
    rest: str, chrom: str, pos: int, places: list[int], path: Path, number: int, column: int
) -> Iterator[Record]:
    fields = rest.split("\t", 7)
    end = _END.search(fields[5])
    if end is None or not set(fields[2].split(",")) <= _NO_ALLELE:
        return
    inside = places[bisect_right(places, pos) : bisect_left(places, int(end.group(1)) + 1)]
    if not inside:
        return
    first = _record(rest, chrom, pos, path, number, column)
    if any(s != 0 for s in first.strands):
        return
    for at in inside:
        yield Record(chrom, at, "", (), first.strands, first.phased, first.phase_set, number, block=True)
