import json

import pytest
import torch

from sartor.core import PartError
from sartor.ml.peers import recurrent
from sartor.ml.peers.alphabet import END, Alphabet, learn_alphabet
from sartor.ml.peers.autoencoder import Autoencoder, AutoencoderShape
from sartor.ml.peers.recurrent import Recurrent, RecurrentShape, sizes, token_loss
from sartor.ml.peers.shelf import load_peer, make_peer, sample_peer, save_peer
from sartor.ml.sequence_model import threads

TEXTS = ["CCO", "CCCl", "c1ccccc1", "C[C@@H](N)C(=O)O", "BrCC"]
SMALL = RecurrentShape(2, 16, 8, 0.0, 30, True)


@pytest.fixture(autouse=True)
def one_thread():
    with threads(1):
        yield


def test_alphabet_writes_what_it_reads():
    alphabet = learn_alphabet(TEXTS)
    for text in TEXTS:
        row = alphabet.encode(text)
        assert END not in row
        assert alphabet.decode([*row, END, 1]) == text
    assert {"Cl", "Br", "[C@@H]"} <= set(alphabet.letters)
    assert alphabet.encode("CCI") is None
    assert alphabet.encode("") is None
    assert len(alphabet.rows(["CCO", "CCI"])) == 1
    with pytest.raises(PartError, match="each letter once"):
        Alphabet(["C", "C"])


def test_published_sizes():
    alphabet = learn_alphabet(TEXTS)
    reinvent, rnn, vae = (make_peer(kind, alphabet) for kind in ("reinvent", "char-rnn", "vae"))
    assert (reinvent.rnn.num_layers, reinvent.rnn.hidden_size, reinvent.embedding.embedding_dim) == (3, 512, 256)
    assert (rnn.rnn.num_layers, rnn.rnn.hidden_size, rnn.rnn.dropout) == (3, 768, 0.2)
    assert (vae.encoder.hidden_size, vae.encoder.bidirectional, vae.mean.out_features) == (256, True, 128)
    assert (vae.decoder.hidden_size, vae.decoder.num_layers) == (512, 3)
    with pytest.raises(PartError, match="known: char-rnn, reinvent, vae"):
        make_peer("gan", alphabet)


def test_padding_counts_only_where_it_is_trained_on():
    rows = torch.tensor([[1, 2, END, END], [1, 2, 3, END]])
    assert sizes(rows).tolist() == [3, 4]
    logits = torch.zeros(2, 4, 5)
    logits[0, 3, 4] = 50.0  # a wild guess behind the end of the first row
    assert float(token_loss(logits, rows, False)) == pytest.approx(float(torch.log(torch.tensor(5.0))))
    assert float(token_loss(logits, rows, True)) > 5


def test_kl_term_grows_with_the_training():
    torch.manual_seed(0)
    model = Autoencoder(learn_alphabet(TEXTS), AutoencoderShape(8, 4, 16, 2, 0.0, kl_weight=10.0)).eval()
    rows = torch.tensor([[1, 2, END]])
    losses = []
    for progress in (0.0, 1.0):
        torch.manual_seed(1)
        losses.append(float(model.loss(rows, progress).detach()))
    mean, log_variance = model.encode(rows)
    term = 0.5 * (log_variance.exp() + mean**2 - 1 - log_variance).sum()
    assert losses[1] - losses[0] == pytest.approx(10 * float(term.detach()), rel=1e-4)


@pytest.mark.parametrize("kind", ["reinvent", "vae"])
def test_a_peer_learns_its_texts_and_comes_back_from_its_file(kind, tmp_path):
    torch.manual_seed(0)
    alphabet = learn_alphabet(TEXTS)
    model = (
        Recurrent("reinvent", alphabet, RecurrentShape(1, 64, 16, 0.0, 30, True))
        if kind == "reinvent"
        else Autoencoder(alphabet, AutoencoderShape(16, 4, 64, 1, 0.0, 1.0, 30))
    )
    found = alphabet.rows(TEXTS)
    rows = torch.zeros((len(found), 20), dtype=torch.long)
    for i, row in enumerate(found):
        rows[i, : len(row)] = torch.from_numpy(row.astype(int))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(120):
        loss = model.loss(rows, 1.0)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    texts = sample_peer(model, 40, seed=3, batch=16)
    assert len(texts) == 40
    assert sum(t in TEXTS for t in texts) > 20
    path = save_peer(model, {"data": "toy"}, tmp_path)
    assert sample_peer(load_peer(path), 40, seed=3, batch=16) == texts
    assert json.loads(path.with_name(f"peer-{kind}.card.json").read_text())["data"] == "toy"


def test_untrained_rows_end_where_they_are_told(monkeypatch):
    torch.manual_seed(0)
    model = Recurrent("reinvent", Alphabet(["C", "N"]), SMALL)
    model.out.bias.data[END] = -50.0
    steps = []
    forward = Recurrent.forward
    monkeypatch.setattr(Recurrent, "forward", lambda self, *a: (steps.append(1), forward(self, *a))[1])
    texts = model.sample(3, torch.Generator().manual_seed(0), lengths=[2, 5, 9])
    assert [len(t) for t in texts] == [2, 5, 9]
    assert len(steps) == 10  # the whole batch until the longest has ended
    assert len(model.sample(2, torch.Generator().manual_seed(0))[0]) == SMALL.steps - 1


def test_files_that_are_no_peer(tmp_path):
    with pytest.raises(PartError, match="not a peer's weights"):
        load_peer(tmp_path / "x.safetensors")
    path = save_peer(Recurrent("reinvent", Alphabet(["C"]), SMALL), {}, tmp_path)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(PartError, match="sha256 differs"):
        load_peer(path)
    assert set(recurrent.SHAPES) == {"char-rnn", "reinvent"}
