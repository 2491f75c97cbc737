"""Medicines by name: substance, structure, and what each does to enzymes and transporters.

Tables (built by ``python -m sartor.train.facts_drugs``): ``drugs.tsv`` (substances, names, structures, ATC, narrow
therapeutic index, QT warning), ``drug_roles.tsv`` (substrate, inhibitor, inducer rows, each with source and
version) and ``drug_mixtures.tsv`` (brands that hold several substances). Absence of a role is "not known", never
"has none".
"""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sartor.core import Evidence

from .tsv import listed, rows

RoleKind = Literal["substrate", "inhibitor", "inducer"]
Strength = Literal["sensitive", "strong", "moderate", "weak", ""]

#: Words of a label that are not the substance: salts, hydrates, forms and units.
SALT_WORDS = (
    "acetate adipate besilate besylate bitartrate bromide calcium camsylate chloride citrate decanoate "
    "dihydrate dihydrochloride dimesylate diphosphate disodium edisylate enanthate esylate etabonate fumarate "
    "gluconate hcl hemifumarate hemihydrate hydrate hydrobromide hydrochloride hyclate lactate lauroxil magnesium "
    "malate maleate meglumine mesilate mesylate monohydrate monohydrochloride napsylate nitrate oxalate palmitate "
    "pamoate phosphate potassium propionate saccharate sesquihydrate sodium stearate succinate sulfate sulphate "
    "tartrate tosilate tosylate trihydrate tromethamine valerate xinafoate zinc"
)
SALTS = frozenset(SALT_WORDS.split())
INORGANIC = frozenset(
    (
        "oxide",
        "hydroxide",
        "carbonate",
        "bicarbonate",
        "iodide",
        "fluoride",
        "nitrite",
        "dibasic",
        "monobasic",
        "peroxide",
    )
)
_FORM_WORDS = (
    "tablet tablets tab tabs capsule capsules cap caps oral solution suspension injection er xr sr cr la mr xl ec "
    "retard depot patch cream film coated extended modified prolonged release daily once bid tid qd mg mcg ug g ml "
    "iu %"
)
_FORMS = frozenset(_FORM_WORDS.split())


@dataclass(frozen=True, slots=True)
class Role:
    """One drug at one enzyme or transporter.

    ``strength`` of a substrate is "sensitive" or "moderate" (AUC at least 5-fold, or 2- to 5-fold, with a strong
    inhibitor); of an inhibitor "strong" (5-fold or more), "moderate" (2 to 5), "weak" (1.25 to 2); of an inducer
    "strong" (AUC down by 80 % or more), "moderate" (50 to 80 %), "weak" (20 to 50 %); "" where the source grades
    nothing (FDA's definitions). ``fm`` is the fraction of the drug's clearance by this route, NaN where no source
    gives one.
    """

    substance: str
    enzyme: str
    role: RoleKind
    strength: Strength
    fm: float
    source: str
    version: str

    @property
    def evidence(self) -> Evidence:
        """The row as a citable claim."""
        graded = f"{self.strength} " if self.strength else ""
        part = "" if math.isnan(self.fm) else f" (fraction of clearance {self.fm:.2f})"
        claim = f"{self.substance} is a {graded}{self.role} of {self.enzyme}{part}"
        return Evidence(
            claim, "guideline" if self.source.startswith("FDA") else "measured", self.source, version=self.version
        )


@dataclass(frozen=True, slots=True)
class Drug:
    """A substance (INN, lower case) as the table knows it.

    ``smiles`` is standardized where the standard applies, the published structure otherwise, "" for biologics.
    ``narrow_index`` and ``qt_warning`` hold the source of that flag, "" where no source of ours raises it;
    ``qt_level`` is "boxed warning", "warning" or "".
    """

    substance: str
    smiles: str
    names: tuple[str, ...]
    atc: tuple[str, ...]
    narrow_index: str
    qt_level: str
    qt_warning: str
    source: str
    version: str


@dataclass(frozen=True, slots=True)
class Found:
    """A name resolved: the substances it stands for and, where the spelling differed, what it was read as."""

    drugs: tuple[Drug, ...]
    read_as: str = ""


def without_salt(name: str) -> str:
    """A substance name in lower case without salt and hydrate words; all of it where little else is left."""
    words = [w for w in re.split(r"[\s,;]+", re.sub(r"[®™*]", " ", name.lower())) if w]
    core = [w for w in words if w not in SALTS]
    # In "zinc oxide" and "potassium chloride" the salt words are the name.
    return " ".join(words if INORGANIC.issuperset(core) else core).strip(" .-")


def normal(name: str) -> str:
    """A name off a label for comparison: lower case, without strengths, forms, salts and punctuation."""
    text = re.sub(r"\([^)]*\)", " ", name.lower())
    text = re.sub(r"(?<=\s)\d+([.,]\d+)?\s*(mg|mcg|µg|ug|g|ml|iu|%)?(/\w+)?(?=\s|$)", " ", text)
    return without_salt(" ".join(w for w in re.split(r"[\s,;]+", text) if w not in _FORMS))


