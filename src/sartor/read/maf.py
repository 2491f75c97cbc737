"""Mutation Annotation Format: one somatic variant a line, named columns, tab separated (GDC MAF 1.0, vcf2maf)."""

from __future__ import annotations

from pathlib import Path

from sartor.core import IntakeError, TumorVariant

from .hgvs import parse

CHANGE_COLUMNS = ("HGVSp_Short", "Protein_Change", "HGVSp", "Amino_Acid_Change", "amino_acid_change", "AAChange")
_SILENT = frozenset({"Silent", "Intron", "IGR", "RNA", "3'UTR", "5'UTR", "3'Flank", "5'Flank", "Targeted_Region"})
_NOTHING = frozenset({"", ".", "NA", "p.?", "p.=", "p.(=)", "-"})


def read_maf(lines: list[str], path: Path, sample: str | None) -> tuple[list[TumorVariant], list[str]]:
    """Variants of one ``Tumor_Sample_Barcode``.

    Raises:
        IntakeError: no column for the protein change, several samples and none chosen, a line of the wrong width, a
            count that is no number. A protein change outside HGVS is named in a note and left out.
    """
    header, first = _header(lines, path)
    change_at = [header.index(c) for c in CHANGE_COLUMNS if c in header]
    if not change_at:
        remedy = f"annotate it (vcf2maf, Funcotator) so that it has one of {', '.join(CHANGE_COLUMNS[:3])}"
        raise IntakeError("no column holds the protein change", file=path, line=first, remedy=remedy)
    rows = []
    for number, line in enumerate(lines[first:], first + 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            problem = f"{len(cells)} columns, {len(header)} expected"
            raise IntakeError(
                problem, file=path, line=number, remedy="the line is cut or not tab-separated; export again"
            )
        rows.append((number, cells))
    chosen = _of_sample(rows, header, path, sample)
    found: list[TumorVariant] = []
    silent = 0
    unsaid: list[str] = []
    nameless: list[str] = []
    for number, cells in chosen:
        row = dict(zip(header, cells, strict=True))
        gene = row["Hugo_Symbol"].strip()
        kind = row.get("Variant_Classification", "")
        text = next((cells[i].strip() for i in change_at if cells[i].strip() not in _NOTHING), "")
        if not gene or gene == "Unknown":
            nameless.append(str(number))
            continue
        if kind == "Fusion" or kind == "Structural_Variant":
            text = "fusion"
        if kind in _SILENT:
            silent += 1
            continue
        try:
            change = parse(text)
        except ValueError:
            # Old pipelines write p.AA130del and the like: one odd name must not cost the other variants.
            unsaid.append(f"{number} ({gene} {text})" if text else str(number))
            continue
        if change.silent:
            silent += 1
            continue
        vaf, depth = _fraction(row, path, number)
        found.append(TumorVariant(gene, change.text, vaf, depth, f"{path.name}, line {number}"))
    return found, _notes(path, silent, unsaid, nameless)


def _header(lines: list[str], path: Path) -> tuple[list[str], int]:
    """Column names, and the number of lines up to and with them."""
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            return [h.strip() for h in line.split("\t")], number
    raise IntakeError("there is no header line", file=path, remedy="export the MAF again with its header")


def _of_sample(
    rows: list[tuple[int, list[str]]], header: list[str], path: Path, sample: str | None
) -> list[tuple[int, list[str]]]:
    if "Tumor_Sample_Barcode" not in header:
        return rows
    at = header.index("Tumor_Sample_Barcode")
    names = list(dict.fromkeys(cells[at] for _, cells in rows))
    shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
    if sample is not None and sample not in names:
        raise IntakeError(f"there is no sample {sample!r}", file=path, remedy=f"choose one of {shown}")
    if sample is None and len(names) > 1:
        remedy = "name it with tumor_sample under [patient] in the order, or keep the lines of one Tumor_Sample_Barcode"
        raise IntakeError(f"{len(names)} tumour samples ({shown}), one expected", file=path, remedy=remedy)
    return [(n, cells) for n, cells in rows if sample is None or cells[at] == sample]


def _fraction(row: dict[str, str], path: Path, number: int) -> tuple[float | None, int | None]:
    """Allele fraction and depth from t_depth / t_ref_count / t_alt_count; None where the file does not say."""
    counts: dict[str, int | None] = {}
    for name in ("t_depth", "t_ref_count", "t_alt_count"):
        text = row.get(name, "").strip()
        if text in ("", ".", "NA"):
            counts[name] = None
        elif text.isdecimal():
            counts[name] = int(text)
        else:
            remedy = "write whole reads, or leave the cell empty"
            raise IntakeError(f"{name} is {text!r}, a count expected", file=path, line=number, remedy=remedy)
    depth, ref, alt = counts["t_depth"], counts["t_ref_count"], counts["t_alt_count"]
    if depth is None and ref is not None and alt is not None:
        depth = ref + alt
    if depth is not None and alt is not None and alt > depth:
        remedy = "t_alt_count counts reads among t_depth: correct one of them"
        raise IntakeError(f"t_alt_count {alt} exceeds t_depth {depth}", file=path, line=number, remedy=remedy)
    return (alt / depth if depth and alt is not None else None), depth


def _notes(path: Path, silent: int, unsaid: list[str], nameless: list[str]) -> list[str]:
    notes = []
    if silent:
        notes.append(f"{path.name}: {silent} lines change no protein and were left out")
    if unsaid:
        notes.append(f"{path.name}: no protein change in HGVS on line {_some(unsaid)}: not read")
    if nameless:
        notes.append(f"{path.name}: no gene is named on line {_some(nameless)}: not read")
    return notes


def _some(numbers: list[str]) -> str:
    return ", ".join(numbers[:5]) + (f" and {len(numbers) - 5} more" if len(numbers) > 5 else "")
