"""Child-Pugh class of cirrhosis from its five parts.

Pugh 1973 (Br J Surg 60, 646): one to three points each for bilirubin (under 2, to 3, over 3 mg/dL), albumin (over 3.5,
to 2.8, under 2.8 g/dL), INR (under 1.7, to 2.3, over 2.3), ascites (none, slight, moderate) and encephalopathy (none,
grade 1-2, grade 3-4); 5-6 points are class A, 7-9 B, 10-15 C. Doubts: the score was made for cirrhosis and says little
of other liver disease; in cholestatic disease other bilirubin limits hold; an INR under warfarin is not the liver's.
"""

from __future__ import annotations

from typing import Literal

from sartor.core.patient import Ascites, Encephalopathy

ASCITES: tuple[Ascites, ...] = ("none", "slight", "moderate")
ENCEPHALOPATHY: tuple[Encephalopathy, ...] = ("none", "grade 1-2", "grade 3-4")


def child_pugh_points(
    bilirubin_mg_dl: float, albumin_g_dl: float, inr: float, ascites: Ascites, encephalopathy: Encephalopathy
) -> int:
    """Points, 5 to 15; ValueError for a number that is not positive."""
    for value, name in ((bilirubin_mg_dl, "bilirubin"), (albumin_g_dl, "albumin"), (inr, "INR")):
        if not value > 0:
            raise ValueError(f"{name} is above 0, not {value:g}")
    points = 1 + (bilirubin_mg_dl >= 2.0) + (bilirubin_mg_dl > 3.0)
    points += 1 + (albumin_g_dl <= 3.5) + (albumin_g_dl < 2.8)
    points += 1 + (inr >= 1.7) + (inr > 2.3)
    return points + 1 + ASCITES.index(ascites) + 1 + ENCEPHALOPATHY.index(encephalopathy)


def child_pugh_bounds(
    bilirubin_mg_dl: float | None = None,
    albumin_g_dl: float | None = None,
    inr: float | None = None,
    ascites: Ascites | None = None,
    encephalopathy: Encephalopathy | None = None,
) -> tuple[int, int]:
    """``(fewest, most)`` points that what is known allows: a part that is not known (None) has one to three."""
    best = child_pugh_points(
        0.1 if bilirubin_mg_dl is None else bilirubin_mg_dl, 5.0 if albumin_g_dl is None else albumin_g_dl,
        1.0 if inr is None else inr, ascites or ASCITES[0], encephalopathy or ENCEPHALOPATHY[0],
    )  # fmt: skip
    parts = (bilirubin_mg_dl, albumin_g_dl, inr, ascites, encephalopathy)
    return best, best + 2 * sum(p is None for p in parts)


def child_pugh_class(points: int) -> Literal["A", "B", "C"]:
    """The class of 5 to 15 points; ValueError outside."""
    if not 5 <= points <= 15:
        raise ValueError(f"a Child-Pugh score lies from 5 to 15, not at {points}")
    return "A" if points <= 6 else "B" if points <= 9 else "C"
