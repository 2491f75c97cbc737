from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from sartor.report.curve import curve, save_curve

SVG = "{http://www.w3.org/2000/svg}"


def test_points_lie_between_the_axes_and_in_order() -> None:
    text = curve(
        {"a < b": [(0, 5.0), (10, 3.0), (20, 2.0)], "held out": [(0, 6.0), (20, 2.5)]}, "step", "nats", "T & U"
    )
    root = ET.fromstring(text)
    lines = [e for e in root.iter(f"{SVG}polyline") if e.get("stroke-width") == "2"]
    first = [tuple(map(float, p.split(","))) for p in (lines[0].get("points") or "").split()]
    assert len(lines) == 2 and len(first) == 3
    assert first[0][0] < first[1][0] < first[2][0] and first[0][1] < first[1][1] < first[2][1]
    words = [e.text for e in root.iter(f"{SVG}text")]
    assert {"a < b", "held out", "step", "nats", "T & U"} <= set(words)


def test_what_is_not_finite_is_left_out(tmp_path) -> None:
    nan = float("nan")
    assert curve({"a": [(0, 1.0), (1, nan), (2, 2.0)]}, "x", "y", "t").count(",") >= 2
    with pytest.raises(ValueError, match="nothing to draw"):
        curve({"a": [(0, nan)]}, "x", "y", "t")
    save_curve(tmp_path / "none.svg", {"a": [(0, nan)]}, "x", "y", "t")
    assert not (tmp_path / "none.svg").exists()
    save_curve(tmp_path / "one.svg", {"a": [(0, 1.0)]}, "x", "y", "t")
    assert ET.parse(tmp_path / "one.svg").getroot().tag == f"{SVG}svg"
