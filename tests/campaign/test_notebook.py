"""The folder: append-only, hash-chained, whole or not at all."""

import json
import os

import pytest

from sartor.campaign.notebook import Held, begun, opened, rows_of
from sartor.campaign.results import Result
from sartor.core import IntakeError, OrderError

ROW = Result(2, "CCO", "LFQSCWFLJHTTHZ-UHFFFAOYSA-N", "", 6.5, "=", key="k1")


def test_events_come_back_and_tables_follow(tmp_path):
    book = begun(tmp_path / "c", "EGFR", "", {})
    book.write("learned", sha256="x", results=rows_of([ROW]))
    again = opened(tmp_path / "c")
    assert again.results() == [ROW] and again.digest() == book.digest() and again.target == "EGFR"
    assert "LFQSCWFLJHTTHZ" in (tmp_path / "c" / "measured.tsv").read_text()


def test_a_torn_last_line_never_happened(tmp_path):
    book = begun(tmp_path, "EGFR", "", {})
    book.write("learned", sha256="x", results=rows_of([ROW]))
    whole = (tmp_path / "events.jsonl").read_bytes()
    (tmp_path / "events.jsonl").write_bytes(whole + b'{"event": "learned", "resu')
    again = opened(tmp_path)
    assert len(again.events) == 1 and (tmp_path / "events.jsonl").read_bytes() == whole
    assert (tmp_path / "events.torn").read_bytes().startswith(b'{"event"')
    again.write("proposed", batch=1, molecules=[])
    assert opened(tmp_path).batches() == 1


def test_a_crash_after_the_event_loses_nothing(tmp_path, monkeypatch):
    book = begun(tmp_path, "EGFR", "", {})
    with monkeypatch.context() as patch:
        patch.setattr(type(book), "refresh", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            book.write("learned", sha256="x", results=rows_of([ROW]))
    assert not (tmp_path / "measured.tsv").exists()
    again = opened(tmp_path)
    again.refresh()
    assert again.results() == [ROW] and "6.5" in (tmp_path / "measured.tsv").read_text()


def test_a_changed_journal_is_refused(tmp_path):
    book = begun(tmp_path, "EGFR", "", {})
    for value in (6.5, 7.5):
        book.write("learned", sha256=str(value), results=rows_of([ROW]))
    path = tmp_path / "events.jsonl"
    lines = path.read_text().splitlines()
    first = json.loads(lines[0])
    first["results"][0]["value"] = 9.9
    path.write_text(json.dumps(first, sort_keys=True) + "\n" + lines[1] + "\n")
    with pytest.raises(IntakeError, match="line 2: does not follow"):
        opened(tmp_path)


def test_two_commands_do_not_write_at_once_and_a_dead_one_does_not_lock(tmp_path):
    with Held(tmp_path), pytest.raises(OrderError, match="another command"), Held(tmp_path):
        pass
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    import platform

    (tmp_path / ".lock").write_text(f"{platform.node()} {child}")
    with Held(tmp_path):
        pass
    assert not (tmp_path / ".lock").exists()


def test_another_target_in_the_same_folder_is_refused(tmp_path):
    begun(tmp_path, "EGFR", "", {})
    with pytest.raises(OrderError, match="campaign on EGFR, not on ABL1"):
        begun(tmp_path, "ABL1", "", {})
    with pytest.raises(IntakeError, match="no campaign folder"):
        opened(tmp_path / "nowhere")
