"""Order, parts, the design story, model shelf, provenance."""
