"""GRCh37 positions on GRCh38, from positions that published files give in both assemblies.

Two known positions of one chromosome with the same shift vouch for every position between them; where they differ, an
insertion or deletion between the assemblies lies there, and a position is moved only by a shift of its own gene that
one of the two confirms. Anything else has no GRCh38 position here: it is left empty, never guessed.
"""

from __future__ import annotations

import bisect
import gzip
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

EXAMPLES = "oncology/pcgr/examples/T001-{}.{}.vcf.gz"
NEAR = 2  # bases; a shift this close to that of a neighbouring pair belongs to the same stretch
PAIRED = "position pairs of the PCGR example tumours (MIT)"


@dataclass(slots=True)
class Lift:
    """``known`` maps chromosome -> {GRCh37 position: shift to GRCh38}; ``genes`` gene -> (shift, where it is from)."""

    known: dict[str, dict[int, int]]
    genes: dict[str, tuple[int, str]] = field(default_factory=dict)
    _sorted: dict[str, list[int]] = field(default_factory=dict)

    def shift(self, chrom: str, position: int, gene: str) -> tuple[int, str] | None:
        """GRCh38 minus GRCh37 at a position and what vouches for it; None where nothing does."""
        known = self.known.get(chrom, {})
        places = self._sorted.setdefault(chrom, sorted(known))
        at = bisect.bisect_left(places, position)
        flanks = {known[p] for p in places[max(0, at - 1) : at + 1]}
        if position in known:
            return known[position], PAIRED
        both = 0 < at < len(places)
        if both and len(flanks) == 1:
            return flanks.pop(), f"{PAIRED} on both sides agree"
        own = self.genes.get(gene)
        if own and flanks and min(flanks) - NEAR <= own[0] <= max(flanks) + NEAR:
            return own[0], f"{own[1]}, confirmed by neighbouring pairs"
        return None


def paired(data: Path) -> dict[str, dict[int, int]]:
    """Shifts at the positions of two example tumours that were published on both assemblies."""
    known: dict[str, dict[int, int]] = {}
    for tumor in ("BRCA", "COAD"):
        sides = [_unique(data / EXAMPLES.format(tumor, build)) for build in ("grch37", "grch38")]
        for key, position in sides[0].items():
            if key in sides[1]:
                known.setdefault(str(key[0]), {})[position] = sides[1][key] - position
    return known


def _unique(path: Path) -> dict[tuple[str, ...], int]:
    """What tells a line apart (alleles, counts; not its position) -> position, where it tells it apart for certain."""
    seen: dict[tuple[str, ...], int] = {}
    count: Counter[tuple[str, ...]] = Counter()
    with gzip.open(path, "rt") as stream:
        for line in stream:
            if line.startswith("#"):
                continue
            cells = line.rstrip("\n").split("\t")
            key = (cells[0].removeprefix("chr"), cells[3], cells[4], cells[7], cells[9].partition(":")[2])
            count[key] += 1
            seen[key] = int(cells[1])
    return {k: p for k, p in seen.items() if count[k] == 1}


def civic_shifts(table: pl.DataFrame, source: str) -> dict[str, tuple[int, str]]:
    """Gene -> shift, from substitutions that CIViC names in both assemblies.

    A gene whose pairs disagree has a gap between the assemblies inside it: only a clear majority counts.
    """
    seen: dict[str, Counter[int]] = {}
    for r in table.drop_nulls("hgvs_descriptions").iter_rows(named=True):
        found = re.findall(r"NC_0000(\d\d)\.(\d+):g\.(\d+)[ACGT]>", r["hgvs_descriptions"])
        places = {int(version): int(position) for _, version, position in found}
        if len(places) == 2:
            seen.setdefault(r["feature_name"], Counter())[places[max(places)] - places[min(places)]] += 1
    return {g: (c.most_common(1)[0][0], source) for g, c in seen.items() if c.most_common(1)[0][1] / c.total() > 0.9}
