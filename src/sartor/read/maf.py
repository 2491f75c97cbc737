"""Mutation Annotation Format: one somatic variant a line, named columns, tab separated (GDC MAF 1.0, vcf2maf)."""

from __future__ import annotations

from pathlib import Path

from sartor.core import IntakeError
from sartor.facts.hotspots import hotspot_at

from .assembly import chromosome
from .hgvs import ProteinChange, parse, splice
from .reads import number
from .sieve import Sieve, some

CHANGE_COLUMNS = (
    "HGVSp_Short",
    "Protein_Change",
    "HGVSp",
    "Amino_Acid_Change",
    "amino_acid_change",
    "AAChange",
    "amino_acid_change_WU",
)
_SILENT = frozenset({"Silent", "Intron", "IGR", "RNA", "3'UTR", "5'UTR", "3'Flank", "5'Flank", "Targeted_Region"})
_NOTHING = frozenset({"", ".", "NA", "p.?", "p.=", "p.(=)", "-", "NULL"})
_BUILDS = {"37": "GRCh37", "hg19": "GRCh37", "grch37": "GRCh37", "38": "GRCh38", "hg38": "GRCh38", "grch38": "GRCh38"}
_FRACTIONS = ("t_vaf", "VAF", "t_AF", "tumor_f", "i_tumor_f", "TVAF", "tumor_vaf")
UNPLACED = "no protein change is named, and the place is not among the known ones"


