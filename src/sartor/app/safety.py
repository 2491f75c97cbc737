"""The shortlist's side effects, in the words that the dossier shows."""

from __future__ import annotations

from collections.abc import Sequence

from sartor.chem.parse import strict_batch
from sartor.core import DesignBrief, Patient
from sartor.report.safety import OrganLine, Safety
from sartor.score.potency import available, canonical_variant
from sartor.score.side_effects.nouns import Hit
from sartor.score.side_effects.panel import heads
from sartor.score.side_effects.profile import Profile

from .side_effects import profile_batch

REASONS, HITS, ASSAYS = 3, 12, 6


def safety_of(smiles: Sequence[str], brief: DesignBrief, patient: Patient) -> dict[str, Safety]:
    """SMILES -> what is said of its side effects for this person; windows where the brief's target has a model."""
    variant = canonical_variant(" ".join(brief.target.variants))
    variant = variant if available(brief.target.gene, variant)[0] else ""
    target = brief.target.gene if available(brief.target.gene)[0] else ""
    made = profile_batch(strict_batch(smiles), patient, target, variant if target else "")
    return {s: _plain(p) for s, p in zip(smiles, made, strict=True)}


def _plain(p: Profile) -> Safety:
    moves = [f"; would move {', '.join(m)}" if m else "" for m in (p.tdi_meets, p.pxr_meets)]
    notes = [
        f"TDI: {p.tdi.why}{moves[0]}",
        f"PXR: {p.pxr.level}, {p.pxr.why}{moves[1]}",
        *(n.words for n in p.nearest[:1]),
    ]
    return Safety(
        organs=tuple(OrganLine(o.organ, o.level, o.level_for_patient, o.why[:REASONS]) for o in p.organs),
        hits=tuple(_hit(h) for h in p.panel.hits[:HITS]),
        notes=tuple(notes),
        assays=p.assays[:ASSAYS],
        answered=p.panel.answered,
        asked=len(heads()),
    )


def _hit(h: Hit) -> str:
    text = f"{h.gene} {h.value:.1f} ({h.low:.1f} to {h.high:.1f})"
    return text if h.window is None else f"{text}, {h.window[0]:+.1f} to the target"
