"""Decorate a scaffold: substituents of the model's own choice at marked atoms, and nowhere else.

The scaffold is written as a SMILES that ends at a mark and the model goes on; what it writes is the substituent. With
several marks the result is written anew to end at the next (PromptSMILES: Thomas et al., J. Cheminf. 2024, 16, 77).
The sampler lets the model go on with a chain from the last atom only, so each mark gets exactly one substituent; every
molecule is checked all the same (sartor.chem.attach.Frame).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sartor.chem.attach import Frame, capped
from sartor.chem.marks import Marked, read_marked, settled
from sartor.chem.openings import Opening, openings
from sartor.core import OrderError

from .asked import (
    CANNOT_GO_ON,
    NOT_A_MOLECULE,
    Asked,
    Found,
    Sieve,
    Writer,
    answered,
    budget_for,
    by_likelihood,
    must_fit,
    round_size,
)

OTHER_BOND = "another bond than the mark's"
CHANGED = "the scaffold is changed"


def decorate(scaffold: str, sampler: Writer, n: int, rng: np.random.Generator, budget: int = 0) -> Asked:
    """Up to ``n`` molecules that are the scaffold with one substituent at each of its marks.

    ``scaffold`` in any notation, marks as ``*``, ``[*]``, ``[*:1]``; marks of one number get the same substituent.
    Each row names its substituents (``R1`` ...) and the model's log-likelihood of the molecule; the likeliest first.
    OrderError where the scaffold cannot be worked on, Refusal where ``budget`` proposals gave nothing.
    """
    marked = read_marked(scaffold)
    if not marked.orders:
        raise OrderError(f"the scaffold {scaffold!r} has no mark: write * where substituents belong, or use grow")
    must_be_whole(marked, "the scaffold")
    frame, limit = Frame(marked), budget_for(n, budget)
    sieve = Sieve([capped(marked.smiles, marked.numbers)])
    rows: list[Found] = []
    while len(rows) < n and sieve.tried < limit:
        size = round_size(n - len(rows), sieve, limit, len(rows))
        sieve.tried += size
        for _, text in filled([marked] * size, sampler, rng, sieve):
            smiles = sieve.sound(text)
            if smiles and not frame.holds(smiles):
                sieve.turn_away(CHANGED)
            elif smiles:
                rows.append(Found(smiles, named(frame, smiles), frame.atoms(smiles)))
    relax = "raise the budget, or mark an atom that commonly bears substituents"
    shared = len(rows[0].atoms) if rows else 0
    return answered(by_likelihood(rows[:n], sampler), n, sieve, relax, given=marked.smiles, shared=shared)


def must_be_whole(marked: Marked, what: str) -> None:
    """OrderError where a marked molecule is of several fragments or too large to be gone on from."""
    if "." in marked.smiles:
        raise OrderError(f"{what} is of several fragments: give one, without counter-ions")
    must_fit(marked.heavy, what)


def named(frame: Frame, smiles: str) -> dict[str, float | str]:
    """The substituents of a decorated molecule by name: R1, R2 ..."""
    return {f"R{number}": text for number, text in sorted(frame.substituents(smiles).items())}


@dataclass(frozen=True, slots=True)
class _Going:
    """A molecule being filled: which of the scaffolds asked for it is, how far it is, the marks that are left."""

    at: int
    smiles: str
    left: tuple[int, ...]


def filled(
    scaffolds: Sequence[Marked], sampler: Writer, rng: np.random.Generator, sieve: Sieve
) -> list[tuple[int, str]]:
    """The scaffolds with all their marks filled by the model, each as (position, SMILES).

    What fails on the way is counted and left out. Double and triple bonds are filled first (without them an aromatic
    ring may not be one), the others in random order.
    """
    going = []
    for at, marked in enumerate(scaffolds):
        shuffled = [int(k) for k in rng.permutation(list(marked.numbers))]
        multiple = [k for k in shuffled if marked.orders[k] > 1]
        left = (*multiple, *(k for k in shuffled if k not in multiple))
        going.append(_Going(at, marked.smiles, left))
    done: list[tuple[int, str]] = []
    while going:
        done += [(one.at, one.smiles) for one in going if not one.left]
        going = _one_further([one for one in going if one.left], sampler, rng, sieve)
    return done


def continuation(text: str, prompt: str) -> str:
    """What a model wrote after its prompt; "" where it wrote nothing or could not go on."""
    return text[len(prompt) :] if text.startswith(prompt) else ""


def _one_further(going: Sequence[_Going], sampler: Writer, rng: np.random.Generator, sieve: Sieve) -> list[_Going]:
    """Fill the first mark that is left of each."""
    begun = _opened(going, rng)
    prompts = [opening.prompt for opening in begun]
    texts = sampler.texts(len(prompts), rng, prompts, random=True) if prompts else []
    further = []
    for one, opening, text in zip(going, begun, texts, strict=True):
        tail = continuation(text, opening.prompt)
        if not tail:
            sieve.turn_away(CANNOT_GO_ON)
        elif tail[0] in "=#$:":
            sieve.turn_away(OTHER_BOND)
        elif smiles := settled(opening.filled(tail)):
            further.append(_Going(one.at, smiles, one.left[1:]))
        else:
            sieve.turn_away(NOT_A_MOLECULE)
    return further


def _opened(going: Sequence[_Going], rng: np.random.Generator) -> list[Opening]:
    """An opening for each, in order; those of one molecule are written together, each another random walk."""
    keys = [(one.smiles, one.left[0]) for one in going]
    made = {key: iter(openings(*key, count, int(rng.integers(1, 2**31 - 100)))) for key, count in Counter(keys).items()}
    return [next(made[key]) for key in keys]
