"""Sartor designs small molecules for one patient. Research use only."""

__version__ = "0.1.0"
