"""The dossier: HTML, JSON, SDF, CSV."""
