"""``sartor bench ddi``: the static interaction model against observed AUC ratios, with what it must be compared to.

No constant is fitted: inputs come from ``facts/tables/drug_kinetics.tsv``. Global choices, the same for all drugs
(which amounts count, and which of two published turnovers of CYP3A4), are made by cross-validation over leak groups;
the figure with the choice made without each row's group stands beside the figure with the shipped choice.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from sartor.pharmacology.ddi import CHOSEN, Choice, gene_ratio, victim_of

from .ddi_rows import Answer, Row, answer, gene_activity, read_rows

#: Rows by which the model is judged.
BAR = ("CYP3A4", "CYP2D6")
#: The global choices: mean or peak for either mechanism, systemic or inlet (Fahmi 2009 found systemic best; ICH M12
#: screens with systemic Cmax,u), CYP3A4 turnover 0.0193 1/h (Obach 2007) or 0.03 1/h (Quinney 2009).
CHOICES = tuple(
    Choice(a, b, c, d) for a, b, c, d in product((False, True), (False, True), (False, True), (0.0193, 0.03))
)
Pair = tuple[Row, Answer]


def measure_ddi(table: Path, genes: Path | None = None, cross_validate: bool = True) -> dict[str, Any]:
    """All figures as plain data; IntakeError as ``read_rows``."""
    rows, skipped = read_rows(table)
    pairs = [(row, answer(row)) for row in rows]
    predicted = [p for p in pairs if not p[1].why_not]
    fair = [p for p in predicted if not p[1].in_sample]
    out: dict[str, Any] = {
        "table": table.name,
        "n": len(rows),
        "skipped": skipped,
        "predicted": len(predicted),
        "abstained": len(rows) - len(predicted),
        "abstained_because": _reasons(pairs),
        "in_sample": len(predicted) - len(fair),
    }
    out |= _figures(fair)
    out["bar"] = {"enzymes": list(BAR), "n": sum(r.enzyme in BAR for r in rows)} | _figures(
        _of(fair, lambda r: r.enzyme in BAR)
    )
    out["in_sample_included"] = {k: v for k, v in _figures(predicted).items() if k in ("rows", "gmfe", "within_2fold")}
    out["per_enzyme"] = _by(rows, fair, lambda r: r.enzyme)
    out["per_enzyme_source"] = _by(rows, fair, lambda r: r.source)
    out["choice"] = _choices(rows) if cross_validate else {}
    out["interval"] = stretched(fair)
    out["worst"] = [_told(p) for p in sorted(fair, key=lambda p: -_error(p))[:10]]
    out["points"] = [[r.id, r.enzyme, r.observed, round(a.value, 4)] for r, a in fair]
    if genes is not None:
        out["genes"] = measure_genes(genes)
    return out


def _figures(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Fold errors of the model, of PK-Sim on the rows both answer, and of always answering 1; 95 % bootstrap ranges."""
    if not pairs:
        return {"rows": 0, "gmfe": None, "within_2fold": None}
    error = np.array([_error(p) for p in pairs])
    flat = np.abs(np.log([r.observed for r, _ in pairs]))
    inside = [a.low <= r.observed <= a.high for r, a in pairs]
    out = (
        {"rows": len(pairs)}
        | _fold(error)
        | {
            "gmfe_95": _bootstrap(pairs, error, _gmfe),
            "within_2fold_95": _bootstrap(pairs, error, _within),
            "interval_coverage": round(float(np.mean(inside)), 3),
            "bias": round(float(np.exp(np.mean([math.log(a.value / r.observed) for r, a in pairs]))), 3),
            "no_interaction_guess": _fold(flat),
        }
    )
    both = [p for p in pairs if p[0].pksim > 0]
    if both:
        theirs = np.array([abs(math.log(r.pksim / r.observed)) for r, _ in both])
        ours = np.array([_error(p) for p in both])
        out["same_rows_as_pksim"] = {"rows": len(both), "ours": _fold(ours), "pksim": _fold(theirs)}
    return out


