import gzip
import json
import zlib

import pytest

from sartor.chem.parse import strict_batch
from sartor.chem.scaffolds import murcko
from sartor.train.zinc_split import find_zinc, part_of, split_zinc

CORES = ("c1ccc(cc1){}", "c1ccnc(c1){}", "C1CCN(CC1){}", "c1ccc2c(c1)cccc2{}", "O=C(NC1CC1)c1ccc(cc1){}", "C1CCCC1{}",
         "c1ccoc1{}", "c1cncnc1{}", "C1CC1CCC{}", "C1CCC1CC{}", "c1ccc2[nH]ccc2c1{}", "c1cnncc1{}")  # fmt: skip
TEXTS = [core.format(tail) for core in CORES for tail in ("CC", "CCC", "OCC", "CO", "CCN", "CCCC")]
CHAINS = ["C" * n + "O" for n in range(6, 40)]


@pytest.fixture
def made(tmp_path):
    (tmp_path / "molecules").mkdir()
    with gzip.open(tmp_path / "molecules" / "zinc250k.smi.gz", "wt") as file:
        file.write("\n".join([*TEXTS, "c1ccccc1CC", "nonsense", "CC", "", *CHAINS]))
    report = split_zinc(tmp_path, tmp_path / "out")
    parts = {p: (tmp_path / "out" / f"{p}.smi").read_text().split() for p in ("train", "test", "test_scaffolds")}
    return report, parts, tmp_path


def test_every_molecule_is_in_one_part_by_the_rule(made):
    report, parts, _ = made
    everything = [s for smiles in parts.values() for s in smiles]
    assert len(everything) == len(set(everything)) == len(TEXTS) + len(CHAINS)
    for part, smiles in parts.items():
        mols = strict_batch(smiles)
        assert list(mols.smiles) == smiles
        for text, scaffold in zip(smiles, murcko(mols), strict=True):
            if scaffold and zlib.crc32(scaffold.encode()) % 10 == 0:
                assert part == "test_scaffolds"
            else:
                assert part == ("test" if zlib.crc32(text.encode()) % 10 == 0 else "train")
    assert all(parts.values())
    assert report["read"] == len(TEXTS) + len(CHAINS) + 3
    assert report["dropped"] == {"does not parse": 1, "double after standardization": 1, "too small": 1}


def test_no_test_scaffold_is_trained_on_and_chains_are_no_new_scaffold(made):
    report, parts, _ = made
    cores = {part: set(murcko(strict_batch(smiles))) - {""} for part, smiles in parts.items()}
    assert not cores["test_scaffolds"] & (cores["train"] | cores["test"])
    assert report["scaffolds"] == {part: len(found) for part, found in cores.items()}
    assert part_of("CCCCCCO", "") != "test_scaffolds"


def test_the_same_file_gives_the_same_split(made, tmp_path):
    report, _, folder = made
    again = split_zinc(folder / "molecules" / "zinc250k.smi.gz", tmp_path / "again", workers=2)
    assert again == report
    assert json.loads((tmp_path / "again" / "report.json").read_text()) == report
    assert split_zinc(folder, tmp_path / "few", limit=5)["read"] == 5


def test_a_folder_without_the_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"expected zinc250k\.smi\.gz"):
        find_zinc(tmp_path)
