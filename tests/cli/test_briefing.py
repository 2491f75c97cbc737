"""``sartor brief --explain`` and a refused rule, as a person meets them."""

import json

from typer.testing import CliRunner

from sartor.app.examples import folder
from sartor.cli.commands import app


def case(tmp_path, top=""):
    for path in (folder() / "psychiatry-drd2").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    order = tmp_path / "case.toml"
    order.write_text(order.read_text().replace("seed   = 20263", f"seed   = 20263\n{top}"))
    return str(order)


def test_explain_prints_fact_rule_effect_and_evidence(tmp_path):
    text = CliRunner().invoke(app, ["brief", case(tmp_path), "--explain"]).stdout
    block = text[text.index("fact      G6PD is deficient") :].split("\n\n")[0]
    assert "rule      red-cells" in block and "constraint 'no oxidant groups" in block
    assert "life-threatening: acute haemolysis" in block and "CPIC guideline G6PD" in block


def test_a_refused_rule_shows_in_the_answer(tmp_path):
    done = CliRunner().invoke(app, ["brief", case(tmp_path, 'refuse = ["red-cells"]'), "--json"])
    made = json.loads(done.stdout.splitlines()[-1])
    assert "red-cells" in made["refused"][0]["text"]
    assert "no oxidant groups" not in {c["name"] for c in made["constraints"]}
    assert all(link["evidence"] for link in made["chain"])