@lru_cache(maxsize=1)
def _drugs() -> dict[str, Drug]:
    out = {}
    for r in rows("drugs"):
        out[r["substance"]] = Drug(
            r["substance"], r["smiles"], listed(r["names"]), listed(r["atc"]), r["narrow_index"], r["qt_level"],
            r["qt_warning"], r["source"], r["version"],
        )  # fmt: skip
    return out


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[str, ...]]:
    """Normal name -> substances. The substance's own name beats every brand; then mixtures; then brands and ATC."""
    index: dict[str, tuple[str, ...]] = {}
    for substance in _drugs():
        index.setdefault(substance, (substance,))
        index.setdefault(normal(substance), (substance,))
    for r in rows("drug_mixtures"):
        index.setdefault(r["name"], listed(r["substances"]))
    for drug in _drugs().values():
        for name in drug.names:
            index.setdefault(name, (drug.substance,))
        for code in drug.atc:
            index.setdefault(code.lower(), (drug.substance,))
    return index


@lru_cache(maxsize=1)
def _by_length() -> dict[int, tuple[str, ...]]:
    """Names by length, so that a misspelling is compared only with names of about its own length."""
    out: dict[int, list[str]] = {}
    for name in _index():
        out.setdefault(len(name), []).append(name)
    return {k: tuple(v) for k, v in out.items()}


def find(name: str) -> Found | None:
    """What a name stands for: exactly, then without salt and form, then as a misspelling; None where nobody knows.

    A misspelling is accepted from six letters and difflib ratio 0.9 upward, and only when the best match is
    unique; ``read_as`` then holds the name it was taken for, which the caller must report.
    """
    exact = name.strip().lower()
    plain = normal(name)
    for key in (exact, plain):
        if key and key in _index():
            return Found(tuple(_drugs()[s] for s in _index()[key]))
    if len(plain) < 6:
        return None
    near = [n for size in range(len(plain) - 2, len(plain) + 3) for n in _by_length().get(size, ())]
    best = difflib.get_close_matches(plain, near, n=3, cutoff=0.9)
    if not best:
        return None
    meant = {_index()[b] for b in best if _ratio(plain, b) >= _ratio(plain, best[0]) - 1e-9}
    if len(meant) > 1:
        return None
    return Found(tuple(_drugs()[s] for s in _index()[best[0]]), read_as=best[0])


def _ratio(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, b, a).ratio()


def lookup(name: str) -> Drug | None:
    """The one substance a name stands for (any case, salt, brand, ATC code, slight misspelling).

    None where nobody knows the name or it stands for a mixture; ``find`` tells the difference.
    """
    found = find(name)
    return found.drugs[0] if found is not None and len(found.drugs) == 1 else None


@lru_cache(maxsize=1)
def _roles() -> dict[str, tuple[Role, ...]]:
    out: dict[str, list[Role]] = {}
    for r in rows("drug_roles"):
        fm = float(r["fm"]) if r["fm"] else math.nan
        kind: RoleKind = r["role"]  # type: ignore[assignment]
        strength: Strength = r["strength"]  # type: ignore[assignment]
        role = Role(r["substance"], r["enzyme"], kind, strength, fm, r["source"], r["version"])
        out.setdefault(role.substance, []).append(role)
    return {k: tuple(v) for k, v in out.items()}


def roles(substance: str) -> tuple[Role, ...]:
    """Every known role of a substance (its INN, or any name ``lookup`` accepts); () where none is known."""
    if substance in _roles():
        return _roles()[substance]
    drug = lookup(substance)
    return _roles().get(drug.substance, ()) if drug else ()


def actors(enzyme: str, role: RoleKind) -> tuple[Role, ...]:
    """Every drug with this role at this enzyme or transporter, by substance."""
    return tuple(r for s in sorted(_roles()) for r in _roles()[s] if r.enzyme == enzyme and r.role == role)


def enzymes() -> tuple[str, ...]:
    """The enzymes and transporters the role table speaks of, sorted."""
    return tuple(sorted({r.enzyme for rs in _roles().values() for r in rs}))


def smiles_of(substance: str) -> str:
    """The structure of a substance, "" where it is unknown or a biologic."""
    drug = _drugs().get(substance) or lookup(substance)
    return drug.smiles if drug else ""


def narrow_index(substance: str) -> Evidence | None:
    """Evidence that the substance has a narrow therapeutic index; None where no source of ours says so."""
    drug = _drugs().get(substance) or lookup(substance)
    if drug is None or not drug.narrow_index:
        return None
    return Evidence(f"{drug.substance} has a narrow therapeutic index", "guideline", drug.narrow_index, version=CURATED)


def qt_risk(substance: str) -> Evidence | None:
    """Evidence that the substance prolongs the QT interval; None where no source of ours says so."""
    drug = _drugs().get(substance) or lookup(substance)
    if drug is None or not drug.qt_level:
        return None
    claim = f"{drug.substance}: {drug.qt_level} about QT prolongation"
    return Evidence(claim, "guideline", drug.qt_warning, version=CURATED)


def known_drugs() -> tuple[tuple[str, str], ...]:
    """``(substance, SMILES)`` of every drug with a structure: what may never be listed as novel."""
    return tuple((d.substance, d.smiles) for d in _drugs().values() if d.smiles)


#: What "version" means for the flags compiled by us from labels.
CURATED = "compiled 2026-11; labels change, read the current one"
