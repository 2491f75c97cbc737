"""What an ALT of a VCF line says at a defining position, however the line spells it.

One change can be written in several ways: padded, among other ALTs, or (an insertion or deletion in a repeat) at any of
several places. Substitutions are compared after cutting what REF and ALT share; indels by what they make of the
reference bases over the stretch where they can be written (``Position.span``), so a file need not be left-aligned.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sartor.facts.alleles import Position


def _trimmed(pos: int, ref: str, alt: str) -> tuple[int, str, str]:
    """The change itself: place, bases taken out, bases put in (either may be empty)."""
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        pos, ref, alt = pos + 1, ref[1:], alt[1:]
    return pos, ref, alt


@lru_cache(maxsize=4096)
def _outcomes(position: Position) -> dict[str, str]:
    """What each documented allele makes of the span -> the allele, in the definitions' words."""
    made = {position.span: position.ref}
    for alt in position.alts:
        made[alt + position.span[len(position.ref) :]] = alt
    return made


_REPEATS = re.compile(r"^<?\(?(?P<unit>STR|[ACGT]+?)\)?[(\[]?(?P<count>\d+)[)\]]?(?P<one_more>TAA)?>?$")


def _by_count(position: Position, alt: str) -> str | None:
    """The documented allele that an ALT in repeat notation means: ``<TA8>``, ``TA(8)``, ``(TA)7TAA``, ``<STR8>``.

    The literature's (TA)6TAA is seven repeats, the reference of UGT1A1; the closing TAA counts as one.
    """
    found = _REPEATS.match(alt)
    unit = position.ref[1:]
    if not found or not unit:
        return None
    named = found["unit"]
    if named != "STR" and named not in (unit[i:] + unit[:i] for i in range(len(unit))):
        return None
    count = int(found["count"]) + (found["one_more"] is not None)
    times = count - (len(position.span) - 1) // len(unit) + 1
    made = position.ref[0] + unit * times if times >= 0 else ""
    return made if made in (position.ref, *position.alts) else None


def symbolic(alt: str) -> bool:
    """True for ``<...>``, ``*`` and breakends: no bases are stated."""
    return not alt or alt[0] in "<*" or "[" in alt or "]" in alt


def base_at(position: Position, place: int, here: str, pos: int, ref: str, alt: str) -> str | None:
    """What ``alt`` of a line at ``pos`` puts at a defining position, in the definitions' words; None if undocumented.

    Args:
        position: the defining position.
        place: its coordinate in the file's assembly.
        here: the reference base(s) there in the file's assembly.
        pos, ref, alt: of the line.

    Returns:
        A documented allele; ``here`` where the line changes other bases only.
    """
    if position.span and any(c.isdigit() for c in alt):
        return _by_count(position, alt)
    if symbolic(alt):
        return None
    at, out, put = _trimmed(pos, ref, alt)
    if position.span:
        start = at - place
        if start < 0 or start + len(out) > len(position.span) or position.span[start : start + len(out)] != out:
            return None if at <= place < at + len(out) or pos == place else here
        changed = position.span[:start] + put + position.span[start + len(out) :]
        return _outcomes(position).get(changed)
    width = len(here)
    if at >= place + width or at + len(out) <= place:
        return here  # neighbouring bases are changed, or something is inserted beside
    if len(out) == len(put) and at <= place and at + len(out) >= place + width:
        base = put[place - at : place - at + width]
    elif len(out) == len(put) and pos <= place and pos + len(ref) >= place + width:
        base = alt[place - pos : place - pos + width]
    else:
        return None
    return base if base in (position.ref, here, *position.alts) else None
