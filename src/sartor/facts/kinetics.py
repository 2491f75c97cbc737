"""Literature inputs of the static interaction model: what clears a victim, what a perpetrator reaches and does.

One table, ``drug_kinetics.tsv`` (built by ``python -m sartor.train.facts_kinetics``), long form. A drug that is not in
it is unknown to the model, never "without interactions".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from sartor.core import Evidence, Interval

from .drugs import lookup
from .tsv import rows


@dataclass(frozen=True, slots=True)
class Victim:
    """How a drug is cleared: shares as Interval, by enzyme or transporter.

    ``hepatic`` shares of hepatic metabolic (and biliary) clearance, ``uptake`` shares of hepatic uptake where uptake
    limits clearance, ``renal`` shares of renal clearance that a transporter secretes, ``gut`` availability past what an
    enzyme or efflux pump of the gut wall takes; ``renal_fraction`` of systemic clearance; ``extraction`` hepatic;
    ``half_life_h``. ``derived_from`` names the studies that a share rests on.
    """

    name: str
    hepatic: dict[str, Interval]
    uptake: dict[str, Interval]
    renal: dict[str, Interval]
    gut: dict[str, Interval]
    renal_fraction: float
    extraction: float
    half_life_h: float
    derived_from: tuple[str, ...]
    evidence: Evidence

    @property
    def pathways(self) -> tuple[str, ...]:
        """Every enzyme and transporter that moves this drug's exposure."""
        return tuple(dict.fromkeys((*self.hepatic, *self.uptake, *self.renal, *self.gut)))


@dataclass(frozen=True, slots=True)
class Effect:
    """What one species does to one enzyme or transporter; potencies in uM unbound, None where it does not act so."""

    ki_um: Interval | None = None
    inact_um: Interval | None = None
    kinact_per_h: float | None = None
    emax: float | None = None
    ec50_um: Interval | None = None
    emax_gut: float | None = None
    gut_left: float | None = None


@dataclass(frozen=True, slots=True)
class Species:
    """A drug or a metabolite that acts: amounts at a reference regimen of the parent, and its effects by enzyme."""

    name: str
    metabolite: bool
    molar_mass_g: float
    unbound: float
    dose_mg: float
    interval_h: float
    steady_state: bool
    cmax_mg_per_l: float
    half_life_h: float
    absorption_per_h: float
    absorbed: float
    dose_power: float
    effects: dict[str, Effect]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Perpetrator:
    """A drug that inhibits or induces, with its acting metabolites; the first species is the drug itself."""

    name: str
    species: tuple[Species, ...]
    derived_from: tuple[str, ...] = field(default=())

    @property
    def targets(self) -> tuple[str, ...]:
        """Every enzyme and transporter that it is known to move."""
        return tuple(dict.fromkeys(e for s in self.species for e in s.effects))


@lru_cache(maxsize=1)
def _grouped() -> dict[tuple[str, str, str], list[dict[str, str]]]:
    out: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for r in rows("drug_kinetics"):
        out.setdefault((r["side"], r["substance"], r["species"]), []).append(r)
    return out


def _evidence(r: dict[str, str], claim: str) -> Evidence:
    doubt = "" if r["basis"] == "read" else " (from memory of the literature, to be checked)"
    return Evidence(claim, "measured" if r["basis"] == "read" else "assumed", r["source"] + doubt, version=r["version"])


def _interval(r: dict[str, str]) -> Interval:
    return Interval(float(r["low"]), float(r["value"]), float(r["high"]))


@lru_cache(maxsize=1)
def victims() -> dict[str, Victim]:
    """Every victim by its name in the table."""
    out = {}
    for (side, name, _), group in _grouped().items():
        if side != "victim":
            continue
        share: dict[str, dict[str, Interval]] = {k: {} for k in ("fm", "uptake", "renal", "gut")}
        plain: dict[str, float] = {}
        for r in group:
            if r["parameter"] == "gut" and float(r["value"]) >= 1.0:
                continue  # nothing is lost in the gut wall: no pathway there
            if r["parameter"] in share:
                share[r["parameter"]][r["target"]] = _interval(r)
            else:
                plain[r["parameter"]] = float(r["value"])
        told = ", ".join(f"{e} {i.value:g}" for e, i in share["fm"].items()) or "transporters"
        out[name] = Victim(name, share["fm"], share["uptake"], share["renal"], share["gut"], plain["fe"], plain["eh"],
                           plain["t"], _derived(group),
                           _evidence(group[0], f"clearance of {name}: {told}"))  # fmt: skip
    return out


