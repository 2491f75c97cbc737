"""A sequence model that learns from rewards, held to the prior it started from."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sartor.core import PartError

from .language_models import LanguageModel
from .losses import Loss, balance, dap, hill_climb, leave_one_out
from .sampling import Manner
from .sequence_model import fast_half, pad, threads
from .writer import BATCH, likelihoods, write

_REMEMBERED = 50_000  # prior likelihoods kept; replay asks for the same molecules again and again


@dataclass(frozen=True, slots=True)
class PolicySettings:
    """How to learn; ``loss`` is one of sartor.ml.losses, whose formulas say what the numbers mean.

    ``top`` is the share of a batch that "ahc" learns from. ``half`` learns in bfloat16 (2.4 times as fast, within about
    0.2 nats); None: where the processor has it.
    """

    loss: Loss = "dap"
    rate: float = 5e-4
    sigma: float = 500.0
    confidence_penalty: float = 5000.0
    top: float = 0.5
    beta: float = 50.0
    log_z: float = 5.0
    log_z_rate: float = 0.1
    prior_kl: float = 0.01
    threads: int = 1
    half: bool | None = None


class Policy:
    """Prior (fixed) and agent (learns), both of the same weights at the start."""

    def __init__(self, prior: LanguageModel, settings: PolicySettings) -> None:
        self.settings = settings
        self.prior = prior.eval().requires_grad_(False)
        self._half = fast_half() if settings.half is None else settings.half
        self._seen: dict[str, float] = {}
        self.reset()

    def reset(self) -> None:
        """Agent back to the prior, optimizer and log Z as new."""
        self.agent = copy.deepcopy(self.prior).requires_grad_(True)
        self.log_z = torch.tensor(self.settings.log_z, requires_grad=True)
        groups: list[dict[str, Any]] = [{"params": list(self.agent.parameters()), "lr": self.settings.rate}]
        if self.settings.loss == "tb":
            groups.append({"params": [self.log_z], "lr": self.settings.log_z_rate})
        self.optimizer = torch.optim.Adam(groups)

    def sample(
        self, n: int, seed: int, manner: Manner, prefixes: Sequence[str] = (), wishes: Sequence[int] = ()
    ) -> list[str]:
        """``n`` texts from the agent, unchecked; the same for the same seed, state and machine."""
        with threads(self.settings.threads):
            return write(self.agent, n, seed, manner, prefixes, wishes)

    def likelihood(self, smiles: Sequence[str], prior: bool = False) -> NDArray[np.float64]:
        """Natural log-likelihood ``(n,)`` under the agent (or the prior); NaN where a letter is unknown.

        What the prior says is remembered: ``learn`` wants it again for the same texts. It is computed as ``learn``
        does, in bfloat16 where the settings say so.
        """
        with threads(self.settings.threads):
            if not prior:
                return likelihoods(self.agent, smiles)
            made = [self.prior.tokenizer.encode(s) for s in smiles]
            readable = [i for i, row in enumerate(made) if row is not None]
            out = np.full(len(smiles), np.nan)
            if readable:
                out[readable] = self._prior([smiles[i] for i in readable], [made[i] or [] for i in readable]).numpy()
            return out

    def learn(self, smiles: Sequence[str], rewards: NDArray[np.floating]) -> dict[str, float]:
        """One optimizer step towards rewards ``(n,)`` in 0..1; texts with unknown letters or NaN rewards sit out.

        The formulas and their sources are in sartor.ml.losses.
        """
        if len(smiles) != len(rewards):
            raise PartError(f"learn got {len(smiles)} molecules but {len(rewards)} rewards")
        made = [self.agent.tokenizer.encode(s) for s in smiles]
        used = [i for i, row in enumerate(made) if row is not None and np.isfinite(rewards[i])]
        figures = {"learned": float(len(used)), "left_out": float(len(smiles) - len(used))}
        if not used:
            return figures
        with threads(self.settings.threads):
            rows = [made[i] or [] for i in used]
            fixed = self._prior([smiles[i] for i in used], rows)
            reward = torch.tensor(np.asarray(rewards, dtype=np.float32)[used])
            agent = self._likelihood(self.agent, rows)
            loss = self._loss(agent, fixed, reward)
            if not bool(torch.isfinite(loss)):
                raise PartError("the language model's loss is not finite; restore an earlier state or reset it")
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
        figures |= {
            "loss": float(loss.detach()),
            "agent_log_likelihood": float(agent.detach().mean()),
            "prior_log_likelihood": float(fixed.mean()),
        }
        if self.settings.loss == "tb":
            figures["log_z"] = float(self.log_z.detach())
        return figures

    def _loss(self, agent: Tensor, prior: Tensor, reward: Tensor) -> Tensor:
        s = self.settings
        if s.loss == "tb":
            return balance(agent, prior, reward, self.log_z, s.beta, s.prior_kl)
        if s.loss == "reinforce":
            return leave_one_out(agent, prior, reward, s.prior_kl)
        if s.loss == "ahc":
            return hill_climb(agent, prior, reward, s.sigma, s.confidence_penalty, s.top)
        return dap(agent, prior, reward, s.sigma, s.confidence_penalty)

    def _likelihood(self, model: LanguageModel, rows: Sequence[Sequence[int]]) -> Tensor:
        """Log-likelihoods ``(n,)`` in order; short and long sequences apart, so that less padding is computed."""
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        halves = [h for h in (order[: len(order) // 2], order[len(order) // 2 :]) if h]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._half):
            found = torch.cat([model.log_likelihood(pad([rows[i] for i in h])) for h in halves])
        return found[torch.argsort(torch.tensor(order))]

    def _prior(self, smiles: Sequence[str], rows: Sequence[Sequence[int]]) -> Tensor:
        """Log-likelihoods ``(n,)`` under the prior, remembered between calls."""
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        new = [i for i, s in enumerate(smiles) if s not in self._seen]
        for at in range(0, len(new), BATCH):
            part = new[at : at + BATCH]
            with torch.no_grad():
                values = self._likelihood(self.prior, [rows[i] for i in part]).tolist()
            self._seen.update(zip((smiles[i] for i in part), values, strict=True))
        return torch.tensor([self._seen[s] for s in smiles])

    def state(self) -> dict[str, Any]:
        """A copy of the agent, its optimizer, log Z and the remembered likelihoods, for ``restore``.

        The last are part of it because a likelihood computed again beside other texts may differ in its last digit.
        """
        learned = {
            "agent": self.agent.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "log_z": self.log_z.detach(),
        }
        return copy.deepcopy(learned) | {"seen": dict(self._seen)}

    def restore(self, state: dict[str, Any]) -> None:
        """Back to a copy that ``state`` gave."""
        learned = copy.deepcopy({k: v for k, v in state.items() if k != "seen"})
        self.agent.load_state_dict(learned["agent"])
        with torch.no_grad():
            self.log_z.copy_(learned["log_z"])
        self.optimizer.load_state_dict(learned["optimizer"])
        self._seen = dict(state["seen"])
