"""One medicine as written, with its codes, and what it was taken for."""

from __future__ import annotations

from dataclasses import dataclass

from sartor.core import Medicine
from sartor.facts import drugs


@dataclass(frozen=True, slots=True)
class Line:
    """One medicine of a list: where it stood (line, or place in a bundle), as given, and what it was taken for."""

    number: int
    name: str
    dose: str
    match: drugs.Match
    notes: tuple[str, ...] = ()

    @property
    def medicines(self) -> tuple[Medicine, ...]:
        """One Medicine per substance; one with an empty substance where nothing could be taken."""
        m = self.match
        if not m.drugs:
            return (Medicine(self.name, "", self.dose),)
        return tuple(Medicine(self.name, d.substance, self.dose, d.smiles, m.how, m.distance) for d in m.drugs)


def resolve(number: int, name: str, dose: str = "", atc: str = "", rxnorm: str = "") -> Line:
    """What a name, or failing that its codes, stand for, with a note on every doubt.

    An exact name wins over a code that says otherwise (and a note says so); a code wins over a misspelling.
    """
    by_name = drugs.match(name)
    coded = [m for m in (drugs.by_code("RxNorm", rxnorm), drugs.by_code("ATC", atc)) if m.drugs]
    match, notes = by_name, []
    if coded and (not by_name.drugs or by_name.how == "misspelling"):
        match = coded[0]
    elif coded and by_name.drugs and not set(coded[0].drugs) & set(by_name.drugs):
        notes.append(
            f"{name!r} is {_told(by_name)}, its {coded[0].how} code says {_told(coded[0])}: the name was taken; check"
        )
    if not match.drugs:
        notes.append(_unknown(name, match))
    elif match.how == "misspelling":
        edits = f"{match.distance} letter{'s' if match.distance > 1 else ''} off"
        notes.append(f"{name!r} was read as {_told(match)} ({edits}); correct it if that is wrong")
    return Line(number, name, dose, match, tuple(notes))


def _told(match: drugs.Match) -> str:
    return " + ".join(d.substance for d in match.drugs)


def _unknown(name: str, match: drugs.Match) -> str:
    near = [f"{n.name} ({' + '.join(n.substances)})" if (n.name,) != n.substances else n.name for n in match.proposals]
    hint = (
        f"Nearest names: {', '.join(near)}; none was taken"
        if near
        else "Give the active substance (INN) if there is one"
    )
    return f"{name!r} is no medicine we know: its interactions could not be considered. {hint}"
