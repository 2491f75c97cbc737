import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # toy.py is this folder's own, not a package

import toy


@pytest.fixture(scope="session")
def made():
    """Dossier, patient, ledger, illustrations: all invented."""
    return toy.build()
