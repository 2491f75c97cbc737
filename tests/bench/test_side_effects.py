"""Figures of alerts and panel on tables of a few lines."""

import gzip

import numpy as np
import pytest

from sartor.bench.side_effects import NO_PLD_DRUGS, PLD_DRUGS, alert_figures, auroc, figures, panel_figures, rate
from sartor.core import OrderError


def test_rates_carry_wilson_intervals():
    part, whole = np.array([True] * 8 + [False] * 2), np.ones(10, dtype=bool)
    assert rate(part, whole) == [0.8, 0.49, 0.943]
    assert rate(part, ~whole) is None


def test_recall_spared_precision_and_lift():
    spoke = np.array([True, True, False, False, True, False])
    harmful = np.array([True, True, True, False, False, False])
    f = figures(spoke, harmful)
    assert f["recall"][0] == pytest.approx(0.667) and f["spared"][0] == pytest.approx(0.667)
    assert f["precision"][0] == pytest.approx(0.667) and f["base_rate"] == 0.5 and f["lift"] == 1.33


def test_auroc_needs_five_of_each():
    assert auroc(np.arange(5.0) + 10, np.arange(5.0)) == 1.0 and auroc(np.arange(4.0), np.arange(9.0)) is None
    assert auroc(np.ones(5), np.ones(5)) == 0.5


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)


def test_figures_from_files(tmp_path):
    admet = tmp_path / "admet"
    nitro, plain = "O=[N+]([O-])c1ccc(CCC)cc1", "CCCCCCCC(=O)OC"
    _write(admet / "tdc" / "ames.train_val.csv.gz", f"Drug_ID,Drug,Y\na,{nitro},1\nb,{plain},0\n")
    _write(admet / "tdc" / "extra_skin_reaction.csv.gz", f"Drug_ID,Drug,Y\na,O=CC=Cc1ccccc1,1\nb,{plain},0\n")
    dili = f"SMILES,DILIst Classification\nO=[N+]([O-])c1cc(O)c(O)cc1C(=O)c1ccc(C)cc1,1\n{plain},0\n"
    _write(admet / "dili" / "DILIst_with_smiles.csv.gz", dili)
    _write(
        admet / "pxr" / "pxr-challenge_TRAIN.csv.gz",
        f"SMILES,pEC50\nCCCCCCCCc1ccc(cc1)C(=O)Nc1ccc(Cl)cc1,6.1\n{plain},4.0\n",
    )
    found = alert_figures(tmp_path)
    assert found["mutagen alerts, Ames test (TDC)"]["recall"][0] == 1.0
    assert found["mutagen alerts, Ames test (TDC)"]["spared"][0] == 1.0
    tdi = found["TDI alerts, known inactivators against all other drugs"]
    assert tdi["recall"][0] > 0.7 and tdi["lift"] > 1.2
    pld = found["Ploemen's rule, drugs with and without phospholipidosis"]
    assert pld["recall"][0] > 0.6 and pld["spared"][0] > 0.8 and set(PLD_DRUGS).isdisjoint(NO_PLD_DRUGS)
    with pytest.raises(OrderError, match="--data"):
        alert_figures(tmp_path / "elsewhere")


def test_panel_finds_what_is_annotated(tmp_path):
    hub = tmp_path / "hub.tsv.gz"
    rows = [
        ("haloperidol", "DRD2, DRD3", "O=C(CCCN1CCC(O)(c2ccc(Cl)cc2)CC1)c1ccc(F)cc1"),
        ("astemizole", "HRH1, KCNH2", "COc1ccc(CCN2CCC(CC2)Nc2nc3ccccc3n2Cc2ccc(F)cc2)cc1"),
    ]
    text = "Name\tTarget\tSMILES\tPhase\n" + "".join(f"{n}\t{t}\t{s}\tLaunched\n" for n, t, s in rows)
    _write(hub, text)
    found = panel_figures(hub)
    assert found["drugs"] == 2 and found["annotated_pairs"] == 4 and found["annotated_flagged_of_in_domain"][0] >= 0.75
    assert found["per_protein"]["DRD2"]["flagged"] == 1 and found["per_protein"]["DRD2"]["auroc"] is None
