"""Asking one scorer about a batch: a failure is tried again, then molecule by molecule, then recorded as unknown."""

from __future__ import annotations

import numpy as np

from sartor.core import MolBatch, PartError, PatientView, Readout, SartorError, Scorer


class Measurer:
    """One scorer with what it may see of the patient.

    A scorer that raises (docking that runs out of memory, a service that does not answer) is asked again; if it raises
    again, it is asked about each molecule alone, twice at most. Molecules about which it raises even then have no value
    and a reason that names the error; the others keep theirs. ``failed`` counts such molecules. A scorer that has never
    answered yet and answers for no molecule of a batch is broken: PartError.
    """

    def __init__(self, scorer: Scorer, view: PatientView) -> None:
        self.scorer, self.view = scorer, view
        self.failed = 0
        self._answered = False

    def measure(self, mols: MolBatch) -> Readout:
        """Readings in the order of ``mols``; errors of the house (a refusal, say) pass."""
        found, error = self._twice(mols)
        if found is None:
            found = self._one_by_one(mols, error)
        else:
            self._answered = True
        return found

    def _twice(self, mols: MolBatch) -> tuple[Readout | None, Exception | None]:
        """The readings, or None and the second error."""
        raised: Exception | None = None
        for _ in range(2):
            try:
                found = self.scorer.score(mols, self.view)
            except SartorError:
                raise
            except Exception as error:  # a part may be a stranger's and fail in any way; the cause is passed on
                raised = error
                continue
            if len(found) != len(mols):
                raise PartError(
                    f"scorer {self.scorer.card.name!r} gave {len(found)} readings for {len(mols)} molecules"
                )
            return found, None
        return None, raised

    def _one_by_one(self, mols: MolBatch, first: Exception | None) -> Readout:
        name = self.scorer.card.name
        single = [self._twice(mols.take([i])) for i in range(len(mols))] if len(mols) > 1 else [(None, first)]
        if not self._answered and all(found is None for found, _ in single):
            raise PartError(f"scorer {name!r} failed: {first!r}") from first
        rows = []
        for found, error in single:
            if found is None:
                self.failed += 1
                rows.append(Readout.unknown(1, f"{name} failed twice: {error!r}"))
            else:
                self._answered = True
                rows.append(found)
        return Readout(
            np.concatenate([r.value for r in rows]),
            np.concatenate([r.low for r in rows]),
            np.concatenate([r.high for r in rows]),
            np.concatenate([r.in_domain for r in rows]),
            tuple(w for r in rows for w in r.why_not),
        )
