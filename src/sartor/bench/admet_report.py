"""The ADMET figures as a table in Markdown and two pictures: calibration of the classes, coverage of all intervals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sartor.ml import weights
from sartor.score.admet import WEIGHTS

HEAD = (
    "| endpoint | unit | licence | n | unseen scaffolds | coverage (0.90) | ECE | TDC task | ours on TDC's molecules | "
    "ADMET-AI | | random folds | |"
)
_SIDE, _LEFT, _TOP = 300, 40, 30


def write_report(figures: dict[str, Any], folder: Path) -> list[Path]:
    """``admet-table.md``, ``admet-reliability.svg`` and ``admet-coverage.svg`` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    card = weights.card(WEIGHTS)["endpoints"]
    made = {
        "admet-table.md": table(figures, card),
        "admet-reliability.svg": reliability(
            [e["record"]["reliability"] for e in card.values() if "reliability" in e["record"]]
        ),
        "admet-coverage.svg": coverage([e["coverage"] for e in figures["endpoints"].values()]),
    }
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in made]


def table(figures: dict[str, Any], card: dict[str, Any]) -> str:
    """One row an endpoint; the columns of random folds are empty where those were not measured."""
    alike = figures.get("random_split", {}).get("endpoints", {})
    lines = [HEAD, "|---" * (HEAD.count("|") - 1) + "|"]
    for name, e in figures["endpoints"].items():
        kind = "AUROC" if e["kind"] == "probability" else "R2"
        scale = {"log10": " log", "percent": " log-odds"}.get(card[name]["scale"], "") if kind == "R2" else ""
        main = e["R2 of the logarithm"] if scale else e[kind]
        there, other = e.get("admet_ai"), alike.get(name)
        cells = [
            name, card[name]["unit"], card[name]["licence_class"], str(e["n"]), f"{kind} {told(main)}{scale}",
            f"{e['coverage']:.3f}", f"{e['ece']:.3f}" if "ece" in e else "", card[name]["tdc"],
            told(there["ours"]) if there else "", f"{there['published']:.3f}" if there else "",
            "not predictable" if e["not_predictable"] else there["verdict"] if there else "",
            told(other["ours"]) if other else "", other["verdict"] if other else "",
        ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def told(figure: Sequence[float]) -> str:
    """A figure with its 95 % interval."""
    return f"{figure[0]:.3f} ({figure[1]:.3f}–{figure[2]:.3f})" if len(figure) else ""


def reliability(groups: Sequence[Sequence[Sequence[float]]]) -> str:
    """Observed share against mean probability, a point a tenth of an endpoint: ``(probability, share, n)`` each."""
    parts = _frame("Calibration on unseen scaffolds, ten groups a class endpoint", "mean predicted probability")
    parts.append(f'<path d="M{_LEFT} {_TOP + _SIDE}L{_LEFT + _SIDE} {_TOP}" stroke="#999" stroke-dasharray="4 3"/>')
    parts += [_dot(p, share) for endpoint in groups for p, share, _ in endpoint]
    parts.append(_upright("observed share"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def coverage(values: Sequence[float], low: float = 0.85, high: float = 0.95) -> str:
    """Share of measured values inside their 90 % interval, endpoints in rising order, between two lines at +-0.02."""
    parts = _frame("Coverage of 90 % intervals on unseen scaffolds", "endpoints, in rising order", low, high, False)
    for at, style in ((0.9, "#444"), (0.88, "#bbb"), (0.92, "#bbb")):
        y = _TOP + _SIDE * (high - at) / (high - low)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_LEFT + _SIDE}" stroke="{style}" stroke-dasharray="4 3"/>')
    rising = sorted(values)
    parts += [
        _dot((i + 0.5) / len(rising), (min(max(v, low), high) - low) / (high - low)) for i, v in enumerate(rising)
    ]
    parts.append(_upright("share inside"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _frame(title: str, below: str, low: float = 0.0, high: float = 1.0, ticks_below: bool = True) -> list[str]:
    bottom, middle = _TOP + _SIDE, _LEFT + _SIDE / 2
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 365" font-family="sans-serif" font-size="10">',
        '<rect width="360" height="365" fill="white"/>',
        f'<text x="{middle}" y="16" text-anchor="middle" font-size="11">{title}</text>',
        f'<path d="M{_LEFT} {bottom}H{_LEFT + _SIDE}M{_LEFT} {bottom}V{_TOP}" stroke="#333" fill="none"/>',
        f'<text x="{middle}" y="{bottom + 28}" text-anchor="middle">{below}</text>',
    ]
    for i in range(5):
        value = low + (high - low) * i / 4
        parts.append(f'<text x="{_LEFT - 4}" y="{bottom - _SIDE * i / 4 + 3:.1f}" text-anchor="end">{value:.3g}</text>')
        if ticks_below:
            x = _LEFT + _SIDE * i / 4
            parts.append(f'<text x="{x:.1f}" y="{bottom + 13}" text-anchor="middle">{value:.3g}</text>')
    return parts


def _dot(x: float, y: float) -> str:
    at, up = _LEFT + _SIDE * x, _TOP + _SIDE * (1 - y)
    return f'<circle cx="{at:.1f}" cy="{up:.1f}" r="2.5" fill="#2a6f97" fill-opacity=".35"/>'


def _upright(text: str) -> str:
    y = _TOP + _SIDE / 2
    return f'<text x="10" y="{y}" transform="rotate(-90 10 {y})" text-anchor="middle">{text}</text>'
