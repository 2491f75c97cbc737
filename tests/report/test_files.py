import json
import re

import pytest

from sartor.core import IntakeError
from sartor.report.files import brief_markdown, read_brief, read_patient, write_brief, write_patient


def test_patient_round_trip(made, tmp_path):
    path = write_patient(made[1], tmp_path)
    assert path.name == "1-patient.json"
    assert json.loads(path.read_text())["schema"] == "sartor/patient/1"
    assert read_patient(path) == made[1]


def test_brief_round_trip_and_same_bytes(made, tmp_path):
    brief = made[0].brief
    path = write_brief(brief, tmp_path)
    first = path.read_bytes()
    assert read_brief(path) == brief
    assert write_brief(brief, tmp_path).read_bytes() == first
    assert (tmp_path / "2-brief.md").exists()


def test_markdown_reads_as_a_table_with_numbered_evidence(made):
    text = brief_markdown(made[0].brief)
    assert "| ● | potency on EGFR | potency (target EGFR), pIC50 | above: worth 0 at 5.5, 1 at 8 | 2 |" in text
    assert "| ● | cardiac channel | herg, probability | at most 0.35 | QT is prolonged [" in text
    cited = {int(x) for x in re.findall(r"\[(\d+)\]", text)}
    listed = {int(x) for x in re.findall(r"^(\d+)\. ", text, flags=re.M)}
    assert cited == listed
    assert "selectivity over wild-type EGFR cannot be predicted" in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d.pop("schema"), "its schema is None"),
        (lambda d: d.update(objektives=[]), "unknown field 'objektives'"),
        (lambda d: d["constraints"][0].update(limit="much"), "could not convert"),
        (lambda d: d["objectives"][0].update(weight=-1), "weight must be positive"),
    ],
)
def test_a_spoiled_brief_says_what_is_wrong(made, tmp_path, change, says):
    path = write_brief(made[0].brief, tmp_path)
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))
    with pytest.raises(IntakeError, match=says) as error:
        read_brief(path)
    assert "2-brief.json" in str(error.value) and "What to do" in str(error.value)


def test_missing_and_broken_files(tmp_path):
    with pytest.raises(IntakeError, match="cannot be read"):
        read_brief(tmp_path / "absent.json")
    (tmp_path / "x.json").write_text('{"schema": \n oops')
    with pytest.raises(IntakeError, match="line 2"):
        read_patient(tmp_path / "x.json")
