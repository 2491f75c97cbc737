"""Build ``hotspots.tsv``, ``recurrent.tsv`` and ``regions.tsv``.

    python -m sartor.train.facts_hotspots --data ../shared/data

Sources: CIViC 2026-01 (CC0) and the recurrent residues of Chang et al., Nat. Biotechnol. 2016, 34, 155
(PMID 26619011): residue, tumours and amino acids as published facts. The amino acid of a base change is derived here
from the genetic code and kept only where it is certain; GRCh38 positions are derived as ``train.assemblies`` says.
"""

from __future__ import annotations

import argparse
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from .assemblies import Lift, civic_shifts, paired
from .facts_drugs import read, write
from .facts_variants import CIVIC, VARIANTS, VERSION, spelled

CHANG = "Chang et al., Nat. Biotechnol. 2016, 34, 155 (PMID 26619011)"
BASES = "TCAG"
#: The standard genetic code, codons in the order TTT, TTC, TTA … GGG.
CODE = dict(
    zip(
        map("".join, itertools.product(BASES, repeat=3)),
        "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG",
        strict=True,
    )
)
_PAIR = str.maketrans("ACGT", "TGCA")

# GRCh38 minus GRCh37 by the dbSNP record of one change, used only where neighbouring pairs confirm it (within two
# bases, since a small gap may lie between); each was compared with the position that independent public files give.
DBSNP = {
    "TP53": (96682, "R273H"),
    "BRAF": (300200, "V600E"),
    "NRAS": (-542621, "Q61R"),
    "JAK2": (0, "V617F"),
    "IDH1": (-864724, "R132H"),
    "IDH2": (-543232, "R172K"),
    "ALK": (-222866, "F1174L"),
    "RET": (-495448, "V804M"),
    "AKT1": (-466337, "E17K"),
    "PDGFRA": (-866167, "D842V"),
    "CTNNB1": (-41491, "T41A"),
    "HRAS": (0, "G12V"),
    "DNMT3A": (-222869, "R882H"),
    "ABL1": (-2875387, "T315I"),
    "KIT": (-866166, "D816V"),
    "SF3B1": (-864724, "K700E"),
    "PTPN11": (-437804, "E76K"),
    "ESR1": (-321135, "D538G"),
    "FGFR2": (-1759514, "S252W"),
}
#: Names of the 2016 list that HGNC has changed since, and histone residues counted without the first methionine.
RENAMED = {"H3F3A": "H3-3A", "HIST1H3B": "H3C2", "FAM58A": "CCNQ", "ELTD1": "ADGRL4"}


def lift_of(data: Path) -> Lift:
    """Every shift that can be vouched for."""
    genes = {g: (o, f"dbSNP, {g} {change}") for g, (o, change) in DBSNP.items()}
    return Lift(paired(data), genes | civic_shifts(read(data / VARIANTS), CIVIC))


def civic_hotspots(data: Path, lift: Lift) -> Iterator[dict[str, str]]:
    """Changes of CIViC that have a protein name, bases and a place."""
    for r in read(data / VARIANTS).iter_rows(named=True):
        build = r["reference_build"]
        change = spelled(r["variant"]) if r["variant"] else None
        if (
            build not in ("GRCh37", "GRCh38")
            or not r["gene"]
            or change is None
            or not re.match(r"[A-Z]\d+[^\d]", change)
        ):
            continue
        ref, alt = r["reference_bases"] or "", r["variant_bases"] or ""
        if ref == alt or re.search(r"[^ACGT]", ref + alt):
            continue
        start = int(r["start"])
        if ref and int(r["stop"]) - start + 1 != len(ref):
            continue
        if not ref:  # an insertion lies between start and stop; a VCF's first changed base is the one after
            start += 1
        row = {"gene": r["gene"], "change": change, "chrom": r["chromosome"], "ref": ref, "alt": alt}
        moved = lift.shift(r["chromosome"], start, r["gene"]) if build == "GRCh37" else None
        yield row | {
            "pos37": str(start) if build == "GRCh37" else "",
            "pos38": str(start) if build == "GRCh38" else str(start + moved[0]) if moved else "",
            "source": CIVIC + (f"; GRCh38: {moved[1]}" if moved else ""),
            "version": VERSION,
        }


#: Genes that the 2016 list counts on another isoform than CIViC: from this residue on (the list's), shift to CIViC's.
#: Residues before it are numbered alike or not at all certain: they are kept where CIViC has the same change there.
ISOFORM = {"GNAS": (844, -643), "MYD88": (273, -8), "FGFR1": (577, -31), "FGFR3": (375, -2)}