@lru_cache(maxsize=1)
def perpetrators() -> dict[str, Perpetrator]:
    """Every perpetrator by its name in the table."""
    made: dict[str, list[Species]] = {}
    derived: dict[str, tuple[str, ...]] = {}
    for (side, name, species), group in _grouped().items():
        if side == "perpetrator":
            made.setdefault(name, []).append(_species(name, species, group))
            derived[name] = derived.get(name, ()) + _derived(group)
    return {name: Perpetrator(name, tuple(found), derived[name]) for name, found in made.items()}


def _derived(group: list[dict[str, str]]) -> tuple[str, ...]:
    return tuple(x for x in group[0]["derived_from"].split("+") if x)


def _species(name: str, species: str, group: list[dict[str, str]]) -> Species:
    p = {r["parameter"]: r["value"] for r in group if not r["target"]}
    by: dict[str, dict[str, dict[str, str]]] = {}
    for r in group:
        if r["target"]:
            by.setdefault(r["target"], {})[r["parameter"]] = r
    effects = {e: _effect(found) for e, found in by.items()}
    label = species or name
    return Species(
        label, bool(species), float(p["mw"]), float(p["fu"]), float(p["dose"]), float(p["tau"]), p["state"] == "ss",
        float(p["cmax"]), float(p["t"]), float(p["ka"]), float(p["fa"]), float(p.get("power", "1")), effects,
        _evidence(group[0], f"{label}: amounts and potency at {', '.join(effects)}"),
    )  # fmt: skip


def _effect(found: dict[str, dict[str, str]]) -> Effect:
    def number(key: str) -> float | None:
        return float(found[key]["value"]) if key in found else None

    def span(key: str) -> Interval | None:
        return _interval(found[key]) if key in found else None

    return Effect(span("ki"), span("KI"), number("kinact"), number("emax"), span("ec50"), number("emaxgut"),
                  number("gutleft"))  # fmt: skip


@lru_cache(maxsize=1)
def _system() -> dict[tuple[str, str], float]:
    return {(r["target"], r["parameter"]): float(r["value"]) for r in _grouped()["system", "(system)", ""]}


def kdeg_per_h(enzyme: str, gut: bool = False) -> float:
    """Turnover of an enzyme in liver or gut wall; transporters and enzymes without a value follow CYP3A4."""
    key = "kdeggut" if gut else "kdeg"
    return _system().get((enzyme, key), _system()["any", key])


def flow_l_per_h(organ: str) -> float:
    """Blood flow of "liver" (97) or enterocytes ("gut", 18)."""
    return _system()[organ, "flow"]


#: Words in which studies and labels name a drug of the table.
_ALIASES = {
    "rifampin": "rifampicin", "ciclosporin": "cyclosporine", "ciclosporin a": "cyclosporine",
    "glyburide": "glibenclamide",
    "dabigatran etexilate": "dabigatran", "dabigatran total": "dabigatran", "total dabigatran": "dabigatran",
    "warfarin": "s-warfarin", "metoprolol racemate": "metoprolol", "clomiphene": "(e)-clomiphene",
    "enclomiphene": "(e)-clomiphene", "saint john's wort": "st john's wort", "hypericum": "st john's wort",
    "st. john's wort": "st john's wort", "rac-verapamil": "verapamil", "torsemide": "torasemide",
    "ethinyl estradiol": "ethinylestradiol", "mephenytoin": "s-mephenytoin", "salbutamol": "albuterol",
    "valproate": "valproic acid", "mefenamate": "mefenamic acid", "e-clomiphene": "(e)-clomiphene",
    "acetylsalicylic acid": "aspirin",
}  # fmt: skip


def known_name(name: str, side: str) -> str:
    """The table's name of a drug (any case, salt, brand, alias) as "victim" or "perpetrator"; "" where unknown."""
    table = victims() if side == "victim" else perpetrators()
    text = name.strip().lower().replace("’", "'")
    inner = text[text.find("(") + 1 : text.rfind(")")] if text.endswith(")") and "(" in text else ""
    for candidate in (text, text.split(" (")[0], inner):
        candidate = _ALIASES.get(candidate, candidate)
        if candidate in table:
            return candidate
    return _by_substance(side).get(_substance(text), "")


@lru_cache(maxsize=4096)
def _substance(text: str) -> str:
    drug = lookup(text)
    return drug.substance if drug else ""


@lru_cache(maxsize=2)
def _by_substance(side: str) -> dict[str, str]:
    table = victims() if side == "victim" else perpetrators()
    out: dict[str, str] = {}
    for name in table:
        drug = lookup(name)
        if drug is not None:
            out.setdefault(drug.substance, name)
    return out
