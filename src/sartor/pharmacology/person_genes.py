"""What one person's genes, liver and kidneys leave of the enzymes and transporters of the interaction model.

Medicines are left out here: ``pharmacology.ddi`` counts them by dose. A gene that was not read keeps the best value
of a normal person and the range of a population; it is named in ``notes``, never passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sartor.core import Interval, Patient, PatientView
from sartor.facts import enzymes
from sartor.facts.kinetics import Victim

from .activity import READS, genotype_activity
from .ddi import gene_ratio
from .organs import liver_activity, renal_activity

_ONE = Interval(1.0, 1.0, 1.0)
#: Transporter of the model -> gene that moves it.
TRANSPORTERS = {"OATP1B1": "SLCO1B1", "BCRP": "ABCG2", "UGT1A1": "UGT1A1", "CYP2B6": "CYP2B6"}


@dataclass(frozen=True, slots=True)
class GeneActivities:
    """Activity by enzyme or transporter as Interval (1: normal), the kidneys, why, and what was not read."""

    spans: Mapping[str, Interval] = field(default_factory=dict)
    kidney: Interval = _ONE
    because: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def value(self) -> dict[str, float]:
        """The best value of each."""
        return {e: i.value for e, i in self.spans.items()}

    def ratio(self, victim: Victim) -> Interval:
        """AUC ratio of a victim in this person against a normal one, without any medicine."""
        if not self.spans and self.kidney == _ONE:
            return _ONE
        best = gene_ratio(victim, self.value, kidney=self.kidney.value)
        ends = [
            gene_ratio(victim, {e: getattr(i, end) for e, i in self.spans.items()}, kidney=getattr(self.kidney, end))
            for end in ("low", "high")
        ]
        return Interval(min(best.low, *(e.low for e in ends)), best.value, max(best.high, *(e.high for e in ends)))

    def told(self, victim: Victim) -> list[str]:
        """The reasons that touch this victim."""
        out = [why for e, why in self.because.items() if e in victim.pathways]
        return out + ([self.because["kidney"]] if "kidney" in self.because and victim.renal_fraction >= 0.1 else [])


def person_genes(person: Patient | PatientView | None) -> GeneActivities:
    """Activities of one person; none where no person is given (everything is then relative to a normal one)."""
    if person is None:
        return GeneActivities(notes=("no patient is given: genes, liver and kidneys are taken as normal",))
    reads = (*READS, *(f"genes.{g}" for g in TRANSPORTERS.values()))
    view = person.view(reads) if isinstance(person, Patient) else person
    spans: dict[str, Interval] = {}
    because: dict[str, str] = {}
    unread: list[str] = []
    genes_of = dict(enzymes.GENES_OF) | {t: (g,) for t, g in TRANSPORTERS.items()}
    for enzyme, genes in genes_of.items():
        span, said = _ONE, []
        for gene in genes:
            part, reason = genotype_activity(view.gene(gene))
            span = span * part
            if reason is None:
                unread.append(gene)
            elif part != _ONE:
                said.append(reason.text)
        part, reason = liver_activity(view, enzyme) if enzyme in enzymes.ENZYMES else (_ONE, None)
        if reason is not None:
            span, said = span * part, [*said, reason.text]
        if span != _ONE:
            spans[enzyme] = span
        if said:
            because[enzyme] = "; ".join(said)
    kidney, reason = renal_activity(view)
    if reason is not None and kidney != _ONE:
        because["kidney"] = reason.text
    notes = (f"not read, so normal is the best guess within a wide range: {', '.join(unread)}",) if unread else ()
    return GeneActivities(spans, kidney, because, notes)
