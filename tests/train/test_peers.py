import json

import pytest
import torch

from sartor.ml.peers.recurrent import Recurrent, RecurrentShape
from sartor.ml.peers.shelf import load_peer, sample_peer
from sartor.ml.sequence_model import threads
from sartor.train import peers

SMILES = ["C" * n + end for n in range(1, 13) for end in ("O", "N", "Cl", "c1ccccc1")]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    shape = RecurrentShape(1, 16, 8, 0.0, 40, False)
    monkeypatch.setattr(peers, "make_peer", lambda kind, alphabet: Recurrent("char-rnn", alphabet, shape))
    with threads(1):
        yield


def test_training_is_bounded_by_time_and_goes_on_from_a_checkpoint(tmp_path):
    data, out = tmp_path / "train.smi", tmp_path / "run"
    data.write_text("\n".join([*SMILES, "[Xx]", "not SMILES"]))
    first = peers.train_peer("char-rnn", data, out, 0.01, 0, batch=8)
    assert first["molecules"] == {"given": 51, "used": 49}
    assert first["training"]["steps"] > 0
    more = peers.train_peer("char-rnn", data, out, 0.02, 0, batch=8)
    assert more["training"]["steps"] > first["training"]["steps"]
    done = peers.train_peer("char-rnn", data, out, 0.02, 0, batch=8)  # the time is spent: nothing is added
    assert done["training"]["steps"] == more["training"]["steps"]
    assert more["training"]["last_loss_nats_per_token"] < 2.5
    card = json.loads((out / "peer-char-rnn.card.json").read_text())
    assert card["training"]["minutes"] == 0.02
    assert len(sample_peer(load_peer(out / "peer-char-rnn.safetensors"), 5, 0)) == 5


def test_a_checkpoint_of_another_alphabet_is_refused(tmp_path):
    data = tmp_path / "train.smi"
    data.write_text("\n".join(SMILES))
    peers.train_peer("char-rnn", data, tmp_path, 0.002, 0, batch=8)
    data.write_text("\n".join([*SMILES, "CCBr"]))
    with pytest.raises(ValueError, match="another peer or alphabet"):
        peers.train_peer("char-rnn", data, tmp_path, 0.01, 0, batch=8)


def test_a_resumed_run_equals_an_unbroken_one(tmp_path):
    alphabet = peers.learn_alphabet(SMILES)
    rows = alphabet.rows(SMILES)
    order = peers.batches([len(r) for r in rows], 8, 0, 0)

    def fresh():
        torch.manual_seed(0)
        return peers.PeerTraining(peers.make_peer("char-rnn", alphabet), 10, 0)

    whole, half = fresh(), fresh()
    for numbers in order[:4]:
        whole.advance(peers.gather(rows, numbers))
    for numbers in order[:2]:
        half.advance(peers.gather(rows, numbers))
    half.save(tmp_path / "checkpoint.pt")
    again = fresh()
    again.restore(tmp_path / "checkpoint.pt")
    for numbers in order[2:4]:
        again.advance(peers.gather(rows, numbers))
    assert again.step == whole.step
    assert again.loss == whole.loss


def test_batches_hold_every_row_once_and_pad_little():
    lengths = [i % 30 + 1 for i in range(1000)]
    order = peers.batches(lengths, 64, 1, 0)
    assert sorted(i for numbers in order for i in numbers) == list(range(1000))
    wide = [max(lengths[i] for i in numbers) - min(lengths[i] for i in numbers) for numbers in order]
    assert max(wide) <= 3
    assert [n.tolist() for n in order] != [n.tolist() for n in peers.batches(lengths, 64, 1, 1)]