def renumbered(gene: str, residue: str) -> str:
    """A residue of the 2016 list on CIViC's isoform."""
    first, shift = ISOFORM.get(gene, (0, 0))
    number = int(residue[1:])
    return f"{residue[0]}{number + shift}" if number >= first else residue


def residues(data: Path) -> list[dict[str, str]]:
    """Recurrent residues: tumours and the amino acids seen there."""
    table = read(data / "oncology/hotspots/publication_hotspots.tsv")
    out = []
    for r in table.iter_rows(named=True):
        gene, codon = r["Hugo Symbol"], r["Codon"]
        if not r["Variant Amino Acid"] or not re.fullmatch(r"[A-Z]\d+", codon or ""):
            continue  # footnotes below the table
        common = r["Alt Common Codon Usage *"]
        seen = "|".join(x.split(":")[0] for x in r["Variant Amino Acid"].split("|"))
        gene = RENAMED.get(gene, gene)
        row = {"gene": gene, "residue": renumbered(gene, codon), "tumors": r["Tumor Count"], "amino_acids": seen}
        row["also"] = common if common and common != "NA" else ""
        out.append(row | {"source": CHANG, "version": "2016"})
    return sorted(out, key=lambda r: (r["gene"], int(r["residue"][1:]), r["residue"]))


def chang_hotspots(data: Path, lift: Lift) -> Iterator[dict[str, str]]:
    """Base changes at recurrent residues, each with the one amino acid that the genetic code allows."""
    known = {(r["gene"], r["residue"]): set(r["amino_acids"].split("|")) for r in residues(data)}
    codons: dict[tuple[str, str, str], dict[int, tuple[str, set[str]]]] = {}
    for line in (data / "oncology/hotspots/publication_hotspots.vcf").read_text().splitlines():
        if line.startswith("#"):
            continue
        chrom, pos, name, ref, alt = line.split("\t")[:5]
        gene, _, residue = name.partition(":")
        gene = RENAMED.get(gene, gene)
        residue = renumbered(gene, residue) if re.fullmatch(r"[A-Z]\d+", residue) else residue
        if len(ref) == len(alt) == 1:
            place = codons.setdefault((chrom, gene, residue), {})
            place.setdefault(int(pos), (ref, set()))[1].add(alt)
    for (chrom, gene, residue), bases in codons.items():
        seen = known.get((gene, residue), set())
        for place_at, alt, amino in _translated(bases, residue[0], seen):
            moved = lift.shift(chrom, place_at, gene)
            yield {
                "gene": gene,
                "change": f"{residue}{amino}",
                "chrom": chrom,
                "pos37": str(place_at),
                "pos38": str(place_at + moved[0]) if moved else "",
                "ref": bases[place_at][0],
                "alt": alt,
                "source": CHANG + (f"; GRCh38: {moved[1]}" if moved else ""),
                "version": "2016",
            }


def _translated(bases: dict[int, tuple[str, set[str]]], ref: str, seen: set[str]) -> Iterator[tuple[int, str, str]]:
    """``(position, alt, amino acid)`` where every codon that fits the known bases says the same amino acid.

    The strand, the place of the codon and its bases that no line names are unknown: all that translate to ``ref``
    and under which every change gives an amino acid seen at the residue are tried.
    """
    found: list[dict[tuple[int, str], str]] = []
    low, high = min(bases), max(bases)
    if high - low > 2:
        return
    for first in range(high - 2, low + 1):
        free = [i for i in range(3) if first + i not in bases]
        for fill in itertools.product(BASES, repeat=len(free)):
            codon = [bases[first + i][0] if first + i in bases else "" for i in range(3)]
            for i, base in zip(free, fill, strict=True):
                codon[i] = base
            for forward in (True, False):
                if CODE[_sense(codon, forward)] != ref:
                    continue
                made = {}
                for pos, (_, alts) in bases.items():
                    for alt in alts:
                        changed = [*codon]
                        changed[pos - first] = alt
                        made[(pos, alt)] = CODE[_sense(changed, forward)]
                if set(made.values()) <= seen | {"*"} and made not in found:
                    found.append(made)
    for key in found[0] if found else ():
        amino = {f[key] for f in found}
        if len(amino) == 1 and amino != {ref}:
            yield *key, amino.pop()


def _sense(codon: list[str], forward: bool) -> str:
    text = "".join(codon)
    return text if forward else text.translate(_PAIR)[::-1]


