"""Clinical consequence -> weight: the one place where the weight of every personal wish comes from.

Four classes, as the severity grades of adverse events are customarily named (NCI CTCAE v5.0, grades 1 to 4 and 5;
"serious" as ICH E2A defines it). A rule names the class of what would happen to this patient if its wish were ignored,
and says why with a source; it does not choose a number. How likely the harm is stays with the scorer and its interval.

Doubt: that the weights are 0.5, 1, 1.5 and 2 is a convention of this house: equal steps, "moderate" weighing what one
generic property weighs (1), "life-threatening" half of what potency weighs (4). No source ranks clinical harms as
exponents of a geometric mean. An order may give any objective another weight.
"""

from __future__ import annotations

from dataclasses import dataclass

from sartor.core import Evidence


@dataclass(frozen=True, slots=True)
class Consequence:
    """One class: its name, the weight of a wish that guards against it, and what it means for a person."""

    name: str
    weight: float
    meaning: str


LIFE_THREATENING = Consequence(
    "life-threatening", 2.0, "death or immediate risk of it (CTCAE grade 4 and 5)"
)  # fmt: skip
SERIOUS = Consequence(
    "serious", 1.5, "admission to hospital, lasting harm, or a treatment that fails (ICH E2A serious; CTCAE grade 3)"
)
MODERATE = Consequence("moderate", 1.0, "needs treatment or another medicine (CTCAE grade 2)")
MINOR = Consequence("minor", 0.5, "noticed or measured, needs no treatment (CTCAE grade 1)")

#: The closed scale, worst first.
SCALE = (LIFE_THREATENING, SERIOUS, MODERATE, MINOR)


@dataclass(frozen=True, slots=True)
class Graded:
    """The class of one wish or bound: what would happen to the patient, and the source that says so."""

    consequence: Consequence
    why: str
    evidence: Evidence

    @property
    def weight(self) -> float:
        """Weight of the wish; the class decides it."""
        return self.consequence.weight
