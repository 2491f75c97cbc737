"""SMILES as beginnings: the same molecule written so that a chosen atom comes last, or cut where it can go on.

The idea of prompting a chemical language model with a scaffold written to end at its attachment point is that of
PromptSMILES (Thomas et al., J. Cheminf. 2024, 16, 77). The text is read as the tree that it is; at each atom on the
way to the chosen one the branch that holds it moves to the end. Branches beside each other share no ring, so this is
another valid walk of the same molecule; a stereocentre is turned over where the move is an odd permutation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from rdkit import Chem

from .marks import mark
from .parse import parse
from .randomize import randomized

_LETTER = re.compile(r"\[[^\[\]]+\]|Br|Cl|%\d\d|[A-Za-z*]|\d|[-=#$:/\\().~]")
_BRACKET = re.compile(r"\[(\d*)([A-Za-z][a-z]?|\*)(@{0,2})(?:H(\d*))?([+-]\d*)?(?::\d+)?\]")
_FROM_A_MARK = re.compile(r"\[\d*\*\]")
_PLAIN = frozenset(("B", "C", "N", "O", "P", "S", "F", "Cl", "Br", "I"))
_SPENT = {"": 1, "-": 1, "/": 1, "\\": 1, "=": 2, "#": 3}


@dataclass(slots=True, eq=False)
class _Node:
    """One atom of the tree: the bond before it, its ring labels (bond, pair number) and what hangs on it."""

    bond: str
    atom: str
    rings: list[tuple[str, int]] = field(default_factory=list)
    below: list[_Node] = field(default_factory=list)

    def walk(self) -> Iterator[_Node]:
        yield self
        for node in self.below:
            yield from node.walk()


@dataclass(frozen=True, slots=True)
class Opening:
    """A text that a model can go on from. ``prompt`` ends where the mark was; the other marks in it are hydrogens.

    ``whole`` is the same walk with every mark in place; ``filled`` puts a continuation where the mark is.
    """

    prompt: str
    whole: str
    number: int

    def filled(self, continuation: str) -> str:
        """The molecule with the continuation at every mark of this number (the other marks stay)."""
        return self.whole.replace(mark(self.number), continuation)


def openings(smiles: str, number: int, n: int, seed: int) -> list[Opening]:
    """``n`` openings of a marked molecule that end at a mark of this number, each of a random walk.

    The same for the same seed.
    """
    made: list[Opening] = []
    for again in range(64):
        for text in randomized(smiles, n + 8, seed + again):
            if len(made) < n and not _FROM_A_MARK.match(text):  # nothing could follow a mark that comes first
                made.append(_opening(text, number))
        if len(made) == n:
            break
    return made


def ending_at(text: str, number: int) -> str:
    """A SMILES rewritten so that a mark of this number comes last; the mark may not come first."""
    root = _read(text)
    _turn(root, mark(number))
    return _write(root)


def starting_at(smiles: str, number: int, seed: int = 0) -> str:
    """A SMILES written from the mark of this number on; random for a seed above 0, else canonical."""
    mol = parse(smiles)
    if mol is None:
        raise ValueError(f"{smiles!r} is not a valid SMILES")
    at = next((a.GetIdx() for a in mol.GetAtoms() if not a.GetAtomicNum() and a.GetIsotope() == number), None)
    if at is None:
        raise ValueError(f"{smiles!r} has no mark {mark(number)}")
    if not seed:
        return Chem.MolToSmiles(mol, rootedAtAtom=at)
    for text in randomized(smiles, 16 * mol.GetNumAtoms(), seed):
        if text.startswith(mark(number)):
            return text
    return Chem.MolToSmiles(mol, rootedAtAtom=at)


def cuts(smiles: str, seed: int) -> list[str]:
    """The beginnings of one random SMILES of a molecule, each ending with a whole atom; [] where it does not parse."""
    found: list[str] = []
    for text in randomized(smiles, 1, seed):
        written, end = _write(_read(text)), 0
        for letter in _LETTER.findall(written):
            begins = letter[0].isalpha() or letter[0] in "[*-=#$/\\("
            if end and begins and written[end - 1] not in "(-=#$:/\\":
                found.append(written[:end])
            end += len(letter)
    return found


def _opening(text: str, number: int) -> Opening:
    root = _read(text)
    last = _turn(root, mark(number))
    whole = _write(root, first=50)
    prompt = _write(root, last)
    return Opening(prompt[: -len(last.atom)], whole, number)


def _read(text: str) -> _Node:
    """The tree of a SMILES of one fragment; ring labels become the numbers of their pairs."""
    root: _Node | None = None
    current: _Node | None = None
    stack: list[_Node] = []
    open_labels: dict[str, int] = {}
    pairs = 0
    bond = ""
    for letter in _LETTER.findall(text):
        if letter == "(" and current is not None:
            stack.append(current)
        elif letter == ")":
            current = stack.pop()
        elif letter[0] in "-=#$:/\\~":
            bond = letter
        elif (letter[0].isdigit() or letter[0] == "%") and current is not None:
            label = letter.lstrip("%").lstrip("0") or "0"
            if label not in open_labels:
                pairs += 1
                open_labels[label] = pairs
                current.rings.append((bond, pairs))
            else:
                current.rings.append((bond, open_labels.pop(label)))
            bond = ""
        else:
            node = _Node(bond, letter)
            bond = ""
            if current is None:
                root = node
            else:
                current.below.append(node)
            current = node
    if root is None:
        raise ValueError("an empty text has no atoms")
    return root


def _turn(root: _Node, atom: str) -> _Node:
    """Move the branch that holds the first such atom to the end, all the way to it; returns that node."""
    way = _way(root, atom)
    if way is None or way[-1] is root:
        raise ValueError(f"there is no atom {atom} below the first atom of the text")
    for node, after in pairwise(way):
        passed = len(node.below) - 1 - node.below.index(after)
        node.below.remove(after)
        node.below.append(after)
        if passed % 2:
            node.atom = _other_hand(node.atom)
    return way[-1]


def _way(root: _Node, atom: str) -> list[_Node] | None:
    if root.atom == atom:
        return [root]
    for node in root.below:
        way = _way(node, atom)
        if way is not None:
            return [root, *way]
    return None


def _other_hand(atom: str) -> str:
    if "@" not in atom:
        return atom
    return atom.replace("@@", "@") if "@@" in atom else atom.replace("@", "@@")


def _write(root: _Node, kept: _Node | None = None, first: int = 1) -> str:
    """The text of a tree. With ``kept`` every other mark is left away for hydrogens; ring labels start at ``first``.

    At each atom rings are closed before others are opened, as the sampling grammar has it.
    """
    out: list[str] = []
    labels: dict[int, int] = {}  # pair -> label while it is open

    def ring_text(rings: list[tuple[str, int]]) -> str:
        closed: set[int] = set()
        text = ""
        for bond, pair in rings:
            if pair in labels:
                label = labels.pop(pair)
                closed.add(label)
            else:
                label = first
                while label in labels.values() or label in closed:
                    label += 1
                labels[pair] = label
            text += bond + (str(label) if label < 10 else f"%{label}")
        return text

    def visit(node: _Node) -> None:
        gone = [] if kept is None else [x for x in node.below if x.atom.endswith("*]") and x is not kept]
        stay = [x for x in node.below if x not in gone]
        closing = [ring for ring in node.rings if ring[1] in labels]
        opening = [ring for ring in node.rings if ring[1] not in labels]
        atom = _with_hydrogens(node, gone) if gone else node.atom
        if _moves(node.rings, closing) % 2:
            atom = _other_hand(atom)
        out.append(node.bond + atom + ring_text([*closing, *opening]))
        for child in stay[:-1]:
            out.append("(")
            visit(child)
            out.append(")")
        if stay:
            visit(stay[-1])

    visit(root)
    return "".join(out)


def _moves(rings: list[tuple[str, int]], closing: list[tuple[str, int]]) -> int:
    """Exchanges of neighbours that bring the closing rings to the front."""
    return sum(rings.index(ring) - i for i, ring in enumerate(closing))


def _with_hydrogens(node: _Node, gone: list[_Node]) -> str:
    """The atom with hydrogens in the place of marks: what it would be written as in the molecule without them."""
    new = sum(_SPENT.get(x.bond, 1) for x in gone)
    shape = _BRACKET.fullmatch(node.atom)
    if shape is None:
        return f"[{node.atom}H]" if node.atom in ("n", "p") else node.atom
    isotope, symbol, hand, count, charge = shape.groups()
    hydrogens = new + (0 if count is None else int(count or 1))
    if hand and hydrogens == 1:
        # the mark stands after what precedes the atom, its ring labels and earlier branches; the hydrogen before them
        if (len(node.rings) + node.below.index(gone[0])) % 2:
            hand = "@" if hand == "@@" else "@@"
    else:
        hand = ""
    if not isotope and not hand and not charge and symbol in _PLAIN:
        return symbol
    written = "" if not hydrogens else "H" if hydrogens == 1 else f"H{hydrogens}"
    return f"[{isotope}{symbol}{hand}{written}{charge or ''}]"
