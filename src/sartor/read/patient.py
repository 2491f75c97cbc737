"""Everything that is known of one person, read and merged. What was not given says so in a note."""

from __future__ import annotations

from pathlib import Path

from sartor.core import GeneCall, Medicine, OrderError, Patient

from .body import Record, without_medicines_inr
from .expression import read_expression
from .germline import read_germline
from .medicines import flattened, read_medicines
from .outside import merge_outside, read_outside
from .privacy import pseudonym
from .record import read_record
from .sieve import Limits
from .tumor import TumorRead, read_tumor_file


def read_patient(
    *,
    id: str = "null-patient",
    germline: str | Path | None = None,
    tumor: str | Path | None = None,
    assembly: str = "GRCh38",
    outside: str | Path | None = None,
    medicines: str | Path | None = None,
    record: str | Path | None = None,
    sample: str | None = None,
    tumor_sample: str | None = None,
    cnv: str | Path | None = None,
    fusions: str | Path | None = None,
    expression: str | Path | None = None,
    limits: Limits | None = None,
    base: Path = Path("."),
) -> Patient:
    """Read every file of a case and merge them into one Patient.

    Relative paths start at ``base``. A file that is not named leaves its field empty and a note that says so; a file
    that is named and cannot be read raises IntakeError: nothing half-read goes on. An outside call replaces the call
    from the VCF of the same gene, and a note says so where the two disagree. ``sample`` and ``tumor_sample`` choose one
    person of a multi-sample file; ``assembly`` is GRCh38, GRCh37 or auto, and is checked against the files. ``cnv``,
    ``fusions`` and ``expression`` are tables of the same tumour; ``limits`` says below which allele fraction, depth and
    copies a change is left out.

    Raises:
        IntakeError: a named file is missing, malformed or contradicts what was declared about it.
        OrderError: the id is empty.
    """
    if not id.strip():
        raise OrderError("the patient has no id; give a pseudonym such as case-017")
    notes: list[str] = []
    known = Record()
    if record is None:
        notes.append("no record was given: age, weight, organs and conditions are not known")
    else:
        known = read_record(base / record)
        notes += known.notes
        if pseudonym(id) in known.identifiers:
            id = pseudonym(id)
            notes.append("the order's id was a number of the record itself: a pseudonym took its place")
    genes = _genes(germline, outside, assembly, known.body.sex, sample, base, notes)
    somatic = _tumor(tumor, cnv, fusions, tumor_sample, assembly, limits or Limits(), base, notes)
    levels = _expression(expression, tumor_sample, base, notes)
    taken = _medicines(medicines, known, base, notes)
    body, said = without_medicines_inr(known.body, taken)
    notes += said
    return Patient(
        id,
        genes,
        somatic.variants,
        taken,
        known.conditions,
        body,
        tuple(notes),
        somatic.left_out,
        levels,
    )


def _expression(path: str | Path | None, sample: str | None, base: Path, notes: list[str]) -> dict[str, float]:
    """TPM by gene; empty where no table was given."""
    if path is None:
        return {}
    levels, said = read_expression(base / path, sample)
    notes += said
    return levels


def _tumor(
    tumor: str | Path | None,
    cnv: str | Path | None,
    fusions: str | Path | None,
    sample: str | None,
    assembly: str,
    limits: Limits,
    base: Path,
    notes: list[str],
) -> TumorRead:
    """The tumour's files; what was noticed goes to ``notes``."""
    if tumor is None:
        if cnv is not None or fusions is not None:
            raise OrderError("cnv or fusions are given without a tumor file; give the tumour's VCF, MAF or list too")
        notes.append("no tumour file was given: no somatic variant was read")
        return TumorRead((), (), (), "none")
    read = read_tumor_file(
        base / tumor,
        sample,
        assembly=assembly,
        limits=limits,
        cnv=None if cnv is None else base / cnv,
        fusions=None if fusions is None else base / fusions,
    )
    notes += read.notes
    if read.left_out:
        notes.append(f"limits for the tumour: {limits}")
    return read


def _medicines(medicines: str | Path | None, known: Record, base: Path, notes: list[str]) -> tuple[Medicine, ...]:
    """The list of medicines, and those that only the record holds: one forgotten on a list is taken all the same."""
    listed: tuple[Medicine, ...] = ()
    if medicines is not None:
        listed, said = read_medicines(base / medicines)
        notes += said
    elif known.lines is None:
        notes.append("no list of medicines was given: interactions with them could not be considered")
    lines = known.lines or ()
    here = {m.substance for m in listed if m.recognized} | {m.name.lower() for m in listed if not m.recognized}
    for line in lines:
        if any((m.substance or m.name.lower()) in here for m in line.medicines):
            continue
        notes += line.notes
        listed += flattened([line])
        if medicines is not None:
            notes.append(f"{line.name!r} stands in the record and not in the list of medicines: it was added")
    return listed


def _genes(
    germline: str | Path | None,
    outside: str | Path | None,
    assembly: str,
    sex: str | None,
    sample: str | None,
    base: Path,
    notes: list[str],
) -> dict[str, GeneCall]:
    """Calls from the VCF, then those of other tools over them."""
    genes: dict[str, GeneCall] = {}
    if germline is None:
        notes.append("no germline VCF was given: no gene was read from one")
    else:
        genes = dict(read_germline(base / germline, assembly=assembly, sex=sex, sample=sample))
    if outside is None:
        notes.append("no outside calls were given: CYP2D6 and HLA, which a VCF cannot tell, are not known")
        return genes
    merged, said = merge_outside(genes, read_outside(base / outside, sample=sample))
    notes += said
    return merged