def read_maf(lines: list[str], path: Path, sample: str | None, sieve: Sieve, assembly: str | None = None) -> str:
    """Put the variants of one ``Tumor_Sample_Barcode`` through ``sieve``; the sample's name comes back ("" where none).

    Without a column for the protein change, changes of known place are found by coordinates, in the assembly that
    NCBI_Build names, or else in ``assembly`` ("auto": the one of the two whose known places the file hits).

    Raises:
        IntakeError: neither protein changes nor coordinates, several samples and none chosen, a line of the wrong
            width, a count that is no number. A protein change outside HGVS is left out by name.
    """
    columns, first = _header(lines, path)
    changes = [c for c in CHANGE_COLUMNS if c in columns]
    placed = {"Chromosome", "Start_Position", "Reference_Allele", "Tumor_Seq_Allele2"} <= set(columns)
    if not changes and not placed:
        remedy = f"annotate it (vcf2maf, Funcotator) so that it has one of {', '.join(CHANGE_COLUMNS[:3])}"
        raise IntakeError("no column holds the protein change", file=path, line=first, remedy=remedy)
    rows = []
    for line_number, line in enumerate(lines[first:], first + 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(columns):
            problem = f"{len(cells)} columns, {len(columns)} expected"
            remedy = "the line is cut or not tab-separated; export again"
            raise IntakeError(problem, file=path, line=line_number, remedy=remedy)
        rows.append((line_number, dict(zip(columns, cells, strict=True))))
    chosen, name = _of_sample(rows, columns, path, sample)
    odd: list[str] = []
    nameless: list[str] = []
    _build(chosen, assembly, sieve)
    for line_number, row in chosen:
        _read(row, line_number, changes, path, sieve, odd, nameless)
    if odd:
        sieve.notes.append(f"{path.name}: no protein change in HGVS on line {some(odd)}: not read")
    if nameless:
        sieve.notes.append(f"{path.name}: no gene is named on line {some(nameless)}: not read")
    return name


def _read(
    row: dict[str, str], at: int, changes: list[str], path: Path, sieve: Sieve, odd: list[str], nameless: list[str]
) -> None:
    gene = row.get("Hugo_Symbol", "").strip()
    kind = row.get("Variant_Classification", "").strip()
    where = f"line {at}"
    if kind in _SILENT and not row.get("HGVSp_Short", "").endswith("_splice"):
        sieve.tally("changes no protein", where)
        return
    told = _change(row, changes, kind)
    if told is None:
        spot = _spot(row)
        if spot is None:
            sieve.tally(UNPLACED, where)
            return
        gene, told = spot
    if not gene or gene == "Unknown":
        nameless.append(str(at))
        sieve.leave("", told if isinstance(told, str) else told.text, "no gene is named", where)
        return
    if isinstance(told, str):
        # Old pipelines write p.AA130del and the like: one odd name must not cost the other variants.
        odd.append(f"{at} ({gene} {told})")
        sieve.leave(gene, told, "the protein change is not named in HGVS", where)
        return
    vaf, depth = _fraction(row, path, at)
    sieve.keep(gene, told, vaf, depth, where, failed=_failed(row))


def _failed(row: dict[str, str]) -> str:
    """Why a line is no somatic call of this tumour; "" where it is."""
    status = row.get("Mutation_Status", "").strip()
    if status.lower() in ("germline", "none", "loh"):
        return f"Mutation_Status is {status}: not a somatic change"
    verdict = row.get("FILTER", "").strip()
    return "" if verdict in ("", ".", "PASS", "NA") else f"did not pass the caller's filter ({verdict})"


def _change(row: dict[str, str], changes: list[str], kind: str) -> ProteinChange | str | None:
    """The protein change; its text where the grammar does not know it; None where nothing is written."""
    if kind in ("Fusion", "Structural_Variant"):
        return parse("fusion")
    text = next((row[c].strip() for c in changes if row[c].strip() not in _NOTHING), "")
    if not text and kind.startswith("Splice_Site"):
        text = splice(row.get("HGVSc", "")) or ""
    if not text:
        return None
    try:
        return parse(text)
    except ValueError:
        return text


def _spot(row: dict[str, str]) -> tuple[str, ProteinChange] | None:
    """Gene and change of a known place, by the line's coordinates."""
    build = row.get("NCBI_Build", "").strip()
    assembly = _BUILDS.get(build.lower())
    chrom = chromosome(row.get("Chromosome", "").strip())
    start = row.get("Start_Position", "").strip()
    if assembly is None or chrom is None or not start.isdecimal():
        return None
    ref, alt = (row.get(c, "").strip().upper().replace("-", "") for c in ("Reference_Allele", "Tumor_Seq_Allele2"))
    # MAF gives an insertion the base before it, and a deletion its first base.
    spot = hotspot_at(assembly, chrom, int(start) + (0 if ref else 1), ref, alt) if ref or alt else None
    return (spot.gene, parse(spot.change)) if spot else None


def _build(rows: list[tuple[int, dict[str, str]]], assembly: str | None, sieve: Sieve) -> None:
    """Write the assembly into rows that name none, where it is declared or told by the places they hit."""
    silent = [row for _, row in rows if not row.get("NCBI_Build", "").strip()]
    if not silent or assembly is None:
        return
    if assembly == "auto":
        hits = {b: sum(_spot({**row, "NCBI_Build": b}) is not None for row in silent) for b in ("GRCh37", "GRCh38")}
        best = max(hits, key=lambda b: hits[b])
        if not hits[best] or min(hits.values()):
            return
        assembly = best
        sieve.notes.append(
            f"{sieve.file}: NCBI_Build is not given; {best} was taken, since {hits[best]} lines hit its known places"
        )
    for row in silent:
        row["NCBI_Build"] = assembly


def _header(lines: list[str], path: Path) -> tuple[list[str], int]:
    """Column names in today's spelling, and the number of lines up to and with them."""
    for at, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            old = {"Start_position": "Start_Position", "End_position": "End_Position"}
            return [old.get(h.strip(), h.strip()) for h in line.split("\t")], at
    raise IntakeError("there is no header line", file=path, remedy="export the MAF again with its header")


def _of_sample(
    rows: list[tuple[int, dict[str, str]]], columns: list[str], path: Path, sample: str | None
) -> tuple[list[tuple[int, dict[str, str]]], str]:
    if "Tumor_Sample_Barcode" not in columns:
        return rows, ""
    names = list(dict.fromkeys(row["Tumor_Sample_Barcode"] for _, row in rows))
    shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
    if sample is not None and sample not in names:
        raise IntakeError(f"there is no sample {sample!r}", file=path, remedy=f"choose one of {shown}")
    if sample is None and len(names) > 1:
        remedy = "name it with tumor_sample under [patient] in the order, or keep the lines of one Tumor_Sample_Barcode"
        raise IntakeError(f"{len(names)} tumour samples ({shown}), one expected", file=path, remedy=remedy)
    kept = [(n, row) for n, row in rows if sample is None or row["Tumor_Sample_Barcode"] == sample]
    return kept, sample or (names[0] if names else "")


def _fraction(row: dict[str, str], path: Path, at: int) -> tuple[float | None, int | None]:
    """Allele fraction and depth from t_depth / t_ref_count / t_alt_count, or a stated fraction; None where the file
    does not say."""
    counts: dict[str, int | None] = {}
    for name in ("t_depth", "t_ref_count", "t_alt_count"):
        text = row.get(name, "").strip()
        if text in ("", ".", "NA"):
            counts[name] = None
        elif text.isdecimal():
            counts[name] = int(text)
        else:
            remedy = "write whole reads, or leave the cell empty"
            raise IntakeError(f"{name} is {text!r}, a count expected", file=path, line=at, remedy=remedy)
    depth, ref, alt = counts["t_depth"], counts["t_ref_count"], counts["t_alt_count"]
    if depth is None and ref is not None and alt is not None:
        depth = ref + alt
    if depth is not None and alt is not None and alt > depth:
        remedy = "t_alt_count counts reads among t_depth: correct one of them"
        raise IntakeError(f"t_alt_count {alt} exceeds t_depth {depth}", file=path, line=at, remedy=remedy)
    if depth and alt is not None:
        return alt / depth, depth
    stated = next((n for c in _FRACTIONS if (n := number(row.get(c, "").strip())) is not None), None)
    return (stated if stated is not None and 0 <= stated <= 1 else None), depth