def hotspots(data: Path) -> list[dict[str, str]]:
    """Every change of known place, CIViC's first."""
    lift = lift_of(data)
    out: dict[tuple[str, ...], dict[str, str]] = {}
    for row in (*civic_hotspots(data, lift), *chang_hotspots(data, lift)):
        out.setdefault((row["chrom"], row["pos37"] or row["pos38"], row["ref"], row["alt"]), row)
    columns = ("gene", "change", "chrom", "pos37", "pos38", "ref", "alt", "source", "version")
    rows = [{c: r[c] for c in columns} for r in out.values()]
    return sorted(rows, key=lambda r: (r["gene"], int(r["pos37"] or r["pos38"]), r["ref"], r["alt"]))


def disagreements(data: Path) -> list[str]:
    """Places where CIViC and the derived amino acid differ, for the builder's eyes: another isoform or an error."""
    lift = lift_of(data)
    mine = {(r["chrom"], r["pos37"], r["ref"], r["alt"]): r for r in chang_hotspots(data, lift)}
    out = []
    for r in civic_hotspots(data, lift):
        other = mine.get((r["chrom"], r["pos37"], r["ref"], r["alt"]))
        if other and (other["gene"], other["change"]) != (r["gene"], r["change"]):
            out.append(f"{r['gene']} {r['change']} of CIViC is {other['gene']} {other['change']} here")
    return out


#: Regions by the residues of the canonical transcript that CIViC's coordinates do not give (UniProt numbering:
#: EGFR P00533, ERBB2 P04626, PDGFRA P16234, FLT3 P36888, BRAF P15056, JAK2 O60674, ABL1 P00519-1).
BY_RESIDUE = (
    ("EGFR", "exon 18", 688, 728),
    ("EGFR", "exon 20", 762, 823),
    ("EGFR", "exon 21", 824, 875),
    ("ERBB2", "exon 20", 770, 831),
    ("KIT", "exon 9", 449, 514),
    ("KIT", "exon 17", 788, 828),
    ("PDGFRA", "exon 18", 814, 854),
    ("FLT3", "tkd", 806, 847),
    ("BRAF", "exon 15", 581, 620),
    ("JAK2", "exon 12", 536, 547),
    ("ABL1", "p-loop", 248, 256),
)
#: Exons that CIViC gives by coordinates; residues follow from a change of known residue in the same exon.
LENGTH = {"PIK3CA": 1068}  # residues, UniProt P42336
BY_PLACE = ("EGFR exon 19", "KIT exon 11", "KIT exon 13", "PIK3CA exon 10", "PIK3CA exon 21")


def regions(data: Path) -> list[dict[str, str]]:
    """First and last residue of exons and loops that evidence is recorded for."""
    table = read(data / VARIANTS)
    out = [
        {"gene": g, "region": n, "first": str(a), "last": str(b), "source": "UniProt numbering", "version": "2026-11"}
        for g, n, a, b in BY_RESIDUE
    ]
    for name in BY_PLACE:
        gene, _, region = name.partition(" ")
        span = next(
            (int(r["start"]), int(r["stop"]))
            for r in table.iter_rows(named=True)
            if r["gene"] == gene and (r["variant"] or "").lower().startswith(region + " ") and r["start"]
        )
        first, last = _residues_of(table, gene, span)
        source = f"{CIVIC}: coordinates of the exon and of a change in it"
        row = {"gene": gene, "region": region, "first": str(first), "last": str(last)}
        out.append(row | {"source": source, "version": VERSION})
    return sorted(out, key=lambda r: (r["gene"], int(r["first"])))


def _residues_of(table: pl.DataFrame, gene: str, span: tuple[int, int]) -> tuple[int, int]:
    """Residues of an exon on the forward strand, by a coding name (c.) of a change inside it."""
    for r in table.iter_rows(named=True):
        if r["gene"] != gene or not r["hgvs_descriptions"] or not r["start"] or r["start"] != r["stop"]:
            continue
        coding = re.search(r"ENST\d+\.\d+:c\.(\d+)[ACGT]>", r["hgvs_descriptions"])
        if coding and span[0] <= int(r["start"]) <= span[1]:
            at = int(coding[1]) - int(r["start"])
            # The last exon ends in the part behind the protein, which no residue stands for.
            return (span[0] + at + 2) // 3, min((span[1] + at + 2) // 3, LENGTH.get(gene, 9999))
    raise ValueError(f"no change of known residue lies in {gene} {span}")


def main() -> None:
    """Build all three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    for line in disagreements(data):
        print(line)
    write("hotspots", hotspots(data))
    write("recurrent", residues(data))
    write("regions", regions(data))


if __name__ == "__main__":
    main()
