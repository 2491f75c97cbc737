"""Benchmarks, run as commands; each ends with one JSON line."""
