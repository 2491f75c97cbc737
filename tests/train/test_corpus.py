from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sartor.chem.notations import write_selfies
from sartor.chem.parse import batch, inchikey
from sartor.chem.scaffolds import murcko
from sartor.core import IntakeError, OrderError
from sartor.train import corpus, corpus_journal
from sartor.train.corpus_journal import OUTPUTS
from sartor.train.corpus_rows import TOO_LONG, UNREADABLE

RINGS = (
    "c1ccccc1",
    "C1CCCCC1",
    "c1ccncc1",
    "C1CCNCC1",
    "c1ccsc1",
    "c1ccc2ccccc2c1",
    "C1CCOC1",
    "c1ccccc1OC1CCC1",
    "Cn1cncc1",
)
TAILS = ("O", "N", "C(=O)O", "C(=O)[O-].[Na+]", "Cl", "C#N", "OC", "S(N)(=O)=O", "[C@H](F)Br", "[NH3+].[Cl-]")
JUNK = ("not a molecule", "CC", "C" * 71, "C[Sn](C)(C)c1ccccc1", "C1CCCC")


def molecules() -> list[str]:
    """450 texts: doubles among them (salts of the same acid), and some junk now and then."""
    made = [f"{ring}{'C' * n}{tail}" for n in range(5) for tail in TAILS for ring in RINGS]
    for i, junk in enumerate(JUNK * 3):
        made.insert(i * 29, junk)
    return made


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "CHUNK", 32)


def write_inputs(folder: Path) -> list[Path]:
    """The molecules over a gzipped table, a list with names and a comma-separated table."""
    texts = molecules()
    third = len(texts) // 3
    table = "id\tsmiles\n" + "".join(f"{i}\t{s}\n" for i, s in enumerate(texts[:third]))
    (folder / "a.tsv.gz").write_bytes(gzip.compress(table.encode(), mtime=0))
    (folder / "b.smi").write_text("".join(f"{s} name {i}\n" for i, s in enumerate(texts[third : 2 * third])))
    (folder / "c.csv").write_text(
        '"name","smiles"\n' + "".join(f'"x, {i}","{s}"\n' for i, s in enumerate(texts[2 * third :]))
    )
    return [folder / name for name in ("a.tsv.gz", "b.smi", "c.csv")]


def made(folder: Path) -> dict[str, object]:
    """All that must be the same however a corpus came to be."""
    report = json.loads((folder / "report.json").read_text())
    del report["run"]
    assert sorted(p.name for p in folder.iterdir()) == sorted([*OUTPUTS, "report.json", "train.done"])
    return {name: (folder / name).read_bytes() for name in OUTPUTS} | {"report": report}


class Stop(Exception):
    """Stands in for whatever ends a run in the middle."""


def stop_after(chunks: int):
    left = iter(range(chunks - 1))

    def progress(_: dict[str, float]) -> None:
        if next(left, None) is None:
            raise Stop

    return progress


def test_counts_add_up_and_every_drop_is_told(tmp_path: Path) -> None:
    inputs, out = write_inputs(tmp_path), tmp_path / "out"
    report = corpus.standardize_corpus(inputs, out, workers=1, max_heavy=70)
    train, held = corpus.read_smiles(out / "train.smi"), corpus.read_smiles(out / "holdout.smi")
    assert report["kept"] == {"holdout": len(held), "train": len(train)} and held
    assert report["read"] == len(molecules()) == len(train) + len(held) + sum(report["dropped"].values())
    assert report["dropped"] == {
        "does not parse": 6,
        "double after standardization": 90,
        "element outside the organic set": 3,
        "too large": 3,
        "too small": 3,
    }
    assert [i["file"] for i in report["inputs"]] == ["a.tsv.gz", "b.smi", "c.csv"]
    assert sum(i["read"] for i in report["inputs"]) == report["read"]
    assert sum(i["kept"] for i in report["inputs"]) == len(train) + len(held)
    assert report["settings"]["max_heavy"] == report["max_heavy_atoms"] == 70 and report["versions"]["rdkit"]
    assert report["run"]["peak_memory_mb"] > 20 and report["run"]["seconds"] > 0
    assert json.loads((out / "report.json").read_text()) == report
    rows = [line.split("\t") for line in (out / "dropped.tsv").read_text().splitlines()]
    assert rows[0] == ["reason", "file", "line", "text"]
    told = [row[0] for row in rows[1:]]
    assert {r: told.count(r) for r in told} == {r: min(n, 10) for r, n in report["dropped"].items()}
    assert rows[1] == ["does not parse", "a.tsv.gz", "2", "not a molecule"]


