"""Exposure mathematics: effective enzyme activity, AUC ratios, interaction margins. Pure functions, units in names."""
