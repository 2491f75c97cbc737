"""Organ-level risks of a molecule: terms with base rates, a panel of off-targets, alerts, and what it resembles."""
