"""Is a sampled molecule one that the generator was trained on? By its own training file, or by the shipped index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sartor.chem.distribution import choose, plain_smiles
from sartor.chem.parse import batch

from .samples import read_texts

Known = Callable[[Sequence[str]], list[bool]]  # SMILES without stereo marks -> True where it was trained on
_MARKS = frozenset("@/\\.")
_TRIED = 1000


def known_by_file(path: Path) -> Known:
    """Membership in a training file by canonical SMILES without stereo marks and isotopes, as GuacaMol counts.

    Lines that 1,000 of them show to be canonical already are taken as they are, but for those with stereo marks,
    isotopes or several fragments, which are written anew; otherwise every line is. Lines that do not parse are no
    molecules and are left out.
    """
    lines = read_texts(path)
    tried = choose(lines, _TRIED)
    mols, bad = batch(tried)
    if not bad and list(mols.smiles) == tried:
        marked = [line for line in lines if not _MARKS.isdisjoint(line) or _isotope(line)]
        trained = set(lines) - set(marked)
    else:
        marked, trained = lines, set()
    for start in range(0, len(marked), 10_000):
        trained.update(plain_smiles(batch(marked[start : start + 10_000])[0]))
    return lambda smiles: [text in trained for text in smiles]


def known_by_index() -> Known:
    """Membership in what the shipped model was trained on, and among known drugs, by connectivity.

    Stricter than a file: tautomers and protonation states of a training molecule are known too.
    """
    from sartor.known.index import known

    return lambda smiles: [bool(why) for why in known(smiles)]


def _isotope(line: str) -> bool:
    at = line.find("[")
    while at >= 0:
        if line[at + 1 : at + 2].isdigit():
            return True
        at = line.find("[", at + 1)
    return False
