from __future__ import annotations

from itertools import combinations

import numpy as np

from sartor.ml.kekule import paired


def coverable(must: set[int], edges: list[tuple[int, int]]) -> bool:
    """By trying every set of pairs."""
    for size in range(len(must) + 1):
        for pairs in combinations(edges, size):
            held = [i for pair in pairs for i in pair]
            if len(held) == len(set(held)) and must <= set(held):
                return True
    return False


def test_pairs_are_found_where_there_are_any_from_whatever_went_before() -> None:
    rng = np.random.default_rng(0)
    before: dict[int, int] = {}
    answers = set()
    for _ in range(150):
        pairs = [(a, b) for a, b in combinations(range(6), 2) if rng.random() < 0.35]
        bonds: list[dict[int, int]] = [{} for _ in range(6)]
        for a, b in pairs:
            bonds[a][b] = bonds[b][a] = int(rng.random() < 0.1)
        role = rng.choice(["must", "may", "no"], 6, p=[0.6, 0.25, 0.15])
        must, may = [i for i in range(6) if role[i] == "must"], {i for i in range(6) if role[i] == "may"}
        usable = [(a, b) for a, b in pairs if bonds[a][b] == 0 and "no" not in (role[a], role[b])]
        hint = {i: j for i, j in before.items() if bonds[i].get(j) == 0}  # a bond stays what it is as a text grows
        found = paired(must, may, bonds, hint)
        answers.add(found is not None)
        assert (found is not None) == coverable(set(must), usable)
        if found is not None:
            before = found
            for i in must:
                assert found[found[i]] == i and (min(i, found[i]), max(i, found[i])) in usable
    assert answers == {True, False}
