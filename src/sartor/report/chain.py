"""Why the brief is what it is, as text: fact -> rule -> objective -> evidence, one block for each fact."""

from __future__ import annotations

from sartor.core import Constraint, DesignBrief, Link, Objective


def chain_text(brief: DesignBrief) -> str:
    """Every link of the brief's chain grouped by fact and rule, the refused rules, and what is generic."""
    lines = [f"Chain of the brief for {brief.patient_id}: fact -> rule -> objective -> evidence", ""]
    blocks: dict[tuple[str, str], list[Link]] = {}
    for link in brief.chain:
        blocks.setdefault((link.fact, link.rule), []).append(link)
    for (fact, rule), links in blocks.items():
        lines += [f"fact      {fact}", f"  rule      {rule}"]
        for link in links:
            lines.append(f"  effect    {link.effect}")
            if link.consequence:
                lines.append(f"            {link.consequence}: {link.why}")
        evidence = dict.fromkeys(e for link in links for e in link.evidence)
        lines += [f"  evidence  {e}" for e in evidence] + [""]
    if not blocks:
        lines += ["No fact of this patient changed anything: the brief is the generic one.", ""]
    if brief.refused:
        lines += ["Refused by the user", *(f"  {r.text}" for r in brief.refused), ""]
    asks: tuple[Objective | Constraint, ...] = (*brief.objectives, *brief.constraints)
    generic = [x for x in asks if not x.personal]
    if generic:
        lines.append("Not personal (asked for everybody, or by the order)")
        lines += [f"  {x.name}: {x.because[0].text}" for x in generic]
    return "\n".join(lines).rstrip()
