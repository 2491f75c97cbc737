"""What is promised is there: the public list, the nouns, the README's commands, the licence."""

from pathlib import Path

import sartor
import sartor.core

ROOT = Path(__file__).resolve().parents[2]

PUBLIC = {
    "Candidate",
    "Constraint",
    "DesignBrief",
    "Desirability",
    "Dossier",
    "Evidence",
    "IntakeError",
    "Objective",
    "OrderError",
    "PartError",
    "Patient",
    "Refusal",
    "SartorError",
    "__version__",
    "design",
    "read_brief",
    "read_order",
    "read_patient",
    "write_brief",
}


def test_public_list():
    assert set(sartor.__all__) == PUBLIC
    for name in PUBLIC:
        assert getattr(sartor, name) is not None
        assert name in dir(sartor)


def test_core_list_is_sorted_and_real():
    names = list(sartor.core.__all__)
    assert all(getattr(sartor.core, n) is not None for n in names)
    assert len(names) == len(set(names))


def test_unknown_public_name_is_an_attribute_error():
    try:
        _ = sartor.nothing_of_this_name
    except AttributeError as error:
        assert "nothing_of_this_name" in str(error)
    else:
        raise AssertionError("an unknown name must raise AttributeError")


def test_readme_starts_with_the_two_commands():
    code = [line.split("#")[0].strip() for line in (ROOT / "README.md").read_text().splitlines()[:12]]
    assert code.index("make demo") < code.index("make test")


def test_licence_and_notice():
    assert "Apache License" in (ROOT / "LICENSE").read_text()
    notice = (ROOT / "NOTICE").read_text()
    for source in ("ChEMBL", "CPIC", "CIViC", "ClinPGx"):
        assert source in notice
