"""The potency models' card, and the fact table that other rooms read to know which targets can be scored."""

from __future__ import annotations

from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from . import potency_index, potency_report
from .potency_data import PotencyData
from .potency_gate import REFUSAL

VERSION = "1"
LICENCE = (
    "CC BY-SA 3.0: trained on ChEMBL (EMBL-EBI) through FS-Mol, Papyrus, MoleculeACE, SIMPD and other published "
    "collections, and on BindingDB (2015, CC BY-SA 3.0); models and indexes carry the same licence"
)
SOURCES = (
    "ChEMBL 23 to 33 (CC BY-SA 3.0), BindingDB 2015 (CC BY-SA 3.0), Metz 2011 (Nat. Chem. Biol. 7, 200; supplement), "
    "Davis 2011 (Nat. Biotechnol. 29, 1046; supplement), CToxPred and CardioGenAI hERG/Nav1.5/Cav1.2 (ChEMBL, PubChem, "
    "patents; repository MIT), AMPL (MIT; ChEMBL, ExCAPE)"
)
LIMITS = (
    "IC50, Ki, Kd and EC50 are pooled on one scale: a number is a typical reported potency, not one assay's.",
    "Stereochemistry is not seen: enantiomers read the same.",
    "ChEMBL files some mutant and mixture assays under the wild-type target; values known to repeat a mutant's were "
    "removed, others remain.",
    "Figures come from members that each saw four fifths of the scaffolds; the five together should do better.",
    "The blend's shares, the domain's threshold and the choice among three training recipes were made looking at "
    "held-out predictions, so the figures are a little hopeful; no untouched test set was kept.",
    "Boosted trees trained for one target alone do slightly better on the five targets compared (see baseline_r2).",
    "Scaffold splits still leave similar side chains on both sides; a wholly new series will do worse (see domain).",
    "Inactives are under-reported in the literature, so random molecules read too high; trust in_domain.",
    "Some targets (TP53, HIF1A, PAX8, APOBEC3G and the like) hold screening data rather than drug potency.",
)


def card(
    data: PotencyData,
    held: potency_report.HeldOut,
    figures: dict[str, dict[str, Any]],
    gate: dict[str, dict[str, Any]],
    baseline: dict[str, dict[str, float]],
    factor: NDArray[np.float64],
    half: dict[int, float],
    known: pl.DataFrame,
    seed: int,
) -> dict[str, Any]:
    """Everything that stands beside the weights. ``targets`` is what is shipped; heads follow its sorted names."""
    overall, per_target, per_bin = potency_report.coverage(held)
    threshold, table = potency_report.domain_threshold(held)
    targets = _targets(data, figures, gate, half, per_target)
    wild = [v for k, v in targets.items() if "/" not in k and v["measurements"] >= 500]
    return {
        "name": "potency",
        "version": VERSION,
        "data": {"steps": data.notes["rows"], "sources": SOURCES, "labels": len(data.value)},
        "licence": LICENCE,
        "split": "5 folds by Murcko scaffold, the same for all targets; every figure is on scaffolds held out",
        "model": "five multi-task networks on log(1 + Morgan counts, radius 2, 2048 bits), 768 and 512 hidden "
        "units, seven tenths; the target's eight nearest measured molecules (of at most 1000 "
        "kept, 3000 for ABL1, DRD2, EGFR, HTR2A, JAK2), three tenths",
        "metrics": {
            "targets_with_500_measurements": len(wild),
            "median_r2": round(float(np.median([v["r2"] for v in wild])), 3),
            "median_rmse": round(float(np.median([v["rmse"] for v in wild])), 3),
            "coverage_of_90_percent_interval": overall,
            "coverage_by_similarity": dict(zip(_bins(), per_bin, strict=True)),
        },
        "blend": {
            "network": potency_index.NETWORK_SHARE,
            "neighbours": potency_index.NEIGHBOURS_ASKED,
            "power": potency_index.POWER,
        },
        "baseline_r2": baseline,
        "interval": {
            "middles": [round(float(x), 3) for x in (potency_report.EDGES[:-1] + potency_report.EDGES[1:]) / 2],
            "factor": [round(float(x), 4) for x in factor],
            "how": "half width = target's half_width x factor at the nearest similarity; cross-conformal, 90 %",
        },
        "domain": {
            "threshold": threshold,
            "table": table,
            "how": "Tanimoto (1024 Morgan bits) to the nearest of the target's representative training molecules; in "
            "domain from where the model explains over two fifths of the variance about the targets' means",
        },
        "targets": targets,
        "mutant_gate": {"refusal": REFUSAL, "results": gate},
        "too_few": _too_few(known, set(targets)),
        "limits": list(LIMITS),
        "command": "sartor train potency",
        "seed": seed,
    }


