"""Rule ``pregnancy``: pregnancy and breast feeding.

Formula: mutagenicity at most 0.3 instead of 0.5, in pregnancy and in lactation, since a child is exposed; in pregnancy
none of the classes that labels call harmful to the unborn and that have a defining structure (tetracyclines, aromatic
anticonvulsants). All are graded serious: ICH E2A counts a congenital anomaly as serious by definition, and a mutation
is as lasting. Harm to the unborn and passage into milk are stated limits.
Source: ICH S5(R3) (2020), ICH M3(R2) (2009), ICH S2(R1) (2011), ICH E2A; WHO 2002 on breast feeding; labels of
doxycycline, carbamazepine and phenytoin.
Doubt: no scorer predicts harm to the unborn, so the brief never calls a molecule safe. Most teratogens belong to no
class with a pattern here. That a breast-fed child counts like an unborn one is a convention of this house: no guideline
sets a bound for milk. A normal Ames test excludes little of what harms an embryo.
"""

from __future__ import annotations

from sartor.core import Evidence, PatientView, Reason, Target

from .change import NOTHING, Change, Limit, Tightened, by, ruled_out
from .consequence import SERIOUS, Graded
from .generic import MUTAGENICITY
from .rule import Rule

LIMIT = 0.3
BOUND = "no groups of known teratogens"
CLASSES = "aromatic anticonvulsant,tetracycline"
_S5 = Evidence(
    "harm to the embryo is established by studies of reproductive toxicity, not by structure",
    "guideline",
    "ICH S5(R3)",
    version="2020",
)
_M3 = Evidence("a full genotoxicity battery precedes exposure in pregnancy", "guideline", "ICH M3(R2)", version="2009")
_S2 = Evidence("a positive Ames test points to a hazard to the genome", "guideline", "ICH S2(R1)", version="2011")
_WHO = Evidence(
    "medicines that damage the genome, cytotoxic ones first, are kept from breast-feeding mothers", "guideline",
    "WHO/UNICEF: Breastfeeding and maternal medication", version="2002",
)  # fmt: skip
_E2A = Evidence("a congenital anomaly is serious by definition", "guideline", "ICH E2A", version="1994")
_LABELS = Evidence(
    "tetracyclines stain teeth and bind to bone before birth; carbamazepine and phenytoin cause malformations",
    "guideline", "FDA prescribing information of doxycycline, carbamazepine, phenytoin", version="read 2026-11",
)  # fmt: skip


def pregnancy(view: PatientView, disease: str, target: Target) -> Change:
    """Stricter mutagenicity in both; no known teratogen classes in pregnancy; the limits of both."""
    unborn = _pregnant() if view.body("pregnancy") else NOTHING
    suckled = _lactating() if view.body("lactation") else NOTHING
    return Change(
        constraints=unborn.constraints,
        tightened=(*unborn.tightened, *suckled.tightened),
        facts=(*unborn.facts, *suckled.facts),
        limits=(*unborn.limits, *suckled.limits),
        grades=unborn.grades | suckled.grades,
    )


def _lactating() -> Change:
    recorded = Evidence("breast feeding", "measured", "patient record")
    reason = Reason("breast feeding: the child is exposed too; a stricter bound on mutagenicity", (recorded, _S2, _WHO))
    milk = Limit(
        "breast feeding: passage into milk is not predicted by any scorer here; no molecule of this run is safe in it",
        "milk-to-plasma ratio and the relative dose of the child",
        reason,
    )
    stricter = Tightened(MUTAGENICITY, LIMIT, reason)
    graded = Graded(SERIOUS, "a mutagen in milk may harm the child for good", _S2)
    return Change(tightened=(stricter,), facts=(reason,), limits=(milk,), grades=by(graded, stricter))


def _pregnant() -> Change:
    recorded = Evidence("pregnant", "measured", "patient record")
    reason = Reason("pregnancy: a stricter bound on mutagenicity", (recorded, _M3, _S5))
    known = Reason("pregnancy: nothing of the classes known to harm the unborn", (recorded, _LABELS))
    graded = Graded(SERIOUS, "damage to the unborn lasts a life long", _E2A)
    bound = ruled_out(BOUND, "allergen_groups", "count", "below", 0.0, graded, (known,), {"classes": CLASSES})
    unborn = Limit(
        "pregnancy: harm to the unborn is not predicted by any scorer here; no molecule of this run is safe in it",
        "embryo-fetal development studies (ICH S5(R3))",
        reason,
    )
    clearance = Limit(
        "pregnancy: it changes clearance (CYP1A2 and CYP2C19 down, CYP2D6 and CYP3A4 up); not modelled",
        "a table of activity by trimester, or pharmacokinetics in pregnancy",
        reason,
    )
    stricter = Tightened(MUTAGENICITY, LIMIT, reason)
    return Change(
        constraints=(bound,),
        tightened=(stricter,),
        facts=(reason, known),
        limits=(unborn, clearance),
        grades=by(graded, bound, stricter),
    )


RULE = Rule(
    "pregnancy", ("body.pregnancy", "body.lactation"), pregnancy, "harm to the unborn and to a breast-fed child"
)