def test_parts_share_no_compound_and_no_scaffold(tmp_path: Path) -> None:
    out = tmp_path / "out"
    corpus.standardize_corpus(write_inputs(tmp_path), out, workers=1, max_heavy=70)
    texts = {part: corpus.read_smiles(out / f"{part}.smi") for part in ("train", "holdout")}
    mols = {part: batch(smiles)[0] for part, smiles in texts.items()}
    assert all(list(mols[part].smiles) == texts[part] for part in texts)
    keys = [key for part in mols for key in inchikey(mols[part])]
    assert len(set(keys)) == len(keys)
    assert not set(murcko(mols["train"])) & set(murcko(mols["holdout"])) - {""}
    for part, batch_ in mols.items():
        for smiles, scaffold in zip(batch_.smiles, murcko(batch_), strict=True):
            assert corpus.held_out(smiles, scaffold) == (part == "holdout")


def test_any_number_of_workers_writes_the_same_bytes(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path)
    for workers in (1, 3):
        corpus.standardize_corpus(inputs, tmp_path / str(workers), workers=workers)
    assert made(tmp_path / "1") == made(tmp_path / "3")


def test_a_stopped_run_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    inputs, whole = write_inputs(tmp_path), tmp_path / "whole"
    corpus.standardize_corpus(inputs, whole, workers=1)
    for chunks in (1, 6, 15):
        out = tmp_path / str(chunks)
        with pytest.raises(Stop):
            corpus.standardize_corpus(inputs, out, workers=1, progress=stop_after(chunks))
        tally = json.loads((out / "journal.json").read_text())["tally"]
        assert not (out / "train.done").exists() and not (out / "train.smi").exists()
        for name in (*OUTPUTS, "keys.bin"):  # a chunk that was killed while it was written
            with (out / f"{name}.part").open("ab") as torn:
                torn.write(b"half a chu")
        done = sum(tally["kept"].values()) + sum(tally["dropped"].values())
        heard: list[str] = []
        reads: list[float] = [done]
        corpus.standardize_corpus(
            inputs, out, workers=1, say=heard.append, progress=lambda row, reads=reads: reads.append(row["read"])
        )
        assert done and heard == [f"going on after {done} rows that {out} holds already"]
        assert len(reads) == 15 - chunks + 1 and reads == sorted(set(reads)) and reads[-1] == len(molecules())
        assert made(out) == made(whole)


def test_a_run_stopped_with_workers_goes_on_with_another_number(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path)
    corpus.standardize_corpus(inputs, tmp_path / "whole", workers=1)
    with pytest.raises(Stop):
        corpus.standardize_corpus(inputs, tmp_path / "out", workers=2, progress=stop_after(4))
    corpus.standardize_corpus(inputs, tmp_path / "out", workers=1)
    assert made(tmp_path / "out") == made(tmp_path / "whole")


@pytest.mark.parametrize("moves", range(5))
def test_a_run_killed_while_it_finishes_is_finished_by_the_next(tmp_path: Path, monkeypatch, moves: int) -> None:
    (tmp_path / "a.smi").write_text("\n".join(molecules()[:100]))
    corpus.standardize_corpus(tmp_path / "a.smi", tmp_path / "whole", workers=1)
    left, out, replace = iter(range(moves)), tmp_path / "out", os.replace

    def fragile(source: Path, target: Path) -> None:
        if Path(target).name != "journal.json" and next(left, None) is None:
            raise Stop
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(corpus_journal.os, "replace", fragile)
        if moves < 4:  # three outputs and the report are moved
            with pytest.raises(Stop):
                corpus.standardize_corpus(tmp_path / "a.smi", out, workers=1)
        else:
            corpus.standardize_corpus(tmp_path / "a.smi", out, workers=1)
    corpus.standardize_corpus(tmp_path / "a.smi", out, workers=1)
    assert made(out) == made(tmp_path / "whole")


