"""Other people's ways to write a molecule, read into SMILES: SELFIES and SAFE beside SMILES itself.

SELFIES (Krenn et al., Mach. Learn.: Sci. Technol. 2020, 1, 045024) is a row of symbols in square brackets. SAFE
(Noutahi et al., Digital Discovery 2024, 3, 796) is SMILES whose fragments are set apart by dots and joined by
ring-closure digits.
"""

from __future__ import annotations

import re
from types import ModuleType

from sartor.core import OrderError

from .parse import parse

NOTATIONS = ("auto", "smiles", "selfies", "safe")
NOT_SELFIES = "not a valid SELFIES"

_ATOM = r"\[[=#/\\]?\d*[A-Z][a-z]?@{0,2}(?:H\d)?(?:[+-][1-9]\d*)?\]"
_SYMBOLS = re.compile(r"(?:\[[^\[\]\s]+\]|\.)+")
_SELFIES_ONLY = re.compile(r"\[(?:[^\[\]]*(?:Branch|Ring)\d[^\[\]]*|[=#/\\]\d*[A-Z][^\[\]]*|nop)\]")
_ATOMS = re.compile(rf"(?:{_ATOM}|\.)+")
_BARE = re.compile(r"\[(?:B|C|N|O|P|S|F|Cl|Br|I)\]")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_CLOSURE = re.compile(r"%\d\d|%\(\d+\)|\d")


def recognize_notation(text: str) -> str:
    """``smiles``, ``selfies`` or ``safe``: the notation this text is written in.

    SELFIES is a text of bracketed symbols alone, where some symbol is no SMILES atom (a branch, a ring, a bond inside
    the bracket) or at least two are bare atoms such as ``[C]`` (as SMILES those would be atoms without hydrogens).
    SAFE has a dot and a fragment whose ring-closure digits are closed in another. Everything else is SMILES.
    """
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and _SYMBOLS.fullmatch(text):
        if _SELFIES_ONLY.search(text) or (_ATOMS.fullmatch(text) and len(_BARE.findall(text)) > 1):
            return "selfies"
    elif "." in text and any(_open_closures(part) for part in text.split(".")):
        return "safe"
    return "smiles"


def read_notation(text: str, notation: str = "auto") -> tuple[str, str]:
    """``(SMILES, "")``, or ``("", reason)``: "empty" or "not a valid SELFIES". ``notation`` is one of ``NOTATIONS``.

    SMILES and SAFE are handed on as they came (RDKit reads a SAFE text as it stands): whether they are a molecule
    is found where they are parsed. SELFIES are read with the package's default bonding constraints. OrderError where
    a SELFIES is met and the package is not installed.
    """
    if notation not in NOTATIONS:
        raise ValueError(f"notation {notation!r} is not one of {', '.join(NOTATIONS)}")
    text = text.strip()
    if not text:
        return "", "empty"
    if notation == "selfies" or (notation == "auto" and recognize_notation(text) == "selfies"):
        return _from_selfies(text)
    return text, ""


def write_selfies(smiles: str) -> str:
    """The SELFIES of a molecule. ValueError where the text is no molecule or SELFIES cannot say it.

    SELFIES' default bonding constraints refuse, for one, chlorine with more than one bond (perchlorates).
    """
    if parse(smiles) is None:
        raise ValueError(f"{smiles!r} is not a valid SMILES")
    package = _selfies()
    try:
        return str(package.encoder(smiles.strip()))
    except package.EncoderError as error:
        raise ValueError(f"{smiles!r} cannot be written as SELFIES: {' '.join(str(error).split())}") from None


def _from_selfies(text: str) -> tuple[str, str]:
    if not _SYMBOLS.fullmatch(text):
        return "", NOT_SELFIES
    package = _selfies()
    try:
        smiles = package.decoder(text)
    except Exception:  # DecoderError, and bare KeyError or AssertionError on symbols in impossible places
        return "", NOT_SELFIES
    return (smiles, "") if smiles else ("", NOT_SELFIES)


def _selfies() -> ModuleType:
    try:
        import selfies
    except ImportError:
        raise OrderError(
            "reading or writing SELFIES needs the package selfies, which is not installed: "
            "pip install 'sartor[notations]'"
        ) from None
    return selfies


def _open_closures(fragment: str) -> bool:
    """True where a ring-closure label of this fragment is still open at its end."""
    open_labels: set[str] = set()
    for label in _CLOSURE.findall(_BRACKETS.sub("", fragment)):
        open_labels ^= {label.strip("%()")}
    return bool(open_labels)
