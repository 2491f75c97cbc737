"""Collects what a bundle or a phenopacket says and makes a Record of it. Nothing personal goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from sartor.core import IntakeError
from sartor.core.patient import ChildPugh, Sex

from .body import Record, derived
from .medicine_names import Line, resolve
from .privacy import Door
from .units import convert, without_accents

#: LOINC -> the quantity it measures. QT intervals that are not corrected (8634-8) are left out on purpose.
LOINC = {
    "30525-0": "age",
    "29463-7": "weight", "3141-9": "weight", "3142-7": "weight", "8335-2": "weight",
    "8302-2": "height", "3137-7": "height", "3138-5": "height", "8306-3": "height",
    "2160-0": "creatinine", "38483-4": "creatinine", "14682-9": "creatinine", "59826-8": "creatinine",
    "2823-3": "potassium", "6298-4": "potassium", "77142-8": "potassium",
    "8636-3": "QTc",
    "1975-2": "bilirubin", "14631-6": "bilirubin", "42719-5": "bilirubin",
    "1751-7": "albumin", "61151-7": "albumin", "61152-5": "albumin", "54347-0": "albumin",
    "6301-6": "INR", "34714-6": "INR", "38875-1": "INR",
    "35591-7": "creatinine clearance", "2164-2": "creatinine clearance",
    "82810-3": "pregnancy", "63895-7": "lactation",
}  # fmt: skip
#: LOINC of an eGFR -> its equation.
EGFR = {
    "98979-8": "CKD-EPI 2021 (creatinine)",
    "98980-6": "CKD-EPI 2021 (creatinine and cystatin C)",
    "62238-1": "CKD-EPI (creatinine, equation before 2021)",
    "88293-6": "CKD-EPI 2009 (with a race term)",
    "88294-4": "CKD-EPI 2009 (with a race term)",
    "33914-3": "MDRD",
    "77147-7": "MDRD",
    "48642-3": "MDRD",
    "48643-1": "MDRD",
    "50044-7": "MDRD",
    "70969-1": "MDRD",
    "50210-4": "cystatin C",
    "50384-7": "Schwartz",
    "69405-9": "",
    "94677-2": "CKD-EPI 2012 (creatinine and cystatin C)",
}
#: Words in which laboratories name a quantity where no LOINC code is given, in four languages.
WORDED = {
    "weight": "weight|body weight|gewicht|korpergewicht|poids|peso",
    "height": "height|body height|grosse|korpergrosse|taille|altezza|talla",
    "creatinine": "creatinine|serum creatinine|creatinine serum|creatinine in serum|creatinine in serum or plasma|"
    "kreatinin|kreatinin im serum|kreatinin i.s.|creatinine plasmatique|creatininemie|creatinina|creatinina sierica|"
    "creatinina serica",
    "potassium": "potassium|serum potassium|potassium serum|kalium|kalium im serum|kaliemie|potassio|potasio",
    "bilirubin": "bilirubin|total bilirubin|bilirubin total|bilirubin gesamt|gesamtbilirubin|bilirubine totale|"
    "bilirubina totale|bilirubina total",
    "albumin": "serum albumin|albumin serum|albumin im serum|albumin in serum|albuminemie",
    "INR": "inr|international normalized ratio|pt-inr|inr (quick)",
}
_WORDS = {word: name for name, words in WORDED.items() for word in words.split("|")}
_EGFR = re.compile(r"^(e-?gfr|dfg ?e?|gfr)\b|glomerular filtration rate|glomerulare filtrationsrate")
FIELDS = {
    "age": "age_years",
    "weight": "weight_kg",
    "height": "height_cm",
    "creatinine": "creatinine_mg_dl",
    "eGFR": "egfr_ml_min",
    "creatinine clearance": "crcl_ml_min",
    "potassium": "potassium_mmol_l",
    "QTc": "qtc_ms",
}
PARTS = {"bilirubin": "bilirubin_mg_dl", "albumin": "albumin_g_dl", "INR": "inr"}
_YES = {"77386006", "la15173-0", "413712001", "373066001", "la33-6", "true", "yes", "y"}
_YES_WORDS = {"pregnant", "currently pregnant", "breastfeeding", "currently breastfeeding", "lactating"}
_NO = {"60001007", "la26683-5", "373067005", "la32-8", "false", "no", "n"}


@dataclass(slots=True)
class Value:
    """One measurement as it stood: its quantity, number, unit, when (sorts as text), and the method its code names."""

    name: str
    number: float
    unit: str
    when: str
    method: str = ""
    bound: str = ""


@dataclass(slots=True)
class Findings:
    """What was found so far. ``door`` keeps out what names the person; every text that stays passes through it."""

    path: Path
    door: Door = field(default_factory=Door)
    age_years: float | None = None
    sex: Sex | None = None
    values: list[Value] = field(default_factory=list)
    flags: dict[str, tuple[str, bool]] = field(default_factory=dict)
    child_pugh: ChildPugh | None = None
    conditions: list[str] = field(default_factory=list)
    allergies: list[str] | None = None
    medicines: list[Line] | None = None
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unused: int = 0

    def flag(self, name: str, when: str, *texts: object) -> None:
        """A yes or no in words or codes; the newest counts, and what says neither leaves it not given."""
        words = {str(t).strip().lower() for t in texts if t is not None}
        no = bool(words & _NO) or any(w.startswith(("not ", "no ")) or " not " in w for w in words)
        yes = bool(words & _YES) or bool(words & _YES_WORDS)
        if no == yes:
            self.notes.append(f"{name}: an entry says neither yes nor no; unknown")
        elif name not in self.flags or when >= self.flags[name][0]:
            self.flags[name] = (when, yes)

    def condition(self, text: str) -> None:
        """A disease or finding the person has."""
        told = self.door.scrub(text.strip())
        if told and told not in self.conditions:
            self.conditions.append(told)

    def allergy(self, text: str) -> None:
        """Something the person is allergic to."""
        self.allergies = self.allergies or []
        told = self.door.scrub(text.strip())
        if told and told not in self.allergies:
            self.allergies.append(told)

    def medicine(self, name: str, dose: str, atc: str, rxnorm: str) -> None:
        """A medicine the person takes; repeats of the same entry (refills) count once."""
        lines = self.medicines = self.medicines if self.medicines is not None else []
        line = resolve(len(lines) + 1, name, dose, atc, rxnorm)
        line = replace(
            line, name=self.door.scrub(name), dose=self.door.scrub(dose), notes=self.door.scrubbed(line.notes)
        )
        if not any(x.name == line.name and x.match.drugs == line.match.drugs for x in lines):
            lines.append(line)

    def record(self) -> Record:
        """Everything as a Record, newest values converted.

        Raises:
            IntakeError: a value in an unknown unit or none that a living person has; nothing personal is repeated.
        """
        facts: dict[str, Any] = {"age_years": self.age_years, "sex": self.sex, "child_pugh": self.child_pugh}
        parts: dict[str, Any] = {}
        for name in dict.fromkeys(v.name for v in self.values):
            newest = max((v for v in self.values if v.name == name), key=lambda v: v.when)
            number = self._converted(newest)
            if name in PARTS:
                parts[PARTS[name]] = number
            elif facts.get(FIELDS[name]) is None:
                facts[FIELDS[name]] = number
                if name == "eGFR":
                    facts["egfr_method"] = newest.method or None
            more = sum(v.name == name for v in self.values) - 1
            if more:
                self.notes.append(f"{name}: the newest of {more + 1} values was taken")
            if newest.bound:
                self.notes.append(f"{name} is given only as {newest.bound}{newest.number:g}: the bound was taken")
            if name == "creatinine clearance" and newest.method:
                self.notes.append(
                    f"creatinine clearance is given ({newest.method}); it is not an eGFR and not used as one"
                )
        facts |= {name: said for name, (_, said) in self.flags.items()}
        if facts["sex"] == "male" and (facts.get("pregnancy") or facts.get("lactation")):
            problem = "pregnancy or breast feeding contradicts the sex male"
            raise IntakeError(problem, file=self.path, remedy="correct one of the two")
        if self.allergies is not None:
            facts["allergies"] = tuple(self.allergies)
        if self.left_out:
            self.notes.append(
                f"medicines that are not taken now were left out: {', '.join(dict.fromkeys(self.left_out))}"
            )
        if self.unused:
            self.notes.append(f"observations that are not read here: {self.unused}")
        body, said = derived(facts, parts)
        lines = None if self.medicines is None else tuple(self.medicines)
        notes = (*self.notes, *said)
        return Record(body, tuple(self.conditions), notes, lines, frozenset(self.door.identifiers))

    def _converted(self, value: Value) -> float:
        try:
            return convert(value.name, value.number, value.unit, self.path)
        except IntakeError as error:
            # The unit is the file's own text: it too passes the door.
            problem = self.door.scrub(error.problem)
            raise IntakeError(problem, file=self.path, remedy=error.remedy) from None


def quantity_of(code: str, text: str) -> tuple[str, str]:
    """``(quantity, method)`` of a LOINC code, or of a text where only that is given; ("", "") for what is not used."""
    if code in EGFR:
        return "eGFR", EGFR[code]
    if code in LOINC:
        method = {"35591-7": "Cockcroft-Gault", "2164-2": "measured, 24-hour urine"}.get(code, "")
        return LOINC[code], method
    plain = without_accents(text.strip().lower())
    if plain.startswith(("qtc", "corrected qt")):
        return "QTc", ""
    # An unknown code of a laboratory's own says nothing: then its words do. "Measured" clearance is no estimate.
    if _EGFR.search(plain) and "cystatin" not in plain and "urine" not in plain:
        return "eGFR", ""
    return (_WORDS.get(plain, ""), "") if not code else ("", "")


def written(text: object) -> dict[str, Any]:
    """``{"value": 1.4, "unit": "mg/dL"}`` of a text such as "1.4 mg/dL"; empty for any other text."""
    found = re.fullmatch(r"\s*([<>]=?)?\s*(\d+(?:\.\d+)?)\s*(\D\S*)\s*", text) if isinstance(text, str) else None
    return {"comparator": found[1] or "", "value": float(found[2]), "unit": found[3]} if found else {}


def child_pugh_of(text: str) -> ChildPugh | None:
    """The class in a text such as "Child-Pugh class B" or "B7"; None where there is none."""
    words = text.replace("-", " ").replace("(", " ").replace(")", " ").split()
    found = [w[0] for w in words if w[0] in "ABC" and (len(w) == 1 or w[1:].isdigit())]
    return cast(ChildPugh, found[0]) if len(set(found)) == 1 else None
