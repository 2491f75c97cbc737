"""Protein changes in HGVS: a strict grammar, and one spelling for each.

``p.Leu858Arg``, ``p.(Leu858Arg)``, ``NP_005219.2:p.Leu858Arg`` and ``L858R`` all become ``L858R``. What the grammar
does not know raises ValueError; nothing is guessed. Words (``fusion``, ``exon 14 skipping``) have one spelling too.
Source: HGVS nomenclature, protein recommendations (version 21.0).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "missense",
    "nonsense",
    "synonymous",
    "deletion",
    "duplication",
    "insertion",
    "delins",
    "frameshift",
    "extension",
    "start lost",
    "splice",
    "structural",
]

THREE = {
    "Ala": "A",
    "Arg": "R",
    "Asn": "N",
    "Asp": "D",
    "Cys": "C",
    "Gln": "Q",
    "Glu": "E",
    "Gly": "G",
    "His": "H",
    "Ile": "I",
    "Leu": "L",
    "Lys": "K",
    "Met": "M",
    "Phe": "F",
    "Pro": "P",
    "Ser": "S",
    "Thr": "T",
    "Trp": "W",
    "Tyr": "Y",
    "Val": "V",
    "Sec": "U",
    "Ter": "*",
    "Xaa": "X",
}

#: Words that stand for a change that no single residue describes, and the one spelling we keep.
WORDS = {
    "fusion": "fusion",
    "gene fusion": "fusion",
    "rearrangement": "fusion",
    "rearranged": "fusion",
    "translocation": "fusion",
    "amplification": "amplification",
    "amplified": "amplification",
    "gene amplification": "amplification",
    "amp": "amplification",
    "gain": "copy number gain",
    "copy number gain": "copy number gain",
    "mutation": "mutation",
    "activating mutation": "activating mutation",
    "deletion": "gene deletion",
    "homdel": "gene deletion",
    "deleted": "gene deletion",
    "homozygous deletion": "gene deletion",
    "deep deletion": "gene deletion",
    "loss": "gene deletion",
    "gene deletion": "gene deletion",
    "itd": "ITD",
    "internal tandem duplication": "ITD",
    "viii": "vIII",
    "egfrviii": "vIII",
    "v30_r297delinsg": "vIII",
    "del19": "exon 19 deletion",
    "ex14": "exon 14 skipping",
    "loss of function": "loss of function",
    "lof": "loss of function",
    "truncating mutation": "loss of function",
    "truncation": "loss of function",
    "inactivating mutation": "loss of function",
}
_EXON = re.compile(
    r"^ex(?:on)?[ .-]?(\d+) ?(del(?:etion)?|ins(?:ertion)?|skip(?:ping|ped)?|mut(?:ation)?)s?(?: mutation)?$",
    re.IGNORECASE,
)
_EXON_WORD = {"del": "deletion", "ins": "insertion", "ski": "skipping", "mut": "mutation"}

_R = r"[A-Z*]"
_SITE = rf"({_R})(\d+)"
_RANGE = rf"{_SITE}(?:_{_SITE})?"
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("splice", re.compile(r"^([A-Z])(\d+)_splice$")),
    ("frameshift", re.compile(rf"^{_SITE}({_R})?fs(?:\*?(?:\d+|\?)?)?$")),
    ("extension", re.compile(rf"^{_SITE}({_R})?ext(?:[*-]?(?:\d+|\?))?$")),
    ("delins", re.compile(rf"^{_RANGE}delins({_R}+)$")),
    ("delins", re.compile(rf"^{_RANGE}>({_R}+)$")),
    ("deletion", re.compile(rf"^{_RANGE}del([A-Z]+|\d+)?$")),
    ("duplication", re.compile(rf"^{_RANGE}dup([A-Z]+|\d+)?$")),
    ("insertion", re.compile(rf"^{_SITE}_{_SITE}ins([A-Z*]+|\d+)$")),
    ("start lost", re.compile(r"^(M)(1)(\?)$")),
    ("missense", re.compile(rf"^{_SITE}({_R}|=)$")),
)


@dataclass(frozen=True, slots=True)
class ProteinChange:
    """One change: its one-letter text without ``p.``, its kind and its first and last residue (0 where none)."""

    text: str
    kind: Kind
    first: int
    last: int

    @property
    def silent(self) -> bool:
        """True when the protein stays the same."""
        return self.kind == "synonymous"


def one_letter(text: str) -> str:
    """Three-letter residues to one-letter ones (``Leu858Arg`` -> ``L858R``); other text is left alone."""
    return re.sub("|".join(THREE), lambda m: THREE[m[0]], text)


def parse(text: str) -> ProteinChange:
    """The change a text describes.

    Raises ValueError, naming what came and what was expected, for anything outside the grammar: DNA-level names
    (``c.2573T>G``), unknown effects (``p.?``) and free text.
    """
    given = text.strip()
    word = WORDS.get(" ".join(given.lower().removeprefix("p.").split()))
    exon = _EXON.match(" ".join(given.split()))
    if exon:
        word = f"exon {int(exon[1])} {_EXON_WORD[exon[2][:3].lower()]}"
    if word is not None:
        return ProteinChange(word, "structural", 0, 0)
    body = re.sub(r"^[A-Z]{2,4}[_A-Z0-9]*(\.\d+)?(\([A-Z0-9-]+\))?:(?=p\.)", "", given)
    body = re.sub(r"^[pP]\.", "", body)
    if re.fullmatch(r"[A-Za-z]\d+[A-Za-z*]|(?i:[a-z]{3}\d+[a-z]{3})", body):
        body = re.sub(r"[A-Za-z]+", lambda m: m[0].upper() if len(m[0]) == 1 else m[0].capitalize(), body)
    if re.match(r"^[cgnmr]\.", body):
        raise ValueError(f"{given!r} is a nucleotide name; a protein change such as p.L858R was expected")
    if body.startswith("(") and body.endswith(")"):
        body = body[1:-1]
    body = body.replace("%3D", "=")
    if body == "=":
        return ProteinChange("=", "synonymous", 0, 0)
    # X was the stop codon before HGVS gave it to "any residue" (now Xaa): R213X, K382RfsX3.
    body = re.sub(r"(?<=\d)X$|(?<=fs)X(?=\d|$)", "*", body)
    body = one_letter(body)
    # Written the other way about, or with a hyphen: del E746_A750, E746-A750del.
    body = re.sub(r"^[Dd]el ?([A-Z]\d+)[-_]([A-Z]\d+)$", r"\1_\2del", body)
    body = re.sub(r"^([A-Z]\d+)-([A-Z]\d+)(?=del|ins|dup)", r"\1_\2", body)
    # Lower-case keywords in databases come in capitals: E746_A750DEL.
    body = re.sub(r"(?<=\d)([A-Z]?)(DELINS|DEL|DUP|INS|FS|EXT)", lambda m: m[1] + m[2].lower(), body)
    for kind, form in _FORMS:
        found = form.match(body)
        if found:
            return _made(kind, found)
    raise ValueError(
        f"{given!r} is not a protein change; expected e.g. p.L858R, p.(Leu858Arg), E746_A750del, R213*, K382fs"
    )


def _made(kind: Kind, found: re.Match[str]) -> ProteinChange:
    groups = found.groups()
    a, i = groups[0], int(groups[1])
    if kind == "splice":
        return ProteinChange(f"X{i}_splice", kind, i, i)
    if kind in ("missense", "frameshift", "extension", "start lost"):
        b = groups[2] or ""
        if kind == "frameshift":
            return ProteinChange(f"{a}{i}fs", kind, i, i)
        if kind == "extension":
            return ProteinChange(f"{a}{i}{b}ext", kind, i, i)
        if kind == "start lost":
            return ProteinChange("M1?", kind, 1, 1)
        if b in ("=", a):
            return ProteinChange(f"{a}{i}=", "synonymous", i, i)
        if b == "*" and a != "*":
            return ProteinChange(f"{a}{i}*", "nonsense", i, i)
        return ProteinChange(f"{a}{i}{b}", kind, i, i)
    c, j = groups[2], int(groups[3]) if groups[3] else i
    if j < i:
        raise ValueError(f"{found.string!r} ends before it begins")
    span = f"{a}{i}" if not c else f"{a}{i}_{c}{j}"
    tail = groups[4] or ""
    word = {"deletion": "del", "duplication": "dup", "insertion": f"ins{tail}", "delins": f"delins{tail}"}[kind]
    return ProteinChange(span + word, kind, i, j)


def splice(coding: str) -> str | None:
    """``X1010_splice`` for a coding name at a splice site (``c.3028+1G>T``); None for any other name.

    The residue is that of the last (or next) coding base, as vcf2maf writes it.
    """
    found = re.search(r"c\.(\d+)[+-][12](?!\d)", coding)
    return f"X{(int(found[1]) + 2) // 3}_splice" if found else None
