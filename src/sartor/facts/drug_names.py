"""From a name as a person writes it to a substance: exact, salt, brand, mixture, ATC, RxNorm, and with care misspelled.

A wrong drug is worse than an unknown one. A misspelling is therefore only *taken* when it is near in letters (optimal
string alignment distance: Boytsov 2011, ACM J Exp Algorithmics 16, 1.1), near in sound, and alone: no other substance
may be within one more edit. Anything else is proposed and not taken. Look-alike pairs (ISMP's list: hydroxyzine and
hydralazine, Celexa and Celebrex) differ by two edits or more and stay apart by the same rule.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .drug_table import SALTS, Drug, drug_table, mixtures, normal, without_strength

How = Literal["exact", "synonym", "brand", "salt", "mixture", "ATC", "RxNorm", "misspelling", ""]

#: Letters a name must have before a misspelling of one edit, or of two, may be taken.
LEAST_ONE, LEAST_TWO = 6, 10
_FURTHEST = 3
_ATC = re.compile(r"^(?:atc\s*[:#]?\s*)?([a-z]\d\d[a-z]{2}\d\d)$")
_RXNORM = re.compile(r"^(?:rx ?norm|rx ?cui)\s*[:#]?\s*(\d+)$")
_SOUNDS = (
    ("ph", "f"),
    ("th", "t"),
    ("ae", "e"),
    ("oe", "e"),
    ("ck", "k"),
    ("y", "i"),
    ("c", "k"),
    ("z", "s"),
    ("w", "v"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A name resolved: the substances it stands for and, where the spelling differed, what it was read as."""

    drugs: tuple[Drug, ...]
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """A known name near an unknown one: the substances it stands for and the edits between the two."""

    name: str
    substances: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Match:
    """What a name was taken for. ``drugs`` is empty and ``how`` "" where it was taken for nothing.

    ``read_as`` is the known name behind it, ``distance`` the edits of a misspelling. ``proposals`` are the nearest
    known names of what was not taken, nearest first.
    """

    drugs: tuple[Drug, ...] = ()
    how: How = ""
    read_as: str = ""
    distance: int = 0
    proposals: tuple[Near, ...] = ()


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[tuple[str, ...], How]]:
    """Name -> substances and the kind of name. A substance's own name beats all; then mixtures, names, brands."""
    index: dict[str, tuple[tuple[str, ...], How]] = {}
    table = drug_table()
    for substance in table:
        index.setdefault(substance, ((substance,), "exact"))
    for substance in table:
        if plain := normal(substance):
            index.setdefault(plain, ((substance,), "exact"))
    for name, parts in mixtures().items():
        index.setdefault(name, (parts, "mixture"))
    for drug in table.values():
        for name in drug.names:
            salt = normal(name) == normal(drug.substance) and not SALTS.isdisjoint(name.split())
            index.setdefault(name, ((drug.substance,), "salt" if salt else "synonym"))
    for drug in table.values():
        for name in drug.brands:
            index.setdefault(name, ((drug.substance,), "brand"))
    return index


@lru_cache(maxsize=1)
def _codes() -> dict[str, tuple[str, How]]:
    """``atc c07ab02`` and ``rxnorm 6918`` -> substance."""
    out: dict[str, tuple[str, How]] = {}
    for drug in drug_table().values():
        for code in drug.atc:
            out.setdefault(f"atc {code.lower()}", (drug.substance, "ATC"))
        for code in drug.rxnorm:
            out.setdefault(f"rxnorm {code}", (drug.substance, "RxNorm"))
    return out


def match(name: str) -> Match:
    """What a name, brand, salt, mixture, ATC code or RxNorm id stands for; proposals where nothing can be taken."""
    exact = " ".join(name.strip().lower().split())
    plain = normal(name)
    sure = _sure(exact, plain)
    if sure is not None:
        return sure
    mixed = _mixture(name)
    if mixed is not None:
        return mixed
    for brand in re.findall(r"\[([^\]]+)\]", exact):
        # RxNorm writes the brand behind the substance: "insulin lispro 100 UNT/ML [Humalog]".
        if (known := _sure(brand, normal(brand))) is not None:
            return known
    if (bare := _without_accents(exact)) != exact:
        return match(bare)
    if exact.isdigit() and by_code("RxNorm", exact).drugs:
        # A bare number may be anything (a line, a package): said, not taken.
        return Match(proposals=(Near(f"RxNorm:{exact}", (by_code("RxNorm", exact).drugs[0].substance,), 0),))
    return _misspelled(plain)


