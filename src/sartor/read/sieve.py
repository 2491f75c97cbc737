"""What a tumour file's lines become: variants to reason from, or entries that say why they were left out.

Nothing is lost: a change that falls below a limit, fails the caller's filter or cannot be read stays as ``LeftOut``
with its reason; lines that have nothing to say but their place (no protein changed, no annotation) are counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sartor.core import LeftOut, TumorVariant
from sartor.facts.genes import symbol

from .hgvs import ProteinChange

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """Below these a change is left out: allele fraction (0..1), reads, and the copies that make an amplification.

    The defaults are conventions of tissue panels (5 % and 20 reads; six copies), not laws: a plasma sample wants a
    lower ``min_vaf``. A change whose fraction or depth the file does not state is kept.
    """

    min_vaf: float = 0.05
    min_depth: int = 20
    min_copies: float = 6.0

    def __str__(self) -> str:
        return (
            f"allele fraction at least {self.min_vaf:g}, depth at least {self.min_depth}, amplification from "
            f"{self.min_copies:g} copies"
        )


#: No limit at all: everything that can be read is kept.
OPEN = Limits(0.0, 0, 6.0)


PROMOTER = frozenset({"C228T", "C250T", "C228A", "C124T", "C146T"})


@dataclass(slots=True)
class Sieve:
    """Collects what one file says."""

    file: str
    limits: Limits = OPEN
    found: list[TumorVariant] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    _tally: dict[str, list[str]] = field(default_factory=dict)

    def gene(self, name: str) -> str:
        """The symbol our tables use; other names of a gene are translated and said so."""
        parts = name.strip().split("::")
        known = "::".join(symbol(p) for p in parts)
        if known.upper() != name.strip().upper():
            self.renamed[name.strip()] = known
        return known

    def keep(
        self,
        gene: str,
        change: ProteinChange,
        vaf: float | None,
        depth: int | None,
        where: str,
        *,
        failed: str = "",
        copies: float | None = None,
    ) -> None:
        """Keep a change, or leave it out where it is silent, ``failed`` a filter or falls below a limit."""
        name = self.gene(gene)
        if name == "TERT" and change.text in PROMOTER:
            # Promoter changes are named by nucleotides that look like residues.
            change = ProteinChange(f"promoter {change.text}", "structural", 0, 0)
        if change.silent:
            self.tally(failed or "changes no protein", where)
            return
        why = failed or self._below(vaf, depth)
        if why:
            self.left.append(LeftOut(name, change.text, why, vaf, depth, f"{self.file}, {where}"))
            return
        effect = change.text if change.kind == "structural" else change.kind
        self.found.append(TumorVariant(name, change.text, vaf, depth, f"{self.file}, {where}", effect, copies))

    def _below(self, vaf: float | None, depth: int | None) -> str:
        if vaf is not None and vaf < self.limits.min_vaf:
            return f"allele fraction {vaf:.3g} is below the limit of {self.limits.min_vaf:g}"
        if depth is not None and depth < self.limits.min_depth:
            return f"depth {depth} is below the limit of {self.limits.min_depth}"
        return ""

    def leave(self, gene: str, change: str, reason: str, where: str) -> None:
        """Leave out something that has a name of its own."""
        self.left.append(LeftOut(self.gene(gene) if gene else "", change, reason, source=f"{self.file}, {where}"))

    def tally(self, reason: str, where: str) -> None:
        """Count a line that has no more to say than where it is."""
        self._tally.setdefault(reason, []).append(where)

    def count(self, reason: str) -> int:
        """Lines counted under a reason so far."""
        return len(self._tally.get(reason, ()))

    def close(self) -> None:
        """Turn the counts into entries and notes; call once, at the end of the file."""
        for reason, lines in self._tally.items():
            self.left.append(LeftOut("", "", reason, source=f"{self.file}, {some(lines)}", count=len(lines)))
            self.notes.append(f"{self.file}: {len(lines)} left out: {reason} ({some(lines)})")
        by_reason: dict[str, list[str]] = {}
        for x in self.left:
            if x.count == 1 and (x.gene or x.change):
                by_reason.setdefault(x.reason, []).append(f"{x.gene} {x.change}".strip())
        for reason, names in by_reason.items():
            self.notes.append(f"{self.file}: left out {some(names)}: {reason}")
        if self.renamed:
            said = [f"{a} is {b}" for a, b in self.renamed.items()]
            self.notes.append(f"{self.file}: other names of genes were translated: {some(said)}")


def some(names: Iterable[str]) -> str:
    """The first few of a list, and how many more there are."""
    every = list(names)
    return ", ".join(every[:_SHOWN]) + (f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else "")
