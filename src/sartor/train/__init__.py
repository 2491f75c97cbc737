"""The recipes that made every shipped model."""
