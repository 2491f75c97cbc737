"""Thin: every command is one call into app, train or bench."""
