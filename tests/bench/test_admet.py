from sartor.bench.admet import compare, measure_admet
from sartor.bench.admet_report import write_report
from sartor.facts.admet import Published, published
from sartor.ml import weights

THERE = Published("T", "t", 500, 0.80, 0.7, None, None, "s", "v")


def ours(value: float, low: float, high: float, n: int = 450) -> dict:
    return {"n": n, "AUROC": [value, low, high], "AUPRC": [0.6, 0.5, 0.7]}


def test_better_equal_and_worse():
    assert compare("probability", ours(0.81, 0.78, 0.84), THERE)["verdict"] == "better"
    assert compare("probability", ours(0.78, 0.75, 0.81), THERE)["verdict"] == "equal"
    assert compare("probability", ours(0.75, 0.72, 0.78), THERE)["verdict"] == "worse"


def test_other_data_is_said():
    assert compare("probability", ours(0.8, 0.7, 0.9, 450), THERE)["data"] == ""
    assert "300 molecules here, 500 there" in compare("probability", ours(0.8, 0.7, 0.9, 300), THERE)["data"]


def test_values_are_compared_by_r2_with_the_error_beside():
    there = Published("T", "t", 500, None, None, 0.3, 5.0, "s", "v")
    made = compare("value", {"n": 500, "R2": [0.4, 0.3, 0.5], "MAE": [6.0, 5.5, 6.5]}, there)
    assert made["verdict"] == "better" and not made["mae_better"]


def test_every_published_task_is_an_endpoint_of_ours_with_that_task():
    entries = weights.card("admet")["endpoints"]
    for name, row in published().items():
        assert entries[name]["tdc"] == row.task


def test_the_counts_add_up():
    made = measure_admet()
    assert made["shared"] == len(published()) == made["better"] + made["equal"] + made["worse"]
    assert made["answering"] + len(made["not_predictable"]) == len(made["endpoints"])


def test_the_report_holds_a_row_an_endpoint_and_both_pictures(tmp_path):
    figures = measure_admet()
    paths = write_report(figures, tmp_path / "report")
    rows = (tmp_path / "report" / "admet-table.md").read_text().splitlines()
    assert [p.name for p in paths] == ["admet-table.md", "admet-reliability.svg", "admet-coverage.svg"]
    assert len(rows) == 2 + len(figures["endpoints"]) and all(r.count("|") == rows[0].count("|") for r in rows)
    herg = figures["endpoints"]["herg"]
    assert f"AUROC {herg['AUROC'][0]:.3f}" in next(r for r in rows if r.startswith("| herg "))
    groups = 10 * sum(e["kind"] == "probability" for e in figures["endpoints"].values())
    assert paths[1].read_text().count("<circle") == groups
    assert paths[2].read_text().count("<circle") == len(figures["endpoints"])