def test_sigkill_leaves_no_worker_and_loses_nothing(tmp_path: Path) -> None:
    inputs, out = write_inputs(tmp_path), tmp_path / "out"
    corpus.standardize_corpus(inputs, tmp_path / "whole", workers=1)
    code = (
        "import sys, time; from pathlib import Path; from sartor.train import corpus; corpus.CHUNK = 32\n"
        "def slow(row):\n"
        "    import multiprocessing; print(*[p.pid for p in multiprocessing.active_children()], flush=True)\n"
        "    time.sleep(0 if row['read'] < 64 else 60)\n"
        "corpus.standardize_corpus([Path(p) for p in sys.argv[2:]], Path(sys.argv[1]), progress=slow)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code, out, *inputs], stdout=subprocess.PIPE, text=True)
    pids = run.stdout.readline().split()
    run.stdout.readline()
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert len(pids) == 2
    for _ in range(100):
        if not any(alive(int(pid)) for pid in pids):
            break
        time.sleep(0.1)
    else:
        raise AssertionError("a worker outlived its killed parent")
    assert json.loads((out / "journal.json").read_text())["tally"]["rows"] == 64
    corpus.standardize_corpus(inputs, out, workers=1)
    assert made(out) == made(tmp_path / "whole")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return not Path("/proc/self/stat").exists()


def test_a_finished_folder_is_left_alone_and_another_order_refused(tmp_path: Path) -> None:
    inputs, out = write_inputs(tmp_path), tmp_path / "out"
    first = corpus.standardize_corpus(inputs, out, workers=1)
    before = {p.name: p.stat().st_mtime_ns for p in out.iterdir()}
    heard: list[str] = []
    assert corpus.standardize_corpus(inputs, out, workers=1, say=heard.append) == first
    assert "finished" in heard[0] and {p.name: p.stat().st_mtime_ns for p in out.iterdir()} == before
    with pytest.raises(OrderError, match=r"max_heavy: 50 there, 40 asked for.*--fresh"):
        corpus.standardize_corpus(inputs, out, workers=1, max_heavy=40)
    with pytest.raises(OrderError, match=r"inputs: a.tsv.gz, b.smi, c.csv there, a.tsv.gz asked"):
        corpus.standardize_corpus(inputs[0], out, workers=1)
    again = corpus.standardize_corpus(inputs[0], out, workers=1, resume=False)
    assert again["inputs"][0]["file"] == "a.tsv.gz" and again["read"] < first["read"]


def test_the_journal_of_other_inputs_is_refused(tmp_path: Path) -> None:
    inputs, out = write_inputs(tmp_path), tmp_path / "out"
    with pytest.raises(Stop):
        corpus.standardize_corpus(inputs, out, workers=1, progress=stop_after(2))
    inputs[1].write_text(inputs[1].read_text() + "CCCCCCCO\n")
    with pytest.raises(OrderError, match=r"with other contents.*--fresh.*another folder"):
        corpus.standardize_corpus(inputs, out, workers=1)
    (out / "train.smi.part").write_bytes(b"")
    write_inputs(tmp_path)
    with pytest.raises(OrderError, match=r"holds less than journal.json says"):
        corpus.standardize_corpus(inputs, out, workers=1)
    corpus.standardize_corpus(inputs, out, workers=1, resume=False)
    corpus.standardize_corpus(inputs, tmp_path / "whole", workers=1)
    assert made(out) == made(tmp_path / "whole")


def test_nobody_elses_file_is_written_over(tmp_path: Path) -> None:
    inputs, out = write_inputs(tmp_path), tmp_path / "out"
    out.mkdir()
    (out / "train.smi").write_text("mine")
    with pytest.raises(OrderError, match=r"train\.smi that no unfinished run"):
        corpus.standardize_corpus(inputs, out, workers=1)
    with pytest.raises(OrderError, match="written over by this very run"):
        corpus.standardize_corpus(out / "train.smi", out, workers=1, resume=False)
    assert (out / "train.smi").read_text() == "mine"
    with corpus_journal.alone_in(out), pytest.raises(OrderError, match="another run is writing"):
        corpus.standardize_corpus(inputs, out, workers=1)
    with pytest.raises(OrderError, match="cannot write into"):
        corpus.standardize_corpus(inputs, inputs[0] / "out", workers=1)


def test_one_of_each_compound_over_forms_notations_and_files(tmp_path: Path) -> None:
    paracetamol, pyridone = "CC(=O)Nc1ccc(O)cc1", "O=c1cc(CCC)cc[nH]1"
    (tmp_path / "a.smi").write_text(f"{paracetamol}\n{pyridone}\nC[C@H](N)c1ccccc1\n")
    forms = [
        "CC(=O)Nc1ccc([O-])cc1.[K+]",  # a salt
        "CC(O)=Nc1ccc(O)cc1",  # a tautomer that shares the standard InChI
        "Oc1cc(CCC)ccn1",  # likewise, as a hydroxypyridine
        write_selfies(paracetamol),
        "c13ccc(O)cc1.N3C(C)=O",  # SAFE
        "C[C@@H](N)c1ccccc1",  # the other enantiomer: another compound
    ]
    (tmp_path / "b.csv").write_text("structure\n" + "\n".join(forms) + "\n")
    (tmp_path / "a.csv").write_text("structure\n")
    report = corpus.standardize_corpus(
        [tmp_path / "a.smi", tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "out", workers=1, column="structure"
    )
    assert report["dropped"] == {"double after standardization": 5}
    assert report["notations"] == {"safe": 1, "selfies": 1, "smiles": 7} and report["versions"]["selfies"]
    assert [i["kept"] for i in report["inputs"]] == [3, 0, 1] and report["without_inchi"] == 0
    kept = [s for part in ("train", "holdout") for s in corpus.read_smiles(tmp_path / "out" / f"{part}.smi")]
    assert sorted(kept) == sorted([paracetamol, "CCCc1cc[nH]c(=O)c1", "C[C@H](N)c1ccccc1", "C[C@@H](N)c1ccccc1"])


def test_where_inchi_cannot_be_written_the_smiles_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.parse, "inchikey", lambda mols: ("",) * len(mols))
    (tmp_path / "a.smi").write_text("OCCc1ccccc1\nc1ccccc1CCO\nCC(O)=Nc1ccccc1\nCC(=O)Nc1ccccc1\n")
    report = corpus.standardize_corpus(tmp_path / "a.smi", tmp_path / "out", workers=1)
    assert report["without_inchi"] == 4 and sum(report["kept"].values()) == 3


def test_rows_that_cannot_be_read_are_counted_where_they_stand(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    long = "C" * 20_000
    table.write_bytes(
        b"id;Smiles;note\r\n1;CCCCCCO;x\r\n2\r\n3;CCCC\xff\xfeCC;\r\n4;;\r\n\r\n"
        + f'5;{long};\r\n6;[C][Foo][=C];\r\n7;CCCCCCN;"{"y" * 200_000}\r\n'.encode()
    )
    report = corpus.standardize_corpus(table, tmp_path / "out", workers=1)
    assert report["dropped"] == {UNREADABLE: 3, "empty": 1, TOO_LONG: 1, "not a valid SELFIES": 1}
    assert report["read"] == 7 and sum(report["kept"].values()) == 1
    rows = [line.split("\t")[:3] for line in (tmp_path / "out/dropped.tsv").read_text().splitlines()[1:]]
    assert [UNREADABLE, "a.csv", "3"] in rows and [UNREADABLE, "a.csv", "4"] in rows and ["empty", "a.csv", "5"] in rows


def test_lists_skip_headings_and_comments_and_tables_keep_bare_quotes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('﻿smiles name\n# a comment\n\n  CCCCCCO "hexanol\nCCCCCCN\tamine\n')
    with gzip.open(tmp_path / "b.tsv.gz", "wt") as out:
        out.write('name\tSMILES\n"5-foo\tCCCCCCF\nbar"\t"CCCCCCCl"\n')
    inputs = [tmp_path / "a.txt", tmp_path / "b.tsv.gz"]
    report = corpus.standardize_corpus(inputs, tmp_path / "out", workers=1)
    assert not report["dropped"] and [i["kept"] for i in report["inputs"]] == [2, 2]
    limited = corpus.standardize_corpus(inputs, tmp_path / "few", workers=1, limit=3)
    assert limited["read"] == 3 and [i["read"] for i in limited["inputs"]] == [2, 1]


def test_the_limit_counts_over_a_stop(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path)
    corpus.standardize_corpus(inputs, tmp_path / "whole", workers=1, limit=200)
    with pytest.raises(Stop):
        corpus.standardize_corpus(inputs, tmp_path / "out", workers=1, limit=200, progress=stop_after(7))
    assert corpus.standardize_corpus(inputs, tmp_path / "out", workers=1, limit=200)["read"] == 200
    assert made(tmp_path / "out") == made(tmp_path / "whole")


def test_inputs_that_are_no_use_are_said_before_work_starts(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,structure\n1,CCO\n")
    (tmp_path / "empty.smi").write_text("")
    (tmp_path / "a.xlsx").write_text("x")
    (tmp_path / "b.smi.gz").write_text("CCCCCCO\n")
    for name, says in {
        "a.csv": r"expected a column 'smiles', but the columns are: id, structure.*--column",
        "empty.smi": "the file is empty",
        "a.xlsx": r"ends in \.xlsx.*\.smi, \.txt, \.csv, \.tsv",
        "b.smi.gz": "cannot be read to its end",
        "gone.smi": "cannot be read",
    }.items():
        with pytest.raises(IntakeError, match=says):
            corpus.standardize_corpus(tmp_path / name, tmp_path / "out", workers=1)
    assert not (tmp_path / "out").exists()
    with pytest.raises(OrderError, match="no molecule has 60 to 50"):
        corpus.standardize_corpus(tmp_path / "a.csv", tmp_path / "out", min_heavy=60)


def test_a_packed_file_that_breaks_off_is_said_and_what_was_read_kept(tmp_path: Path) -> None:
    import random

    letters = random.Random(0)
    texts = "".join(f"C{'C' * letters.randint(4, 30)}{letters.choice('ONFS')}\n" for _ in range(9000))
    whole = gzip.compress(texts.encode())
    (tmp_path / "a.smi.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(IntakeError, match="cannot be read to its end"):
        corpus.standardize_corpus(tmp_path / "a.smi.gz", tmp_path / "out", workers=1, limit=0)
    assert json.loads((tmp_path / "out/journal.json").read_text())["tally"]["rows"] > 0
