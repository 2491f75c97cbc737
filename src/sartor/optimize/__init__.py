"""Search: reinforcement learning with replay and diversity, and the selection of a shortlist."""
