import csv
import gzip
import sys
import types

import numpy as np
import pytest

from sartor.app import admet, critic
from sartor.chem.parse import strict_batch
from sartor.core import IntakeError, OrderError, PartError, Refusal

ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"
GEFITINIB = "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1"
TWO = ("herg", "vdss")


def read(path):
    with path.open(newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_line_keeps_its_row_and_a_bad_one_its_reason(tmp_path):
    source = tmp_path / "m.csv"
    source.write_text(f"id,S,note\na,{ASPIRIN},x\nb,C1CC,y\nc,,z\nd,[Na+].[Cl-],\ne,{GEFITINIB},\n")
    made = admet.predict_file(source, tmp_path / "o.csv", "S", TWO)
    got = read(tmp_path / "o.csv")
    assert [r["name"] for r in got] == list("abcde") and [r["line"] for r in got] == list("23456")
    assert [bool(r["problem"]) for r in got] == [False, True, True, True, False]
    assert got[2]["problem"] == "empty" and got[1]["herg"] == "" and got[1]["herg_why_not"]
    assert made["lines"] == 5 and made["refused"] == 3 and made["predicted"] == 2
    for name in TWO:
        low, value, high = (float(got[0][f"{name}{end}"]) for end in ("_low", "", "_high"))
        assert low <= value <= high and got[0][f"{name}_in_domain"] in ("true", "false")


def test_a_salt_reads_as_its_parent(tmp_path):
    source = tmp_path / "m.smi"
    source.write_text("smiles name\nCC(=O)Oc1ccccc1C(=O)[O-].[Na+] salt\n# a remark\n\n" + f"{ASPIRIN}\tparent form\n")
    admet.predict_file(source, tmp_path / "o.csv", names=TWO)
    salt, parent = read(tmp_path / "o.csv")
    assert salt["smiles"] == parent["smiles"] and salt["herg"] == parent["herg"] and parent["name"] == "parent form"


@pytest.mark.parametrize("suffix", ["tsv", "tsv.gz"])
def test_tables_with_tabs_and_zipped_ones(tmp_path, suffix):
    source = tmp_path / f"m.{suffix}"
    text = f"Title\tSMILES\nfirst\t{ASPIRIN}\n"
    source.write_bytes(gzip.compress(text.encode()) if suffix.endswith("gz") else text.encode())
    admet.predict_file(source, tmp_path / "o.csv", names=TWO)
    assert read(tmp_path / "o.csv")[0]["name"] == "first"


def test_a_long_list_is_streamed_and_chunks_do_not_matter(tmp_path, monkeypatch):
    source = tmp_path / "m.smi"
    source.write_text("".join(f"{'C' * (i % 7)}{ASPIRIN}\n" for i in range(20)))
    admet.predict_file(source, tmp_path / "a.csv", names=TWO)
    monkeypatch.setattr(admet, "CHUNK", 8)
    heard = []
    admet.predict_file(source, tmp_path / "b.csv", names=TWO, say=lambda done, bad: heard.append((done, bad)))
    assert heard == [(8, 0), (16, 0), (20, 0)]
    for a, b in zip(read(tmp_path / "a.csv"), read(tmp_path / "b.csv"), strict=True):
        assert float(a["herg"]) == pytest.approx(float(b["herg"]), rel=1e-4) and a["smiles"] == b["smiles"]


def test_wrong_orders_say_what_to_do(tmp_path):
    source, empty = tmp_path / "m.csv", tmp_path / "e.smi"
    source.write_text(f"id,structure\na,{ASPIRIN}\n")
    empty.write_text("# nothing\n")
    with pytest.raises(IntakeError, match="structure"):
        admet.predict_file(source, tmp_path / "o.csv", "S")
    with pytest.raises(IntakeError, match="no molecules"):
        admet.predict_file(empty, tmp_path / "o.csv")
    with pytest.raises(OrderError, match="herrg"):
        admet.predict_file(source, tmp_path / "o.csv", "structure", ("herrg",))
    with pytest.raises(IntakeError, match="cannot be read"):
        admet.predict_file(tmp_path / "none.csv", tmp_path / "o.csv")


def test_the_list_names_unit_licence_and_task():
    listed = {row["name"]: row for row in admet.listed()}
    assert len(listed) == len(admet.parts()) and sum(not r["not_predictable"] for r in listed.values()) >= 30
    assert listed["solubility"]["tdc_task"] == "Solubility_AqSolDB" and listed["solubility"]["unit"] == "log mol/L"
    assert listed["vdss"]["tdc_task"] == "VDss_Lombardo" and listed["pgp_substrate"]["tdc_task"] is None
    assert listed["cyp1a2_substrate"]["not_predictable"]
    for row in listed.values():
        assert row["not_predictable"] or (row["licence_class"] in ("open", "sa", "confirm", "?") and row["figures"])


def test_a_repeated_molecule_costs_nothing_and_keeps_its_place(monkeypatch):
    mols = strict_batch([ASPIRIN, GEFITINIB, ASPIRIN])
    asked = []
    real = admet.admet.Shared.answers
    monkeypatch.setattr(admet.admet.Shared, "answers", lambda self, c, v: asked.append(len(c)) or real(self, c, v))
    read = admet.measure(mols, ("herg", "ames"))
    assert asked == [2]
    assert all(r.value[0] == r.value[2] != r.value[1] for r in read.values())


class Stub:
    """The interface of ADMET-AI 2: a model that answers a table, by task, for a list of SMILES."""

    tasks = {"hERG": 0.99, "VDss_Lombardo": 5000.0, "QED": 0.5}

    def predict(self, smiles):
        assert isinstance(smiles, list)
        return {task: [value] * len(smiles) for task, value in self.tasks.items()}


def installed(monkeypatch, stub):
    package = types.ModuleType("admet_ai")
    package.ADMETModel = stub
    monkeypatch.setitem(sys.modules, "admet_ai", package)


def test_the_critic_is_compared_where_both_speak(monkeypatch):
    installed(monkeypatch, Stub)
    made = critic.criticize([ASPIRIN, GEFITINIB])
    assert set(made.endpoints) == {"herg", "vdss"} and made.molecules == 2
    ours = admet.measure(strict_batch([ASPIRIN, GEFITINIB]), ("herg", "vdss"))
    found = {(d.endpoint, d.smiles) for d in made.disagreements}
    assert (("herg", strict_batch([ASPIRIN]).smiles[0]) in found) == (ours["herg"].value[0] < 0.5)
    assert made.compared == sum(int((~np.isnan(r.value)).sum()) for r in ours.values())
    for d in made.disagreements:
        assert d.critic in (0.99, 5000.0) and d.low <= d.ours <= d.high


def test_a_critic_of_another_shape_is_a_part_error(monkeypatch):
    installed(monkeypatch, type("Other", (Stub,), {"tasks": {"QED": 1.0}}))
    with pytest.raises(PartError, match="none of the tasks"):
        critic.critic_values([ASPIRIN])
    installed(monkeypatch, type("Short", (Stub,), {"predict": lambda self, smiles: {"hERG": [0.1]}}))
    with pytest.raises(PartError, match="numbers of hERG"):
        critic.critic_values([ASPIRIN, GEFITINIB])


def test_without_the_package_the_critic_refuses(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(critic.importlib, "import_module", missing)
    with pytest.raises(Refusal, match=r"sartor\[critic\]"):
        critic.criticize([ASPIRIN])
