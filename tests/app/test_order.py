from pathlib import Path

import pytest

from sartor.app import parts
from sartor.app.examples import NAMES, folder
from sartor.app.order import read_order
from sartor.core import OrderError

GOOD = """
schema = "sartor/design/1"
seed = 7
[patient]
id = "p-1"
germline = "g.vcf"
[disease]
name = "lung adenocarcinoma"
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "case.toml"
    path.write_text(text)
    return path


def test_defaults_and_relative_paths(tmp_path):
    order = read_order(write(tmp_path, GOOD))
    assert order.seed == 7
    assert order.patient.path(order.patient.germline) == tmp_path / "g.vcf"
    assert order.patient.path(order.patient.tumor) is None
    assert order.generate.use == ("language-model", "genetic")


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("[shortlist]\nsizes = 3\n", "did you mean 'size'"),
        ("[optimise]\n", "did you mean 'optimize'"),
        ("[shortlist]\nsize = 0\n", "shortlist.size"),
        ("[generate.settings.autoencoder]\nchoices = 3\n", "'autoencoder', which is not used"),
        (
            "[[objective]]\nname='x'\nuse='qed'\nunit='score'\ndesirability={above=[1,0]}\n",
            "wants the first smaller",
        ),
        (
            "[[objective]]\nname='x'\nuse='qed'\nunit='score'\ndesirability={}\n",
            "exactly one of above, below",
        ),
        ("[[constraint]]\nname='x'\nuse='qed'\nunit='score'\n", "exactly one of below, above"),
        (
            "[[constraint]]\nname='x'\nuse='a'\nunit='u'\nbelow=1\n[[constraint]]\nname='x'\nuse='a'\nunit='u'\nbelow=1",
            "used twice",
        ),
    ],
)
def test_a_wrong_order_says_what_came_and_what_was_expected(tmp_path, extra, expected):
    with pytest.raises(OrderError) as caught:
        read_order(write(tmp_path, GOOD + extra))
    assert expected in str(caught.value)
    assert "case.toml" in str(caught.value)


def test_the_line_of_an_unknown_key_is_named(tmp_path):
    with pytest.raises(OrderError, match=r"line 10"):
        read_order(write(tmp_path, GOOD + "[shortlist]\nsizes = 3\n"))


def test_schema_missing_file_and_broken_toml(tmp_path):
    with pytest.raises(OrderError, match="schema"):
        read_order(write(tmp_path, GOOD.replace("design/1", "design/9")))
    with pytest.raises(OrderError, match="no such order file"):
        read_order(tmp_path / "nothing.toml")
    with pytest.raises(OrderError, match="not valid TOML"):
        read_order(write(tmp_path, GOOD + "[[[\n"))


def test_own_objectives_and_constraints_become_nouns(tmp_path):
    text = GOOD + (
        "[[objective]]\nname='potent'\nuse='potency'\nunit='pIC50'\ndesirability={above=[6,8]}\nweight=2.0\n"
        "settings={target='EGFR'}\n[[constraint]]\nname='light'\nuse='molecular_weight'\nunit='Da'\nbelow=550\n"
    )
    order = read_order(write(tmp_path, text))
    (objective,) = order.objectives()
    (constraint,) = order.constraints()
    assert objective.settings == {"target": "EGFR"} and objective.weight == 2.0
    assert objective.desirability.points == (6.0, 8.0)
    assert (constraint.bound, constraint.limit) == ("below", 550.0)
    assert objective.because[0].evidence[0].source == "the order file"


def test_parts_take_settings_of_their_own(tmp_path):
    order = read_order(
        write(
            tmp_path,
            GOOD + "[generate.settings.genetic]\nmutation = 0.3\n[optimize.settings]\nbatch = 16\n",
        )
    )
    assert order.generate.settings == {"genetic": {"mutation": 0.3}}
    assert parts.optimizer(order.optimize.use, order.optimize.settings).config.batch == 16
    with pytest.raises(OrderError, match=r"'reinforcement': setting 'bach'.*it takes .*batch"):
        parts.optimizer("reinforcement", {"bach": 16})
    with pytest.raises(OrderError, match="'genetic': setting 'mutations'"):
        parts.generators(["genetic"], {"genetic": {"mutations": 1}})


def test_a_refused_rule_must_exist(tmp_path):
    top = 'seed = 7\nrefuse = ["brain"]'
    assert read_order(write(tmp_path, GOOD.replace("seed = 7", top))).refuse == ("brain",)
    with pytest.raises(OrderError, match=r"case.toml, line 4: refuse: no rule is called 'brian'; did you mean 'brain'"):
        read_order(write(tmp_path, GOOD.replace("seed = 7", top.replace("brain", "brian"))))


@pytest.mark.parametrize("name", NAMES)
def test_shipped_cases_are_valid_orders(name):
    order = read_order(folder() / name / "case.toml")
    for field in ("germline", "tumor", "outside", "medicines", "record"):
        path = order.patient.path(getattr(order.patient, field))
        assert path is None or path.is_file(), f"{name}: {path} is missing"


def test_the_assembly_may_be_left_to_the_files():
    from sartor.app.order import PatientFiles

    assert PatientFiles(id="case-1", assembly="auto").assembly == "auto"
    with pytest.raises(ValueError):
        PatientFiles(id="case-1", assembly="hg19")


def test_proposers_and_search_take_settings_of_their_own(tmp_path):
    text = GOOD + (
        '[generate]\nuse = ["language-model"]\n[generate.settings.language-model]\nloss = "tb"\n'
        '[optimize]\ngoal = "pareto"\n[optimize.settings]\nstagnation = 9\n'
    )
    order = read_order(write(tmp_path, text))
    assert order.generate.settings == {"language-model": {"loss": "tb"}}
    assert order.optimize.goal == "pareto" and order.optimize.settings == {"stagnation": 9}
    with pytest.raises(OrderError, match="'genetics', which is not used"):
        read_order(write(tmp_path, text.replace("settings.language-model", "settings.genetics")))
    with pytest.raises(OrderError, match="the goal stands under"):
        read_order(write(tmp_path, text.replace("stagnation = 9", 'goal = "pareto"')))
    with pytest.raises(OrderError, match="goal"):
        read_order(write(tmp_path, text.replace('"pareto"', '"everything"')))


def test_an_unknown_setting_of_a_search_names_those_it_takes():
    with pytest.raises(OrderError, match=r"'surpluss'.*surplus"):
        parts.optimizer("reinforcement", {"surpluss": 2.0})
    assert parts.optimizer("reinforcement", {"goal": "pareto"}).config.goal == "pareto"
