"""The table of substances: names, brands, structures, ATC and RxNorm ids, flags; and names off a label made comparable.

``drugs.tsv`` and ``drug_mixtures.tsv`` are built by ``python -m sartor.train.facts_drugs``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .tsv import listed, rows

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
    "tablet tablets tab tabs capsule capsules cap caps oral solution suspension injection injectable er xr sr cr la mr "
    "xl ec dr odt retard depot patch cream ointment gel lotion spray nasal inhaler inhalation metered dose dry powder "
    "film coated extended modified delayed prolonged release chewable disintegrating effervescent sublingual buccal "
    "mucosal transdermal topical ophthalmic otic rectal vaginal suppository drops syrup elixir prefilled syringe pen "
    "auto-injector autoinjector cartridge vial ampule pack product daily once twice weekly every at night morning "
    "evening bedtime low-dose baby bid tid qid qd prn po iv im sc as needed "
    "implant injector tabletten tablette filmtabletten filmtablette kapseln kapsel tbl tbl. filmtbl filmtbl. kps kps. "
    "comprime comprimes comprimé comprimés cp cpr gelule gelules gélule gélules compressa compresse comprimido "
    "comprimidos capsula mg mcg ug g ml iu ie u %"
)
_FORMS = frozenset(_FORM_WORDS.split())
_UNIT = r"(?:mg|mcg|µg|ug|g|ml|l|iu|ie|i\.e\.|u|unt|units?|meq|mmol|hr|h|hours?|days?|actuat|%)"
_NUMBER = r"\d+(?:[.,/-]\d+)*"
#: A bare number from 1 to 4 stays: "Tylenol 3" is another product than Tylenol.
_STRENGTH = re.compile(
    rf"(?<!\S)(?:{_NUMBER}\s*{_UNIT}(?:/\s*(?:\d+(?:[.,]\d+)?\s*)?[a-z]+)?|(?![1-4](?:\s|,|$)){_NUMBER})(?=\s|,|$)"
)
_APPLICATION = re.compile(r"(?<!\S)(?:nda|anda|bla)\d+(?=\s)")


@dataclass(frozen=True, slots=True)
class Drug:
    """A substance (INN, lower case) as the table knows it.

    ``smiles`` is standardized where the standard applies, the published structure otherwise, "" for biologics.
    ``names`` are other generic names and salts, ``brands`` trade names, ``rxnorm`` RxCUIs of the ingredient and its
    salts. ``approved`` says by whom, "" where no source of ours does. ``narrow_index`` and ``qt_warning`` hold the
    source of that flag, "" where no source of ours raises it; ``qt_level`` is "boxed warning", "warning" or "".
    """

    substance: str
    smiles: str
    names: tuple[str, ...]
    brands: tuple[str, ...]
    atc: tuple[str, ...]
    rxnorm: tuple[str, ...]
    approved: str
    narrow_index: str
    qt_level: str
    qt_warning: str
    source: str
    version: str


def without_salt(name: str) -> str:
    """A substance name in lower case without salt and hydrate words; all of it where little else is left."""
    words = [w for w in re.split(r"[\s,;]+", re.sub(r"[®™*]", " ", name.lower())) if w]
    core = [w for w in words if w not in SALTS]
    # In "zinc oxide" and "potassium chloride" the salt words are the name.
    return " ".join(words if INORGANIC.issuperset(core) else core).strip(" .-")


def without_strength(name: str) -> str:
    """A name in lower case without strengths, volumes, times and application numbers ("24 hr", "2.5 mg/ml")."""
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name.lower())
    return " ".join(_STRENGTH.sub(" ", _APPLICATION.sub(" ", text)).split())


def normal(name: str) -> str:
    """A name off a label for comparison: lower case, without strengths, forms, salts and punctuation."""
    words = re.split(r"[\s,;]+", without_strength(name))
    return without_salt(" ".join(w for w in words if w not in _FORMS))


@lru_cache(maxsize=1)
def drug_table() -> dict[str, Drug]:
    """Every substance by its name; shared between callers, not to be written into."""
    out = {}
    for r in rows("drugs"):
        out[r["substance"]] = Drug(
            r["substance"], r["smiles"], listed(r["names"]), listed(r["brands"]), listed(r["atc"]),
            listed(r["rxnorm"]), r["approved"], r["narrow_index"], r["qt_level"], r["qt_warning"], r["source"],
            r["version"],
        )  # fmt: skip
    return out


@lru_cache(maxsize=1)
def mixtures() -> dict[str, tuple[str, ...]]:
    """Brand or fixed combination -> its substances."""
    return {r["name"]: listed(r["substances"]) for r in rows("drug_mixtures")}
