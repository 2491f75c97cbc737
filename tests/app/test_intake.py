"""The order's files reach the readers, sample names included."""

import pytest

import sartor
from sartor.app.examples import folder


def two_people(tmp_path):
    source = folder() / "psychiatry-drd2"
    for path in source.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    lines = []
    for line in (tmp_path / "germline.vcf").read_text().splitlines():
        cells = line.split("\t")
        if line.startswith("#CHROM"):
            cells.append("OTHER")
        elif not line.startswith("#"):
            cells.append("./.")
        lines.append("\t".join(cells))
    (tmp_path / "germline.vcf").write_text("\n".join(lines) + "\n")
    return tmp_path / "case.toml"


def test_one_person_of_two_is_chosen_by_the_order(tmp_path):
    path = two_people(tmp_path)
    with pytest.raises(sartor.IntakeError, match="2 samples"):
        sartor.read_patient(sartor.read_order(path).patient)
    text = path.read_text()
    path.write_text(text.replace('germline  = "germline.vcf"', 'germline  = "germline.vcf"\nsample = "OTHER"'))
    other = sartor.read_patient(sartor.read_order(path).patient)
    assert other.genes["CYP2C19"].status == "not covered"


def test_the_brief_is_the_generic_one_for_a_person_of_whom_nothing_is_read(tmp_path):
    order = tmp_path / "case.toml"
    order.write_text(
        'schema = "sartor/design/1"\n[patient]\nid = "nobody"\n[disease]\nname = "schizophrenia"\ntarget = "DRD2"\n'
    )
    read = sartor.read_order(order)
    brief = sartor.write_brief(read, sartor.read_patient(read.patient))
    assert not any(x.personal for x in (*brief.objectives, *brief.constraints))
