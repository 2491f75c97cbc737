"""Everything that is said of a molecule's side effects, for one person: organs, panel, alerts, resemblances, assays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sartor.core import Card, MolBatch, PatientView, Readout

from . import alarms
from .nouns import HARMFUL, OrganRisk, Panel, Term
from .organs import ORGANS, organ_risk
from .panel import effect_terms, read_panel
from .person import cleared_by
from .resemblance import Resemblance, resemblances
from .terms import model_terms

#: Enzymes that mechanism-based inactivators take out, and those that PXR induces (Orr 2012; ICH M12).
INACTIVATED = ("CYP1A2", "CYP2B6", "CYP2C8", "CYP2C9", "CYP2C19", "CYP2D6", "CYP3A4", "CYP3A5")
INDUCED = ("CYP2B6", "CYP2C8", "CYP2C9", "CYP2C19", "CYP3A4", "UGT1A1", "P-gp")
#: Every part that the organs look up by name, and ``pxr``.
PARTS: tuple[str, ...] = (*dict.fromkeys(n for o in ORGANS.values() for n in o.parts), "pxr")


@dataclass(frozen=True, slots=True)
class Profile:
    """One molecule: ``organs`` in a fixed order, then organs that only the panel speaks of, where it hits.

    ``tdi_meets`` and ``pxr_meets`` are this person's medicines that inactivation or induction would move.
    """

    smiles: str
    organs: tuple[OrganRisk, ...]
    panel: Panel
    tdi: Term
    pxr: Term
    tdi_meets: tuple[str, ...]
    pxr_meets: tuple[str, ...]
    nearest: tuple[Resemblance, ...]

    @property
    def assays(self) -> tuple[str, ...]:
        """What to measure first: assays of organs that are unknown or raised, each once."""
        return tuple(dict.fromkeys(a for o in self.organs for a in o.assays))


def profiles(
    mols: MolBatch,
    readings: Mapping[str, tuple[Card, Readout]],
    view: PatientView,
    absent: Mapping[str, str],
    target: str = "",
    variant: str = "",
) -> list[Profile]:
    """One profile per molecule, in order.

    ``readings`` are parts' cards and readouts of ``mols`` by name (some of ``PARTS``), ``absent`` why others are not
    there. ``view`` shows ``person.READS`` of the patient. ``target`` is the intended target, "" where none is.
    """
    panels = read_panel(mols, target, variant)
    own = _own_terms(mols)
    near = resemblances(mols)
    pxr_rule = alarms.pxr_rule_terms(mols)
    tdi = alarms.found_alerts(mols, "tdi")
    out = []
    for i, smiles in enumerate(mols.smiles):
        hit = effect_terms(panels[i])
        organs = []
        for name, organ in ORGANS.items():
            terms = model_terms(organ.parts, readings, i, absent) + own[i].get(name, []) + hit.get(name, [])
            organs.append(organ_risk(name, terms, view))
        for name in sorted(set(hit) - set(ORGANS)):
            if any(t.level in HARMFUL for t in hit[name]):
                organs.append(organ_risk(name, hit[name], view))
        model = model_terms({"pxr": (True, ("induction",))}, readings, i, absent)[0]
        pxr = model if model.value is not None and model.in_domain else pxr_rule[i]
        inactivates = alarms.alert_term(tdi[i], "tdi_alerts", "raised", ("inactivation",))
        lost = cleared_by(INACTIVATED, view) if inactivates.level in HARMFUL else ()
        sped = cleared_by(INDUCED, view) if pxr.level in HARMFUL else ()
        out.append(Profile(smiles, tuple(organs), panels[i], inactivates, pxr, lost, sped, near[i]))
    return out


def _own_terms(mols: MolBatch) -> list[dict[str, list[Term]]]:
    """For each molecule, the terms of rules and alerts by organ."""
    reactive, mutagen = alarms.found_alerts(mols, "reactive"), alarms.found_alerts(mols, "mutagen")
    skin, light = alarms.found_alerts(mols, "sensitizer"), alarms.found_alerts(mols, "phototoxic")
    unborn = alarms.found_alerts(mols, "teratogen")
    oxidant, lysosome = alarms.oxidant_terms(mols), alarms.phospholipidosis_terms(mols)
    dose = alarms.dose_rule_terms(mols)
    return [
        {
            "liver": [alarms.alert_term(reactive[i], "reactive_alerts", "raised", ("liver_injury",)), dose[i]],
            "genes": [alarms.alert_term(mutagen[i], "mutagen_alerts", "raised", ("mutagenicity",))],
            "skin": [
                alarms.alert_term(skin[i], "sensitizer_alerts", "raised", ("skin_sensitization",)),
                alarms.alert_term(light[i], "phototoxic_alerts", "raised", ("skin_sensitization",)),
            ],
            # These classes are known to harm the unborn in people: more than a question.
            "unborn child": [alarms.alert_term(unborn[i], "teratogen_alerts", "high", ("embryofetal_harm",))],
            "blood": [oxidant[i]],
            "lysosomes": [lysosome[i]],
        }
        for i in range(len(mols))
    ]


def summary(profile: Profile) -> dict[str, str]:
    """Organ -> level for this person, for a table: "high", "raised (high for this person)", "unknown"."""
    out = {}
    for o in profile.organs:
        extra = f" ({o.level_for_patient} for this person)" if o.level_for_patient != o.level else ""
        out[o.organ] = o.level + extra
    return out


def worst(profile: Profile) -> tuple[OrganRisk, ...]:
    """The organs at risk, high before raised."""
    at_risk = [o for o in profile.organs if o.level_for_patient in HARMFUL]
    return tuple(sorted(at_risk, key=lambda o: o.level_for_patient != "high"))