def stretched(pairs: Sequence[Pair], nominal: float = 0.9) -> dict[str, Any]:
    """How many times wider the intervals would have to be to hold ``nominal`` of the observed ratios (``stretch``), and
    the coverage of intervals stretched so, each leak group by what the other groups need (cross-conformal).
    """
    if len({row.group for row, _ in pairs}) < 2:
        return {"stretch": None, "coverage": None}
    score, group = np.array([_strain(p) for p in pairs]), np.array([row.group for row, _ in pairs])
    inside = [s <= _rank_quantile(score[group != g], nominal) for s, g in zip(score, group, strict=True)]
    return {"stretch": round(_rank_quantile(score, nominal), 3), "coverage": round(float(np.mean(inside)), 3)}


def _strain(pair: Pair) -> float:
    """The error in units of the interval's half on its side, in logarithms."""
    row, a = pair
    end = a.high if row.observed >= a.value else a.low
    return _error(pair) / max(abs(math.log(end / a.value)), 1e-9)


def _rank_quantile(values: np.ndarray[Any, Any], level: float) -> float:
    rank = min(int(np.ceil((len(values) + 1) * level)), len(values))
    return float(np.sort(values)[rank - 1])


def _error(pair: Pair) -> float:
    return abs(math.log(pair[1].value / pair[0].observed))


def _gmfe(error: np.ndarray[Any, Any]) -> float:
    return float(np.exp(error.mean()))


def _within(error: np.ndarray[Any, Any]) -> float:
    return float((error <= math.log(2.0) + 1e-12).mean())


def _fold(error: np.ndarray[Any, Any]) -> dict[str, float]:
    return {"gmfe": round(_gmfe(error), 3), "within_2fold": round(_within(error), 3)}


def _bootstrap(
    pairs: Sequence[Pair],
    error: np.ndarray[Any, Any],
    figure: Callable[[np.ndarray[Any, Any]], float],
    draws: int = 1000,
) -> list[float]:
    """95 % range over drawing whole leak groups, so that rows of one study do not count as independent."""
    groups: dict[str, list[int]] = {}
    for i, (row, _) in enumerate(pairs):
        groups.setdefault(row.group, []).append(i)
    members, rng = list(groups.values()), np.random.default_rng(20261)
    drawn = [
        figure(error[np.concatenate([members[g] for g in rng.integers(len(members), size=len(members))])])
        for _ in range(draws)
    ]
    return [round(float(x), 3) for x in np.quantile(drawn, (0.025, 0.975))]


def _of(pairs: Sequence[Pair], test: Callable[[Row], bool]) -> list[Pair]:
    return [p for p in pairs if test(p[0])]


def _by(rows: Sequence[Row], fair: Sequence[Pair], key: Callable[[Row], str]) -> dict[str, Any]:
    out = {}
    for name in sorted({key(r) for r in rows}):
        mine = [p for p in fair if key(p[0]) == name]
        out[name or "not said"] = {"n": sum(key(r) == name for r in rows)} | _figures(mine)
    return out


