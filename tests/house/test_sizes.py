"""Small rooms: no file over 400 lines, no function over 60, no drawer names, everything public documented."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "sartor"
FILES = sorted(SRC.rglob("*.py"))
DRAWERS = {"utils", "helpers", "common", "manager", "base", "misc"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_file(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400, "over 400 lines: split by subject"
    assert path.stem not in DRAWERS and not path.stem.endswith(("_old", "_v2"))
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module says what it is for"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 60, f"{node.name} has {length} lines"


def test_median_file_is_short():
    lengths = sorted(p.read_text(encoding="utf-8").count("\n") for p in FILES if p.name != "__init__.py")
    assert lengths[len(lengths) // 2] <= 160


def test_shipped_weights_stay_small():
    total = sum(p.stat().st_size for p in (SRC / "weights").glob("*.safetensors"))
    assert total < 60e6
