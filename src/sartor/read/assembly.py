"""Which reference genome a VCF was called on, from what its header says.

Chromosome lengths and RefSeq accessions as published by the Genome Reference Consortium (GRCh37, GRCh38).
"""

from __future__ import annotations

import re

# chromosome -> (length in GRCh37, length in GRCh38)
LENGTHS: dict[str, tuple[int, int]] = {
    "1": (249250621, 248956422),
    "2": (243199373, 242193529),
    "3": (198022430, 198295559),
    "4": (191154276, 190214555),
    "5": (180915260, 181538259),
    "6": (171115067, 170805979),
    "7": (159138663, 159345973),
    "8": (146364022, 145138636),
    "9": (141213431, 138394717),
    "10": (135534747, 133797422),
    "11": (135006516, 135086622),
    "12": (133851895, 133275309),
    "13": (115169878, 114364328),
    "14": (107349540, 107043718),
    "15": (102531392, 101991189),
    "16": (90354753, 90338345),
    "17": (81195210, 83257441),
    "18": (78077248, 80373285),
    "19": (59128983, 58617616),
    "20": (63025520, 64444167),
    "21": (48129895, 46709983),
    "22": (51304566, 50818468),
    "X": (155270560, 156040895),
    "Y": (59373566, 57227415),
}
# chromosome -> version of its NC_ accession in GRCh38; GRCh37 has the version before
_ACCESSION_38 = dict(
    zip(
        LENGTHS,
        (11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12, 11, 9, 10, 10, 11, 10, 10, 11, 9, 11, 11, 10),
        strict=True,
    )
)
_WORDS = (
    ("GRCh38", re.compile(r"GRCh38|hg38|hs38|GCA_000001405\.(1[5-9]|2\d)|\bb38\b", re.I)),
    ("GRCh37", re.compile(r"GRCh37|hg19|hs37|human_g1k_v37|\bb37\b|GCA_000001405\.([1-9]|1[0-4])\b", re.I)),
    ("NCBI36", re.compile(r"NCBI36|hg18|\bb36\b", re.I)),
    ("T2T-CHM13", re.compile(r"CHM13|T2T|\bhs1\b", re.I)),
)
_NAMED = re.compile(r"^##(?:reference|assembly|contig)=", re.I)
_CONTIG = re.compile(r"^##contig=<.*?\bID=([^,>]+)")
_LENGTH = re.compile(r"\blength=(\d+)")


def chromosome(name: str) -> str | None:
    """``chr10``, ``10``, ``NC_000010.11`` -> ``10``; None for anything that is not a nuclear chromosome."""
    bare = name[3:] if name[:3].lower() == "chr" else name
    bare = {"23": "X", "24": "Y", "x": "X", "y": "Y"}.get(bare, bare)
    if bare in LENGTHS:
        return bare
    if name.startswith("NC_0000"):
        number = name[7:9].lstrip("0")
        bare = {"23": "X", "24": "Y"}.get(number, number)
        return bare if bare in LENGTHS else None
    return None


def _by_accession(name: str) -> str | None:
    bare = chromosome(name)
    if bare is None or not name.startswith("NC_0000"):
        return None
    version = name.partition(".")[2]
    return {str(_ACCESSION_38[bare]): "GRCh38", str(_ACCESSION_38[bare] - 1): "GRCh37"}.get(version)


def accessions(name: str) -> tuple[str, ...]:
    """The RefSeq names of a chromosome in GRCh37 and GRCh38 (``NC_000010.10``, ``NC_000010.11``)."""
    number = {"X": 23, "Y": 24}.get(name) or int(name)
    version = _ACCESSION_38[name]
    return tuple(f"NC_{number:06d}.{v}" for v in (version - 1, version))


def assembly_of_header_line(line: str) -> tuple[str, str] | None:
    """What one ``##`` line says about the assembly.

    Returns:
        (assembly, the words that say so), or None where the line says nothing. An assembly named ``unknown`` means
        a chromosome length that belongs neither to GRCh37 nor to GRCh38.
    """
    contig = _CONTIG.match(line)
    if contig:
        name = contig.group(1)
        length = _LENGTH.search(line)
        bare = chromosome(name)
        if bare and length:
            size = int(length.group(1))
            old, new = LENGTHS[bare]
            found = "GRCh38" if size == new else "GRCh37" if size == old else "unknown"
            return found, f"contig {name} is {size} bases long"
        found_by_name = _by_accession(name)
        if found_by_name:
            return found_by_name, f"contig {name}"
    if _NAMED.match(line):
        for assembly, words in _WORDS:
            hit = words.search(line)
            if hit:
                return assembly, f"the header says {hit.group(0)}"
    return None
