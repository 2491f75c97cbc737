import numpy as np
import pytest

from sartor.ml.trees import Forest, Questions, leaf_index


def made(seed: int, members: int, each: int, depth: int, columns: int = 12, asked: int = 40):
    rng = np.random.default_rng(seed)
    questions = Questions(rng.integers(0, columns, asked).astype(np.int32), rng.normal(size=asked).astype(np.float32))
    node = rng.integers(0, asked, (members * each, 2**depth - 1)).astype(np.uint16)
    leaf = rng.normal(size=(members * each, 2**depth)).astype(np.float32)
    return questions, Forest(node, leaf, rng.normal(size=members).astype(np.float32))


def walked(questions: Questions, forest: Forest, x: np.ndarray) -> np.ndarray:
    """The textbook walk: one molecule, one tree, one node at a time."""
    each = len(forest.node) // len(forest.offset)
    out = np.tile(forest.offset.astype(float)[:, None], (1, len(x)))
    for i, row in enumerate(x):
        for t, nodes in enumerate(forest.node):
            at = 0
            while at < len(nodes):
                q = nodes[at]
                at = 2 * at + 1 + int(row[questions.column[q]] >= questions.edge[q])
            out[t // each, i] += forest.leaf[t, at - len(nodes)]
    return out


@pytest.mark.parametrize(("members", "each", "depth", "n"), [(1, 1, 1, 1), (5, 7, 3, 13), (2, 9, 6, 40)])
def test_same_sums_as_walking_node_by_node(members, each, depth, n):
    questions, forest = made(depth, members, each, depth)
    x = np.random.default_rng(n).normal(size=(n, 12)).astype(np.float32)
    assert np.allclose(forest.scores(questions.answer(x), n), walked(questions, forest, x), atol=1e-5)


def test_many_trees_cross_the_working_block():
    questions, forest = made(1, 3, 400, 6)
    x = np.random.default_rng(2).normal(size=(300, 12)).astype(np.float32)
    whole = forest.scores(questions.answer(x), 300)
    assert np.allclose(whole[:, :8], walked(questions, forest, x[:8]), atol=1e-4)
    alone = forest.scores(questions.answer(x[5:6]), 1)
    assert np.allclose(alone[:, 0], whole[:, 5], rtol=1e-12)


def test_a_value_on_the_edge_answers_yes():
    questions = Questions(np.array([0], dtype=np.int32), np.array([2], dtype=np.uint8))
    forest = Forest(np.zeros((1, 1), dtype=np.uint16), np.array([[10.0, 20.0]]), np.zeros(1))
    x = np.array([[1], [2], [3]], dtype=np.uint8)
    assert forest.scores(questions.answer(x), 3).tolist() == [[10.0, 20.0, 20.0]]


def test_leaf_index_counts_from_the_left():
    answers = np.packbits(np.array([[0, 1, 0, 1], [0, 0, 1, 1]], dtype=bool), axis=1)
    node = np.array([[0, 1, 1]], dtype=np.uint16)
    assert leaf_index(answers, node, 2)[0, :4].tolist() == [0, 2, 1, 3]


def test_shapes_that_are_no_forest_are_refused():
    with pytest.raises(ValueError, match="no forest"):
        Forest(np.zeros((2, 3), dtype=np.uint16), np.zeros((2, 8)), np.zeros(1))
    with pytest.raises(ValueError, match="no forest"):
        Forest(np.zeros((3, 3), dtype=np.uint16), np.zeros((3, 4)), np.zeros(2))
