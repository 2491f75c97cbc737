"""The head of a VCF: its samples and what it says of the assembly. The lines are read in ``sites``.

Every fault is an ``IntakeError`` with file, line and remedy. VCF 4.1 to 4.5 (samtools/hts-specs).
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sartor.core import IntakeError

from .assembly import assembly_of_header_line
from .blocks import raw_file

LIFT = "give a GRCh38 file (re-align, or lift over with Picard LiftoverVcf), then run again"


@dataclass(frozen=True, slots=True)
class Header:
    """Sample names in column order, and every statement about the assembly: (assembly, words, line)."""

    samples: tuple[str, ...]
    assemblies: tuple[tuple[str, str, int], ...]
    columns_line: int
    blocks: bool


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The file as text, whatever its compression; refuses what is missing, empty or not text.

    UTF-8, UTF-16 with its mark (spreadsheets) or, where the first mebibyte is neither, Windows-1252.
    """
    with raw_file(path) as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream = gzip.GzipFile(fileobj=raw) if zipped else raw
        try:
            encoding = _encoding(stream.read(1 << 20))
            stream.seek(0)
            with io.TextIOWrapper(stream, encoding=encoding, errors="replace") as text:
                yield text
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            remedy = "copy or export it again; `gzip -t FILE` checks it"
            raise IntakeError(
                f"the compressed file is cut short or damaged ({error})", file=path, remedy=remedy
            ) from None


def _encoding(head: bytes) -> str:
    """The encoding of a text by how it begins."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        # The last bytes may be the first half of a letter.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def read_header(text: Iterable[bytes], path: Path) -> tuple[Header, bytes]:
    """The header, and what is left of the piece of text in which it ends.

    Args:
        text: pieces of whole lines, as ``blocks.pieces`` gives them; consumed up to and with ``#CHROM``.
    """
    said: list[tuple[str, str, int]] = []
    blocks = False
    number = 0
    for piece in text:
        at = 0
        while at < len(piece):
            end = piece.index(b"\n", at) + 1
            line = piece[at:end].decode("utf-8-sig" if number == 0 else "utf-8", "replace")
            at = end
            number += 1
            if line.startswith("##") and "\r#CHROM\t" not in line:
                found = assembly_of_header_line(line)
                if found:
                    said.append((*found, number))
                blocks = blocks or "ID=END," in line or "NON_REF" in line or "gvcf" in line.lower()
                continue
            if line.startswith("#CHROM"):
                return Header(_samples(line, path, number), tuple(said), number, blocks), piece[at:]
            _no_header(line, path, number)
    raise IntakeError(
        "this is not a VCF: the file ends without a #CHROM line", file=path, remedy="export it again with its header"
    )


#: How a file that is no VCF begins -> what it is, and what to give instead.
_OTHERS = (
    ("BCF", "a BCF file", "convert it with `bcftools view -O z`"),
    ("BAM\x01", "a BAM file: aligned reads, not genotypes", "call its variants first, with reference sites (gVCF)"),
    ("CRAM", "a CRAM file: aligned reads, not genotypes", "call its variants first, with reference sites (gVCF)"),
    ("PK\x03\x04", "a zip archive", "unpack it and give the VCF inside, or compress that with bgzip"),
    ("(\ufffd/\ufffd", "compressed with zstd", "unpack it and give the VCF, or compress that with bgzip"),
    ("BZh", "compressed with bzip2", "unpack it and give the VCF, or compress that with bgzip"),
    ("\ufffd7zXZ", "compressed with xz", "unpack it and give the VCF, or compress that with bgzip"),
    ("\ufffd\ufffd#\x00", "a text in UTF-16", "save it again as UTF-8"),
    ("\ufffd\ufffd\x00#", "a text in UTF-16", "save it again as UTF-8"),
    ("<", "a web page, not a VCF", "download the file itself again; what came was an answer of the server"),
    (
        "# rsid",
        "a list of genotypes of an array",
        "convert it with `bcftools convert --tsv2vcf`, with its reference genome",
    ),
    (
        "rsid",
        "a list of genotypes of an array",
        "convert it with `bcftools convert --tsv2vcf`, with its reference genome",
    ),
)


def _no_header(line: str, path: Path, number: int) -> None:
    what, remedy = "not a VCF: no #CHROM line before the first data", "give a VCF with its header"
    for start, kind, instead in _OTHERS:
        if line.startswith(start):
            what, remedy = kind, instead
            break
    if number == 1 and "\r#CHROM\t" in line:
        what, remedy = "a text with bare carriage returns as line ends", "convert its line ends: `tr '\\r' '\\n'`"
    raise IntakeError(f"this is {what}", file=path, line=number, remedy=remedy)


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
