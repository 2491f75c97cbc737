"""Who is female and who is male in a file of several people: a table of two columns, or a PED file.

The table holds a sample name and ``female`` or ``male`` (``F``, ``M``), with or without a header line; columns are
separated by tabs, commas or spaces. A PED file (plink) has six columns: family, sample, father, mother, sex (1 male, 2
female, anything else unknown) and phenotype. A sample without a line is of unknown sex; that is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from sartor.core import IntakeError

from .vcf import opened

_WORDS = {"female": "female", "f": "female", "male": "male", "m": "male"}
_PED = {"1": "male", "2": "female"}
_UNKNOWN = ("unknown", "na", "n/a", ".", "0", "-9", "other", "")
_HEADER = ("sample", "sample_id", "iid", "id", "name", "#sample", "#iid")


def read_sexes(path: Path, samples: Collection[str]) -> dict[str, str]:
    """Sample name -> "female" or "male"; samples of unknown sex are left out.

    Args:
        path: the table or PED file.
        samples: names in the VCF; a file that names none of them is refused, further names are passed over.

    Raises:
        IntakeError: missing or empty file, an unknown word, a sample with two sexes, or nobody of the VCF in it.
    """
    path = Path(path)
    found: dict[str, str] = {}
    named: set[str] = set()
    with opened(path) as text:
        for number, line in enumerate(text, 1):
            cells = re.split(r"[\t, ]+", line.strip())
            if not line.strip() or (line.startswith("#") and cells[0].lower() not in _HEADER):
                continue
            if cells[0].lower() in _HEADER and len(named) == 0 and _word(cells, path, number, header=True) is None:
                continue
            name, sex = (cells[1] if len(cells) >= 5 else cells[0]), _word(cells, path, number)
            named.add(name)
            if sex and found.setdefault(name, sex) != sex:
                remedy = "keep the line that is right"
                raise IntakeError(
                    f"sample {name!r} is there as female and as male", file=path, line=number, remedy=remedy
                )
    if not named & set(samples):
        shown = ", ".join(list(samples)[:3])
        problem = f"it names none of the {len(samples)} samples of the VCF ({shown} …)"
        raise IntakeError(problem, file=path, remedy="write the sample names as they stand in the #CHROM line")
    return {name: sex for name, sex in found.items() if name in samples}


def _word(cells: list[str], path: Path, number: int, *, header: bool = False) -> str | None:
    """The sex that a line states; None where it says unknown (or, with ``header``, where it is no data line)."""
    if len(cells) >= 5:
        return _PED.get(cells[4])
    word = cells[1].lower() if len(cells) > 1 else ""
    if header or (word in _UNKNOWN and len(cells) > 1):
        return _WORDS.get(word)
    if word not in _WORDS:
        problem = f"the sex of {cells[0]!r} is {word or 'missing'!r}"
        remedy = "write female, male or unknown in the second column, or give a PED file with six columns"
        raise IntakeError(problem, file=path, line=number, remedy=remedy)
    return _WORDS[word]
