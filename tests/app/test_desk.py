import json
from pathlib import Path

import pytest

from sartor.app.desk import Desk
from sartor.app.order import Order
from sartor.app.search import reopen, tidy
from sartor.core import Ledger, OrderError
from sartor.optimize.search import INTERRUPTED


def order(seed=1):
    return Order.model_validate(
        {"schema": "sartor/design/1", "seed": seed, "patient": {"id": "p"}, "disease": {"name": "anything"}}
    )


def write(text: str, folder: Path) -> None:
    (folder / "1-word.txt").write_text(text)


def test_a_finished_stage_is_read_back_and_not_made_again(tmp_path):
    calls = []
    for _ in range(2):
        desk = Desk(tmp_path / "out", order())
        word = desk.stage("1-word.txt", lambda: calls.append(1) or "hello", write, Path.read_text)
        assert word == "hello"
    assert len(calls) == 1
    assert desk.reused == ["1-word.txt"]
    assert desk.audit.intact()


def test_another_order_starts_afresh(tmp_path):
    Desk(tmp_path, order(1)).stage("1-word.txt", lambda: "old", write, Path.read_text)
    assert Desk(tmp_path, order(2)).stage("1-word.txt", lambda: "new", write, Path.read_text) == "new"


def test_a_stage_that_breaks_leaves_nothing_half_written(tmp_path):
    def breaks(text, folder):
        (folder / "1-word.txt").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Desk(tmp_path, order()).stage("1-word.txt", lambda: "x", breaks, Path.read_text)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0-order.json", "audit.jsonl"]


def test_disk_full_says_so_and_keeps_what_was_finished(tmp_path):
    def full(text, folder):
        raise OSError(28, "No space left on device")

    desk = Desk(tmp_path, order())
    desk.stage("1-word.txt", lambda: "kept", write, Path.read_text)
    with pytest.raises(OrderError, match=r"No space left.*choose another folder"):
        desk.stage("2-more.txt", lambda: "x", full, Path.read_text)
    assert (tmp_path / "1-word.txt").read_text() == "kept"


def test_a_folder_that_cannot_be_written_is_refused_at_once(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("a file, not a folder")
    with pytest.raises(OrderError, match="cannot write into"):
        Desk(blocked / "out", order())


def test_an_edited_audit_trail_shows(tmp_path):
    desk = Desk(tmp_path, order())
    desk.audit.write("one")
    desk.audit.write("two")
    assert desk.audit.intact()
    lines = desk.audit.path.read_text().splitlines()
    lines[1] = json.dumps({**json.loads(lines[1]), "event": "forged"})
    desk.audit.path.write_text("\n".join(lines) + "\n")
    assert not desk.audit.intact()


def test_resuming_wants_a_run_of_the_same_order(tmp_path):
    with pytest.raises(OrderError, match="nothing to resume"):
        Desk(tmp_path / "out", order(), must_go_on=True)
    assert not (tmp_path / "out").exists()
    Desk(tmp_path / "out", order(1)).stage("1-word.txt", lambda: "kept", write, Path.read_text)
    with pytest.raises(OrderError, match=r"this differs: order, seed"):
        Desk(tmp_path / "out", order(2), must_go_on=True)
    assert (tmp_path / "out" / "1-word.txt").read_text() == "kept"
    Desk(tmp_path / "out", order(1), must_go_on=True)


def test_a_kept_search_is_tidied_away_unless_the_user_broke_it_off(tmp_path):
    desk = Desk(tmp_path, order())
    for name in ("3-search.npz", "3-search.jsonl", "3-ledger.parquet", "5-dossier.json", "2-brief.json"):
        (tmp_path / name).write_text("x")
    tidy(Ledger(stopped=INTERRUPTED), desk)
    reopen(desk)
    left = {p.name for p in tmp_path.glob("[1-5]-*")}
    assert left == {"3-search.npz", "3-search.jsonl", "2-brief.json"}
    tidy(Ledger(stopped="the time is up"), desk)
    assert {p.name for p in tmp_path.glob("[1-5]-*")} == {"2-brief.json"}
    reopen(desk)  # nothing kept: nothing is taken away
    assert (tmp_path / "2-brief.json").exists()
