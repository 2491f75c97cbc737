import numpy as np
import polars as pl
import pytest

from sartor.train.potency_data import (
    canonical_variant,
    drop_disguised_mutants,
    merge_replicates,
    scaffold_folds,
)
from sartor.train.potency_gate import discordant


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("", ""),
        ("p", ""),
        ("JH1domain-catalytic", ""),
        ("T315I;p", "T315I"),
        ("L858RT790M", "L858R/T790M"),
        ("L858R;T790M", "L858R/T790M"),
        ("T790M_L858R", "L858R/T790M"),
        ("E746A750del", "E746_A750del"),
        ("ITD", None),
        ("JH2domain-pseudokinase", None),
        ("KinDom2S808G", None),
    ],
)
def test_mutations_get_one_spelling(text, variant):
    assert canonical_variant(text) == variant


def _rows(*rows):
    names = ["key", "target_gene", "variant", "pvalue", "source"]
    return pl.DataFrame([dict(zip(names, r, strict=True)) for r in rows])


def test_wild_type_rows_that_repeat_a_mutant_are_dropped():
    kept = drop_disguised_mutants(
        _rows(
            ("a", "ABL1", "T315I", 5.1, "davis"),
            ("a", "ABL1", "", 5.1, "ChEMBL"),  # the mutant's value under the wild-type name
            ("a", "ABL1", "", 8.9, "ChEMBL"),
            ("b", "ABL1", "T315I", 7.0, "davis"),
            ("b", "ABL1", "", 7.0, "davis"),  # measured on both, truly equal
            ("b", "ABL1", "", 7.0, "ChEMBL"),
            ("a", "EGFR", "", 5.1, "ChEMBL"),  # another gene
        )
    )
    left = sorted(kept.filter(pl.col("variant") == "").select("key", "target_gene", "pvalue").rows())
    assert left == [("a", "ABL1", 8.9), ("a", "EGFR", 5.1), ("b", "ABL1", 7.0), ("b", "ABL1", 7.0)]


def test_replicates_become_medians_and_bounds_stay_bounds():
    rows = pl.DataFrame(
        {
            "key": ["a", "a", "a", "a", "b", "b", "c", "c", "d", "d"],
            "task": ["X"] * 10,
            "pvalue": [6.0, 7.0, 9.0, 4.0, 5.0, 4.5, 8.0, 9.0, 5.0, 8.0],
            "kind": pl.Series([0, 0, 0, -1, -1, -1, 1, 1, -1, 1], dtype=pl.Int8),
        }
    )
    merged = {r["key"]: (r["pvalue"], r["kind"]) for r in merge_replicates(rows).to_dicts()}
    # a: the median of exact values; b: the tightest upper bound; c: the tightest lower one; d: contradictory
    assert merged == {"a": (7.0, 0), "b": (4.5, -1), "c": (9.0, 1)}


def test_folds_keep_scaffolds_whole_and_balanced():
    scaffolds = [f"s{i % 37}" for i in range(500)] + [""] * 100
    keys = [str(i) for i in range(600)]
    folds = scaffold_folds(scaffolds, keys, 1)
    for name in set(scaffolds) - {""}:
        assert len({f for f, s in zip(folds, scaffolds, strict=True) if s == name}) == 1
    assert np.bincount(folds, minlength=5).min() >= 100
    assert len(set(folds[500:])) > 1  # acyclic molecules are not one scaffold


def test_a_model_that_repeats_the_wild_type_ranks_no_turned_pair_right():
    rng = np.random.default_rng(0)
    wild = rng.uniform(5, 9, 30)
    mutant = rng.uniform(5, 9, 30)
    assert discordant(mutant, wild, wild, 1)["right"] == 0.0
    perfect = discordant(mutant, wild, mutant, 1)
    assert perfect["right"] == 1.0 and perfect["right_low"] == 1.0
    assert discordant(wild, wild, wild, 1) == {"pairs": 0}
