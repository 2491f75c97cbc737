"""What may not come in: names, dates of birth, record numbers. They are dropped at the door and never repeated.

A FHIR bundle or a Phenopacket holds them by nature: ``Door`` collects them while the file is read and takes them out of
every text that goes on, errors included. A file of our own has no business holding them: it is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date

#: Keys and columns that name a person: refused in our own files.
_PERSONAL = (
    "patient_name full_name first_name last_name given_name family_name surname forename birth birthday birth_date "
    "birthdate date_of_birth dob mrn medical_record_number record_number patient_number patient_id ssn "
    "social_security_number nhs_number insurance_number address street phone telephone email e_mail"
)
PERSONAL = frozenset(_PERSONAL.split())
_DATE = re.compile(r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})\b")
REMOVED = "[removed]"
#: What rules read, where a word of it may also be somebody's name: there it is kept, and names no one.
CLINICAL = ("long qt", "short qt")


def personal(key: str) -> bool:
    """True for a key or a column that names a person ("Date of birth", "patient-name", "MRN")."""
    return re.sub(r"[\s-]+", "_", key.strip().lower()) in PERSONAL


def holds_date(text: str) -> bool:
    """True where a text holds a whole calendar date."""
    return bool(_DATE.search(text))


def pseudonym(identifier: str) -> str:
    """A stand-in for an identifier: twelve digits of its SHA-256. Short numbers can be found again by trying them all;
    it keeps an identifier out of sight, not out of reach of someone who holds the list."""
    return "id-" + hashlib.sha256(identifier.strip().encode()).hexdigest()[:12]


class Door:
    """Collects what identifies a person and takes it out of texts."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()
        self.identifiers: set[str] = set()

    def keep_out(self, *texts: object, least: int = 2) -> None:
        """Names, addresses, numbers: each whole and word by word; words shorter than ``least`` only as part of it."""
        for text in texts:
            if not isinstance(text, str | int) or isinstance(text, bool) or not str(text).strip():
                continue
            whole = str(text).strip()
            self._secrets.add(whole.lower())
            self._secrets |= {w.lower() for w in re.split(r"[\s,;]+", whole) if len(w) >= least and not w.isdigit()}

    def keep_out_identifier(self, *texts: object) -> None:
        """Record numbers and ids: whole, and also remembered as pseudonyms."""
        for text in texts:
            if isinstance(text, str | int) and not isinstance(text, bool) and str(text).strip():
                self._secrets.add(str(text).strip().lower())
                self.identifiers.add(pseudonym(str(text)))

    def keep_out_date(self, text: object) -> None:
        """A date of birth, as written and as people write it."""
        if not isinstance(text, str):
            return
        self._secrets.add(text.strip().lower())
        day = whole_date(text)
        if day is not None:
            forms = ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y")
            self._secrets |= {day.strftime(f) for f in forms}

    def scrub(self, text: str) -> str:
        """The text without anything that was collected; the words of a clinical phrase stay ("Long QT")."""
        kept = {word for phrase in CLINICAL if phrase in text.lower() for word in phrase.split()}
        secrets = sorted((s for s in self._secrets - kept if len(s) > 1), key=len, reverse=True)
        if not secrets or not text:
            return text
        pattern = r"(?<![^\W_])(?:" + "|".join(map(re.escape, secrets)) + r")(?![^\W_])"
        return re.sub(pattern, REMOVED, text, flags=re.IGNORECASE)

    def scrubbed(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Several texts, scrubbed."""
        return tuple(self.scrub(t) for t in texts)


def whole_date(text: object) -> date | None:
    """The calendar date at the front of an ISO text, None where there is no whole one."""
    if not isinstance(text, str) or not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def years_between(born: str, then: date) -> tuple[float, bool] | None:
    """``(age in whole years, exact)``; a birth date given only to year or month is taken at its middle, not exact.

    Under two years the age is given to a tenth. None where the text is no date or lies after ``then``.
    """
    found = re.match(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", born.strip())
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 7), int(found[3] or 15 if found[2] else 1)
    try:
        start = date(year, month, day)
    except ValueError:
        return None
    days = (then - start).days
    if days < 0:
        return None
    whole = then.year - start.year - ((then.month, then.day) < (start.month, start.day))
    return (round(days / 365.25, 1) if whole < 2 else float(whole)), bool(found[3])
