"""How many threads PyTorch uses. Results are the same bytes only for the same number."""

from __future__ import annotations

import torch


def use_threads(n: int) -> None:
    """Let PyTorch use ``n`` threads in each operation."""
    torch.set_num_threads(max(1, n))
