"""Imports point down only, siblings are strangers, foreign libraries sit behind one door each."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "sartor"

LAYERS = (
    {"core"},
    {"chem", "ml", "facts", "testing"},
    {"pharmacology", "known"},
    {"read", "personalize", "generate", "score", "optimize", "explain", "report"},
    {"campaign"},
    {"app"},
    {"cli", "bench", "train"},
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
TOP = max(LEVEL.values())
DOORS = {
    "torch": {"ml", "train"},
    "rdkit": {"chem", "train", "bench"},
    "safetensors": {"ml"},
    "selfies": {"chem"},
    "fcd_torch": {"ml"},
    "polars": {"report", "train", "bench"},
    "lightgbm": {"train"},
    "sklearn": {"train"},
    "scipy": {"train"},
    "typer": {"cli", "train"},
    "rich": {"cli"},
    "jinja2": {"report"},
}


def modules():
    return sorted(p for p in SRC.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(SRC).parts
    return parts[0] if len(parts) > 1 else "sartor"


def imports(path: Path):
    """Every imported module as an absolute dotted name, inside functions included."""
    package = ("sartor", *path.relative_to(SRC).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((a.name, node.lineno) for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            stem = list(package[: len(package) - node.level + 1]) if node.level else []
            base = ".".join([*stem, *([node.module] if node.module else [])])
            for a in node.names:
                yield f"{base}.{a.name}", node.lineno


def allowed(room: str, other: str) -> bool:
    if room == other:
        return True
    if room == "sartor":
        return True
    if LEVEL[room] == TOP:
        return True
    return LEVEL[other] < LEVEL[room]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SRC)))
def test_imports_point_down(path):
    room = room_of(path)
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] == "sartor" and len(parts) > 1 and parts[1] in LEVEL:
            assert allowed(room, parts[1]), f"{path.name}:{line}: {room} may not import {parts[1]}"
        if parts[0] in DOORS:
            assert room in DOORS[parts[0]], f"{path.name}:{line}: {parts[0]} enters only through {DOORS[parts[0]]}"


def test_core_needs_only_the_standard_library_and_numpy():
    for path in (SRC / "core").glob("*.py"):
        for name, line in imports(path):
            top = name.split(".")[0]
            assert top in {"sartor", "numpy"} or top in sys.stdlib_module_names, f"{path.name}:{line}: {name}"


def test_every_room_has_a_level():
    rooms = {p.name for p in SRC.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    assert rooms == set(LEVEL)


def test_no_type_checking_way_round():
    for path in modules():
        assert "TYPE_CHECKING" not in path.read_text(encoding="utf-8"), path


def test_importing_sartor_is_light():
    code = "import sys, sartor; print([m for m in ('torch', 'rdkit', 'polars', 'numpy') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_help_answers_without_heavy_libraries():
    code = (
        "import sys; sys.argv = ['sartor', '--help']\n"
        "from sartor.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([m for m in ('torch', 'rdkit', 'polars') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "demo" in done.stdout
    assert done.stderr.strip() == "[]"
