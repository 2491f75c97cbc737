# ruff: noqa: E501  (one row a line)
import json

import pytest

from sartor.bench.ddi import measure_ddi, stretched
from sartor.bench.ddi_picture import scatter_svg
from sartor.bench.ddi_rows import Answer, Row, answer, read_rows, row_genes, row_regimen
from sartor.core import IntakeError
from sartor.pharmacology import ddi

HEADER = (
    "enzyme", "data_id", "perpetrator", "perpetrator_dose", "victim", "victim_route", "observed_aucr", "pksim_aucr_dosenorm",
    "auc_window_h", "arm_grouping", "comment", "reference", "record_type", "is_metabolite", "observed_aucr_dosenorm",
    "enzyme_source", "leak_group",
)  # fmt: skip
# Invented rows of the right shape: these numbers are nobody's study.
ROWS = [
    ("CYP3A4", "1", "Ketoconazole", "400 mg, PO, MD OD (4 days)", "Midazolam", "PO", "11", "10", "0/inf/73/inf", "", "", "A 1990", "auc_ratio", "0", "11", "report", "a"),
    ("CYP3A4", "2", "Rifampin", "600 mg, PO, MD OD (7 days)", "Midazolam", "IV", "0.9", "0.5", "0/inf/150/inf", "", "", "B 1991", "auc_ratio", "0", "0.45", "report", "b"),
    ("CYP2D6", "3", "Paroxetine", "20 mg, PO, QD", "Desipramine", "PO", "1.1", "", "0/24/240/264", "PAR-DES_PM", "", "C 1992", "auc_ratio", "0", "1.1", "report", "c"),
    ("CYP2D6", "4", "Unobtainium", "20 mg", "Desipramine", "PO", "3", "", "", "", "", "D", "auc_ratio", "0", "3", "report", "d"),
    ("CYP3A4", "5", "Ketoconazole", "400 mg", "Hydroxymidazolam", "PO", "3", "", "", "", "", "E", "auc_ratio", "1", "3", "report", "e"),
    ("P-gp", "6", "Verapamil", "80 mg", "Digoxin", "PO", "3", "", "", "", "", "F", "renal_clearance_surrogate", "0", "3", "report", "f"),
    ("CYP3A4", "7", "Ketoconazole", "400 mg", "Midazolam", "PO", "3", "", "", "", "", "G", "auc_ratio", "0", "", "report", "g"),
    ("CYP1A2", "8", "Fluvoxamine", "100 g, PO", "Caffeine", "PO", "3", "", "", "", "", "H", "auc_ratio", "0", "3", "report", "h"),
    ("CYP2D6", "9", "Unobtainium", "", "(E)-Clomiphene", "PO", "3", "", "", "", "", "I", "auc_ratio", "0", "3", "report", "i"),
]  # fmt: skip


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "rows.tsv"
    path.write_text("\n".join("\t".join(r) for r in (HEADER, *ROWS)) + "\n", encoding="utf-8")
    return path


def test_rows_are_kept_compared_and_abstained_with_the_reason(table):
    made = measure_ddi(table)
    assert made["n"] == 6 and made["skipped"] == {"no AUC ratio": 1, "metabolite": 1, "no observed value": 1}
    assert made["predicted"] == 3 and made["abstained"] == 3
    why = " | ".join(made["abstained_because"])
    assert "Unobtainium" in why and "slip of units" in why
    assert made["bar"]["rows"] == 3 and made["bar"]["gmfe"] < 1.6 and made["bar"]["within_2fold"] == 1
    assert made["bar"]["same_rows_as_pksim"]["rows"] == 2
    assert made["bar"]["no_interaction_guess"]["gmfe"] > 2
    assert set(made["per_enzyme"]) == {"CYP1A2", "CYP2D6", "CYP3A4"} and made["worst"][0]["why"]
    json.dumps(made, allow_nan=False)


def test_the_dose_normalized_ratio_counts_and_the_genotype_of_an_arm(table):
    rows, _ = read_rows(table)
    by_id = {r.id: r for r in rows}
    assert by_id["2"].observed == 0.45
    assert row_genes(by_id["3"]) == {"CYP2D6": 0.0} and answer(by_id["3"]).value == pytest.approx(1.0, abs=0.02)
    assert row_genes(by_id["1"]) == {}
    regimen = row_regimen(by_id["1"], ddi.perpetrator_of("ketoconazole"))
    assert (regimen.dose_mg, regimen.interval_h, regimen.started_h, regimen.stopped_h) == (400, 24, 73, 0)


def test_a_row_that_an_input_came_from_is_left_out(tmp_path):
    cells = dict(zip(HEADER, ROWS[2], strict=True)) | {"victim": "Dextromethorphan", "reference": "Capon 1996"}
    path = tmp_path / "rows.tsv"
    path.write_text("\t".join(HEADER) + "\n" + "\t".join(cells.values()) + "\n", encoding="utf-8")
    made = measure_ddi(path)
    assert made["predicted"] == 1 and made["in_sample"] == 1 and made["rows"] == 0 and made["gmfe"] is None


def test_bad_tables_say_what_is_wanted(tmp_path):
    with pytest.raises(IntakeError, match="no such table"):
        measure_ddi(tmp_path / "none.tsv")
    (tmp_path / "x.tsv").write_text("a\tb\n1\t2\n", encoding="utf-8")
    with pytest.raises(IntakeError, match="perpetrator_dose"):
        measure_ddi(tmp_path / "x.tsv")


def test_genes_by_the_same_functions(table, tmp_path):
    head = "gene\tphenotype_or_activity_score\treference_phenotype\tdrug\tobserved_auc_ratio\troute\tis_metabolite\treference\tflag"
    lines = ["CYP2D6\tPM\tNM\tDesipramine\t5\tPO\t0\tX 1990\t", "CYP2D6\tAS0.5\tAS2\tMetoprolol\t2.5\tPO\t0\tY\t",
             "CYP2D6\tPM\tNM\tDesipramine\t50\tPO\t0\tZ\tSUSPECT", "CYP2C9\t*3/*3\t*1/*1\tLosartan\t2\tPO\t0\tZ\t"]  # fmt: skip
    path = tmp_path / "genes.tsv"
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    made = measure_ddi(table, path, cross_validate=False)["genes"]
    assert made["n"] == 2 and made["predicted"] == 2 and made["gmfe"] < 1.5 and made["within_2fold"] == 1


def test_the_picture_holds_every_point():
    points = [[str(i), "CYP3A4", 2.0, 2.5] for i in range(4)] + [["x", "UGT1A1", 0.5, 0.01]]
    svg = scatter_svg(points)
    assert svg.count("<circle") == 5 and "CYP3A4: 4 of 4" in svg and "others: 0 of 1" in svg


def test_intervals_that_hold_too_little_ask_to_be_stretched_by_what_other_groups_need():
    def pair(group, observed):
        row = Row(group, "CYP3A4", "s", "p", "v", group, observed, 0.0, {})
        return row, Answer(2.0, 1.0, 4.0, "", "", (), "")

    near = [pair(f"g{i}", 2.0 * 1.1 ** (i % 5)) for i in range(30)]
    far = [pair(f"h{i}", 8.0) for i in range(15)]  # two halves of the range away: twice the stretch
    assert stretched(near)["stretch"] < 1.0 and stretched(near)["coverage"] >= 0.9
    wide = stretched([*near, *far])
    assert wide["stretch"] == pytest.approx(2.0, abs=1e-3) and wide["coverage"] == 1.0
    assert stretched(near[:1]) == {"stretch": None, "coverage": None}
