"""Link two fragments: chains and rings of the model's own choice between two marked atoms.

The model goes on from the first fragment; what it writes is cut wherever a chain bond could lead to the second fragment
instead, so that rings and branches of a linker are whole. Every candidate is written as first fragment, linker, second
fragment, both fragments always in the same words, so that the model's log-likelihoods of the texts can be compared.
"""

from __future__ import annotations

import numpy as np

from sartor.chem.attach import Frame, capped, joins
from sartor.chem.linkers import Joint, linker_size, linkers
from sartor.chem.marks import Marked, fragments, mark, read_marked
from sartor.chem.openings import openings, starting_at
from sartor.core import OrderError

from .asked import CANNOT_GO_ON, Asked, Found, Sieve, Writer, answered, budget_for, round_size
from .decorate import continuation, must_be_whole

NO_LINKER = "no linker within the limits"
CHANGED = "a fragment is changed"
_SPELLINGS = 8  # ways of writing each fragment among which the model's likeliest is taken
_CUTS = 3  # linkers tried of one continuation
_POOL = 4  # candidates for each molecule asked for, of which the likeliest are returned


def link(
    first: str,
    second: str,
    sampler: Writer,
    n: int,
    rng: np.random.Generator,
    budget: int = 0,
    least: int = 1,
    most: int = 0,
) -> Asked:
    """Up to ``n`` molecules that join two fragments of one mark each by one linker, the likeliest first.

    ``second`` may be "" where ``first`` holds both, with a dot. Linkers have ``least`` to ``most`` heavy atoms (0: no
    limit). Rows name the linker (towards the first fragment ``[1*]``, towards the second ``[2*]``), its size and the
    log-likelihood of the molecule written in that order: short, common linkers come first.
    """
    pair = _Pair(*_two(first, second), sampler, rng)
    if least < 1 or (most and most < least):
        raise OrderError(f"a linker of {least} to {most} heavy atoms: give at least 1, and a most that is not less")
    limit = budget_for(n, budget)
    sieve = Sieve([capped(m.smiles, m.numbers) for m in pair.marked])
    pool: dict[str, Found] = {}
    while len(pool) < _POOL * n and sieve.tried < limit:
        size = round_size(_POOL * n - len(pool), sieve, limit, len(pool))
        sieve.tried += size
        found = pair.linkers(size, sampler, rng, sieve, (least, most))
        new = [text for text in found if text not in pool]
        for text, value in zip(new, pair.likelihoods(new, sampler), strict=True):
            row = pair.joined(text, value, sieve)
            if row is not None:
                pool[text] = row
    rows = sorted(pool.values(), key=lambda row: (-_worth(row), row.smiles))
    relax = "raise the budget, or widen the limits on the linker"
    given = ".".join(marked.smiles for marked in pair.marked)
    return answered(rows, n, sieve, relax, given=given, shared=pair.marked[0].heavy)


def _worth(row: Found) -> float:
    value = float(row.values["likelihood"])
    return value if np.isfinite(value) else -np.inf


def _two(first: str, second: str) -> tuple[Marked, Marked]:
    """Two fragments, each checked to be whole and to have one mark."""
    if second:
        both = [read_marked(first, "the first fragment"), read_marked(second, "the second fragment")]
    else:
        both = fragments(read_marked(first, "the pair of fragments"))
    if len(both) != 2:
        raise OrderError(f"{first!r} is {len(both)} fragments: give two, each with one mark (*)")
    for marked, what in zip(both, ("the first fragment", "the second fragment"), strict=True):
        must_be_whole(marked, what)
        if len(marked.orders) != 1 or marked.smiles.count("*") != 1:
            raise OrderError(f"{what}, {marked.smiles}, has {marked.smiles.count('*')} marks: it needs exactly one (*)")
    renumbered = [m.smiles.replace(mark(m.numbers[0]), mark(k)) for k, m in enumerate(both, 1)]
    return read_marked(renumbered[0]), read_marked(renumbered[1])


class _Pair:
    """The two fragments, ready to be gone on from and to be joined."""

    def __init__(self, first: Marked, second: Marked, sampler: Writer, rng: np.random.Generator) -> None:
        self.marked = first, second
        self._frames = Frame(first), Frame(second)
        seed = int(rng.integers(1, 2**31 - 1000))
        number = second.numbers[0]
        prompts = [o.prompt for o in openings(first.smiles, first.numbers[0], _SPELLINGS, seed)]
        ends = [starting_at(second.smiles, number, seed + i) for i in range(_SPELLINGS)]
        self._prompts = prompts
        self._joint = Joint(
            first,
            second,
            _likeliest(prompts, prompts, sampler),
            _likeliest(ends, [end.removeprefix(mark(number)).lstrip("=#-/\\") for end in ends], sampler),
        )

    def linkers(
        self, n: int, sampler: Writer, rng: np.random.Generator, sieve: Sieve, limits: tuple[int, int]
    ) -> list[str]:
        """Distinct linkers from ``n`` continuations of the first fragment, a few of each."""
        first, second = (next(iter(m.orders.values())) for m in self.marked)
        prompts = [self._prompts[int(i)] for i in rng.integers(len(self._prompts), size=n)]
        found: dict[str, None] = {}
        for prompt, text in zip(prompts, sampler.texts(n, rng, prompts, random=True), strict=True):
            tail = continuation(text, prompt)
            if not tail:
                sieve.turn_away(CANNOT_GO_ON)
                continue
            ways = [x for x in linkers(tail, first, second) if _within(linker_size(x), limits)]
            if not ways:
                sieve.turn_away(NO_LINKER)
            for i in rng.permutation(len(ways))[:_CUTS]:
                found.setdefault(ways[int(i)])
        return list(found)

    def likelihoods(self, found: list[str], sampler: Writer) -> list[float]:
        """Log-likelihood of each joined text."""
        texts = [self._joint.text(linker) for linker in found]
        return sampler.likelihood(texts, random=True).tolist() if texts else []

    def joined(self, linker: str, likelihood: float, sieve: Sieve) -> Found | None:
        """The molecule with this linker, checked; None where it was turned away."""
        smiles = sieve.sound(self._joint.text(linker))
        if not smiles:
            return None
        atoms = joins(*self._frames, smiles)
        if atoms is None:
            sieve.turn_away(CHANGED)
            return None
        size = float(linker_size(linker))
        return Found(
            smiles, {"likelihood": round(likelihood, 4), "linker": linker, "linker_atoms": size}, (*atoms[0], *atoms[1])
        )


def _within(size: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= size <= (limits[1] or size)


def _likeliest(texts: list[str], plain: list[str], sampler: Writer) -> str:
    """Of several spellings the one whose ``plain`` form, without the mark, the model finds likeliest."""
    values = np.nan_to_num(sampler.likelihood(plain, random=True), nan=-np.inf)
    return texts[int(np.argmax(values))]
