"""What the transformer reads: canonical texts, some with their properties told, some written in a random order."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem import parse, properties
from sartor.chem.randomize import randomized
from sartor.ml.sequence_training import Rows
from sartor.ml.tokenizer import Tokenizer, learn_tokenizer, letters
from sartor.ml.transformer import MAX_TOKENS
from sartor.ml.wishes import BINS, COLUMNS, PROPERTIES, RANDOM, wish_row
from sartor.train.corpus import held_out_at_random, read_smiles

# Letters that any reader of SMILES may meet, in the vocabulary whether the corpus holds them or not.
LETTERS = (
    "B C N O P S F I Cl Br b c n o p s [nH] [C@@H] [C@H] [C@] [C@@] [N+] [O-] [n+] [NH+] [NH2+] [NH3+] [n-] [N-] [S+] "
    "[s+] [o+] [P+] [B-] [Si] [SiH] [SiH2] [SiH3] [Se] [se] [SeH] [S@] [S@@] [P@] [P@@] [N@+] [N@@+] [S@+] [S@@+] [PH] "
    "[2H] [3H] [11C] [13C] [14C] [13CH3] [11CH3] [18F] [123I] [125I] [131I] - = # / \\ ( ) "
    "1 2 3 4 5 6 7 8 9 %10 %11 %12 %13 %14 %15"
)


def prepare(
    data: Path,
    out: Path,
    merges: int = 800,
    told: int = 120_000,
    random: float = 0.15,
    seed: int = 0,
    workers: int = 2,
    tokenizer: Tokenizer | None = None,
    edges: Mapping[str, Sequence[float]] | None = None,
) -> dict[str, Any]:
    """Tokenizer, tokens and wishes of a corpus, kept in ``out`` (made once); returns the report.

    Molecules that ``corpus.held_out_at_random`` keeps for measuring are left out.

    ``told`` molecules carry ranges of their properties (each left out half of the time); ``random`` (a share of the
    corpus) are there once more in a random form. A text with a letter outside the vocabulary, or of more than
    MAX_TOKENS tokens, is left out and counted. A ``tokenizer`` and property ``edges`` of an earlier model are kept.
    """
    out.mkdir(parents=True, exist_ok=True)
    report_file = out / "tokens.json"
    if report_file.exists():
        return json.loads(report_file.read_text())
    smiles = [s for s in read_smiles(data) if not held_out_at_random(s)]
    rng = np.random.default_rng(seed)
    again = np.sort(rng.permutation(len(smiles))[: int(len(smiles) * random)])
    chosen = np.sort(rng.permutation(len(smiles))[:told])
    with multiprocessing.Pool(workers) as pool:
        other = pool.map(_random_form, [(smiles[i], seed + int(i)) for i in again], chunksize=2000)
        parts = [[smiles[i] for i in chosen[at : at + 2000]] for at in range(0, len(chosen), 2000)]
        values = np.concatenate([np.empty((0, len(PROPERTIES))), *pool.map(measured, parts)])
    if edges is None and len(values):
        edges = {name: np.quantile(values[:, k], np.arange(1, BINS) / BINS) for k, name in enumerate(PROPERTIES)}
    wishes = _wishes(len(smiles), len(other), chosen, values, edges or {}, rng)
    texts = [*smiles, *other]
    if tokenizer is None:
        pick = [texts[i] for i in np.sort(rng.permutation(len(texts))[:100_000])]
        alphabet = sorted({*LETTERS.split(), *(x for text in texts for x in letters(text) or ())})
        tokenizer = learn_tokenizer(pick, merges, sample=len(pick), seed=seed, alphabet=alphabet)
    kept_rows, rows, unknown = _encoded(tokenizer, texts, wishes)
    np.savez(out / "tokens.npz", flat=rows.flat, starts=rows.starts, wishes=rows.told)
    (out / "tokenizer.json").write_text(json.dumps(tokenizer.to_json()))
    lengths = np.diff(rows.starts)
    report = {
        "molecules": len(smiles),
        "random_forms": len(other),
        "told_properties": len(chosen),
        "rows": len(kept_rows),
        "left_out": len(texts) - len(kept_rows),
        "unknown_letters": unknown,
        "vocabulary": len(tokenizer),
        "tokens_per_text": round(float(lengths.mean()), 2),
        "longest": int(lengths.max()),
        "property_edges": {k: [round(float(x), 4) for x in v] for k, v in (edges or {}).items()},
    }
    report_file.write_text(json.dumps(report, indent=1) + "\n")
    return report


def _wishes(
    plain: int,
    random: int,
    chosen: NDArray[np.int64],
    values: NDArray[np.float64],
    edges: Mapping[str, Sequence[float]],
    rng: np.random.Generator,
) -> NDArray[np.int16]:
    """Wishes of ``plain`` canonical texts, of which the ``chosen`` tell half their properties, and of others."""
    wishes = np.zeros((plain + random, COLUMNS), dtype=np.int16)
    wishes[plain:, 0] = RANDOM
    for row, found in zip(chosen, values, strict=True):
        kept = rng.random(len(PROPERTIES)) < 0.5
        told = {n: float(v) for n, v, k in zip(PROPERTIES, found, kept, strict=True) if k}
        wishes[row] = wish_row(told, edges)
    return wishes


def load_rows(out: Path) -> Rows:
    """The rows that ``prepare`` kept."""
    stored = np.load(out / "tokens.npz")
    return Rows(stored["flat"], stored["starts"], stored["wishes"])


def measured(smiles: Sequence[str]) -> NDArray[np.float64]:
    """The five properties ``(n, 5)`` of valid SMILES, in the order of ``PROPERTIES``."""
    mols = parse.strict_batch(smiles)
    return np.stack([getattr(properties, name)(mols) for name in PROPERTIES], axis=1)


def _random_form(asked: tuple[str, int]) -> str:
    smiles, seed = asked
    return randomized(smiles, 1, seed)[0]


def _encoded(
    tokenizer: Tokenizer, texts: Sequence[str], wishes: NDArray[np.int16]
) -> tuple[NDArray[np.int64], Rows, dict[str, int]]:
    known = np.array([i for i, text in enumerate(texts) if not tokenizer.unknown(text)])
    flat, starts, _ = tokenizer.encode_corpus([texts[i] for i in known])
    unknown: dict[str, int] = {}
    for i in sorted(set(range(len(texts))) - set(known.tolist())):
        for letter in tokenizer.unknown(texts[i]):
            unknown[letter] = unknown.get(letter, 0) + 1
    short = np.flatnonzero(np.diff(starts) <= MAX_TOKENS)
    if len(short) < len(known):
        flat = np.concatenate([flat[starts[i] : starts[i + 1]] for i in short])
        starts = np.concatenate([[0], np.cumsum(np.diff(starts)[short])]).astype(np.int64)
    return known[short], Rows(flat, starts, wishes[known[short]]), unknown
