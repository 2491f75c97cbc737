"""Months of make and test over one folder: what to make next, what came of it, what was learned."""
