"""Propose molecules: language model, genetic operators."""
