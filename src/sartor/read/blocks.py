"""The bytes of a text file in large pieces of whole lines, whatever its compression: plain, gzip or bgzip.

A person's genome is a million kilobytes of text of which a thousand lines matter, so the reader above works on whole
pieces and never on single lines. bgzip is gzip in blocks of at most 64 KiB, each a member of its own (SAM/VCF
specification, section 4.1); ``piece_between`` reads part of such a file by the virtual offsets of an index.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sartor.core import IntakeError

PIECE = 1 << 20  # bytes of text handed on at a time; more gains no speed and costs memory
_READ = 1 << 16
_LARGEST_BLOCK = 1 << 16
_GZIP = b"\x1f\x8b"
_BGZIP_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
_AGAIN = "copy or export it again; `gzip -t FILE` checks it"


@contextmanager
def raw_file(path: Path) -> Iterator[BinaryIO]:
    """The file, open for reading bytes; IntakeError where it is missing, a folder, empty or not readable."""
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
        yield raw


def pieces(path: Path) -> Iterator[bytes]:
    """The whole text in pieces of whole lines, each ending in a line end.

    Raises:
        IntakeError: missing, empty, damaged, or cut short (a bgzip file must end in its end marker).
    """
    with raw_file(path) as raw:
        head = raw.read(18)
        raw.seek(0)
        if is_bgzip(head):
            _check_end(raw, path)
        yield from _whole_lines(_inflated(raw, path) if head[:2] == _GZIP else _plain(raw))


def is_bgzip(head: bytes) -> bool:
    """True when a file that starts so is bgzip: gzip with the extra field BC."""
    return head[:4] == b"\x1f\x8b\x08\x04" and head[12:14] == b"BC"


def _check_end(raw: BinaryIO, path: Path) -> None:
    raw.seek(0, 2)
    size = raw.tell()
    raw.seek(max(0, size - len(_BGZIP_END)))
    last = raw.read()
    raw.seek(0)
    if last != _BGZIP_END:
        problem = "the bgzip file is cut short: its end marker is missing"
        raise IntakeError(problem, file=path, remedy=_AGAIN)


def _plain(raw: BinaryIO) -> Iterator[bytes]:
    while data := raw.read(PIECE):
        yield data


def _inflated(raw: BinaryIO, path: Path) -> Iterator[bytes]:
    """The members of a gzip file one after the other; zlib checks each one's length and checksum."""
    decoder = None
    try:
        while data := raw.read(_READ):
            while data:
                if decoder is None:
                    data = data.lstrip(b"\0")  # gzip allows zeros between and after members
                    if not data:
                        break
                    decoder = zlib.decompressobj(wbits=31)
                yield decoder.decompress(data)
                data = decoder.unused_data
                if decoder.eof:
                    decoder = None
    except zlib.error as error:
        raise IntakeError(f"the compressed file is cut short or damaged ({error})", file=path, remedy=_AGAIN) from None
    if decoder is not None:
        raise IntakeError("the compressed file is cut short or damaged", file=path, remedy=_AGAIN)


def _whole_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    kept: list[bytes] = []
    size = 0
    for chunk in chunks:
        kept.append(chunk)
        size += len(chunk)
        if size < PIECE:
            continue
        text = b"".join(kept)
        end = text.rfind(b"\n") + 1
        if end:
            yield text[:end]
        kept = [text[end:]]
        size = len(kept[0])
    rest = b"".join(kept)
    if rest:
        yield rest if rest.endswith(b"\n") else rest + b"\n"


def piece_between(raw: BinaryIO, start: int, end: int, path: Path) -> bytes:
    """Text between two virtual offsets (block start << 16 | place in the block), cut to whole lines at the end.

    The first byte must be the start of a line, as it is for every offset of an index.
    """
    at, within = start >> 16, start & 0xFFFF
    last, until = end >> 16, end & 0xFFFF
    made: list[bytes] = []
    raw.seek(at)
    data = raw.read(max(0, last - at) + 2 * _LARGEST_BLOCK)
    offset = 0
    try:
        while offset < len(data) and at + offset <= last:
            decoder = zlib.decompressobj(wbits=31)
            text = decoder.decompress(data[offset : offset + 2 * _LARGEST_BLOCK])
            if not decoder.eof:
                raise zlib.error("block cut short")
            here = at + offset
            used = min(2 * _LARGEST_BLOCK, len(data) - offset) - len(decoder.unused_data)
            low = within if here == at else 0
            made.append(text[low : until if here == last else len(text)])
            offset += used
    except zlib.error as error:
        problem = f"the compressed file is damaged, or its index belongs to another file ({error})"
        raise IntakeError(problem, file=path, remedy="make the index again: `tabix -f -p vcf FILE`") from None
    text = b"".join(made)
    return text[: text.rfind(b"\n") + 1]
