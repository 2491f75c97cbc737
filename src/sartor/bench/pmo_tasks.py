"""The benchmark tasks by name: the twenty PMO tasks that need RDKit alone, and the twenty of GuacaMol.

Definitions: see sartor.bench.pmo_measures. The three PMO tasks with a trained classifier are in
sartor.bench.pmo_classifiers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from rdkit import Chem
from rdkit.Chem import QED

from sartor.core import OrderError

from .pmo_measures import (
    Goal,
    arithmetic,
    aromatic_rings,
    as_it_is,
    at_least,
    at_most,
    bertz,
    clipped,
    fluorines,
    gaussian,
    has,
    isomer,
    logp,
    molecule,
    rings,
    similarity,
    tpsa,
)

Oracle = Callable[[Chem.Mol], float]

ALBUTEROL = "CC(C)(C)NCC(O)c1ccc(O)c(CO)c1"
AMLODIPINE = "CCOC(=O)C1=C(COCCN)NC(C)=C(C(=O)OC)C1c1ccccc1Cl"
ARIPIPRAZOLE = "O=C1CCc2ccc(OCCCCN3CCN(c4cccc(Cl)c4Cl)CC3)cc2N1"
CAMPHOR = "CC1(C)C2CCC1(C)C(=O)C2"
CELECOXIB = "Cc1ccc(-c2cc(C(F)(F)F)nn2-c2ccc(S(N)(=O)=O)cc2)cc1"
FEXOFENADINE = "CC(C)(C(=O)O)c1ccc(C(O)CCCN2CCC(C(O)(c3ccccc3)c3ccccc3)CC2)cc1"
MENTHOL = "CC(C)C1CCC(C)CC1O"
MESTRANOL = "COc1ccc2[C@H]3CC[C@@]4(C)[C@@H](CC[C@@]4(O)C#C)[C@@H]3CCc2c1"
OSIMERTINIB = "C=CC(=O)Nc1cc(Nc2nccc(-c3cn(C)c4ccccc34)n2)c(OC)cc1N(C)CCN(C)C"
PERINDOPRIL = "CCCC(NC(C)C(=O)N1C(C(=O)O)CC2CCCCC21)C(=O)OCC"
RANOLAZINE = "COc1ccccc1OCC(O)CN1CCN(CC(=O)Nc2c(C)cccc2C)CC1"
SILDENAFIL = "CCCc1nn(C)c2c(=O)[nH]c(-c3cc(S(=O)(=O)N4CCN(C)CC4)ccc3OCC)nc12"
SITAGLIPTIN = "NC(CC(=O)N1CCn2c(nnc2C(F)(F)F)C1)Cc1cc(F)c(F)cc1F"
TADALAFIL = "CN1CC(=O)N2C(c3ccc4c(c3)OCO4)c3[nH]c4ccccc4c3CC2C1=O"
THIOTHIXENE = "CN1CCN(CCC=C2c3ccccc3Sc3ccc(S(=O)(=O)N(C)C)cc32)CC1"
TROGLITAZONE = "Cc1c(C)c2c(c(C)c1O)CCC(C)(COc1ccc(CC3SC(=O)NC3=O)cc1)O2"
ZALEPLON = "CCN(C(C)=O)c1cccc(-c2ccnc3c(C#N)cnn23)c1"
HOPPED = "CCCOc1cc2ncnc(Nc3ccc4ncsc4c3)c2cc1S(=O)(=O)C(C)(C)C"

_QUINAZOLINE = "[#7]-c1n[c;h1]nc2[c;h1]c(-[#8])[c;h0][c;h1]c12"
_BENZOTHIAZOLE = "[#7]-c1ccc2ncsc2c1"
_LONG_DECORATION = "[#6]-[#6]-[#6]-[#8]-[#6]~[#6]~[#6]~[#6]~[#6]-" + _BENZOTHIAZOLE


def _like(target: str, kind: str, enough: float = 1.0) -> Goal:
    return Goal(((similarity(target, kind), clipped(enough)),))


def _between(first: str, second: str, kind: str) -> Goal:
    return Goal(tuple((similarity(target, kind), as_it_is) for target in (first, second)))


def _osimertinib() -> Goal:
    return Goal(
        (
            (similarity(OSIMERTINIB, "FCFP4"), clipped(0.8)),
            (similarity(OSIMERTINIB, "ECFP6"), at_most(0.85, 0.1)),
            (tpsa, at_least(100, 10)),
            (logp, at_most(1, 1)),
        )
    )


def _fexofenadine() -> Goal:
    return Goal(((similarity(FEXOFENADINE, "AP"), clipped(0.8)), (tpsa, at_least(90, 10)), (logp, at_most(4, 1))))


def _ranolazine() -> Goal:
    near = (similarity(RANOLAZINE, "AP"), clipped(0.7))
    return Goal((near, (logp, at_least(7, 1)), (tpsa, at_least(95, 20)), (fluorines, gaussian(1, 1))))


def _sitagliptin() -> Goal:
    own = molecule(SITAGLIPTIN)
    return Goal(
        (
            (similarity(SITAGLIPTIN, "ECFP4"), gaussian(0, 0.1)),
            (logp, gaussian(logp(own), 0.2)),
            (tpsa, gaussian(tpsa(own), 5)),
            (isomer("C16H15F6N5O"), as_it_is),
        )
    )


def _valsartan() -> Goal:
    """A part of valsartan with the properties of sitagliptin."""
    own = molecule(SITAGLIPTIN)
    return Goal(
        (
            (has("CN(C=O)Cc1ccc(c2ccccc2)cc1"), as_it_is),
            (logp, gaussian(logp(own), 0.2)),
            (tpsa, gaussian(tpsa(own), 5)),
            (bertz, gaussian(bertz(own), 30)),
        )
    )


def _deco_hop() -> Goal:
    """The same scaffold, other decorations."""
    return Goal(
        (
            (similarity(HOPPED, "PHCO"), clipped(0.85)),
            (has("CS([#6])(=O)=O", wanted=False), as_it_is),
            (has(_BENZOTHIAZOLE, wanted=False), as_it_is),
            (has(_QUINAZOLINE), as_it_is),
        ),
        arithmetic,
    )


def _scaffold_hop() -> Goal:
    """The same decoration, another scaffold."""
    return Goal(
        (
            (similarity(HOPPED, "PHCO"), clipped(0.75)),
            (has(_LONG_DECORATION), as_it_is),
            (has(_QUINAZOLINE, wanted=False), as_it_is),
        ),
        arithmetic,
    )


def _with(target: str, measure: Callable[[Chem.Mol], float], shape: Callable[[float], float]) -> Goal:
    return Goal(((similarity(target, "ECFP4"), as_it_is), (measure, shape)))


def _isomer(formula: str) -> Goal:
    return Goal(((isomer(formula), as_it_is),))


_MAKERS: dict[str, Callable[[], Oracle]] = {
    "albuterol_similarity": lambda: _like(ALBUTEROL, "FCFP4", 0.75),
    "amlodipine_mpo": lambda: _with(AMLODIPINE, rings, gaussian(3, 0.5)),
    "aripiprazole_similarity": lambda: _like(ARIPIPRAZOLE, "FCFP4", 0.75),
    "celecoxib_rediscovery": lambda: _like(CELECOXIB, "ECFP4"),
    "deco_hop": _deco_hop,
    "fexofenadine_mpo": _fexofenadine,
    "isomers_c11h24": lambda: _isomer("C11H24"),
    "isomers_c7h8n2o2": lambda: _isomer("C7H8N2O2"),
    "isomers_c9h10n2o2pf2cl": lambda: _isomer("C9H10N2O2PF2Cl"),
    "median1": lambda: _between(CAMPHOR, MENTHOL, "ECFP4"),
    "median2": lambda: _between(TADALAFIL, SILDENAFIL, "ECFP6"),
    "mestranol_similarity": lambda: _like(MESTRANOL, "AP", 0.75),
    "osimertinib_mpo": _osimertinib,
    "perindopril_mpo": lambda: _with(PERINDOPRIL, aromatic_rings, gaussian(2, 0.5)),
    "qed": lambda: QED.qed,
    "ranolazine_mpo": _ranolazine,
    "scaffold_hop": _scaffold_hop,
    "sitagliptin_mpo": _sitagliptin,
    "thiothixene_rediscovery": lambda: _like(THIOTHIXENE, "ECFP4"),
    "troglitazone_rediscovery": lambda: _like(TROGLITAZONE, "ECFP4"),
    "valsartan_smarts": _valsartan,
    "zaleplon_mpo": lambda: _with(ZALEPLON, isomer("C19H17N3O2"), as_it_is),
}
_GUACAMOL_ONLY = frozenset({"aripiprazole_similarity", "isomers_c11h24"})
_PMO_ONLY = frozenset({"isomers_c7h8n2o2", "qed"})

CLASSIFIERS = ("drd2", "gsk3b", "jnk3")
PMO = tuple(name for name in _MAKERS if name not in _GUACAMOL_ONLY)
GUACAMOL = tuple(name for name in _MAKERS if name not in _PMO_ONLY)


@lru_cache(maxsize=64)
def oracle(name: str) -> Oracle:
    """The objective of this name, for one molecule at a time, 0..1. OrderError for a name that is none."""
    if name in CLASSIFIERS:
        from .pmo_classifiers import classifier

        return classifier(name)
    if name not in _MAKERS:
        raise OrderError(f"no task {name!r}; there are {', '.join(sorted((*_MAKERS, *CLASSIFIERS)))}")
    return _MAKERS[name]()