def _without_accents(text: str) -> str:
    """Letters without their accents ("déroxat" is "deroxat")."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def by_code(system: Literal["ATC", "RxNorm"], code: str) -> Match:
    """The substance of a code; an empty match where the table does not hold it (or several substances share it)."""
    found = _codes().get(f"{system.lower()} {code.strip().lower()}")
    return Match() if found is None else Match((drug_table()[found[0]],), found[1], code.strip())


def find(name: str) -> Found | None:
    """What a name stands for, or None where nobody knows; ``read_as`` is set where the spelling was corrected."""
    taken = match(name)
    if not taken.drugs:
        return None
    return Found(taken.drugs, taken.read_as if taken.how == "misspelling" else "")


def _sure(exact: str, plain: str) -> Match | None:
    """A match of the whole name, or None."""
    if code := _ATC.match(exact):
        return by_code("ATC", code[1]) if by_code("ATC", code[1]).drugs else None
    if code := _RXNORM.match(exact):
        return by_code("RxNorm", code[1]) if by_code("RxNorm", code[1]).drugs else None
    for key in dict.fromkeys((exact, plain)):
        if key and key in _index():
            substances, how = _index()[key]
            if how == "exact" and key != exact and not SALTS.isdisjoint(re.split(r"[\s,;]+", exact)):
                how = "salt"
            return Match(tuple(drug_table()[s] for s in substances), how, key)
    return None


def _mixture(name: str) -> Match | None:
    """A name such as "amlodipine/valsartan" or "Diovan HCT": taken only if every part is."""
    text = re.sub(r"\b(?:hctz?)\b", "+ hydrochlorothiazide", without_strength(name))
    parts = [p.strip(" ,-") for p in re.split(r"\s*(?:\+|/|&|;|\band\b|\bplus\b|\bwith\b)\s*", text)]
    parts = [p for p in parts if p]
    if len(parts) < 2:
        # A hyphen joins names of one substance as well: it parts a mixture only where both sides are sure.
        parts = [p for p in text.split("-") if p]
        if len(parts) < 2 or any(_sure(p.strip(), normal(p)) is None for p in parts):
            return None
    known = [_sure(p, normal(p)) or _misspelled(normal(p)) for p in parts]
    if any(not k.drugs for k in known):
        return None
    drugs = tuple(dict.fromkeys(d for k in known for d in k.drugs))
    edits = sum(k.distance for k in known)
    return Match(drugs, "misspelling" if edits else "mixture", " + ".join(k.read_as for k in known), edits)


def _misspelled(plain: str) -> Match:
    """The one substance a misspelled name can stand for, or proposals."""
    near = nearest(plain)
    if not near or near[0].distance > 2 or len(re.sub(r"[^a-z]", "", plain)) < LEAST_ONE:
        return Match(proposals=near[:3])
    best = near[0]
    # "amlodipin" sounds like amlodipine: then only an equally near name stands in the way.
    margin = 0 if _sound(plain) == _sound(best.name) else 1
    alone = all(n.substances == best.substances or n.distance > best.distance + margin for n in near)
    long_enough = best.distance == 1 or len(plain) >= LEAST_TWO
    if not (alone and long_enough and _typo(plain, best.name, best.distance)):
        return Match(proposals=near[:3])
    drugs = tuple(drug_table()[s] for s in best.substances)
    return Match(drugs, "misspelling", best.name, best.distance)


def _typo(written: str, known: str, edits: int) -> bool:
    """True where the difference is a slip of hand or ear, not another name of the same family.

    International names of one family share their ends and differ in front (canagliflozin, henagliflozin), and digits
    tell products apart. So the first two letters and all digits must agree, and two edits must sound like one at most.
    """
    if re.sub(r"\D", "", written) != re.sub(r"\D", "", known) or _sound(written)[:2] != _sound(known)[:2]:
        return False
    return edits == 1 or distance(_sound(written), _sound(known)) <= 1


def _sound(name: str) -> str:
    """A name with letters that are confused by ear made one, doubled letters single, a last "e" dropped."""
    for old, new in _SOUNDS:
        name = name.replace(old, new)
    return re.sub(r"(.)\1", r"\1", name).removesuffix("e")


@lru_cache(maxsize=1)
def _by_length() -> dict[int, tuple[tuple[str, ...], NDArray[np.uint32]]]:
    """Names by length with their letters ``(n, length)``, so that a misspelling meets names of about its own length."""
    out: dict[int, list[str]] = {}
    for name in _index():
        out.setdefault(len(name), []).append(name)
    return {
        size: (tuple(names), np.array([[ord(c) for c in n] for n in names], dtype=np.uint32).reshape(len(names), size))
        for size, names in out.items()
        if size
    }


def nearest(plain: str) -> tuple[Near, ...]:
    """Known names within three edits of a name, nearest first, the nearest name of each substance only."""
    limit = min(_FURTHEST, max(1, len(plain) // 3))
    found: dict[tuple[str, ...], Near] = {}
    for size in range(max(1, len(plain) - limit), len(plain) + limit + 1):
        if size not in _by_length():
            continue
        names, letters = _by_length()[size]
        edits = distances(plain, letters)
        for at in np.flatnonzero(edits <= limit):
            substances = _index()[names[at]][0]
            if substances not in found or edits[at] < found[substances].distance:
                found[substances] = Near(names[at], substances, int(edits[at]))
    return tuple(sorted(found.values(), key=lambda n: (n.distance, n.name)))


def distances(written: str, letters: NDArray[np.uint32]) -> NDArray[np.int16]:
    """Edits ``(n,)`` between a name and names of one length, given as letter codes ``(n, length)``.

    An edit changes, adds or leaves out a letter, or swaps two neighbours (optimal string alignment).
    """
    code = [ord(c) for c in written]
    n, size = letters.shape
    before = last = np.broadcast_to(np.arange(size + 1, dtype=np.int16)[:, None], (size + 1, n))
    for i, x in enumerate(code):
        row = np.empty((size + 1, n), dtype=np.int16)
        row[0] = i + 1
        same = letters.T == x
        base = np.minimum(last[1:] + 1, last[:-1] + ~same)
        if i:
            swapped = same[:-1] & (letters.T[1:] == code[i - 1])
            base[1:] = np.where(swapped, np.minimum(base[1:], before[:-2] + 1), base[1:])
        for j in range(size):
            np.minimum(base[j], row[j] + 1, out=row[j + 1])
        before, last = last, row
    return last[-1]


def distance(a: str, b: str) -> int:
    """Edits between two names (see ``distances``)."""
    if not b:
        return len(a)
    return int(distances(a, np.array([[ord(c) for c in b]], dtype=np.uint32))[0])