def _reasons(pairs: Sequence[Pair]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for row, a in pairs:
        if a.why_not:
            out.setdefault(a.why_not, []).append(row.id)
    return out


def _choices(rows: Sequence[Row]) -> dict[str, Any]:
    """GMFE of each choice, and of choosing for each leak group by the others alone (rows of the bar)."""
    judged = [r for r in rows if r.enzyme in BAR] or list(rows)
    errors = np.array([[_signed(r, c) for c in CHOICES] for r in judged])
    known = ~np.isnan(errors).any(axis=1)
    errors, kept = errors[known], [r for r, k in zip(judged, known, strict=True) if k]
    if not kept:
        return {}
    names = [_named(c) for c in CHOICES]
    group = np.array([r.group for r in kept])
    picked, held = Counter[str](), []
    for g in dict.fromkeys(group):
        best = int(np.argmin(errors[group != g].mean(axis=0))) if len(set(group)) > 1 else 0
        picked[names[best]] += 1
        held += errors[group == g, best].tolist()
    return {
        "shipped": names[CHOICES.index(CHOSEN)],
        "gmfe": dict(zip(names, np.round(np.exp(errors.mean(axis=0)), 3).tolist(), strict=True)),
        "chosen_without_the_group": dict(picked),
        "held_out": _fold(np.array(held)),
    }


def _named(c: Choice) -> str:
    word = {False: "mean", True: "peak"}
    place = "inlet" if c.inlet else "systemic"
    return f"reversible {word[c.momentary]}, lasting {word[c.lasting]}, {place}, CYP3A4 turnover {c.turnover_per_h:g}/h"


def _signed(row: Row, choice: Choice) -> float:
    made = answer(row, choice, doubt=False)
    return math.nan if made.why_not or made.in_sample else abs(math.log(made.value / row.observed))


def _told(pair: Pair) -> dict[str, Any]:
    row, a = pair
    left = {f"{p.target} ({p.site})": round(p.left, 3) for p in a.parts}
    return {
        "data_id": row.id,
        "perpetrator": row.perpetrator,
        "dose": row.cells["perpetrator_dose"],
        "victim": row.victim,
        "route": row.cells["victim_route"],
        "observed": row.observed,
        "predicted": round(a.value, 3),
        "pksim": row.pksim if row.pksim > 0 else None,
        "fold_error": round(math.exp(_error(pair)), 2),
        "read_as": a.regimen,
        "left": left,
        "why": explain(pair),
    }


def explain(pair: Pair) -> str:
    """One sentence on a large error, from what can be seen: the direction, who did it, how PK-Sim fared."""
    row, a = pair
    if row.observed > 50 or row.observed < 0.01:
        return f"an observed ratio of {row.observed:g} looks like a percentage or a slip in the table"
    more = abs(math.log(a.value)) > abs(math.log(row.observed)) and (a.value - 1) * (row.observed - 1) > 0
    if (a.value - 1) * (row.observed - 1) < 0:
        said = "the observed ratio goes the other way: a mechanism is not in the inputs, or the study's noise"
    else:
        said = "the effect is overpredicted" if more else "the effect is underpredicted"
    kinds = {h.split(": ", 1)[1].split(",")[0] for p in a.parts for h in p.mechanisms}
    said += f" ({', '.join(sorted(kinds))})"
    if not a.low <= row.observed <= a.high:
        said += "; outside the range of its inputs"
    if row.pksim > 0 and abs(math.log(row.pksim / row.observed)) > math.log(2):
        said += "; PK-Sim misses it by more than two-fold too"
    return said


def measure_genes(path: Path) -> dict[str, Any]:
    """CYP2D6 drug-gene ratios of parent drugs without a flag: the same functions, activity score / 2."""
    import csv

    made, missing = [], Counter[str]()
    with path.open(encoding="utf-8", newline="") as handle:
        for r in csv.DictReader(handle, delimiter="\t"):
            if r["gene"] != "CYP2D6" or r["is_metabolite"] != "0" or r.get("flag"):
                continue
            victim = victim_of(r["drug"])
            if not hasattr(victim, "hepatic"):
                missing[f"no fractions of clearance of {r['drug']}"] += 1
                continue
            own, other = (gene_activity("CYP2D6", r[c]) for c in ("phenotype_or_activity_score", "reference_phenotype"))
            oral = r.get("route", "PO") != "IV"
            ratio = gene_ratio(victim, {"CYP2D6": own}, oral).value / gene_ratio(victim, {"CYP2D6": other}, oral).value  # type: ignore[arg-type]
            study = r.get("reference", "").lower()
            seen = any(t == "gene:CYP2D6" or (t[:6] == "study:" and t[6:] in study) for t in victim.derived_from)  # type: ignore[union-attr]
            made.append(
                (float(r["observed_auc_ratio"]), ratio, seen, r["drug"], r["phenotype_or_activity_score"], study)
            )
    fair = [m for m in made if not m[2]]
    error = np.array([abs(math.log(m[1] / m[0])) for m in fair])
    every = np.array([abs(math.log(m[1] / m[0])) for m in made])
    if not len(every):
        return {
            "n": sum(missing.values()),
            "predicted": 0,
            "abstained_because": dict(missing),
            "gmfe": None,
            "within_2fold": None,
        }
    worst = sorted(fair, key=lambda m: -abs(math.log(m[1] / m[0])))[:10]
    return {
        "n": len(made) + sum(missing.values()),
        "predicted": len(made),
        "abstained_because": dict(missing),
        "in_sample": len(made) - len(fair),
        **(_fold(error) if len(error) else {"gmfe": None, "within_2fold": None}),
        "all_rows": _fold(every),
        "no_interaction_guess": _fold(np.array([abs(math.log(m[0])) for m in fair])) if fair else {},
        "worst": [
            {"drug": m[3], "group": m[4], "study": m[5], "observed": m[0], "predicted": round(m[1], 3)} for m in worst
        ],
    }
