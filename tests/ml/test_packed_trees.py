import numpy as np
import pytest

from sartor.ml.trees import Forest, Questions, leaf_index, pack_trees, unpack_trees


def ragged_forest(trees: int, depth: int, questions: int, members: int, seed: int = 0) -> Forest:
    """Trees that stop early here and there: equal leaves below a node that asks nothing."""
    rng = np.random.default_rng(seed)
    leaf = rng.normal(size=(trees, 2**depth)).astype(np.float32)
    for level in range(1, depth):
        span = 2 ** (depth - level)
        groups = leaf.reshape(trees, -1, span)
        stop = rng.random(groups.shape[:2]) < 0.2
        groups[stop] = groups[stop][:, :1]
    node = rng.integers(0, questions, (trees, 2**depth - 1)).astype(np.uint16)
    return Forest(node, leaf, rng.normal(size=members).astype(np.float32))


def walked(forest: Forest, answers: np.ndarray) -> np.ndarray:
    """The plain way: one molecule, one tree at a time."""
    each = len(forest.leaf) // len(forest.offset)
    out = np.repeat(forest.offset.astype(float)[:, None], answers.shape[1], axis=1)
    for i in range(answers.shape[1]):
        for t, (node, leaf) in enumerate(zip(forest.node, forest.leaf, strict=True)):
            at = 0
            while at < len(node):
                at = 2 * at + 1 + int(answers[node[at], i])
            out[t // each, i] += leaf[at - len(node)]
    return out


@pytest.mark.parametrize("depth", [1, 3, 6])
def test_scores_are_those_of_a_plain_walk(depth: int):
    forest = ragged_forest(12, depth, 30, 3)
    answers = np.random.default_rng(1).integers(0, 2, (30, 21)).astype(np.uint8)
    got = forest.scores(np.packbits(answers, axis=1), 21)
    assert np.allclose(got, walked(forest, answers), atol=1e-5)


@pytest.mark.parametrize("depth", [2, 6])
def test_packing_keeps_the_trees_and_rounds_leaves_little(depth: int):
    forest = ragged_forest(40, depth, 50, 5)
    packed = pack_trees(forest)
    again = unpack_trees(packed)
    answers = np.random.default_rng(2).integers(0, 256, (50, 8)).astype(np.uint8)
    same = leaf_index(answers, forest.node, depth)
    rows = np.arange(40)[:, None]
    exact, near = forest.leaf[rows, same], again.leaf[rows, leaf_index(answers, again.node, depth)]
    step = np.abs(forest.leaf).max(axis=1, keepdims=True) / 127
    assert (np.abs(exact - near) <= 0.51 * step).all()
    assert np.array_equal(again.offset, forest.offset)
    plain = forest.node.nbytes + forest.leaf.astype(np.float16).nbytes
    assert depth < 6 or sum(a.nbytes for a in packed.values()) < 0.6 * plain


def test_a_tree_that_never_asks_is_one_leaf():
    forest = Forest(np.zeros((2, 7), np.uint16), np.array([[0.5] * 8, [-2.0] * 8], np.float32), np.zeros(1, np.float32))
    packed = pack_trees(forest)
    assert len(packed["node"]) == 0 and len(packed["leaf"]) == 2
    assert np.allclose(unpack_trees(packed).leaf, forest.leaf, rtol=0.01)


def test_questions_are_answered_eight_to_a_byte():
    bank = Questions(np.array([0, 1], np.int32), np.array([2, 5], np.uint8))
    answers = bank.answer(np.array([[2, 4], [1, 5]], np.uint8))
    assert np.array_equal(np.unpackbits(answers, axis=1)[:, :2], [[1, 0], [0, 1]])
