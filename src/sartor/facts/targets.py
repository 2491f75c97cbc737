"""Which genes approved drugs for a disease act on, and how much is measured about each gene.

Tables (built by ``python -m sartor.train.facts_targets``): ``disease_targets.tsv`` counts, per disease and target gene,
the launched drugs of the Drug Repurposing Hub (CC BY 4.0) whose indication it is; ``target_genes.tsv`` holds the number
of public potency measurements per human gene (ChEMBL 36 and others, CC BY-SA 4.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sartor.core import Evidence

from .diseases import ancestors, resolve
from .tsv import listed, rows


@dataclass(frozen=True, slots=True)
class DiseaseTarget:
    """A gene that launched drugs for a disease act on.

    ``drugs`` counts them; ``weight`` counts each as 1 / (number of its targets), so that a drug that binds twenty
    receptors does not vouch for each of them fully; ``mechanism`` is the commonest mechanism that names the gene's
    drugs; ``examples`` are up to four of them, the most selective first.
    """

    disease: str
    gene: str
    drugs: int
    weight: float
    mechanism: str
    examples: tuple[str, ...]
    source: str
    version: str

    @property
    def strength(self) -> float:
        """``weight`` shrunk towards zero where few drugs vouch for the gene: weight * n / (n + 1)."""
        return self.weight * self.drugs / (self.drugs + 1)

    @property
    def evidence(self) -> Evidence:
        """The row as a citable claim."""
        claim = (
            f"{self.drugs} launched drugs for {self.disease} act on {self.gene} ({self.mechanism}; weight "
            f"{self.weight:.1f}), among them {', '.join(self.examples)}"
        )
        return Evidence(claim, "measured", self.source, version=self.version)


@lru_cache(maxsize=1)
def _by_disease() -> dict[str, tuple[DiseaseTarget, ...]]:
    out: dict[str, list[DiseaseTarget]] = {}
    for r in rows("disease_targets"):
        target = DiseaseTarget(
            r["disease"],
            r["gene"],
            int(r["drugs"]),
            float(r["weight"]),
            r["mechanism"],
            listed(r["examples"]),
            r["source"],
            r["version"],
        )
        out.setdefault(target.disease, []).append(target)
    return {k: tuple(sorted(v, key=lambda t: (-t.strength, t.gene))) for k, v in out.items()}


def standard_targets(disease: str) -> tuple[DiseaseTarget, ...]:
    """Targets of launched drugs for this disease, strongest first; those of the nearest broader disease where the
    disease itself has none; () where nobody knows the disease or its drugs act on no human protein."""
    known = resolve(disease)
    if known is None:
        return ()
    for name in (known.name, *ancestors(known)):
        # "cancer" as a whole has no target of its own: its list would be that of the commonest cancers.
        if name in ("cancer", "solid tumor", "hematologic cancer"):
            continue
        if name in _by_disease():
            return _by_disease()[name]
    return ()


@lru_cache(maxsize=1)
def _measured() -> dict[str, int]:
    return {r["gene"]: int(r["measurements"]) for r in rows("target_genes")}


def measurements(gene: str) -> int:
    """Public potency measurements of this human gene (HGNC symbol); 0 where none is known to us."""
    return _measured().get(gene.upper(), 0)


def known_gene(gene: str) -> bool:
    """True when the gene has measurements or is the target of a launched drug."""
    return gene.upper() in _measured() or any(t.gene == gene.upper() for ts in _by_disease().values() for t in ts)


def genes() -> tuple[str, ...]:
    """Every gene with measurements, sorted."""
    return tuple(sorted(_measured()))
