"""Expected improvement, in logarithms: far below the incumbent it is 1e-40, and still has to rank."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
_HALF_LOG_2PI = 0.5 * math.log(2 * math.pi)


def log_improvement(mean: ArrayLike, sd: ArrayLike, incumbent: float) -> Array:
    """Log of E[max(value - incumbent, 0)] ``(n,)`` for values with this ``mean`` and ``sd`` (Jones 1998).

    With ``z = (mean - incumbent) / sd`` it is ``log(sd) + log(phi(z) + z Phi(z))``; below z = -6 the bracket is taken
    from its asymptotic series ``phi(z) / z^2 (1 - 3 / z^2 + 15 / z^4)`` (Ament 2023, arXiv 2310.20708, for why).
    """
    m = torch.as_tensor(np.asarray(mean, dtype=float))
    s = torch.as_tensor(np.asarray(sd, dtype=float)).clamp_min(1e-9)
    z = (m - incumbent) / s
    log_phi = -0.5 * z * z - _HALF_LOG_2PI
    near = log_phi.exp() + z * torch.special.ndtr(z)
    w = z.clamp_max(-6.0).square().reciprocal()
    far = log_phi + w.log() + torch.log1p(-3 * w + 15 * w * w)
    return (s.log() + torch.where(z > -6.0, near.clamp_min(1e-300).log(), far)).numpy()


def log_chance(mean: ArrayLike, sd: ArrayLike, limit: float) -> Array:
    """Log of P(value >= limit) ``(n,)``."""
    m = torch.as_tensor(np.asarray(mean, dtype=float))
    s = torch.as_tensor(np.asarray(sd, dtype=float)).clamp_min(1e-9)
    return torch.special.log_ndtr((m - limit) / s).numpy()
