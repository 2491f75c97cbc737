"""Measure molecules: potency, ADMET, exposure, properties, alerts, novelty. Unknown is NaN with a reason."""
