"""The protein change that VEP (INFO/CSQ) or SnpEff (INFO/ANN) wrote beside a variant.

Of several transcripts the MANE Select one is taken, then the canonical or picked one, then the first. Without HGVSp the
change is put together from VEP's Protein_position and Amino_acids. Sources: VEP documentation (VCF output), SnpEff ANN
specification 1.0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .hgvs import ProteinChange, parse, splice

_STRUCTURAL = {
    "amplification": "amplification",
    "transcript_amplification": "amplification",
    "transcript_ablation": "gene deletion",
    "gene_fusion": "fusion",
    "bidirectional_gene_fusion": "fusion",
}
_SPLICE = ("splice_donor_variant", "splice_acceptor_variant")

#: Words for what an annotation leaves us without.
SILENT = "changes no protein"
OTHER_TRANSCRIPT = "changes no protein on the MANE Select or canonical transcript, another transcript only"
UNNAMED = "the protein change is not named in HGVS"


@dataclass(frozen=True, slots=True)
class Format:
    """The annotation's INFO key and the names of its fields, as the header gives them."""

    key: str
    fields: tuple[str, ...]

    @property
    def names_changes(self) -> bool:
        """True when one of the fields can tell the protein change."""
        fields = set(self.fields)
        return bool(fields & {"HGVSp", "HGVS.p"}) or {"Protein_position", "Amino_acids"} <= fields


def format_of(line: str) -> Format | None:
    """The annotation that an ``##INFO`` line describes; None for other lines."""
    found = re.match(r"##INFO=<ID=(CSQ|ANN|vep),.*?(?:Format: |')\s*([^\"']+)", line)
    return Format(found[1], tuple(f.strip() for f in found[2].split("|"))) if found else None


def annotated(text: str, form: Format, ref: str, alt: str, index: int, alleles: int) -> tuple[str, ProteinChange] | str:
    """Gene and change of one ALT allele, or in words why there is none. ``text`` is the INFO entry."""
    rows = [dict(zip(form.fields, e.split("|"), strict=False)) for e in text.split(",") if e]
    if alleles > 1:
        # VEP writes an indel's allele without the shared first base, "-" for a deletion.
        trimmed = alt[1:] if alt[:1] == ref[:1] and len(alt) != len(ref) else alt
        rows = [r for r in rows if r.get("ALLELE_NUM") == str(index)] or [
            r for r in rows if r.get("Allele") in (alt, trimmed or "-")
        ]
    for row in rows:
        word = _STRUCTURAL.get(_consequence(row).split("&")[0])
        if word and _gene(row):
            return _gene(row).replace("&", "::"), parse(word)
    speaking = [r for r in rows if _gene(r) and _protein(r)]
    if not speaking:
        return SILENT
    best = min(speaking, key=_rank)
    if _rank(best) == 2 and any(_rank(r) < 2 and _gene(r) == _gene(best) for r in rows):
        return OTHER_TRANSCRIPT
    try:
        return _gene(best), parse(_protein(best))
    except ValueError:
        return f"{UNNAMED} ({_gene(best)} {_protein(best)})"


def _consequence(row: dict[str, str]) -> str:
    return row.get("Consequence") or row.get("Annotation") or ""


def _gene(row: dict[str, str]) -> str:
    return row.get("SYMBOL") or row.get("Gene_Name") or ("" if "SYMBOL" in row else row.get("Gene", ""))


def _protein(row: dict[str, str]) -> str:
    """The protein change of one transcript: HGVS, or from residue and amino acids, or a splice site's."""
    named = (row.get("HGVSp") or row.get("HGVS.p") or "").replace("%3D", "=")
    if named:
        return named
    if any(w in _consequence(row).split("&") for w in _SPLICE):
        return splice(row.get("HGVSc") or row.get("HGVS.c") or "") or ""
    return _put_together(row.get("Protein_position", ""), row.get("Amino_acids", ""), _consequence(row))


def _put_together(position: str, amino: str, consequence: str) -> str:
    """``L858R`` from ``858`` and ``L/R``; "" where the two do not tell the change (an insertion's right neighbour)."""
    place = re.match(r"(\d+)(?:-(\d+))?(?:/\d+)?$", position)
    ref, slash, alt = amino.partition("/")
    if not place or not re.fullmatch(r"[A-Z*]+", ref):
        return ""
    first = int(place[1])
    if not slash:
        return f"{ref[0]}{first}="
    alt = "" if alt == "-" else alt
    if "frameshift_variant" in consequence:
        return f"{ref[0]}{first}fs"
    while ref and alt and ref[0] == alt[0] and len(ref) != 1:
        ref, alt, first = ref[1:], alt[1:], first + 1
    while len(ref) > 1 and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    last = first + len(ref) - 1
    span = f"{ref[0]}{first}" + (f"_{ref[-1]}{last}" if last > first else "")
    if not alt:
        return f"{span}del"
    if len(ref) == len(alt) == 1:
        return f"{ref}{first}{alt}"
    return "" if alt.startswith(ref) else f"{span}delins{alt}"


def _rank(row: dict[str, str]) -> int:
    if row.get("MANE_SELECT") or "MANE_Select" in row.get("MANE", ""):
        return 0
    return 1 if row.get("CANONICAL") == "YES" or row.get("PICK") == "1" else 2