def _targets(
    data: PotencyData,
    figures: dict[str, dict[str, Any]],
    gate: dict[str, dict[str, Any]],
    half: dict[int, float],
    coverage: dict[int, float],
) -> dict[str, dict[str, Any]]:
    """The entries of what is shipped; a variant that is not shipped leaves its figures and verdict in ``gate``."""
    targets: dict[str, dict[str, Any]] = {}
    for t, name in enumerate(data.tasks):
        if name not in figures or t not in half:
            continue
        passed = gate.get(name, {}).get("passed", True)
        entry = {
            **figures[name],
            "measurements": data.measurements[t],
            "molecules": int((data.task == t).sum()),
            "half_width": round(half[t], 3),
            "coverage": coverage.get(t),
        }
        entry |= verdict(entry)
        if "/" in name and passed and not entry["usable"]:
            gate[name] |= {"passed": False, "why": entry["why"]}
            passed = False
        if passed:
            targets[name] = entry
        else:
            gate[name] |= {"figures": entry}
    return targets


def verdict(entry: dict[str, Any]) -> dict[str, Any]:
    """Usable when, with 95 % confidence, the model beats knowing only the target's mean."""
    if entry["r2_low"] > 0:
        return {"usable": True, "why": ""}
    return {
        "usable": False,
        "why": f"held-out R2 {entry['r2']:.2f} ({entry['r2_low']:.2f} to {entry['r2_high']:.2f}): "
        "no better than the target's mean",
    }


def _bins() -> list[str]:
    return [f"{a:g}-{b:g}" for a, b in pairwise(potency_report.EDGES)]


def _too_few(known: pl.DataFrame, shipped: set[str]) -> dict[str, int]:
    rows = known.select("target_gene", "n").drop_nulls().iter_rows()
    return {gene: int(n) for gene, n in sorted(rows) if gene not in shipped}


HEADER = (
    "gene",
    "variant",
    "n_measurements",
    "n_molecules",
    "r2",
    "r2_low",
    "r2_high",
    "rmse",
    "usable",
    "reason",
    "source",
    "version",
)


def fact_rows(made: dict[str, Any]) -> list[tuple[str, ...]]:
    """One row per target and gated variant (see HEADER)."""
    rows = []
    entries = dict(made["targets"])
    for name, result in made["mutant_gate"]["results"].items():
        if not result["passed"]:
            entries[name] = {**result.get("figures", {}), "usable": False, "why": REFUSAL}
    for name, e in sorted(entries.items()):
        gene, _, variant = name.partition("/")
        numbers = [str(e.get(k, "")) for k in ("measurements", "molecules", "r2", "r2_low", "r2_high", "rmse")]
        rows.append(
            (gene, variant, *numbers, "yes" if e["usable"] else "no", e["why"], "sartor potency model", made["version"])
        )
    return rows


def write_facts(rows: list[tuple[str, ...]], to: Path | None = None) -> Path:
    """``potency_targets.tsv`` in the facts tables (or ``to``)."""
    where = to or Path(str(resources.files("sartor.facts"))) / "tables"
    path = where / "potency_targets.tsv"
    lines = [
        "# Targets with a potency model. r2, rmse: scaffolds held out, 95 % interval. Built by sartor train potency.",
        "\t".join(HEADER),
        *("\t".join(r) for r in rows),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
