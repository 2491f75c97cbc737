"""How fast the loop turns: sampling, scoring and all of it, in molecules per second on one core."""

from __future__ import annotations

import time

import numpy as np

from sartor.app import parts
from sartor.app.examples import folder
from sartor.app.intake import read_patient, write_brief
from sartor.app.order import read_order
from sartor.chem.parse import batch
from sartor.core import Constraint, Objective
from sartor.score.judge import PatientJudge

BATCH = 256


def measure_loop(molecules: int, seed: int) -> dict[str, float]:
    """CPU-time rates on one thread: valid molecules sampled, molecules judged by every in-loop scorer, and one round
    of sample, parse, judge and learn. CPU seconds (user + system) are used, so other work on the machine counts little.
    """
    order = read_order(folder() / "lung-egfr" / "case.toml")
    patient = read_patient(order.patient)
    brief = write_brief(order, patient)
    judge = PatientJudge(brief, parts.scorers(brief), patient)
    model = parts.make("generators", "language-model")
    rng = np.random.default_rng(seed)
    judge.judge(batch(model.propose(32, rng))[0])  # load weights and tables before the clock starts
    sampling = sampled = scoring = scored = learning = 0.0
    while scored < molecules:
        start = time.process_time()
        mols, _ = batch(model.propose(BATCH, rng))
        sampling += time.process_time() - start
        sampled += len(mols)
        fresh = mols.take(range(len(mols)))
        start = time.process_time()
        candidates = judge.judge(fresh)
        scoring += time.process_time() - start
        scored += len(candidates)
        start = time.process_time()
        model.learn([c.smiles for c in candidates[:64]], np.array([c.total for c in candidates[:64]]))
        learning += time.process_time() - start
    asks: tuple[Objective | Constraint, ...] = (*brief.objectives, *brief.constraints)
    return {
        "sampling_molecules_per_s": sampled / sampling,
        "scoring_molecules_per_s": scored / scoring,
        "loop_molecules_per_s": scored / (sampling + scoring + learning),
        "scorers": float(len({(x.scorer, *sorted(x.settings.items())) for x in asks})),
        "molecules": scored,
    }
