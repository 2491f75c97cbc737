"""Everything that is known of one person, read and merged. What was not given says so in a note."""

from __future__ import annotations

from pathlib import Path

from sartor.core import GeneCall, Medicine, OrderError, Patient, TumorVariant

from .germline import read_germline
from .medicines import read_medicines
from .outside import read_outside
from .record import Record, read_record
from .tumor import read_tumor


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
    base: Path = Path("."),
) -> Patient:
    """Read every file of a case and merge them into one Patient.

    Relative paths start at ``base``. A file that is not named leaves its field empty and a note that says so; a file
    that is named and cannot be read raises IntakeError: nothing half-read goes on. An outside call replaces the call
    from the VCF of the same gene, and a note says so where the two disagree. ``sample`` and ``tumor_sample`` choose one
    person of a multi-sample file; ``assembly`` is GRCh38, GRCh37 or auto, and is checked against the files.

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
    genes = _genes(germline, outside, assembly, known.body.sex, sample, base, notes)
    variants: tuple[TumorVariant, ...] = ()
    if tumor is None:
        notes.append("no tumour file was given: no somatic variant was read")
    else:
        variants, said = read_tumor(
            base / tumor, sample=tumor_sample, assembly=None if assembly == "auto" else assembly
        )
        notes += said
    taken: tuple[Medicine, ...] = ()
    if medicines is None:
        notes.append("no list of medicines was given: interactions with them could not be considered")
    else:
        taken, said = read_medicines(base / medicines)
        notes += said
    return Patient(id, genes, variants, taken, known.conditions, known.body, tuple(notes))


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


def merge_outside(genes: dict[str, GeneCall], outside: dict[str, GeneCall]) -> tuple[dict[str, GeneCall], list[str]]:
    """Outside calls laid over those from the VCF, and a note for each gene where the two disagree."""
    merged, notes = dict(genes), []
    for gene, call in outside.items():
        mine = genes.get(gene)
        if mine is not None and mine.known and mine.diplotype != call.diplotype:
            notes.append(
                f"{gene}: the outside call {call.diplotype} ({call.phenotype}) was kept; "
                f"the VCF reads {mine.diplotype} ({mine.phenotype})"
            )
        merged[gene] = call
    return merged, notes
