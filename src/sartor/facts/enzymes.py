"""How much of an enzyme's normal activity is left: by phenotype, by medicine, by liver and kidney.

One table, ``enzyme_activity.tsv`` (built by ``python -m sartor.train.facts_enzymes``). Every answer is an interval
relative to a normal metabolizer with healthy organs (1.0) and the evidence it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sartor.core import Evidence, Interval

from .tsv import rows

#: Enzymes whose activity in a person this table can state from genes, medicines or organs.
ENZYMES = ("CYP1A2", "CYP2C9", "CYP2C19", "CYP2D6", "CYP3A4")

#: Genes that set the activity of each enzyme; CYP3A5 adds to the CYP3A pool that CYP3A4 stands for.
GENES_OF = {
    "CYP1A2": (),
    "CYP2C9": ("CYP2C9",),
    "CYP2C19": ("CYP2C19",),
    "CYP2D6": ("CYP2D6",),
    "CYP3A4": ("CYP3A4", "CYP3A5"),
}

#: What reports write for a phenotype, and the table's words.
SHORT_PHENOTYPES = {
    "pm": "poor metabolizer",
    "im": "intermediate metabolizer",
    "nm": "normal metabolizer",
    "em": "normal metabolizer",
    "extensive metabolizer": "normal metabolizer",
    "rm": "rapid metabolizer",
    "um": "ultrarapid metabolizer",
}


@dataclass(frozen=True, slots=True)
class Activity:
    """A share of normal activity and where it comes from."""

    interval: Interval
    evidence: Evidence


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str, str], Activity]:
    out = {}
    for r in rows("enzyme_activity"):
        interval = Interval(float(r["low"]), float(r["value"]), float(r["high"]))
        claim = f"{_heading(r)}: {interval} of normal ({r['note']})"
        evidence = Evidence(claim, r["kind"], r["source"], r["source_id"], r["version"])  # type: ignore[arg-type]
        out[r["factor"], r["enzyme"], r["level"]] = Activity(interval, evidence)
    return out


def _heading(r: dict[str, str]) -> str:
    """What a row speaks of, in words."""
    enzyme = {"any": "enzyme", "other": "conjugation and bile"}.get(r["enzyme"], r["enzyme"])
    level = r["level"]
    return {
        "phenotype": f"{enzyme} {level}",
        "unread": f"{enzyme} not read",
        "inhibitor": f"{level or 'ungraded'} inhibitor, activity left",
        "inducer": f"{level or 'ungraded'} inducer, activity",
        "liver": f"Child-Pugh {level}, {enzyme} activity",
    }[r["factor"]]


def _row(factor: str, enzyme: str, level: str) -> Activity | None:
    table = _table()
    return table.get((factor, enzyme, level)) or table.get((factor, "any", level))


def standard_phenotype(phenotype: str) -> str:
    """A phenotype in the table's words ("PM" and "CYP2D6 Poor Metabolizer" are "poor metabolizer")."""
    words = [w for w in phenotype.lower().strip().split() if not w.startswith("cyp")]
    text = " ".join(words)
    return SHORT_PHENOTYPES.get(text, text)


def phenotype_activity(gene: str, phenotype: str) -> Activity | None:
    """Activity of a gene's product by CPIC phenotype; None where no row covers it ("Indeterminate" never is)."""
    return _table().get(("phenotype", gene, standard_phenotype(phenotype)))


def unread_activity(gene: str) -> Activity:
    """What can be said of a gene about which nothing usable was read: the range a population carries."""
    found = _row("unread", gene, "")
    assert found is not None  # the table has an "any" row
    return found


def inhibitor_activity(strength: str) -> Activity:
    """Activity that an inhibitor of this class leaves; KeyError names an unknown class."""
    return _table()["inhibitor", "any", strength]


def inducer_activity(strength: str) -> Activity:
    """Activity under an inducer of this class (above 1); KeyError names an unknown class."""
    return _table()["inducer", "any", strength]


def liver_activity(enzyme: str, child_pugh: str) -> Activity:
    """Activity left in cirrhosis of Child-Pugh class A, B or C; ``enzyme`` "other" is conjugation and bile."""
    found = _row("liver", enzyme, child_pugh)
    if found is None:
        raise KeyError(f"no liver row for {enzyme} in Child-Pugh class {child_pugh!r}")
    return found
